//! JSON Lines: one object a line, a bounded line at a time.

use std::io::{self, BufRead, Read};

use crate::read::reading::Reading;

/// Reads a record from every line that is not empty.
pub(super) fn read(mut input: impl BufRead, reading: &mut Reading<'_>) -> io::Result<()> {
    reading.begin_table(None);
    let mut bytes = Vec::new();
    let mut line = 0_u32;
    loop {
        line = line.saturating_add(1);
        match next_line(&mut input, reading.limit(), &mut bytes)? {
            Line::End => break,
            Line::TooLong => reading.lost_too_long(line),
            Line::Whole => {
                let record = bytes.trim_ascii();
                if !record.is_empty() {
                    reading.json_record(record, line);
                }
            }
        }
    }
    reading.end_table();
    Ok(())
}

/// What [`next_line`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    End,
    Whole,
    /// More than the limit; passed over.
    TooLong,
}

/// Reads one line of at most `limit` bytes, without its end. No more than that is held in memory.
fn next_line(input: &mut impl BufRead, limit: u64, bytes: &mut Vec<u8>) -> io::Result<Line> {
    bytes.clear();
    // Room for the line's end, two bytes.
    let read = input.take(limit.saturating_add(2)).read_until(b'\n', bytes)?;
    if read == 0 {
        return Ok(Line::End);
    }
    let ended = bytes.last() == Some(&b'\n');
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    if bytes.len() as u64 <= limit {
        return Ok(Line::Whole);
    }
    if !ended {
        input.skip_until(b'\n')?;
    }
    Ok(Line::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_limit() {
        let mut input = io::BufReader::with_capacity(4, "abc\r\n\nabcd\nabcde\nab\n12345\r\nlast".as_bytes());
        let mut bytes = Vec::new();
        let mut told = Vec::new();
        loop {
            match next_line(&mut input, 4, &mut bytes).unwrap() {
                Line::End => break,
                Line::TooLong => told.push("too long".to_owned()),
                Line::Whole => told.push(String::from_utf8(bytes.clone()).unwrap()),
            }
        }
        assert_eq!(told, ["abc", "", "abcd", "too long", "ab", "too long", "last"]);
    }
}
