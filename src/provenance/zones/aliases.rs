//! Short names of services that mean something else where they stand.
//!
//! `AP` is the Associated Press and Advanced Placement, `AA` the Anadolu Agency and a rating. What a text itself spells out
//! before or behind brackets, "Advanced Placement (AP)", it means from there on; and what a hyphen or a figure joins to
//! more, "AP-style", "AA-3", is part of another word.

use std::collections::BTreeSet;

use crate::provenance::zones::floor;
use crate::provenance::zones::rules::{Cue, Hit, Rules};

/// Most letters of a short name: it tells only with a dateline, a slash, a byline, a copyright or a verb beside it.
const SHORT: usize = 3;

/// Most letters of an abbreviation that is spelled out.
const MOST_LETTERS: usize = 8;

/// Bytes in which the words that it stands for are looked for.
const NEAR: usize = 120;

/// Whether `words` are a short name.
pub(super) fn is_short(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphanumeric()).count() <= SHORT
}

/// `hits` without those that mean something else.
pub(super) fn sift(text: &str, rules: &Rules, hits: Vec<Hit>) -> Vec<Hit> {
    let mut others: BTreeSet<&str> = BTreeSet::new();
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        let words = &text[hit.start..hit.end];
        let is_name = rules.name(hit.cue).is_some() && !matches!(hit.cue, Cue::Signoff(_));
        if is_name && is_short(words) && is_part(text, &hit) {
            continue;
        }
        let names_itself = kept.last().is_some_and(|last| {
            rules.name(last.cue) == rules.name(hit.cue)
                && text[last.end..hit.start].chars().all(|c| c.is_whitespace() || c == '(')
        });
        if is_name && !names_itself && is_spelled_out(text, rules, &hit) {
            others.insert(words);
        }
        if !is_name || !others.contains(words) {
            kept.push(hit);
        }
    }
    kept
}

/// Whether a hyphen with a letter or figure behind it, or a figure, adjoins.
fn is_part(text: &str, hit: &Hit) -> bool {
    let joins = |near: Option<char>, next: Option<char>| match near {
        Some('-' | '‐' | '‑') => next.is_some_and(char::is_alphanumeric),
        Some(c) => c.is_numeric(),
        None => false,
    };
    let (mut after, mut before) = (text[hit.end..].chars(), text[..hit.start].chars().rev());
    joins(after.next(), after.next()) || joins(before.next(), before.next())
}

/// Whether the name at `hit` stands for capitalized words beside it: "Advanced Placement (AP)", "AP (Advanced Placement)".
fn is_spelled_out(text: &str, rules: &Rules, hit: &Hit) -> bool {
    let letters: Vec<char> = text[hit.start..hit.end].chars().filter(|c| c.is_alphanumeric()).collect();
    if !(2..=MOST_LETTERS).contains(&letters.len()) || letters.iter().any(|c| !c.is_uppercase()) {
        return false;
    }
    let (before, after) = (&text[..hit.start], &text[hit.end..]);
    let opened = before.strip_suffix('(').filter(|_| after.starts_with(')'));
    // Two letters behind a comma may be a photographer's, too: "Ada Pohl, AP".
    let set_off = || before.trim_end().strip_suffix(',').filter(|_| letters.len() > 2);
    if let Some(before) = opened.or_else(set_off) {
        let near = &before[floor(before, before.len().saturating_sub(NEAR))..];
        return spell(rules, near.rsplit(is_gap), letters.iter().rev());
    }
    let Some(inside) = after.strip_prefix(" (").and_then(|rest| rest[..floor(rest, NEAR)].split_once(')'))
    else {
        return false;
    };
    let inside = inside.0;
    spell(rules, inside.split(is_gap), letters.iter()) && inside.split(is_gap).count() <= 2 * letters.len()
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == '-'
}

/// Whether `words`, but for small joints, begin with `letters`, one after the other, as far as there are letters.
fn spell<'t, 'l>(
    rules: &Rules,
    words: impl Iterator<Item = &'t str>,
    letters: impl Iterator<Item = &'l char>,
) -> bool {
    let counts = |word: &&str| !word.is_empty() && !rules.sets().joints.contains(*word);
    let mut words = words.filter(counts);
    letters.into_iter().all(|letter| words.next().is_some_and(|word| word.starts_with(*letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_spells_out_is_no_agency() {
        let cases: [(&str, &[&str]); 16] = [
            ("SELLA (AP) - It holds.", &["AP"]),
            ("Advanced Placement (AP) courses. AP is dear (AP).", &[]),
            ("SELLA (AP) - Advanced Placement (AP) courses. AP is dear.", &["AP"]),
            ("AP (Advanced Placement) courses. AP is dear.", &[]),
            ("The Asia-Pacific (AP) region.", &[]),
            ("The Environmental Protection Agency (EPA) and the EPA.", &[]),
            ("The Bank of Bermuda Company (BBC) said.", &[]),
            ("The Associated Press (AP) said. AP wrote.", &["Associated Press", "AP", "AP"]),
            ("Agence France-Presse (AFP) said.", &["Agence France-Presse", "AFP"]),
            ("Ada Placement wrote (AP) and sold AP.", &["AP", "AP"]),
            ("The rating is AA-3, or AA2, an AP-style book by pre-AP men.", &[]),
            ("Brandt -AP- and (AP)-", &["AP", "AP"]),
            ("The-CNN-Wire and Itar-Tass", &["The-CNN-Wire", "Itar-Tass"]),
            ("AP", &["AP"]),
            ("The Environmental Protection\nAgency, EPA.", &[]),
            ("Ada Pohl, AP", &["AP"]),
        ];
        let rules = Rules::built_in();
        for (text, expected) in cases {
            let hits = sift(text, &rules, rules.hits(text));
            let names = hits.iter().filter(|hit| rules.name(hit.cue).is_some());
            let found: Vec<&str> = names.map(|hit| &text[hit.start..hit.end]).collect();
            let expected: Vec<&str> =
                expected.iter().map(|it| it.strip_prefix("The ").unwrap_or(it)).collect();
            let found: Vec<&str> = found.iter().map(|it| it.strip_prefix("The ").unwrap_or(it)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
