//! A bundle as its resident sees it, and what the pages of its cases say of it.

use std::collections::HashMap;

use domain::audit::Plain;
use domain::cases::{BundleLink, BundlePart, BundleTrack, CaseNumber, LeftOut, State, slowest};
use domain::catalogue::Item;
use uuid::Uuid;

use super::link::name;
use super::store::{self, BundleRow};
use crate::audit::{Entry, look};
use crate::cases::store::{CaseRow, asked_offices, cases_of_bundle};
use crate::cases::{Record, headline, helper, open_part, promise, qr, until, worker_reads};
use crate::error::Error;
use crate::forms::route;
use crate::forms::store::{DraftRow, drafts_left};
use crate::identity::{Visitor, Worker, may_open};
use crate::service::Service;
use crate::vault::{BUNDLE_APPLICANT, DRAFT_ENTRIES};
use crate::words;

/// The bundle of this number.
///
/// # Errors
/// [`Error::NotFound`], the same for a bundle that is not there and for another's.
pub async fn track(service: &Service, visitor: &Visitor, number: &str) -> Result<BundleTrack, Error> {
    let number = CaseNumber::parse(number).ok_or(Error::NotFound)?;
    let row = store::by_number(&service.db.read, number.as_str()).await?;
    // What is not there costs the same look-ups as what is another's.
    let id = row.as_ref().map(|row| row.id).unwrap_or_default();
    let is_residents = may_open(service, visitor, "bundle", id).await?;
    let row = row.ok_or(Error::NotFound)?;
    if !is_residents && !is_own_window(visitor, &row) {
        return Err(Error::NotFound);
    }
    let mut parts = Vec::new();
    let mut states = Vec::new();
    let (mut seen, mut helper) = (Vec::new(), String::new());
    for case in cases_of_bundle(&service.db.read, row.id).await? {
        // A window sees those that it took in and may still read.
        if !is_residents && !readable(service, visitor.worker()?, &case).await? {
            continue;
        }
        seen.push(Entry::by(visitor, Plain::SawCase).case(case.id));
        states.push((State::from_key(&case.state).unwrap_or(State::Submitted), case.due));
        let (shown, by) = part(service, &row.event, case).await?;
        parts.push(shown);
        helper = by;
    }
    if parts.is_empty() {
        return Err(Error::NotFound);
    }
    look(service, seen).await?;
    let left_out = left_out(service, visitor, &row.event, row.id).await?;
    let link = format!("{}/bundles/{number}/open/{}", service.settings.public_url, service.keys.case_link(row.id));
    let at = slowest(&states);
    Ok(BundleTrack {
        number: row.number,
        name: name(service, &row.event),
        applicant: service.vault.open(BUNDLE_APPLICANT.of(row.id), &row.applicant)?,
        submitted: words::time(row.created_at),
        state: at.map(|at| states[at].0),
        headline: whole(&parts, at),
        parts,
        left_out,
        qr: qr(&link),
        helper,
        claim: crate::mandates::code_for(service, row.id).await?,
        link,
    })
}

/// The window that took a bundle in prints its receipt.
fn is_own_window(visitor: &Visitor, row: &BundleRow) -> bool {
    visitor.worker.as_ref().is_some_and(|worker| row.received_office.as_deref() == Some(worker.office.as_str()))
}

async fn readable(service: &Service, worker: &Worker, case: &CaseRow) -> Result<bool, Error> {
    let asked = asked_offices(&service.db.read, case.id).await?;
    worker_reads(service, worker, case, &asked)
}

/// A case, and who filed it in the applicant's stead.
async fn part(service: &Service, event: &str, row: CaseRow) -> Result<(BundlePart, String), Error> {
    let record = Record::of_row(service, &service.db.read, row).await?;
    let office = service.areas.office_name(&record.row.office);
    let due = record.case.due(&service.areas.calendar, record.rules(service).hands_over);
    let todo = open_part(&record).map(|open| {
        let what = if open.deferred { "把说好后补的材料交上" } else { "补正" };
        format!("请在{}前{what}", words::short_day(open.due, service.today()))
    });
    let helper = helper(service, &service.db.read, &record).await?;
    let part = BundlePart {
        item: item_name(service, event, &record.revision.item),
        state: record.case.state,
        headline: headline(&record, &office),
        until: until(service, due),
        promise: promise(service, &record),
        todo: todo.unwrap_or_default(),
        office,
        number: record.row.number,
    };
    Ok((part, helper))
}

