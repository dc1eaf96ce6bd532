//! What lies outside: the clock and the place for files. Each is a trait, so that tests can stand in for it.

mod blobs;
mod clock;

pub use blobs::{BlobFuture, BlobStore, DiskBlobStore, private_folder};
pub use clock::{Clock, FixedClock, SystemClock};
