//! Whether two places of two texts speak of the same thing: what has to hold before a change between them is told.
//!
//! Two signs are asked for. The words directly before and after are the same, or a sentence begins or ends there in both
//! texts ([`are_flanked`]): of names without a word in common, those that stand so are nearly all one slot filled in
//! two ways, and the others nearly none. And the sentences around are versions of one sentence ([`Likeness`]): what they
//! share of their content words, in whatever order, weighed by rarity. A sentence without full stops is cut off after
//! [`REACH`] words.

use crate::edits::Side;
use crate::edits::folded::{Folded, folded};
use crate::edits::terms::term;
use crate::model::{Flags, Span, TokenSpan};

/// Words of a sentence that are looked at on either side of a place: a sentence of news has some 25.
const REACH: u32 = 25;

/// The same where somebody is looked for who says it: the longest sentences have some 60.
const WIDE: u32 = 60;

/// Share of their content, in bits, that two sentences must have in common to be versions of one.
///
/// Read on the changes of four corpora (an archive of one newsroom, two stories on news pages, a wire of one day, press
/// releases), drawn by a fixed seed: below a half, sentences share a topic or a form, and what they differ in is no change.
const ALIKE: f64 = 0.5;

/// The same for a statement that somebody makes or doubts in one text alone: it has to be the statement, not its subject.
const SAME_STATEMENT: f64 = 0.6;

/// Fewest content words that two sentences must share: one is a topic.
const LEAST_SHARED: u32 = 2;

/// Numbers of a sentence from which they tell whether it is a form: where most of two or more differ, beside what is asked
/// about, a form was filled in anew, such as a company's results. As many names tell whether it is of the same people.
const FORM: u32 = 2;

/// Letters in which spellings of one name begin alike.
const SPELLED_ALIKE: usize = 3;

/// What two stretches share of their content words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Likeness {
    /// Content words in both.
    pub(super) words: u32,
    /// Their bits.
    pub(super) bits: f64,
    /// Twice these over the bits of both stretches, 0 to 1.
    pub(super) share: f64,
    /// Whether most of several numbers differ.
    pub(super) is_form: bool,
    /// Whether most of several names differ.
    pub(super) is_of_others: bool,
}

impl Likeness {
    /// Of the words that count in `a` and `b`.
    pub(super) fn of(a: &Stretch<'_>, b: &Stretch<'_>) -> Likeness {
        let (x, y) = (a.content(), b.content());
        let all = |words: &[Content]| words.iter().map(|word| word.bits).sum::<f64>();
        let count = |words: &[Content], is: fn(&Content) -> bool| {
            words.iter().filter(|&word| is(word)).count() as u32
        };
        let fewest = |is: fn(&Content) -> bool| count(&x, is).min(count(&y, is));
        let (mut found, mut numbers, mut names, mut i, mut j) = (Likeness::default(), 0, 0, 0, 0);
        while i < x.len() && j < y.len() {
            match x[i].key.cmp(&y[j].key) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    found.words += 1;
                    found.bits += f64::midpoint(x[i].bits, y[j].bits);
                    numbers += u32::from(x[i].is_number);
                    names += u32::from(x[i].is_name && y[j].is_name);
                    (i, j) = (i + 1, j + 1);
                }
            }
        }
        let total = all(&x) + all(&y);
        found.share = if total > 0.0 { 2.0 * found.bits / total } else { 0.0 };
        let mostly_differ = |all: u32, equal: u32| all >= FORM && 2 * equal < all;
        found.is_form = mostly_differ(fewest(|it| it.is_number), numbers);
        found.is_of_others = mostly_differ(fewest(|it| it.is_name), names);
        found
    }

    /// Whether they are versions of one sentence.
    pub(super) fn is_version(self) -> bool {
        self.share >= ALIKE && self.words >= LEAST_SHARED && !self.is_form
    }

    /// Whether they state the same.
    pub(super) fn is_statement(self) -> bool {
        self.is_version() && self.share >= SAME_STATEMENT && !self.is_of_others
    }
}

/// Some words of a document, and those among them that do not count.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'t> {
    pub(super) side: Side<'t>,
    pub(super) span: TokenSpan,
    pub(super) without: TokenSpan,
}

impl<'t> Stretch<'t> {
    /// The sentence in which `words` stand, or sentences, as far as they are looked at; `words` do not count.
    pub(super) fn around(side: Side<'t>, words: TokenSpan) -> Stretch<'t> {
        Stretch { side, span: sentence(side, words, REACH), without: words }
    }

    /// All of them count.
    pub(super) fn whole(self) -> Stretch<'t> {
        let end = self.span.end();
        Stretch { without: Span::new(end, end), ..self }
    }

    /// Its sentence as far as somebody may be named in it who says it.
    pub(super) fn wide(&self) -> TokenSpan {
        sentence(self.side, self.span, WIDE)
    }

