//! New documents against an index: which of its documents are worth comparing, and where.
//!
//! The join is the one of `matching`, on the postings of the new documents and those that the index has under the same
//! hashes; so is what comes of it. Of the documents that are nominated, those that share a passage are kept (`sieve`), with
//! their exact copies.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::error::Error;
use crate::fingerprint::content_hash;
use crate::index::segment::short;
use crate::index::{Digest, IndexError, Snapshot, Table};
use crate::matching::nominate::{Nomination, nominate};
use crate::matching::postings::{Hit, Join, OrderKey, Posting, blocks};
use crate::matching::segment::Segments;
use crate::matching::{Admission, Candidate, MatchParams, Side};
use crate::model::{Corpus, Document, Observer, Origin, Published, Stage, Tokens, Warning};
use crate::normalize::Normalizer;
use crate::pipeline::copies::wording;
use crate::pipeline::indexing::stamp;
use crate::pipeline::scope::{Scope, Subject};
use crate::pipeline::settings::Settings;
use crate::pipeline::sieve::Sieve;
use crate::pipeline::{match_params, order_key};
use crate::store::Texts;

/// What an index has to offer to new documents.
pub(crate) struct Narrowed {
    /// The documents worth comparing, with their copies.
    pub(crate) reference: Corpus,
    /// Their tokens, where texts are left out.
    reference_tokens: Vec<Option<Tokens>>,
    /// Tokens of the new documents.
    tokens: Vec<Tokens>,
    /// Pairs worth aligning.
    pub(crate) pairs: Vec<Pair>,
    /// Word sequences that stand too often in one document.
    pub(crate) repeated_shingles: u64,
}

/// A pair worth aligning, by documents.
type Pair = (Piece, Piece);

/// A segment of a document of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) is_new: bool,
    pub(crate) document: u32,
    pub(crate) segment: u32,
}

impl Narrowed {
    /// The texts of the reference documents, which lose them.
    pub(crate) fn take_texts(&mut self) -> Vec<String> {
        self.reference.documents.iter_mut().map(|it| std::mem::take(&mut it.text)).collect()
    }
}

/// What an index told, by the numbers that documents have in the run.
pub(crate) struct Told {
    tokens: Vec<Option<Tokens>>,
    /// Of new and of reference documents.
    new: Vec<u32>,
    reference: Vec<u32>,
    pairs: Vec<Pair>,
    pub(crate) repeated_shingles: u64,
}

impl Told {
    /// The same as `narrowed` tells for the documents of `subject`.
    pub(crate) fn of(narrowed: Narrowed, subject: &Subject) -> Told {
        let Narrowed { tokens, mut reference_tokens, pairs, repeated_shingles, .. } = narrowed;
        let mut own: Vec<Option<Tokens>> = tokens.into_iter().map(Some).collect();
        let (mut new, mut reference) = (vec![0; own.len()], vec![0; subject.places.len() - own.len()]);
        let mut tokens = Vec::with_capacity(subject.places.len());
        for (index, origin) in (0..).zip(subject.origins()) {
            match origin {
                Ok(place) => {
                    new[place] = index;
                    tokens.push(own[place].take());
                }
                Err(place) => {
                    reference[place] = index;
                    tokens.push(reference_tokens[place].take());
                }
            }
        }
        Told { tokens, new, reference, pairs, repeated_shingles }
    }

    /// The tokens of some documents, where they were made already.
    pub(crate) fn take_tokens(&mut self, run: Range<usize>) -> Vec<Option<Tokens>> {
        self.tokens[run].iter_mut().map(Option::take).collect()
    }

    /// The pairs worth aligning, by segments of the run, in order.
    pub(crate) fn candidates(&self, segments: &Segments) -> Vec<Candidate> {
        let segment = |piece: Piece| {
            let of_side = if piece.is_new { &self.new } else { &self.reference };
            segments.of_document(of_side[piece.document as usize] as usize).start + piece.segment
        };
        let mut candidates: Vec<Candidate> =
            self.pairs.iter().map(|&(a, b)| Candidate { a: segment(a), b: segment(b) }.in_order()).collect();
        candidates.sort_unstable();
        candidates
    }
}

/// How new documents are compared with an index.
pub(crate) struct Query<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) normalizer: &'a Normalizer,
    pub(crate) settings: &'a Settings,
    /// Whether new documents are compared among themselves, too.
    pub(crate) among: bool,
    pub(crate) observer: &'a dyn Observer,
}

