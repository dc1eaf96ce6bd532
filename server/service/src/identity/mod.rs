//! Who asks: sessions of residents' browsers, workers who signed in, secrets of private links, limits on guessing.

mod access;
mod allowance;
mod keys;
mod limits;
pub mod password;
mod resident;
mod sessions;
mod store;

pub use keys::Keys;
pub use limits::Limits;
pub use resident::Resident;
pub use sessions::{Moved, SignedIn, Visitor, Worker, flash, sign_in, sign_out};

pub(crate) use access::{
    access_of, delete_draft, grant, grant_own, hold, holdings, may_open, move_holdings, pass_on, subjects,
};
pub(crate) use allowance::{forget as forget_allowances, give_back, spend};
pub(crate) use keys::{from_hex, hex, new_digits, new_token, same, secret, token_hash};
pub(crate) use resident::{NewDevice, begin_session, is_over};
pub(crate) use sessions::{flash_of, session_of, set_flash};
