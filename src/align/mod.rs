//! Candidate pairs to passages: where two texts share wording, how far, and how it was edited.
//!
//! In: two documents' tokens and the segment pairs worth looking at. Out: [`Alignment`]s in tokens of the documents.
//!
//! Steps, each a file: number the shared words (`tables`), find words that stand close together in both texts
//! (`seed`), group them into boxes (`chain`), find each box's exact extent (`refine`), join what is one passage
//! (`merge`), align word by word (`edit`), cut and trim the ends (`ends`), weigh (`score`), find the stretches that sum
//! up the other text (`summary`), drop what no other passage vouches for (`company`), write the edit script (`steps`),
//! choose between rivals (`select`), find the statements inside (`blocks`).
//!
//! Everything runs in one orientation, the shorter text first, whatever side the caller gave it: swapping the inputs
//! swaps the sides of the result and nothing else. An alignment depends on the two texts and the parameters only.
//!
//! Cost: linear in the lengths of the pieces, plus the alignment matrix of each passage.

mod blocks;
mod chain;
mod company;
mod edit;
mod ends;
mod index;
mod matrix;
mod merge;
mod miss;
mod refine;
mod score;
mod seed;
mod select;
mod steps;
mod summary;
mod tables;
mod work;

#[cfg(test)]
mod tests;

pub use miss::{Miss, Rule};
pub use work::{Workspace, Workspaces};

use std::sync::atomic::{AtomicU64, Ordering};

use crate::align::chain::{Box2, Rough};
use crate::align::edit::{Match, extent};
use crate::align::refine::Penalties;
use crate::align::steps::Pair;
use crate::align::summary::Summary;
use crate::align::tables::Side;
use crate::align::work::in_parts;
use crate::edits::{self, Label, Substitution};
use crate::matching::Candidate;
use crate::matching::segment::Segments;
use crate::model::{Block, EditCounts, Kind, Span, StableId, Step, TokenSpan, Tokens, covered};

/// How passages are found inside a pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlignParams {
    /// Shortest passage, in tokens: the mean of its two sides.
    pub min_words: u32,
    /// Least identity, 0 to 1.
    pub min_identity: f64,
    /// Least evidence, in bits.
    pub min_bits: f64,
    /// Longest stretch without shared wording inside a passage, in tokens.
    pub max_gap: u32,
    /// Tokens between two seeds of one box, at most.
    pub reach: u32,
    /// Least weight of a box's distinct words.
    pub min_weight: f32,
    /// Cost of a content word that the other side lacks, in units of word weight.
    pub penalty: f32,
    /// Cost of an unmatched word when the ends of a passage are chosen, in bits.
    pub end_cost: f32,
    /// Tokens by which an edited passage's end may move out to a sentence boundary.
    pub snap: u32,
    /// Least probability that a stretch of one text sums up the other, 0 to 1; 1 looks for no summaries.
    pub min_summary: f64,
}

impl Default for AlignParams {
    fn default() -> AlignParams {
        AlignParams {
            min_words: 5,
            min_identity: 0.2,
            min_bits: 40.0,
            max_gap: 25,
            reach: 25,
            min_weight: 1.5,
            penalty: 0.11,
            end_cost: 0.4,
            snap: 8,
            min_summary: 0.9,
        }
    }
}

/// Cost of a function word that the other side lacks, as a share of a content word's.
const STOP_PENALTY: f32 = 0.45;

/// Tokens looked at beyond a box when its extent is searched.
const MARGIN: u32 = 30;

/// Tokens around a passage of a long document whose words decide how rare a word is in the pair.
const CONTEXT: u32 = 1_024;

/// One passage of a pair, aligned; positions are tokens of the two documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Tokens of document a.
    pub a: TokenSpan,
    /// Tokens of document b.
    pub b: TokenSpan,
    /// The edit script.
    pub steps: Vec<Step>,
    /// Tokens matched, moved ones included.
    pub matched: u32,
    /// Longest run of consecutive matched tokens.
    pub longest_run: u32,
    /// 2 × matched / (tokens of a + tokens of b).
    pub identity: f64,
    /// Evidence in bits.
    pub bits: f64,
    /// How the sides differ.
    pub kind: Kind,
    /// Edits counted.
    pub edits: EditCounts,
    /// The statements it holds, in order of place on both sides; none where it is one.
    pub blocks: Vec<Block>,
    /// Name of the matched wording.
    pub fingerprint: StableId,
}

