//! Free text without the words of articles: facts of tags, evidence, remarks, further columns of the input.
//!
//! In: all articles of a result, and one text after the other. Out: the text with `…` in place of every stretch of [`RUN`] words
//! or more that any of the articles has in a row, and of what stands in quotation marks and is as long. A text may quote
//! another article than the one it is about, so the runs of all of them are hashed into one sorted list, by all threads: 8
//! bytes for each run of words that differs, and one search in it for each word of a text. Where an article is not at hand, or in parts
//! only, nobody can say what a text takes from it: every text of [`RUN`] words or more then becomes `…` as a whole.
//!
//! What was scrubbed once stays as it is when it is scrubbed again: passes are made until no run is left, those that only show once what
//! stood between is gone included.

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::fingerprint::{content_hash, hash};
use crate::index::is_stand_in;
use crate::model::{DocId, Findings};

/// Words in a row that are taken to be the article's.
pub const RUN: usize = 4;

/// What stands for words that were left out.
const ELLIPSIS: char = '…';

/// Passes over one text. Each leaves fewer words, nearly all texts need two; one that needs more than this is left out as a whole.
const PASSES: usize = 8;

/// What is known of the articles whose words free text may hold.
pub(super) enum Scrub {
    /// The result was written without words, and by then its free text was scrubbed.
    Done,
    /// All articles are at hand: the hashes of their runs, sorted.
    Known(Vec<u64>),
    /// So many articles are not, or only in parts.
    Blind(usize),
}

impl Scrub {
    /// Reads all articles of `findings`.
    pub(super) fn against(findings: &dyn Findings) -> Scrub {
        let docs = 0..findings.facts().documents.len();
        let gone = docs.clone().into_par_iter().filter(|&index| !is_whole(findings, index)).count();
        if gone > 0 {
            return Scrub::Blind(gone);
        }
        let of_one = |index: usize| runs_of(&findings.text(DocId::new(index)));
        let mut runs: Vec<u64> = docs.into_par_iter().flat_map_iter(of_one).collect();
        runs.par_sort_unstable();
        runs.dedup();
        Scrub::Known(runs)
    }

    /// Whether `text` may stay as it is.
    pub(super) fn leaves(&self, text: &str) -> bool {
        match self {
            Scrub::Done => true,
            Scrub::Known(runs) => once(text, runs).is_none(),
            Scrub::Blind(_) => !is_long(text),
        }
    }

    /// Takes the articles' words out of `text`.
    pub(super) fn text(&self, text: &mut String) {
        match self {
            Scrub::Done => {}
            Scrub::Known(runs) => scrub(text, runs),
            Scrub::Blind(_) if is_long(text) => *text = ELLIPSIS.to_string(),
            Scrub::Blind(_) => {}
        }
    }

    /// The same of words of our own around numbers, which hold an article's by chance alone.
    pub(super) fn own_words(&self, text: &mut String) {
        match self {
            Scrub::Blind(_) => scrub(text, &[]),
            _ => self.text(text),
        }
    }
}

/// Whether the text of a document is the article's, from end to end: neither put together from what a result quotes, nor from the words
/// that an index without texts knows.
fn is_whole(findings: &dyn Findings, index: usize) -> bool {
    let facts = findings.facts();
    let is_reference = facts.facts.get(index).is_some_and(|facts| facts.is_reference);
    facts.documents[index].rebuilt.is_none() && !(is_reference && has_stand_ins(findings, DocId::new(index)))
}

fn has_stand_ins(findings: &dyn Findings, doc: DocId) -> bool {
    let (text, tokens) = (findings.text(doc), findings.tokens(doc));
    let word = |start: u32, len: u16| text.get(start as usize..start as usize + usize::from(len));
    tokens.places.iter().any(|place| word(place.start, place.len).is_none_or(is_stand_in))
}

/// Hashes of the runs of words of `text`.
fn runs_of(text: &str) -> Vec<u64> {
    let mut folded = String::new();
    let keys: Vec<u64> = words_of(text).map(|(_, word)| key(word, &mut folded)).collect();
    keys.windows(RUN).map(hash).collect()
}

/// The hash of a word, which is folded into `folded`.
fn key(word: &str, folded: &mut String) -> u64 {
    folded.clear();
    match word.is_ascii() {
        true => folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))),
        false => folded.extend(word.chars().flat_map(char::to_lowercase)),
    }
    content_hash(&[folded.as_bytes()])
}

/// The words of `text` and where they begin: parted by whatever is neither letter nor digit, so that half of `312,500` is a
/// word, too; where a script writes no blanks, as Unicode has it.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = |c: char| !c.is_alphanumeric();
    let places = text.split_inclusive(parts).scan(0, |end, part| {
        *end += part.len();
        Some((*end - part.len(), part))
    });
    places.flat_map(move |(at, part)| {
        let part = part.trim_end_matches(parts);
        let whole = (part.is_ascii() && !part.is_empty()).then_some((at, part));
        let several = (!part.is_ascii()).then(|| part.unicode_word_indices());
        whole.into_iter().chain(several.into_iter().flatten().map(move |(place, word)| (at + place, word)))
    })
}

/// Whether `text` has room for a run of words.
pub(super) fn is_long(text: &str) -> bool {
    words_of(text).nth(RUN - 1).is_some()
}

/// Takes out of `text` what has its hash among `runs`, and long quotations, until nothing of the kind is left.
fn scrub(text: &mut String, runs: &[u64]) {
    for _ in 0..PASSES {
        match once(text, runs) {
            Some(shown) => *text = shown,
            None => return,
        }
    }
    *text = ELLIPSIS.to_string();
}

