//! Values to what stands in a page: JSON, compressed (gzip, RFC 1952), as text (Base64, RFC 4648).
//!
//! A browser undoes both without code of ours. The bytes depend on the value alone: the header of a compressed block carries no
//! time and no name.

use std::io::{self, Write};

use data_encoding::BASE64;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A value as it stands in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// What the page asks for it by.
    pub(super) name: String,
    /// Base64 of gzip of JSON.
    pub(super) text: String,
}

impl Block {
    /// `value` under `name`.
    pub(super) fn of(name: &str, value: &impl Serialize) -> io::Result<Block> {
        let mut packer = Packer::default();
        serde_json::to_writer(&mut packer, value)?;
        packer.finish(name)
    }

    /// Bytes of it in a page.
    pub(super) fn len(&self) -> u64 {
        (OPENING.len() + self.name.len() + MIDDLE.len() + self.text.len() + CLOSING.len()) as u64
    }

    /// A word that nobody can guess who does not know the block, the same in every run.
    pub(super) fn nonce(&self) -> String {
        BASE64.encode(&Sha256::digest(self.text.as_bytes())[..18])
    }

    /// Writes it as an element that a browser does not run.
    pub(super) fn put(&self, out: &mut dyn Write) -> io::Result<()> {
        for part in [OPENING, &self.name, MIDDLE, &self.text, CLOSING] {
            out.write_all(part.as_bytes())?;
        }
        Ok(())
    }
}

const OPENING: &str = "<script type=\"application/octet-stream\" id=\"block-";
const MIDDLE: &str = "\">";
const CLOSING: &str = "</script>\n";

/// Takes JSON and compresses it.
pub(super) struct Packer(GzEncoder<Vec<u8>>);

impl Default for Packer {
    fn default() -> Packer {
        Packer(GzEncoder::new(Vec::new(), Compression::new(LEVEL)))
    }
}

/// Effort of the compressor, 0 to 9.
const LEVEL: u32 = 9;

impl Packer {
    /// What it was given, under `name`.
    pub(super) fn finish(self, name: &str) -> io::Result<Block> {
        Ok(Block { name: name.to_owned(), text: BASE64.encode(&self.0.finish()?) })
    }
}

impl Write for Packer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What a content security policy allows `content` by.
pub(super) fn hash_source(content: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(content.as_bytes())))
}
