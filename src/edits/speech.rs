//! Words that tell who said something, or how sure they were.
//!
//! One word is seldom enough: `claims` are made and `tax claims` are paid, a rule is `added`, somebody fails `to appear`.
//! What is told asks for a form that does nothing else ([`listen`]); what speaks against telling it, since the other text has
//! somebody say it or leaves it open too, is any such word ([`hears`]).
//!
//! The verbs of saying come from the caller ([`Manner`]), as does the word for `that`: the rules by which an article's
//! parts are told have them already, and users add to those. Hedges are English; the tables were written for this program.

use std::collections::BTreeMap;

use crate::edits::Side;
use crate::edits::folded::{Folded, folded};
use crate::edits::slot::ends_sentence;
use crate::model::{Flags, Profile, TokenSpan};
use crate::normalize::fold;

/// What typed edits are read by besides two texts and their alignment.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// By their first word: what follows it.
    saying: BTreeMap<String, Vec<Vec<String>>>,
    that: Vec<String>,
    /// Whether the texts were read from print by a machine.
    pub(super) profile: Profile,
}

impl Manner {
    /// Verbs of saying (`said`, `pointed out`), the words that begin what was said (`that`), and the kind of text.
    #[must_use]
    pub fn new<'w>(
        saying: impl IntoIterator<Item = &'w str>,
        that: impl IntoIterator<Item = &'w str>,
        profile: Profile,
    ) -> Manner {
        let mut by_first: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for phrase in saying {
            let mut words = phrase.split_whitespace().map(fold);
            if let Some(first) = words.next() {
                by_first.entry(first).or_default().push(words.collect());
            }
        }
        Manner { saying: by_first, that: that.into_iter().map(fold).collect(), profile }
    }
}

/// Where the words of a run tell who said it, and how sure they were: tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) saying: Option<u32>,
    pub(super) hedge: Option<Hedge>,
}

/// A word that leaves open whether it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hedge {
    pub(super) at: u32,
    /// Whether it lays the doubt on somebody else: `claimed`, `reportedly`. Who says it, is then as good.
    pub(super) lays_off: bool,
}

/// What the words of a stretch have that could be one or the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) saying: bool,
    pub(super) hedge: bool,
}

/// What the words of `run` surely do, each by the first that does. A phrase may end in the words after the run.
pub(super) fn listen(side: Side<'_>, run: TokenSpan, manner: &Manner) -> Told {
    let mut told = Told::default();
    for at in run.start()..run.end() {
        let place = Place::new(side, at, manner);
        if told.saying.is_none() && place.says() {
            told.saying = Some(at);
        }
        if told.hedge.is_none() {
            told.hedge = place.hedge().map(|lays_off| Hedge { at, lays_off });
        }
    }
    told
}

/// Whether who says it, by the word `at`, goes on to speak of himself: `said it has`, `said that her`.
pub(super) fn speaks_of_itself(side: Side<'_>, at: u32, manner: &Manner) -> bool {
    const ITSELF: [&str; 8] = ["he", "her", "his", "it", "its", "she", "their", "they"];
    let place = Place::new(side, at, manner);
    let after_that = i64::from(manner.that.iter().any(|that| place.word(1).as_str() == that));
    place.is_one_of(1 + after_that, &ITSELF)
}

/// Whether one of `words` surely tells that somebody said it.
pub(super) fn listens(side: Side<'_>, mut words: impl Iterator<Item = u32>, manner: &Manner) -> bool {
    words.any(|at| Place::new(side, at, manner).says())
}

/// What some words may do.
pub(super) fn hears(side: Side<'_>, words: impl Iterator<Item = u32>, manner: &Manner) -> Heard {
    let mut heard = Heard::default();
    for at in words {
        let place = Place::new(side, at, manner);
        let word = place.own.as_str();
        if place.is_month() {
            continue;
        }
        let hedge = HEDGES.binary_search_by_key(&word, |hedge| hedge.0).ok().map(|at| HEDGES[at]);
        heard.saying |= place.verb().is_some()
            || SPEECH.binary_search(&word).is_ok()
            || hedge.is_some_and(|hedge| hedge.2);
        heard.hedge |= hedge.is_some() || OPEN.binary_search(&word).is_ok();
    }
    heard
}

/// A word in its text.
struct Place<'t> {
    side: Side<'t>,
    at: u32,
    own: Folded<'t>,
    manner: &'t Manner,
}

