//! Many items packed into blocks of a few hundred kilobytes, made by all threads, each compressed once.
//!
//! A page decodes one or two blocks when a view is opened, so a block is small; compression gains little beyond that size.

use std::io::{self, Write};

use crate::model::{Findings, Observer};
use crate::report::html::pack::{Block, Packer};
use crate::report::ordered::{in_order, threads};

/// Bytes of JSON after which a block ends: some fifty articles, or the differences of some hundred pairs.
pub(super) const BLOCK_BYTES: usize = 256 << 10;

/// Items, by number, in blocks.
#[derive(Clone)]
pub(super) struct Packed {
    /// The blocks, in order; none once they are too many to keep.
    pub(super) blocks: Vec<Block>,
    /// Bytes of all blocks in a page.
    pub(super) total: u64,
    /// Each item's part of that.
    pub(super) costs: Vec<u64>,
    /// The block that holds an item, and its place among those in it.
    pub(super) places: Vec<Option<(u32, u32)>>,
}

/// One block on its way from the thread that made it.
pub(super) struct Made {
    /// The items in it and how many bytes each of them took before compression, in order.
    items: Vec<(usize, usize)>,
    block: Block,
}

impl Made {
    /// A block of `items`, each with its JSON, between `brackets`.
    pub(super) fn of(items: &[(usize, Vec<u8>)], brackets: [&str; 2]) -> io::Result<Made> {
        let mut packer = Packer::default();
        packer.write_all(brackets[0].as_bytes())?;
        for (index, (_, json)) in items.iter().enumerate() {
            if index > 0 {
                packer.write_all(b",")?;
            }
            packer.write_all(json)?;
        }
        packer.write_all(brackets[1].as_bytes())?;
        let items = items.iter().map(|(item, json)| (*item, json.len() + 1)).collect();
        Ok(Made { items, block: packer.finish("")? })
    }
}

/// Where blocks go while they are made.
pub(super) enum Keeping<'k> {
    /// Into memory, up to so many bytes; of more, only their size is wanted.
    UpTo(u64),
    /// Elsewhere, one by one.
    Away(&'k mut dyn FnMut(Block) -> io::Result<()>),
}

impl Packed {
    /// Blocks of the `n` items that `jobs` are about, named `kind` and a number.
    pub(super) fn make<J: Send>(
        (findings, observer): (&dyn Findings, &dyn Observer),
        (kind, n): (&str, usize),
        jobs: impl Iterator<Item = J>,
        make: impl Fn(J) -> io::Result<Made> + Sync,
        mut keeping: Keeping<'_>,
    ) -> io::Result<Packed> {
        let mut packed = Packed { blocks: Vec::new(), total: 0, costs: vec![0; n], places: vec![None; n] };
        let mut n_blocks = 0;
        in_order(threads(findings), jobs, make, |made| {
            if observer.is_cancelled() {
                return Err(io::Error::other("stopped"));
            }
            if made.items.is_empty() {
                return Ok(());
            }
            let block = Block { name: block_name(kind, n_blocks), ..made.block };
            packed.count(&made.items, n_blocks, block.len());
            n_blocks += 1;
            match &mut keeping {
                Keeping::UpTo(limit) if packed.total <= *limit => packed.blocks.push(block),
                Keeping::UpTo(_) => packed.blocks = Vec::new(),
                Keeping::Away(put) => put(block)?,
            }
            Ok(())
        })?;
        Ok(packed)
    }

    fn count(&mut self, items: &[(usize, usize)], block: u32, bytes: u64) {
        self.total += bytes;
        let all: u64 = items.iter().map(|(_, n)| *n as u64).sum();
        for (place, &(item, n)) in items.iter().enumerate() {
            self.costs[item] = (bytes * n as u64).div_ceil(all.max(1));
            self.places[item] = Some((block, place as u32));
        }
    }
}

/// The name of a block.
pub(super) fn block_name(kind: &str, number: u32) -> String {
    format!("{kind}-{number}")
}
