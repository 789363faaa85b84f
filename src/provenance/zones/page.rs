//! A text as its reader sees it: lines, paragraphs, and the words of the rules in them.

use memchr::memchr_iter;

use crate::model::Profile;
use crate::provenance::zones::rules::{Hit, Rules};
use crate::provenance::zones::{Article, aliases};

/// Bytes of a line from which its end is that of a paragraph: hard-wrapped lines are shorter.
const WRAPPED: usize = 200;

/// Bytes of a line that may be a page whose layout was lost, and spaces at which a line of it ended, less one.
const RUN_TOGETHER: usize = 400;

/// See [`RUN_TOGETHER`].
const GAP: usize = 4;

/// Lines and bytes in which the head of an article ends at the latest.
const HEAD: (usize, usize) = (30, 6_000);

/// Lines before and behind one whose lengths tell how wide its column is.
const AROUND: usize = 8;

/// Fewest capitals of a line that is all in capitals, and its length in bytes.
const CAPITALS: (usize, usize) = (8, WRAPPED);

/// Lines that may belong to the tail.
const TAIL: usize = 12;

/// A line without the space at its ends; bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether a paragraph begins here.
    pub(super) begins: bool,
}

/// A text with its lines and the cues in it.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    /// Its headline, as its source tells it.
    pub(super) title: Option<&'a str>,
    /// The name in results of whoever publishes it, if the rules know that outlet.
    publisher: Option<&'a str>,
    source: Option<&'a str>,
    pub(super) profile: Profile,
    /// Whether the layout was lost, and with it the marks: runs of spaces stand for both.
    pub(super) is_run_together: bool,
    pub(super) rules: &'a Rules,
    /// Lines that are not blank.
    pub(super) lines: Vec<Line>,
    pub(super) hits: Vec<Hit>,
}

impl<'a> Page<'a> {
    pub(super) fn new(article: &Article<'a>, rules: &'a Rules) -> Page<'a> {
        let (text, source) = (article.text, article.source);
        let (lines, is_run_together) = lines(text, article.profile);
        Page {
            text,
            title: article.title,
            publisher: source.and_then(|source| rules.publisher(source)),
            source,
            profile: article.profile,
            rules,
            lines,
            is_run_together,
            hits: aliases::sift(text, rules, rules.hits(text)),
        }
    }

    /// Whether `name`, as results name an outlet, is whoever publishes this text.
    pub(super) fn is_own(&self, name: &str) -> bool {
        [self.publisher, self.source].contains(&Some(name))
    }

    /// Whether all of `line` is set in capitals, as headlines are.
    pub(super) fn is_capitals(&self, line: &Line) -> bool {
        let text = &self.text[line.start..line.end];
        text.len() <= CAPITALS.1
            && !text.contains(char::is_lowercase)
            && text.trim().contains(' ')
            && text.chars().filter(|c| c.is_uppercase()).count() >= CAPITALS.0
    }

    /// Whether `text` ends with the name of whoever publishes this one.
    pub(super) fn ends_with_source(&self, text: &str) -> bool {
        self.source.is_some_and(|source| {
            let start = text.len().checked_sub(source.len()).filter(|&start| text.is_char_boundary(start));
            start.is_some_and(|start| text[start..].eq_ignore_ascii_case(source))
        })
    }

    /// Whether `word` names a month or a day of the week.
    pub(super) fn is_day_word(&self, word: &str) -> bool {
        let sets = self.rules.sets();
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        sets.months.contains(&word) || sets.weekdays.contains(&word)
    }

    /// Whether `words` can be the name of persons: at least so many words, none of them an article, the first no joint.
    pub(super) fn is_name(&self, words: &str, fewest: usize) -> bool {
        let is_article =
            |word: &str| self.rules.words.articles.iter().any(|it| it.eq_ignore_ascii_case(word));
        let sets = self.rules.sets();
        words.starts_with(char::is_uppercase)
            && !words.split_whitespace().any(is_article)
            && !words
                .split_whitespace()
                .next()
                .is_some_and(|first| sets.joints.contains(&first.to_lowercase()))
            && words.split_whitespace().nth(fewest.saturating_sub(1)).is_some()
    }

    pub(super) fn line(&self, line: Line) -> &'a str {
        &self.text[line.start..line.end]
    }

    /// Cues that begin in `start..end`.
    pub(super) fn hits_in(&self, start: usize, end: usize) -> &[Hit] {
        let first = self.hits.partition_point(|hit| hit.start < start);
        let rest = &self.hits[first..];
        &rest[..rest.partition_point(|hit| hit.start < end)]
    }

    /// Whether line `index` may stand before the running text.
    pub(super) fn is_head(&self, index: usize) -> bool {
        index < HEAD.0 && self.lines[index].start < HEAD.1
    }

    /// Whether line `index` may stand after the running text.
    pub(super) fn is_tail(&self, index: usize) -> bool {
        index + TAIL >= self.lines.len()
    }

    /// Whether no wrapped sentence goes on in line `index`: the one before ends with a full stop or had room for one more word,
    /// or this one is indented.
    pub(super) fn is_apart(&self, index: usize) -> bool {
        let line = self.lines[index];
        let Some(before) = index.checked_sub(1).map(|before| self.lines[before]).filter(|_| !line.begins)
        else {
            return true;
        };
        let around = &self.lines[index.saturating_sub(AROUND)..(index + AROUND).min(self.lines.len())];
        let indent = |line: &Line| {
            self.text[..line.start].bytes().rev().take_while(|&byte| byte == b' ').take(AROUND).count()
        };
        let least = around.iter().map(indent).min().unwrap_or(0);
        if indent(&line) > least || self.line(before).ends_with(['.', '!', '?', '"', '”']) {
            return true;
        }
        let width = around.iter().map(|line| line.end - line.start).max().unwrap_or(0).min(WRAPPED);
        let word = self.line(line).split_whitespace().next().map_or(0, str::len);
        before.end - before.start + 1 + word <= width
    }

    /// The paragraphs, as places in [`Page::lines`].
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let mut first = 0;
        std::iter::from_fn(move || {
            (first < self.lines.len()).then(|| {
                let next = (first + 1..self.lines.len()).find(|&line| self.lines[line].begins);
                let range = first..next.unwrap_or(self.lines.len());
                first = range.end;
                range
            })
        })
    }

    /// Bytes of the lines `range`.
    pub(super) fn bytes(&self, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        self.lines[range.start].start..self.lines[range.end - 1].end
    }
}