/// Aligns pairs of one set of documents; shared by all threads.
pub struct Aligner<'a> {
    documents: &'a [Tokens],
    texts: Vec<&'a str>,
    segments: &'a Segments,
    params: AlignParams,
    /// Tells the workspaces of this aligner from those of others.
    serial: u64,
    unaligned: AtomicU64,
}

impl<'a> Aligner<'a> {
    /// An aligner over `documents`, their `texts` and `segments`.
    #[must_use]
    pub fn new(
        documents: &'a [Tokens],
        texts: Vec<&'a str>,
        segments: &'a Segments,
        params: AlignParams,
    ) -> Aligner<'a> {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        Aligner { documents, texts, segments, params, serial, unaligned: AtomicU64::new(0) }
    }

    /// Boxes left without a word-by-word alignment because they were too large.
    #[must_use]
    pub fn unaligned(&self) -> u64 {
        self.unaligned.load(Ordering::Relaxed)
    }

    /// The passages that documents `a` and `b` share, looked for in `candidates` (segment pairs of the two, in any
    /// order), in order of place; without what [`describe`] adds.
    pub fn pair(&self, a: usize, b: usize, candidates: &[Candidate], work: &mut Workspace) -> Vec<Alignment> {
        let swap = self.is_second(a, b);
        let (first, second) = if swap { (b, a) } else { (a, b) };
        let boxes = in_parts(candidates, work, |part, work| self.boxes(a, swap, part, work));
        let places = merge::merge(boxes, self.params.max_gap);
        let mut found = in_parts(&places, work, |part, work| {
            let mut found = Vec::new();
            part.iter().for_each(|&place| self.align_box(first, second, place, work, &mut found));
            found
        });
        self.add_summaries((first, second), work, &mut found);
        let strays = company::drop_strays(&mut found);
        if let Some(misses) = &mut work.misses {
            misses.extend(strays);
        }
        let found: Vec<Alignment> = found.into_iter().map(|raw| finish(raw, swap)).collect();
        let Some(misses) = &mut work.misses else {
            return select::select(found);
        };
        let kept = select::select(found.clone());
        misses.iter_mut().filter(|_| swap).for_each(|miss| std::mem::swap(&mut miss.a, &mut miss.b));
        misses.extend(miss::rivals(&found, &kept));
        kept
    }

    /// What [`Aligner::pair`] finds, and what it passed over, nearest first.
    pub fn pair_with_misses(
        &self,
        a: usize,
        b: usize,
        candidates: &[Candidate],
        work: &mut Workspace,
    ) -> (Vec<Alignment>, Vec<Miss>) {
        work.misses = Some(Vec::new());
        let found = self.pair(a, b, candidates, work);
        let mut misses = work.misses.take().unwrap_or_default();
        misses.sort_by(|x, y| {
            y.nearness().total_cmp(&x.nearness()).then_with(|| (x.a, x.b, x.rule).cmp(&(y.a, y.b, y.rule)))
        });
        // Segments of a long document overlap.
        misses.dedup_by_key(|miss| (miss.a, miss.b, miss.rule));
        (found, misses)
    }

    /// The passage that `document` shares with an exact copy of itself, from end to end; `None` if it stays below a
    /// limit.
    pub fn whole(&self, document: usize, work: &mut Workspace) -> Option<Alignment> {
        let tokens = &self.documents[document];
        let side = Side { tokens, start: 0, len: tokens.len() };
        work.part.build(side);
        work.tables.build(&work.part, side, side);
        let matches = (0..tokens.len() as u32).map(|at| Match { a: at, b: at, moved: false }).collect();
        let raw = self.weigh(side, side, (document, document), matches, work)?;
        let raw = Some(raw).filter(Raw::stands_alone)?;
        Some(finish(raw, false))
    }

    /// Whether `a` goes second in the orientation that everything runs in: the longer text, or the one with the
    /// greater keys.
    fn is_second(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.documents[a], &self.documents[b]);
        (x.len(), &x.keys) > (y.len(), &y.keys)
    }

    /// The refined boxes of `candidates` between document `a` and another, which goes first if `swap`.
    fn boxes(&self, a: usize, swap: bool, candidates: &[Candidate], work: &mut Workspace) -> Vec<Box2> {
        let mut boxes = Vec::new();
        for candidate in candidates {
            let (own, other) = if self.segments.get(candidate.a).document as usize == a {
                (candidate.a, candidate.b)
            } else {
                (candidate.b, candidate.a)
            };
            self.number((own, other), swap, work);
            let (one, two) = if swap { (other, own) } else { (own, other) };
            self.find_boxes(one, two, work, &mut boxes);
        }
        boxes
    }

    /// Numbers the words of two segments; `own` goes second if `swap`. Its index stays for the next pair.
    fn number(&self, (own, other): (u32, u32), swap: bool, work: &mut Workspace) {
        let (own_side, other_side) = (self.side(own), self.side(other));
        let index_of = Some((self.serial, own));
        if work.index_of != index_of {
            work.index.build(own_side);
            work.index_of = index_of;
        }
        match swap {
            false => work.tables.build(&work.index, own_side, other_side),
            true => work.tables.build_from_b(&work.index, other_side),
        }
    }

    /// Adds the refined boxes of one segment pair whose words are numbered, in tokens of the documents.
    fn find_boxes(&self, a: u32, b: u32, work: &mut Workspace, boxes: &mut Vec<Box2>) {
        let (a_side, b_side) = (self.side(a), self.side(b));
        work.seeds.find(&work.tables);
        chain::boxes(&work.tables, &work.seeds.points, self.params.reach, &mut work.groups);
        if let Some(misses) = &mut work.misses {
            let frequent = miss::frequent(&work.tables).into_iter();
            misses.extend(frequent.map(|miss| miss.moved(a_side.start, b_side.start)));
        }
        let penalties = Penalties {
            content: self.params.penalty,
            stop: self.params.penalty * STOP_PENALTY,
            margin: MARGIN,
        };
        if self.params.min_summary < 1.0 {
            let first = work.summaries.len();
            let min_bits = self.params.min_bits as f32;
            let points = &work.seeds.points;
            work.search.summaries(&work.tables, points, penalties, min_bits, &mut work.summaries);
            for found in &mut work.summaries[first..] {
                *found = found.moved(a_side.start as u32, b_side.start as u32);
            }
        }
        for at in 0..work.groups.boxes.len() {
            let Rough { place, weight, .. } = work.groups.boxes[at];
            if weight < self.params.min_weight {
                let place = Box2 { a: moved(place.a, a_side.start), b: moved(place.b, b_side.start) };
                work.miss(place, Rule::MinWeight, f64::from(weight), f64::from(self.params.min_weight));
                continue;
            }
            if let Some(refined) = refine::refine(&work.tables, place, penalties, &mut work.marks) {
                boxes.push(Box2 { a: moved(refined.a, a_side.start), b: moved(refined.b, b_side.start) });
            }
        }
    }

    fn side(&self, segment: u32) -> Side<'_> {
        let piece = self.segments.get(segment);
        let tokens = &self.documents[piece.document as usize];
        Side { tokens, start: piece.tokens.start() as usize, len: piece.tokens.len() as usize }
    }

    /// Aligns one box and adds the passages it holds.
    fn align_box(&self, a: usize, b: usize, place: Box2, work: &mut Workspace, found: &mut Vec<Raw>) {
        let (a_side, b_side, local) = self.surroundings((a, b), place, work);
        let most_bits = f64::from(refine::most_bits(&work.tables, local, &mut work.marks));
        if most_bits < self.params.min_bits {
            work.miss(place, Rule::MinBits, most_bits, self.params.min_bits);
            return;
        }
        let matches = self.word_by_word(local, work);
        for part in ends::split(&work.tables, &matches, self.params.max_gap) {
            let kept = ends::trim(&work.tables, &part, self.params.end_cost);
            if let Some(misses) = &mut work.misses {
                let cut = miss::trimmed(&work.tables, &part, &kept, self.params.end_cost);
                misses.extend(cut.into_iter().map(|miss| miss.moved(a_side.start, b_side.start)));
            }
            let part = ends::settle(kept);
            let part = ends::extend(&work.tables, part);
            if let Some(raw) = self.weigh(a_side, b_side, (a, b), part, work) {
                found.push(raw);
            }
        }
    }

    /// Adds the summaries that were met on the way, the likeliest first, and takes out the passages inside them.
    fn add_summaries(&self, documents: (usize, usize), work: &mut Workspace, found: &mut Vec<Raw>) {
        let mut likely: Vec<(f32, Summary)> = Vec::new();
        for summary in work.summaries.drain(..) {
            let solid = solid_share(found, &summary);
            let probability = summary.probability(solid);
            if solid <= MOST_SOLID && f64::from(probability) >= self.params.min_summary {
                likely.push((probability, summary));
            } else if let Some(misses) = &mut work.misses {
                let (value, limit) = (f64::from(probability), self.params.min_summary);
                misses.push(Miss::at(summary.place, Rule::MinSummary, value, limit));
            }
        }
        likely.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.1.place.cmp(&y.1.place)));
        let mut taken: Vec<Summary> = Vec::new();
        for (_, summary) in likely {
            let own = summary.short.own(summary.place);
            if taken.iter().any(|one| one.short == summary.short && one.short.own(one.place).overlap(own) > 0)
            {
                continue;
            }
            let raw = self.align_summary(documents, &summary, work);
            found.retain(|raw| !lies_inside(raw, &summary));
            found.push(raw);
            taken.push(summary);
        }
    }

    /// A summary word by word: its whole stretch on either side, whatever stands at the ends.
    fn align_summary(&self, documents: (usize, usize), summary: &Summary, work: &mut Workspace) -> Raw {
        let (a_side, b_side, local) = self.surroundings(documents, summary.place, work);
        let matches = self.word_by_word(local, work);
        let score = score::Score {
            bits: f64::from(summary.bits),
            ..score::score(&work.tables, a_side, local, &matches)
        };
        let snapped = ends::snap(local, a_side, b_side, self.params.snap);
        Raw {
            a: moved(snapped.a, a_side.start),
            b: moved(snapped.b, b_side.start),
            pairs: in_documents(&matches, a_side, b_side),
            score,
            kind: Kind::Reworded,
            alone_bits: 0.0,
        }
    }

    /// What is looked at to align `place`: the two pieces, with their words numbered, and the place in them.
    fn surroundings(
        &self,
        (a, b): (usize, usize),
        place: Box2,
        work: &mut Workspace,
    ) -> (Side<'_>, Side<'_>, Box2) {
        let (a_side, b_side) = (self.around(a, place.a), self.around(b, place.b));
        if !(self.is_one_segment(a) && self.is_one_segment(b)) {
            // Two articles were numbered when their boxes were found; in a long document only the surroundings count.
            work.part.build(a_side);
            work.tables.build(&work.part, a_side, b_side);
        }
        (a_side, b_side, Box2 { a: back(place.a, a_side.start), b: back(place.b, b_side.start) })
    }

    /// Matches the words of `local`, counting what was too large.
    fn word_by_word(&self, local: Box2, work: &mut Workspace) -> Vec<Match> {
        let matches = work.editor.align(&work.tables, local);
        self.unaligned.fetch_add(work.editor.take_unaligned(), Ordering::Relaxed);
        matches
    }

    /// A piece of `document` around `span`: the whole of an article, the surroundings in a long document.
    fn around(&self, document: usize, span: TokenSpan) -> Side<'_> {
        if self.is_one_segment(document) {
            return self.side(self.segments.of_document(document).start);
        }
        let tokens = &self.documents[document];
        let start = span.start().saturating_sub(CONTEXT) as usize;
        let end = ((span.end() + CONTEXT) as usize).min(tokens.len());
        Side { tokens, start, len: end - start }
    }

    fn is_one_segment(&self, document: usize) -> bool {
        self.segments.of_document(document).len() == 1
    }

    /// Scores one passage; `None` if it stays below a limit.
    fn weigh(
        &self,
        a: Side<'_>,
        b: Side<'_>,
        documents: (usize, usize),
        matches: Vec<Match>,
        work: &mut Workspace,
    ) -> Option<Raw> {
        let core = extent(&matches)?;
        let score = score::score(&work.tables, a, core, &matches);
        let words = f64::from(core.a.len() + core.b.len()) / 2.0;
        let limits = [
            (Rule::MinWords, words, f64::from(self.params.min_words)),
            (Rule::MinBits, score.bits, score::least_bits(self.params.min_bits, score.identity, words)),
            (Rule::MinIdentity, score.identity, self.params.min_identity),
        ];
        if let Some(&(rule, value, limit)) = limits.iter().find(|(_, value, limit)| value < limit) {
            work.miss(Box2 { a: moved(core.a, a.start), b: moved(core.b, b.start) }, rule, value, limit);
            return None;
        }
        let texts = (self.texts[documents.0], self.texts[documents.1]);
        let kind = score::kind(a, b, texts, core, &matches, score.identity);
        let place = if kind == Kind::Verbatim { core } else { ends::snap(core, a, b, self.params.snap) };
        let pairs = in_documents(&matches, a, b);
        let alone_bits = score::alone_bits(self.params.min_bits, score.identity, words);
        Some(Raw { a: moved(place.a, a.start), b: moved(place.b, b.start), pairs, score, kind, alone_bits })
    }
}

