//! The model's types as records.

use crate::model::{
    Block, DocId, DocumentPair, EditCounts, EditKind, Evidence, EvidenceKind, ExcludeReason, Flags, Kind,
    Operation, Order, OriginKind, PairProvenance, Passage, Place, Span, StableId, Step, Tag, Tokens,
    TypedEdit,
};
use crate::store::codec::{Record, get_bytes, get_fixed, get_number, put_number};

/// A struct as its fields, in order.
macro_rules! fields {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl Record for $type {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)*
            }

            fn get(from: &mut &[u8]) -> Option<Self> {
                Some($type { $($field: Record::get(from)?),* })
            }
        }
    };
}

/// An enum without fields as the place of its variant.
macro_rules! words {
    ($type:ident { $($variant:ident),* $(,)? }) => {
        impl Record for $type {
            fn put(&self, out: &mut Vec<u8>) {
                const ALL: &[$type] = &[$($type::$variant),*];
                out.push(ALL.iter().position(|word| word == self).unwrap_or(usize::MAX) as u8);
            }

            fn get(from: &mut &[u8]) -> Option<Self> {
                const ALL: &[$type] = &[$($type::$variant),*];
                ALL.get(usize::from(u8::get(from)?)).copied()
            }
        }
    };
}

words!(Kind { Verbatim, Edited, Reworded });
words!(Operation { Equal, Insert, Delete, Replace, Move });
words!(Order { AFirst, BFirst, Same, Unknown });
words!(Tag { Boilerplate, Common, Credited, Quoted, ExactCopy, Formula, Headline, Caption });
words!(EvidenceKind { Date, Credit, Containment, Quotation });
words!(OriginKind {
    AgencyCopy,
    PressRelease,
    OutletToOutlet,
    CommonSource,
    QuotationOnly,
    Incidental,
    Undetermined,
});
words!(EditKind {
    NumberChanged,
    NameChanged,
    AttributionAdded,
    AttributionDropped,
    HedgeAdded,
    HedgeDropped,
    CutFromEnd,
    AddedAtEnd,
    OrderMoved,
    GlossInserted,
    GlossDropped,
});
fields!(EditCounts { inserted, deleted, replaced, moved, numbers_changed, names_changed });
fields!(Block { a, b, bits });
fields!(Evidence { kind, says, fact });
fields!(PairProvenance { evidence, origin, origin_fact, first_match });
fields!(TypedEdit { kind, a, b });
fields!(DocumentPair {
    id,
    a,
    b,
    passages,
    matched_words,
    longest_words,
    a_coverage,
    b_coverage,
    a_coverage_all,
    b_coverage_all,
    near_duplicate,
    order,
    lag_seconds,
    excluded_words,
    tags,
    provenance,
});

impl Record for StableId {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.0.to_le_bytes());
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        get_fixed(from).map(StableId)
    }
}

impl Record for DocId {
    fn put(&self, out: &mut Vec<u8>) {
        self.index().put(out);
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        u32::get(from).map(|index| DocId::new(index as usize))
    }
}

impl<U> Record for Span<U> {
    fn put(&self, out: &mut Vec<u8>) {
        self.start().put(out);
        self.len().put(out);
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        let start = u32::get(from)?;
        Some(Span::new(start, start.checked_add(u32::get(from)?)?))
    }
}

impl Record for std::ops::Range<usize> {
    fn put(&self, out: &mut Vec<u8>) {
        self.start.put(out);
        self.len().put(out);
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        let start = usize::get(from)?;
        Some(start..start.checked_add(usize::get(from)?)?)
    }
}

impl Record for ExcludeReason {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            ExcludeReason::Tag(tag) => Some(*tag).put(out),
            ExcludeReason::SameSource => None::<Tag>.put(out),
        }
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        Some(Option::<Tag>::get(from)?.map_or(ExcludeReason::SameSource, ExcludeReason::Tag))
    }
}

/// Adds an edit script that begins at tokens `a` and `b`: each step as its operation, its lengths, and how far it stands
/// from where the last one ended, which is nowhere but after a move. Some five bytes a step.
pub fn put_steps(steps: &[Step], a: u32, b: u32, out: &mut Vec<u8>) {
    steps.len().put(out);
    let (mut a, mut b) = (i64::from(a), i64::from(b));
    for step in steps {
        step.operation.put(out);
        (i64::from(step.a.start()) - a).put(out);
        step.a.len().put(out);
        (i64::from(step.b.start()) - b).put(out);
        step.b.len().put(out);
        (a, b) = (i64::from(step.a.end()), i64::from(step.b.end()));
    }
}

