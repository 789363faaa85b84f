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

use std::cell::OnceCell;

use crate::edits::item::Occasion;
use crate::edits::manner::Manner;
use crate::edits::quoted::{has_mark, is_introduced, is_quoted, paragraph};
use crate::edits::slot::{Likeness, Stretch, ends_sentence};
use crate::edits::speech::{self, Heard, Told};
use crate::edits::{Side, Substitution, fact, gloss, letters, moved};
use crate::model::{ByteSpan, EditKind, Flags, Operation, Span, Step, TokenSpan, Tokens, TypedEdit};

/// Words between the end of a passage and the end of its sentence that are looked at.
const EDGE: u32 = 12;

/// Longest attribution, hedge or gloss, in words: more is a statement of its own.
const LONGEST: u32 = 16;

/// Most content words beside those that attribute or doubt, names and numbers aside: `said on Friday in a statement`. With more it
/// is another statement.
const OWN_WORDS: usize = 2;

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
    let matched = [Matched::new(steps, |it| [it.a, it.b]), Matched::new(steps, |it| [it.b, it.a])];
    for gap in gaps(steps, a, b) {
        gap.read([a, b], &matched, manner, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What stands between two matches: runs of unmatched words of either text.
struct Gap {
    /// Of a and of b.
    runs: [Vec<TokenSpan>; 2],
    /// First token of either text that may belong to it: where an edit without words on this side stands.
    at: [u32; 2],
}

/// The words of one side that the other has as well, and where.
struct Matched<'s> {
    steps: &'s [Step],
    /// Of a step, its words here and there.
    sides: fn(&Step) -> [TokenSpan; 2],
    /// Here and there; in order, apart from one another. Most passages are not asked.
    spans: OnceCell<Vec<[TokenSpan; 2]>>,
}

impl Matched<'_> {
    fn new(steps: &[Step], sides: fn(&Step) -> [TokenSpan; 2]) -> Matched<'_> {
        Matched { steps, sides, spans: OnceCell::new() }
    }

    fn spans(&self) -> &[[TokenSpan; 2]] {
        self.spans.get_or_init(|| {
            let both = |step: &&Step| matches!(step.operation, Operation::Equal | Operation::Move);
            let mut spans: Vec<[TokenSpan; 2]> = self.steps.iter().filter(both).map(self.sides).collect();
            spans.sort_unstable_by_key(|[here, _]| here.start());
            spans
        })
    }

    /// Where the other side has the word `at`.
    fn counterpart(&self, at: u32) -> Option<u32> {
        let spans = self.spans();
        let next = spans.partition_point(|[here, _]| here.start() <= at);
        let [here, there] = spans[next.checked_sub(1)?];
        (at < here.end()).then(|| there.start() + (at - here.start()))
    }
}

/// The gaps of a passage, and those at its edges.
fn gaps(steps: &[Step], a: Side<'_>, b: Side<'_>) -> Vec<Gap> {
    let mut gaps =
        vec![Gap { runs: [vec![before(a)], vec![before(b)]], at: [a.span.start(), b.span.start()] }];
    let inner = steps.split(|step| step.operation == Operation::Equal);
    // The matches that open each group: the first group has none.
    let equals = steps.iter().filter(|step| step.operation == Operation::Equal);
    let opens =
        std::iter::once([a.span.start(), b.span.start()]).chain(equals.map(|it| [it.a.end(), it.b.end()]));
    for (group, at) in inner.zip(opens).filter(|(group, _)| !group.is_empty()) {
        let still = || group.iter().filter(|step| step.operation != Operation::Move);
        gaps.push(Gap { runs: [still().map(|it| it.a).collect(), still().map(|it| it.b).collect()], at });
    }
    gaps.push(Gap { runs: [vec![behind(a)], vec![behind(b)]], at: [a.span.end(), b.span.end()] });
    for gap in &mut gaps {
        gap.runs.iter_mut().for_each(tidy);
    }
    gaps
}

/// Runs in order of place, without empty ones, those that touch made one.
fn tidy(runs: &mut Vec<TokenSpan>) {
    runs.retain(|run| !run.is_empty());
    runs.sort_unstable_by_key(|run| (run.start(), run.end()));
    runs.dedup_by(|next, run| {
        let touch = run.end() == next.start();
        if touch {
            *run = run.hull(*next);
        }
        touch
    });
}

/// The words between the start of the sentence and the start of the passage.
fn before(side: Side<'_>) -> TokenSpan {
    let end = side.span.start();
    let low = end.saturating_sub(EDGE);
    let start = (low..end).rev().find(|&at| ends_sentence(side, at)).map_or(low, |at| at + 1);
    // Too far from the start of its sentence to be looked at.
    if start == low && low > 0 { Span::new(end, end) } else { Span::new(start, end) }
}

