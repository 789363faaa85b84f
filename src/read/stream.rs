//! Opens an input: counts, unpacks, looks at its first bytes, and decodes it where it is not ASCII-based.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::rc::Rc;

use encoding_rs::{Encoding, UTF_8};
use flate2::read::MultiGzDecoder;

use crate::model::Observer;
use crate::read::encoding::{self, Transcoder};
use crate::read::walk::InputFile;

/// How much of an input is looked at to tell what it is, in bytes.
const HEAD_BYTES: u64 = 64 * 1024;

/// An unpacked input whose first bytes were looked at.
pub(super) struct Stream<'a> {
    /// The first bytes, again part of `reader`.
    pub(super) head: Vec<u8>,
    pub(super) reader: Box<dyn Read + 'a>,
}

impl<'a> Stream<'a> {
    /// Opens a file or standard input; unpacks gzip and zstd by their magic numbers, whatever the name says.
    pub(super) fn open(file: &InputFile, observer: &'a dyn Observer) -> io::Result<Stream<'a>> {
        let raw: Box<dyn Read> =
            if file.is_stdin() { Box::new(io::stdin().lock()) } else { Box::new(File::open(&file.path)?) };
        Stream::unpack(Box::new(Counted { inner: raw, observer, pending: 0 }))
    }

    /// The same for any reader.
    pub(super) fn unpack(raw: Box<dyn Read + 'a>) -> io::Result<Stream<'a>> {
        let packed = Stream::peek(raw)?;
        match packed.head.get(..4) {
            Some([0x1f, 0x8b, 8, _]) => {
                Stream::peek(Box::new(MultiGzDecoder::new(BufReader::new(packed.reader))))
            }
            Some([0x28, 0xb5, 0x2f, 0xfd]) => Stream::peek(Box::new(zstd::Decoder::new(packed.reader)?)),
            _ => Ok(packed),
        }
    }

    fn peek(mut reader: Box<dyn Read + 'a>) -> io::Result<Stream<'a>> {
        let mut head = Vec::new();
        let fault = reader.by_ref().take(HEAD_BYTES).read_to_end(&mut head).err();
        match fault {
            Some(fault) if head.is_empty() => return Err(fault),
            // What came before the fault is read; the fault is met again behind it.
            Some(fault) => reader = Box::new(Fault(Some(fault))),
            None => {}
        }
        let reader = Box::new(Cursor::new(head.clone()).chain(reader));
        Ok(Stream { head, reader })
    }

    /// The whole input, unless it has more than `limit` bytes.
    pub(super) fn read_whole(self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        self.reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= limit).then_some(bytes))
    }

    /// The input as bytes whose line ends, quotes and braces are ASCII: decoded on the way if it is UTF-16 or if
    /// an encoding is asked for, without its byte order mark.
    pub(super) fn into_records(self, forced: Option<&'static Encoding>) -> io::Result<RecordStream<'a>> {
        let replaced = Rc::new(Cell::new(0));
        let (encoding, mark) = match (encoding::marked(&self.head), forced) {
            (Some((encoding, mark)), None) => (Some(encoding), mark),
            (Some((encoding, mark)), _) if mark > 0 => (Some(encoding), mark),
            (_, forced) => (forced, 0),
        };
        let mut reader = self.reader;
        io::copy(&mut reader.by_ref().take(mark as u64), &mut io::sink())?;
        let Some(encoding) = encoding.filter(|&encoding| encoding != UTF_8) else {
            let head = self.head[mark..].to_vec();
            return Ok(RecordStream { head, reader: BufReader::new(reader), decoded: None, replaced });
        };
        let decoded = Stream::peek(Box::new(Transcoder::new(reader, encoding, Rc::clone(&replaced))))?;
        let reader = BufReader::new(decoded.reader);
        Ok(RecordStream { head: decoded.head, reader, decoded: Some(encoding), replaced })
    }
}

/// An input ready to be cut into records.
pub(super) struct RecordStream<'a> {
    /// The first bytes, again part of `reader`.
    pub(super) head: Vec<u8>,
    pub(super) reader: BufReader<Box<dyn Read + 'a>>,
    /// What the stream was decoded from; `None` if it still is in the bytes of the file.
    pub(super) decoded: Option<&'static Encoding>,
    /// Characters replaced while decoding so far.
    pub(super) replaced: Rc<Cell<u64>>,
}

/// A reader that fails once, then ends.
struct Fault(Option<io::Error>);

impl Read for Fault {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Tells the observer of every byte read, a mebibyte at a time, and ends early when asked to stop.
struct Counted<'a> {
    inner: Box<dyn Read>,
    observer: &'a dyn Observer,
    pending: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.observer.is_cancelled() {
            return Ok(0);
        }
        let read = self.inner.read(target)?;
        self.pending += read as u64;
        if self.pending >= 1 << 20 {
            self.observer.advance(self.pending);
            self.pending = 0;
        }
        Ok(read)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.observer.advance(self.pending);
    }
}