/// Adds to `alignment` what is told of a passage that is shown: numbers and names changed, and the statements inside. Gives
/// the changes of fact. Work that only passages which reach the tables are worth.
pub fn describe(
    alignment: &mut Alignment,
    a: (&Tokens, &str),
    b: (&Tokens, &str),
    params: &AlignParams,
) -> Vec<Substitution> {
    let side = |(tokens, text), span| edits::Side { text, tokens, span };
    let facts = edits::facts(&alignment.steps, side(a, alignment.a), side(b, alignment.b));
    let names = facts.iter().filter(|fact| fact.label == Label::Name).count();
    alignment.edits.names_changed = names as u32;
    alignment.edits.numbers_changed = (facts.len() - names) as u32;
    alignment.blocks = blocks::blocks(alignment, [a.0, b.0], params);
    facts
}

/// Turns a passage into the caller's orientation and writes its edit script.
fn finish(raw: Raw, swap: bool) -> Alignment {
    let Raw { mut a, mut b, mut pairs, score, kind, .. } = raw;
    if swap {
        std::mem::swap(&mut a, &mut b);
        for pair in &mut pairs {
            std::mem::swap(&mut pair.a, &mut pair.b);
        }
        pairs.sort_unstable();
    }
    let steps = steps::steps(a, b, &pairs);
    let matched = pairs.len() as u32;
    Alignment {
        a,
        b,
        matched,
        longest_run: score.longest_run,
        identity: 2.0 * f64::from(matched) / f64::from(a.len() + b.len()),
        bits: score.bits,
        kind,
        edits: steps::count(&steps),
        steps,
        blocks: Vec::new(),
        fingerprint: score.fingerprint,
    }
}

