//! Puts tokens together as words are found: joins what line breaks and colons took apart, looks words up, and marks
//! where sentences and paragraphs end.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::model::{Flags, Place, Tokens};
use crate::normalize::fold::fold_with;
use crate::normalize::lexicon::{Vocabulary, Word, hash};
use crate::normalize::script::{char_boundary, is_digit, is_hyphen, is_ideograph, is_invisible, is_word};
use crate::normalize::sentence::{Boundary, boundary};
use crate::statistics::prior;

/// Longest token in bytes; longer runs of letters are cut into several.
const MAX_TOKEN: usize = 1024;

/// Longest stretch of hyphen, line break and indent inside a word, in bytes.
const MAX_LINE_BREAK: usize = 128;

/// Collects the tokens of one text, in order.
pub(crate) struct Writer<'t> {
    text: &'t str,
    vocabulary: &'t mut Vocabulary,
    tokens: Tokens,
    /// End of the last token.
    end: usize,
    /// Folded text of the last token when it is a gram that may still get a successor; else empty.
    gram: String,
    /// Working space for the keys of grams.
    pair: String,
}

impl<'t> Writer<'t> {
    pub(crate) fn new(text: &'t str, vocabulary: &'t mut Vocabulary) -> Writer<'t> {
        assert!(u32::try_from(text.len()).is_ok(), "the reader admits texts below 4 GiB");
        let mut tokens = Tokens::default();
        // A token takes six bytes of English, with the space; what is too much is given back.
        tokens.keys.reserve(text.len() / 5);
        tokens.places.reserve(text.len() / 5);
        Writer { text, vocabulary, tokens, end: 0, gram: String::new(), pair: String::new() }
    }

    /// The tokens, the last of which ends a sentence.
    pub(crate) fn finish(mut self) -> Tokens {
        self.end_sentence();
        self.tokens.keys.shrink_to_fit();
        self.tokens.places.shrink_to_fit();
        self.tokens
    }

    /// Whether [`Writer::plain_words`] may be called: no word is mended.
    pub(crate) fn takes_plain_words(&self) -> bool {
        self.vocabulary.mender().is_none()
    }

    /// As [`Writer::word`] for each of these words of ASCII letters and digits, by their start and end.
    pub(crate) fn plain_words(&mut self, spans: &[(u32, u32)]) {
        self.vocabulary.ask(self.text, spans);
        let bytes = self.text.as_bytes();
        for (index, &(start, end)) in spans.iter().enumerate() {
            let (start, end) = (start as usize, end as usize);
            let word = self.vocabulary.answer(index, self.text, start, end);
            // Most words have one space before them.
            let is_close = self.end > 0 && self.end + 1 == start && QUIET[usize::from(bytes[start - 1])];
            if is_close || self.follows_quietly(start) {
                self.push(start, end, word, Flags::default());
            } else {
                self.word_after_break(start, end, Some(word));
            }
        }
    }

    /// Whether nothing ends or is joined before the word that starts there.
    fn follows_quietly(&self, start: usize) -> bool {
        let bytes = self.text.as_bytes();
        self.end > 0 && is_quiet(&bytes[self.end..start], bytes[start])
    }

    /// Adds the word at these bytes, which holds a letter or digit.
    #[inline]
    pub(crate) fn word(&mut self, start: usize, end: usize) {
        if end - start > MAX_TOKEN {
            return self.long_word(start, end);
        }
        if self.mend(start, end) {
            return;
        }
        if self.follows_quietly(start) {
            let word = self.vocabulary.word(self.text, start, end);
            return self.push(start, end, word, Flags::default());
        }
        self.word_after_break(start, end, None);
    }

    /// Adds a word where a sentence may end before it, or that may be one with the last one; `known` is what it is if it
    /// stands alone.
    fn word_after_break(&mut self, start: usize, end: usize, known: Option<Word>) {
        match self.joined(start, end) {
            Some(left) => self.join(left, end),
            None => {
                let flags = self.boundary_flags(start);
                let word = known.unwrap_or_else(|| self.vocabulary.word(self.text, start, end));
                self.push(start, end, word, flags);
            }
        }
    }

    /// Adds one character of a script written without spaces; its key is that of the pair with its successor.
    pub(crate) fn gram(&mut self, span: Range<usize>) {
        let raw = &self.text[span.clone()];
        let folded = self.folded_gram(raw);
        let flags = if span.start == self.end && !self.gram.is_empty() {
            Flags::GRAM
        } else {
            self.boundary_flags(span.start).with(Flags::GRAM)
        };
        if !self.gram.is_empty()
            && is_run(&self.text[self.end..span.start])
            && let Some(key) = self.tokens.keys.last_mut()
        {
            self.pair.clear();
            self.pair.push_str(&self.gram);
            self.pair.push_str(&folded);
            *key = hash(&self.pair);
        }
        // Without a successor, a character is a gram of itself and the end of its run.
        self.pair.clear();
        self.pair.push_str(&folded);
        self.pair.push('\n');
        let surprisal = prior::gram(raw.starts_with(is_ideograph));
        let word = Word::new(hash(&self.pair), surprisal, Flags::default());
        self.push(span.start, span.end.min(char_boundary(self.text, span.start + MAX_TOKEN)), word, flags);
        self.gram.push_str(&folded);
    }

    /// The folded form of a gram, which most are themselves.
    fn folded_gram(&self, raw: &'t str) -> Cow<'t, str> {
        let mut chars = raw.chars();
        match (chars.next(), chars.next()) {
            (Some('\u{e01}'..='\u{e30}' | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}'), None) => {
                raw.into()
            }
            _ => fold_with(raw, self.vocabulary.diacritics()).into(),
        }
    }

    /// Adds the word at these bytes the way it should have been printed, if a machine split it off the last one or ran
    /// it together with another; tells whether it did.
    #[inline]
    fn mend(&mut self, start: usize, end: usize) -> bool {
        let Some(mender) = self.vocabulary.mender() else { return false };
        let (text, last_end) = (self.text, self.end);
        let word = &text[start..end];
        let last = self.tokens.places.last().filter(|place| !place.flags.has(Flags::GRAM));
        let left = last.filter(|_| is_thin(&text[last_end..start])).map(|place| place.start as usize);
        if let Some(left) =
            left.filter(|&left| mender.is_split(&text[left..last_end], word, next_part(&text[end..])))
        {
            self.join(left, end);
            return true;
        }
        let Some(cut) = mender.run_together(word).map(|at| start + at) else { return false };
        let flags = self.boundary_flags(start);
        let (first, second) = (self.vocabulary.word(text, start, cut), self.vocabulary.word(text, cut, end));
        self.push(start, cut, first, flags);
        self.push(cut, end, second, Flags::default());
        true
    }

    fn push(&mut self, start: usize, end: usize, word: Word, flags: Flags) {
        let word = word.with(flags);
        let place = Place {
            // Below the length of the text, and cut to MAX_TOKEN bytes.
            start: start as u32,
            len: (end - start) as u16,
            surprisal: word.surprisal(),
            flags: word.flags(),
        };
        self.tokens.keys.push(word.key);
        self.tokens.places.push(place);
        self.end = end;
        self.gram.clear();
    }

    fn long_word(&mut self, start: usize, end: usize) {
        let mut from = start;
        while from < end {
            let to = char_boundary(self.text, (from + MAX_TOKEN).min(end));
            let flags = self.boundary_flags(from);
            if self.text[from..to].chars().any(is_word) {
                let word = self.vocabulary.word(self.text, from, to);
                self.push(from, to, word, flags);
            }
            from = to;
        }
    }

    /// Where the last token starts, if it and the word at these bytes are one: `13:00`, `1 000` with a no-break
    /// space, or a word hyphenated at a line break.
    pub(crate) fn joined(&self, start: usize, end: usize) -> Option<usize> {
        let last = self.tokens.places.last().filter(|place| !place.flags.has(Flags::GRAM))?;
        let from = last.start as usize;
        let (left, gap, right) =
            (&self.text[from..self.end], &self.text[self.end..start], &self.text[start..end]);
        let first = gap.chars().next().filter(|&c| c == ':' || is_space_in_number(c) || is_hyphen(c))?;
        let belongs = if first == ':' {
            gap.len() == 1 && left.ends_with(is_digit) && right.starts_with(is_digit)
        } else if is_hyphen(first) {
            gap.len() <= MAX_LINE_BREAK
                && is_hyphenation(left, &gap[first.len_utf8()..], right)
                && !self.vocabulary.is_compound(left, right)
        } else {
            gap.len() == first.len_utf8() && is_digit_group(left, right)
        };
        (belongs && end - from <= MAX_TOKEN).then_some(from)
    }

    /// Replaces the last token by the one from its start to `end`.
    fn join(&mut self, start: usize, end: usize) {
        let flags = self.tokens.places.pop().map_or(Flags::default(), |place| place.flags);
        self.tokens.keys.pop();
        let word = self.vocabulary.word(self.text, start, end);
        self.push(start, end, word, Flags(flags.0 & Flags::PARAGRAPH_START.0));
    }

    /// Flags of a token that starts at `start`; marks the last one when a sentence ends between.
    fn boundary_flags(&mut self, start: usize) -> Flags {
        let Some(last) = self.tokens.places.last() else {
            return Flags::PARAGRAPH_START;
        };
        let (context, before) = self.text[..self.end].split_at(last.start as usize);
        match boundary(context, before, &self.text[self.end..start], &self.text[start..]) {
            Boundary::Inside => Flags::default(),
            Boundary::Sentence => {
                self.end_sentence();
                Flags::default()
            }
            Boundary::Paragraph => {
                self.end_sentence();
                Flags::PARAGRAPH_START
            }
        }
    }

    fn end_sentence(&mut self) {
        if let Some(place) = self.tokens.places.last_mut() {
            place.flags = place.flags.with(Flags::SENTENCE_END);
        }
    }
}

