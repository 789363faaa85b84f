//! Texts and tokens of a run's documents: all in memory, or put away and fetched when they are asked for.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::model::{Flags, Held, Place as TokenPlace, Tokens, TokensOf};
use crate::store::error::StoreError;
use crate::store::folder::Store;
use crate::store::spool::{Place, SHORT_BLOCK, Spool};

/// Bytes that a token takes in memory: its key and its place.
const TOKEN_BYTES: usize = 16;

/// Bytes kept of each kind after reading, so that neighbours need not be read again.
const CACHE_BYTES: usize = 4 << 20;

/// Documents that a thread fetches at a time: neighbours stand in one block.
const FETCHED: usize = 32;

/// Texts of documents, by place in the order of the run.
#[derive(Debug)]
pub enum Texts {
    /// In memory.
    Here(Vec<String>),
    /// Put away; for each document where, and its length in bytes.
    Away(Box<Spool<String>>, Vec<(Place, u32)>),
}

impl Texts {
    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Texts::Here(texts) => texts.len(),
            Texts::Away(_, places) => places.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Length of the text of `document` in bytes.
    #[must_use]
    pub fn bytes(&self, document: usize) -> usize {
        match self {
            Texts::Here(texts) => texts[document].len(),
            Texts::Away(_, places) => places[document].1 as usize,
        }
    }

    /// Puts texts that are in memory into `store`.
    ///
    /// # Errors
    ///
    /// They cannot be put away.
    pub fn put_away(self, store: &Store) -> Result<Texts, StoreError> {
        let Texts::Here(texts) = self else { return Ok(self) };
        let mut spool = Texts::spool(store);
        let mut places = Vec::with_capacity(texts.len());
        for text in texts {
            places.push((spool.push(&text)?, text.len() as u32));
        }
        Ok(Texts::Away(Box::new(spool), places))
    }

    /// Texts in another order, with `added` among them: each of `order` is the place of one among these texts, or of one of
    /// `added`.
    ///
    /// # Errors
    ///
    /// An added text cannot be put away.
    pub fn arranged(
        self,
        mut added: Vec<String>,
        order: impl Iterator<Item = Result<usize, usize>>,
    ) -> Result<Texts, StoreError> {
        match self {
            Texts::Here(mut texts) => {
                let take = |place| match place {
                    Ok(place) => std::mem::take::<String>(&mut texts[place]),
                    Err(place) => std::mem::take::<String>(&mut added[place]),
                };
                Ok(Texts::Here(order.map(take).collect()))
            }
            Texts::Away(mut spool, places) => {
                let put = |place| match place {
                    Ok(place) => Ok(places[place]),
                    Err(place) => {
                        let text: &String = &added[place];
                        Ok((spool.push(text)?, text.len() as u32))
                    }
                };
                let places = order.map(put).collect::<Result<_, StoreError>>()?;
                Ok(Texts::Away(spool, places))
            }
        }
    }

    /// An empty spool of the right make.
    #[must_use]
    pub fn spool(store: &Store) -> Spool<String> {
        Spool::new("texts", store, SHORT_BLOCK).with_cache(CACHE_BYTES)
    }

    /// The text of `document`.
    ///
    /// # Errors
    ///
    /// It cannot be read back.
    pub fn get(&self, document: usize) -> Result<Held<'_, str>, StoreError> {
        Ok(match self {
            Texts::Here(texts) => Held::Borrowed(&texts[document]),
            Texts::Away(spool, places) => Held::Shared(Arc::from(spool.get(places[document].0)?)),
        })
    }
}

/// Texts and tokens of all documents. What cannot be read back is given blank and of the right length, so that stages
/// which cannot fail go on; [`Library::check`] then tells that their result is void.
#[derive(Debug)]
pub struct Library {
    texts: Texts,
    tokens: Shelf,
    n_words: Vec<u32>,
    fault: Mutex<Option<StoreError>>,
}

#[derive(Debug)]
enum Shelf {
    Here(Vec<Tokens>),
    Away(Box<Spool<Tokens>>, Vec<Place>),
}

/// Texts and tokens of some documents, in memory; of others they are empty.
#[derive(Debug)]
pub struct Loaded<'a> {
    texts: Cow<'a, [String]>,
    tokens: Cow<'a, [Tokens]>,
}

