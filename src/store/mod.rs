//! Where a run puts what memory does not hold: files of checked, compressed blocks, and lists of records over them.
//!
//! In: records of the model and of the stages, in the order in which they are made. Out: the same records, in that order
//! or by place. Up to an allowance ([`Room`]) blocks stay in memory as bytes; beyond, they go to a file. Who reads sees no
//! difference, so there is one engine for corpora of any size.
//!
//! A file that nobody named is unlinked the moment it is made: the system takes it back when the program ends, however
//! it ends. Every block carries a checksum, so a damaged or cut file is an error that names file and block, never a wrong
//! result. A full disk is an error that names the folder and the remedy.
//!
//! Method: blocks are compressed with zstd at its fastest level and checked with rapidhash; both run several times faster
//! than a disk. Blocks are read by place, without a map of the file into memory, which safe Rust does not offer.

pub mod blocks;
pub mod codec;
pub mod error;
pub mod folder;
pub mod intake;
pub mod library;
pub mod lock;
pub mod rows;
pub mod spool;

#[cfg(test)]
mod tests;

pub use blocks::BlockFile;
pub use codec::Record;
pub use error::StoreError;
pub use folder::{Folder, Room, Store};
pub use intake::Intake;
pub use library::{Library, Loaded, Part, Texts};
pub use lock::{Held as HeldBy, Lock};
pub use spool::{Place, Spool};
