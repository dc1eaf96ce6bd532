//! What lies outside: the clock, the place for files, the virus scanner, the gateway for short messages, the register of
//! identities, the city's identity platform, the maker of papers. Each is a trait, so that tests can stand in for it.

mod blobs;
mod city;
mod clock;
mod http;
mod paper;
mod register;
mod scanner;
mod sms;

pub use blobs::{BlobFuture, BlobStore, DiskBlobStore, private_folder};
pub use city::{CityAnswer, CityIdentity, CityPerson, CitySettings, OpenIdConnect, Proofs};
pub use clock::{Clock, FixedClock, SystemClock};
pub use paper::{PaperMaker, Typesetter, find_font};
pub use register::{Claim, HttpRegister, IdentityRegister, RegisterAnswer, SimulatedRegister, Verdict};
pub use scanner::{Clamd, ScanOutcome, ScanVerdict, Scanner};
pub use sms::{HttpSms, SimulatedSms, SmsGateway, SmsOutcome};
