use std::fs::{self, OpenOptions};
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::fixture::tokens;
use crate::model::{Flags, Operation, Span, Step, Tokens};

fn folder() -> (tempfile::TempDir, Arc<Folder>) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Arc::new(Folder::at(dir.path()));
    (dir, folder)
}

fn is_empty(path: &Path) -> bool {
    fs::read_dir(path).unwrap().count() == 0
}

fn spool(folder: &Arc<Folder>, room: u64, block_bytes: usize) -> Spool<Vec<u32>> {
    let store = Store { folder: Arc::clone(folder), room: Arc::new(Room::of(room)), block_bytes };
    Spool::new("numbers", &store, block_bytes).with_cache(200)
}

proptest! {
    /// In memory, on disk, or some of each: the same records, in order and by place.
    #[test]
    fn a_spool_gives_back_what_it_was_given(
        records in prop::collection::vec(prop::collection::vec(any::<u32>(), 0..40), 0..60),
        room in prop_oneof![Just(0), Just(500), Just(u64::MAX)],
        block_bytes in 1_usize..600,
        asked in prop::collection::vec(any::<prop::sample::Index>(), 0..100),
    ) {
        let (dir, folder) = folder();
        let mut spool = spool(&folder, room, block_bytes);
        let places: Vec<Place> = records.iter().map(|record| spool.push(record).unwrap()).collect();
        prop_assert_eq!(&spool.to_vec().unwrap(), &records);
        for index in asked.iter().filter(|_| !records.is_empty()).map(|index| index.index(records.len())) {
            prop_assert_eq!(&spool.get(places[index]).unwrap(), &records[index]);
        }
        prop_assert!(is_empty(dir.path()), "its file has no name");
    }

    #[test]
    fn numbers_and_texts_come_back(
        number in any::<u64>(), signed in any::<i64>(), share in any::<f64>(), text in any::<String>(),
        listed in prop::collection::vec(any::<Option<u32>>(), 0..9),
    ) {
        fn round<T: Record + PartialEq + std::fmt::Debug + Clone>(value: T) {
            let mut bytes = Vec::new();
            value.put(&mut bytes);
            let mut from = &bytes[..];
            assert_eq!(T::get(&mut from), Some(value.clone()));
            assert!(from.is_empty());
            // Cut anywhere, it is no record.
            for end in 0..bytes.len() {
                assert_ne!(T::get(&mut &bytes[..end]), Some(value.clone()));
            }
        }
        round(number);
        round(signed);
        round(share.to_bits());
        round(text);
        round(listed);
    }

    /// Bytes of any kind are refused or read, never a panic.
    #[test]
    fn noise_is_no_record(noise in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Tokens::get(&mut &noise[..]);
        let _ = crate::model::Passage::get(&mut &noise[..]);
        let _ = crate::model::DocumentPair::get(&mut &noise[..]);
        let _ = Vec::<String>::get(&mut &noise[..]);
    }

    #[test]
    fn edit_scripts_come_back(
        steps in prop::collection::vec((0_u8..5, any::<u32>(), 0_u32..9, any::<u32>(), 0_u32..9), 0..20),
        a in any::<u32>(), b in any::<u32>(),
    ) {
        let operations =
            [Operation::Equal, Operation::Insert, Operation::Delete, Operation::Replace, Operation::Move];
        let span = |start: u32, len: u32| Span::new(start, start.saturating_add(len));
        let steps: Vec<Step> = steps
            .into_iter()
            .map(|(o, a, m, b, n)| Step { operation: operations[o as usize], a: span(a, m), b: span(b, n) })
            .collect();
        let mut bytes = Vec::new();
        rows::put_steps(&steps, a, b, &mut bytes);
        prop_assert_eq!(rows::get_steps(a, b, &mut &bytes[..]), Some(steps));
    }
}

#[test]
fn tokens_come_back() {
    let mut all = tokens(&["The harbour council, on Monday, approved 11 barriers.", "", "один два, три"]);
    all[0].places[0].flags = Flags(255);
    let mut bytes = Vec::new();
    all.put(&mut bytes);
    assert_eq!(Vec::<Tokens>::get(&mut &bytes[..]), Some(all));
}

/// A file of three blocks, one that compresses and two that do not, and where they begin.
fn three_blocks(folder: &Arc<Folder>) -> Vec<u64> {
    let file = BlockFile::create(folder, "f").unwrap();
    let noise: Vec<u8> = (0..300_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    [&[7; 500][..], &noise, b"x"].map(|raw| file.append(raw).unwrap()).to_vec()
}

fn recovered(folder: &Arc<Folder>) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
    let mut seen = Vec::new();
    BlockFile::recover(folder, "f", |at, raw| seen.push((at, raw.to_vec())))?;
    Ok(seen)
}

