//! Documents of a segment that do not count any more: a list in a file beside it.

use std::sync::Arc;

use crate::index::manifest::Removed;
use crate::store::codec::{get_number, put_number};
use crate::store::{BlockFile, Folder, Record, StoreError, blocks};

/// Writes the file `name`, which lists the documents `removed`; what the manifest has to say of it.
///
/// # Errors
///
/// The disk is full, or the system refuses.
pub fn write(folder: &Arc<Folder>, name: &str, removed: &[u32]) -> Result<Removed, StoreError> {
    let file = BlockFile::create(folder, name)?;
    let mut raw = Vec::new();
    put_rising(&removed.iter().map(|&it| u64::from(it)).collect::<Vec<_>>(), &mut raw);
    file.append(&raw)?;
    file.sync()?;
    Ok(Removed { file: name.to_owned(), documents: removed.len() as u32, checksum: hex(file.sum()) })
}

/// The documents that the file `expected` lists, of a segment with `n`.
///
/// # Errors
///
/// The file is missing, damaged or another one.
pub fn read(folder: &Arc<Folder>, expected: &Removed, n: u32) -> Result<Vec<u32>, StoreError> {
    let file = BlockFile::open(folder, &expected.file)?;
    let damaged = || file.damaged(blocks::FIRST_BLOCK, "it is not the list that the manifest names");
    let (raw, (n_blocks, sum)) = (file.read(blocks::FIRST_BLOCK)?, file.scan(|_, _| ())?);
    let list = get_rising(&mut &raw[..]).filter(|list| list.len() == expected.documents as usize);
    let is_list = |list: &Vec<u64>| {
        n_blocks == 1 && hex(sum) == expected.checksum && list.windows(2).all(|two| two[0] < two[1])
    };
    list.filter(is_list)
        .and_then(|list| list.into_iter().map(|it| u32::try_from(it).ok().filter(|&it| it < n)).collect())
        .ok_or_else(damaged)
}

/// A sum as the manifest writes it.
pub(super) fn hex(sum: u64) -> String {
    format!("{sum:016x}")
}

/// Adds numbers that do not fall, each by how far it stands from the last.
pub(super) fn put_rising(list: &[u64], out: &mut Vec<u8>) {
    list.len().put(out);
    let mut last = 0;
    for &number in list {
        put_number(number - last, out);
        last = number;
    }
}

/// Takes numbers that [`put_rising`] added.
pub(super) fn get_rising(from: &mut &[u8]) -> Option<Vec<u64>> {
    let n = usize::get(from)?;
    let mut list = Vec::with_capacity(n.min(from.len()));
    let mut last = 0_u64;
    for _ in 0..n {
        last = last.checked_add(get_number(from)?)?;
        list.push(last);
    }
    Some(list)
}
