//! Who asks: sessions of residents' browsers, workers who signed in, secrets of private links, limits on guessing.

mod keys;
mod limits;
pub mod password;
mod sessions;
mod store;

pub use keys::Keys;
pub use limits::Limits;
pub use sessions::{Moved, SignedIn, Visitor, Worker, flash, sign_in, sign_out};

pub(crate) use keys::{from_hex, hex, same, secret};
pub(crate) use sessions::{flash_of, grant, may_open, session_of, set_flash};