impl Query<'_> {
    /// The new `documents`, in order of name, with `texts`, and those of the index that are worth comparing with them.
    pub(crate) fn subject(
        &self,
        documents: Vec<Document>,
        texts: Texts,
        scope: &Scope,
        warnings: &mut Vec<Warning>,
    ) -> Result<(Subject, Texts, Told), Error> {
        self.snapshot.fits(&stamp(self.settings))?;
        if !self.snapshot.manifest().has_text {
            warnings.push(Warning {
                path: self.snapshot.path().display().to_string(),
                line: None,
                message: "the index holds no texts: words of its documents show where a new document has them, and \
                          changed numbers and names cannot be told"
                    .to_owned(),
            });
        }
        let new = New { documents: &documents, texts: &texts };
        let mut narrowed = self.ask(&new, warnings)?;
        let added = narrowed.take_texts();
        let reference = std::mem::take(&mut narrowed.reference);
        let within = self.settings.within_seconds;
        let subject = Subject::new(documents, scope, Some(&reference), within, warnings);
        let texts = texts.arranged(added, subject.origins())?;
        let told = Told::of(narrowed, &subject);
        Ok((subject, texts, told))
    }

    /// Asks the index; `warnings` is told of documents that stand in it already.
    fn ask(&self, new: &New<'_>, warnings: &mut Vec<Warning>) -> Result<Narrowed, Error> {
        let tokens = self.tokens(new)?;
        let own = self.own(new, &tokens)?;
        self.observer.begin(Stage::Match, None);
        let params = match_params(self.settings);
        let mut postings: Vec<Posting> = (0..tokens.len())
            .into_par_iter()
            .filter(|&document| own.stands[document])
            .flat_map_iter(|document| Posting::of(document, &tokens[document], params.fingerprint))
            .collect();
        postings.par_sort_unstable();
        let hashes: Vec<u64> = postings.chunk_by(|x, y| x.hash == y.hash).map(|run| run[0].hash).collect();
        let itself = self.itself(new, warnings)?;
        let mut theirs = self.snapshot.find(Table::Postings, &hashes)?;
        theirs.retain(|posting| !itself.contains(&posting.document));
        let touched = self.touched(new, &theirs)?;
        let n_new = tokens.len();
        let sides = self.sides(new, &own, &touched);
        let dense = |it: Posting| Posting { document: (n_new + touched.place(it.document)) as u32, ..it };
        postings.extend(theirs.into_iter().map(dense).filter(|it| sides.stands[it.document as usize]));
        postings.par_sort_unstable();
        let n_words = tokens.iter().map(|it| it.len() as u32);
        let segments = Segments::cut(n_words.chain(touched.digests.iter().map(|it| it.n_words)));
        let order_keys: Vec<OrderKey> = own.order_keys.into_iter().chain(touched.order_keys()).collect();
        let join = Join { segments: &segments, order_keys: &order_keys, admission: &sides, params: &params };
        let (nominations, repeated_shingles) = nominations(&join, &postings, &tokens);
        let sieve = Sieve::new(self, new, &tokens, &touched, &join)?;
        let (nominations, read) = sieve.sift(nominations)?;
        let fetched = touched.wanted(&nominations, &segments, n_new);
        let pairs = by_documents(&nominations, &segments, &touched, &fetched, n_new);
        let (reference, reference_tokens) = sieve.fetch(&fetched, read)?;
        Ok(Narrowed { reference, reference_tokens, tokens, pairs, repeated_shingles })
    }

    fn sides(&self, new: &New<'_>, own: &Own, touched: &Touched) -> Sides {
        let published = new.documents.iter().map(|it| it.published);
        Sides {
            n_new: new.documents.len(),
            stands: own.stands.iter().chain(&touched.stands).copied().collect(),
            published: published.chain(touched.digests.iter().map(|it| it.published)).collect(),
            within_seconds: self.settings.within_seconds,
            among: self.among,
        }
    }

    fn tokens(&self, new: &New<'_>) -> Result<Vec<Tokens>, Error> {
        self.observer.begin(Stage::Normalize, Some(new.documents.len() as u64));
        let made = (0..new.documents.len()).into_par_iter().map_init(
            || self.normalizer.lexicon(),
            |lexicon, index| {
                self.observer.advance(1);
                if self.observer.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                let text = new.texts.get(index)?;
                let declared = new.documents[index].language.as_deref();
                let language = self.normalizer.language(&text, declared);
                Ok(self.normalizer.tokens(&text, language, lexicon))
            },
        );
        made.collect()
    }

    /// Which of the new documents stand for themselves, and what picks anchors among them.
    fn own(&self, new: &New<'_>, tokens: &[Tokens]) -> Result<Own, Error> {
        let order_keys: Vec<OrderKey> =
            tokens.iter().zip(new.documents).map(|(tokens, it)| order_key(tokens, &it.name)).collect();
        let mut stands = vec![true; tokens.len()];
        if self.settings.within_seconds.is_none() {
            let mut seen: HashMap<u64, Vec<(u64, usize)>> = HashMap::new();
            for index in (0..tokens.len()).filter(|&index| !tokens[index].is_empty()) {
                let alike = seen.entry(order_keys[index].0).or_default();
                // The words are looked at only where the stems are the same.
                if alike.is_empty() {
                    alike.push((0, index));
                    continue;
                }
                if let [(hash @ 0, first)] = &mut alike[..] {
                    *hash = wording(&new.texts.get(*first)?, &tokens[*first]);
                }
                let own = wording(&new.texts.get(index)?, &tokens[index]);
                match alike.iter().any(|(hash, _)| *hash == own) {
                    true => stands[index] = false,
                    false => alike.push((own, index)),
                }
            }
        }
        Ok(Own { order_keys, stands })
    }

    /// Documents of the index that are new ones themselves: read from the same place.
    fn itself(&self, new: &New<'_>, warnings: &mut Vec<Warning>) -> Result<HashSet<u32>, Error> {
        let places: HashSet<(String, Option<u32>)> = new
            .documents
            .iter()
            .filter(|it| !it.origin.path.is_empty())
            .map(|it| it.origin.place())
            .collect();
        let mut hashes: Vec<u64> = places.iter().map(|(path, record)| place_hash(path, *record)).collect();
        hashes.sort_unstable();
        let mut itself = HashSet::new();
        for (document, row) in self.snapshot.rows_under(Table::Places, &hashes)? {
            let (path, record) = row.place();
            if places.contains(&(Origin::plain(path), record)) {
                warnings.push(Warning {
                    path: path.to_owned(),
                    line: None,
                    message: format!(
                        "{} is new and stands in the reference too; it is not compared with itself",
                        row.doc_id
                    ),
                });
                itself.insert(document);
            }
        }
        Ok(itself)
    }

    /// What is known of the documents of the index that share a shingle.
    fn touched(&self, new: &New<'_>, theirs: &[Posting]) -> Result<Touched, Error> {
        let mut numbers: Vec<u32> = theirs.iter().map(|posting| posting.document).collect();
        numbers.par_sort_unstable();
        numbers.dedup();
        let mut digests: Vec<Digest> =
            numbers.par_iter().map(|&it| self.snapshot.digest(it)).collect::<Result<_, IndexError>>()?;
        // A reference document with the name of a new one goes by another name.
        let taken: HashSet<&str> = new.documents.iter().map(|it| it.name.as_str()).collect();
        let mut hashes: Vec<u64> = taken.iter().map(|name| name_hash(name)).collect();
        hashes.sort_unstable();
        for (document, row) in self.snapshot.rows_under(Table::Names, &hashes)? {
            if let Ok(place) = numbers.binary_search(&document)
                && taken.contains(row.doc_id.as_str())
            {
                digests[place].name = name_key(&shown_name(&row.doc_id, &taken));
            }
        }
        let mut touched =
            Touched { stands: vec![true; numbers.len()], copies: BTreeMap::new(), numbers, digests };
        let is_within = |it: &&Posting| it.position < touched.digests[touched.place(it.document)].n_words;
        if let Some(it) = theirs.par_iter().find_first(|it| !is_within(it)) {
            return Err(self.snapshot.contradiction(it.document, "a shingle stands behind its end").into());
        }
        if self.settings.within_seconds.is_none() {
            touched.fold(|document| Ok(shown_name(&self.snapshot.row(document)?.doc_id, &taken)))?;
        }
        Ok(touched)
    }
}

