//! Who asks: sessions of residents' browsers, workers who signed in, secrets of private links, limits on flooding.

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
pub use sessions::{Moved, Pending, Visitor, Worker, flash};

pub(crate) use access::{
    BEGAN, CLAIMED, JOINED, MANDATE, access_of, grant, grant_own, held_of_kind, hold, holdings, may_open,
    move_holdings, pass_on, session_hashes, shut_draft, subjects,
};
pub(crate) use allowance::{forget as forget_allowances, give_back, spend};
pub(crate) use keys::{from_hex, hex, new_digits, new_token, random, same, secret, token_hash};
pub(crate) use resident::{NewDevice, begin_session, is_over};
pub(crate) use sessions::{
    WORKER_LONGEST_HOURS, begin_worker_session, end_worker_session, end_worker_sessions, flash_of, session_of,
    set_flash, set_flash_with,
};
