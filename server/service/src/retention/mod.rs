//! The end of a case's retention: its personal data is taken out, and what it counts for stays.
//!
//! Kept are the case's number, item, office, state, days and times, the grades of its ratings, and the audit. Gone are
//! answers, papers, messages, notices, everything that anybody typed, and the ways by which it was opened.

mod store;

use chrono::TimeDelta;
use domain::audit::Plain;
use domain::cases::{State, local_day, wordless};
use domain::retention;
use uuid::Uuid;

use crate::audit::{Entry, audited};
use crate::cases::Record;
use crate::error::Error;
use crate::forms::store::{blob_used, draft_delete, draft_lock, drafts_behind, files_of_drafts};
use crate::service::Service;

/// So many at a time: the next run goes on.
const AT_ONCE: u64 = 200;

/// Takes the personal data out of cases whose retention has ended, and deletes what was begun long ago and never sent.
/// Returns how many. Safe on several nodes at once.
///
/// # Errors
/// When the database or the store of files does not answer; the next run goes on.
pub async fn run(service: &Service) -> Result<usize, Error> {
    Ok(cases(service).await? + drafts(service).await?)
}

async fn cases(service: &Service) -> Result<usize, Error> {
    let states: Vec<&str> = State::ALL.into_iter().filter(|state| state.is_final()).map(State::key).collect();
    let shortest = service.catalogue.shortest_retention();
    let mut done = 0;
    let before = service.clock.now() - TimeDelta::days(i64::from(shortest) * 365);
    // Those that are kept for longer stand between those that are not.
    let mut after = None;
    loop {
        let page = store::over_before(&service.db.read, (&states, before), after, AT_ONCE).await?;
        for row in &page {
            done += usize::from(case(service, row).await?);
        }
        let Some(last) = page.last().filter(|_| page.len() as u64 == AT_ONCE) else { return Ok(done) };
        after = Some((last.updated_at, last.id));
    }
}

/// Whether it was anonymised now.
async fn case(service: &Service, row: &store::Over) -> Result<bool, Error> {
    let Some(revision) = service.catalogue.revision(&row.item_code, row.item_revision) else { return Ok(false) };
    let end = retention::ends(local_day(row.updated_at), retention::years(&revision.item));
    if service.today() < end {
        return Ok(false);
    }
    let blobs = anonymise(service, row.id).await?;
    let done = blobs.is_some();
    for blob in blobs.unwrap_or_default() {
        service.blobs.delete(blob).await?;
    }
    Ok(done)
}

/// The bytes that nothing has any more. None: another node was quicker.
async fn anonymise(service: &Service, case: Uuid) -> Result<Option<Vec<Uuid>>, Error> {
    audited!(service, Entry::system(Plain::Anonymised).case(case), |tx| {
        let record = Record::locked(service, tx, case).await?;
        if record.row.anonymised_at.is_some() {
            return Ok(None);
        }
        // That of the whole life event holds the answers of each of its cases, and nobody reads it any more.
        let whole = [Some(case), record.row.bundle_id].into_iter().flatten().collect();
        let drafts: Vec<Uuid> = drafts_behind(tx, whole).await?.into_iter().map(|draft| draft.id).collect();
        let mut blobs: Vec<Uuid> =
            files_of_drafts(tx, drafts.clone()).await?.into_iter().map(|file| file.blob).collect();
        // Papers that were set stand beside the files, under the id of the notice.
        let mut gone = store::empty_around(&service.vault, tx, case, &drafts).await?;
        store::empty_case(&service.vault, tx, &record.row, service.clock.now()).await?;
        if let Some(bundle) = record.row.bundle_id
            && store::is_whole_empty(tx, bundle).await?
        {
            store::shut(tx, vec![bundle]).await?;
        }
        for (seq, event) in (0_i32..).zip(record.events) {
            store::empty_event(&service.vault, tx, (case, seq), &wordless(event)).await?;
        }
        blobs.sort();
        blobs.dedup();
        for blob in blobs {
            if !blob_used(tx, blob).await? {
                gone.push(blob);
            }
        }
        Ok(Some(gone))
    })
}

async fn drafts(service: &Service) -> Result<usize, Error> {
    let days = i64::try_from(retention::DRAFT_DAYS).unwrap_or(i64::MAX);
    let before = service.clock.now() - TimeDelta::days(days);
    let mut done = 0;
    for id in store::drafts_before(&service.db.read, before, AT_ONCE).await? {
        let unused: Vec<Uuid> = audited!(service, Entry::system(Plain::ForgotDraft).draft(id), |tx| {
            let Some(row) = draft_lock(tx, id).await?.filter(|row| row.case_id.is_none() && row.saved_at < before)
            else {
                return Ok(Vec::new());
            };
            draft_delete(tx, row.id).await
        })?;
        for blob in unused {
            service.blobs.delete(blob).await?;
        }
        done += 1;
    }
    Ok(done)
}
