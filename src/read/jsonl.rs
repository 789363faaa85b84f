//! JSON Lines: one object a line, a bounded block of lines at a time.
//!
//! A block is cut at line ends into parts that threads parse at once; what they found is put together in order, so
//! that numbers, remarks and documents are those of one thread. Lines that are not UTF-8 are read in order by one
//! thread, since each teaches the next its encoding.

use std::io::{self, BufRead};

use memchr::{memchr_iter, memrchr};
use rayon::prelude::*;

use crate::read::reading::Reading;

/// Bytes of a block, one a file: parts for some dozens of threads, little beside the texts.
const BLOCK_BYTES: usize = 8 << 20;

/// Bytes of a part, at least: a tenth of a millisecond of parsing, far more than it costs to hand it over.
const PART_BYTES: usize = 128 << 10;

/// Reads a record from every line that is not empty.
pub(super) fn read(input: impl BufRead, reading: &mut Reading<'_>) -> io::Result<()> {
    read_in_blocks(input, (BLOCK_BYTES, PART_BYTES), reading)
}

fn read_in_blocks(
    input: impl BufRead,
    (block_bytes, part_bytes): (usize, usize),
    reading: &mut Reading<'_>,
) -> io::Result<()> {
    reading.begin_table(None);
    let mut blocks = Blocks::new(input, block_bytes, reading.limit());
    let mut line = 1_u32;
    loop {
        let fault = match blocks.next() {
            Ok(Block::End) => break,
            Ok(Block::TooLong) => {
                reading.lost_too_long(line);
                line = line.saturating_add(1);
                continue;
            }
            Ok(Block::Whole) => None,
            Err(fault) => Some(fault),
        };
        line = read_block(blocks.lines(), line, part_bytes, reading);
        if let Some(fault) = fault {
            return Err(fault);
        }
    }
    reading.end_table();
    Ok(())
}

/// Reads the records of whole lines, the first of which is number `line` of its file; returns the number after the
/// last.
fn read_block(block: &[u8], mut line: u32, part_bytes: usize, reading: &mut Reading<'_>) -> u32 {
    let parts = parts(block, part_bytes);
    if let [part] = parts[..] {
        read_lines(part, line, reading);
        return line.saturating_add(n_lines(part));
    }
    let limit = reading.limit();
    let counted: Vec<(u32, u32)> =
        parts.par_iter().map(|part| (n_lines(part), n_records(part, limit))).collect();
    let mut number = reading.n_records();
    let mut starts = Vec::with_capacity(parts.len());
    for &(n_lines, n_records) in &counted {
        starts.push((line, number));
        line = line.saturating_add(n_lines);
        number = number.saturating_add(n_records);
    }
    let whole: &Reading<'_> = reading;
    let done: Vec<Option<Reading<'_>>> = parts
        .par_iter()
        .zip(&starts)
        .map(|(part, &(line, number))| {
            let mut own = whole.part(number);
            read_lines(part, line, &mut own);
            (!own.is_undecided()).then_some(own)
        })
        .collect();
    for ((part, done), (line, _)) in parts.into_iter().zip(done).zip(starts) {
        match done {
            Some(done) => reading.absorb(done),
            None => read_lines(part, line, reading),
        }
    }
    line
}

/// Cuts a block at line ends into parts of at least `part_bytes` bytes.
fn parts(block: &[u8], part_bytes: usize) -> Vec<&[u8]> {
    let mut parts = Vec::with_capacity(block.len() / part_bytes + 1);
    let mut rest = block;
    while !rest.is_empty() {
        let from = part_bytes.min(rest.len());
        let end = memchr::memchr(b'\n', &rest[from..]).map_or(rest.len(), |at| from + at + 1);
        let (part, after) = rest.split_at(end);
        parts.push(part);
        rest = after;
    }
    parts
}

fn n_lines(part: &[u8]) -> u32 {
    u32::try_from(memchr_iter(b'\n', part).count()).unwrap_or(u32::MAX)
}

