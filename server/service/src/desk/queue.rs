//! The queue of an office: what is due first stands first.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::audit::Plain;
use domain::cases::{CaseBrief, CaseNumber, QueueQuery, QueueView, State, Warning, local_day};
use domain::desk::Role;
use domain::messages::ANSWER_DAYS;
use uuid::Uuid;

use super::case::desk_flash;
use super::worker_view;
use crate::audit::{Entry, look};
use crate::cases::store::{self, CaseRow, Found, QueueFilter, QueueOf};
use crate::cases::worker_reads;
use crate::error::Error;
use crate::identity::{Visitor, Worker};
use crate::service::Service;
use crate::vault::CASES_APPLICANT;
use crate::words;

const PAGE: usize = 50;
/// "Soon" is within so many working days.
const SOON_DAYS: u32 = 3;

/// The filter of cases that are late, red or black.
const LATE: &str = "late";
/// The filter of cases whose resident was not answered in time.
const UNANSWERED: &str = "unanswered";

/// A page of the worker's queue.
///
/// # Errors
/// [`Error::Unauthenticated`]
pub async fn queue(service: &Service, visitor: &Visitor, query: QueueQuery) -> Result<QueueView, Error> {
    let worker = visitor.worker()?;
    look(service, Entry::worker(worker, Plain::SawQueue)).await?;
    let mut rows = if query.number.trim().is_empty() {
        fetch(service, worker, &query).await?
    } else {
        by_number(service, worker, &query.number).await?
    };
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| format!("{}_{}", row.due, row.id)).unwrap_or_default();
    let events = crate::bundles::event_names(service, &rows).await?;
    let cases = rows
        .into_iter()
        .map(|row| {
            let event = row.bundle_id.and_then(|bundle| events.get(&bundle)).cloned().unwrap_or_default();
            brief(service, worker, row, event)
        })
        .collect::<Result<_, _>>()?;
    let listing = service.catalogue.list("", "", "", "");
    let items = listing.items.into_iter().filter(|i| i.has_form).map(|i| (i.code, i.everyday)).collect();
    let flash = desk_flash(service, worker, "").await?;
    let late = count(service, worker, LATE).await?;
    let unanswered = count(service, worker, UNANSWERED).await?;
    Ok(QueueView { worker: worker_view(service, worker), query, cases, next, late, unanswered, items, flash })
}

/// How many open cases a filter finds; one more than a page stands for more.
async fn count(service: &Service, worker: &Worker, due: &str) -> Result<usize, Error> {
    let filter = filter(service, &QueueQuery { due: due.to_owned(), ..QueueQuery::default() });
    store::queue_count(&service.db.read, &sources(worker), &filter).await
}

async fn by_number(service: &Service, worker: &Worker, number: &str) -> Result<Vec<CaseRow>, Error> {
    let Some(number) = CaseNumber::parse(number) else { return Ok(Vec::new()) };
    let row = store::case_by_number(&service.db.read, number.as_str()).await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    let asked = store::asked_offices(&service.db.read, row.id).await?;
    Ok(if worker_reads(service, worker, &row, &asked)? { vec![row] } else { Vec::new() })
}

/// Each source is found by an index of its own; together they are sorted again.
async fn fetch(service: &Service, worker: &Worker, query: &QueueQuery) -> Result<Vec<CaseRow>, Error> {
    let filter = filter(service, query);
    let mut rows = Vec::new();
    for source in sources(worker) {
        let found = store::queue(&service.db.read, &source, &filter).await?;
        // What an office was asked is found by that; all else is judged by the offices of the case.
        let asked = match source.of {
            Found::Asking => {
                let ids: Vec<Uuid> = found.iter().map(|row| row.id).collect();
                store::offices_asked(&service.db.read, &ids).await?
            }
            Found::Deciding | Found::Received => HashMap::new(),
        };
        for row in found {
            let asked = asked.get(&row.id).map_or(&[][..], Vec::as_slice);
            if worker_reads(service, worker, &row, asked)? {
                rows.push(row);
            }
        }
    }
    rows.sort_by_key(|row| (row.due, row.id));
    rows.dedup_by_key(|row| row.id);
    Ok(rows)
}

