//! Speech without marks: what stands next to a verb of saying.
//!
//! Four shapes of a sentence are read: "X said that …", "X said …" and "X told Y he …", "X said: …", "…, X said" and "…, said X", and
//! "According to X, …" with its reverse. The zone is the statement, without the words that attribute it. A sentence whose
//! verb stands inside quotation marks, or whose statement is mostly marked, is left to the marks.

use std::ops::Range;

use memchr::memchr3_iter;

use crate::model::{Zone, ZoneKind};
use crate::provenance::zones::clause::{Finite, finite, is_main};
use crate::provenance::zones::page::Page;
use crate::provenance::zones::rules::{Cue, Hit};
use crate::provenance::zones::words::ends;
use crate::provenance::zones::{floor, shown, subject, zone};

/// Fewest words of a statement.
const MIN_WORDS: usize = 4;

/// Longest statement, in bytes: what goes on farther has no full stops, and ends nobody knows where.
const MAX_STATEMENT: usize = 600;

/// Longest attribution, in bytes: a name with its office.
const MAX_ATTRIBUTION: usize = 160;

/// Longest rest of a sentence after the verb that ends it: "said on Tuesday in a statement".
const MAX_REST: usize = 60;

/// Commas looked at to get past "X, minister of Y, said".
const MAX_COMMAS: usize = 6;

/// Spaces in a row that stand for a full stop where marks were lost.
const GAP: usize = 3;

/// Bytes before a verb in which its subject and the commas around it are looked for.
const NEAR: usize = 500;