/// A passage before it is turned into the caller's orientation.
struct Raw {
    a: TokenSpan,
    b: TokenSpan,
    pairs: Vec<Pair>,
    score: score::Score,
    kind: Kind,
    /// Bits from which it needs no company.
    alone_bits: f64,
}

/// Least identity of a passage that stands for itself, inside what may be a summary.
const SOLID_IDENTITY: f64 = 0.5;

/// Least matched tokens of such a passage.
const SOLID_WORDS: usize = 25;

/// Most of a summary that such passages may cover: beyond, they are copied passages that stand side by side.
const MOST_SOLID: f32 = 0.8;

/// Share of a summary's own tokens in passages that stand for themselves.
fn solid_share(found: &[Raw], summary: &Summary) -> f32 {
    let own = summary.short.own(summary.place);
    let solid: u32 = found
        .iter()
        .filter(|raw| raw.score.identity >= SOLID_IDENTITY && raw.pairs.len() >= SOLID_WORDS)
        .map(|raw| raw.place())
        .filter(|place| summary.short.own(*place).overlap(own) * 2 > summary.short.own(*place).len())
        .map(|place| summary.short.own(place).overlap(own))
        .sum();
    solid as f32 / own.len() as f32
}

/// Whether most of a passage lies inside a summary, on the summary's side.
fn lies_inside(raw: &Raw, summary: &Summary) -> bool {
    let own = summary.short.own(raw.place());
    own.overlap(summary.short.own(summary.place)) * 2 > own.len()
}