/// The words between the end of the passage and the end of its sentence.
fn behind(side: Side<'_>) -> TokenSpan {
    let start = side.span.end();
    let n = side.tokens.len() as u32;
    if start == 0 || ends_sentence(side, start - 1) {
        return Span::new(start, start);
    }
    let end = (start..n.min(start + EDGE)).find(|&at| ends_sentence(side, at));
    Span::new(start, end.map_or(start, |at| at + 1))
}

/// Whether a word has content and is neither a name nor a number.
pub(super) fn is_own_word(tokens: &Tokens, at: usize) -> bool {
    ![Flags::STOP, Flags::CAPITAL, Flags::NUMBER].into_iter().any(|flag| tokens.is(at, flag))
}

/// One text at a gap, whose words are told of, and what the other has in their place.
struct Telling<'g, 't> {
    gap: &'g Gap,
    sides: [Side<'t>; 2],
    /// Of either: what both have cannot stand for what one has beside it.
    matched: &'g [Matched<'g>; 2],
    /// Which of the two tells; the other may have said the same.
    one: usize,
    /// Its runs that are no statement of their own, and what their words surely do.
    runs: Vec<(TokenSpan, Told)>,
    manner: &'g Manner,
}

impl Gap {
    fn read(
        &self,
        sides: [Side<'_>; 2],
        matched: &[Matched<'_>; 2],
        manner: &Manner,
        found: &mut Vec<TypedEdit>,
    ) {
        for one in [0, 1] {
            let is_short = |run: &TokenSpan| run.len() <= LONGEST && !is_sentence(*run, sides[one]);
            let runs = self.runs[one].iter().filter(|run| is_short(run));
            let runs = runs.map(|&run| (run, speech::listen(sides[one], run, manner))).collect();
            let telling = Telling { gap: self, sides, matched, one, runs, manner };
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

    /// Content words of `run` from token `from` on that are no names.
    fn own_words(&self, run: TokenSpan, from: u32) -> usize {
        let tokens = self.side().tokens;
        let counts = |at: usize| is_own_word(tokens, at) || tokens.is(at, Flags::NUMBER);
        (from..run.end()).filter(|&at| counts(at as usize)).count()
    }

    /// Words of `stretch`, of the other text, that this one lacks, in its sentence of the word `at` or at all.
    fn unmatched(&self, stretch: TokenSpan, at: Option<u32>) -> impl Iterator<Item = u32> {
        let own = at.map(|at| self.sentence(at));
        let is_own = move |at: u32| own.is_none_or(|own| own.start() <= at && at < own.end());
        let lacks = move |at: &u32| !self.matched[1 - self.one].counterpart(*at).is_some_and(is_own);
        (stretch.start()..stretch.end()).filter(lacks)
    }

    /// The sentence of this text in which the word `at` stands.
    fn sentence(&self, at: u32) -> TokenSpan {
        Stretch::around(self.side(), Span::new(at, at + 1)).wide()
    }

    /// Whether the other text has the word `at` there, misread or in another form.
    fn is_echoed(&self, at: u32, version: TokenSpan) -> bool {
        letters::is_echoed((self.side(), at), self.other(), self.unmatched(version, Some(at)))
    }

    /// What the other text's own words may do in `stretch`, where this one has the word `at`.
    fn hears(&self, at: u32, stretch: TokenSpan) -> Heard {
        speech::hears(self.other(), self.unmatched(stretch, Some(at)), self.manner)
    }

    /// Whether the other text has something else here: names, numbers, a statement, or more words than an attribution.
    fn is_replaced(&self) -> bool {
        let tokens = self.other().tokens;
        let is_name = |at: usize| {
            tokens.is(at, Flags::NUMBER) || tokens.is(at, Flags::CAPITAL) && !tokens.is(at, Flags::STOP)
        };
        let mut own = 0;
        let words = self.gap.runs[1 - self.one].iter().flat_map(|run| run.range());
        words.zip(0..=LONGEST).any(|(at, n)| {
            own += usize::from(is_own_word(tokens, at));
            own > OWN_WORDS || is_name(at) || n == LONGEST
        })
    }

    /// Whether `run` follows a name that the other text lacks: `Brandt Corp said it` says nothing of another firm.
    fn is_of_another(&self, run: TokenSpan) -> bool {
        let tokens = self.side().tokens;
        let is_name = |at: &u32| tokens.is(*at as usize, Flags::CAPITAL) && !ends_sentence(self.side(), *at);
        let mut name = (0..run.start()).rev().take_while(is_name).take(LONGEST as usize);
        name.any(|at| self.matched[self.one].counterpart(at).is_none())
    }

    /// Words that say who said it, where the other text has nobody say it and puts no marks around it.
    fn attribution(&self) -> Option<ByteSpan> {
        let told = |&(run, told): &(TokenSpan, Told)| {
            let at = told.saying?;
            // The end of one sentence and the start of another attribute neither, nor does what is quoted.
            let is_cut =
                |it: u32| ends_sentence(self.side(), it) || it >= at && has_mark(self.side().gap_behind(it));
            if (run.start()..run.end() - 1).any(is_cut) || self.is_replaced() || self.is_of_another(run) {
                return None;
            }
            // Somebody's name and office may follow at length; else it is what was said, and the other text says another thing.
            let is_named =
                self.side().tokens.places.get(at as usize + 1).is_some_and(|it| it.flags.has(Flags::CAPITAL));
            if !is_named && self.own_words(run, at + 1) > OWN_WORDS {
                return None;
            }
            let (_, version) = self.version(at, run).filter(|it| it.0.is_statement())?;
            let wide = version.wide();
            if speech::speaks_of_itself(self.side(), at, self.manner)
                && !self.has_names((run.start(), at), wide)
            {
                return None;
            }
            (!self.is_said(at, version) && !self.hears(at, wide).saying && !self.is_echoed(at, wide))
                .then(|| self.side().tokens.byte_span(run))
        };
        self.runs.iter().find_map(told)
    }

    /// Whether the names from one word to another are in `version` of the other text.
    fn has_names(&self, (from, to): (u32, u32), version: TokenSpan) -> bool {
        let (tokens, theirs) = (self.side().tokens, &self.other().tokens.keys[version.range()]);
        let is_name = |at: &usize| tokens.is(*at, Flags::CAPITAL) && !tokens.is(*at, Flags::STOP);
        (from as usize..to as usize).filter(is_name).all(|at| theirs.contains(&tokens.keys[at]))
    }

    /// Whether the other text has somebody say `version`, a sentence before or after it, or puts marks around it.
    fn is_said(&self, at: u32, version: Stretch<'_>) -> bool {
        match is_quoted(version) {
            false => {
                let around = version.with_neighbours(version.span);
                speech::listens(self.other(), self.unmatched(around, None), self.manner)
            }
            true => {
                // A quotation is somebody's as a whole.
                let around = version.with_neighbours(paragraph(version));
                !is_quoted(Stretch::around(self.side(), Span::new(at, at + 1)))
                    || speech::listens(self.other(), around.start()..around.end(), self.manner)
                    || is_introduced(self.other(), around)
            }
        }
    }

    /// Words that leave open whether it is so, where the other text does not.
    fn hedge(&self) -> Option<ByteSpan> {
        let told = |&(run, told): &(TokenSpan, Told)| {
            let hedge = told.hedge?;
            // What is doubted is in both.
            if self.own_words(run, run.start()) > OWN_WORDS
                || self.own_words(run, hedge.at + 1) > 0
                || self.is_replaced()
            {
                return None;
            }
            let (_, version) = self.version(hedge.at, run).filter(|it| it.0.is_statement())?;
            let heard = self.hears(hedge.at, version.span);
            // `claimed` in place of `said` is a doubt; in place of a source elsewhere in the sentence it may be none.
            let says = |run: &TokenSpan| speech::listen(self.other(), *run, self.manner).saying.is_some();
            let laid_off = hedge.lays_off && heard.saying && !self.gap.runs[1 - self.one].iter().any(says);
            let echoed = self.is_echoed(hedge.at, version.span);
            (!heard.hedge && !echoed && !laid_off).then(|| self.side().tokens.byte_span(run))
        };
        self.runs.iter().find_map(told)
    }

    /// Words in brackets behind a word of both texts, where the other does not have them without brackets.
    fn gloss(&self) -> Option<ByteSpan> {
        let (side, other, at) = (self.side(), self.other(), self.gap.at[1 - self.one]);
        let told = |&run: &TokenSpan| {
            let (words, bytes) = gloss::in_brackets(run, side)?;
            let before = words.start().checked_sub(1).filter(|_| words.start() == run.start())?;
            let explained = at > 0 && side.tokens.keys[before as usize] == other.tokens.keys[at as usize - 1];
            if !explained || words.len() > LONGEST || gloss::is_label(side, words) {
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