    /// `span`, which holds it, and the sentences before and after.
    pub(super) fn with_neighbours(&self, span: TokenSpan) -> TokenSpan {
        let one = |at: u32| sentence(self.side, Span::new(at, at + 1), WIDE);
        let span = span.hull(self.wide());
        let before = span.start().checked_sub(1).map(one);
        let after = ((span.end() as usize) < self.side.tokens.len()).then(|| one(span.end()));
        [before, after].into_iter().flatten().fold(span, TokenSpan::hull)
    }

    /// Whether each of two sentences has a name that the other lacks, however it is spelled: they may be of two towns.
    pub(super) fn names_another(&self, other: &Stretch<'_>) -> bool {
        let names = |stretch: &Stretch<'_>| stretch.beginnings(Flags::CAPITAL, |word| term(word).is_none());
        are_apart(&names(self), &names(other))
    }

    /// The same of numbers.
    pub(super) fn counts_another(&self, other: &Stretch<'_>) -> bool {
        let numbers = |stretch: &Stretch<'_>| stretch.beginnings(Flags::NUMBER, |_| true);
        are_apart(&numbers(self), &numbers(other))
    }

    /// Whether it has all of `words` of another text, besides those that do not count.
    pub(super) fn has(&self, side: Side<'_>, words: TokenSpan) -> bool {
        let own = self.span.range().filter(|at| !self.without.range().contains(at));
        words.range().all(|word| own.clone().any(|at| self.side.tokens.keys[at] == side.tokens.keys[word]))
    }

    /// The beginnings, which spellings share, of the words with `flag` that count and `fit`.
    fn beginnings(&self, flag: Flags, fits: fn(&str) -> bool) -> Vec<String> {
        let Side { tokens, text, .. } = self.side;
        let is_one = |at: &usize| {
            tokens.is(*at, flag)
                && !tokens.is(*at, Flags::STOP)
                && *at > self.span.start() as usize
                && !self.without.range().contains(at)
        };
        let words = self.span.range().filter(is_one).map(|at| folded(&text[tokens.bytes(at).range()]));
        let begins = |word: Folded<'_>| word.as_str().chars().take(SPELLED_ALIKE).collect();
        words.filter(|word| fits(word.as_str())).map(begins).collect()
    }

    /// The content words that count, sorted by key.
    fn content(&self) -> Vec<Content> {
        let tokens = self.side.tokens;
        let counts = |at: &usize| !tokens.is(*at, Flags::STOP) && !self.without.range().contains(at);
        let content = |at: usize| Content {
            key: tokens.keys[at],
            bits: f64::from(tokens.bits(at)),
            is_number: tokens.is(at, Flags::NUMBER),
            is_name: tokens.is(at, Flags::CAPITAL),
        };
        let mut words: Vec<Content> = self.span.range().filter(counts).map(content).collect();
        words.sort_unstable_by(|x, y| x.key.cmp(&y.key).then(x.bits.total_cmp(&y.bits)));
        words
    }
}

/// Whether each of two lists has something that the other lacks.
fn are_apart(x: &[String], y: &[String]) -> bool {
    let lacks = |x: &[String], y: &[String]| x.iter().any(|word| !y.contains(word));
    lacks(x, y) && lacks(y, x)
}

/// A content word.
#[derive(Clone, Copy)]
struct Content {
    key: u64,
    bits: f64,
    is_number: bool,
    is_name: bool,
}

/// The sentence around `words`, up to `reach` words on either side. Of an empty span, the one that its place is in or begins.
fn sentence(side: Side<'_>, words: TokenSpan, reach: u32) -> TokenSpan {
    let n = side.tokens.len() as u32;
    let low = words.start().saturating_sub(reach);
    let high = n.min(words.end() + reach);
    let start = (low..words.start()).rev().find(|&at| ends_sentence(side, at)).map_or(low, |at| at + 1);
    let last = words.end().max(words.start() + 1) - 1;
    let end = (last..high).find(|&at| ends_sentence(side, at)).map_or(high, |at| at + 1);
    Span::new(start, end.max(start))
}

/// Whether a sentence ends with token `at`, or a paragraph.
pub(super) fn ends_sentence(side: Side<'_>, at: u32) -> bool {
    let at = at as usize;
    at + 1 >= side.tokens.len()
        || side.tokens.is(at, Flags::SENTENCE_END)
        || side.tokens.is(at + 1, Flags::PARAGRAPH_START)
}

/// Whether the words before `a` and `b` are the same and those after them too, or a sentence begins or ends there in both.
pub(super) fn are_flanked(a: Side<'_>, a_words: TokenSpan, b: Side<'_>, b_words: TokenSpan) -> bool {
    let begins = |side: Side<'_>, at: u32| at == 0 || ends_sentence(side, at - 1);
    let (i, j) = (a_words.start(), b_words.start());
    let before = match (begins(a, i), begins(b, j)) {
        (false, false) => a.tokens.keys[i as usize - 1] == b.tokens.keys[j as usize - 1],
        (a, b) => a == b,
    };
    let (k, l) = (a_words.end(), b_words.end());
    let after = match (ends_sentence(a, k - 1), ends_sentence(b, l - 1)) {
        (false, false) => a.tokens.keys[k as usize] == b.tokens.keys[l as usize],
        (a, b) => a == b,
    };
    before && after
}