/// The lines of `text` that are not blank. A paragraph begins after a blank line, with an indented one, and after one too
/// long to be wrapped. Where the layout of a page came out as one long line, runs of spaces are ends of lines.
fn lines(text: &str, profile: Profile) -> (Vec<Line>, bool) {
    let mut lines: Vec<Line> = Vec::new();
    let mut is_run_together = false;
    let (mut start, mut after_blank) = (0, true);
    for end in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let whole = &text[start..end];
        let body = whole.trim_start();
        let indent = whole.len() - body.len();
        let body = body.trim_end();
        if body.is_empty() {
            after_blank = true;
        } else {
            let follows_long = lines.last().is_some_and(|line| line.end - line.start > WRAPPED);
            let begins = after_blank || indent >= 2 || whole.starts_with('\t') || follows_long;
            let whole = Line { start: start + indent, end: start + indent + body.len(), begins };
            if body.len() > RUN_TOGETHER && profile == Profile::News {
                let before = lines.len() + 1;
                segments(text, whole, &mut lines);
                is_run_together |= lines.len() > before;
            } else {
                lines.push(whole);
            }
            after_blank = false;
        }
        start = end + 1;
    }
    (lines, is_run_together)
}

/// Adds the parts of `line` between long runs of spaces, each a paragraph.
fn segments(text: &str, line: Line, lines: &mut Vec<Line>) {
    let bytes = &text.as_bytes()[line.start..line.end];
    let (mut start, mut last, mut begins) = (0, 0, line.begins);
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| !matches!(byte, b' ' | b'\t')) {
        if at > last + GAP {
            lines.push(Line { start: line.start + start, end: line.start + last, begins });
            (start, begins) = (at, true);
        }
        last = at + 1;
    }
    lines.push(Line { start: line.start + start, end: line.end, begins });
}