/// The name a reference document goes by beside new documents with the names `taken`.
fn shown_name(name: &str, taken: &HashSet<&str>) -> String {
    if taken.contains(name) { format!("reference/{name}") } else { name.to_owned() }
}

/// What tells apart documents of the same stems: the upper half of the hash of a name.
pub(crate) fn name_key(name: &str) -> u32 {
    (name_hash(name) >> 32) as u32
}

/// The hash of a name.
pub(crate) fn name_hash(name: &str) -> u64 {
    content_hash(&[name.as_bytes()])
}

/// The hash of the place a document was read from.
pub(crate) fn place_hash(path: &str, record: Option<u32>) -> u64 {
    let record = record.map_or(u64::MAX, u64::from);
    content_hash(&[Origin::plain(path).as_bytes(), &record.to_le_bytes()])
}

/// The row of a table for `hash` of the document `number`.
pub(crate) fn table_row(hash: u64, document: u32) -> Posting {
    Posting { hash: short(hash), document, position: 0 }
}

/// The new documents, in order of name.
pub(crate) struct New<'a> {
    pub(crate) documents: &'a [Document],
    pub(crate) texts: &'a Texts,
}

struct Own {
    order_keys: Vec<OrderKey>,
    stands: Vec<bool>,
}

/// Documents of the index that share a shingle with a new one, in order of number.
pub(crate) struct Touched {
    pub(crate) numbers: Vec<u32>,
    pub(crate) digests: Vec<Digest>,
    stands: Vec<bool>,
    /// Places of the documents that one stands for, itself first in order of name; by its own place.
    copies: BTreeMap<usize, Vec<usize>>,
}

