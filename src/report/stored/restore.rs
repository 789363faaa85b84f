//! Rows, one by one, to a result in memory.
//!
//! Documents come first, so their texts are asked for before the first passage, and what a passage quotes is kept only where a text
//! could not be had. Whatever a row says of a place is held against the text before anything uses it: a result may be damaged, or
//! written by somebody else.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::model::{
    Analysis, Bound, ByteSpan, Cluster, DocId, DocumentPair, Edge, Rebuilt, Recurring, RunFacts,
    SettingValue, Skipped, Span, StableId, TokenSpan, Tokens, Warning, Witness,
};
use crate::report::is_redacted;
use crate::report::rows::hexadecimal;
use crate::report::stored::blanks::{Piece, text_of};
use crate::report::stored::fault::Fault;
use crate::report::stored::meaning;
use crate::report::stored::rows::{
    ClusterRow, DocumentRow, EdgeRow, EndRow, MemberRow, PairRow, PassageRow, RecurringRow, RunRow,
    WarningRow,
};
use crate::report::stored::words::{Pin, Words, inside, weigh};
use crate::report::stored::{Looked, StoredError, Texts};
use crate::report::time;

/// A result in the making.
pub(super) struct Restorer<'t> {
    pub(super) analysis: Analysis,
    pub(super) looked: Looked,
    texts: Option<Texts<'t>>,
    by_name: BTreeMap<String, usize>,
    documents: Vec<Kept>,
    words: Option<Words>,
    /// The pair that passages belong to now, and how many of its own are still to come.
    pair: usize,
    clusters: BTreeMap<StableId, usize>,
    /// Clusters of passages, by the passage's place.
    of_passages: Vec<Option<StableId>>,
    representatives: Vec<Representative>,
}

/// What a cluster says of its representative.
struct Representative {
    doc: usize,
    text: Option<String>,
    /// First code point of each witness that is in this document.
    starts: Vec<u32>,
}

/// What is kept of a document until the end.
struct Kept {
    n_words: u32,
    n_chars: u32,
    n_bytes: u32,
    sha256: String,
    state: State,
}

enum State {
    /// Text and tokens are those of the run.
    Whole,
    /// The text is the article's, but it reads as other words than in the run.
    Reread(Vec<Pin>),
    /// The text could not be had.
    Gone(Vec<Pin>, BTreeMap<u32, Piece>),
}

