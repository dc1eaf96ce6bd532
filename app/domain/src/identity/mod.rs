//! Numbers that identify a person: identity number, phone, bank card. Checked and never guessed.

mod bank_card;
mod id_number;
mod mask;
mod phone;

pub use bank_card::BankCard;
pub use id_number::{IdNumber, IdNumberFault, Sex};
pub use mask::{mask_card, mask_id_number, mask_name, mask_phone};
pub use phone::Phone;