/// Bytes that end no sentence and join no words, wherever they stand in a gap: ASCII without line ends, terminators and
/// the colon of `13:00`.
const QUIET: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = !matches!(byte as u8, b'\n' | b'\r' | b'.' | b'!' | b'?' | b':');
        byte += 1;
    }
    table
};

/// Whether nothing ends between two words and nothing joins them, as seen from the bytes between them and the first one
/// after: most gaps are of this kind.
#[inline]
pub(crate) fn is_quiet(gap: &[u8], next: u8) -> bool {
    match *gap {
        [only] if QUIET[usize::from(only)] => true,
        [first, second] if QUIET[usize::from(first)] && QUIET[usize::from(second)] => true,
        _ => is_long_quiet(gap, next),
    }
}

/// [`is_quiet`] of any gap: also one line break, among blanks and commas, before a letter.
fn is_long_quiet(gap: &[u8], next: u8) -> bool {
    if gap.iter().all(|&byte| QUIET[usize::from(byte)]) {
        return !gap.is_empty();
    }
    let n_lines = gap.iter().filter(|&&byte| byte == b'\n').count();
    n_lines == 1 && next.is_ascii_alphabetic() && gap.iter().all(|byte| matches!(byte, b' ' | b',' | b'\n'))
}

/// The letters that may go on the word before `rest`.
fn next_part(rest: &str) -> Option<&str> {
    const MOST_BYTES: usize = 64;
    let rest = &rest[..char_boundary(rest, MOST_BYTES)];
    let (gap, after) = rest.split_at(rest.find(char::is_alphanumeric)?);
    let part = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
    (is_thin(gap) && !part.is_empty()).then_some(part)
}

