//! The account as its resident sees it.

use domain::cases::{Flash, local_day};
use domain::identity::{mask_id_number, mask_name};
use domain::residents::Me;

use super::account::Account;
use super::{join, store};
use crate::error::Error;
use crate::identity::{Visitor, flash};
use crate::service::Service;
use crate::words;

/// `said`: a form has something to say.
///
/// # Errors
/// [`Error::SignIn`]
pub async fn me(service: &Service, visitor: &Visitor, said: bool) -> Result<Me, Error> {
    let resident = visitor.resident()?;
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let db = &service.db.read;
    let account = Account::fetch(service, db, resident.id).await?;
    Ok(Me {
        flash: if said { flash(service, visitor).await? } else { Flash::default() },
        phone: account.phone_masked(),
        name: mask_name(&account.name),
        id_number: if account.id_number.is_empty() { String::new() } else { mask_id_number(&account.id_number) },
        real_since: account.real_at.map(|at| words::day(local_day(at))).unwrap_or_default(),
        devices: store::sessions_of(db, resident.id, service.clock.now()).await?.len(),
        joinable: join::joinable(service, session, resident.id).await?.len(),
        twin: account.twin.is_some(),
        shared: resident.shared,
    })
}
