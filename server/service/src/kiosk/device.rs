//! A kiosk as a device: how it becomes one, who it is by its cookie, and what it says of itself.

use chrono::{DateTime, Utc};
use domain::audit::Plain;
use domain::identity::mask_name;
use domain::kiosk::{KioskHome, Paper};
use domain::residents::Allowance;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::forms::drafts_of;
use crate::identity::{Visitor, card_of, give_back, keep_at_kiosk, new_token, spend, token_hash};
use crate::service::Service;

/// Wrong codes from one network address.
const TRIES: Allowance = Allowance { pause: 0, hour: 10, day: 30 };
/// A kiosk says every half minute how it is; that nothing has changed is written down less often.
const WRITTEN_SECONDS: i64 = 55;
const VERSION_CHARS: usize = 40;
const DRAFTS_SHOWN: u64 = 5;

/// The kiosk whose browser asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kiosk {
    pub id: Uuid,
    pub office: String,
    /// Hall and place, as its pages say it.
    pub title: String,
    pub language: String,
}

/// What a kiosk is told about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Somebody's session is good here.
    pub session: bool,
    /// A worker was called and has not come yet.
    pub called: bool,
}

/// The kiosk of a device's cookie, unless it was ended.
pub(crate) async fn of_token(service: &Service, token: &str) -> Result<Option<Kiosk>, Error> {
    let row = store::by_token(&service.db.read, &token_hash(token)).await?;
    Ok(row.filter(|row| row.ended_at.is_none()).map(|row| Kiosk {
        id: row.id,
        title: format!("{} · {}", service.areas.office_name(&row.office), row.name),
        office: row.office,
        language: row.language,
    }))
}

/// Somebody begins something at a kiosk.
pub(crate) async fn used(tx: &DatabaseTransaction, visitor: &Visitor, now: DateTime<Utc>) -> Result<(), Error> {
    match &visitor.kiosk {
        Some(kiosk) => store::used(tx, kiosk.id, now).await,
        None => Ok(()),
    }
}

/// Makes the device that asks the kiosk of this code. Returns the token of its cookie; none for a code that is not good.
///
/// # Errors
/// [`Error::Refused`] after too many tries.
pub async fn enrol(service: &Service, visitor: &Visitor, typed: &str) -> Result<Option<String>, Error> {
    let tries = format!("kiosk-code|{}", visitor.address);
    audited!(service, Entry::system(Plain::TriedKioskCode), |tx| { spend(service, tx, &tries, &TRIES).await })?;
    let code = code_hash(service, &domain::text::compact(typed));
    let now = service.clock.now();
    let Some(row) = store::by_code(&service.db.read, &code, now).await? else { return Ok(None) };
    let token = new_token()?;
    let hash = token_hash(&token);
    let enrolled = audited!(service, Entry::kiosk(row.id, &row.office, Plain::EnrolledKiosk), |tx| {
        give_back(service, tx, &tries).await?;
        store::enrol(tx, &code, &hash, now).await
    })?;
    Ok(enrolled.then_some(token))
}

pub(super) fn code_hash(service: &Service, code: &str) -> String {
    service.keys.blind("kiosk-code", code)
}

/// Takes down how a kiosk is. `busy`: somebody touched it since it last said so, which keeps their session up.
///
/// # Errors
/// [`Error::NotFound`] for a browser that is no kiosk's.
pub async fn alive(
    service: &Service,
    visitor: &Visitor,
    (version, paper): (&str, &str),
    busy: bool,
) -> Result<Beat, Error> {
    let kiosk = visitor.kiosk()?;
    let row = store::fetch(&service.db.read, kiosk.id).await?.ok_or(Error::NotFound)?;
    let now = service.clock.now();
    let version: String = version.chars().filter(|c| c.is_ascii_graphic()).take(VERSION_CHARS).collect();
    let paper = Paper::from_key(paper).key();
    let is_news = row.version != version || row.paper != paper;
    if is_news || row.seen_at.is_none_or(|seen| (now - seen).num_seconds() >= WRITTEN_SECONDS) {
        audited!(service, Entry::kiosk(kiosk.id, &kiosk.office, Plain::KioskAlive), |tx| {
            store::seen(tx, kiosk.id, (&version, paper), now).await
        })?;
    }
    if let Some(session) = visitor.session.as_deref().filter(|_| busy) {
        keep_at_kiosk(service, session).await?;
    }
    Ok(Beat { session: visitor.session.is_some(), called: row.called_at.is_some() })
}

/// The first page of a kiosk.
///
/// # Errors
/// [`Error::NotFound`] for a browser that is no kiosk's.
pub async fn home(service: &Service, visitor: &Visitor) -> Result<KioskHome, Error> {
    let kiosk = visitor.kiosk()?;
    let row = store::fetch(&service.db.read, kiosk.id).await?.ok_or(Error::NotFound)?;
    let drafts = if visitor.session.is_some() { drafts_of(service, visitor, DRAFTS_SHOWN).await? } else { Vec::new() };
    Ok(KioskHome {
        office: service.areas.office_name(&row.office),
        name: row.name,
        drafts,
        signed_in: visitor.resident.is_some(),
        called: row.called_at.is_some(),
        card: card_of(service, visitor).await?.map(|card| mask_name(&card.name)).unwrap_or_default(),
    })
}