/// One sentence: how many are over, and where the slowest stands.
fn whole(parts: &[BundlePart], slowest: Option<usize>) -> String {
    let (count, over) = (parts.len(), parts.iter().filter(|part| part.state.is_final()).count());
    match slowest.and_then(|at| parts.get(at)) {
        None => format!("{count}件都办完了"),
        Some(part) if over == 0 => {
            format!("{count}件都在办。最慢的一件是“{}”：{}", part.item, part.headline)
        }
        Some(part) => format!("{count}件里有{over}件办完了。最慢的一件是“{}”：{}", part.item, part.headline),
    }
}

/// What an item is called in an event; by its own name when the event is offered no more.
fn item_name(service: &Service, event: &str, item: &Item) -> String {
    let event = service.catalogue.event(event).ok();
    let part = event.and_then(|event| event.part(&item.code));
    part.map_or_else(|| item.everyday.clone(), |part| part.name(item).to_owned())
}

/// What was filled in at a window that may not take it.
async fn left_out(service: &Service, visitor: &Visitor, event: &str, bundle: Uuid) -> Result<Vec<LeftOut>, Error> {
    let one = |row: DraftRow| -> Result<Option<LeftOut>, Error> {
        let Some(revision) = service.catalogue.revision(&row.item_code, row.item_revision) else { return Ok(None) };
        let entries = service.vault.read(DRAFT_ENTRIES.of(row.id), &row.entries)?;
        let routed = route(service, &revision.item, &entries, row.office.as_deref());
        let own = visitor.worker.as_ref().is_some_and(|worker| row.worker_id == Some(worker.id));
        Ok(Some(LeftOut {
            item: item_name(service, event, &revision.item),
            office: routed.map(|found| service.areas.office_name(&found.office)).unwrap_or_default(),
            draft: if own { row.id.to_string() } else { String::new() },
        }))
    };
    let rows = drafts_left(&service.db.read, bundle).await?;
    Ok(rows.into_iter().map(one).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// The life event of a case for its resident, if the whole of it is theirs to see.
pub(crate) async fn resident_link(
    service: &Service,
    visitor: &Visitor,
    case: &CaseRow,
) -> Result<Option<BundleLink>, Error> {
    let Some(row) = bundle_of(service, case).await? else { return Ok(None) };
    if !may_open(service, visitor, "bundle", row.id).await? && !is_own_window(visitor, &row) {
        return Ok(None);
    }
    Ok(Some(BundleLink { name: name(service, &row.event), number: row.number, siblings: Vec::new() }))
}

/// The life event of a case for a worker, with those of its other cases that the policy lets them read.
pub(crate) async fn desk_link(service: &Service, worker: &Worker, case: &CaseRow) -> Result<Option<BundleLink>, Error> {
    let Some(row) = bundle_of(service, case).await? else { return Ok(None) };
    let mut siblings = Vec::new();
    for other in cases_of_bundle(&service.db.read, row.id).await? {
        if other.id == case.id || !readable(service, worker, &other).await? {
            continue;
        }
        let revision = service.catalogue.revision(&other.item_code, other.item_revision).ok_or(Error::NotFound)?;
        let state = State::from_key(&other.state).unwrap_or(State::Submitted);
        siblings.push((other.number, revision.item.everyday.clone(), state));
    }
    Ok(Some(BundleLink { name: name(service, &row.event), number: row.number, siblings }))
}

async fn bundle_of(service: &Service, case: &CaseRow) -> Result<Option<BundleRow>, Error> {
    match case.bundle_id {
        Some(id) => store::fetch(&service.db.read, id).await,
        None => Ok(None),
    }
}

/// The names of the life events to which cases belong, by the bundle.
pub(crate) async fn event_names(service: &Service, cases: &[CaseRow]) -> Result<HashMap<Uuid, String>, Error> {
    let ids = cases.iter().filter_map(|case| case.bundle_id).collect();
    let rows = store::fetch_all(&service.db.read, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, name(service, &row.event))).collect())
}
