//! A case with its events and what they add up to.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::cases::{Action, Actor, Case, CaseNumber, Event, EventKind, Rules, Schedule, act, effects, fold};
use domain::catalogue::{Delivery, Intake, intake};
use domain::desk::{Offices, Relation, Right, Subject, Tie, acts_for, may, stands};
use domain::forms::{Entries, is_identity_number};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use super::follow::{follow, follow_event};
use super::insert::stored;
use super::store::{self, CaseChange, CaseRow};
use crate::announcements;
use crate::catalogue::Revision;
use crate::error::Error;
use crate::identity::{Visitor, Worker, may_open};
use crate::service::Service;
use crate::supervision;
use crate::vault::{CASES_ANSWERS, CASES_APPLICANT, CASES_OFFICE_REASON};

/// The due day of a case for which nothing is due: sorts behind all others.
pub(crate) const NEVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

pub(crate) struct Record {
    pub row: CaseRow,
    pub revision: Arc<Revision>,
    pub answers: Entries,
    pub events: Vec<Event>,
    pub case: Case,
    /// Keyed hashes of the identity numbers that it holds.
    pub people: Vec<String>,
}

/// Purpose of the keyed hash of an identity number by which people in cases are compared with those whom workers declare.
/// It is made when a case is read, and stored of declared people alone, sealed: so a change of keys leaves it as it is.
pub(crate) const IDENTITY: &str = "identity-number";

impl Record {
    pub async fn of_row(service: &Service, db: &impl ConnectionTrait, row: CaseRow) -> Result<Self, Error> {
        let revision = revision_of(service, &row)?;
        let events = store::events_of(&service.vault, db, row.id).await?;
        let case = fold(&events).ok_or_else(|| Error::internal("a case's events", "do not begin with a submission"))?;
        let answers = service.vault.read(CASES_ANSWERS.of(row.id), &row.answers)?;
        let people = people(service, &revision, &answers);
        Ok(Self { answers, revision, events, case, row, people })
    }

    pub async fn fetch(service: &Service, id: Uuid) -> Result<Self, Error> {
        let row = store::case_fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
        Self::of_row(service, &service.db.read, row).await
    }

    /// The case for a write: others who want to change it wait.
    pub async fn locked(service: &Service, tx: &DatabaseTransaction, id: Uuid) -> Result<Self, Error> {
        let row = store::case_lock(tx, id).await?.ok_or(Error::NotFound)?;
        Self::of_row(service, tx, row).await
    }

    /// The case of this number, if the resident's browser may see it.
    ///
    /// # Errors
    /// [`Error::NotFound`], the same for a case that is not there and for another's.
    pub async fn open(service: &Service, visitor: &Visitor, number: &str) -> Result<Self, Error> {
        let number = CaseNumber::parse(number).ok_or(Error::NotFound)?;
        let row = store::case_by_number(&service.db.read, number.as_str()).await?;
        // What is not there costs the same look-ups as what is another's.
        let id = row.as_ref().map(|row| row.id).unwrap_or_default();
        let own = may_open(service, visitor, "case", id).await?;
        let row = row.ok_or(Error::NotFound)?;
        if !own && !is_own_window_case(service, visitor, &row)? {
            return Err(Error::NotFound);
        }
        Self::of_row(service, &service.db.read, row).await
    }

    /// What transitions of this case are judged by.
    pub fn rules<'a>(&'a self, service: &'a Service) -> Rules<'a> {
        Rules {
            item: &self.revision.item,
            calendar: &service.areas.calendar,
            office: &self.row.office,
            delivery: self.row.delivery.as_deref().and_then(Delivery::from_key),
            hands_over: intake_of(&self.revision, &self.row).hands_over(),
        }
    }

    /// Its times, as they are today.
    pub fn schedule(&self, service: &Service) -> Schedule {
        let hands_over = intake_of(&self.revision, &self.row).hands_over();
        self.case.schedule(&service.areas.calendar, hands_over, service.today())
    }

    /// The offices whose opinion was asked.
    pub fn asked(&self) -> Vec<String> {
        self.case.opinions.iter().map(|asked| asked.office.clone()).collect()
    }

    /// The name, masked.
    pub fn applicant(&self, service: &Service) -> Result<String, Error> {
        service.vault.open(CASES_APPLICANT.of(self.row.id), &self.row.applicant)
    }

    /// Why this office has it.
    pub fn office_reason(&self, service: &Service) -> Result<String, Error> {
        service.vault.open(CASES_OFFICE_REASON.of(self.row.id), &self.row.office_reason)
    }

    /// Whether it is about the worker or the worker's family.
    pub fn tie(&self, worker: &Worker) -> Tie {
        let ties = worker.ties.iter().filter(|(hash, _)| self.people.contains(hash)).map(|(_, tie)| *tie);
        ties.fold(Tie::None, |found, tie| if found == Tie::Own { found } else { tie })
    }

    /// The office in whose name the worker does what the right allows.
    pub fn acts_for(&self, worker: &Worker, right: Right) -> Option<String> {
        let asked = self.asked();
        let subject = subject(&self.revision, &self.row, &asked, self.tie(worker));
        acts_for(&worker.grants, &worker.office, &subject, right).map(str::to_owned)
    }

    /// The worker reads it for the office that decides, and may deal with it.
    pub fn is_decided_by(&self, worker: &Worker) -> bool {
        let asked = self.asked();
        let subject = subject(&self.revision, &self.row, &asked, self.tie(worker));
        stands(&worker.grants, &subject).contains(&Relation::Competent)
    }

    pub fn may(&self, worker: &Worker, right: Right) -> bool {
        self.acts_for(worker, right).is_some()
    }
}

