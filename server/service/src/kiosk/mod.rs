//! Kiosks (自助机): devices in a hall that forget each resident before the next one comes.
//!
//! A device becomes a kiosk by a code that an administrator makes, and is known by its cookie from then on. What somebody
//! begins at it is bound to it, ends soon after the last sign of them, and is deleted with its papers unless it was sent,
//! belongs to an account, or was taken along.

mod admin;
mod call;
mod clear;
mod device;
mod hand_over;
mod store;

pub use admin::{end, kiosks, make_code, register};
pub use call::{call, came};
pub use clear::{forget, leave};
pub use device::{Beat, Kiosk, alive, enrol, home};
pub use hand_over::{fetch_code, make_fetch_code};

pub(crate) use call::calls;
pub(crate) use clear::clear;
pub(crate) use device::{of_token, used};
pub(crate) use hand_over::{carry, carry_link, find, take};
