//! JSON that need not fit into memory: cut into records byte by byte, parsed one record at a time.
//!
//! serde_json would read a string of 200 MB into memory before anyone could object. So strings and brackets are
//! tracked here, records beyond the limit are passed over, and one that does not parse costs only itself.

use std::io::{self, BufRead, Cursor, Read};

use serde_json::Value;

use crate::read::fields::Role;
use crate::read::reading::Reading;
use crate::read::repair;

/// Reads records of any shape: an array of them, one, several in a row, or an object that holds arrays of them.
pub(super) fn read(input: impl BufRead, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut scanner = Scanner::new(input);
    let mut first = true;
    reading.begin_table(None);
    loop {
        match scanner.next_solid()? {
            None => break,
            Some(b'[') => {
                scanner.advance();
                read_array(&mut scanner, reading)?;
            }
            Some(b'{') => {
                let line = scanner.line;
                let mut bytes = Vec::new();
                match scanner.capture(reading.limit(), &mut bytes)? {
                    Captured::Whole => read_object(&bytes, line, first, reading)?,
                    Captured::CutOff => reading.lost(line, "the file ends inside this object".into()),
                    Captured::TooLong => {
                        let rest = Cursor::new(bytes).chain(&mut scanner.input);
                        return read_wrapper(io::BufReader::new(rest), line, reading);
                    }
                }
            }
            Some(_) => {
                reading.lost(scanner.line, "not JSON: expected [ or {; give the right extension".into());
                break;
            }
        }
        first = false;
    }
    reading.end_table();
    Ok(())
}

/// An object that fits the limit: a record, or else, if it is the first thing of its file, a wrapper of arrays.
fn read_object(bytes: &[u8], line: u32, first: bool, reading: &mut Reading<'_>) -> io::Result<()> {
    if first && is_wrapper(bytes, reading) {
        return read_wrapper(bytes, line, reading);
    }
    reading.json_record(bytes, line);
    Ok(())
}

fn is_wrapper(bytes: &[u8], reading: &Reading<'_>) -> bool {
    let Ok((Value::Object(fields), _)) = repair::parse(&String::from_utf8_lossy(bytes)) else { return false };
    let has_text = fields.keys().any(|key| reading.names().names(Role::Text, key));
    !has_text && holds_records(fields.values(), 2)
}

fn holds_records<'a>(mut values: impl Iterator<Item = &'a Value>, depth: u32) -> bool {
    values.any(|value| match value {
        Value::Array(items) => items.first().is_some_and(Value::is_object),
        Value::Object(fields) => depth > 0 && holds_records(fields.values(), depth - 1),
        _ => false,
    })
}

/// Reads every array of objects inside an object, each as a table of its own.
fn read_wrapper(input: impl BufRead, line: u32, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut scanner = Scanner::new(input);
    scanner.line = line;
    let (mut depth, mut key, mut n_arrays) = (0_u32, String::new(), 0);
    while let Some(byte) = scanner.next_solid()? {
        match byte {
            b'"' => {
                let mut bytes = Vec::new();
                scanner.capture(256, &mut bytes)?;
                scanner.finish()?;
                key = String::from_utf8_lossy(&bytes).trim_matches('"').to_owned();
            }
            b'[' => {
                scanner.advance();
                if scanner.next_solid()? == Some(b'{') {
                    n_arrays += 1;
                    reading.begin_table(Some(key.clone()));
                    read_array(&mut scanner, reading)?;
                    reading.end_table();
                } else {
                    scanner.pass_array()?;
                }
            }
            _ => {
                scanner.advance();
                depth = if byte == b'{' { depth + 1 } else { depth - u32::from(byte == b'}' && depth > 0) };
                if depth == 0 {
                    break;
                }
            }
        }
    }
    if n_arrays == 0 {
        reading.lost_too_long(line);
    }
    Ok(())
}

/// Reads the records of an array whose bracket was passed.
fn read_array<R: BufRead>(scanner: &mut Scanner<R>, reading: &mut Reading<'_>) -> io::Result<()> {
    let mut bytes = Vec::new();
    loop {
        match scanner.next_solid()? {
            Some(b',') => scanner.advance(),
            Some(b']') => {
                scanner.advance();
                return Ok(());
            }
            Some(b'}') => {
                reading.lost(
                    scanner.line,
                    "broken JSON: this brace closes nothing; the rest was not read".into(),
                );
                scanner.pass_array()?;
                return Ok(());
            }
            Some(_) => {
                let line = scanner.line;
                bytes.clear();
                match scanner.capture(reading.limit(), &mut bytes)? {
                    Captured::Whole => reading.json_record(&bytes, line),
                    Captured::CutOff => reading.lost(line, "the file ends inside this record".into()),
                    Captured::TooLong => {
                        scanner.finish()?;
                        reading.lost_too_long(line);
                    }
                }
            }
            None => {
                reading.lost_file("the file ends before its array is closed; it may be cut off".into());
                return Ok(());
            }
        }
    }
}

