//! Which documents of an index share a passage with a new one.
//!
//! In: nominations. Out: the ones of documents that share something, and these documents. Most nominated pairs have chance in
//! common: a document is read, its places are looked at, then it is aligned with the new documents in turn up to the first
//! passage, and given up if there is none. What is kept is aligned in full later, as any pair is; what is not could be in no
//! cluster and in no pair, so nothing is lost by it, and memory holds the documents that matter.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::align::{Aligner, Workspace, Workspaces};
use crate::error::Error;
use crate::index::Body;
use crate::matching::nominate::Nomination;
use crate::matching::postings::Join;
use crate::matching::segment::Segments;
use crate::matching::{Candidate, verify};
use crate::model::{Corpus, Document, Tokens};
use crate::pipeline::align_params;
use crate::pipeline::narrow::{New, Query, Touched};
use crate::store::Texts;

/// Reads documents of an index and keeps what is worth it.
pub(crate) struct Sieve<'a> {
    query: &'a Query<'a>,
    new: &'a New<'a>,
    /// Tokens of the new documents.
    tokens: &'a [Tokens],
    touched: &'a Touched,
    join: &'a Join<'a>,
    known: Known,
}

/// A document of the index as far as it was read.
pub(crate) struct Read {
    text: String,
    tokens: Tokens,
}

/// The nominations of one document that hold, and the document if it is one of the index.
type Kept = (Vec<Nomination>, Option<(u32, Read)>);

