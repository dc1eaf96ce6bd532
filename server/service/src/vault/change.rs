//! Keys are changed while requests are served: a new one is added, everything is sealed anew with it, the old one goes.

use chrono::TimeDelta;
use domain::audit::Plain;

use super::ring::{Ring, Use};
use super::rows::{self, Row, Table};
use super::suite::Suite;
use super::{Sealed, Vault, blind, files, head};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;

/// Rows of one transaction.
const BATCH: u64 = 200;
/// Whoever serves with an old key writes rows behind our back; after so many rounds we say so.
const ROUNDS_MAX: usize = 5;
/// After it every process has noticed that another key is active, and what it began before is over. They look every
/// few seconds, and stop sealing when they cannot.
const NOTICED_AFTER: TimeDelta = TimeDelta::minutes(2);

/// What was sealed anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rewrapped {
    pub rows: usize,
    pub files: usize,
}

/// Adds a key, which is active from now on. Returns its id.
///
/// # Errors
/// When the file of keys cannot be written.
pub async fn add_key(service: &Service, purpose: Use, suite: Suite) -> Result<String, Error> {
    let now = service.clock.now();
    let id = Ring::change(&service.vault.file, |ring| ring.add(purpose, suite, now))?;
    service.vault.refresh()?;
    audited!(service, Entry::system(Plain::AddedKey).because(id.clone()), |_tx| { Ok(()) })?;
    Ok(id)
}

/// Seals everything anew that is not sealed with the active key, and makes blind values anew.
///
/// # Errors
/// When a record does not open: nothing of its batch is changed.
pub async fn rewrap(service: &Service) -> Result<Rewrapped, Error> {
    service.vault.refresh()?;
    let mut done = Rewrapped::default();
    for _ in 0..ROUNDS_MAX {
        let before = done;
        for table in rows::tables() {
            done.rows += rewrap_table(service, &table).await?;
        }
        done.files += files::rewrap(service).await?;
        if done == before {
            break;
        }
    }
    Ok(done)
}

async fn rewrap_table(service: &Service, table: &Table) -> Result<usize, Error> {
    let ring = service.vault.ring();
    let (data, blind) = (head(ring.active(Use::Data)?), head(ring.active(Use::Blind)?));
    let (mut after, mut done) = (None, 0);
    loop {
        let page = rows::page(&service.db.read, table, after.as_ref(), Some((&data, &blind)), BATCH).await?;
        let Some(last) = page.last() else { return Ok(done) };
        after = Some(last.key.clone());
        let page = &page;
        done += audited!(service, Entry::system(Plain::Resealed).because(table.name), |tx| {
            let mut done = 0;
            for row in page {
                let new = anew(&service.vault, table, row, |place, record| {
                    service.vault.open(place, &Sealed::of_record(record.to_owned()))
                })?;
                // Who wrote it meanwhile has sealed it.
                done += usize::from(rows::replace(tx, table, row, &new).await?);
            }
            Ok(done)
        })?;
    }
}

/// The records of a row with the active keys, `open` giving what is in the old ones.
pub(super) fn anew(
    vault: &Vault,
    table: &Table,
    row: &Row,
    open: impl Fn(super::Place, &str) -> Result<String, Error>,
) -> Result<Vec<Option<String>>, Error> {
    let place = |column: &super::Column| column.of(&row.key);
    let mut plain = Vec::with_capacity(table.columns.len());
    for (column, record) in table.columns.iter().zip(&row.sealed) {
        plain.push(record.as_ref().map(|record| open(place(column), record)).transpose()?);
    }
    let mut new = Vec::with_capacity(plain.len() + row.blinds.len());
    for (column, plain) in table.columns.iter().zip(&plain) {
        let sealed = plain.as_ref().map(|plain| vault.seal(place(column), plain)).transpose()?;
        new.push(sealed.map(|sealed| sealed.record().to_owned()));
    }
    let ring = vault.ring();
    for (spec, (stored, beside)) in table.blinds.iter().zip(&row.blinds) {
        let from = table.columns.iter().position(|column| column.name == spec.from);
        let from = from.and_then(|at| plain[at].as_deref());
        let made = match (stored, from) {
            (Some(_), Some(from)) => Some(blind(ring.active(Use::Blind)?, spec.purpose, &(spec.value)(from, beside)?)),
            _ => None,
        };
        new.push(made);
    }
    Ok(new)
}

/// Destroys a key that nothing names any more.
///
/// # Errors
/// [`Error::Refused`] for a key that is active, was replaced just now, or is still named by a record.
pub async fn retire_key(service: &Service, id: &str) -> Result<(), Error> {
    let ring = service.vault.refresh()?;
    let key = ring.keys.iter().find(|key| key.id == id);
    let key = key.ok_or_else(|| Error::Refused(format!("there is no key {id}")))?;
    let Some(replaced) = key.replaced_at else {
        return Err(Error::Refused(format!("{id} is the active key: add another first")));
    };
    let since = service.clock.now() - replaced;
    if since < NOTICED_AFTER {
        let left = (NOTICED_AFTER - since).num_seconds() + 1;
        return Err(Error::Refused(format!("{id} was replaced just now: wait {left} s, then rewrap once more")));
    }
    let named = rows::count(&service.db.read, &head(key)).await?;
    let named = named + files::count(service, head(key)).await? as i64;
    if named > 0 {
        return Err(Error::Refused(format!("{named} records or files are sealed with {id}: rewrap first")));
    }
    audited!(service, Entry::system(Plain::RetiredKey).because(id), |_tx| { Ok(()) })?;
    Ring::change(&service.vault.file, |ring| {
        ring.keys.retain(|key| key.id != id);
        Ok(())
    })?;
    service.vault.refresh().map(drop)
}