/// Where each grant finds its cases. Lists and counts ask for no others.
fn sources(worker: &Worker) -> Vec<QueueOf<'_>> {
    let mut out: Vec<QueueOf<'_>> = Vec::new();
    for grant in &worker.grants {
        let found: &[Found] = match grant.role {
            Role::Window | Role::Reviewer => &[Found::Deciding, Found::Received, Found::Asking],
            // A head gives no opinions.
            Role::Head => &[Found::Deciding, Found::Received],
            Role::Supervisor => &[Found::Deciding],
            Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor => &[],
        };
        for of in found {
            let source = QueueOf { of: *of, grant };
            // A worker with two roles in one office looks once.
            if !out.iter().any(|known| known.finds_the_same(&source)) {
                out.push(source);
            }
        }
    }
    out
}

fn filter(service: &Service, query: &QueueQuery) -> QueueFilter {
    let today = service.today();
    let states = match query.state.as_str() {
        "all" => State::ALL.iter().map(|state| state.key()).collect(),
        key => match State::from_key(key) {
            Some(state) => vec![state.key()],
            None => State::ALL.iter().filter(|state| !state.is_final()).map(|state| state.key()).collect(),
        },
    };
    let due_until = match query.due.as_str() {
        "overdue" => today.pred_opt(),
        "soon" => Some(service.areas.calendar.due(today, SOON_DAYS)),
        _ => None,
    };
    let item = service.catalogue.latest(&query.item).map(|revision| revision.item.code.clone());
    let late = query.due == LATE;
    let asked = match query.due.as_str() {
        "asked" => Some(service.clock.now()),
        UNANSWERED => Some(answered_until(service)),
        _ => None,
    };
    QueueFilter { states, item, due_until, asked, late, after: after(&query.after), limit: PAGE as u64 + 1 }
}

/// What was written until then should have been answered.
fn answered_until(service: &Service) -> DateTime<Utc> {
    let calendar = &service.areas.calendar;
    let today = service.today();
    let late = |day: &NaiveDate| today > calendar.due(calendar.on_or_after(*day), ANSWER_DAYS);
    // The longest holidays are shorter.
    let last = today.iter_days().rev().take(30).find(late).unwrap_or(today - Days::new(30));
    // The end of that day in Shenyang.
    (last + Days::new(1)).and_time(chrono::NaiveTime::MIN).and_utc() - chrono::Duration::hours(8)
}

/// `2026-12-01_` and the id of the last case.
fn after(text: &str) -> Option<(NaiveDate, Uuid)> {
    let (due, id) = text.split_once('_')?;
    Some((due.parse().ok()?, Uuid::parse_str(id).ok()?))
}

fn brief(service: &Service, worker: &Worker, row: CaseRow, event: String) -> Result<CaseBrief, Error> {
    let calendar = &service.areas.calendar;
    let today = service.today();
    let due = Some(row.due).filter(|day| *day < crate::cases::NEVER);
    let everyday = service.catalogue.revision(&row.item_code, row.item_revision).map(|r| r.item.everyday.clone());
    Ok(CaseBrief {
        item_name: everyday.unwrap_or_else(|| row.item_code.clone()),
        state: State::from_key(&row.state).unwrap_or(State::Submitted),
        event,
        due,
        days_left: due.map(|day| calendar.between(today, day)),
        warning: Warning::from_key(&row.colour).unwrap_or(Warning::Calm),
        submitted: words::time(row.submitted_at),
        age_days: calendar.between(local_day(row.submitted_at), today),
        office: if row.office == worker.office { String::new() } else { service.areas.office_name(&row.office) },
        number: row.number,
        item_code: row.item_code,
        applicant: service.vault.open(CASES_APPLICANT.of(row.id), &row.applicant)?,
    })
}