impl<'t> Place<'t> {
    fn new(side: Side<'t>, at: u32, manner: &'t Manner) -> Place<'t> {
        let own = folded(&side.text[side.tokens.bytes(at as usize).range()]);
        Place { side, at, own, manner }
    }

    /// Whether the word itself is one of `list`.
    fn is_itself(&self, list: &[&str]) -> bool {
        list.contains(&self.own.as_str())
    }

    /// The word `n` from here, or nothing.
    fn word(&self, n: i64) -> Folded<'t> {
        let at = i64::from(self.at) + n;
        let inside = at >= 0 && at < self.side.tokens.len() as i64;
        folded(if inside { &self.side.text[self.side.tokens.bytes(at as usize).range()] } else { "" })
    }

    fn is_one_of(&self, n: i64, list: &[&str]) -> bool {
        list.contains(&self.word(n).as_str())
    }

    /// What stands between the word `n` from here and the next.
    fn after(&self, n: u32) -> &'t str {
        let at = (self.at + n) as usize;
        let from = self.side.tokens.bytes(at).end() as usize;
        let to = self.side.tokens.places.get(at + 1).map_or(self.side.text.len(), |it| it.start as usize);
        &self.side.text[from..to]
    }

    fn has_capital(&self, n: i64) -> bool {
        let at = i64::from(self.at) + n;
        at >= 0 && self.side.tokens.is(at as usize, Flags::CAPITAL)
    }

    fn is_month(&self) -> bool {
        self.has_capital(0) && self.own.as_str() == "may"
    }

    /// Words of the verb of saying that begins here; with a capital it is part of a name.
    fn verb(&self) -> Option<u32> {
        if self.has_capital(0) {
            return None;
        }
        let rests = self.manner.saying.get(self.own.as_str())?;
        let fits =
            |rest: &&Vec<String>| (1..).zip(rest.iter()).all(|(n, word)| self.word(n).as_str() == word);
        rests.iter().filter(fits).map(|rest| rest.len() as u32 + 1).max()
    }

    /// Whether it surely tells that somebody said it: `according to`; `said`; other verbs where what was said follows or
    /// ends there. `was told` and `to say` are no attribution.
    fn says(&self) -> bool {
        if self.is_itself(&["according"]) {
            return self.is_one_of(1, &["to"])
                && !self.is_one_of(2, &["which", "what"])
                && !self.is_measured();
        }
        let Some(len) = self.verb() else { return false };
        // `continued to hold`, `2.5 million (2005 estimated)`.
        let follows_number = self.at > 0 && self.side.tokens.is(self.at as usize - 1, Flags::NUMBER);
        if self.is_one_of(-1, &NO_SUBJECT) || follows_number || self.is_one_of(i64::from(len), &["to"]) {
            return false;
        }
        if self.is_itself(&TELLING) {
            // Somebody is told something, or a story is.
            return (0..=HEARER).any(|n| self.has_clause(len + n));
        }
        if self.is_itself(&ONLY_SAYING) {
            return true;
        }
        self.has_clause(len) && (!self.may_be_noun() || self.has_name_before())
    }

    /// `measured according to`: by what, not by whom.
    fn is_measured(&self) -> bool {
        let Some(before) = self.at.checked_sub(1) else { return false };
        let from = self.side.tokens.bytes(before as usize).end() as usize;
        let to = self.side.tokens.bytes(self.at as usize).start() as usize;
        self.word(-1).as_str().ends_with("ed") && !self.side.text[from..to].contains([',', '.', ';'])
    }

    /// Whether what somebody said follows the words up to `len`, or ended before them: `that` within three words, a comma,
    /// a colon, a mark of quotation, the end of the sentence.
    fn has_clause(&self, len: u32) -> bool {
        let last = self.at + len - 1;
        if last as usize >= self.side.tokens.len() {
            return false;
        }
        let after = self.after(len - 1);
        ends_sentence(self.side, last)
            || after.contains([',', ':', '"', '“', '«', '„', '‘'])
            || (0..3)
                .take_while(|&n| n == 0 || !ends_sentence(self.side, last + n))
                .any(|n| self.manner.that.iter().any(|that| self.word(i64::from(len + n)).as_str() == that))
    }

    /// `claims`, `reports`, `states`.
    fn may_be_noun(&self) -> bool {
        self.own.as_str().ends_with('s') || self.is_itself(&["report", "say"])
    }

    /// A name or a pronoun that may be the subject.
    fn has_name_before(&self) -> bool {
        let is_name = |at: u32| {
            let flags = self.side.tokens.places[at as usize].flags;
            flags.has(Flags::CAPITAL) && !flags.has(Flags::STOP)
        };
        self.at.checked_sub(1).is_some_and(is_name)
            || self.is_one_of(-1, &["he", "she", "it", "they", "who", "which"])
    }

    /// Whether it surely leaves open if it is so, and if that is laid on somebody else.
    fn hedge(&self) -> Option<bool> {
        let hedge =
            HEDGES.binary_search_by_key(&self.own.as_str(), |hedge| hedge.0).ok().map(|at| HEDGES[at])?;
        // In a headline most words have a capital; and `you might say` doubts nothing.
        let in_headline = self.has_capital(0) && self.at > 0 && !ends_sentence(self.side, self.at - 1);
        let doubts = match hedge.1 {
            Form::Alone => true,
            Form::Before(next) => self.is_one_of(1, &[next]) && !self.is_one_of(-1, &["to"]),
            Form::Clause => {
                let begins = self.is_one_of(1, &["he", "she", "it", "they", "to"]) || self.has_clause(1);
                begins && (!self.may_be_noun() || self.has_name_before()) && !self.is_one_of(-1, &NO_SUBJECT)
            }
            Form::May => {
                // The month; and what a rule allows: `may be used`.
                let allows = self.is_one_of(1, &["be"]) && self.word(2).as_str().ends_with("ed");
                !self.is_month() && self.is_one_of(1, &["be", "have", "not"]) && !allows
            }
        };
        (doubts && !in_headline && !self.is_one_of(-1, &["i", "one", "we", "you"])).then_some(hedge.2)
    }
}