impl Raw {
    fn place(&self) -> Box2 {
        Box2 { a: self.a, b: self.b }
    }

    fn stands_alone(&self) -> bool {
        self.score.bits >= self.alone_bits
    }
}

/// Matches as positions in the documents.
fn in_documents(matches: &[Match], a: Side<'_>, b: Side<'_>) -> Vec<Pair> {
    let pair =
        |found: &Match| Pair { a: found.a + a.start as u32, b: found.b + b.start as u32, moved: found.moved };
    matches.iter().map(pair).collect()
}

impl Alignment {
    /// The tokens of either side that count towards coverage; none of a side that is only summed up.
    #[must_use]
    pub fn covered(&self) -> (TokenSpan, TokenSpan) {
        covered(self.a, self.b, self.matched)
    }

    /// The same alignment seen from the other side.
    #[must_use]
    pub fn swapped(&self) -> Alignment {
        let mut pairs = steps::pairs_of(&self.steps);
        for pair in &mut pairs {
            std::mem::swap(&mut pair.a, &mut pair.b);
        }
        pairs.sort_unstable();
        let edits = EditCounts { inserted: self.edits.deleted, deleted: self.edits.inserted, ..self.edits };
        let blocks = self.blocks.iter().map(|block| block.swapped()).collect();
        let steps = steps::steps(self.b, self.a, &pairs);
        Alignment { a: self.b, b: self.a, steps, edits, blocks, ..self.clone() }
    }
}

fn moved(span: TokenSpan, by: usize) -> TokenSpan {
    Span::new(span.start() + by as u32, span.end() + by as u32)
}

fn back(span: TokenSpan, by: usize) -> TokenSpan {
    Span::new(span.start() - by as u32, span.end() - by as u32)
}