/// How many lines count as records, read or lost.
fn n_records(part: &[u8], limit: u64) -> u32 {
    let records = lines(part).filter(|line| !matches!(Line::of(line, limit), Line::Empty));
    u32::try_from(records.count()).unwrap_or(u32::MAX)
}

fn read_lines(part: &[u8], first: u32, reading: &mut Reading<'_>) {
    for (at, bytes) in lines(part).enumerate() {
        let line = first.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        match Line::of(bytes, reading.limit()) {
            Line::Empty => {}
            Line::TooLong => reading.lost_too_long(line),
            Line::Record(record) => reading.json_record(record, line),
        }
        if reading.is_undecided() {
            return;
        }
    }
}

/// The lines of a part, without their line feeds.
fn lines(part: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    let ends = memchr_iter(b'\n', part).chain((!part.ends_with(b"\n")).then_some(part.len()));
    ends.map(move |end| {
        let line = &part[start..end];
        start = end + 1;
        line
    })
}

/// What a line is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'a> {
    /// Blanks alone.
    Empty,
    /// A record without the blanks around it.
    Record(&'a [u8]),
    /// More than the limit; passed over.
    TooLong,
}

impl Line<'_> {
    fn of(line: &[u8], limit: u64) -> Line<'_> {
        let n_ends = line.iter().rev().take_while(|&&byte| byte == b'\r').count();
        if (line.len() - n_ends) as u64 > limit {
            return Line::TooLong;
        }
        match line.trim_ascii() {
            [] => Line::Empty,
            record => Line::Record(record),
        }
    }
}

/// Cuts an input into blocks of whole lines.
struct Blocks<R> {
    input: R,
    block_bytes: usize,
    /// Longest line that is kept, in bytes.
    limit: u64,
    bytes: Vec<u8>,
    /// Bytes read and not yet handed over.
    filled: usize,
    /// Of these, bytes in whole lines.
    whole: usize,
}

/// What [`Blocks::next`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    End,
    /// [`Blocks::lines`] are whole lines.
    Whole,
    /// One line above the limit, passed over.
    TooLong,
}

impl<R: BufRead> Blocks<R> {
    fn new(input: R, block_bytes: usize, limit: u64) -> Blocks<R> {
        Blocks { input, block_bytes, limit, bytes: Vec::new(), filled: 0, whole: 0 }
    }

    /// The lines of the block at hand; what is whole of them when reading failed.
    fn lines(&self) -> &[u8] {
        &self.bytes[..self.whole]
    }

    /// Reads the next block: about as many bytes as asked for, or one line that is longer. No more than the limit of a
    /// line is held in memory, or the block if that is more.
    fn next(&mut self) -> io::Result<Block> {
        self.bytes.copy_within(self.whole..self.filled, 0);
        self.filled -= self.whole;
        self.whole = 0;
        let mut wanted = self.block_bytes;
        loop {
            let ended = self.fill(wanted)?;
            if ended {
                self.whole = self.filled;
                return Ok(if self.filled == 0 { Block::End } else { Block::Whole });
            }
            self.whole = whole_lines(&self.bytes[..self.filled]);
            if self.whole > 0 {
                return Ok(Block::Whole);
            }
            // Room for the line's end, two bytes.
            let most = usize::try_from(self.limit.saturating_add(2)).unwrap_or(usize::MAX);
            if self.filled > most {
                self.filled = 0;
                self.input.skip_until(b'\n')?;
                return Ok(Block::TooLong);
            }
            wanted = self.filled.saturating_mul(2).min(most.saturating_add(1));
        }
    }

    /// Reads until `wanted` bytes are there; tells whether the input ended.
    fn fill(&mut self, wanted: usize) -> io::Result<bool> {
        const FIRST: usize = 64 << 10;
        while self.filled < wanted {
            if self.filled == self.bytes.len() {
                let len = (self.filled * 2).max(FIRST).min(wanted);
                self.bytes.resize(len, 0);
            }
            let room = self.bytes.len().min(wanted);
            match self.input.read(&mut self.bytes[self.filled..room]) {
                Ok(0) => return Ok(true),
                Ok(read) => self.filled += read,
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) => {
                    self.whole = whole_lines(&self.bytes[..self.filled]);
                    return Err(fault);
                }
            }
        }
        Ok(false)
    }
}

