//! 回避申报: the worker's own identity number and those of relatives, whose cases are left to colleagues.
//!
//! Of a number only a keyed hash is kept, to compare with those in cases, and its masked form for the worker's own list;
//! both are sealed. They are found by a keyed hash of that hash, which follows from it when keys change: so the number
//! itself, of people who were not asked, need not be kept for that.
//! Nobody takes back what they declared: who could, would not be kept from anything.

mod store;

use domain::audit::Plain;
use domain::cases::Flash;
use domain::desk::{RecusalEntry, RecusalView};
use domain::forms::{Entries, Finding};
use domain::identity::{IdNumber, mask_id_number, mask_name};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::{Entry, audited};
use crate::cases::IDENTITY;
use crate::desk::worker_view;
use crate::error::Error;
use crate::forms::read_json;
use crate::grants::touch;
use crate::identity::{Moved, Visitor, flash_of, set_flash};
use crate::service::Service;
use crate::vault::{Purpose, Sealed, WORKER_TIE_SHOWN};
use crate::words;

const PAGE: &str = "/desk/recusal";
/// Under this key a flash says that it is of this page.
const ABOUT: &str = "recusal";
/// Longest name, in characters.
const NAME_MAX: usize = 60;
/// More relatives than these nobody has to declare.
const MOST: usize = 60;

/// What is kept of a declared person.
#[derive(Serialize, Deserialize)]
pub(crate) struct Declared {
    /// Name and identity number, both masked.
    pub shown: String,
    /// Keyed hash of the number, see [`IDENTITY`].
    pub hash: String,
}

pub(crate) fn declared(service: &Service, row: Uuid, sealed: &Sealed) -> Result<Declared, Error> {
    service.vault.read(WORKER_TIE_SHOWN.of(row), sealed)
}

/// By what a declared person is found, of what is kept of them.
pub(crate) fn declared_value(kept: &str) -> Result<String, Error> {
    read_json::<Declared>(kept).map(|kept| kept.hash)
}

/// What the worker has declared.
///
/// # Errors
/// [`Error::Unauthenticated`]
pub async fn view(service: &Service, visitor: &Visitor) -> Result<RecusalView, Error> {
    let worker = visitor.worker()?;
    let rows = store::of_worker(&service.db.read, worker.id).await?;
    let entry = |row: store::TieRow| -> Result<RecusalEntry, Error> {
        Ok(RecusalEntry {
            own: row.kind == store::OWN,
            shown: declared(service, row.id, &row.shown)?.shown,
            declared: words::time(row.declared_at),
        })
    };
    let entries = rows.into_iter().map(entry).collect::<Result<_, _>>()?;
    let flash = flash_of(service, &worker.session).await?;
    let flash = if flash.entries.get(ABOUT).is_empty() { Flash::default() } else { flash };
    Ok(RecusalView { worker: worker_view(service, worker), entries, flash })
}

/// Declares the worker (`own`) or a relative. A number that was declared before is not declared twice.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::Refused`] for too many.
pub async fn declare(
    service: &Service,
    visitor: &Visitor,
    own: bool,
    name: &str,
    number: &str,
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let name: String =
        if own { worker.name.clone() } else { domain::text::clean(name).chars().take(NAME_MAX).collect() };
    let part = if own { "own" } else { "relative" };
    let kept = || -> Entries {
        let pairs = [(ABOUT.to_owned(), part.to_owned()), (format!("{part}.name"), name.clone())];
        pairs.into_iter().chain([(format!("{part}.id_number"), number.to_owned())]).collect()
    };
    let parsed = match IdNumber::parse(number, service.today()) {
        Ok(parsed) if !name.is_empty() => parsed,
        parsed => {
            let mut findings = Vec::new();
            let finding = |field: &str, message: String| Finding { path: format!("{part}.{field}"), message };
            if name.is_empty() {
                findings.push(finding("name", "请填姓名".to_owned()));
            }
            if let Err(fault) = parsed {
                findings.push(finding("id_number", fault.advice().to_owned()));
            }
            set_flash(service, &worker.session, &Flash { entries: kept(), findings, ..Flash::default() }).await?;
            return Ok(Moved::to(PAGE));
        }
    };
    let number = parsed.as_str();
    let (id, hash) = (Uuid::now_v7(), service.keys.blind(IDENTITY, number));
    let shown = format!("{} {}", mask_name(&name), mask_id_number(number));
    let new = store::New {
        id,
        worker: worker.id,
        own,
        blind: service.vault.blind(Purpose::Declared, &hash)?,
        shown: service.vault.write(WORKER_TIE_SHOWN.of(id), &Declared { shown, hash: hash.clone() })?,
    };
    let entry = Entry::worker(worker, Plain::DeclaredTie).because(part);
    audited!(service, entry, |tx| {
        // Of two taps at once the second waits here, and finds what the first has declared.
        touch(tx, &[worker.id]).await?;
        let before = store::of_worker(tx, worker.id).await?;
        if before.iter().any(|row| service.vault.is_blind(Purpose::Declared, &hash, &row.blind)) {
            return Ok(());
        }
        if own && before.iter().any(|row| row.kind == store::OWN) {
            return Err(Error::Refused("您的身份证号已经登记过了。".to_owned()));
        }
        if before.len() >= MOST {
            return Err(Error::Refused(format!("最多登记{MOST}位亲属。")));
        }
        store::insert(tx, &new, service.clock.now()).await
    })?;
    let message = "已登记。他们的办件由同事办理。".to_owned();
    let entries = [(ABOUT, part)].into_iter().collect();
    set_flash(service, &worker.session, &Flash { entries, message, good: true, ..Flash::default() }).await?;
    Ok(Moved::to(PAGE))
}
