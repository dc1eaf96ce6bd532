//! How an account's phone, name and identity number are found: by keyed hashes.

use crate::service::Service;

pub(super) fn blind_phone(service: &Service, phone: &str) -> String {
    service.keys.blind("resident-phone", phone)
}

pub(super) fn blind_id_number(service: &Service, number: &str) -> String {
    service.keys.blind("resident-id-number", number)
}
