//! Takes texts as they are read and keeps them, in memory as long as they fit, then on disk.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::model::{Document, TextPlace};
use crate::store::error::StoreError;
use crate::store::folder::Store;
use crate::store::library::Texts;
use crate::store::spool::{Place, Spool};

/// Where the texts of documents go while they are read; shared by the threads that read.
#[derive(Debug)]
pub struct Intake {
    store: Store,
    /// Bytes of text that stay in memory.
    most: u64,
    taken: AtomicU64,
    away: Mutex<Away>,
}

#[derive(Debug)]
struct Away {
    spool: Spool<String>,
    fault: Option<StoreError>,
}

impl Intake {
    /// One that keeps `most` bytes of text in memory and puts further ones into `store`.
    #[must_use]
    pub fn new(store: &Store, most: u64) -> Intake {
        let away = Mutex::new(Away { spool: Texts::spool(store), fault: None });
        Intake { store: store.clone(), most, taken: AtomicU64::new(0), away }
    }

    /// One that leaves every text in its document.
    #[must_use]
    pub fn in_memory() -> Intake {
        Intake::new(&Store::in_memory(), u64::MAX)
    }

    /// Where texts are put.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Takes the text of `document`, or leaves it there while there is room. What cannot be put away is told by
    /// [`Intake::check`].
    pub fn take(&self, document: &mut Document) {
        let bytes = document.text.len() as u64;
        let before = self.taken.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) <= self.most {
            return;
        }
        let text = std::mem::take(&mut document.text);
        let mut away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        if away.fault.is_some() {
            return;
        }
        match away.spool.push(&text) {
            Ok(place) => document.away = Some(TextPlace { at: place.number(), bytes: text.len() as u32 }),
            Err(fault) => away.fault = Some(fault),
        }
    }

    /// Whether all texts could be put away so far.
    ///
    /// # Errors
    ///
    /// The first one that could not.
    pub fn check(&self) -> Result<(), StoreError> {
        let fault = self.away.lock().unwrap_or_else(PoisonError::into_inner).fault.take();
        fault.map_or(Ok(()), Err)
    }

    /// The texts of `documents`, which lose them: in memory if all of them are, else all put away.
    ///
    /// # Errors
    ///
    /// A text cannot be put away.
    pub fn into_texts(self, documents: &mut [Document]) -> Result<Texts, StoreError> {
        let Away { mut spool, fault } = self.away.into_inner().unwrap_or_else(PoisonError::into_inner);
        fault.map_or(Ok(()), Err)?;
        if documents.iter().all(|document| document.away.is_none()) {
            return Ok(Texts::Here(
                documents.iter_mut().map(|document| std::mem::take(&mut document.text)).collect(),
            ));
        }
        let mut places = Vec::with_capacity(documents.len());
        for document in documents {
            let text = std::mem::take(&mut document.text);
            places.push(match document.away.take() {
                Some(TextPlace { at, bytes }) => (Place::at_number(at), bytes),
                None => (spool.push(&text)?, text.len() as u32),
            });
        }
        Ok(Texts::Away(Box::new(spool), places))
    }
}