/// Whatever bit flips, what is read is what was written or an error.
#[test]
fn a_flipped_bit_is_noticed_wherever_it_is() {
    let (dir, folder) = folder();
    let places = three_blocks(&folder);
    let path = dir.path().join("f");
    let good = fs::read(&path).unwrap();
    let whole = recovered(&folder).unwrap();
    assert_eq!(whole.iter().map(|(at, _)| *at).collect::<Vec<_>>(), places);
    for byte in 0..good.len() {
        for bit in 0..8 {
            let mut bad = good.clone();
            bad[byte] ^= 1 << bit;
            fs::write(&path, &bad).unwrap();
            match recovered(&folder) {
                Ok(seen) => {
                    assert!(
                        whole.len() > seen.len() && whole.starts_with(&seen) && byte >= 16,
                        "byte {byte} bit {bit}"
                    );
                    let damaged = whole[seen.len()].0 as usize;
                    assert!(
                        byte >= damaged
                            && (byte as u64) < places.get(seen.len() + 1).copied().unwrap_or(u64::MAX)
                    );
                }
                Err(error) => assert!(byte < 16, "byte {byte} bit {bit}: {error}"),
            }
        }
    }
}

#[test]
fn a_cut_file_is_read_as_far_as_it_is_whole_and_written_on() {
    let (dir, folder) = folder();
    let places = three_blocks(&folder);
    let path = dir.path().join("f");
    let good = fs::read(&path).unwrap();
    let whole = recovered(&folder).unwrap();
    for length in 16..good.len() {
        fs::write(&path, &good[..length]).unwrap();
        let mut seen = Vec::new();
        let file = BlockFile::recover(&folder, "f", |_, raw| seen.push(raw.to_vec())).unwrap().unwrap();
        let n_whole =
            places.iter().skip(1).chain([&(good.len() as u64)]).filter(|&&end| end <= length as u64).count();
        assert_eq!(seen.len(), n_whole, "{length}");
        let at = file.append(b"more").unwrap();
        assert_eq!(file.read(at).unwrap(), b"more");
        let after = recovered(&folder).unwrap();
        assert_eq!((after.len(), &after[..n_whole]), (n_whole + 1, &whole[..n_whole]));
    }
    for length in 0..16 {
        fs::write(&path, &good[..length]).unwrap();
        let error = recovered(&folder).unwrap_err();
        assert!(
            matches!(error, StoreError::Foreign { .. }) && error.to_string().contains("f was not"),
            "{error}"
        );
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(recovered(&folder).unwrap(), []);
}

#[test]
#[cfg(unix)]
fn damage_names_the_file_and_the_block() {
    let (dir, folder) = folder();
    let file = BlockFile::create(&folder, "f").unwrap();
    let (first, second) = (file.append(b"one").unwrap(), file.append(b"two").unwrap());
    let raw = OpenOptions::new().write(true).open(dir.path().join("f")).unwrap();
    std::os::unix::fs::FileExt::write_all_at(&raw, b"!", second + 16).unwrap();
    assert_eq!(file.read(first).unwrap(), b"one");
    let message = file.read(second).unwrap_err().to_string();
    assert!(
        message.contains(&format!("/f: block at byte {second} is damaged (its checksum differs)")),
        "{message}"
    );
    raw.set_len(second + 3).unwrap();
    assert!(file.read(second).is_err());
}

#[test]
fn a_full_disk_is_told_with_folder_and_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Arc::new(Folder::limited(dir.path(), 1_000));
    let mut spool = spool(&folder, 0, 64);
    let record: Vec<u32> = (0..200).map(|n| n * 19_349_663 % 1_000_003).collect();
    let error = (0..10).find_map(|_| spool.push(&record).err()).unwrap();
    let message = error.to_string();
    let named = [dir.path().to_str().unwrap(), "is full", "--work", "TMPDIR"];
    assert!(named.iter().all(|part| message.contains(part)), "{message}");
    assert!(is_empty(dir.path()));
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let (dir, _) = folder();
    let folder = Arc::new(Folder::at(&dir.path().join("none")));
    let message = BlockFile::unnamed(&folder, "postings").unwrap_err().to_string();
    assert!(message.contains("a temporary file of postings in") && message.contains("none"), "{message}");
}

#[test]
fn room_that_a_spool_took_is_given_back() {
    let store = Store::new(Folder::temporary(), 1_000);
    for _ in 0..5 {
        let mut spool: Spool<Vec<u32>> = Spool::new("numbers", &store, 100);
        (0..50).for_each(|n| assert!(spool.push(&vec![n; 9]).is_ok()));
        assert!(!store.room.take(600));
    }
    assert!(store.room.take(1_000) && !store.room.take(1));
}
