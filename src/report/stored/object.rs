//! The JSON object of a result, element by element.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;

use serde::Deserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::report::SCHEMA_VERSION;
use crate::report::stored::fault::Fault;
use crate::report::stored::restore::Restorer;
use crate::report::stored::{StoredError, said};

/// Reads the object from its beginning.
pub(super) fn read(from: &mut dyn BufRead, restorer: &mut Restorer<'_>) -> Result<(), StoredError> {
    let own = RefCell::new(None);
    let mut parser = serde_json::Deserializer::from_reader(from);
    let read = parser.deserialize_map(Object { restorer, own: &own }).and_then(|()| parser.end());
    match (read, own.into_inner()) {
        (Ok(()), _) => Ok(()),
        (Err(_), Some(error)) => Err(error),
        (Err(error), None) if error.is_io() => Err(StoredError::Read(error.into())),
        (Err(error), None) if error.is_eof() => Err(StoredError::Truncated { line: error.line() }),
        (Err(error), None) => Err(StoredError::Row { line: error.line(), message: said(&error) }),
    }
}

struct Object<'r, 't> {
    restorer: &'r mut Restorer<'t>,
    /// An error that is more than a row's.
    own: &'r RefCell<Option<StoredError>>,
}

impl<'de> Visitor<'de> for Object<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a result")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Object { restorer, own } = self;
        let mut ended = false;
        let fail = |error: StoredError| -> A::Error {
            let shown = A::Error::custom(&error);
            *own.borrow_mut() = Some(error);
            shown
        };
        while let Some(name) = map.next_key::<String>()? {
            if !matches!(&*name, "schema_version" | "tool" | "version" | "settings" | "documents") {
                restorer.settle().map_err(&fail)?;
            }
            match &*name {
                "schema_version" => {
                    let found: u32 = map.next_value()?;
                    if found != SCHEMA_VERSION {
                        return Err(fail(StoredError::Version { line: 1, found }));
                    }
                }
                "settings" => {
                    let settings: BTreeMap<String, Value> = map.next_value()?;
                    restorer.begin(settings).map_err(fail)?;
                }
                "documents" => map.next_value_seed(rows(|row| restorer.document(row)))?,
                "pairs" => map.next_value_seed(rows(|row| restorer.pair(&row)))?,
                "passages" => map.next_value_seed(rows(|row| restorer.passage(row)))?,
                "clusters" => map.next_value_seed(rows(|row| restorer.cluster(row)))?,
                "members" => map.next_value_seed(rows(|row| restorer.member(&row)))?,
                "edges" => map.next_value_seed(rows(|row| {
                    restorer.edge(row);
                    Ok(())
                }))?,
                "recurring" => map.next_value_seed(rows(|row| restorer.recurring(row)))?,
                "warnings" => map.next_value_seed(rows(|row| {
                    restorer.warning(row);
                    Ok(())
                }))?,
                "end" => {
                    ended = true;
                    restorer.end(map.next_value()?).map_err(A::Error::custom)?;
                }
                "run" => restorer.run(&map.next_value()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if ended { Ok(()) } else { Err(fail(StoredError::NotAResult)) }
    }
}

/// A table whose rows go to `take`.
fn rows<T, F: FnMut(T) -> Result<(), Fault>>(take: F) -> Elements<T, F> {
    Elements { take, row: std::marker::PhantomData }
}

struct Elements<T, F> {
    take: F,
    row: std::marker::PhantomData<T>,
}

impl<'de, T: DeserializeOwned, F: FnMut(T) -> Result<(), Fault>> DeserializeSeed<'de> for Elements<T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned, F: FnMut(T) -> Result<(), Fault>> Visitor<'de> for Elements<T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        while let Some(row) = seq.next_element::<T>()? {
            (self.take)(row).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
