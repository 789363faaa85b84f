//! Edits that say something: a number or name that changed, who said it, how sure, what was explained, moved or cut.
//!
//! In: a passage's edit script with its two sides ([`typed`]), or where all passages of a pair lie ([`cut_at_end`]). Out:
//! [`TypedEdit`]s with their bytes on either side. Numbers and names are those of [`super::facts`]; the
//! rest is found by small tables of words (`speech`), English so far, and by brackets.
//!
//! Words are looked at in gaps: what stands between two matches in either text, moved words left out. Since a passage
//! ends where shared words end, the rest of its first and last sentence is a gap as well: `…, the ministry said.` stands
//! there. A sentence that is new as a whole is no attribution and no hedge of another one. Gaps are the same from either
//! side, so swapping the sides turns "added" into "dropped" and changes nothing else.
//!
//! Cost: linear in the changed words.

use crate::edits::speech;
use crate::edits::{Label, Side, Substitution};
use crate::model::{ByteSpan, EditKind, Flags, Operation, Span, Step, TokenSpan, Tokens, TypedEdit};

/// Words between the end of a passage and the end of its sentence that are looked at.
const EDGE: u32 = 12;

/// Longest attribution or hedge, in words: more is a statement of its own.
const LONGEST: u32 = 16;

/// Words that may follow the last shared one where a text ends with it: an agency's name, an author's.
const SIGNATURE: u32 = 8;

/// Fewest words that are cut sentences.
const LEAST_CUT: u32 = 6;

/// Share of the shorter text that has to be shared before what the other goes on to say was cut from it.
const MOSTLY: f64 = 0.5;

