//! The `passage` row.

use std::fmt::Write;

use serde::{Serialize, Serializer};

use crate::model::{EditCounts, EditKind, ExcludeReason, Kind, Operation, Passage, StableId, TypedEdit};
use crate::report::rows::{PublicId, Rows, rounded};

/// Wording that two documents share: one span in each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PassageRow<'a> {
    /// Content-derived name of the passage in this pair.
    pub passage_id: PublicId,
    /// The pair it belongs to.
    pub pair_id: PublicId,
    /// Document a of the pair.
    pub a_doc_id: &'a str,
    /// Document b of the pair.
    pub b_doc_id: &'a str,
    /// First code point in a.
    pub a_start_char: u32,
    /// First code point after.
    pub a_end_char: u32,
    /// First byte in a.
    pub a_start_byte: u32,
    /// First byte after.
    pub a_end_byte: u32,
    /// Line of a's first character.
    pub a_start_line: u32,
    /// Line of a's last character.
    pub a_end_line: u32,
    /// First code point in b.
    pub b_start_char: u32,
    /// First code point after.
    pub b_end_char: u32,
    /// First byte in b.
    pub b_start_byte: u32,
    /// First byte after.
    pub b_end_byte: u32,
    /// Line of b's first character.
    pub b_start_line: u32,
    /// Line of b's last character.
    pub b_end_line: u32,
    /// Words matched.
    pub matched_words: u32,
    /// Words of a's span.
    pub a_words: u32,
    /// Words of b's span.
    pub b_words: u32,
    /// 2 × matched / (words of a + words of b).
    pub identity: f64,
    /// `verbatim`, `edited` or `reworded`.
    pub kind: &'static str,
    /// Edits counted.
    pub edits: EditsRow,
    /// Tags, in tag order.
    pub tags: Vec<&'static str>,
    /// The cluster it belongs to.
    pub cluster_id: Option<PublicId>,
    /// Whether it is left out of the totals.
    pub excluded: bool,
    /// Why: the name of an excluded tag, or `same_source`.
    pub exclude_reason: Option<&'static str>,
    /// Content-derived name of the shared wording itself.
    pub fingerprint: PublicId,
    /// The words of a as given; null in a redacted result.
    pub a_text: Option<&'a str>,
    /// The same of b.
    pub b_text: Option<&'a str>,
    /// First word of a's span, 0-based.
    pub a_start_word: u32,
    /// First word of b's span, 0-based.
    pub b_start_word: u32,
    /// The word alignment from the first word of either side: see [`StepsRow`].
    pub steps: StepsRow<'a>,
    /// Why it has its tags: one sentence a tag, in their order.
    pub tag_facts: Vec<&'a str>,
    /// Share of a's words that stand inside quotations.
    pub a_quoted: f64,
    /// The same for b.
    pub b_quoted: f64,
    /// Kinds of edits that say something, each once, from the earlier document to the later, or from a to b.
    pub edit_kinds: Vec<&'static str>,
    /// The same edits with their places: see [`TypedEditsRow`].
    pub typed_edits: TypedEditsRow<'a>,
}

/// Edits that say something as text: parted by blanks, each its kind and where it stands in a and in b, in bytes of the texts as given,
/// as in `number_changed@120-126/98-104`. A side that has nothing begins where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypedEditsRow<'a> {
    edits: &'a [TypedEdit],
}

/// An edit script as text: steps parted by blanks, each a letter and lengths in words. `e4` four equal words, `d2` two words of a
/// without a counterpart, `i3` three of b, `r2/3` two words of a that stand as three others in b, `m5@120/80` five words that
/// stand at word 120 of a and 80 of b, counted from where the passage begins. All but moved words stand in order on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepsRow<'a> {
    passage: &'a Passage,
}

/// Edits of a passage, in words except where said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EditsRow {
    /// Words of b without a counterpart.
    pub inserted: u32,
    /// Words of a without a counterpart.
    pub deleted: u32,
    /// Words of a that stand as other words in b.
    pub replaced: u32,
    /// Words that moved.
    pub moved: u32,
    /// Replacements of a number by another.
    pub numbers_changed: u32,
    /// Replacements of a name by another.
    pub names_changed: u32,
}

