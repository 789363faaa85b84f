//! Which parts of an article are not its author's running text?
//!
//! In: an [`Article`], [`Rules`], and the [`Outlets`] of its corpus. Out: its zones in order of place, as spans of the text as given, and where the items of
//! a page begin. Pure; cannot fail.
//!
//! Articles mark their parts by habit: a place in capitals and a dash, "By" and a name, an agency in brackets, quotation
//! marks, a verb of saying. So the method is a reading of these marks, by words that are data ([`rules`]): layout into lines
//! and paragraphs (`page`), lines that are furniture of an article (`furniture`, with `headline`, `dateline`, `byline`, `author`, `wire`), names of agencies and
//! outlets in running text (`sources`), quotation marks (`marks`, `block` where there are none), brackets (`gloss`), speech without marks (`reported`, with `clause` and `subject`). Three things
//! that all name an agency are kept apart: where the article is from (credit), who took a picture (caption), whom one fact
//! is from (cited). What is not sure is left out: a zone decides what counts.
//!
//! Each part goes through the text once; nothing looks farther than one paragraph or a fixed number of bytes, so the cost
//! is linear, whatever the text holds.

mod aliases;
mod author;
mod block;
mod byline;
mod clause;
mod dateline;
mod furniture;
mod gloss;
mod headline;
mod items;
mod marks;
mod outlets;
mod page;
mod pictures;
mod reported;
pub mod rules;
mod sources;
mod speaker;
mod subject;
mod wire;
mod words;

#[cfg(test)]
mod tests;

use crate::model::{ByteSpan, Profile, Zone, ZoneKind};
pub use outlets::Outlets;
pub use rules::{Rules, RulesError};
pub use speaker::speaks_of_itself;

/// A text, and what is known of it beside its words.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The text as given.
    pub text: &'a str,
    /// Its headline, where the source tells one.
    pub title: Option<&'a str>,
    /// Who publishes it.
    pub source: Option<&'a str>,
    /// What kind of text it is.
    pub profile: Profile,
}

/// The parts of a text.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Its zones, in order of place, then kind.
    pub zones: Vec<Zone>,
    /// The bytes at which its items begin, in order, where it is a page of several.
    pub items: Vec<u32>,
}

/// The zones and items of `article`; `outlets` are those of the corpus it stands in.
#[must_use]
pub fn find(article: &Article<'_>, rules: &Rules, outlets: &Outlets) -> Found {
    let page = page::Page::new(article, rules);
    let mut zones = Vec::new();
    furniture::find(&page, &mut zones);
    sources::find(&page, outlets, &mut zones);
    let marked = marks::find(&page, &mut zones);
    reported::find(&page, &marked, &mut zones);
    zones.retain(|zone| !zone.span.is_empty());
    zones.sort_by(|one, other| (one.span, one.kind, &one.name).cmp(&(other.span, other.kind, &other.name)));
    zones.dedup_by(|later, former| later.kind == former.kind && later.span == former.span);
    let items = items::starts(&page, &zones);
    Found { zones, items }
}

/// A zone of the bytes `start..end` without the space at its ends.
fn zone(text: &str, kind: ZoneKind, start: usize, end: usize, name: Option<&str>, fact: String) -> Zone {
    let inner = &text[start..end];
    let start = start + (inner.len() - inner.trim_start().len());
    let end = start + inner.trim().len();
    Zone { kind, span: ByteSpan::new(start as u32, end as u32), name: name.map(str::to_owned), fact }
}

/// The last place at or before byte `at` where a character of `text` begins, or its end.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&place| text.is_char_boundary(place)).unwrap_or(0)
}

/// `words` for a fact: one line, at most so many characters that a person reads it at a glance.
fn shown(words: &str) -> String {
    const LONGEST: usize = 60;
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(LONGEST));
        if line.chars().count() > LONGEST {
            let cut: String = line.chars().take(LONGEST).collect();
            return format!("“{}…”", cut.trim_end());
        }
    }
    format!("“{line}”")
}
