//! The tags of one passage, each with the fact that decided it.

use crate::align::Alignment;
use crate::model::{ByteSpan, DocId, Flags, Tag, TokenSpan, Tokens, Zone, ZoneKind};
use crate::pipeline::assemble::{Assembly, NEAR_DUPLICATE};
use crate::pipeline::engine::Emitted;
use crate::pipeline::zones::{MIN_INSIDE, Zoned};
use crate::provenance::everyday;
use crate::provenance::recurrence::SHORT;

/// What a passage is tagged.
pub(crate) struct Tagged {
    /// In tag order.
    pub(crate) tags: Vec<(Tag, String)>,
    /// Share of its words inside quotation marks, on either side.
    pub(crate) a_quoted: f64,
    pub(crate) b_quoted: f64,
}

impl Tagged {
    /// Looks at the passage `e` as `alignment` shows it.
    pub(crate) fn of(
        assembly: &Assembly<'_>,
        e: &Emitted,
        (a_words, b_words): (&Tokens, &Tokens),
        alignment: &Alignment,
    ) -> Tagged {
        let (a, b) = (e.a as usize, e.b as usize);
        let zoned = assembly.zoned;
        let documents = &assembly.subject.documents;
        let group = e.group as usize;
        let (a_quoted, b_quoted) = (zoned.quoted_share(a, alignment.a), zoned.quoted_share(b, alignment.b));
        let known = assembly.known.fact(a_words, alignment.a);
        let words = alignment.a.len().max(alignment.b.len());
        // An article that ran again is no wording that its outlet repeats.
        let is_reprint = words >= SHORT && is_all_of_both(assembly, (a, b), alignment);
        let recurs = || match is_reprint {
            true => None,
            false => assembly.formulas.recurs(group, [&documents[a], &documents[b]], words),
        };
        let formula =
            (!e.is_copy).then(|| assembly.formulas.fact(group, a_words, b_words, alignment)).flatten();
        let sides = [(a, a_words.byte_span(alignment.a)), (b, b_words.byte_span(alignment.b))];
        let tokens = [(a_words, alignment.a), (b_words, alignment.b)];
        let name = |document: usize| documents[DocId::new(document).index()].name.as_str();
        let inside = |around: fn(&Zoned, usize, ByteSpan) -> Option<&Zone>| {
            let found =
                sides.iter().find_map(|&(document, span)| Some((document, around(zoned, document, span)?)));
            found.map(|(document, zone)| {
                format!("lies in the {} of {}: {}", zone.kind.name(), name(document), zone.fact)
            })
        };
        let credited = sides.iter().zip(tokens).find_map(|(&(document, span), (words, place))| {
            let zone = zoned.credit(document, span)?;
            if zone.kind == ZoneKind::Cited && !is_sentence_of(words, place, zone) {
                return None;
            }
            let agency = zone.name.as_deref().unwrap_or("an agency");
            Some(format!("{agency}, in {}; {}", name(document), zone.fact))
        });
        let is_said = a_quoted.max(b_quoted) >= MIN_INSIDE;
        let common = match is_said {
            true => None,
            false => everyday::fact(tokens[0], tokens[1], &alignment.steps, alignment.bits),
        };
        let facts = [
            (Tag::Boilerplate, known.or_else(|| formula.is_none().then(recurs).flatten())),
            (Tag::Common, common),
            (Tag::Credited, credited),
            (Tag::Quoted, quoted(a_quoted, b_quoted)),
            (Tag::ExactCopy, e.is_copy.then(|| "the two texts are the same word for word".to_owned())),
            (Tag::Formula, formula),
            (Tag::Headline, inside(Zoned::headline)),
            (Tag::Caption, inside(Zoned::caption)),
        ];
        let tags = facts.into_iter().filter_map(|(tag, fact)| Some((tag, fact?))).collect();
        Tagged { tags, a_quoted, b_quoted }
    }
}

/// Whether a passage makes its documents versions of one text.
fn is_all_of_both(assembly: &Assembly<'_>, (a, b): (usize, usize), alignment: &Alignment) -> bool {
    let share = |span: TokenSpan, document| assembly.share(span.len(), document);
    share(alignment.a, a).min(share(alignment.b, b)) >= NEAR_DUPLICATE
}

/// Tokens before and after the name of a source that its sentence has at most: where texts lost their full stops, they seem to
/// be one.
const SENTENCE: usize = 40;

/// Whether the sentence that `cited` stands in is at least half of the tokens at `place`: a source of one fact is not that of
/// a page.
fn is_sentence_of(words: &Tokens, place: TokenSpan, cited: &Zone) -> bool {
    let ends = |index: &usize| words.is(*index, Flags::SENTENCE_END);
    let at = words.places.partition_point(|token| token.start < cited.span.start());
    let first = (place.start() as usize).max(at.saturating_sub(SENTENCE));
    let last = (place.end() as usize).min(at + SENTENCE);
    let start = (first..at).rev().find(ends).map_or(first, |end| end + 1);
    let end = (at..last).find(ends).map_or(last, |end| end + 1);
    2 * (end - start) >= place.len() as usize
}

/// Most of the words of either side stand inside quotation marks: somebody else's words, whichever side marks them.
fn quoted(a: f64, b: f64) -> Option<String> {
    (a.max(b) >= MIN_INSIDE).then(|| {
        format!("{:.0} % of its words stand inside quotation marks in a, {:.0} % in b", 100.0 * a, 100.0 * b)
    })
}