impl<'a> PassageRow<'a> {
    /// Columns in order.
    pub const COLUMNS: &'static [&'static str] = &[
        "passage_id",
        "pair_id",
        "a_doc_id",
        "b_doc_id",
        "a_start_char",
        "a_end_char",
        "a_start_byte",
        "a_end_byte",
        "a_start_line",
        "a_end_line",
        "b_start_char",
        "b_end_char",
        "b_start_byte",
        "b_end_byte",
        "b_start_line",
        "b_end_line",
        "matched_words",
        "a_words",
        "b_words",
        "identity",
        "kind",
        "edits",
        "tags",
        "cluster_id",
        "excluded",
        "exclude_reason",
        "fingerprint",
        "a_text",
        "b_text",
        "a_start_word",
        "b_start_word",
        "steps",
        "tag_facts",
        "a_quoted",
        "b_quoted",
        "edit_kinds",
        "typed_edits",
    ];

    /// `texts` are those of its documents.
    pub(super) fn new(
        rows: &Rows<'a>,
        texts: (&'a str, &'a str),
        pair: StableId,
        passage: &'a Passage,
    ) -> PassageRow<'a> {
        let is_shown = rows.findings.hidden().is_none();
        let (a_start, a_end) = rows.locate_in(texts.0, passage.a_doc, passage.a);
        let (b_start, b_end) = rows.locate_in(texts.1, passage.b_doc, passage.b);
        PassageRow {
            passage_id: PublicId(passage.id),
            pair_id: PublicId(pair),
            a_doc_id: &rows.document(passage.a_doc).name,
            b_doc_id: &rows.document(passage.b_doc).name,
            a_start_char: a_start.code_point,
            a_end_char: a_end.code_point,
            a_start_byte: passage.a.start(),
            a_end_byte: passage.a.end(),
            a_start_line: a_start.line,
            a_end_line: a_end.line,
            b_start_char: b_start.code_point,
            b_end_char: b_end.code_point,
            b_start_byte: passage.b.start(),
            b_end_byte: passage.b.end(),
            b_start_line: b_start.line,
            b_end_line: b_end.line,
            matched_words: passage.matched_words,
            a_words: passage.a_tokens.len(),
            b_words: passage.b_tokens.len(),
            identity: rounded(passage.identity),
            kind: kind_name(passage.kind),
            edits: EditsRow::new(passage.edits),
            tags: passage.tags.iter().map(|(tag, _)| tag.name()).collect(),
            cluster_id: passage.cluster.map(|index| PublicId(rows.analysis.clusters[index].id)),
            excluded: passage.excluded.is_some(),
            exclude_reason: passage.excluded.map(exclude_reason_name),
            fingerprint: PublicId(passage.fingerprint),
            a_text: is_shown.then(|| &texts.0[passage.a.range()]),
            b_text: is_shown.then(|| &texts.1[passage.b.range()]),
            a_start_word: passage.a_tokens.start(),
            b_start_word: passage.b_tokens.start(),
            steps: StepsRow { passage },
            tag_facts: passage.tags.iter().map(|(_, fact)| fact.as_str()).collect(),
            a_quoted: rounded(passage.a_quoted),
            b_quoted: rounded(passage.b_quoted),
            edit_kinds: edit_kinds(passage),
            typed_edits: TypedEditsRow { edits: &passage.typed_edits },
        }
    }
}

impl EditsRow {
    /// Counts in order.
    pub const COLUMNS: &'static [&'static str] =
        &["inserted", "deleted", "replaced", "moved", "numbers_changed", "names_changed"];

    fn new(edits: EditCounts) -> EditsRow {
        EditsRow {
            inserted: edits.inserted,
            deleted: edits.deleted,
            replaced: edits.replaced,
            moved: edits.moved,
            numbers_changed: edits.numbers_changed,
            names_changed: edits.names_changed,
        }
    }
}

impl StepsRow<'_> {
    /// Puts the script into `out`.
    fn put(self, out: &mut String) {
        let passage = self.passage;
        for (index, step) in passage.steps.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            let (a, b) = (step.a.len(), step.b.len());
            let written = match step.operation {
                Operation::Equal => write!(out, "e{a}"),
                Operation::Delete => write!(out, "d{a}"),
                Operation::Insert => write!(out, "i{b}"),
                Operation::Replace => write!(out, "r{a}/{b}"),
                Operation::Move => {
                    let from = i64::from(step.a.start()) - i64::from(passage.a_tokens.start());
                    let to = i64::from(step.b.start()) - i64::from(passage.b_tokens.start());
                    write!(out, "m{a}@{from}/{to}")
                }
            };
            written.expect("writing to a string cannot fail");
        }
    }
}

impl Serialize for StepsRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::new();
        self.put(&mut text);
        serializer.serialize_str(&text)
    }
}

impl Serialize for TypedEditsRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::new();
        for (index, edit) in self.edits.iter().enumerate() {
            let gap = if index > 0 { " " } else { "" };
            let (a, b) = (edit.a, edit.b);
            write!(text, "{gap}{}@{}-{}/{}-{}", edit.kind.name(), a.start(), a.end(), b.start(), b.end())
                .expect("writing to a string cannot fail");
        }
        serializer.serialize_str(&text)
    }
}

/// The kinds of the typed edits of `passage`, each once, in order.
fn edit_kinds(passage: &Passage) -> Vec<&'static str> {
    let mut kinds: Vec<EditKind> = passage.typed_edits.iter().map(|edit| edit.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().map(EditKind::name).collect()
}

/// The kind's name in outputs.
#[must_use]
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Verbatim => "verbatim",
        Kind::Edited => "edited",
        Kind::Reworded => "reworded",
    }
}

/// The reason's name in outputs: the tag's, or `same_source`.
#[must_use]
pub(crate) fn exclude_reason_name(reason: ExcludeReason) -> &'static str {
    match reason {
        ExcludeReason::Tag(tag) => tag.name(),
        ExcludeReason::SameSource => "same_source",
    }
}
