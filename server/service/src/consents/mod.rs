//! Consents to the use of protected data: what was agreed to when a case was submitted, with the text that was shown.

mod store;

use std::collections::BTreeSet;

use domain::audit::Plain;
use domain::consents::{ConsentView, ConsentsView, Sensitive};
use domain::forms::{Definition, Entries, Kind};
use sea_orm::DatabaseTransaction;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::audit::{Entry, audited, look};
use crate::cases::Record;
use crate::cases::store::cases_by_ids;
use crate::error::Error;
use crate::identity::{Moved, Visitor, hex, may_open};
use crate::residents::open_cases;
use crate::said::{good, said, told};
use crate::service::Service;
use crate::words;

const PAGE: &str = "/me/consents";
/// So many cases are looked at, the last first.
const MOST: u64 = 200;

/// So many characters of the hash tell one text from another.
const VERSION_LENGTH: usize = 16;

/// Records what the answers of a case agree to. `before`: what they were before a correction.
pub(crate) async fn record(
    service: &Service,
    tx: &DatabaseTransaction,
    (case, resident): (Uuid, Option<Uuid>),
    form: &Definition,
    (answers, before): (&Entries, Option<&Entries>),
) -> Result<(), Error> {
    let given = |answers: &Entries, kind: Sensitive| answers.get(&kind.field()) == "yes";
    for kind in Sensitive::ALL {
        if !given(answers, kind) || before.is_some_and(|before| given(before, kind)) {
            continue;
        }
        let Some(Kind::Declaration { text }) = form.field(&kind.field()).map(|field| &field.kind) else { continue };
        let row = store::ConsentRow {
            id: Uuid::now_v7(),
            case_id: case,
            resident_id: resident,
            kind: kind.key().to_owned(),
            version: hex(&Sha256::digest(text.as_bytes())).chars().take(VERSION_LENGTH).collect(),
            shown: text.clone(),
            given_at: service.clock.now(),
            withdrawn_at: None,
        };
        store::insert(tx, row).await?;
    }
    Ok(())
}

/// What the resident agreed to, the last first.
///
/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn list(service: &Service, visitor: &Visitor) -> Result<ConsentsView, Error> {
    let resident = visitor.resident()?.id;
    look(service, Entry::by(visitor, Plain::SawConsents)).await?;
    let cases = open_cases(service, visitor, MOST).await?;
    let rows = store::of(&service.db.read, resident, cases.iter().map(|case| case.id).collect()).await?;
    let cases = cases_by_ids(&service.db.read, rows.iter().map(|row| row.case_id).collect()).await?;
    let mut consents = Vec::new();
    for row in rows {
        let Some(kind) = Sensitive::from_key(&row.kind) else { continue };
        let Some(case) = cases.iter().find(|case| case.id == row.case_id) else { continue };
        let revision = service.catalogue.revision(&case.item_code, case.item_revision);
        consents.push(ConsentView {
            id: row.id.to_string(),
            kind,
            item: revision.map(|found| found.item.everyday.clone()).unwrap_or_default(),
            number: case.number.clone(),
            text: row.shown,
            given: words::time(row.given_at),
            withdrawn: row.withdrawn_at.map(words::time).unwrap_or_default(),
        });
    }
    let kept = kept_kinds(service, resident).await?.into_iter().collect();
    Ok(ConsentsView { consents, kept, flash: told(service, visitor, PAGE).await? })
}

/// Takes a consent back. The office of a case that goes on is told.
///
/// # Errors
/// [`Error::NotFound`] for one that is not the resident's, or was taken back.
pub async fn withdraw(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let row = store::fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    if row.resident_id != Some(resident) && !may_open(service, visitor, "case", row.case_id).await? {
        return Err(Error::NotFound);
    }
    let kind = Sensitive::from_key(&row.kind).ok_or(Error::NotFound)?;
    let record = Record::fetch(service, row.case_id).await?;
    let goes_on = !record.case.state.is_final();
    let text = format!("申请人撤回了对使用{}的单独同意，请不要再用这类信息，并告诉申请人后面怎么办。", kind.name());
    let now = service.clock.now();
    audited!(service, Entry::by(visitor, Plain::WithdrewConsent).case(row.case_id), |tx| {
        if !store::withdraw(tx, id, now).await? {
            return Err(Error::NotFound);
        }
        if goes_on { crate::messages::tell(service, tx, &record, &text).await } else { Ok(()) }
    })?;
    said(service, visitor, good(format!("已经撤回。{}", kind.after_withdrawal())), PAGE).await
}

/// Chooses which protected answers may be offered again.
///
/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn choose_kept(service: &Service, visitor: &Visitor, keys: &[String]) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let chosen: Vec<&str> = keys.iter().filter_map(|key| Sensitive::from_key(key)).map(Sensitive::key).collect();
    let kinds = chosen.join(",");
    audited!(service, Entry::by(visitor, Plain::ChoseKept), |tx| {
        store::keep_kinds(tx, resident, kinds.clone()).await
    })?;
    said(service, visitor, good("记好了。"), PAGE).await
}

/// The protected kinds whose answers a resident wants to be offered again.
pub(crate) async fn kept_kinds(service: &Service, resident: Uuid) -> Result<BTreeSet<Sensitive>, Error> {
    let text = store::kept_kinds(&service.db.read, resident).await?;
    Ok(text.split(',').filter_map(Sensitive::from_key).collect())
}
