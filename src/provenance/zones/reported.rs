//! Speech without marks: what stands next to a verb of saying.
//!
//! Four shapes of a sentence are read: "X said that …" and "X said …", "X said: …", "…, X said" and "…, said X", and
//! "According to X, …" with its reverse. The zone is the statement, without the words that attribute it. A sentence whose
//! verb stands inside quotation marks, or whose statement is mostly marked, is left to the marks.

use std::ops::Range;

use memchr::memchr3_iter;

use crate::model::{Zone, ZoneKind};
use crate::provenance::zones::page::Page;
use crate::provenance::zones::rules::{Cue, Hit};
use crate::provenance::zones::{floor, shown, zone};

/// Fewest words of a statement.
const MIN_WORDS: usize = 4;

/// Longest statement, in bytes: what goes on farther has no full stops, and ends nobody knows where.
const MAX_STATEMENT: usize = 600;

/// Longest attribution, in bytes: a name with its office.
const MAX_ATTRIBUTION: usize = 160;

/// Most words of a speaker's name, and most of them that are written small and join nothing: "a senior spokesman at the
/// ministry" has three, part of a sentence more.
const NAME_WORDS: (usize, usize) = (8, 4);

/// Longest rest of a sentence after the verb that ends it: "said on Tuesday in a statement".
const MAX_REST: usize = 60;

/// Commas looked at to get past "X, minister of Y, said".
const MAX_COMMAS: usize = 6;

/// Bytes before a verb in which its subject and the commas around it are looked for.
const NEAR: usize = 500;

/// Adds reported speech to `zones`; `marked` are the quoted bytes in order.
pub(super) fn find(page: &Page<'_>, marked: &[Range<usize>], zones: &mut Vec<Zone>) {
    let mut reach = 0;
    for paragraph in page.paragraphs() {
        let bytes = page.bytes(&paragraph);
        let hits = page.hits_in(bytes.start, bytes.end);
        // With a capital it is part of a name: "the United States".
        let tells = |hit: &&Hit| match hit.cue {
            Cue::Saying => page.text[hit.start..].starts_with(char::is_lowercase),
            cue => cue == Cue::According,
        };
        if !hits.iter().any(|hit| tells(&hit)) {
            continue;
        }
        let ends = sentence_ends(page, &bytes);
        for hit in hits.iter().filter(tells) {
            if overlap(marked, &(hit.start..hit.end)) > 0 {
                continue;
            }
            let index = ends.partition_point(|&end| end <= hit.start);
            let start = index.checked_sub(1).map_or(bytes.start, |before| ends[before]);
            let sentence = Sentence { page, span: start..ends.get(index).copied().unwrap_or(bytes.end) };
            let Some(said) = sentence.statement(hit) else { continue };
            // Its length first: what goes on without a full stop may hold every mark of the text.
            let is_statement = said.span.start >= reach
                && said.span.len() <= MAX_STATEMENT
                && page.text[said.span.clone()].split_whitespace().nth(MIN_WORDS - 1).is_some()
                && overlap(marked, &said.span) * 2 < said.span.len();
            if is_statement {
                reach = said.span.end;
                let fact = format!("reported speech {}", said.fact);
                zones.push(zone(
                    page.text,
                    ZoneKind::Reported,
                    said.span.start,
                    said.span.end,
                    said.by,
                    fact,
                ));
            }
        }
    }
}

/// Bytes of `span` that lie in one of `ranges`, which are in order and apart.
fn overlap(ranges: &[Range<usize>], span: &Range<usize>) -> usize {
    let first = ranges.partition_point(|range| range.end <= span.start);
    let inside = ranges[first..].iter().take_while(|range| range.start < span.end);
    inside.map(|range| range.end.min(span.end) - range.start.max(span.start)).sum()
}

/// Where the sentences of a paragraph end, after their marks, in order.
fn sentence_ends(page: &Page<'_>, bytes: &Range<usize>) -> Vec<usize> {
    let paragraph = &page.text[bytes.clone()];
    memchr3_iter(b'.', b'!', b'?', paragraph.as_bytes())
        .filter_map(|at| {
            let after = paragraph[at + 1..].trim_start_matches(['"', '\'', '”', '’', '»', ')', ']']);
            let end = paragraph.len() - after.len();
            let goes_on = after.trim_start().chars().next().is_none_or(char::is_lowercase);
            let is_end =
                after.starts_with(char::is_whitespace) && !goes_on && !ends_short(page, &paragraph[..at]);
            is_end.then_some(bytes.start + end)
        })
        .collect()
}

/// Whether the last word of `before`, which a full stop follows, is an initial or an abbreviation.
fn ends_short(page: &Page<'_>, before: &str) -> bool {
    let start = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    word.chars().count() == 1
        || (word.len() < 12 && page.rules.sets().abbreviations.contains(&word.to_lowercase()))
}

/// A statement, who made it, and by which words that shows.
struct Said<'a> {
    span: Range<usize>,
    by: Option<&'a str>,
    fact: String,
}

struct Sentence<'p, 'a> {
    page: &'p Page<'a>,
    span: Range<usize>,
}