impl<'t> Restorer<'t> {
    /// Nothing yet; `texts` gives the texts that can be had in the files named.
    pub(super) fn new(texts: Texts<'t>) -> Restorer<'t> {
        Restorer {
            analysis: Analysis::default(),
            looked: Looked::default(),
            texts: Some(texts),
            by_name: BTreeMap::new(),
            documents: Vec::new(),
            words: None,
            pair: 0,
            clusters: BTreeMap::new(),
            of_passages: Vec::new(),
            representatives: Vec::new(),
        }
    }

    pub(super) fn begin(&mut self, settings: BTreeMap<String, Value>) -> Result<(), StoredError> {
        self.analysis.settings = settings.into_iter().map(|(name, value)| (name, setting(value))).collect();
        self.words = Some(Words::new(&self.analysis)?);
        Ok(())
    }

    pub(super) fn document(&mut self, row: DocumentRow) -> Result<(), Fault> {
        if self.texts.is_none() {
            return Err("a document stands behind other tables".to_owned());
        }
        if self.by_name.insert(row.doc_id.clone(), self.documents.len()).is_some() {
            return Err(format!("document {} stands twice", row.doc_id));
        }
        if row.n_words > row.n_bytes || row.n_chars > row.n_bytes {
            return Err("a text has more words or characters than bytes".to_owned());
        }
        let mut anchors = BTreeMap::new();
        for zone in &row.zones {
            anchor(&mut anchors, (zone.start_byte, zone.start_char), None)?;
            anchor(&mut anchors, (zone.end_byte, zone.end_char), None)?;
        }
        self.documents.push(Kept {
            n_words: row.n_words,
            n_chars: row.n_chars,
            n_bytes: row.n_bytes,
            sha256: row.text_sha256.clone(),
            state: State::Gone(Vec::new(), anchors),
        });
        self.analysis.facts.push(meaning::facts(&row)?);
        self.analysis.documents.push(meaning::document(row));
        Ok(())
    }

    /// Asks for the texts, once all documents are known.
    ///
    /// # Errors
    ///
    /// Those that could not be had are more than is put together.
    pub(super) fn settle(&mut self) -> Result<(), StoredError> {
        let Some(texts) = self.texts.take() else { return Ok(()) };
        let mut paths: Vec<String> =
            self.analysis.documents.iter().map(|document| document.origin.path.clone()).collect();
        paths.retain(|path| !path.is_empty() && path != "-");
        paths.sort_unstable();
        paths.dedup();
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for text in texts(&paths) {
            found.entry(hexadecimal(&Sha256::digest(text.as_bytes()))).or_insert(text);
        }
        self.analysis.tokens = vec![Tokens::default(); self.documents.len()];
        for (index, kept) in self.documents.iter_mut().enumerate() {
            let document = &mut self.analysis.documents[index];
            let Some(text) = found.get(&kept.sha256).filter(|text| text.len() == kept.n_bytes as usize)
            else {
                continue;
            };
            document.text.clone_from(text);
            if let Some(words) = &mut self.words {
                let tokens = words.of(text, document.language.as_deref());
                let is_same = tokens.len() == kept.n_words as usize;
                kept.state = if is_same { State::Whole } else { State::Reread(Vec::new()) };
                self.analysis.tokens[index] = tokens;
            }
        }
        weigh(&mut self.analysis);
        self.check_room()
    }

    /// Whether there is room for the blanks and the empty words that stand for texts that are gone, which cost nothing in a result.
    fn check_room(&self) -> Result<(), StoredError> {
        let gone = || self.documents.iter().filter(|kept| matches!(kept.state, State::Gone(..)));
        let of = |size: fn(&Kept) -> u32| gone().map(|kept| u64::from(size(kept))).sum::<u64>();
        let (n_bytes, n_words) = (of(|kept| kept.n_bytes), of(|kept| kept.n_words));
        match n_bytes > MOST_BYTES || n_words > MOST_WORDS {
            true => Err(StoredError::NoRoom { gone: gone().count(), n_bytes, n_words }),
            false => Ok(()),
        }
    }

    fn doc(&self, name: &str) -> Result<DocId, Fault> {
        self.by_name
            .get(name)
            .map(|&index| DocId::new(index))
            .ok_or_else(|| format!("no document is named {name}"))
    }

    pub(super) fn pair(&mut self, row: &PairRow) -> Result<(), Fault> {
        let (a, b) = (self.doc(&row.a_doc_id)?, self.doc(&row.b_doc_id)?);
        let first = self.analysis.pairs.last().map_or(0, |pair| pair.passages.end);
        let end = first.checked_add(row.n_passages).ok_or("a pair has too many passages")?;
        let pair = meaning::pair(row, (a, b))?;
        self.analysis.pairs.push(DocumentPair { passages: first..end, ..pair });
        Ok(())
    }

    pub(super) fn passage(&mut self, row: PassageRow) -> Result<(), Fault> {
        let index = self.analysis.passages.len();
        while self.analysis.pairs.get(self.pair).is_some_and(|pair| pair.passages.end <= index) {
            self.pair += 1;
        }
        let pair = self.analysis.pairs.get(self.pair).ok_or("it belongs to no pair")?;
        if meaning::id(&row.pair_id)? != pair.id {
            return Err("it stands among those of another pair".to_owned());
        }
        let (a, b) = (pair.a, pair.b);
        let mut passage = meaning::passage(&row, (a, b))?;
        let said = [
            Said {
                bytes: passage.a,
                words: passage.a_tokens,
                text: row.a_text,
                at: (row.a_start_char, row.a_start_line),
                end: (row.a_end_char, row.a_end_line),
            },
            Said {
                bytes: passage.b,
                words: passage.b_tokens,
                text: row.b_text,
                at: (row.b_start_char, row.b_start_line),
                end: (row.b_end_char, row.b_end_line),
            },
        ];
        for (doc, said) in [a, b].into_iter().zip(said) {
            self.hold(doc, said)?;
        }
        self.of_passages.push(row.cluster_id.as_deref().map(meaning::id).transpose()?);
        passage.cluster = None;
        self.analysis.passages.push(passage);
        Ok(())
    }

    /// Holds what a passage says of `doc` against its text, or keeps it for want of that.
    fn hold(&mut self, doc: DocId, said: Said) -> Result<(), Fault> {
        let kept = &mut self.documents[doc.index()];
        if said.words.end() > kept.n_words || said.bytes.end() > kept.n_bytes {
            return Err("it reaches beyond its document".to_owned());
        }
        let pin = Pin { bytes: said.bytes, words: said.words };
        let text = &self.analysis.documents[doc.index()].text;
        match &mut kept.state {
            State::Whole | State::Reread(_) if text.get(said.bytes.range()).is_none() => {
                return Err("it begins or ends inside a character".to_owned());
            }
            State::Whole if !stands(&self.analysis.tokens[doc.index()], pin) => {
                return Err("its words do not stand at its place".to_owned());
            }
            State::Whole => {}
            State::Reread(pins) => pins.push(pin),
            State::Gone(pins, pieces) => {
                let Some(text) = said.text else {
                    anchor(pieces, (said.bytes.start(), said.at.0), Some(said.at.1))?;
                    return anchor(pieces, (said.bytes.end(), said.end.0), Some(said.end.1));
                };
                if text.len() != said.bytes.len() as usize {
                    return Err("its words are not as long as its place".to_owned());
                }
                pins.push(pin);
                keep(
                    pieces,
                    Piece {
                        text,
                        start_byte: said.bytes.start(),
                        start_char: said.at.0,
                        start_line: Some(said.at.1),
                    },
                )?;
            }
        }
        Ok(())
    }

    pub(super) fn cluster(&mut self, row: ClusterRow) -> Result<(), Fault> {
        let id = meaning::id(&row.cluster_id)?;
        let first_doc = row.first_doc_id.as_deref().map(|name| self.doc(name)).transpose()?;
        let representative = self.doc(&row.representative)?;
        if self.clusters.insert(id, self.analysis.clusters.len()).is_some() {
            return Err(format!("cluster {} stands twice", row.cluster_id));
        }
        let doc = representative.index();
        self.representatives.push(Representative { doc, text: row.text, starts: Vec::new() });
        self.analysis.clusters.push(Cluster {
            id,
            witnesses: Vec::new(),
            representative: 0,
            n_docs: row.n_docs,
            n_sources: row.n_sources,
            n_origins: row.n_origins,
            first_doc,
            first_published: row.first_published_at.as_deref().and_then(time::from_iso),
            span_seconds: row.span_seconds,
            words_median: row.words_median,
        });
        Ok(())
    }

    pub(super) fn member(&mut self, row: &MemberRow) -> Result<(), Fault> {
        let doc = self.doc(&row.doc_id)?;
        let place = *self.clusters.get(&meaning::id(&row.cluster_id)?).ok_or("it belongs to no cluster")?;
        let bytes = meaning::span::<crate::model::Bytes>(row.start_byte, row.end_byte)?;
        let rank_evidence = row.rank_evidence.as_deref().map(meaning::evidence_kind).transpose()?;
        if bytes.end() > self.documents[doc.index()].n_bytes {
            return Err("it reaches beyond its document".to_owned());
        }
        if let State::Gone(_, pieces) = &mut self.documents[doc.index()].state {
            anchor(pieces, (bytes.start(), row.start_char), None)?;
            anchor(pieces, (bytes.end(), row.end_char), None)?;
        }
        let of_representative = self.representatives[place].doc == doc.index();
        if of_representative {
            self.representatives[place].starts.push(row.start_char);
        }
        self.analysis.clusters[place].witnesses.push(Witness {
            doc,
            span: bytes,
            tokens: Span::new(0, 0),
            rank: row.rank,
            rank_evidence,
            lag_seconds: row.lag_seconds,
            identity_to_representative: row.identity_to_representative,
        });
        Ok(())
    }

    pub(super) fn edge(&mut self, row: EdgeRow) {
        self.analysis.edges.push(Edge {
            a_source: row.a_source,
            b_source: row.b_source,
            n_pairs: row.n_pairs,
            matched_words: row.matched_words,
            n_passages: row.n_passages,
            a_docs: row.a_docs,
            b_docs: row.b_docs,
            a_share: row.a_share,
            b_share: row.b_share,
            n_first_matches: row.n_first_matches,
            median_coverage: row.median_coverage,
            share_a_first: row.share_a_first,
            median_lag_seconds: row.median_lag_seconds,
        });
    }

    pub(super) fn recurring(&mut self, row: RecurringRow) -> Result<(), Fault> {
        let cluster =
            self.clusters.get(&meaning::id(&row.cluster_id)?).ok_or("what recurs is of no cluster here")?;
        self.analysis.recurring.push(Recurring {
            cluster: *cluster,
            tag: meaning::tag(&row.tag)?,
            source: row.source,
            n_docs: row.n_docs,
            n_days: row.n_days,
            words: row.words,
            matched_words: row.matched_words,
            excluded: row.excluded,
            fact: row.evidence,
        });
        Ok(())
    }

    pub(super) fn warning(&mut self, row: WarningRow) {
        let path = row.path.unwrap_or_default();
        self.analysis.warnings.push(Warning { path, line: row.line, message: row.message });
    }

    pub(super) fn end(&mut self, row: EndRow) -> Result<(), Fault> {
        let analysis = &self.analysis;
        let n_members: usize = analysis.clusters.iter().map(|cluster| cluster.witnesses.len()).sum();
        let counts = [
            ("documents", row.counts.documents, analysis.documents.len()),
            ("pairs", row.counts.pairs, analysis.pairs.len()),
            ("passages", row.counts.passages, analysis.passages.len()),
            ("clusters", row.counts.clusters, analysis.clusters.len()),
            ("members", row.counts.members, n_members),
        ];
        if let Some((table, told, n)) = counts.into_iter().find(|(_, told, n)| told != n) {
            return Err(format!("{told} {table} were written, {n} are here"));
        }
        if self.analysis.pairs.last().map_or(0, |pair| pair.passages.end) != self.analysis.passages.len() {
            return Err("pairs have other passages than are here".to_owned());
        }
        let skipped = row.skipped.into_iter().map(|it| Skipped {
            path: it.path,
            line: it.line,
            reason: it.reason,
            lost: it.lost,
        });
        self.analysis.skipped = skipped.collect();
        let bounds =
            row.bounds.into_iter().map(|it| Bound { name: it.name, count: it.count, message: it.message });
        self.analysis.bounds = bounds.collect();
        self.rebuild()?;
        self.complete()
    }

    pub(super) fn run(&mut self, row: &RunRow) {
        self.analysis.run = RunFacts { peak_memory_bytes: row.peak_memory_bytes, ..RunFacts::default() };
    }

    /// Adds to the pieces of texts what clusters quote of their representatives, where it is plain from where in the text.
    fn keep_representatives(&mut self) -> Result<(), Fault> {
        for (cluster, it) in self.analysis.clusters.iter().zip(&self.representatives) {
            let place = cluster.witnesses.iter().find(|witness| witness.doc.index() == it.doc);
            let (Some(place), &[start_char], Some(text)) = (place, &it.starts[..], &it.text) else {
                continue;
            };
            if let State::Gone(_, pieces) = &mut self.documents[it.doc].state
                && text.len() == place.span.len() as usize
            {
                let (text, start_byte) = (text.clone(), place.span.start());
                keep(pieces, Piece { text, start_byte, start_char, start_line: None })?;
            }
        }
        Ok(())
    }

    /// Puts together what could not be had.
    fn rebuild(&mut self) -> Result<(), Fault> {
        self.keep_representatives()?;
        let Some(words) = &mut self.words else { return Ok(()) };
        for (index, kept) in self.documents.iter_mut().enumerate() {
            let document = &mut self.analysis.documents[index];
            let pins = match std::mem::replace(&mut kept.state, State::Whole) {
                State::Whole => continue,
                State::Reread(pins) => {
                    self.looked.reread += 1;
                    pins
                }
                State::Gone(pins, pieces) => {
                    let pieces = pieces.into_values().collect();
                    let (text, known) = text_of(pieces, kept.n_bytes, kept.n_chars).ok_or_else(|| {
                        format!("what is quoted of {} does not fit together", document.name)
                    })?;
                    document.text = text;
                    document.rebuilt = Some(Box::new(Rebuilt { known, text_sha256: kept.sha256.clone() }));
                    self.looked.gone += 1;
                    pins
                }
            };
            self.analysis.tokens[index] =
                words.pinned(&document.text, document.language.as_deref(), kept.n_words, pins);
        }
        Ok(())
    }

    /// What takes all rows to tell.
    fn complete(&mut self) -> Result<(), Fault> {
        let has_no_words = is_redacted(&self.analysis);
        let Analysis { documents, tokens, facts, clusters, passages, .. } = &mut self.analysis;
        let fits = |doc: DocId, span: ByteSpan| documents[doc.index()].text.get(span.range()).is_some();
        // Of what stands inside words that nothing quotes, a result tells the bytes alone; where none are shown, none are asked for.
        let may_fit = |doc: DocId, span: ByteSpan| {
            let document = &documents[doc.index()];
            let is_blank = has_no_words && document.rebuilt.is_some();
            fits(doc, span) || is_blank && span.end() as usize <= document.text.len()
        };
        for (passage, cluster) in passages.iter_mut().zip(&self.of_passages) {
            let place =
                cluster.map(|id| self.clusters.get(&id).copied().ok_or("a passage is of no cluster here"));
            passage.cluster = place.transpose()?;
            let pins = [
                (passage.a_doc, Pin { bytes: passage.a, words: passage.a_tokens }),
                (passage.b_doc, Pin { bytes: passage.b, words: passage.b_tokens }),
            ];
            // Words that were put together may lack some; the difference is then told without them.
            if !pins.into_iter().all(|(doc, pin)| stands(&tokens[doc.index()], pin)) {
                passage.steps.clear();
            }
            let edits = &passage.typed_edits;
            // What was cut from the end stands beyond the passage.
            if !edits.iter().all(|edit| may_fit(passage.a_doc, edit.a) && may_fit(passage.b_doc, edit.b)) {
                return Err(
                    "an edit stands outside its text, or begins or ends inside a character".to_owned()
                );
            }
        }
        for (cluster, representative) in clusters.iter_mut().zip(&self.representatives) {
            for witness in &mut cluster.witnesses {
                if !fits(witness.doc, witness.span) {
                    return Err("a member of a cluster begins or ends inside a character".to_owned());
                }
                witness.tokens = inside(&tokens[witness.doc.index()], witness.span);
            }
            let is_it = |witness: &Witness| {
                let own = &documents[witness.doc.index()].text[witness.span.range()];
                let is_its = representative.text.as_ref().is_none_or(|text| text == own);
                witness.doc.index() == representative.doc && is_its
            };
            let place = cluster.witnesses.iter().position(is_it);
            cluster.representative = place.ok_or("a cluster lacks its representative")?;
        }
        for (index, facts) in facts.iter().enumerate() {
            if !facts.zones.iter().all(|zone| fits(DocId::new(index), zone.span)) {
                return Err(format!("a zone of {} does not fit its text", documents[index].name));
            }
        }
        Ok(())
    }
}

/// Bytes and words of all texts that are put together: two gigabytes of memory at most.
const MOST_BYTES: u64 = 1 << 29;
const MOST_WORDS: u64 = 1 << 26;

/// What a passage says of one side.
struct Said {
    bytes: ByteSpan,
    words: TokenSpan,
    text: Option<String>,
    /// Code point and line.
    at: (u32, u32),
    /// The same of its end.
    end: (u32, u32),
}

/// Whether the words of a pin are those at its bytes.
fn stands(tokens: &Tokens, pin: Pin) -> bool {
    !pin.words.is_empty() && tokens.byte_span(pin.words) == pin.bytes
}

/// Notes that the character number `start_char` begins at a byte; of a text whose words a result does not hold, that is all.
fn anchor(
    pieces: &mut BTreeMap<u32, Piece>,
    (start_byte, start_char): (u32, u32),
    start_line: Option<u32>,
) -> Result<(), Fault> {
    keep(pieces, Piece { text: String::new(), start_byte, start_char, start_line })
}

/// Keeps the longest of the pieces that begin at one place; all others have to be its beginning.
fn keep(pieces: &mut BTreeMap<u32, Piece>, piece: Piece) -> Result<(), Fault> {
    let kept = match pieces.entry(piece.start_byte) {
        Entry::Occupied(kept) => kept.into_mut(),
        Entry::Vacant(place) => {
            place.insert(piece);
            return Ok(());
        }
    };
    let [short, long] = if kept.text.len() < piece.text.len() { [&*kept, &piece] } else { [&piece, &*kept] };
    if !long.text.starts_with(&short.text) || kept.start_char != piece.start_char {
        return Err(format!("what is quoted from byte {} on reads two ways", piece.start_byte));
    }
    let start_line = kept.start_line.or(piece.start_line);
    if kept.text.len() < piece.text.len() {
        *kept = piece;
    }
    kept.start_line = start_line;
    Ok(())
}

fn setting(value: Value) -> SettingValue {
    match value {
        Value::Bool(on) => SettingValue::Flag(on),
        Value::String(text) => SettingValue::Text(text),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => SettingValue::Integer(whole),
            None => SettingValue::Number(number.as_f64().unwrap_or_default()),
        },
        Value::Array(values) => {
            SettingValue::List(values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect())
        }
        Value::Null | Value::Object(_) => SettingValue::Unset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_that_begin_at_one_place_are_beginnings_of_one_another() {
        let piece = |text: &str, start_char| Piece {
            text: text.to_owned(),
            start_byte: 7,
            start_char,
            start_line: None,
        };
        let cases = [
            (["€uro", "€"], [3, 3], true),
            (["", "€uro"], [3, 3], true),
            (["€uro", "x"], [3, 3], false),
            (["x", "€uro"], [3, 3], false),
            (["€uro", "€uro"], [3, 4], false),
        ];
        for (texts, chars, is_one) in cases {
            let mut pieces = BTreeMap::new();
            let kept =
                texts.into_iter().zip(chars).try_for_each(|(text, at)| keep(&mut pieces, piece(text, at)));
            assert_eq!(kept.is_ok(), is_one, "{texts:?}");
            assert!(!is_one || pieces[&7].text == "€uro");
        }
    }
}
