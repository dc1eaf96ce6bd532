//! Codes by which something goes on at another device: a draft from a kiosk to a phone, a case from a phone to a kiosk.
//! Each is good once and not for long.

use chrono::Duration;
use domain::audit::Plain;
use domain::kiosk::{CARRY_SECONDS, FETCH_MINUTES, FetchCode};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::store::{self, CodeRow};
use crate::audit::{Entry, audited};
use crate::cases::{Record, qr};
use crate::error::Error;
use crate::identity::{Moved, Visitor, may_open, session_of};
use crate::service::Service;
use crate::words;

/// Of an address, 160 bits.
const LINK_CHARS: usize = 32;
/// To type: 50 bits, and guesses at it are limited.
const TYPED_CHARS: usize = 10;

const DRAFT: &str = "draft";
const CASE: &str = "case";

/// What a code leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Carried {
    id: Uuid,
    /// `draft` or `case`.
    pub kind: &'static str,
    pub subject: Uuid,
    /// The session that made the code.
    from: String,
}

/// Makes the code that takes a draft from this kiosk to a phone.
pub(crate) async fn carry(service: &Service, visitor: &Visitor, draft: Uuid) -> Result<(), Error> {
    let session = visitor.session.as_deref().ok_or(Error::NotFound)?;
    let row = new_row(service, (DRAFT, draft), session, Duration::seconds(CARRY_SECONDS));
    let entry = Entry::by_session(visitor, session, Plain::MadeCarryCode).draft(draft);
    audited!(service, entry, |tx| { store::code_insert(tx, row.clone()).await })
}

/// The address that [`carry`] made, with how many seconds it is good for; none when it is over.
pub(crate) async fn carry_link(
    service: &Service,
    visitor: &Visitor,
    draft: Uuid,
) -> Result<Option<(String, i64)>, Error> {
    let session = visitor.session.as_deref().ok_or(Error::NotFound)?;
    let now = service.clock.now();
    let row = store::code_of(&service.db.read, session, (DRAFT, draft), now).await?;
    Ok(row.map(|row| (address(service, &row), (row.until - now).num_seconds())))
}

/// Makes the code that brings a case to a kiosk.
///
/// # Errors
/// [`Error::NotFound`] for a case that is not there for this visitor, and at a kiosk.
pub async fn make_fetch_code(service: &Service, visitor: &Visitor, number: &str) -> Result<Moved, Error> {
    let record = own(service, visitor, number).await?;
    let (session, new_session) = session_of(service, visitor).await?;
    let row = new_row(service, (CASE, record.row.id), &session, Duration::minutes(FETCH_MINUTES));
    let entry = Entry::by_session(visitor, &session, Plain::MadeFetchCode).case(record.row.id);
    audited!(service, entry, |tx| { store::code_insert(tx, row.clone()).await })?;
    Ok(Moved::with(format!("/cases/{}/code", record.row.number), new_session))
}

/// The code that was made.
///
/// # Errors
/// As [`make_fetch_code`]; [`Error::NotFound`] when none was made here, or it is over.
pub async fn fetch_code(service: &Service, visitor: &Visitor, number: &str) -> Result<FetchCode, Error> {
    let record = own(service, visitor, number).await?;
    let session = visitor.session.as_deref().ok_or(Error::NotFound)?;
    let now = service.clock.now();
    let row = store::code_of(&service.db.read, session, (CASE, record.row.id), now).await?.ok_or(Error::NotFound)?;
    let code = code(service, &row);
    Ok(FetchCode {
        number: record.row.number,
        code: [&code[..5], &code[5..]].join(" "),
        qr: qr(&address(service, &row)),
        until: words::hour(row.until),
    })
}

async fn own(service: &Service, visitor: &Visitor, number: &str) -> Result<Record, Error> {
    let record = Record::open(service, visitor, number).await?;
    let own = visitor.kiosk.is_none() && may_open(service, visitor, CASE, record.row.id).await?;
    if own { Ok(record) } else { Err(Error::NotFound) }
}

/// What a code is good for, now and for this visitor. A case comes to kiosks alone.
pub(crate) async fn find(service: &Service, visitor: &Visitor, typed: &str) -> Result<Option<Carried>, Error> {
    let row = store::code_fetch(&service.db.read, &hash(service, typed), service.clock.now()).await?;
    Ok(row.and_then(|row| match row.kind.as_str() {
        DRAFT => Some(Carried { id: row.id, kind: DRAFT, subject: row.subject, from: row.session_hash }),
        CASE if visitor.kiosk.is_some() => {
            Some(Carried { id: row.id, kind: CASE, subject: row.subject, from: row.session_hash })
        }
        _ => None,
    }))
}

/// Uses it up: of two at once, one has it. What is taken from a kiosk is there no more.
pub(crate) async fn take(tx: &DatabaseTransaction, carried: &Carried) -> Result<bool, Error> {
    let taken = store::code_use(tx, carried.id).await?;
    if taken && carried.kind == DRAFT {
        store::shut_here(tx, &carried.from, carried.subject).await?;
    }
    Ok(taken)
}

fn new_row(service: &Service, (kind, subject): (&'static str, Uuid), session: &str, lasts: Duration) -> CodeRow {
    let mut row = CodeRow {
        id: Uuid::new_v4(),
        kind: kind.to_owned(),
        subject,
        session_hash: session.to_owned(),
        code_hash: String::new(),
        until: service.clock.now() + lasts,
    };
    row.code_hash = hash(service, &code(service, &row));
    row
}

fn code(service: &Service, row: &CodeRow) -> String {
    let length = if row.kind == DRAFT { LINK_CHARS } else { TYPED_CHARS };
    service.keys.code("hand-over", &row.id.to_string(), length)
}

fn hash(service: &Service, code: &str) -> String {
    service.keys.blind("hand-over", code)
}

fn address(service: &Service, row: &CodeRow) -> String {
    format!("{}/resume/{}", service.settings.public_url, code(service, row))
}
