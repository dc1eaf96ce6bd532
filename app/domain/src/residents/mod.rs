//! Residents' accounts: codes by short message and their limits, what is shown of an account, how a device is spoken of.

mod allowance;
mod code;
mod device;
mod view;

pub use allowance::{Allowance, Pause, Spent};
pub use code::{
    ADDRESS_CODES, CODE_DIGITS, CODE_MINUTES, CODE_MISSES, Goal, NAME_TRIES, PHONE_CODES, PHONE_MISSES, Purpose,
    code_text, phone_changed_text,
};
pub use device::{device, place};
pub use view::{
    CodeView, DeviceView, DevicesView, Found, FoundView, JoinView, Joinable, Me, MergeOffer, MergeView, MyCase,
    MyCases, PhoneView, RealNameView, SignInView,
};