/// Whether so little stands between two words that they may be one: spaces with at most one line break and what is left
/// of a hyphen there.
fn is_thin(gap: &str) -> bool {
    const MOST_BYTES: usize = 8;
    gap.len() <= MOST_BYTES
        && gap.contains([' ', '\n', '\r'])
        && gap.chars().filter(|&c| c == '\n').count() <= 1
        && gap.chars().all(|c| matches!(c, ' ' | '\n' | '\r' | '-' | '=' | '~' | '\u{ac}'))
}

/// Whether two grams with this between them are neighbours: nothing, invisible characters or one line break.
fn is_run(gap: &str) -> bool {
    let gap = gap.trim_matches(is_invisible);
    gap.is_empty() || matches!(gap.trim_matches([' ', '\t', '\u{3000}']), "\n" | "\r\n")
}

fn is_space_in_number(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// `1` and `000`, `12 000` and `500`: one to three digits, then groups of exactly three.
fn is_digit_group(left: &str, right: &str) -> bool {
    let mut groups = left.split(is_space_in_number);
    let first = groups.next().unwrap_or_default();
    let is_group = |group: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit())
    };
    let digits = right.bytes().take_while(u8::is_ascii_digit).count();
    is_group(first, 1..=3) && groups.all(|group| is_group(group, 3..=3)) && digits == 3
}

/// Whether a line-end hyphen stands between two parts of one word: `gap` is what follows the hyphen.
///
/// The parts are joined, `recon-\nstruction` to `reconstruction`, unless [`Vocabulary::is_compound`] tells that the
/// hyphen was due there anyway. A capital or a digit starts a word of its own.
fn is_hyphenation(left: &str, gap: &str, right: &str) -> bool {
    let is_break = matches!(gap.trim_matches([' ', '\t']), "\n" | "\r\n" | "\r");
    let base = left.trim_end_matches(is_combining_mark);
    is_break && base.ends_with(char::is_alphabetic) && right.starts_with(char::is_lowercase)
}
