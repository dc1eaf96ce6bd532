//! The phone of an account: another one, after proof of both; the old one is told.

use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::Finding;
use domain::identity::{Phone, mask_phone};
use domain::residents::{Goal, PhoneView, Purpose, phone_changed_text};
use uuid::Uuid;

use super::account::{self, Account};
use super::code::ask;
use super::sealing;
use super::store::{self, ResidentRow};
use super::{enter, merge};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Resident, Visitor, flash, set_flash};
use crate::service::Service;
use crate::sms;
use crate::vault::RESIDENT_PHONE;

const PAGE: &str = "/me/phone?again=1";

/// A grave change wants a proof of this half hour.
///
/// # Errors
/// [`Error::SignIn`]; [`Error::Refused`] when the proof is older.
pub(super) fn fresh<'v>(service: &Service, visitor: &'v Visitor) -> Result<&'v Resident, Error> {
    let resident = visitor.resident()?;
    if resident.is_fresh(service.clock.now()) {
        Ok(resident)
    } else {
        Err(Error::Refused("离您上次确认身份超过半小时了，请先确认是您本人。".to_owned()))
    }
}

/// The page on which the phone is changed.
///
/// # Errors
/// [`Error::SignIn`]
pub async fn phone_page(service: &Service, visitor: &Visitor, again: bool) -> Result<PhoneView, Error> {
    let resident = visitor.resident()?;
    let db = &service.db.read;
    let account = Account::fetch(service, db, resident.id).await?;
    let mut more_phones = Vec::new();
    for row in store::merged_into(db, resident.id).await? {
        if let Some(sealed) = &row.phone {
            let phone = service.vault.open(RESIDENT_PHONE.of(row.id), sealed)?;
            more_phones.push((row.id.to_string(), mask_phone(&phone)));
        }
    }
    Ok(PhoneView {
        flash: if again { flash(service, visitor).await? } else { Flash::default() },
        phone: account.phone_masked(),
        more_phones,
        stale: !resident.is_fresh(service.clock.now()),
        real: resident.real,
    })
}

/// Sends a code to the phone that the account is to have.
///
/// # Errors
/// [`Error::SignIn`]; [`Error::Refused`] when the proof of who it is is too old.
pub async fn new_phone(service: &Service, visitor: &Visitor, typed: &str) -> Result<Moved, Error> {
    let resident = fresh(service, visitor)?;
    let account = Account::fetch(service, &service.db.read, resident.id).await?;
    let typed_phone = Phone::parse(typed);
    if typed_phone.is_some() && typed_phone == account.phone {
        let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
        let message = "这就是您现在的手机号，请填新的手机号".to_owned();
        let findings = vec![Finding { path: "phone".to_owned(), message }];
        set_flash(service, session, &Flash { findings, ..Flash::default() }).await?;
        return Ok(Moved::to(PAGE));
    }
    ask(service, visitor, typed, Purpose::NewPhone, Goal::Phone, PAGE).await
}

/// The new phone was proven: it is the account's from now on. When it leads to another account, the resident has proven
/// both, and is asked whether they shall become one.
pub(super) async fn change(service: &Service, visitor: &Visitor, phone: &Phone) -> Result<Moved, Error> {
    let resident = fresh(service, visitor)?;
    if let Some(other) = account::by_phone(service, &service.db.read, phone).await?
        && other.id != resident.id
    {
        return merge::offer(service, visitor, other.id).await;
    }
    let now = service.clock.now();
    let blind = sealing::blind_phone(service, phone)?;
    audited!(service, Entry::resident(resident.id, Plain::ChangedPhone), |tx| {
        // A phone that came with another account, and led here by it.
        if let Some(joined) = sealing::of_phone(service, tx, phone).await?.filter(|row| row.id != resident.id) {
            store::update(tx, ResidentRow { phone: None, phone_blind: None, ..joined }).await?;
        }
        service.vault.alone(tx).await?;
        let row = store::locked(tx, resident.id).await?;
        let before = Account::of_row(service, row.clone())?.phone;
        let sealed = service.vault.seal(RESIDENT_PHONE.of(row.id), phone.as_str())?;
        store::update(tx, ResidentRow { phone: Some(sealed), phone_blind: Some(blind.clone()), ..row }).await?;
        match before {
            Some(before) => {
                let text = phone_changed_text(&mask_phone(phone.as_str()));
                sms::put_account(service, tx, &before, "phone-changed", &text, now).await
            }
            None => Ok(()),
        }
    })?;
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let message = "手机号换好了。以后用新的手机号登录。".to_owned();
    set_flash(service, session, &Flash { message, good: true, ..Flash::default() }).await?;
    enter::renew(service, visitor, "/me?said=1").await
}

/// A phone that came with another account leads here no more.
///
/// # Errors
/// [`Error::SignIn`]; [`Error::NotFound`] for a phone that does not lead to this account.
pub async fn drop_phone(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    audited!(service, Entry::resident(resident.id, Plain::ChangedPhone), |tx| {
        let row = store::locked(tx, id).await?;
        if row.merged_into != Some(resident.id) {
            return Err(Error::NotFound);
        }
        store::update(tx, ResidentRow { phone: None, phone_blind: None, ..row }).await
    })?;
    Ok(Moved::to("/me/phone"))
}
