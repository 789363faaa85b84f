//! A sorted table of (hash, document, position) in packed blocks: postings, and names looked up by hash.
//!
//! A block holds up to [`ROWS`] rows as three columns of whole numbers: the gap between a hash and the one before it, the
//! document, the position. A column has one width; the few numbers that are wider, positions in long documents mostly, have
//! their upper bits told apart (patched frame of reference: Zukowski, Héman, Nes and Boncz, "Super-Scalar RAM-CPU Cache
//! Compression", 2006). Blocks need no index of their own.

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
    let mut hash = u64::get(&mut from).filter(|&it| bits(it) <= MOST_BITS)?;
    let (gaps, documents, positions) =
        (get_column(n, &mut from)?, get_column(n, &mut from)?, get_column(n, &mut from)?);
    if !from.is_empty() {
        return None;
    }
    let mut rows = Vec::with_capacity(n);
    for ((gap, document), position) in gaps.into_iter().zip(documents).zip(positions) {
        hash = hash.checked_add(gap).filter(|&it| bits(it) <= MOST_BITS)?;
        let (document, position) = (u32::try_from(document).ok()?, u32::try_from(position).ok()?);
        rows.push(Posting { hash, document, position });
    }
    Some(rows)
}

/// Bits of a number.
fn bits(value: u64) -> u32 {
    u64::BITS - value.leading_zeros()
}

/// The width that takes least room for `values`: those that are wider are told of apart, in a byte for their place and one
/// for each seven bits.
fn best_width(values: &[u64]) -> u32 {
    let mut of_width = [0_u32; MOST_BITS as usize + 1];
    values.iter().for_each(|&value| of_width[bits(value) as usize] += 1);
    let cost = |width: u32| {
        let wider =
            (width + 1..=MOST_BITS).map(|it| of_width[it as usize] * (8 + 8 * (it - width).div_ceil(7)));
        values.len() as u32 * width + wider.sum::<u32>()
    };
    (0..=MOST_BITS).min_by_key(|&width| cost(width)).unwrap_or(MOST_BITS)
}

/// Adds the width of `values` in bits, one byte; how many are wider; the lower bits of all, lowest first; and of the wider
/// ones how far they stand from the last, and their upper bits.
fn put_column(values: &[u64], out: &mut Vec<u8>) {
    let width = best_width(values);
    let wider: Vec<usize> = (0..values.len()).filter(|&index| bits(values[index]) > width).collect();
    out.push(width as u8);
    wider.len().put(out);
    let (mut waiting, mut n) = (0_u128, 0);
    for &value in values {
        waiting |= u128::from(value & ((1 << width) - 1)) << n;
        n += width;
        while n >= 8 {
            out.push(waiting as u8);
            waiting >>= 8;
            n -= 8;
        }
    }
    if n > 0 {
        out.push(waiting as u8);
    }
    let mut last = 0;
    for index in wider {
        (index - last).put(out);
        (values[index] >> width).put(out);
        last = index;
    }
}

fn get_column(n: usize, from: &mut &[u8]) -> Option<Vec<u64>> {
    let (&width, rest) = from.split_first()?;
    *from = rest;
    let width = u32::from(width);
    if width > MOST_BITS {
        return None;
    }
    let n_wider = usize::get(from).filter(|&it| it <= n)?;
    let bytes = get_bytes((n * width as usize).div_ceil(8), from)?;
    let mut values: Vec<u64> = (0..n).map(|index| low_bits(bytes, index, width)).collect();
    let mut last = 0_usize;
    for _ in 0..n_wider {
        last = last.checked_add(usize::get(from)?)?;
        let upper = u64::get(from)?;
        if bits(upper) + width > MOST_BITS {
            return None;
        }
        *values.get_mut(last)? |= upper << width;
    }
    Some(values)
}

/// Number `index` of those of `width` bits in `bytes`.
fn low_bits(bytes: &[u8], index: usize, width: u32) -> u64 {
    let bit = index * width as usize;
    let (at, shift) = (bit / 8, bit % 8);
    let word = match bytes.get(at..at + 8) {
        Some(eight) => eight.try_into().map_or(0, u64::from_le_bytes),
        None => {
            let mut eight = [0; 8];
            let tail = bytes.get(at..).unwrap_or_default();
            eight[..tail.len()].copy_from_slice(tail);
            u64::from_le_bytes(eight)
        }
    };
    (word >> shift) & ((1 << width) - 1)
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
        // 7 + 9 + 8 bits a row; besides, the number of rows, the first hash, and of each column width and number of exceptions.
        assert_eq!(pack(&rows).len(), 2 + 1 + 3 * 2 + 512 * 24 / 8);
        let mut uneven = rows;
        uneven[100].position = 70_000;
        assert_eq!(pack(&uneven).len(), 2 + 1 + 3 * 2 + 512 * 24 / 8 + 1 + 2);
    }
}
