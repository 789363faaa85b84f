//! Edits that say something: a number or name that changed, who said it, how sure, what was explained or moved.
//!
//! In: a passage's edit script with its two sides, and the words that speech is told by ([`typed`]). Out: [`TypedEdit`]s with
//! their bytes on either side. Numbers and names are those of [`super::facts`]; the rest is found by small tables of words
//! (`speech`) and by brackets. What was cut from the end is told elsewhere (`ending`).
//!
//! A change is told only with evidence that both texts speak of one slot there (`slot`): the sentences around are versions of
//! one sentence, and the other text does not say the same in another place of it. Of numbers and names, the texts must be versions
//! of one item as well (`item`, `fact`). Else it is a replacement as any other.
//!
//! Words are looked at in gaps: what stands between two matches in either text, moved words left out. Since a passage
//! ends where shared words end, the rest of its first and last sentence is a gap as well: `…, the ministry said.` stands
//! there. A sentence that is new as a whole is no attribution and no hedge of another one. Gaps are the same from either
//! side, so swapping the sides turns "added" into "dropped" and changes nothing else.
//!
//! Cost: linear in the changed words, and for each that may be told in the words of its sentence.

use crate::edits::gap::{Gap, gaps};
use crate::edits::item::Occasion;
use crate::edits::manner::Manner;
use crate::edits::slot::{Likeness, Stretch, ends_sentence};
use crate::edits::speech::{self, Told};
use crate::edits::{Side, Substitution, fact, gloss, letters, moved};
use crate::model::{ByteSpan, EditKind, Flags, Profile, Span, Step, TokenSpan, Tokens, TypedEdit};

/// Longest attribution, hedge or gloss, in words: more is a statement of its own.
const LONGEST: u32 = 16;

/// The same of an attribution or hedge on a page read by a machine, where lines of two columns run together.
const LONGEST_IN_PRINT: u32 = 5;

/// Most content words, names and numbers aside, of whoever says it: `a spokesman of the city office`.
const SPEAKER: usize = 3;

/// Most of them behind the verb: `said on Friday in a statement`. With more it is what was said.
const BESIDE: usize = 1;