/// Takes an edit script that [`put_steps`] added.
pub fn get_steps(a: u32, b: u32, from: &mut &[u8]) -> Option<Vec<Step>> {
    let n = usize::get(from)?;
    let mut steps = Vec::with_capacity(n.min(from.len()));
    let (mut a, mut b) = (i64::from(a), i64::from(b));
    for _ in 0..n {
        let operation = Operation::get(from)?;
        let mut span = |at: &mut i64| {
            let start = u32::try_from(at.checked_add(i64::get(from)?)?).ok()?;
            let end = start.checked_add(u32::get(from)?)?;
            *at = i64::from(end);
            Some(Span::new(start, end))
        };
        steps.push(Step { operation, a: span(&mut a)?, b: span(&mut b)? });
    }
    Some(steps)
}

impl Record for Passage {
    fn put(&self, out: &mut Vec<u8>) {
        self.id.put(out);
        (self.a_doc, self.b_doc).put(out);
        (self.a, self.b).put(out);
        (self.a_tokens, self.b_tokens).put(out);
        put_steps(&self.steps, self.a_tokens.start(), self.b_tokens.start(), out);
        (self.matched_words, self.longest_run).put(out);
        (self.identity, self.bits).put(out);
        (self.kind, self.edits).put(out);
        self.typed_edits.put(out);
        (self.a_quoted, self.b_quoted).put(out);
        self.blocks.put(out);
        self.tags.put(out);
        (self.cluster, self.excluded).put(out);
        self.fingerprint.put(out);
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        let id = Record::get(from)?;
        let (a_doc, b_doc) = Record::get(from)?;
        let (a, b) = Record::get(from)?;
        let (a_tokens, b_tokens) = <(Span<_>, Span<_>)>::get(from)?;
        let steps = get_steps(a_tokens.start(), b_tokens.start(), from)?;
        let (matched_words, longest_run) = Record::get(from)?;
        let (identity, bits) = Record::get(from)?;
        let (kind, edits) = Record::get(from)?;
        let typed_edits = Record::get(from)?;
        let (a_quoted, b_quoted) = Record::get(from)?;
        let (blocks, tags) = (Record::get(from)?, Record::get(from)?);
        let (cluster, excluded) = Record::get(from)?;
        let fingerprint = Record::get(from)?;
        Some(Passage {
            id,
            a_doc,
            b_doc,
            a,
            b,
            a_tokens,
            b_tokens,
            steps,
            matched_words,
            longest_run,
            identity,
            bits,
            kind,
            edits,
            typed_edits,
            a_quoted,
            b_quoted,
            blocks,
            tags,
            cluster,
            excluded,
            fingerprint,
        })
    }
}

/// Keys first, since they do not compress, then what does: gaps, lengths, surprisals and flags, each side by side.
impl Record for Tokens {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        self.keys.iter().for_each(|key| out.extend(key.to_le_bytes()));
        let mut end = 0;
        for place in &self.places {
            put_number(u64::from(place.start.wrapping_sub(end)), out);
            end = place.start.wrapping_add(u32::from(place.len));
        }
        self.places.iter().for_each(|place| put_number(u64::from(place.len), out));
        out.extend(self.places.iter().map(|place| place.surprisal));
        out.extend(self.places.iter().map(|place| place.flags.0));
    }

    fn get(from: &mut &[u8]) -> Option<Self> {
        let n = usize::get(from)?;
        let keys = get_bytes(n.checked_mul(8)?, from)?.as_chunks::<8>().0;
        let keys = keys.iter().map(|key| u64::from_le_bytes(*key)).collect();
        let gaps = (0..n).map(|_| u32::get(from)).collect::<Option<Vec<u32>>>()?;
        let lens = (0..n).map(|_| get_number(from)?.try_into().ok()).collect::<Option<Vec<u16>>>()?;
        let (surprisals, flags) = (get_bytes(n, from)?, get_bytes(n, from)?);
        let mut end = 0_u32;
        let places = gaps.into_iter().zip(lens).zip(surprisals.iter().zip(flags));
        let places = places.map(|((gap, len), (&surprisal, &flags))| {
            let start = end.wrapping_add(gap);
            end = start.wrapping_add(u32::from(len));
            Place { start, len, surprisal, flags: Flags(flags) }
        });
        Some(Tokens { keys, places: places.collect() })
    }
}