impl<'a> Sentence<'_, 'a> {
    fn text(&self, from: usize, to: usize) -> &'a str {
        &self.page.text[from..to]
    }

    /// The statement that the words at `hit` attribute.
    fn statement(&self, hit: &Hit) -> Option<Said<'a>> {
        match hit.cue {
            Cue::According => self.according(hit),
            _ => self.following(hit).or_else(|| self.preceding(hit)),
        }
    }

    /// "X said that …", "X said: …", "X said …".
    fn following(&self, hit: &Hit) -> Option<Said<'a>> {
        let verb = self.text(hit.start, hit.end);
        let after = self.text(hit.end, self.span.end);
        let before = self.text(self.span.start, hit.start);
        // German puts a comma before its "that".
        let rest = after.trim_start().trim_start_matches(',').trim_start();
        let at = self.span.end - rest.len();
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let sets = self.page.rules.sets();
        let word = rest[..end.min(24).min(floor(rest, 24))].to_lowercase();
        let is_late = before.len() > MAX_ATTRIBUTION;
        let said = |from: usize, shape: &str| {
            Some(Said {
                span: from..self.span.end,
                by: self.subject(before),
                fact: format!("after {}{shape}", shown(verb)),
            })
        };
        if sets.that.contains(&word) && rest[end..].starts_with(char::is_whitespace) {
            return said(at + end, " and “that”");
        }
        if let Some(stated) = after.strip_prefix(':') {
            return (!is_late).then(|| said(self.span.end - stated.len(), " and a colon")).flatten();
        }
        let is_plain = sets.plain_saying.contains(&verb.to_lowercase()) && !before.trim().is_empty();
        // "…, said X", with or without marks: X follows, not the statement.
        let stated = before.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', '“']);
        let is_statement =
            !word.is_empty() && !sets.not_a_statement.contains(&word) && !stated.ends_with([',', '?', '!']);
        (is_plain && is_statement && !is_late).then(|| said(at, "")).flatten()
    }

    /// "…, X said", "…, X, minister of Y, said", "…, said X".
    fn preceding(&self, hit: &Hit) -> Option<Said<'a>> {
        let rest = self.text(hit.end, self.span.end).trim_end_matches(['.', '!', '?', '"']);
        let before = self.text(self.span.start, hit.start);
        let near = floor(before, before.len().saturating_sub(NEAR));
        let commas: Vec<usize> =
            before[near..].rmatch_indices(',').take(MAX_COMMAS).map(|(at, _)| near + at).collect();
        let last = *commas.first()?;
        let adjacent = before[last + 1..].trim().is_empty();
        let (comma, by) = if !adjacent {
            (rest.len() <= MAX_REST).then_some((last, before[last + 1..].trim()))?
        } else if rest.trim_start().starts_with(char::is_uppercase) && rest.len() <= MAX_ATTRIBUTION {
            (last, rest.trim().split(',').next().unwrap_or_default())
        } else {
            // The name stands between two commas, its office after it.
            let name = |window: &&[usize]| {
                let segment = before[window[1] + 1..window[0]].trim();
                segment.starts_with(char::is_uppercase) && segment.split_whitespace().count() <= 4
            };
            let window = commas.windows(2).rfind(name)?;
            (window[1], before[window[1] + 1..window[0]].trim())
        };
        if by.len() > MAX_ATTRIBUTION {
            return None;
        }
        let verb = self.text(hit.start, hit.end);
        let span = self.span.start..self.span.start + comma;
        Some(Said {
            span,
            by: Some(by).filter(|by| self.is_name(by)),
            fact: format!("before {}", shown(verb)),
        })
    }

    fn according(&self, hit: &Hit) -> Option<Said<'a>> {
        let words = self.text(hit.start, hit.end);
        let rest = self.text(hit.end, self.span.end);
        if self.text(self.span.start, hit.start).trim().is_empty() {
            let comma = rest[..floor(rest, MAX_ATTRIBUTION)].find(',')?;
            let by = Some(rest[..comma].trim()).filter(|by| self.is_name(by));
            let from = hit.end + comma + 1;
            return Some(Said { span: from..self.span.end, by, fact: format!("after {}", shown(words)) });
        }
        let by = rest.trim().trim_end_matches(['.', '!', '?']);
        let span = self.span.start..hit.start;
        (by.len() <= MAX_ATTRIBUTION).then(|| Said {
            span,
            by: Some(by).filter(|by| self.is_name(by)),
            fact: format!("before {}", shown(words)),
        })
    }

    /// Who said it: the words before the verb, from the last comma on.
    fn subject<'t>(&self, before: &'t str) -> Option<&'t str> {
        let near = floor(before, before.len().saturating_sub(NEAR));
        let words = before[near..].trim().rsplit([',', ';', ':']).next()?.trim();
        self.is_name(words).then_some(words)
    }

    /// Whether `words` can stand as the name of a speaker.
    fn is_name(&self, words: &str) -> bool {
        let is_joint = |word: &&str| self.page.rules.sets().joints.contains(*word);
        let small =
            words.split_whitespace().filter(|word| !word.starts_with(char::is_uppercase) && !is_joint(word));
        words.starts_with(char::is_uppercase)
            && words.split_whitespace().nth(NAME_WORDS.0).is_none()
            && small.count() <= NAME_WORDS.1
            && !words.split_whitespace().next_back().is_some_and(|last| is_joint(&last))
    }
}
