//! How an account is found by its phone and its identity number: by values of the vault, of which there are several
//! while keys are changed.

use domain::identity::{IdNumber, Phone};
use sea_orm::ConnectionTrait;

use super::store::{self, ResidentRow};
use crate::error::Error;
use crate::service::Service;
use crate::vault::Purpose;

pub(super) fn blind_phone(service: &Service, phone: &Phone) -> Result<String, Error> {
    service.vault.blind(Purpose::AccountPhone, phone.as_str())
}

pub(super) fn blind_id_number(service: &Service, number: &str) -> Result<String, Error> {
    service.vault.blind(Purpose::IdNumber, number)
}

/// The account that has this phone, also one that was joined to another.
pub(super) async fn of_phone(
    service: &Service,
    db: &impl ConnectionTrait,
    phone: &Phone,
) -> Result<Option<ResidentRow>, Error> {
    store::by_phone(db, service.vault.blinds(Purpose::AccountPhone, phone.as_str())?).await
}

/// The account that proved this number.
pub(super) async fn of_id_number(
    service: &Service,
    db: &impl ConnectionTrait,
    number: &IdNumber,
) -> Result<Option<ResidentRow>, Error> {
    store::by_id_number(db, service.vault.blinds(Purpose::IdNumber, number.as_str())?).await
}

/// Whether the number that was proven for an account is another one.
pub(super) fn is_other_number(service: &Service, row: &ResidentRow, number: &IdNumber) -> bool {
    let is = |blind: &String| service.vault.is_blind(Purpose::IdNumber, number.as_str(), blind);
    row.id_blind.as_ref().is_some_and(|blind| !is(blind))
}