/// How a value was captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Captured {
    Whole,
    /// The input ended first.
    CutOff,
    /// It has more bytes than allowed; the rest is still to be passed over.
    TooLong,
}

/// Walks over JSON, knowing strings and brackets only.
struct Scanner<R> {
    input: R,
    line: u32,
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl<R: BufRead> Scanner<R> {
    fn new(input: R) -> Scanner<R> {
        Scanner { input, line: 1, depth: 0, in_string: false, escaped: false }
    }

    /// The next byte that is no space, not yet passed.
    fn next_solid(&mut self) -> io::Result<Option<u8>> {
        loop {
            let Some(&byte) = self.input.fill_buf()?.first() else { return Ok(None) };
            if !byte.is_ascii_whitespace() && byte != 0 {
                return Ok(Some(byte));
            }
            self.line = self.line.saturating_add(u32::from(byte == b'\n'));
            self.input.consume(1);
        }
    }

    /// Passes the byte that `next_solid` gave.
    fn advance(&mut self) {
        self.input.consume(1);
    }

    /// Copies the value that begins here.
    fn capture(&mut self, limit: u64, bytes: &mut Vec<u8>) -> io::Result<Captured> {
        (self.depth, self.in_string, self.escaped) = (0, false, false);
        loop {
            let room = usize::try_from(limit.saturating_sub(bytes.len() as u64)).unwrap_or(usize::MAX);
            let input = self.input.fill_buf()?;
            if input.is_empty() {
                // A number at the end of the input has no other end.
                return Ok(if self.depth == 0 && !self.in_string {
                    Captured::Whole
                } else {
                    Captured::CutOff
                });
            }
            let input = &input[..input.len().min(room)];
            if input.is_empty() {
                return Ok(Captured::TooLong);
            }
            let (len, ended) = step(input, (&mut self.depth, &mut self.in_string, &mut self.escaped));
            self.line = self.line.saturating_add(count_lines(&input[..len]));
            bytes.extend_from_slice(&input[..len]);
            self.input.consume(len);
            if ended {
                return Ok(Captured::Whole);
            }
        }
    }

    /// Passes over the rest of a value whose capture ended as too long.
    fn finish(&mut self) -> io::Result<()> {
        if self.depth == 0 && !self.in_string {
            return Ok(());
        }
        loop {
            let input = self.input.fill_buf()?;
            if input.is_empty() {
                return Ok(());
            }
            let (len, ended) = step(input, (&mut self.depth, &mut self.in_string, &mut self.escaped));
            self.line = self.line.saturating_add(count_lines(&input[..len]));
            self.input.consume(len);
            if ended {
                return Ok(());
            }
        }
    }

    /// Passes over the rest of an array whose bracket was passed.
    fn pass_array(&mut self) -> io::Result<()> {
        (self.depth, self.in_string, self.escaped) = (1, false, false);
        self.finish()
    }
}

/// Walks on inside one value; returns the bytes that belong to it, and whether it ends there.
fn step(input: &[u8], state: (&mut u32, &mut bool, &mut bool)) -> (usize, bool) {
    let (depth, in_string, escaped) = state;
    for (at, &byte) in input.iter().enumerate() {
        if *in_string {
            match byte {
                _ if *escaped => *escaped = false,
                b'\\' => *escaped = true,
                b'"' => {
                    *in_string = false;
                    if *depth == 0 {
                        return (at + 1, true);
                    }
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => *in_string = true,
            b'{' | b'[' => *depth += 1,
            b'}' | b']' | b',' if *depth == 0 => return (at, true),
            b'}' | b']' => {
                *depth -= 1;
                if *depth == 0 {
                    return (at + 1, true);
                }
            }
            _ => {}
        }
    }
    (input.len(), false)
}

fn count_lines(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|&&byte| byte == b'\n').count()).unwrap_or(u32::MAX)
}
