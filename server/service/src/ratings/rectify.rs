//! What an office does about a bad grade, step by step and in time.

use domain::areas;
use domain::audit::Plain;
use domain::cases::local_day;
use domain::desk::{Offices, Right, Subject, Tie, may};
use domain::ratings::{GRADES, RatingEntry, RatingsDesk, Rectification, TAGS};
use uuid::Uuid;

use super::store::{self, RatingRow, Step};
use crate::audit::{Entry, audited};
use crate::desk::worker_view;
use crate::error::Error;
use crate::forms::read_json;
use crate::identity::{Moved, Visitor, Worker};
use crate::service::Service;
use crate::vault::{RATING_BEFORE_WORDS, RATING_FINDINGS, RATING_REPLY, RATING_WORDS};
use crate::words;

const PAGE: &str = "/desk/ratings";
/// Longest note of a step, in characters.
const NOTE_MAX: usize = 1_000;

/// Bad grades of the worker's office, and for a supervisor those of the offices below.
///
/// # Errors
/// [`Error::Unauthenticated`]
pub async fn desk(service: &Service, visitor: &Visitor) -> Result<RatingsDesk, Error> {
    let worker = visitor.worker()?;
    let mut rows = Vec::new();
    for grant in &worker.grants {
        let at = grant.scope.at.as_str();
        rows.extend(store::open_of(&service.db.read, at, false).await?);
        if grant.scope.below {
            let area = at.split('-').next().unwrap_or(at);
            rows.extend(store::open_of(&service.db.read, areas::prefix(area), true).await?);
        }
    }
    rows.retain(|row| worker_may(worker, row, Right::Read));
    rows.sort_by_key(|row| (row.due, row.id));
    rows.dedup_by_key(|row| row.id);
    let mut entries = Vec::new();
    for row in rows {
        entries.push(entry(service, worker, row).await?);
    }
    Ok(RatingsDesk { worker: worker_view(service, worker), entries })
}

fn worker_may(worker: &Worker, row: &RatingRow, right: Right) -> bool {
    let offices = Offices { decides: &row.office, received: None, window_accepts: false, asked: &[] };
    may(&worker.grants, &Subject { item: &row.item_code, offices, tie: Tie::None }, right)
}

fn grade_name(grade: i32) -> &'static str {
    GRADES.iter().find(|(known, _)| i32::from(*known) == grade).map_or("", |(_, name)| *name)
}

async fn entry(service: &Service, worker: &Worker, row: RatingRow) -> Result<RatingEntry, Error> {
    let tags: Vec<String> = read_json(&row.tags)?;
    let name = |tag: &String| TAGS.iter().find(|(key, _)| key == tag).map(|(_, name)| (*name).to_owned());
    let vault = &service.vault;
    let before = vault.open(RATING_BEFORE_WORDS.of(row.id), &row.before_words)?;
    let item = service.catalogue.latest(&row.item_code).map(|revision| revision.item.everyday.clone());
    Ok(RatingEntry {
        number: crate::cases::number_of(&service.db.read, row.case_id).await?,
        item: item.unwrap_or_else(|| row.item_code.clone()),
        office: service.areas.office_name(&row.office),
        grade: u8::try_from(row.grade).unwrap_or(5),
        tags: tags.iter().filter_map(name).collect(),
        at: words::time(row.at),
        state: Rectification::from_key(&row.state).unwrap_or(Rectification::Open),
        days_left: row.due.map(|day| service.areas.calendar.between(service.today(), day)),
        own: worker_may(worker, &row, Right::Rectify),
        before: row.before_grade.map(|grade| format!("{} {}", grade_name(grade), before)).unwrap_or_default(),
        words: vault.open(RATING_WORDS.of(row.id), &row.words)?,
        findings: vault.open(RATING_FINDINGS.of(row.id), &row.findings)?,
        id: row.id.to_string(),
    })
}

/// The next step about a bad grade: the resident was called, the matter looked into, an answer given. The words of the
/// last are shown to the resident.
///
/// # Errors
/// [`Error::NotFound`] for a rating that is not the worker's office's, or is settled; [`Error::Refused`] without words.
pub async fn rectify(service: &Service, visitor: &Visitor, id: &str, words: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let words: String = domain::text::clean(words).chars().take(NOTE_MAX).collect();
    let now = service.clock.now();
    audited!(service, Entry::worker(worker, Plain::Rectified).because(id.to_string()), |tx| {
        let row = store::fetch(tx, id).await?.ok_or(Error::NotFound)?;
        if !worker_may(worker, &row, Right::Rectify) {
            return Err(Error::NotFound);
        }
        let state = Rectification::from_key(&row.state).and_then(Rectification::next).ok_or(Error::NotFound)?;
        if words.is_empty() {
            return Err(Error::Refused("请写清楚做了什么。".to_owned()));
        }
        let settled = state == Rectification::Settled;
        let note = format!("{}（{}）：{words}", state.name(), crate::words::time(now));
        let before = service.vault.open(RATING_FINDINGS.of(id), &row.findings)?;
        let findings = if settled { before } else { format!("{before}\n{note}") };
        let step = Step {
            state: state.key(),
            due: state.due(local_day(row.at), &service.areas.calendar),
            findings: service.vault.seal(RATING_FINDINGS.of(id), findings.trim_start())?,
            reply: service.vault.seal(RATING_REPLY.of(id), if settled { &words } else { "" })?,
            settled_at: settled.then_some(now),
        };
        store::go_on(tx, id, step).await
    })?;
    Ok(Moved::to(PAGE.to_owned()))
}