impl Loaded<'_> {
    /// Tokens by index of document.
    #[must_use]
    pub fn tokens(&self) -> &[Tokens] {
        &self.tokens
    }

    /// Texts by index of document; none at all if only tokens were asked for.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.texts.iter().map(String::as_str).collect()
    }
}

/// What to fetch of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its tokens.
    Tokens,
    /// Its tokens and its text.
    Both,
}

impl Library {
    /// A library of `texts`, still without tokens. They will be kept where the texts are.
    #[must_use]
    pub fn new(texts: Texts, store: &Store) -> Library {
        let tokens = match &texts {
            Texts::Here(_) => Shelf::Here(Vec::with_capacity(texts.len())),
            Texts::Away(..) => {
                Shelf::Away(Box::new(Library::token_spool(store)), Vec::with_capacity(texts.len()))
            }
        };
        Library { texts, tokens, n_words: Vec::new(), fault: Mutex::new(None) }
    }

    /// A library of tokens alone, in memory.
    #[must_use]
    pub fn of_tokens(tokens: Vec<Tokens>) -> Library {
        let texts = Texts::Here(vec![String::new(); tokens.len()]);
        let n_words = tokens.iter().map(|tokens| tokens.len() as u32).collect();
        Library { texts, tokens: Shelf::Here(tokens), n_words, fault: Mutex::new(None) }
    }

    fn token_spool(store: &Store) -> Spool<Tokens> {
        Spool::new("tokens", store, 2 * SHORT_BLOCK).with_cache(CACHE_BYTES)
    }

    /// Adds the tokens of the next documents.
    ///
    /// # Errors
    ///
    /// They cannot be put away.
    pub fn add(&mut self, tokens: Vec<Tokens>) -> Result<(), StoreError> {
        self.n_words.extend(tokens.iter().map(|tokens| tokens.len() as u32));
        match &mut self.tokens {
            Shelf::Here(all) => all.extend(tokens),
            Shelf::Away(spool, places) => {
                for tokens in tokens {
                    places.push(spool.push(&tokens)?);
                }
            }
        }
        Ok(())
    }

    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Whether everything is in memory.
    #[must_use]
    pub fn is_here(&self) -> bool {
        matches!(self.tokens, Shelf::Here(_))
    }

    /// Number of tokens of each document.
    #[must_use]
    pub fn n_words(&self) -> &[u32] {
        &self.n_words
    }

    /// Number of all tokens.
    #[must_use]
    pub fn n_tokens(&self) -> u64 {
        self.n_words.iter().map(|&n| u64::from(n)).sum()
    }

    /// The texts.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Bytes that `part` of `document` takes once it is fetched; nothing if it is in memory anyway.
    #[must_use]
    pub fn cost(&self, document: usize, part: Part) -> usize {
        match (&self.tokens, part) {
            (Shelf::Here(_), _) => 0,
            (Shelf::Away(..), Part::Tokens) => self.n_words[document] as usize * TOKEN_BYTES,
            (Shelf::Away(..), Part::Both) => {
                self.n_words[document] as usize * TOKEN_BYTES + self.texts.bytes(document)
            }
        }
    }

    /// All documents in runs whose tokens take at most `bytes`, or one document more; one run if they are in memory.
    #[must_use]
    pub fn batches(&self, bytes: usize) -> Vec<Range<usize>> {
        batches(self.len(), bytes, |document| self.cost(document, Part::Tokens))
    }

    /// For each document its block. The documents of two blocks take at most `bytes`, so that pairs can be worked off in sets
    /// whose documents are in the same two. There is one block if all documents are in memory.
    #[must_use]
    pub fn blocks(&self, part: Part, bytes: usize) -> Vec<u32> {
        let blocks = batches(self.len(), bytes / 2, |document| self.cost(document, part));
        (0..).zip(blocks).flat_map(|(block, documents)| documents.map(move |_| block)).collect()
    }

