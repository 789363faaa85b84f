//! Tables: delimiter found by trial, quoted line breaks, physical line numbers, one row in memory at a time.

use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::read::fields::{FieldNames, Role};

/// What divides the fields of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Delimiter(u8);

impl Delimiter {
    pub(super) const TAB: Delimiter = Delimiter(b'\t');
    const ALL: [Delimiter; 4] = [Delimiter(b','), Delimiter(b';'), Delimiter::TAB, Delimiter(b'|')];
}

/// Rows looked at to find the delimiter.
const SNIFFED_ROWS: usize = 20;

/// More columns than this make a row unreadable; spreadsheets end at 16,384.
const MAX_COLUMNS: usize = 65_536;

/// The delimiter of the table that `head` begins: the one under which a text column appears, most rows have the
/// header's length, and there are most columns, in this order; a comma if none divides anything.
pub(super) fn sniff(head: &[u8], names: &FieldNames) -> Delimiter {
    if let [b's', b'e', b'p', b'=', delimiter, b'\r' | b'\n', ..] = head {
        return Delimiter(*delimiter);
    }
    // The earlier one wins a tie.
    let ranked = Delimiter::ALL.iter().rev().max_by_key(|&&delimiter| rank(head, delimiter, names));
    *ranked.unwrap_or(&Delimiter::ALL[0])
}

/// Whether `head` begins a table with a column of texts.
pub(super) fn looks_like_table(head: &[u8], names: &FieldNames) -> bool {
    rank(head, sniff(head, names), names).0
}

fn rank(head: &[u8], delimiter: Delimiter, names: &FieldNames) -> (bool, usize, usize) {
    let mut rows = Rows::new(head, delimiter, head.len() as u64);
    let Ok(Row::Whole { .. }) = rows.next_row() else { return (false, 0, 0) };
    let header: Vec<String> =
        rows.fields().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect();
    let has_text = header.len() > 1 && header.iter().any(|column| names.names(Role::Text, column));
    let mut regular = 0;
    for _ in 0..SNIFFED_ROWS {
        let Ok(Row::Whole { .. }) = rows.next_row() else { break };
        regular += usize::from(rows.fields().len() == header.len() && header.len() > 1);
    }
    (has_text, regular, header.len())
}

/// What [`Rows::next_row`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// No more rows.
    End,
    /// A row, now in [`Rows::fields`].
    Whole { line: u32 },
    /// A row larger than the limit, passed over.
    TooLong { line: u32 },
}

/// Cuts a stream into rows.
pub(super) struct Rows<R> {
    input: R,
    core: Reader,
    line: u32,
    limit: usize,
    out: Vec<u8>,
    ends: Vec<usize>,
    n_fields: usize,
}

impl<R: BufRead> Rows<R> {
    /// Rows of `input` with at most `limit` bytes each.
    pub(super) fn new(input: R, delimiter: Delimiter, limit: u64) -> Rows<R> {
        Rows {
            input,
            core: ReaderBuilder::new().delimiter(delimiter.0).build(),
            line: 1,
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            out: vec![0; 4096],
            ends: vec![0; 64],
            n_fields: 0,
        }
    }

    /// The fields of the row read last, unquoted.
    pub(super) fn fields(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        (0..self.n_fields).map(|field| {
            let start = if field == 0 { 0 } else { self.ends[field - 1] };
            &self.out[start..self.ends[field]]
        })
    }

    /// Reads one row, however many lines it spans; empty lines are passed over.
    pub(super) fn next_row(&mut self) -> io::Result<Row> {
        self.n_fields = 0;
        self.pass_line_ends()?;
        let line = self.line;
        let (mut written, mut n_ends, mut too_long) = (0, 0, false);
        loop {
            let input = self.input.fill_buf()?;
            let (result, read, wrote, ended) =
                self.core.read_record(input, &mut self.out[written..], &mut self.ends[n_ends..]);
            self.line = self.line.saturating_add(count_lines(&input[..read]));
            self.input.consume(read);
            written += wrote;
            n_ends += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.out.len() <= self.limit => {
                    let len = (self.out.len() * 2).min(self.limit.saturating_add(1));
                    self.out.resize(len, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MAX_COLUMNS => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                // Too large: read on over what there is, for the sake of the rows after it.
                ReadRecordResult::OutputFull => (written, too_long) = (0, true),
                ReadRecordResult::OutputEndsFull => (n_ends, too_long) = (0, true),
                ReadRecordResult::Record if too_long || written > self.limit => {
                    return Ok(Row::TooLong { line });
                }
                ReadRecordResult::Record => {
                    self.n_fields = n_ends;
                    return Ok(Row::Whole { line });
                }
                ReadRecordResult::End => return Ok(Row::End),
            }
        }
    }

    fn pass_line_ends(&mut self) -> io::Result<()> {
        loop {
            let input = self.input.fill_buf()?;
            let len = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if len == 0 {
                return Ok(());
            }
            self.line = self.line.saturating_add(count_lines(&input[..len]));
            self.input.consume(len);
        }
    }
}

fn count_lines(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|&&byte| byte == b'\n').count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::ReadParams;

    fn told(text: &str, delimiter: Delimiter, limit: u64) -> String {
        let mut rows = Rows::new(io::BufReader::with_capacity(3, text.as_bytes()), delimiter, limit);
        let mut lines = Vec::new();
        loop {
            match rows.next_row().unwrap() {
                Row::End => return lines.join(" / "),
                Row::TooLong { line } => lines.push(format!("{line}: too long")),
                Row::Whole { line } => {
                    let fields: Vec<_> = rows.fields().map(String::from_utf8_lossy).collect();
                    lines.push(format!("{line}: {}", fields.join("|")));
                }
            }
        }
    }

    #[test]
    fn cuts_rows_at_physical_lines() {
        let cases = [
            ("a,b\r\n1,\"x\r\ny\"\r\n\r\n2,z", "1: a|b / 2: 1|x\r\ny / 5: 2|z"),
            ("a,b\n\"say \"\"no\"\"\",\n", "1: a|b / 2: say \"no\"|"),
            ("", ""),
            ("\n\n", ""),
            ("a\n\"never closed\nb\n", "1: a / 2: never closed\nb\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text, Delimiter(b','), 1000), expected, "{text}");
        }
    }

    #[test]
    fn passes_over_rows_beyond_the_limit() {
        let long = "x".repeat(30_000);
        let text = format!("a,b\n1,{long}\n2,short\n3,{long}");
        assert_eq!(told(&text, Delimiter(b','), 20), "1: a|b / 2: too long / 3: 2|short / 4: too long");
        let columns = ",".repeat(70_000);
        assert_eq!(told(&format!("{columns}\na"), Delimiter(b','), 1 << 20), "1: too long / 2: a");
    }

    #[test]
    fn finds_the_delimiter() {
        let names = FieldNames::new(&ReadParams::default());
        let cases = [
            ("id,text\n1,\"a;b;c\"\n", b','),
            ("id;text\n1;\"a, b, c\"\n", b';'),
            ("id\ttext\n1\ta, b\n", b'\t'),
            ("id|text|n\n1|a, b|c\n", b'|'),
            ("name;place, county;note\nx;y, z;w\n", b';'),
            ("sep=|\nid|text\n", b'|'),
            ("text\nprose, with commas\n", b','),
        ];
        for (head, expected) in cases {
            assert_eq!(sniff(head.as_bytes(), &names), Delimiter(expected), "{head}");
        }
    }
}
