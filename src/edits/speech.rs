//! Words that tell who said something, or how sure they were.
//!
//! One word is seldom enough: `claims` are made and `tax claims` are paid, a rule is `added`, somebody fails `to appear`.
//! What is told asks for a form that does nothing else ([`listen`]); what speaks against telling it, since the other text has
//! somebody say it or leaves it open too, is any such word ([`hears`]).
//!
//! The words come from the caller ([`Manner`]): the rules by which an article's parts are told have them, and users add to those.

use std::collections::BTreeSet;

use crate::edits::Side;
use crate::edits::folded::{Folded, folded};
use crate::edits::manner::{Manner, Phrases};
use crate::edits::slot::ends_sentence;
use crate::model::{Flags, TokenSpan};

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
        if !manner.may_tell(place.own.as_str()) {
            continue;
        }
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
    let place = Place::new(side, at, manner);
    let next = 1 + i64::from(place.is_one_of(1, &manner.words.that));
    place.is_one_of(next, &manner.words.subjects) || place.is_one_of(next, &manner.words.possessives)
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
        let (doubts, words) = (&manner.doubts, &manner.words);
        let lays_off = doubts.hearsay.may_begin(word) || doubts.saying.may_begin(word);
        heard.saying |=
            place.verb().is_some() || place.is_form_of_verb() || words.holding.contains(word) || lays_off;
        heard.hedge |= lays_off
            || doubts.plain.may_begin(word)
            || doubts.modal.may_begin(word)
            || words.open.contains(word);
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
    fn is_itself(&self, list: &BTreeSet<String>) -> bool {
        list.contains(self.own.as_str())
    }

    /// The word `n` from here, or nothing.
    fn word(&self, n: i64) -> Folded<'t> {
        let at = i64::from(self.at) + n;
        let inside = at >= 0 && at < self.side.tokens.len() as i64;
        folded(if inside { &self.side.text[self.side.tokens.bytes(at as usize).range()] } else { "" })
    }

    fn is_one_of(&self, n: i64, list: &BTreeSet<String>) -> bool {
        list.contains(self.word(n).as_str())
    }

    /// What stands between the word `n` from here and the next.
    fn after(&self, n: u32) -> &'t str {
        self.side.gap_behind(self.at + n)
    }

    fn has_capital(&self, n: i64) -> bool {
        let at = i64::from(self.at) + n;
        let inside = at >= 0 && at < self.side.tokens.len() as i64;
        inside && self.side.tokens.is(at as usize, Flags::CAPITAL)
    }

    /// A name that is written like a verb that leaves it open: the month of May.
    fn is_month(&self) -> bool {
        self.has_capital(0) && self.manner.doubts.modal.may_begin(self.own.as_str())
    }

    /// Words of the longest of `phrases` that begins here.
    fn len(&self, phrases: &Phrases) -> Option<u32> {
        phrases.len(self.own.as_str(), |n, word| self.word(n).as_str() == word)
    }

    /// Words of the verb of saying that begins here; with a capital it is part of a name.
    fn verb(&self) -> Option<u32> {
        if self.has_capital(0) { None } else { self.len(&self.manner.saying) }
    }

    /// Whether it is a verb of saying in any form.
    fn is_form_of_verb(&self) -> bool {
        !self.has_capital(0) && self.manner.is_form_of_saying(self.own.as_str())
    }

    /// Whether it surely tells that somebody said it: `according to`; `said`; other verbs where what was said follows or
    /// ends there. `was told` and `to say` are no attribution.
    fn says(&self) -> bool {
        let words = &self.manner.words;
        if let Some(len) = self.len(&self.manner.according) {
            return !self.is_measured(len);
        }
        let Some(len) = self.verb() else { return false };
        // `continued to hold`, `2.5 million (2005 estimated)`.
        let follows_number = self.at > 0 && self.side.tokens.is(self.at as usize - 1, Flags::NUMBER);
        if self.is_one_of(-1, &words.unspoken)
            || follows_number
            || self.is_one_of(i64::from(len), &words.infinitive)
        {
            return false;
        }
        if self.is_itself(&words.self_evident) {
            return true;
        }
        if self.is_itself(&words.telling) {
            // Somebody is told something, or a story is.
            return (0..=HEARER).any(|n| self.has_clause(len + n));
        }
        self.has_clause(len) && (!self.is_itself(&words.nouns) || self.has_name_before())
    }

    /// `measured according to`: by what, not by whom. Who says it stands apart from the rest of the sentence, or is named; `len`
    /// words tell of him.
    fn is_measured(&self, len: u32) -> bool {
        const NAMED_WITHIN: i64 = 4;
        let len = i64::from(len);
        let named = (len..len + NAMED_WITHIN).any(|n| self.has_capital(n));
        let Some(before) = self.at.checked_sub(1) else { return false };
        let apart = self.side.gap_before(self.at).contains([',', '.', ';', ':', '(', '–', '—', '"', '”'])
            || ends_sentence(self.side, before);
        self.is_one_of(len, &self.manner.words.relatives) || !apart && (!named || self.is_participle(-1))
    }

    fn is_participle(&self, n: i64) -> bool {
        let word = self.word(n);
        self.manner.words.participle_endings.iter().any(|ending| word.as_str().ends_with(ending.as_str()))
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
                .any(|n| self.is_one_of(i64::from(len + n), &self.manner.words.that))
    }

    /// A name or a pronoun that may be the subject.
    fn has_name_before(&self) -> bool {
        let is_name = |at: u32| {
            let flags = self.side.tokens.places[at as usize].flags;
            flags.has(Flags::CAPITAL) && !flags.has(Flags::STOP)
        };
        let words = &self.manner.words;
        self.at.checked_sub(1).is_some_and(is_name)
            || self.is_one_of(-1, &words.subjects)
            || self.is_one_of(-1, &words.relatives)
    }

    /// Whether it surely leaves open if it is so, and if that is laid on somebody else.
    fn hedge(&self) -> Option<bool> {
        let (doubts, words) = (&self.manner.doubts, &self.manner.words);
        // `appear to`, not `failed to appear to`.
        let is_plain = |len: u32| len == 1 || !self.is_one_of(-1, &words.infinitive);
        let laid_off = if self.len(&doubts.plain).is_some_and(is_plain) || self.is_doubtful_modal() {
            false
        } else if self.len(&doubts.hearsay).is_some_and(is_plain) || self.is_doubtful_saying() {
            true
        } else {
            return None;
        };
        // In a headline most words have a capital; and `you might say` doubts nothing.
        let in_headline = self.has_capital(0) && self.at > 0 && !ends_sentence(self.side, self.at - 1);
        (!in_headline && !self.is_one_of(-1, &words.own_voice)).then_some(laid_off)
    }

    /// `claimed that`: what somebody says follows, or ends there.
    fn is_doubtful_saying(&self) -> bool {
        let words = &self.manner.words;
        self.len(&self.manner.doubts.saying).is_some_and(|len| {
            let begins = self.is_one_of(i64::from(len), &words.subjects)
                || self.is_one_of(i64::from(len), &words.infinitive)
                || self.has_clause(len);
            begins
                && (!self.is_itself(&words.nouns) || self.has_name_before())
                && !self.is_one_of(-1, &words.unspoken)
        })
    }

    /// `may be`, unless a rule allows it (`may be used`) or a choice follows (`may be one or the other`).
    fn is_doubtful_modal(&self) -> bool {
        if self.is_month() {
            return false;
        }
        self.len(&self.manner.doubts.modal).is_some_and(|len| {
            let len = i64::from(len);
            let chooses = (len..len + CHOICE).any(|n| self.is_one_of(n, &self.manner.words.choice));
            let allows = self.is_one_of(len - 1, &self.manner.words.passive) && self.is_participle(len);
            !chooses && !allows
        })
    }
}

/// Words behind a verb such as `may be` within which a choice is named.
const CHOICE: i64 = 4;

/// Most words that name who hears it.
const HEARER: u32 = 4;