    /// Fetches `part` of the documents `wanted`.
    ///
    /// # Errors
    ///
    /// One cannot be read back.
    pub fn load(
        &self,
        wanted: impl IntoIterator<Item = usize>,
        part: Part,
    ) -> Result<Loaded<'_>, StoreError> {
        let (Shelf::Away(tokens, places), Texts::Away(texts, text_places)) = (&self.tokens, &self.texts)
        else {
            return Ok(self.all_here());
        };
        let wanted: Vec<usize> = wanted.into_iter().collect();
        let fetched: Vec<(Tokens, String)> = wanted
            .par_chunks(FETCHED)
            .flat_map_iter(|some| {
                some.iter().map(|&document| {
                    let text = match part {
                        Part::Tokens => String::new(),
                        Part::Both => texts.get(text_places[document].0)?,
                    };
                    Ok((tokens.get(places[document])?, text))
                })
            })
            .collect::<Result<_, StoreError>>()?;
        let mut all_texts = vec![String::new(); if part == Part::Both { self.len() } else { 0 }];
        let mut all_tokens = vec![Tokens::default(); self.len()];
        for (document, (tokens, text)) in wanted.into_iter().zip(fetched) {
            all_tokens[document] = tokens;
            if part == Part::Both {
                all_texts[document] = text;
            }
        }
        Ok(Loaded { texts: Cow::Owned(all_texts), tokens: Cow::Owned(all_tokens) })
    }

    fn all_here(&self) -> Loaded<'_> {
        let texts = match &self.texts {
            Texts::Here(texts) => &texts[..],
            Texts::Away(..) => &[],
        };
        let tokens = match &self.tokens {
            Shelf::Here(tokens) => &tokens[..],
            Shelf::Away(..) => &[],
        };
        Loaded { texts: Cow::Borrowed(texts), tokens: Cow::Borrowed(tokens) }
    }

    /// The text of `document`.
    #[must_use]
    pub fn text(&self, document: usize) -> Held<'_, str> {
        self.texts.get(document).unwrap_or_else(|fault| {
            self.note(fault);
            Held::Shared(Arc::from(" ".repeat(self.texts.bytes(document))))
        })
    }

    /// Changes the tokens of every document.
    ///
    /// # Errors
    ///
    /// They cannot be read back or put away again.
    pub fn change(
        &mut self,
        store: &Store,
        batch_bytes: usize,
        change: impl Fn(&mut Tokens) + Sync,
    ) -> Result<(), StoreError> {
        if let Shelf::Here(tokens) = &mut self.tokens {
            tokens.par_iter_mut().for_each(&change);
            return Ok(());
        }
        let (mut spool, mut places) = (Library::token_spool(store), Vec::with_capacity(self.len()));
        for batch in self.batches(batch_bytes) {
            let mut tokens = self.load(batch.clone(), Part::Tokens)?.tokens.into_owned();
            tokens[batch.clone()].par_iter_mut().for_each(&change);
            for changed in &tokens[batch] {
                places.push(spool.push(changed)?);
            }
        }
        self.tokens = Shelf::Away(Box::new(spool), places);
        Ok(())
    }

    /// Whether all that was asked for could be read back; what was made since of what could not is void.
    ///
    /// # Errors
    ///
    /// The first thing that could not.
    pub fn check(&self) -> Result<(), StoreError> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }

    fn note(&self, fault: StoreError) {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
    }

    /// Everything, in memory: texts and tokens by document.
    ///
    /// # Errors
    ///
    /// Something cannot be read back.
    pub fn into_memory(self) -> Result<(Vec<String>, Vec<Tokens>), StoreError> {
        let texts = match self.texts {
            Texts::Here(texts) => texts,
            Texts::Away(spool, places) => {
                places.iter().map(|(place, _)| spool.get(*place)).collect::<Result<_, _>>()?
            }
        };
        let tokens = match self.tokens {
            Shelf::Here(tokens) => tokens,
            Shelf::Away(spool, _) => spool.to_vec()?,
        };
        Ok((texts, tokens))
    }
}

impl TokensOf for Library {
    fn of(&self, document: usize) -> Held<'_, Tokens> {
        match &self.tokens {
            Shelf::Here(tokens) => Held::Borrowed(&tokens[document]),
            Shelf::Away(spool, places) => {
                Held::Shared(Arc::new(spool.get(places[document]).unwrap_or_else(|fault| {
                    self.note(fault);
                    let n = self.n_words[document] as usize;
                    let place = TokenPlace { start: 0, len: 0, surprisal: 0, flags: Flags::default() };
                    Tokens { keys: vec![0; n], places: vec![place; n] }
                })))
            }
        }
    }
}

/// `0..n` in runs that cost at most `most`, or one item more.
#[must_use]
pub fn batches(n: usize, most: usize, cost: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let (mut runs, mut start, mut sum) = (Vec::new(), 0, 0);
    for index in 0..n {
        if sum > most {
            runs.push(start..index);
            (start, sum) = (index, 0);
        }
        sum += cost(index);
    }
    if start < n {
        runs.push(start..n);
    }
    runs
}