/// Keyed hashes of all identity numbers that the form asked for.
pub(super) fn people(service: &Service, revision: &Revision, answers: &Entries) -> Vec<String> {
    let numbers = answers.iter().filter(|(path, _)| is_identity_number(&revision.form, path));
    let texts = numbers.flat_map(|(_, texts)| texts).filter(|text| !text.is_empty());
    texts.map(|text| service.keys.blind(IDENTITY, text)).collect()
}

pub(super) fn revision_of(service: &Service, row: &CaseRow) -> Result<Arc<Revision>, Error> {
    service
        .catalogue
        .revision(&row.item_code, row.item_revision)
        .ok_or_else(|| Error::internal("a case's item", "no such revision"))
}

/// What the window that received a case does with it.
pub(crate) fn intake_of(revision: &Revision, row: &CaseRow) -> Intake {
    intake(&revision.item, &row.office, row.received_office.as_deref())
}

/// A case as rights look at it.
pub(crate) fn subject<'a>(revision: &Revision, row: &'a CaseRow, asked: &'a [String], tie: Tie) -> Subject<'a> {
    let offices = Offices {
        decides: &row.office,
        received: row.received_office.as_deref(),
        window_accepts: intake_of(revision, row) == Intake::Accepts,
        asked,
    };
    Subject { item: &row.item_code, offices, tie }
}

/// The window that took a case in prints its receipt.
fn is_own_window_case(service: &Service, visitor: &Visitor, row: &CaseRow) -> Result<bool, Error> {
    let Some(worker) = &visitor.worker else { return Ok(false) };
    let received = row.received_office.as_deref() == Some(worker.office.as_str());
    Ok(received && worker_reads(service, worker, row, &[])?)
}

/// Whether a worker may read a case, `asked` being the offices whose opinion it asks.
pub(crate) fn worker_reads(service: &Service, worker: &Worker, row: &CaseRow, asked: &[String]) -> Result<bool, Error> {
    let revision = revision_of(service, row)?;
    Ok(may(&worker.grants, &subject(&revision, row, asked, Tie::None), Right::Read))
}

/// Whether the visitor may see a case, or open its files: its resident, or a worker by the policy.
pub(crate) async fn may_see(service: &Service, visitor: &Visitor, case: Uuid, right: Right) -> Result<bool, Error> {
    if let Some(worker) = &visitor.worker
        && let Some(row) = store::case_fetch(&service.db.read, case).await?
        && Record::of_row(service, &service.db.read, row).await?.may(worker, right)
    {
        return Ok(true);
    }
    may_open(service, visitor, "case", case).await
}

/// Does an action: the rule makes the events, they are added, the row follows, and with it all that they bring about.
/// Returns the new version.
///
/// # Errors
/// [`Error::Refused`] by the rule, [`Error::Conflict`] when somebody else was quicker.
pub(crate) async fn append(
    service: &Service,
    tx: &DatabaseTransaction,
    record: Record,
    action: Action,
    by: Actor,
    answers: Option<&Entries>,
) -> Result<u32, Error> {
    let now = service.clock.now();
    let action = match action {
        // Counted here, under the lock of the case, whoever ends it.
        Action::EndAnnouncement { .. } => {
            Action::EndAnnouncement { objections: announcements::objections(tx, record.row.id).await? }
        }
        action => action,
    };
    let new = act(&record.case, action, &by, now, &record.rules(service))
        .map_err(|refusal| Error::Refused(refusal.message()))?;
    add(service, tx, record, new, answers).await
}

/// Adds events to a case: its row follows, and all that they bring about. Returns the new version.
///
/// # Errors
/// [`Error::Conflict`] when somebody else was quicker.
pub(super) async fn add(
    service: &Service,
    tx: &DatabaseTransaction,
    mut record: Record,
    new: Vec<Event>,
    answers: Option<&Entries>,
) -> Result<u32, Error> {
    let version = record.row.version;
    record.events.extend(new.iter().cloned());
    record.case = fold(&record.events).ok_or_else(|| Error::internal("a fold", "of no events"))?;
    for event in &new {
        if let EventKind::Rerouted { to, reason, .. } = &event.kind {
            record.row.office.clone_from(to);
            let why = format!("转到这里办，因为：{reason}");
            record.row.office_reason = service.vault.seal(CASES_OFFICE_REASON.of(record.row.id), &why)?;
        }
    }
    if let Some(answers) = answers {
        crate::audit::remember(service, tx, record.row.id, answers).await?;
        record.answers = answers.clone();
    }
    let stored = answers.map(|answers| stored(service, (record.row.id, &record.row.number), answers)).transpose()?;
    let change = change(service, &record, stored);
    let warning = change.schedule.warning;
    if !store::case_change(tx, record.row.id, version, change).await? {
        return Err(Error::Conflict("这件办件刚刚被别人处理了，请刷新后再看。".to_owned()));
    }
    supervision::follow(service, tx, &record, warning).await?;
    for (seq, event) in (version..).zip(&new) {
        store::event_insert(&service.vault, tx, (record.row.id, seq), event).await?;
        follow_event(service, tx, &record, event).await?;
        for effect in effects(event) {
            follow(service, tx, &record, (seq, event), effect).await?;
        }
    }
    Ok(record.case.events)
}

fn change(service: &Service, record: &Record, answers: Option<super::store::StoredAnswers>) -> CaseChange {
    CaseChange {
        state: record.case.state.key(),
        office: record.row.office.clone(),
        office_reason: record.row.office_reason.clone(),
        schedule: record.schedule(service),
        version: i32::try_from(record.case.events).unwrap_or(i32::MAX),
        answers,
        now: service.clock.now(),
    }
}