/// The edits of a passage that say something, in order of kind, then place; `facts` are its [`super::facts`]. What
/// [cannot be one item](Occasion::may_be_one_item) is not asked about.
#[must_use]
pub fn typed(
    steps: &[Step],
    facts: &[Substitution],
    (a, b): (Side<'_>, Side<'_>),
    occasion: Occasion,
    manner: &Manner,
) -> Vec<TypedEdit> {
    let mut found = fact::changes(facts, a, b, occasion, manner.profile);
    found.extend(moved::statements(steps, a, b).map(|(x, y)| TypedEdit {
        kind: EditKind::OrderMoved,
        a: a.tokens.byte_span(x),
        b: b.tokens.byte_span(y),
    }));
    let from = found.len();
    for gap in gaps(steps, a, b) {
        gap.read([a, b], manner, &mut found);
    }
    let tells_of_speech =
        |it: &TypedEdit| !matches!(it.kind, EditKind::GlossDropped | EditKind::GlossInserted);
    if found[from..].iter().any(tells_of_speech) && !occasion.may_state_the_same(a, b, manner.profile) {
        let speech = found.split_off(from);
        found.extend(speech.into_iter().filter(|it| !tells_of_speech(it)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a word has content and is neither a name nor a number.
pub(super) fn is_own_word(tokens: &Tokens, at: usize) -> bool {
    ![Flags::STOP, Flags::CAPITAL, Flags::NUMBER].into_iter().any(|flag| tokens.is(at, flag))
}

/// One text at a gap, whose words are told of, and what the other has in their place.
struct Telling<'g, 't> {
    gap: &'g Gap,
    sides: [Side<'t>; 2],
    /// Which of the two tells; the other may have said the same.
    one: usize,
    /// Its runs that are no statement of their own, and what their words surely do.
    runs: Vec<(TokenSpan, Told)>,
    manner: &'g Manner,
}

impl Gap {
    fn read(&self, sides: [Side<'_>; 2], manner: &Manner, found: &mut Vec<TypedEdit>) {
        for one in [0, 1] {
            let is_short = |run: &TokenSpan| run.len() <= LONGEST && !is_sentence(*run, sides[one]);
            let runs = self.runs[one].iter().filter(|run| is_short(run));
            let runs = runs.map(|&run| (run, speech::listen(sides[one], run, manner))).collect();
            let telling = Telling { gap: self, sides, one, runs, manner };
            let mut note = |kinds: [EditKind; 2], words: Option<ByteSpan>| {
                let Some(words) = words else { return };
                let point = point(sides[1 - one], self.at[1 - one]);
                let (a, b) = if one == 0 { (words, point) } else { (point, words) };
                found.push(TypedEdit { kind: kinds[one], a, b });
            };
            note([EditKind::AttributionDropped, EditKind::AttributionAdded], telling.attribution());
            note([EditKind::HedgeDropped, EditKind::HedgeAdded], telling.hedge());
            note([EditKind::GlossDropped, EditKind::GlossInserted], telling.gloss());
        }
    }
}

impl<'t> Telling<'_, 't> {
    fn side(&self) -> Side<'t> {
        self.sides[self.one]
    }

    fn other(&self) -> Side<'t> {
        self.sides[1 - self.one]
    }

    /// The other text's version of the sentence in which token `at` of `run` stands, `run` left out, and how alike they
    /// are; `None` where it has none. Where a sentence ends at the gap, it is the one before or the one after.
    fn version(&self, at: u32, run: TokenSpan) -> Option<(Likeness, Stretch<'t>)> {
        let own = Stretch { without: run, ..Stretch::around(self.side(), Span::new(at, at + 1)) };
        let (other, from) = (self.other(), self.gap.at[1 - self.one]);
        let to = self.gap.runs[1 - self.one].last().map_or(from, |run| run.end());
        let n = other.tokens.len() as u32;
        let places = [from.checked_sub(1), (to < n).then_some(to)];
        let around = |at: u32| {
            let stretch = Stretch::around(other, Span::new(at, at + 1)).whole();
            (Likeness::of(&own, &stretch), stretch)
        };
        let best =
            places.into_iter().flatten().map(around).reduce(|x, y| if y.0.share > x.0.share { y } else { x });
        best.filter(|(likeness, _)| likeness.is_version())
    }

    /// Content words of `words` that are no names, numbers or days.
    fn own_words(&self, words: std::ops::Range<u32>) -> usize {
        words.filter(|&at| is_own_word(self.side().tokens, at as usize)).count()
    }

    /// Whether the other text has the word `at` there, misread or in another form.
    fn is_echoed(&self, at: u32, version: Stretch<'_>) -> bool {
        letters::is_echoed((self.side(), at), self.other(), version.span)
    }

    /// Whether `run` is of one sentence, and the other text has no words of its own in its place, verbs of saying aside: then
    /// something was put in or taken out, and not put differently. The end of one sentence and the start of another are neither.
    fn is_put_in(&self, run: TokenSpan) -> bool {
        let own = &self.side().tokens.keys[run.range()];
        let other = self.other();
        let is_print = self.manner.profile == Profile::Ocr;
        let adds = |at: usize| {
            // On a page read by a machine even a small word may be what was read there.
            is_print
                || !other.tokens.is(at, Flags::STOP)
                    && !own.contains(&other.tokens.keys[at])
                    && !speech::is_verb(other, at as u32, self.manner)
        };
        let is_unsure = self.gap.is_open[1 - self.one] || is_print && run.len() > LONGEST_IN_PRINT;
        !is_unsure
            && (run.start()..run.end() - 1).all(|at| !ends_sentence(self.side(), at))
            && !self.gap.runs[1 - self.one].iter().flat_map(|run| run.range()).any(adds)
    }

    /// Words that say who said it, where the other text has nobody say it and puts no marks around it.
    fn attribution(&self) -> Option<ByteSpan> {
        let told = |&(run, told): &(TokenSpan, Told)| {
            let at = told.saying?;
            if !self.is_put_in(run) || !self.attributes_alone(run, at) || !self.is_set_off(run) {
                return None;
            }
            let (_, version) = self.version(at, run).filter(|it| it.0.is_statement())?;
            let said = speech::hears(self.other(), version.full().span, self.manner).saying
                || self.is_echoed(at, version)
                || beside(version).any(|it| speech::listen(it.side, it.span, self.manner).saying.is_some());
            (!said && !is_quoted(version)).then(|| self.side().tokens.byte_span(run))
        };
        self.runs.iter().find_map(told)
    }

    /// Whether an attribution begins a sentence or a mark follows it. On a page read by a machine, one that has neither is more likely
    /// a verb that the other text lost.
    fn is_set_off(&self, run: TokenSpan) -> bool {
        let (side, tokens) = (self.side(), self.side().tokens);
        let next = tokens.places.get(run.end() as usize).map_or(side.text.len(), |it| it.start as usize);
        let begins = run.start() == 0 || ends_sentence(side, run.start() - 1);
        let behind = &side.text[tokens.bytes(run.end() as usize - 1).end() as usize..next];
        self.manner.profile != Profile::Ocr
            || begins
            || behind.contains(|c: char| !c.is_whitespace() && c != '-')
    }

    /// Whether the words around the verb of saying `at` tell who says it, and nothing of what is said.
    fn attributes_alone(&self, run: TokenSpan, at: u32) -> bool {
        let side = self.side();
        // Somebody's name and office may follow at length, if nobody stands before the verb.
        let next = side.tokens.places.get(at as usize + 1);
        let begins = at == run.start() || {
            let end = side.tokens.bytes(at as usize - 1).end() as usize;
            side.text[end..side.tokens.bytes(at as usize).start() as usize]
                .contains([',', '"', '”', ':', '–'])
        };
        let is_named = begins && next.is_some_and(|it| it.flags.has(Flags::CAPITAL));
        let (from, to) =
            (side.tokens.bytes(run.start() as usize).end(), side.tokens.bytes(at as usize).start());
        let is_quotation = from < to && {
            let before = &side.text[from as usize..to as usize];
            before.contains(['"', '“', '”', '«', '»', '„']) || before.contains("' ") || before.contains("’ ")
        };
        !is_quotation
            && self.own_words(run.start()..at) <= SPEAKER
            && (is_named || self.own_words(at + 1..run.end()) <= BESIDE)
    }

    /// Words that leave open whether it is so, where the other text does not.
    fn hedge(&self) -> Option<ByteSpan> {
        let told = |&(run, told): &(TokenSpan, Told)| {
            let hedge = told.hedge?;
            // What is in doubt has to be what both texts state.
            let others = self.own_words(run.start()..hedge.at) + self.own_words(hedge.at + 1..run.end());
            if others > 0 || !self.is_put_in(run) {
                return None;
            }
            let (_, version) = self.version(hedge.at, run).filter(|it| it.0.is_statement())?;
            let heard = speech::hears(self.other(), version.full().span, self.manner);
            // `claimed` in place of `said` is a doubt; in place of a source elsewhere in the sentence it may be none.
            let says = |run: &TokenSpan| speech::listen(self.other(), *run, self.manner).saying.is_some();
            let laid_off = hedge.lays_off && heard.saying && !self.gap.runs[1 - self.one].iter().any(says);
            let doubted = heard.hedge
                || self.is_echoed(hedge.at, version)
                || beside(version).any(|it| speech::listen(it.side, it.span, self.manner).hedge.is_some());
            (!doubted && !laid_off).then(|| self.side().tokens.byte_span(run))
        };
        self.runs.iter().find_map(told)
    }

    /// Words in brackets behind a word of both texts, where the other does not have them without brackets, nor others in brackets.
    fn gloss(&self) -> Option<ByteSpan> {
        let (side, other, at) = (self.side(), self.other(), self.gap.at[1 - self.one]);
        let told = |&run: &TokenSpan| {
            let (words, bytes) = gloss::gloss(run, side)?;
            let before = words.start().checked_sub(1).filter(|_| words.start() == run.start())?;
            let explained = at > 0 && side.tokens.keys[before as usize] == other.tokens.keys[at as usize - 1];
            let explains = explained
                && gloss::explains(side, words, bytes)
                && gloss::goes_on(side, words, bytes)
                && !gloss::has_bracket(other, at);
            let is_print = self.manner.profile == Profile::Ocr;
            if !explains
                || is_print && !self.is_put_in(run)
                || words.len() > LONGEST
                || gloss::is_label(side, words, bytes)
            {
                return None;
            }
            let (_, version) = self.version(before, words)?;
            let theirs = &other.tokens.keys[version.span.range()];
            let known = words.range().all(|at| theirs.contains(&side.tokens.keys[at]));
            (!known).then_some(bytes)
        };
        self.gap.runs[self.one].iter().find_map(told)
    }
}

/// The sentences before and after that in which a stretch stands.
fn beside(version: Stretch<'_>) -> impl Iterator<Item = Stretch<'_>> {
    let (side, span) = (version.side, version.full().span);
    let after = (span.end() < side.tokens.len() as u32).then_some(span.end());
    let places = [span.start().checked_sub(1), after];
    places.into_iter().flatten().map(move |at| Stretch::around(side, Span::new(at, at + 1)))
}

/// Words before a stretch in which a mark of quotation may open: as many as a paragraph of a statement has.
const PARAGRAPH: u32 = 200;

/// Paragraphs that an introduction goes for.
const INTRODUCED: usize = 2;

/// Whether marks of quotation stand in a stretch, or around it in its paragraph.
fn is_quoted(stretch: Stretch<'_>) -> bool {
    const OPEN: [char; 3] = ['“', '«', '„'];
    const SHUT: [char; 2] = ['”', '»'];
    let (tokens, text) = (stretch.side.tokens, stretch.side.text);
    let (start, end) = (stretch.span.start(), stretch.span.end());
    let low = start.saturating_sub(PARAGRAPH);
    let from = (low..=start.min(tokens.len() as u32 - 1))
        .rev()
        .find(|&at| tokens.is(at as usize, Flags::PARAGRAPH_START))
        .unwrap_or(low);
    let gap_before = |at: u32| at.checked_sub(1).map_or(0, |it| tokens.bytes(it as usize).end() as usize);
    let behind = tokens.places.get(end as usize).map_or(text.len(), |place| place.start as usize);
    let text_before = |at: u32| &text[gap_before(at)..tokens.bytes(at as usize).start() as usize];
    let (before, inside) = (&text[gap_before(from)..gap_before(start)], &text[gap_before(start)..behind]);
    let count = |text: &str, marks: &[char]| text.matches(marks).count();
    // What follows a colon at the end of a paragraph, as that one or the next.
    let starts = (low..=start.min(tokens.len() as u32 - 1))
        .rev()
        .filter(|&at| tokens.is(at as usize, Flags::PARAGRAPH_START));
    let is_introduced = starts.take(INTRODUCED).any(|at| text_before(at).contains(':'));
    is_introduced
        || inside.contains(['"', '“', '”', '«', '»', '„'])
        || count(before, &['"']) % 2 == 1
        || count(before, &OPEN) > count(before, &SHUT)
}

/// The place before the token `at`: right behind the one before.
fn point(side: Side<'_>, at: u32) -> ByteSpan {
    let byte = at.checked_sub(1).map_or(0, |before| side.tokens.bytes(before as usize).end());
    Span::new(byte, byte)
}

/// Whether a run holds a sentence from its first word to its last.
fn is_sentence(run: TokenSpan, side: Side<'_>) -> bool {
    let starts = |at: u32| at == 0 || ends_sentence(side, at - 1);
    let end = (run.start()..run.end()).find(|&at| ends_sentence(side, at));
    end.is_some_and(|end| starts(run.start()) || (end + 1..run.end()).any(|at| ends_sentence(side, at)))
}