/// Words before a verb of saying after which nobody in particular says anything, or has yet to.
const NO_SUBJECT: [&str; 15] = [
    "are", "be", "been", "being", "can", "could", "is", "must", "of", "should", "the", "to", "was", "were",
    "would",
];

/// Verbs that report speech and do nothing else.
const ONLY_SAYING: [&str; 3] = ["said", "says", "sagte"];

/// Verbs of saying that name who hears it.
const TELLING: [&str; 2] = ["told", "tells"];

/// Most words that name who hears it.
const HEARER: u32 = 4;

/// Words that are no verbs of saying in the rules, and yet tell that somebody holds it; in order.
const SPEECH: [&str; 39] = [
    "according",
    "accused",
    "accuses",
    "accusing",
    "adding",
    "alleging",
    "announcement",
    "announcing",
    "arguing",
    "asking",
    "believe",
    "believed",
    "citing",
    "claim",
    "claiming",
    "comment",
    "comments",
    "concluding",
    "described",
    "expressed",
    "noting",
    "quoted",
    "quoting",
    "reads",
    "remarks",
    "report",
    "ruled",
    "ruling",
    "saying",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "statement",
    "telling",
    "testimony",
    "thought",
    "understood",
    "warning",
    "writing",
];

/// Words that leave it open in some of their uses; in order.
const OPEN: [&str; 36] = [
    "accusations",
    "accused",
    "allegations",
    "almost",
    "appear",
    "appeared",
    "appears",
    "believe",
    "believed",
    "believes",
    "can",
    "claim",
    "claiming",
    "could",
    "expect",
    "expected",
    "expects",
    "feared",
    "if",
    "may",
    "necessarily",
    "poised",
    "possibility",
    "possible",
    "potential",
    "potentially",
    "probable",
    "regards",
    "seem",
    "seemed",
    "seems",
    "sees",
    "should",
    "suggests",
    "whether",
    "would",
];

/// What has to stand around a hedge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Nothing.
    Alone,
    /// This word right after it, and no `to` before.
    Before(&'static str),
    /// What somebody says, after it.
    Clause,
    /// A verb that is no permission.
    May,
}

/// Words that leave open whether it is so, what has to stand around them, and whether they lay it on somebody else; in order of
/// word. `could have`, `possible` and `probable` are not among them: they grade as often as they doubt.
const HEDGES: [(&str, Form, bool); 35] = [
    ("alleged", Form::Alone, true),
    ("allegedly", Form::Alone, true),
    ("apparent", Form::Alone, false),
    ("apparently", Form::Alone, false),
    ("appear", Form::Before("to"), false),
    ("appeared", Form::Before("to"), false),
    ("appears", Form::Before("to"), false),
    ("believed", Form::Before("to"), true),
    ("claimed", Form::Clause, true),
    ("claims", Form::Clause, true),
    ("likely", Form::Alone, false),
    ("may", Form::May, false),
    ("maybe", Form::Alone, false),
    ("might", Form::Alone, false),
    ("not", Form::Before("clear"), false),
    ("ostensibly", Form::Alone, true),
    ("perhaps", Form::Alone, false),
    ("possible", Form::Before("that"), false),
    ("possibly", Form::Alone, false),
    ("presumably", Form::Alone, false),
    ("probably", Form::Alone, false),
    ("purported", Form::Alone, true),
    ("purportedly", Form::Alone, true),
    ("reportedly", Form::Alone, true),
    ("rumored", Form::Before("to"), true),
    ("rumoured", Form::Before("to"), true),
    ("seem", Form::Before("to"), false),
    ("seemed", Form::Before("to"), false),
    ("seemingly", Form::Alone, false),
    ("seems", Form::Before("to"), false),
    ("supposedly", Form::Alone, true),
    ("suspected", Form::Alone, true),
    ("thought", Form::Before("to"), true),
    ("unclear", Form::Alone, false),
    ("unconfirmed", Form::Alone, true),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(HEDGES.windows(2).all(|pair| pair[0].0 < pair[1].0), "one form a word");
        assert!(SPEECH.is_sorted() && OPEN.is_sorted() && NO_SUBJECT.is_sorted());
    }
}
