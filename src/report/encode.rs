//! Values to compact JSON in memory, faster than the general writer: rows are the bulk of a run's output.
//!
//! Strings are looked through sixteen bytes at a time; most blocks of a text need no escape and are copied whole.
//! Beyond what JSON demands, control characters U+007F to U+009F, line separators and bidirectional controls are
//! escaped: the value is the same, and a result shown in a terminal cannot steer it.

use std::io;

use serde::ser::{Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::Error;

/// Adds `value` to `out` as compact JSON.
///
/// # Errors
///
/// `value` holds what no row holds: a tuple, a variant with fields, or bytes.
pub(super) fn put(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) -> io::Result<()> {
    value.serialize(Encoder { out }).map_err(io::Error::from)
}

struct Encoder<'o> {
    out: &'o mut Vec<u8>,
}

/// The inside of an object or array.
struct Inside<'o> {
    out: &'o mut Vec<u8>,
    begun: bool,
    end: u8,
}

impl<'o> Inside<'o> {
    fn new(out: &'o mut Vec<u8>, begin: u8, end: u8) -> Inside<'o> {
        out.push(begin);
        Inside { out, begun: false, end }
    }

    fn part(&mut self) {
        if self.begun {
            self.out.push(b',');
        }
        self.begun = true;
    }

    fn finish(self) {
        self.out.push(self.end);
    }
}

fn unsupported<T>() -> Result<T, Error> {
    Err(Error::custom("a row holds a value that it should not"))
}

/// Adds `value` in decimal digits.
fn put_integer(mut value: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}

/// Adds `text` in quotes.
fn put_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    put_escaped(text, out);
    out.push(b'"');
}

/// Bytes looked at together.
const BLOCK: usize = 16;

/// Whether `byte` is to be escaped, or begins a character that may be.
fn is_suspect(byte: u8) -> bool {
    (byte < b' ')
        | (byte == b'"')
        | (byte == b'\\')
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte == 0xd8)
        | (byte == 0xe2)
}

fn put_escaped(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    let (mut plain, mut at) = (0, 0);
    while at < bytes.len() {
        if let Some(block) = bytes.get(at..at + BLOCK)
            && !block.iter().fold(false, |any, &byte| any | is_suspect(byte))
        {
            at += BLOCK;
            continue;
        }
        let end = (at + BLOCK).min(bytes.len());
        while at < end {
            let length = if is_suspect(bytes[at]) { steering_len(&bytes[at..]) } else { 0 };
            if length == 0 {
                at += 1;
                continue;
            }
            out.extend_from_slice(&bytes[plain..at]);
            put_escape(&bytes[at..at + length], out);
            at += length;
            plain = at;
        }
    }
    out.extend_from_slice(&bytes[plain..]);
}

/// Bytes of the character at the beginning of `bytes`, if it is to be escaped; else none.
fn steering_len(bytes: &[u8]) -> usize {
    match *bytes {
        [0..0x20 | b'"' | b'\\' | 0x7f, ..] => 1,
        // U+0080 to U+009F; U+061C.
        [0xc2, 0x80..0xa0, ..] | [0xd8, 0x9c, ..] => 2,
        // U+200E, U+200F, U+2028 to U+202E; U+2066 to U+2069.
        [0xe2, 0x80, 0x8e | 0x8f | 0xa8..=0xae, ..] | [0xe2, 0x81, 0xa6..=0xa9, ..] => 3,
        _ => 0,
    }
}

fn put_escape(character: &[u8], out: &mut Vec<u8>) {
    let code = match *character {
        [b'"'] => return out.extend_from_slice(b"\\\""),
        [b'\\'] => return out.extend_from_slice(b"\\\\"),
        [b'\n'] => return out.extend_from_slice(b"\\n"),
        [b'\r'] => return out.extend_from_slice(b"\\r"),
        [b'\t'] => return out.extend_from_slice(b"\\t"),
        [0x08] => return out.extend_from_slice(b"\\b"),
        [0x0c] => return out.extend_from_slice(b"\\f"),
        [one] => u32::from(one),
        [one, two] => u32::from(one & 0x1f) << 6 | u32::from(two & 0x3f),
        [one, two, three] => {
            u32::from(one & 0x0f) << 12 | u32::from(two & 0x3f) << 6 | u32::from(three & 0x3f)
        }
        _ => return,
    };
    out.extend_from_slice(b"\\u");
    // All of them lie in the first plane, so four digits suffice.
    out.extend([12, 8, 4, 0].map(|shift| b"0123456789abcdef"[(code >> shift & 0xf) as usize]));
}

impl<'o> Serializer for Encoder<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Inside<'o>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Inside<'o>;
    type SerializeStruct = Inside<'o>;
    type SerializeStructVariant = Impossible<(), Error>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(i64::from(value))
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(i64::from(value))
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(i64::from(value))
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        if value < 0 {
            self.out.push(b'-');
        }
        put_integer(value.unsigned_abs(), self.out);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(u64::from(value))
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(u64::from(value))
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(u64::from(value))
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        put_integer(value, self.out);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        serde_json::to_writer(self.out, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        serde_json::to_writer(self.out, &value)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        put_string(value, self.out);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        unsupported()
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        unsupported()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'o>, Error> {
        Ok(Inside::new(self.out, b'[', b']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Error> {
        unsupported()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Error> {
        unsupported()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        unsupported()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'o>, Error> {
        Ok(Inside::new(self.out, b'{', b'}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'o>, Error> {
        Ok(Inside::new(self.out, b'{', b'}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        unsupported()
    }
}

impl SerializeSeq for Inside<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.part();
        value.serialize(Encoder { out: self.out })
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

impl SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = Error;

    // Keys of rows are strings.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.part();
        key.serialize(Encoder { out: self.out })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.out.push(b':');
        value.serialize(Encoder { out: self.out })
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

impl SerializeStruct for Inside<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.part();
        // Names of fields need no escape.
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        value.serialize(Encoder { out: self.out })
    }

    fn end(self) -> Result<(), Error> {
        self.finish();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::report::sanitize;

    fn encoded(value: &(impl Serialize + ?Sized)) -> String {
        let mut out = Vec::new();
        put(value, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn steers(c: char) -> bool {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || sanitize::is_bidi_control(c)
    }

    /// The general writer, then what it leaves that steers.
    fn slow_twin(value: &Value) -> String {
        let plain = serde_json::to_string(value).unwrap();
        plain
            .chars()
            .map(|c| if steers(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() })
            .collect()
    }

    /// Every character, alone and behind a block of others: escaped when it steers, and read back as itself.
    #[test]
    fn escapes_all_that_steers_and_nothing_else() {
        for c in '\0'..=char::MAX {
            for text in [c.to_string(), format!("a long enough beginning{c}and as long an end")] {
                let written = encoded(&text);
                assert!(!written.contains(steers), "{}", u32::from(c));
                assert_eq!(written, slow_twin(&json!(text)), "{}", u32::from(c));
            }
            assert_eq!(serde_json::from_str::<String>(&encoded(&c)).unwrap(), c.to_string());
        }
    }

    proptest! {
        #[test]
        fn writes_what_the_general_writer_writes(
            texts in prop::collection::vec("[a-z\"\\\\\n\u{202d}\u{9b}й’]{0,40}", 0..4),
            whole: i64,
            number: f64,
        ) {
            let value = json!({"texts": texts, "whole": whole, "number": number, "no": null, "yes": true, "in": {}});
            prop_assert_eq!(encoded(&value), slow_twin(&value));
        }
    }
}