impl<'a> Sieve<'a> {
    /// One for the documents `touched` of the index, joined with the new ones in `join`.
    pub(crate) fn new(
        query: &'a Query<'a>,
        new: &'a New<'a>,
        tokens: &'a [Tokens],
        touched: &'a Touched,
        join: &'a Join<'a>,
    ) -> Result<Sieve<'a>, Error> {
        let has_text = query.snapshot.manifest().has_text;
        let known = if has_text { Known::default() } else { Known::of(new.texts, tokens)? };
        Ok(Sieve { query, new, tokens, touched, join, known })
    }

    fn document(&self, segment: u32) -> usize {
        self.join.segments.get(segment).document as usize
    }

    /// The nominations that hold, of documents that share a passage; and what was read of these documents.
    pub(crate) fn sift(
        &self,
        mut nominations: Vec<Nomination>,
    ) -> Result<(Vec<Nomination>, HashMap<u32, Read>), Error> {
        nominations.par_sort_unstable_by_key(|it| (self.document(it.pair.b), it.pair));
        let workspaces = Workspaces::default();
        let kept: Vec<Kept> = nominations
            .par_chunk_by(|x, y| self.document(x.pair.b) == self.document(y.pair.b))
            .map_init(
                || workspaces.lend(),
                |work, group| match self.query.observer.is_cancelled() {
                    true => Err(Error::Cancelled),
                    false => self.look(group, work),
                },
            )
            .collect::<Result<_, Error>>()?;
        let mut read = HashMap::new();
        let mut all = Vec::new();
        for (held, of) in kept {
            all.extend(held);
            read.extend(of);
        }
        Ok((all, read))
    }

    /// Looks at the nominations of one document with new ones.
    fn look(&self, group: &[Nomination], work: &mut Workspace) -> Result<Kept, Error> {
        let b = self.document(group[0].pair.b);
        let held = |b_tokens: &Tokens| -> Vec<Nomination> {
            let holds = |it: &&Nomination| {
                let a_tokens = &self.tokens[self.document(it.pair.a)];
                verify::holds(it, a_tokens, b_tokens, self.join.params)
            };
            group.iter().filter(holds).copied().collect()
        };
        let Some(place) = b.checked_sub(self.tokens.len()) else { return Ok((held(&self.tokens[b]), None)) };
        let read = self.read(place)?;
        let held = held(&read.tokens);
        Ok(match self.shares(&read, &held, work)? {
            true => (held, Some((self.touched.numbers[place], read))),
            false => (Vec::new(), None),
        })
    }

    /// Whether a document of the index shares a passage with one of the new documents that it is nominated with.
    fn shares(&self, read: &Read, held: &[Nomination], work: &mut Workspace) -> Result<bool, Error> {
        let mut documents = [Tokens::default(), Tokens::default()];
        for pair in held.chunk_by(|x, y| self.document(x.pair.a) == self.document(y.pair.a)) {
            let (a, b) = (self.document(pair[0].pair.a), self.document(pair[0].pair.b));
            let text = self.new.texts.get(a)?;
            documents[0].clone_from(&self.tokens[a]);
            documents[1].clone_from(&read.tokens);
            let segments = Segments::of(&documents);
            let of_document = |side: usize, document: usize, segment: u32| {
                segments.of_document(side).start + segment - self.join.segments.of_document(document).start
            };
            let candidates: Vec<Candidate> = pair
                .iter()
                .map(|it| Candidate { a: of_document(0, a, it.pair.a), b: of_document(1, b, it.pair.b) })
                .collect();
            let params = align_params(self.query.settings);
            let aligner = Aligner::new(&documents, vec![&text, &read.text], &segments, params);
            if !aligner.pair(0, 1, &candidates, work).is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The text and the tokens of a touched document.
    fn read(&self, place: usize) -> Result<Read, Error> {
        let Query { snapshot, normalizer, .. } = self.query;
        let (number, digest) = (self.touched.numbers[place], &self.touched.digests[place]);
        let read = match snapshot.body(number, digest)? {
            Body::Words(words) => {
                // Held against each other before a damaged length asks for memory.
                if words.n_bytes() != snapshot.row(number)?.n_bytes as usize {
                    return Err(snapshot.contradiction(number, "its text has another length").into());
                }
                let text = words.text(|key, len| self.known.word(key, len));
                Read { text, tokens: words.tokens() }
            }
            Body::Text(text) => {
                let row = digest.has_language.then(|| snapshot.row(number)).transpose()?;
                let declared = row.as_ref().and_then(|row| row.language());
                let language = normalizer.language(&text, declared);
                let tokens = normalizer.tokens(&text, language, &mut normalizer.lexicon());
                Read { text, tokens }
            }
        };
        match read.tokens.len() == digest.n_words as usize {
            true => Ok(read),
            false => Err(snapshot.contradiction(number, "it has another number of words").into()),
        }
    }

    /// The documents of the index with these numbers, with texts and tokens; some were `read` already.
    pub(crate) fn fetch(
        &self,
        numbers: &[u32],
        mut read: HashMap<u32, Read>,
    ) -> Result<(Corpus, Vec<Option<Tokens>>), Error> {
        let wanted: Vec<(u32, Option<Read>)> = numbers.iter().map(|it| (*it, read.remove(it))).collect();
        let (documents, tokens) = wanted
            .into_par_iter()
            .map(|(number, read)| {
                let row = self.query.snapshot.row(number)?;
                let Read { text, tokens } = match read {
                    Some(read) => read,
                    None => self.read(self.touched.place(number))?,
                };
                let snapshot = self.query.snapshot;
                if text.len() != row.n_bytes as usize {
                    return Err(snapshot.contradiction(number, "its text has another length").into());
                }
                let document = row
                    .into_document()
                    .ok_or_else(|| snapshot.contradiction(number, "its row has no meaning"))?;
                Ok((Document { text, ..document }, Some(tokens)))
            })
            .collect::<Result<(Vec<Document>, Vec<Option<Tokens>>), Error>>()?;
        Ok((Corpus { documents, ..Corpus::default() }, tokens))
    }
}

/// Words of the new documents, by key and length in bytes.
#[derive(Default)]
struct Known(HashMap<(u64, u16), String>);

impl Known {
    fn of(texts: &Texts, tokens: &[Tokens]) -> Result<Known, Error> {
        let mut known = HashMap::new();
        for (index, tokens) in tokens.iter().enumerate() {
            let text = texts.get(index)?;
            for (token, (key, place)) in tokens.keys.iter().zip(&tokens.places).enumerate() {
                let word = || text[tokens.bytes(token).range()].to_owned();
                known.entry((*key, place.len)).or_insert_with(word);
            }
        }
        Ok(Known(known))
    }

    fn word(&self, key: u64, len: u16) -> Option<&str> {
        self.0.get(&(key, len)).map(String::as_str)
    }
}
