//! Unusual looks of a day.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::audit::{Look, LooksOfDay, Plain, Unusual, UnusualCount, unusual};
use uuid::Uuid;

use super::lines::Known;
use super::store::{self, AuditRow};
use super::{Entry, auditor, look};
use crate::cases::store::{CaseRow, offices_asked};
use crate::desk::worker_view;
use crate::error::Error;
use crate::identity::Visitor;
use crate::service::Service;
use crate::vault::CASES_APPLICANT;

/// Looks that are judged at once: those of a large city on one day.
const LOOKS_MAX: u64 = 50_000;
const PAGE: usize = 50;
/// Looks at one person's case.
const LOOKS: [Plain; 4] = [Plain::SawCase, Plain::SawFile, Plain::SawNotice, Plain::SawAnswers];

/// Looks of a day that are worth a question, of one kind or of all.
///
/// # Errors
/// As [`auditor`].
pub async fn looks_of_day(
    service: &Service,
    visitor: &Visitor,
    day: Option<NaiveDate>,
    kind: Option<Unusual>,
    page: usize,
) -> Result<LooksOfDay, Error> {
    let worker = auditor(visitor)?;
    look(service, Entry::worker(worker, Plain::SawAudit)).await?;
    let day = day.unwrap_or_else(|| last_worked(service)).min(service.today());
    let judged = judge(service, day).await?;
    let wanted = |found: &Vec<Unusual>| kind.map_or(!found.is_empty(), |kind| found.contains(&kind));
    let lines: Vec<_> = judged.looks.iter().filter(|(_, found)| wanted(found)).collect();
    let pages = lines.len().div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let shown: Vec<_> =
        lines.iter().skip((page - 1) * PAGE).take(PAGE).map(|(row, found)| (row, found.clone())).collect();
    Ok(LooksOfDay {
        worker: worker_view(service, worker),
        day,
        kind,
        counts: judged.counts(),
        lines: judged.known.lines(service, &shown).await?,
        looks: judged.looks.len(),
        cut: judged.looks.len() as u64 == LOOKS_MAX,
        page,
        pages,
    })
}

/// The last worked day before today.
pub(super) fn last_worked(service: &Service) -> NaiveDate {
    let today = service.today();
    let days = today.iter_days().rev().skip(1).take(30);
    days.into_iter().find(|day| service.areas.calendar.is_workday(*day)).unwrap_or(today)
}

pub(super) struct Judged {
    known: Known,
    looks: Vec<(AuditRow, Vec<Unusual>)>,
}

impl Judged {
    pub fn counts(&self) -> Vec<UnusualCount> {
        let count = |kind: Unusual| self.looks.iter().filter(|(_, found)| found.contains(&kind)).count();
        Unusual::ALL.map(|kind| UnusualCount { kind, looks: count(kind) }).into()
    }
}

pub(super) async fn judge(service: &Service, day: NaiveDate) -> Result<Judged, Error> {
    let _turn = service.report_turns.take().await?;
    let db = &service.db.read;
    let rows = store::of_workers(db, &LOOKS, period(day, day), LOOKS_MAX).await?;
    let known = Known::of(service, &rows).await?;
    let cases: Vec<Uuid> = known.cases.keys().copied().collect();
    let acted = store::who_acted(db, &cases, &LOOKS, period(day, day).0).await?;
    let asked = offices_asked(db, &cases).await?;
    let mut of_worker: HashMap<&str, BTreeSet<Uuid>> = HashMap::new();
    for row in &rows {
        of_worker.entry(&row.actor).or_default().extend(known.case(row).map(|case| case.id));
    }
    let counts: HashMap<String, usize> =
        of_worker.into_iter().map(|(worker, cases)| (worker.to_owned(), cases.len())).collect();
    let given = Given { service, known: &known, acted: &acted, asked: &asked, counts: &counts };
    let looks = rows.into_iter().map(|row| (given.judge(&row), row)).map(|(found, row)| (row, found)).collect();
    Ok(Judged { known, looks })
}

/// What a look is judged by.
struct Given<'a> {
    service: &'a Service,
    known: &'a Known,
    acted: &'a HashSet<(String, Uuid)>,
    asked: &'a HashMap<Uuid, Vec<String>>,
    counts: &'a HashMap<String, usize>,
}

impl Given<'_> {
    fn judge(&self, row: &AuditRow) -> Vec<Unusual> {
        let Some(case) = self.known.case(row) else { return Vec::new() };
        // What does not open is no name that could be compared.
        let applicant = self.service.vault.open(CASES_APPLICANT.of(case.id), &case.applicant).unwrap_or_default();
        let look = Look {
            at: row.at,
            worker: self.known.names.get(&row.actor).map_or("", String::as_str),
            applicant: &applicant,
            own_office: self.is_own_office(&row.office, case),
            acted: self.acted.contains(&(row.actor.clone(), case.id)),
            cases_that_day: self.counts.get(&row.actor).copied().unwrap_or_default(),
        };
        unusual(&look, &self.service.areas.calendar, self.service.clock.now())
    }

    fn is_own_office(&self, office: &str, case: &CaseRow) -> bool {
        let asked = self.asked.get(&case.id).is_some_and(|offices| offices.iter().any(|asked| asked == office));
        case.office == office || case.received_office.as_deref() == Some(office) || asked
    }
}

/// From the beginning of a day in Shenyang to the end of another.
pub(super) fn period(from: NaiveDate, until: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let start = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(8);
    (start(from), start(until.checked_add_days(Days::new(1)).unwrap_or(until)))
}
