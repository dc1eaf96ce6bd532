//! Who asks: sessions of residents' browsers, workers who signed in, secrets of private links, limits on flooding.

mod keys;
mod limits;
pub mod password;
mod sessions;
mod store;

pub use keys::Keys;
pub use limits::Limits;
pub use sessions::{Moved, Pending, Visitor, Worker, flash};

pub(crate) use keys::{hex, new_token, random, same, token_hash};
pub(crate) use sessions::{
    WORKER_LONGEST_HOURS, begin_worker_session, end_worker_session, end_worker_sessions, flash_of, grant, may_open,
    session_of, set_flash,
};