/// Length of the whole lines at the start of `bytes`.
fn whole_lines(bytes: &[u8]) -> usize {
    memrchr(b'\n', bytes).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;
    use crate::read::params::ReadParams;
    use crate::read::reading::Outcome;
    use crate::read::walk::InputFile;
    use crate::store::Intake;

    #[test]
    fn lines_keep_to_the_limit() {
        let all = b"abc\r\n\nabcd\nabcde\nab\n12345\r\n \t\nlast";
        let told: Vec<String> = lines(all)
            .map(|line| match Line::of(line, 4) {
                Line::Empty => String::new(),
                Line::TooLong => "too long".to_owned(),
                Line::Record(record) => String::from_utf8_lossy(record).into_owned(),
            })
            .collect();
        assert_eq!(told, ["abc", "", "abcd", "too long", "ab", "too long", "", "last"]);
    }

    /// What a file of these bytes gives in blocks and parts of this size, up to where its reading fails.
    fn outcome(mut input: impl BufRead, sizes: (usize, usize)) -> (Outcome, Option<String>) {
        let params = ReadParams { max_document_bytes: 60, ..ReadParams::default() };
        let intake = Intake::in_memory();
        let job = crate::read::job(&params, &intake).unwrap();
        let file = InputFile {
            path: "a".into(),
            shown: "a".into(),
            relative: "a".into(),
            folder: String::new(),
            chosen: true,
            bytes: 0,
        };
        let mut reading = Reading::new(&job, &file, None);
        let fault = read_in_blocks(&mut input, sizes, &mut reading).err();
        (reading.finish(0), fault.map(|fault| fault.to_string()))
    }

    const LINES: [&[u8]; 14] = [
        b"{\"id\": 1, \"text\": \"One. Two.\"}",
        b"{\"text\": \"BAKU, March 2, 2026 - All\"}",
        b"{\"text\": \"x\", \"date\": \"03/04/2026\"}",
        b"{\"text\": \"x\", \"date\": \"soon\", \"a\": NaN}",
        b"{\"text\": \"caf\xe9\"}",
        b"{\"text\": \"\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0\"}",
        "{\"text\": \"né à Bakı\"}\r".as_bytes(),
        b"{\"body\": 3, \"b\": 1}",
        b"{\"other\": 3}",
        b"{\"text\": \"  \"}",
        b"[1]",
        b"{\"text\": \"broken",
        b"",
        b"{\"id\": 7, \"text\": \"far too long to be read by a reader that keeps to sixty bytes\"}",
    ];

    proptest! {
        #[test]
        fn blocks_and_parts_change_nothing(
            chosen in prop::collection::vec(prop::sample::select(&LINES[..]), 0..30),
            is_ended in any::<bool>(),
            (block, part) in (1_usize..400, 1_usize..200),
            cut in prop::option::of(0_usize..900),
        ) {
            let mut bytes = chosen.join(&b"\n"[..]);
            bytes.extend(is_ended.then_some(b'\n'));
            let input = || {
                let whole = &bytes[..cut.map_or(bytes.len(), |cut| cut.min(bytes.len()))];
                io::BufReader::with_capacity(7, whole.chain(Fails(cut.is_some())))
            };
            let slow = outcome(input(), (1 << 20, 1 << 20));
            let fast = outcome(input(), (block, part));
            prop_assert_eq!(format!("{slow:?}"), format!("{fast:?}"));
        }
    }

    /// A reader that fails if it is to, else ends.
    struct Fails(bool);

    impl io::Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            if self.0 { Err(io::Error::other("gone")) } else { Ok(0) }
        }
    }
}
