//! Signing in: a fresh session of the resident, whichever way it was proven who it is.

use chrono::{DateTime, Utc};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::identity::Phone;
use domain::residents::{Goal, SignInView, device};
use uuid::Uuid;

use super::sealing;
use super::store::{self, ResidentRow};
use super::{account, join};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, NewDevice, Visitor, begin_session, flash, new_token, token_hash};
use crate::service::Service;
use crate::vault::{RESIDENT_ID_NUMBER, RESIDENT_NAME, RESIDENT_PHONE};

/// The page to sign in at. `again`: the form has something to say.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_in_page(service: &Service, visitor: &Visitor, goal: &str, again: bool) -> Result<SignInView, Error> {
    Ok(SignInView {
        flash: if again { flash(service, visitor).await? } else { Flash::default() },
        goal: Goal::from_key(goal).unwrap_or(Goal::Me).key().to_owned(),
        city: service.city.is_some(),
        inbox: service.settings.inbox && service.sms.simulated(),
        signed_in: visitor.resident.is_some(),
    })
}

/// Whose account it is that a phone was proven for: the one that there is, or a new one.
pub(super) async fn by_phone(
    service: &Service,
    visitor: &Visitor,
    phone: &Phone,
    shared: bool,
    user_agent: &str,
    goal: Goal,
) -> Result<Moved, Error> {
    let now = service.clock.now();
    let (token, words) = (new_token()?, device(user_agent));
    let hash = token_hash(&token);
    let fresh = new_resident(service, Some(phone))?;
    let found = account::by_phone(service, &service.db.read, phone).await?;
    let resident = found.map_or(fresh.id, |row| row.id);
    let entry = Entry::resident(resident, Plain::ResidentSignedIn);
    audited!(service, entry, |tx| {
        let resident = match account::by_phone(service, tx, phone).await? {
            Some(row) => row.id,
            // Two browsers at once: one makes the account, the other is repeated and finds it.
            None => {
                service.vault.alone(tx).await?;
                store::insert(tx, fresh.clone()).await?;
                fresh.id
            }
        };
        let device = NewDevice { resident, shared, words: words.clone(), proven_at: now, signed_in_at: now };
        begin_session(service, tx, visitor, &hash, &device, now).await
    })?;
    moved(service, token, resident, shared, goal).await
}

/// Where to after signing in: to the question what may join the account, if there is anything.
pub(super) async fn moved(
    service: &Service,
    token: String,
    resident: Uuid,
    shared: bool,
    goal: Goal,
) -> Result<Moved, Error> {
    let asks = !join::joinable(service, &token_hash(&token), resident).await?.is_empty();
    let location = if asks { format!("/sign-in/join?for={}", goal.key()) } else { goal.path().to_owned() };
    Ok(Moved { brief: shared, ..Moved::with(location, Some(token)) })
}

pub(super) fn new_resident(service: &Service, phone: Option<&Phone>) -> Result<ResidentRow, Error> {
    let id = Uuid::now_v7();
    let sealed = phone.map(|phone| service.vault.seal(RESIDENT_PHONE.of(id), phone.as_str())).transpose()?;
    Ok(ResidentRow {
        id,
        phone: sealed,
        phone_blind: phone.map(|phone| sealing::blind_phone(service, phone)).transpose()?,
        name: None,
        id_number: None,
        id_blind: None,
        city_blind: None,
        real_at: None,
        real_by: None,
        twin: None,
        merged_into: None,
        created_at: service.clock.now(),
    })
}

/// The account with a proven name, to be written when no other account has the number.
pub(super) fn with_name(service: &Service, row: ResidentRow, name: &str, number: &str) -> Result<ResidentRow, Error> {
    Ok(ResidentRow {
        name: Some(service.vault.seal(RESIDENT_NAME.of(row.id), name)?),
        id_number: Some(service.vault.seal(RESIDENT_ID_NUMBER.of(row.id), number)?),
        id_blind: Some(sealing::blind_id_number(service, number)?),
        ..row
    })
}

/// The resident who is signed in proved it once more: a fresh session in the place of the old one.
pub(super) async fn renew(service: &Service, visitor: &Visitor, location: &str) -> Result<Moved, Error> {
    anew(service, visitor, location, service.clock.now()).await
}

/// The account has other rights from now on: the same.
pub(super) async fn rotate(service: &Service, visitor: &Visitor, location: &str) -> Result<Moved, Error> {
    anew(service, visitor, location, visitor.resident()?.proven_at).await
}

async fn anew(service: &Service, visitor: &Visitor, location: &str, proven_at: DateTime<Utc>) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let now = service.clock.now();
    let token = new_token()?;
    let hash = token_hash(&token);
    audited!(service, Entry::resident(resident.id, Plain::ProvedAgain), |tx| {
        let before = store::session_fetch(tx, session).await?.ok_or(Error::SignIn)?;
        let device = NewDevice {
            resident: resident.id,
            shared: before.shared,
            words: before.device,
            proven_at,
            signed_in_at: before.signed_in_at.unwrap_or(now),
        };
        begin_session(service, tx, visitor, &hash, &device, now).await
    })?;
    Ok(Moved { brief: resident.shared, ..Moved::with(location, Some(token)) })
}
