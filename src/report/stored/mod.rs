//! A written result, read back: the inverse of [`rows`](crate::report::rows).
//!
//! In: JSON Lines or the JSON object, as [`json`](crate::report::json) writes them, and a way to the texts. Out: an
//! [`Analysis`] that every format takes. JSON Lines are read line by line and the object element by element, so that memory holds the result
//! and one row. Texts are read again and recognized by their digest, whatever file or record they stand in now; of those that cannot
//! be had, what the result quotes is put in its place, and the rest stays blank. Words are made again with the settings of
//! the result: a tenth of the time that finding the passages took.
//!
//! Not in a result, and so not in what is read back: a passage's evidence in bits, its longest run, its blocks.

mod blanks;
mod error;
mod fault;
mod meaning;
mod object;
mod restore;
mod rows;
mod script;
mod words;

#[cfg(test)]
mod tests;

use std::io::{BufRead, Read};

use serde::Deserialize;

pub use error::StoredError;

use crate::model::Analysis;
use crate::report::SCHEMA_VERSION;
use crate::report::stored::fault::Fault;
use crate::report::stored::restore::Restorer;
use crate::report::stored::rows::Begin;

/// Bytes of the longest line: a passage of a whole book on both sides, twice over.
const MOST_LINE: u64 = 1 << 30;

/// Gives the texts that can be had in the files of these paths, or elsewhere.
pub type Texts<'t> = &'t mut dyn FnMut(&[String]) -> Vec<String>;

/// What became of the texts of a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Documents whose text could not be had.
    pub gone: usize,
    /// Documents whose text reads as other words than it did in the run.
    pub reread: usize,
}

/// Reads a result. `texts` is called once with the paths that the result names, sorted, and gives the texts it can find there, or
/// elsewhere, in any order.
///
/// # Errors
///
/// What is no result, was cut short or damaged, or has another schema.
pub fn read(from: &mut dyn BufRead, texts: Texts<'_>) -> Result<(Analysis, Looked), StoredError> {
    let mut restorer = Restorer::new(texts);
    let first = beginning(from)?;
    if serde_json::from_slice::<Head<'_>>(&first).is_ok_and(|head| head.kind == "begin") {
        lines(&first, from, &mut restorer)?;
    } else if is_object(&first) {
        object::read(&mut first.as_slice().chain(from), &mut restorer)?;
    } else {
        return Err(StoredError::NotAResult);
    }
    Ok((restorer.analysis, restorer.looked))
}

/// The first line, or as much of it as tells what it is; with the second where an object was laid out anew and has its brace on a line
/// of its own.
fn beginning(from: &mut dyn BufRead) -> Result<Vec<u8>, StoredError> {
    let mut line = Vec::new();
    from.take(FIRST).read_until(b'\n', &mut line)?;
    if line.trim_ascii() == b"{" {
        from.take(FIRST).read_until(b'\n', &mut line)?;
    }
    Ok(line)
}

/// Whether a file that begins like this is a result as one object, however it is laid out.
fn is_object(first: &[u8]) -> bool {
    let within = first.trim_ascii_start().strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    within.is_some_and(|within| within.starts_with(b"\"schema_version\""))
}

/// Bytes that the settings of a run fit into.
const FIRST: u64 = 16 << 20;

/// The `type` of a row.
#[derive(Deserialize)]
struct Head<'a> {
    #[serde(rename = "type", borrow)]
    kind: std::borrow::Cow<'a, str>,
}

fn lines(first: &[u8], from: &mut dyn BufRead, restorer: &mut Restorer<'_>) -> Result<(), StoredError> {
    begin(parsed(first, 1)?, 1, restorer)?;
    let (mut line, mut ended) = (1, false);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let n = from.take(MOST_LINE).read_until(b'\n', &mut bytes)?;
        if n == 0 {
            return if ended { Ok(()) } else { Err(StoredError::Truncated { line }) };
        }
        line += 1;
        if n as u64 == MOST_LINE {
            return Err(StoredError::LongLine { line, limit: MOST_LINE });
        }
        let has_end = bytes.ends_with(b"\n");
        match row(&bytes, line, restorer) {
            Ok(is_end) => ended |= is_end,
            // Half a line is the last one of a file that was cut.
            Err(_) if !has_end => return Err(StoredError::Truncated { line }),
            Err(error) => return Err(error),
        }
    }
}

/// Takes a row; whether it is the one that ends the tables.
fn row(bytes: &[u8], line: usize, restorer: &mut Restorer<'_>) -> Result<bool, StoredError> {
    let head: Head<'_> = parsed(bytes, line)?;
    if head.kind != "document" {
        restorer.settle()?;
    }
    let done: Result<(), Fault> = match &*head.kind {
        "document" => restorer.document(parsed(bytes, line)?),
        "pair" => restorer.pair(&parsed(bytes, line)?),
        "passage" => restorer.passage(parsed(bytes, line)?),
        "cluster" => restorer.cluster(parsed(bytes, line)?),
        "member" => restorer.member(&parsed(bytes, line)?),
        "edge" => {
            restorer.edge(parsed(bytes, line)?);
            Ok(())
        }
        "recurring" => restorer.recurring(parsed(bytes, line)?),
        "warning" => {
            restorer.warning(parsed(bytes, line)?);
            Ok(())
        }
        "end" => restorer.end(parsed(bytes, line)?),
        "run" => {
            restorer.run(&parsed(bytes, line)?);
            Ok(())
        }
        // A table that a later program adds, or the findings of a gate.
        _ => Ok(()),
    };
    let is_end = head.kind == "end";
    done.map(|()| is_end).map_err(|message| StoredError::Row { line, message })
}

fn begin(begin: Begin, line: usize, restorer: &mut Restorer<'_>) -> Result<(), StoredError> {
    if begin.schema_version != SCHEMA_VERSION {
        return Err(StoredError::Version { line, found: begin.schema_version });
    }
    restorer.begin(begin.settings)
}

fn parsed<'b, T: Deserialize<'b>>(bytes: &'b [u8], line: usize) -> Result<T, StoredError> {
    serde_json::from_slice(bytes).map_err(|error| StoredError::Row { line, message: said(&error) })
}

/// What a parser says, without the place, which is told by us.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
