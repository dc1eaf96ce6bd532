//! Papers that a window keeps for a case until they are fetched or sent (收受分离).

mod store;

use domain::audit::Plain;
use domain::cases::{CustodyEntry, CustodyView, Event};
use domain::forms::outline;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use crate::audit::{Entry, audited, look};
use crate::cases::{Record, worker_reads};
use crate::desk::worker_view;
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker};
use crate::service::Service;
use crate::vault::{CUSTODY_GIVEN_TO, CUSTODY_PAPERS};
use crate::words;

const PAGE: &str = "/desk/custody";
/// Longest name of who fetched the papers, in characters.
const NAME_MAX: usize = 60;

/// The window hands over what can be seen on a screen and keeps the papers. Nothing, when the form asks for none.
pub(crate) async fn keep(
    service: &Service,
    tx: &DatabaseTransaction,
    record: &Record,
    event: &Event,
) -> Result<(), Error> {
    let Some(office) = &record.row.received_office else { return Ok(()) };
    let day = domain::cases::local_day(record.case.submitted_at);
    let pages = outline(&record.revision.form, &record.answers, day, &|_| String::new());
    let rows = pages.iter().flat_map(|page| &page.rows).filter(|row| row.material);
    let papers: Vec<&str> = rows.map(|row| row.label.as_str()).collect();
    if papers.is_empty() {
        return Ok(());
    }
    store::insert(&service.vault, tx, record.row.id, office, &papers.join("、"), event.at).await
}

/// What the worker's window keeps, the oldest first.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::Forbidden`] for who takes no applications.
pub async fn list(service: &Service, visitor: &Visitor) -> Result<CustodyView, Error> {
    let worker = keeper(visitor)?;
    look(service, Entry::worker(worker, Plain::SawCustody)).await?;
    let mut rows = Vec::new();
    for (row, case) in store::kept_by(&service.db.read, &worker.office).await? {
        if worker_reads(service, worker, &case, &[])? {
            rows.push((row, case));
        }
    }
    let entry = |(row, case): (store::CustodyRow, store::CaseRow)| -> Result<CustodyEntry, Error> {
        let papers = service.vault.open(CUSTODY_PAPERS.of(row.id), &row.papers)?;
        Ok(CustodyEntry { id: row.id.to_string(), number: case.number, papers, since: words::time(row.kept_at) })
    };
    Ok(CustodyView {
        worker: worker_view(service, worker),
        kept: rows.into_iter().map(entry).collect::<Result<_, _>>()?,
    })
}

/// The papers leave the window: fetched by somebody, or sent.
///
/// # Errors
/// [`Error::NotFound`] for papers that another window keeps, or that are gone already.
pub async fn give_out(service: &Service, visitor: &Visitor, id: &str, to: &str) -> Result<Moved, Error> {
    let worker = keeper(visitor)?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let to: String = domain::text::clean(to).chars().take(NAME_MAX).collect();
    if to.is_empty() {
        return Err(Error::Refused("请写清是谁取走的，或者邮件号。".to_owned()));
    }
    let now = service.clock.now();
    let to = service.vault.seal(CUSTODY_GIVEN_TO.of(id), &to)?;
    let case = store::case_of(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    if !worker_reads(service, worker, &case, &[])? {
        return Err(Error::NotFound);
    }
    let given = audited!(service, Entry::worker(worker, Plain::GaveOut).because(id.to_string()), |tx| {
        store::give(tx, id, &worker.office, to.clone(), now).await
    })?;
    if given { Ok(Moved::to(PAGE)) } else { Err(Error::NotFound) }
}

fn keeper(visitor: &Visitor) -> Result<&Worker, Error> {
    let worker = visitor.worker()?;
    crate::desk::require_start(worker, None)?;
    Ok(worker)
}