/// Adds reported speech to `zones`; `marked` are the quoted bytes in order.
pub(super) fn find(page: &Page<'_>, marked: &[Range<usize>], zones: &mut Vec<Zone>) {
    let mut reach = 0;
    let breaks = breaks(page, zones);
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
        let mut ends = sentence_ends(page, &bytes);
        let first = breaks.partition_point(|&at| at <= bytes.start);
        ends.extend(breaks[first..].iter().take_while(|&&at| at < bytes.end));
        ends.sort_unstable();
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

/// Where sentences end without a full stop, in order: around datelines and around headlines inside a column.
fn breaks(page: &Page<'_>, zones: &[Zone]) -> Vec<usize> {
    let datelines = zones.iter().filter(|zone| zone.kind == ZoneKind::Dateline);
    let datelines = datelines.flat_map(|zone| [zone.span.start() as usize, zone.span.end() as usize]);
    let headlines =
        page.lines.iter().filter(|line| page.is_capitals(line)).flat_map(|line| [line.start, line.end]);
    let mut breaks: Vec<usize> = datelines.chain(headlines).collect();
    if page.is_run_together {
        breaks.extend(gaps(page.text));
    }
    breaks.sort_unstable();
    breaks
}

/// The bytes behind runs of [`GAP`] spaces before a capital: full stops that were lost.
fn gaps(text: &str) -> impl Iterator<Item = usize> {
    let mut n_spaces = 0;
    text.char_indices().filter_map(move |(at, c)| {
        let before = n_spaces;
        n_spaces = if c == ' ' { n_spaces + 1 } else { 0 };
        (before >= GAP && c.is_uppercase()).then_some(at)
    })
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

/// The first word of `words`, in small letters.
fn first_word(words: &str) -> String {
    let words = words.trim_start();
    let end = words.find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len());
    words[..end.min(floor(words, 24))].to_lowercase()
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

    /// "X said that …", "X said on Monday that …", "X told Y that …", "X said: …", "X said …".
    fn following(&self, hit: &Hit) -> Option<Said<'a>> {
        let verb = self.text(hit.start, hit.end);
        let after = self.text(hit.end, self.span.end);
        let before = self.text(self.span.start, hit.start);
        let rest = after.trim_start().trim_start_matches(',').trim_start();
        let at = self.span.end - rest.len();
        let is_late = before.len() > MAX_ATTRIBUTION;
        let said = |from: usize, shape: &str| {
            let by = || subject::before_verb(self.page, before).or_else(|| self.apposed(before));
            Said { span: from..self.span.end, by: by(), fact: format!("after {}{shape}", shown(verb)) }
        };
        if let Some(that) = self.that(rest, verb) {
            return subject::states(self.page, before, verb, true).then(|| said(at + that, " and “that”"));
        }
        if let Some(told) = self.told(rest, verb) {
            let is_told = !is_late && subject::states(self.page, before, verb, false);
            return is_told.then(|| said(at + told, " and whom it was told"));
        }
        if let Some(stated) = after.strip_prefix(':') {
            let is_told = !is_late && subject::states(self.page, before, verb, true);
            return is_told.then(|| said(self.span.end - stated.len(), " and a colon"));
        }
        let sets = self.page.rules.sets();
        let is_plain = sets.plain_saying.contains(&verb.to_lowercase()) && !before.trim().is_empty();
        // "said Friday it holds".
        let (at, rest) = match rest.split_once(char::is_whitespace) {
            Some((first, behind)) if sets.weekdays.contains(&first.to_lowercase()) => {
                (self.span.end - behind.len(), behind)
            }
            _ => (at, rest),
        };
        let word = first_word(rest);
        let is_begun = !word.is_empty() && !sets.not_a_statement.contains(&word);
        if !is_plain || !is_begun || is_late || !subject::states(self.page, before, verb, false) {
            return None;
        }
        // "…, said X", with or without marks: X follows, not the statement; but "X, minister of Y, said …".
        let stated = before.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', '“']);
        if stated.ends_with(['?', '!']) || (stated.ends_with(',') && self.apposed(before).is_none()) {
            return None;
        }
        let needed =
            if sets.self_evident.contains(&verb.to_lowercase()) { Finite::Perhaps } else { Finite::Yes };
        let is_clause = !self.is_judged(verb) || finite(self.page.rules, rest) >= needed;
        is_clause.then(|| said(at, ""))
    }

    /// Where the statement begins in `rest`, what stands behind `verb`, if a "that" begins it: at once, behind a day or place, or
    /// behind whom it was told.
    fn that(&self, rest: &str, verb: &str) -> Option<usize> {
        let sets = self.page.rules.sets();
        let first = first_word(rest);
        let near = &rest[..floor(rest, MAX_REST)];
        // "Was said to plan a bill that": not what was said.
        let is_manner = sets.not_a_statement.contains(&first) && !sets.unsaid.contains(&first);
        let may_wait = sets.telling.contains(&verb.to_lowercase()) || is_manner;
        let mut at = 0;
        for word in near.split_inclusive(char::is_whitespace) {
            let is_that =
                word.ends_with(char::is_whitespace) && sets.that.contains(&word.trim_end().to_lowercase());
            if is_that {
                let between = finite(self.page.rules, &near[..at]);
                return Some(at + word.len()).filter(|_| between < Finite::Yes);
            }
            if !may_wait || word.trim_end().ends_with([',', ':', ';', '"', '”']) && at > 0 {
                return None;
            }
            at += word.len();
        }
        None
    }

    /// Where a clause begins in `rest`, what stands behind `verb`, behind whom it was told: "told the board he would leave".
    fn told(&self, rest: &str, verb: &str) -> Option<usize> {
        let sets = self.page.rules.sets();
        if !sets.telling.contains(&verb.to_lowercase()) {
            return None;
        }
        let near = &rest[..floor(rest, MAX_REST)];
        let mut at = 0;
        for word in near.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            if at > 0 && sets.subjects.contains(&bare.to_lowercase()) {
                let is_clause = finite(self.page.rules, &near[..at]) < Finite::Yes
                    && finite(self.page.rules, &rest[at..]) == Finite::Yes;
                return Some(at).filter(|_| is_clause);
            }
            if bare.ends_with([',', ':', ';', '"', '”', '.']) {
                return None;
            }
            at += word.len();
        }
        None
    }

    /// The name before the first comma of "X, minister of Y," before a verb: no statement, for it has no verb.
    fn apposed<'t>(&self, before: &'t str) -> Option<&'t str> {
        let before = before.trim_end().strip_suffix(',').filter(|before| before.len() <= MAX_ATTRIBUTION)?;
        let (first, office) = before.split_once(',')?;
        let is_plain = [first, office].iter().all(|words| finite(self.page.rules, words) < Finite::Yes);
        subject::name(self.page, first.trim()).filter(|_| is_plain)
    }

    /// "…, X said", "…, X, minister of Y, said", "…, said X".
    fn preceding(&self, hit: &Hit) -> Option<Said<'a>> {
        let rest = self.text(hit.end, self.span.end).trim_end_matches(['.', '!', '?', '"']);
        let before = self.text(self.span.start, hit.start);
        let verb = self.text(hit.start, hit.end);
        let near = floor(before, before.len().saturating_sub(NEAR));
        let is_break = |&at: &usize| {
            let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            !(joins(before[..at].chars().next_back()) && joins(before[at + 1..].chars().next()))
        };
        let commas = before[near..].rmatch_indices(',').map(|(at, _)| near + at);
        let commas: Vec<usize> = commas.filter(is_break).take(MAX_COMMAS).collect();
        let last = *commas.first()?;
        let adjacent = before[last + 1..].trim().is_empty();
        let is_end = rest.len() <= MAX_REST && self.closes(rest, verb);
        let (comma, by) = if !adjacent {
            is_end.then_some((last, before[last + 1..].trim()))?
        } else if rest.len() <= MAX_ATTRIBUTION && self.is_inverted(rest) {
            (last, rest.trim().split(',').next().unwrap_or_default())
        } else {
            // The name stands between two commas, its office after it.
            let name = |window: &&[usize]| {
                let segment = before[window[1] + 1..window[0]].trim();
                segment.starts_with(char::is_uppercase) && segment.split_whitespace().count() <= 4
            };
            let window = commas.windows(2).rfind(name).filter(|_| is_end)?;
            (window[1], before[window[1] + 1..window[0]].trim())
        };
        let is_said = by.len() <= MAX_ATTRIBUTION
            && subject::states(self.page, before, verb, false)
            && (!self.is_judged(verb) || is_main(self.page.rules, &before[..comma]));
        is_said.then(|| Said {
            span: self.span.start..self.span.start + comma,
            by: subject::name(self.page, by),
            fact: format!("before {}", shown(verb)),
        })
    }

    /// Whether finite verbs are told in the language of `verb`.
    fn is_judged(&self, verb: &str) -> bool {
        self.page.rules.sets().judged.contains(&verb.to_lowercase())
    }

    /// Whether `rest`, what stands behind a verb, leaves the statement before it: nothing, time, place or manner, or whom it was
    /// told.
    fn closes(&self, rest: &str, verb: &str) -> bool {
        let sets = self.page.rules.sets();
        let word = first_word(rest);
        let behind_comma = rest.trim_start().strip_prefix(',').map(first_word);
        let is_aside = behind_comma
            .is_some_and(|word| ends(&word, &sets.aside_endings) || sets.not_a_statement.contains(&word));
        let is_manner = is_aside
            || rest.trim_start().starts_with([';', '—', '–', '-', '('])
            || sets.not_a_statement.contains(&word);
        let near = rest.split([',', ';']).next().unwrap_or_default();
        let has_statement =
            rest.contains([':', '"', '“']) || near.split_whitespace().any(|word| sets.that.contains(word));
        (word.is_empty() || is_manner || sets.telling.contains(&verb.to_lowercase())) && !has_statement
    }

    /// Whether `rest` is somebody: a name, or an article with words among which no verb is.
    fn is_inverted(&self, rest: &str) -> bool {
        let rest = rest.trim_start();
        let is_article = self.page.rules.words.articles.contains(&first_word(rest));
        let is_thing = || {
            is_article && finite(self.page.rules, rest.split(',').next().unwrap_or_default()) == Finite::No
        };
        rest.starts_with(char::is_uppercase) || is_thing()
    }

    fn according(&self, hit: &Hit) -> Option<Said<'a>> {
        let words = self.text(hit.start, hit.end);
        let rest = self.text(hit.end, self.span.end);
        if self.text(self.span.start, hit.start).trim().is_empty() {
            let comma = rest[..floor(rest, MAX_ATTRIBUTION)].find(',')?;
            let by = subject::name(self.page, rest[..comma].trim());
            let from = hit.end + comma + 1;
            return Some(Said { span: from..self.span.end, by, fact: format!("after {}", shown(words)) });
        }
        let by = rest.trim().trim_end_matches(['.', '!', '?']);
        let span = self.span.start..hit.start;
        (by.len() <= MAX_ATTRIBUTION).then(|| Said {
            span,
            by: subject::name(self.page, by),
            fact: format!("before {}", shown(words)),
        })
    }
}
