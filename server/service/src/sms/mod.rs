//! Short messages to residents: put into the outbox with the event that they tell of, sent by the clock.

mod remind;
mod send;
mod store;

use chrono::{DateTime, Utc};
use domain::cases::MessageKind;
use domain::identity::{Phone, mask_phone};
use domain::sms::{SmsView, not_before, text};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use crate::cases::Record;
use crate::error::Error;
use crate::service::Service;
use crate::vault::{OUTBOX_PHONE, OUTBOX_TEXT};
use crate::words;

pub use remind::remind;
pub use send::send;

/// Puts a message to the applicant into the outbox. Nothing without a phone.
pub(crate) async fn enqueue(
    service: &Service,
    tx: &DatabaseTransaction,
    record: &Record,
    kind: MessageKind,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let phone = record.answers.get("applicant.phone");
    let (name, number) = (&record.revision.item.everyday, &record.row.number);
    put(service, tx, &About { case: record.row.id, phone, name, number }, kind, at).await
}

/// What a message is about: a case, or with its first case a whole life event.
pub(crate) struct About<'a> {
    pub case: Uuid,
    pub phone: &'a str,
    /// In everyday words.
    pub name: &'a str,
    pub number: &'a str,
}

pub(crate) async fn put(
    service: &Service,
    tx: &DatabaseTransaction,
    about: &About<'_>,
    kind: MessageKind,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let Some(phone) = Phone::parse(about.phone) else { return Ok(()) };
    let text = text(kind, about.name, about.number, &service.settings.public_url);
    let key = serde_json::to_string(&kind).unwrap_or_default();
    let waits =
        store::Waiting { case: Some(about.case), kind: key.trim_matches('"'), phone: phone.as_str(), text: &text };
    store::insert(&service.vault, tx, &waits, not_before(at), at).await
}

/// The kind of messages that carry a code: sent at once, also at night, and forgotten when the code is over.
pub(crate) const CODE: &str = "code";

/// Puts a code for somebody into the outbox.
pub(crate) async fn put_code(
    service: &Service,
    tx: &DatabaseTransaction,
    phone: &Phone,
    text: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let waits = store::Waiting { case: None, kind: CODE, phone: phone.as_str(), text };
    store::insert(&service.vault, tx, &waits, at, at).await
}

/// Puts a message about an account into the outbox.
pub(crate) async fn put_account(
    service: &Service,
    tx: &DatabaseTransaction,
    phone: &Phone,
    kind: &'static str,
    text: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let waits = store::Waiting { case: None, kind, phone: phone.as_str(), text };
    store::insert(&service.vault, tx, &waits, not_before(at), at).await
}

/// The last messages of the simulated gateway.
///
/// # Errors
/// [`Error::NotFound`] where messages really leave: what they say is for their receivers alone.
pub async fn inbox(service: &Service) -> Result<Vec<SmsView>, Error> {
    if !service.settings.inbox || !service.sms.simulated() {
        return Err(Error::NotFound);
    }
    let rows = store::latest(&service.db.read).await?;
    let view = |row: store::OutboxRow| -> Result<SmsView, Error> {
        let at = words::time(row.sent_at.unwrap_or(row.not_before));
        let (phone, text) = opened(service, &row)?;
        Ok(SmsView { phone: mask_phone(&phone), text, at, sent: row.sent_at.is_some() })
    };
    rows.into_iter().map(view).collect()
}

/// To whom it goes and what it says.
fn opened(service: &Service, row: &store::OutboxRow) -> Result<(String, String), Error> {
    let phone = service.vault.open(OUTBOX_PHONE.of(row.id), &row.phone)?;
    Ok((phone, service.vault.open(OUTBOX_TEXT.of(row.id), &row.text)?))
}