impl Touched {
    pub(crate) fn place(&self, document: u32) -> usize {
        self.numbers.partition_point(|&it| it < document)
    }

    fn order_keys(&self) -> impl Iterator<Item = OrderKey> + '_ {
        self.digests.iter().map(|it| (it.content, it.name))
    }

    /// Lets the first of several copies in order of name stand for all.
    fn fold(&mut self, name: impl Fn(u32) -> Result<String, Error>) -> Result<(), Error> {
        let mut alike: BTreeMap<(u64, u64), Vec<usize>> = BTreeMap::new();
        for (place, digest) in self.digests.iter().enumerate() {
            alike.entry((digest.content, digest.wording)).or_default().push(place);
        }
        for places in alike.into_values().filter(|places| places.len() > 1) {
            let mut named: Vec<(String, usize)> = places
                .into_iter()
                .map(|place| Ok((name(self.numbers[place])?, place)))
                .collect::<Result<_, Error>>()?;
            named.sort();
            let places: Vec<usize> = named.into_iter().map(|(_, place)| place).collect();
            places[1..].iter().for_each(|&place| self.stands[place] = false);
            self.copies.insert(places[0], places);
        }
        Ok(())
    }

    /// Numbers of the documents in `nominations` and of their copies, in order.
    fn wanted(&self, nominations: &[Nomination], segments: &Segments, n_new: usize) -> Vec<u32> {
        let mut wanted: Vec<u32> = nominations
            .iter()
            .flat_map(|it| [it.pair.a, it.pair.b])
            .filter_map(|segment| (segments.get(segment).document as usize).checked_sub(n_new))
            .flat_map(|place| self.copies.get(&place).cloned().unwrap_or_else(|| vec![place]))
            .map(|place| self.numbers[place])
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }
}

/// The pairs that the sorted `postings` nominate, and how many word sequences stand too often in one document.
fn nominations(join: &Join<'_>, postings: &[Posting], tokens: &[Tokens]) -> (Vec<Nomination>, u64) {
    let found: Vec<_> = blocks(postings).into_par_iter().map(|block| join.hits(block)).collect();
    let repeated = found.iter().map(|it| it.repeated_shingles).sum();
    let mut hits: Vec<Hit> = found.into_iter().flat_map(|it| it.hits).collect();
    hits.par_sort_unstable();
    hits.dedup();
    let params: &MatchParams = join.params;
    let nominations = hits
        .par_chunk_by(|x, y| (x.a, x.b) == (y.a, y.b))
        .flat_map_iter(|group| nominate(group, tokens, join.segments, params))
        .collect();
    (nominations, repeated)
}

/// The nominations by documents, those of the index by their place among the ones `fetched`.
fn by_documents(
    nominations: &[Nomination],
    segments: &Segments,
    touched: &Touched,
    fetched: &[u32],
    n_new: usize,
) -> Vec<Pair> {
    let piece = |segment: u32| {
        let document = segments.get(segment).document as usize;
        let number = segment - segments.of_document(document).start;
        match document.checked_sub(n_new) {
            None => Piece { is_new: true, document: document as u32, segment: number },
            Some(place) => {
                let place = fetched.partition_point(|&it| it < touched.numbers[place]);
                Piece { is_new: false, document: place as u32, segment: number }
            }
        }
    };
    nominations.iter().map(|it| (piece(it.pair.a), piece(it.pair.b))).collect()
}

/// New documents, then those of the index.
struct Sides {
    n_new: usize,
    stands: Vec<bool>,
    published: Vec<Option<Published>>,
    within_seconds: Option<i64>,
    among: bool,
}

impl Admission for Sides {
    fn takes_part(&self, document: usize) -> bool {
        self.stands[document]
    }

    fn admits(&self, a: usize, b: usize) -> bool {
        let (a_new, b_new) = (a < self.n_new, b < self.n_new);
        let scoped = if a_new && b_new { self.among } else { a_new || b_new };
        scoped
            && self
                .within_seconds
                .is_none_or(|limit| Published::are_within(self.published[a], self.published[b], limit))
    }

    fn side(&self, document: usize) -> Side {
        if document < self.n_new { Side::New } else { Side::Reference }
    }
}
