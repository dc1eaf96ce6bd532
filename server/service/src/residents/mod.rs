//! Residents' accounts: signing in by a code to the phone or through the city's identity platform, the proof of the
//! name, devices, two accounts that become one.
//!
//! An account is an offer: without one everything works in the browser that began it.

mod account;
mod cases;
mod city;
mod code;
mod devices;
mod enter;
mod found;
mod join;
mod me;
mod merge;
mod own;
mod phone;
mod real_name;
mod sealing;
mod store;
mod upkeep;

pub(crate) use account::Account;
pub use cases::cases;
pub use city::{CameBack, WayOut, come_back, set_out};
pub use code::{ask_again, ask_sign_in, check_code, code_page};
pub use devices::{devices, sign_out, sign_out_device, sign_out_everywhere};
pub use enter::sign_in_page;
pub use found::claim;
pub use join::{join, join_page};
pub use me::me;
pub use merge::{merge, merge_page, prove_other};
pub(crate) use own::{held_cases, held_drafts, is_own, may_be_offered, open_cases};
pub use phone::{drop_phone, new_phone, phone_page};
pub use real_name::{prove_again, prove_name, real_name_page};
pub use upkeep::forget;
