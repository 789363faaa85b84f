//! A sorted table of (hash, document, position) in packed blocks: postings, and names looked up by hash.
//!
//! A block holds up to [`ROWS`] rows as three columns of whole numbers, each as wide as its largest value needs: the gap
//! between a hash and the one before it, the document, the position. Gaps of sorted random numbers differ little, so a width
//! for all of them wastes two bits at most; blocks need no index of their own.

use crate::matching::postings::Posting;
use crate::store::Record;
use crate::store::codec::get_bytes;

/// Rows in a block, the last one's fewer. A lookup reads and unpacks one block: some three kilobytes, a microsecond.
pub(super) const ROWS: usize = 512;

/// Widest column: a hash.
const MOST_BITS: u32 = 56;

/// `rows`, sorted, at least one, as a block.
#[must_use]
pub(super) fn pack(rows: &[Posting]) -> Vec<u8> {
    let first = rows.first().map_or(0, |row| row.hash);
    let gaps: Vec<u64> = std::iter::once(0)
        .chain(rows.windows(2).map(|two| two[1].hash - two[0].hash))
        .take(rows.len())
        .collect();
    let documents: Vec<u64> = rows.iter().map(|row| u64::from(row.document)).collect();
    let positions: Vec<u64> = rows.iter().map(|row| u64::from(row.position)).collect();
    let mut out = Vec::with_capacity(rows.len() * 6 + 32);
    rows.len().put(&mut out);
    first.put(&mut out);
    for column in [gaps, documents, positions] {
        put_column(&column, &mut out);
    }
    out
}

/// The first hash of a block and the rows in it; `None` if it is none.
#[must_use]
pub(super) fn unpack(block: &[u8]) -> Option<Vec<Posting>> {
    let mut from = block;
    let n = usize::get(&mut from).filter(|&n| n <= ROWS)?;
    let mut hash = u64::get(&mut from)?;
    let [gaps, documents, positions] =
        [get_column(n, &mut from)?, get_column(n, &mut from)?, get_column(n, &mut from)?];
    if !from.is_empty() {
        return None;
    }
    let mut rows = Vec::with_capacity(n);
    for index in 0..n {
        hash = hash.checked_add(gaps.get(index))?;
        let document = u32::try_from(documents.get(index)).ok()?;
        rows.push(Posting { hash, document, position: u32::try_from(positions.get(index)).ok()? });
    }
    Some(rows)
}

/// Adds the width of `values` in bits, one byte, then the values, lowest bits first.
fn put_column(values: &[u64], out: &mut Vec<u8>) {
    let width = values.iter().max().map_or(0, |most| u64::BITS - most.leading_zeros());
    out.push(width as u8);
    let (mut bits, mut n) = (0_u128, 0);
    for &value in values {
        bits |= u128::from(value) << n;
        n += width;
        while n >= 8 {
            out.push(bits as u8);
            bits >>= 8;
            n -= 8;
        }
    }
    if n > 0 {
        out.push(bits as u8);
    }
}

/// A column still packed.
#[derive(Clone, Copy)]
struct Column<'b> {
    bytes: &'b [u8],
    width: u32,
}

fn get_column<'b>(n: usize, from: &mut &'b [u8]) -> Option<Column<'b>> {
    let (&width, rest) = from.split_first()?;
    *from = rest;
    let width = u32::from(width);
    if width > MOST_BITS {
        return None;
    }
    let bytes = get_bytes((n * width as usize).div_ceil(8), from)?;
    Some(Column { bytes, width })
}

impl Column<'_> {
    fn get(&self, index: usize) -> u64 {
        let bit = index * self.width as usize;
        let (at, shift) = (bit / 8, bit % 8);
        let word = match self.bytes.get(at..at + 8) {
            Some(eight) => eight.try_into().map_or(0, u64::from_le_bytes),
            None => {
                let mut eight = [0; 8];
                let tail = self.bytes.get(at..).unwrap_or_default();
                eight[..tail.len()].copy_from_slice(tail);
                u64::from_le_bytes(eight)
            }
        };
        (word >> shift) & ((1 << self.width) - 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fingerprint::HASH_BITS;

    fn rows() -> impl Strategy<Value = Vec<Posting>> {
        let hash = prop_oneof![0..50_u64, 0..1_u64 << HASH_BITS];
        let number = prop_oneof![0..9_u32, any::<u32>()];
        prop::collection::vec((hash, number.clone(), number), 1..=ROWS).prop_map(|mut rows| {
            rows.sort_unstable();
            rows.into_iter().map(|(hash, document, position)| Posting { hash, document, position }).collect()
        })
    }

    proptest! {
        #[test]
        fn rows_come_back(rows in rows()) {
            let block = pack(&rows);
            prop_assert_eq!(unpack(&block), Some(rows));
            for end in 0..block.len() {
                prop_assert_eq!(unpack(&block[..end]), None, "cut at {}", end);
            }
        }

        #[test]
        fn noise_is_refused_or_read(noise in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = unpack(&noise);
        }
    }

    #[test]
    fn a_row_takes_as_many_bits_as_its_numbers_need() {
        let rows: Vec<Posting> = (0..512)
            .map(|n| Posting { hash: n * 100, document: n as u32 % 1_000, position: n as u32 % 256 })
            .collect();
        // 7 + 9 + 8 bits a row.
        assert_eq!(pack(&rows).len(), 2 + 1 + 3 + 512 * 24 / 8);
    }
}
