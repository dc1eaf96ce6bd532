//! The auditor searches what was done to somebody's data, or by a worker: with a reason, which is itself recorded.

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::audit::{AuditList, Plain, Purpose, REASON, SearchBy};
use domain::cases::{CaseNumber, Flash};
use domain::forms::{Entries, Finding};
use uuid::Uuid;

use super::lines::Known;
use super::store::{self, After, SearchRow, Subject};
use super::unusual::period;
use super::{Entry, audited, auditor, look};
use crate::cases::store::case_by_number;
use crate::desk::worker_view;
use crate::error::Error;
use crate::forms::store::drafts_of_case;
use crate::forms::{read_json, write_json};
use crate::identity::{Moved, Visitor, Worker, set_flash};
use crate::service::Service;
use crate::words;

const PAGE: usize = 50;
/// What is searched when no days are named.
const DAYS: u64 = 90;
pub(super) const HOME: &str = "/desk/audit";
pub(super) const ABOUT: &str = "audit";

/// What the form of the search sends: `by`, `text`, `from`, `until`, `purpose`.
///
/// # Errors
/// As [`auditor`].
pub async fn search(service: &Service, visitor: &Visitor, entries: Entries) -> Result<Moved, Error> {
    let worker = auditor(visitor)?;
    let asked = match read(service, &entries) {
        Ok(asked) => asked,
        Err(findings) => return again(service, worker, entries, findings).await,
    };
    let subject = subject(service, asked.by, &asked.text).await?;
    let now = service.clock.now();
    let row = SearchRow {
        id: Uuid::now_v7(),
        worker_id: worker.id,
        kind: asked.by.key().to_owned(),
        subject: write_json(&subject)?,
        from_day: asked.from,
        until_day: asked.until,
        purpose: asked.purpose.key().to_owned(),
        created_at: now,
    };
    let location = format!("{HOME}/searches/{}", row.id);
    // Also a search that finds nobody is recorded: it was tried.
    let case = if asked.by == SearchBy::Case { subject.cases.first().copied() } else { None };
    let mut entry = Entry::worker(worker, Plain::SearchedAudit).because(asked.purpose.key());
    if let Some(case) = case {
        entry = entry.case(case);
    }
    audited!(service, entry, |tx| { store::search_insert(tx, row.clone()).await })?;
    Ok(Moved::to(location))
}

struct Asked {
    by: SearchBy,
    text: String,
    from: NaiveDate,
    until: NaiveDate,
    purpose: Purpose,
}

fn read(service: &Service, entries: &Entries) -> Result<Asked, Vec<Finding>> {
    let today = service.today();
    let mut findings = Vec::new();
    let mut wrong = |path: &str, message: &str| {
        findings.push(Finding { path: path.to_owned(), message: message.to_owned() });
    };
    let by = SearchBy::from_key(entries.get("by"));
    let text = domain::text::clean(&domain::text::half_width(entries.get("text")));
    let purpose = Purpose::from_key(entries.get(REASON));
    let mut day = |path: &str, usual: NaiveDate| match entries.get(path).trim() {
        "" => usual,
        text => text.parse().unwrap_or_else(|_| {
            wrong(path, "日期请写成 2026-11-23 这样。");
            usual
        }),
    };
    let until = day("until", today).min(today);
    let from = day("from", until.checked_sub_days(Days::new(DAYS)).unwrap_or(until));
    if from > until {
        wrong("from", "开始的日期比结束的晚，请改一下。");
    }
    if by.is_none() {
        wrong("by", "请选按什么查。");
    }
    match by {
        _ if text.is_empty() => wrong("text", "请写上要查的编号、姓名或号码。"),
        Some(SearchBy::Case) if CaseNumber::parse(&text).is_none() => {
            wrong("text", "办件编号不对，请看着回执再输一遍。")
        }
        _ => {}
    }
    if purpose.is_none() {
        wrong(REASON, "请选查询的原因，原因会记下来。");
    }
    match (by, purpose) {
        (Some(by), Some(purpose)) if findings.is_empty() => Ok(Asked { by, text, from, until, purpose }),
        _ => Err(findings),
    }
}

/// The form again. A resident's number is not kept: it has to be typed once more.
async fn again(service: &Service, worker: &Worker, entries: Entries, findings: Vec<Finding>) -> Result<Moved, Error> {
    let is_person = SearchBy::from_key(entries.get("by")).is_none_or(|by| by == SearchBy::Person);
    let kept = ["by", "text", "from", "until", REASON].into_iter().filter(|name| *name != "text" || !is_person);
    let mut entries: Entries = kept.map(|name| (name, clipped(entries.get(name)))).collect();
    entries.push(crate::desk::ABOUT, ABOUT.to_owned());
    set_flash(service, &worker.session, &Flash { entries, findings, ..Flash::default() }).await?;
    Ok(Moved::to(format!("{HOME}?again=1")))
}

fn clipped(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Nobody, when there is none of that number or name.
async fn subject(service: &Service, by: SearchBy, text: &str) -> Result<Subject, Error> {
    let db = &service.db.read;
    Ok(match by {
        SearchBy::Case => {
            let number = CaseNumber::parse(text).ok_or(Error::NotFound)?;
            match case_by_number(db, number.as_str()).await? {
                Some(case) => {
                    Subject { cases: vec![case.id], drafts: drafts_of_case(db, case.id).await?, ..Subject::default() }
                }
                None => Subject::default(),
            }
        }
        SearchBy::Worker => {
            let ids = store::workers_called(db, text).await?;
            Subject { actors: ids.iter().map(Uuid::to_string).collect(), ..Subject::default() }
        }
        SearchBy::Person => super::person::subject(service, text).await?,
    })
}

/// A page of what a search finds, the latest first. `after`: the key of the page before.
///
/// # Errors
/// As [`auditor`]; [`Error::NotFound`] for another's search.
pub async fn found(service: &Service, visitor: &Visitor, id: &str, after: &str) -> Result<AuditList, Error> {
    let worker = auditor(visitor)?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let row = store::search_fetch(&service.db.read, id).await?.filter(|row| row.worker_id == worker.id);
    let row = row.ok_or(Error::NotFound)?;
    look(service, Entry::worker(worker, Plain::SawAudit).because(row.purpose.clone())).await?;
    let subject: Subject = read_json(&row.subject)?;
    let period = period(row.from_day, row.until_day);
    let limit = PAGE as u64 + 1;
    let mut rows = store::of_subject(&service.db.read, &subject, period, key(after), limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let last = rows.last().filter(|_| more);
    let shown: Vec<_> = rows.iter().map(|row| (row, Vec::new())).collect();
    let lines = Known::of(service, &rows).await?.lines(service, &shown).await?;
    let by = SearchBy::from_key(&row.kind).map_or("", SearchBy::words);
    Ok(AuditList {
        worker: worker_view(service, worker),
        about: format!("按{by}查询，{}到{}", words::day(row.from_day), words::day(row.until_day)),
        purpose: Purpose::from_key(&row.purpose).map_or("", Purpose::words).to_owned(),
        next: last.map(|row| format!("{}_{}_{}", row.at.timestamp_micros(), row.chain, row.seq)).unwrap_or_default(),
        lines,
    })
}

fn key(text: &str) -> Option<After> {
    let [at, chain, seq] = text.split('_').collect::<Vec<_>>().try_into().ok()?;
    Some((DateTime::<Utc>::from_timestamp_micros(at.parse().ok()?)?, chain.parse().ok()?, seq.parse().ok()?))
}