/// One pass; `None` where there is nothing to take out.
fn once(text: &str, runs: &[u64]) -> Option<String> {
    if !is_long(text) {
        return None;
    }
    let words: Vec<(usize, &str)> = words_of(text).collect();
    let mut is_theirs = vec![false; words.len()];
    for (first, run) in runs_of(text).into_iter().enumerate() {
        if runs.binary_search(&run).is_ok() {
            is_theirs[first..first + RUN].fill(true);
        }
    }
    for quoted in quotations(text) {
        let place = |at: usize| words.partition_point(|word| word.0 < at);
        let inside = place(quoted.start)..place(quoted.end);
        if inside.len() >= RUN {
            is_theirs[inside].fill(true);
        }
    }
    if !is_theirs.contains(&true) {
        return None;
    }
    let mut shown = String::new();
    let (mut at, mut first) = (0, 0);
    for stretch in is_theirs.chunk_by(|one, next| one == next) {
        let last = first + stretch.len() - 1;
        if stretch[0] {
            shown.push_str(&text[at..words[first].0]);
            shown.push(ELLIPSIS);
            at = words[last].0 + words[last].1.len();
        }
        first = last + 1;
    }
    shown.push_str(&text[at..]);
    Some(shown)
}

/// Where `text` stands in quotation marks, the marks themselves left out.
fn quotations(text: &str) -> Vec<std::ops::Range<usize>> {
    const PAIRS: [(char, char); 6] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’'), ('`', '`')];
    let mut found = Vec::new();
    for (open, close) in PAIRS {
        let mut at = 0;
        while let Some(start) = text[at..].find(open).map(|place| at + place + open.len_utf8()) {
            let end = text[start..].find(close).map_or(text.len(), |place| start + place);
            found.push(start..end);
            at = (end + close.len_utf8()).min(text.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn runs(article: &str) -> Vec<u64> {
        let mut runs = runs_of(article);
        runs.sort_unstable();
        runs
    }

    #[test]
    fn words_of_the_article_go_and_others_stay() {
        let article = "The minister said on Monday that all roads were open. 停火协议今天生效. Ferry tickets cost 312,500 crowns.";
        let cases = [
            ("date: a is earlier by 2 h", "date: a is earlier by 2 h"),
            ("credit: the minister said on monday, it reads", "credit: …, it reads"),
            ("all roads were", "all roads were"),
            ("that ALL roads, were open!", "…!"),
            ("Monday that all roads were open and shut", "… and shut"),
            ("on Monday the minister said on Monday that all", "on Monday …"),
            ("all roads the minister said on Monday were open", "…"),
            ("it reads “words of somebody else entirely” there", "it reads “…” there"),
            ("it reads “two words” there", "it reads “two words” there"),
            ("said so: 停火协议 and more", "said so: … and more"),
            ("it cost 1,250,0", "it cost 1,250,0"),
            ("will pay them 312", "will pay them 312"),
            ("ferry tickets cost 312", "…"),
            ("an open \"quote that never comes to an end", "an open \"…"),
            ("", ""),
        ];
        let scrub = Scrub::Known(runs(article));
        for (text, expected) in cases {
            let mut shown = text.to_owned();
            scrub.text(&mut shown);
            assert_eq!(shown, expected, "{text}");
            assert_eq!(scrub.leaves(text), text == expected, "{text}");
        }
    }

    #[test]
    fn of_articles_that_are_gone_nothing_long_stays() {
        let cases = [("date: a is", "date: a is"), ("date: a is earlier", "…"), ("停火协议", "…"), ("", "")];
        for (text, expected) in cases {
            let mut shown = text.to_owned();
            Scrub::Blind(1).text(&mut shown);
            assert_eq!(shown, expected, "{text}");
        }
    }

    /// Of columns as long as an article nothing is cut by the way.
    #[test]
    fn long_columns_go_or_stay_as_a_whole() {
        let article: String = (0..120_000).map(|index| format!("w{} ", index * 7_919 % 65_537)).collect();
        let column: String = (0..100_000).map(|index| format!("“x{index}” y{index}, ")).collect();
        let runs = runs(&article);
        let mut shown = column.clone();
        scrub(&mut shown, &runs);
        assert_eq!(shown, column);
        let mut shown = article;
        scrub(&mut shown, &runs);
        assert_eq!(shown, "… ");
    }

    proptest! {
        /// No run of words of an article is left in what was scrubbed, not even around what was taken out, and scrubbing it again
        /// changes nothing.
        #[test]
        fn no_run_survives(words in prop::collection::vec("[abc]{1,2}", 4..20), start in 0usize..10, extra in "[abc \"“”]{0,12}") {
            let article = words.join(" ");
            let mut fact = format!("{extra} {} {extra}", words[start.min(words.len() - 1)..].join(", "));
            let (given, runs) = (fact.clone(), runs(&article));
            scrub(&mut fact, &runs);
            let left: Vec<&str> = words_of(&fact).map(|(_, word)| word).collect();
            let has = |run: &&[&str]| words.windows(RUN).any(|theirs| theirs.iter().zip(*run).all(|(x, y)| x == y));
            prop_assert_eq!(left.windows(RUN).find(has), None, "{} -> {}", given, fact);
            let mut again = fact.clone();
            scrub(&mut again, &runs);
            prop_assert_eq!(again, fact);
        }
    }
}
