//! A database that was filled before its personal data was sealed is converted, once and while nobody is served. What
//! is sealed and what is not is never guessed: how far it came stands in the database, in the same transactions.

use std::sync::Arc;

use domain::audit::Plain;

use super::change::{Rewrapped, anew};
use super::rows::{self, Table};
use super::{Vault, files, store};
use crate::audit::{Entry, audited};
use crate::db::Db;
use crate::error::Error;
use crate::ports::Clock;
use crate::service::{Service, Settings};

/// Rows of one transaction.
const BATCH: u64 = 500;

/// Seals everything that a database of an earlier version holds. When it is interrupted, it goes on where it was.
///
/// # Errors
/// [`Error::Refused`] for a database that is sealed already.
pub async fn convert(db: Db, settings: Settings, clock: Arc<dyn Clock>) -> Result<Rewrapped, Error> {
    let vault = Vault::for_plain(&db, &settings.key_ring, settings.suite, clock.now()).await?;
    let opened = Service::on(db, settings, clock, Arc::new(vault)).await?;
    let service = &opened;
    let mut done = Rewrapped { rows: 0, files: files::convert(service).await? };
    let tables = rows::tables();
    let begun = store::progress(&service.db).await?;
    let (at, mut after) = match &begun {
        Some((name, key)) => {
            let at = tables.iter().position(|table| table.name == name);
            let at = at.ok_or_else(|| Error::internal("the conversion", "stopped in a table that is not known"))?;
            (at, tables[at].parse_key(key))
        }
        None => (0, None),
    };
    for table in &tables[at..] {
        done.rows += convert_table(service, table, after.take()).await?;
    }
    let names: Vec<&str> = tables.iter().map(|table| table.name).collect();
    service.db.forget(&names).await?;
    let ring = service.vault.ring().id.to_string();
    audited!(service, Entry::system(Plain::Resealed), |tx| { store::finish(tx, &ring).await })?;
    opened.db.close().await?;
    Ok(done)
}

async fn convert_table(service: &Service, table: &Table, mut after: Option<rows::RowKey>) -> Result<usize, Error> {
    let mut done = 0;
    loop {
        let page = rows::page(&service.db.read, table, after.as_ref(), None, BATCH).await?;
        let Some(last) = page.last() else { return Ok(done) };
        let (key, page) = (&last.key, &page);
        audited!(service, Entry::system(Plain::Resealed).because(table.name), |tx| {
            for row in page {
                let new = anew(&service.vault, table, row, |_, plain| Ok(plain.to_owned()))?;
                if !rows::replace(tx, table, row, &new).await? {
                    return Err(Error::internal("the conversion", "somebody else writes: stop the server first"));
                }
            }
            store::set_progress(tx, table.name, &key.to_string()).await
        })?;
        done += page.len();
        after = Some(last.key.clone());
    }
}