/// The edits of a passage that say something, in order of kind, then place; `facts` are its [`super::facts`].
#[must_use]
pub fn typed(steps: &[Step], facts: &[Substitution], a: Side<'_>, b: Side<'_>) -> Vec<TypedEdit> {
    let mut found: Vec<TypedEdit> = facts.iter().map(|it| fact(it, a, b)).collect();
    let moves = steps.iter().filter(|step| step.operation == Operation::Move);
    found.extend(moves.map(|step| TypedEdit {
        kind: EditKind::OrderMoved,
        a: a.tokens.byte_span(step.a),
        b: b.tokens.byte_span(step.b),
    }));
    for gap in gaps(steps, a, b) {
        gap.read(a, b, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn fact(it: &Substitution, a: Side<'_>, b: Side<'_>) -> TypedEdit {
    let kind = if it.label == Label::Name { EditKind::NameChanged } else { EditKind::NumberChanged };
    TypedEdit { kind, a: a.tokens.byte_span(it.a), b: b.tokens.byte_span(it.b) }
}

/// The sentences at the end of one document that the other, mostly a part of it, lacks: the place of the passage they
/// would follow among `passages` (tokens of a and of b), and the edit. `None` where both end, or neither does.
#[must_use]
pub fn cut_at_end(
    passages: &[(TokenSpan, TokenSpan)],
    a: (&Tokens, &str),
    b: (&Tokens, &str),
) -> Option<(usize, TypedEdit)> {
    let last = |side: fn(&(TokenSpan, TokenSpan)) -> TokenSpan| {
        (0..passages.len()).max_by_key(|&at| (side(&passages[at]).end(), at))
    };
    let at = last(|it| it.0).filter(|&at| last(|it| it.1) == Some(at))?;
    let (a_span, b_span) = passages[at];
    let mostly = |side: fn(&(TokenSpan, TokenSpan)) -> TokenSpan, tokens: &Tokens| {
        let mut spans: Vec<TokenSpan> = passages.iter().map(side).collect();
        f64::from(crate::model::span::union_len(&mut spans)) >= MOSTLY * tokens.len() as f64
    };
    let ends = |span: TokenSpan, tokens: &Tokens| tokens.len() as u32 - span.end() <= SIGNATURE;
    let after = |span: TokenSpan, tokens: &Tokens| {
        let byte = tokens.bytes(span.end() as usize - 1).end();
        Span::new(byte, byte)
    };
    if ends(b_span, b.0) && mostly(|it| it.1, b.0) {
        let tail = tail(a_span, a.0)?;
        return Some((at, TypedEdit { kind: EditKind::CutFromEnd, a: tail, b: after(b_span, b.0) }));
    }
    if ends(a_span, a.0) && mostly(|it| it.0, a.0) {
        let tail = tail(b_span, b.0)?;
        return Some((at, TypedEdit { kind: EditKind::AddedAtEnd, a: after(a_span, a.0), b: tail }));
    }
    None
}

/// The sentences after the one in which `span` ends.
fn tail(span: TokenSpan, tokens: &Tokens) -> Option<ByteSpan> {
    let n = tokens.len() as u32;
    let start = (span.end() - 1..n).find(|&at| ends_sentence(tokens, at))? + 1;
    (n.saturating_sub(start) >= LEAST_CUT.max(SIGNATURE + 1)).then(|| tokens.byte_span(Span::new(start, n)))
}

fn ends_sentence(tokens: &Tokens, at: u32) -> bool {
    tokens.places[at as usize].flags.has(Flags::SENTENCE_END)
}

/// What stands between two matches: runs of unmatched words of either text.
struct Gap {
    a: Vec<TokenSpan>,
    b: Vec<TokenSpan>,
    /// First token of either text that may belong to it: where an edit without words on this side stands.
    at: (u32, u32),
}

/// The gaps of a passage, and those at its edges.
fn gaps(steps: &[Step], a: Side<'_>, b: Side<'_>) -> Vec<Gap> {
    let mut gaps = vec![Gap { a: vec![before(a)], b: vec![before(b)], at: (a.span.start(), b.span.start()) }];
    let inner = steps.split(|step| step.operation == Operation::Equal);
    // The matches that open each group: the first group has none.
    let equals = steps.iter().filter(|step| step.operation == Operation::Equal);
    let opens =
        std::iter::once((a.span.start(), b.span.start())).chain(equals.map(|it| (it.a.end(), it.b.end())));
    for (group, at) in inner.zip(opens).filter(|(group, _)| !group.is_empty()) {
        let still = || group.iter().filter(|step| step.operation != Operation::Move);
        gaps.push(Gap { a: still().map(|it| it.a).collect(), b: still().map(|it| it.b).collect(), at });
    }
    gaps.push(Gap { a: vec![behind(a)], b: vec![behind(b)], at: (a.span.end(), b.span.end()) });
    for gap in &mut gaps {
        tidy(&mut gap.a);
        tidy(&mut gap.b);
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
    let start = (low..end).rev().find(|&at| ends_sentence(side.tokens, at)).map_or(low, |at| at + 1);
    // Too far from the start of its sentence to be looked at.
    if start == low && low > 0 { Span::new(end, end) } else { Span::new(start, end) }
}

/// The words between the end of the passage and the end of its sentence.
fn behind(side: Side<'_>) -> TokenSpan {
    let start = side.span.end();
    let n = side.tokens.len() as u32;
    if start == 0 || ends_sentence(side.tokens, start - 1) {
        return Span::new(start, start);
    }
    match (start..n.min(start + EDGE)).find(|&at| ends_sentence(side.tokens, at)) {
        Some(at) => Span::new(start, at + 1),
        None if n - start <= EDGE => Span::new(start, n),
        None => Span::new(start, start),
    }
}

/// What the words of a gap's side say.
#[derive(Default)]
struct Heard {
    says: Option<TokenSpan>,
    hedges: Option<TokenSpan>,
    gloss: Option<ByteSpan>,
}

impl Heard {
    /// Listens to `runs`; of several, the first counts.
    fn of(runs: &[TokenSpan], side: Side<'_>) -> Heard {
        let mut heard = Heard::default();
        for &run in runs {
            heard.gloss = heard.gloss.or_else(|| gloss(run, side));
            let own = run.len() <= LONGEST && !is_sentence(run, side.tokens);
            let told = speech::listen(side, run);
            // What a whole sentence says still tells that this side has somebody say it.
            let hear = |found: bool| found.then_some(if own { run } else { Span::new(run.end(), run.end()) });
            heard.says = heard.says.or_else(|| hear(told.saying));
            heard.hedges = heard.hedges.or_else(|| hear(told.hedge));
        }
        heard
    }
}

impl Gap {
    fn read(&self, a: Side<'_>, b: Side<'_>, found: &mut Vec<TypedEdit>) {
        let (in_a, in_b) = (Heard::of(&self.a, a), Heard::of(&self.b, b));
        let mut note = |kinds: [EditKind; 2], of_a: Option<ByteSpan>, of_b: Option<ByteSpan>| {
            let (at_a, at_b) = (point(a, self.at.0), point(b, self.at.1));
            match (of_a, of_b) {
                (None, Some(words)) if !words.is_empty() => {
                    found.push(TypedEdit { kind: kinds[0], a: at_a, b: words });
                }
                (Some(words), None) if !words.is_empty() => {
                    found.push(TypedEdit { kind: kinds[1], a: words, b: at_b });
                }
                _ => {}
            }
        };
        let bytes = |side: Side<'_>, run: Option<TokenSpan>| {
            run.map(|run| if run.is_empty() { point(side, run.start()) } else { side.tokens.byte_span(run) })
        };
        let attribution = [EditKind::AttributionAdded, EditKind::AttributionDropped];
        note(attribution, bytes(a, in_a.says), bytes(b, in_b.says));
        note([EditKind::HedgeAdded, EditKind::HedgeDropped], bytes(a, in_a.hedges), bytes(b, in_b.hedges));
        note([EditKind::GlossInserted, EditKind::GlossDropped], in_a.gloss, in_b.gloss);
    }
}

/// The place before the token `at`: right behind the one before.
fn point(side: Side<'_>, at: u32) -> ByteSpan {
    let byte = at.checked_sub(1).map_or(0, |before| side.tokens.bytes(before as usize).end());
    Span::new(byte, byte)
}

/// Whether a run holds a sentence from its first word to its last.
fn is_sentence(run: TokenSpan, tokens: &Tokens) -> bool {
    let starts = |at: u32| at == 0 || ends_sentence(tokens, at - 1);
    let end = (run.start()..run.end()).find(|&at| ends_sentence(tokens, at));
    end.is_some_and(|end| starts(run.start()) || (end + 1..run.end()).any(|at| ends_sentence(tokens, at)))
}

/// Words of a run that stand in brackets, brackets included.
fn gloss(run: TokenSpan, side: Side<'_>) -> Option<ByteSpan> {
    let tokens = side.tokens;
    let gap_before = |at: u32| {
        let from = at.checked_sub(1).map_or(0, |it| tokens.bytes(it as usize).end());
        (from, tokens.bytes(at as usize).start())
    };
    for first in run.start()..run.end() {
        let (from, to) = gap_before(first);
        let Some((at, open)) =
            side.text[from as usize..to as usize].char_indices().rev().find(|(_, c)| matches!(c, '(' | '['))
        else {
            continue;
        };
        let close = if open == '(' { ')' } else { ']' };
        for last in first..run.end() {
            let end = tokens.bytes(last as usize).end() as usize;
            let next = tokens.places.get(last as usize + 1).map_or(side.text.len(), |it| it.start as usize);
            if let Some(shut) = side.text[end..next].find(close) {
                return Some(Span::new(from + at as u32, (end + shut + 1) as u32));
            }
        }
    }
    None
}
