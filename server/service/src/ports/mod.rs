//! What lies outside: the clock, the place for files, the virus scanner, the gateway for short messages, the maker of
//! papers. Each is a trait, so that tests can stand in for it.

mod blobs;
mod clock;
mod paper;
mod scanner;
mod sms;

pub use blobs::{BlobFuture, BlobStore, DiskBlobStore, private_folder};
pub use clock::{Clock, FixedClock, SystemClock};
pub use paper::{PaperMaker, Typesetter, find_font};
pub use scanner::{Clamd, ScanOutcome, Scanner, Verdict};
pub use sms::{HttpSms, SimulatedSms, SmsGateway, SmsOutcome};
