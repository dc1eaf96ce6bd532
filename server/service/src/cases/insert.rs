//! A case is made.

use std::sync::Arc;

use domain::cases::{Actor, CaseNumber, Channel, Effect, Event, EventKind, effects, fold};
use domain::catalogue::{Competence, DELIVERY, Delivery, Intake, Item, intake};
use domain::desk::Right;
use domain::forms::Entries;
use domain::identity::{Phone, mask_name};
use domain::text::compact;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::follow::follow;
use super::helper::helper;
use super::record::{NEVER, Record, people};
use super::store::{self, CaseRow, StoredAnswers};
use crate::catalogue::Revision;
use crate::consents;
use crate::error::Error;
use crate::forms::store::DraftRow;
use crate::identity::{Worker, pass_on};
use crate::mandates::{giver_of, make_claim};
use crate::service::Service;
use crate::vault::{CASES_ANSWERS, CASES_APPLICANT, CASES_OFFICE_REASON, Purpose};

pub(crate) struct NewCase<'a> {
    /// What becomes the case.
    pub draft: &'a DraftRow,
    pub revision: &'a Arc<Revision>,
    /// Checked.
    pub answers: &'a Entries,
    pub competence: &'a Competence,
    pub worker: Option<&'a Worker>,
    /// Who submits it, when somebody signed in.
    pub resident: Option<Uuid>,
    /// The life event that it belongs to: its resident is told of the whole.
    pub bundle: Option<Uuid>,
}

/// Adds the case with its first events. Returns its id and number.
pub(crate) async fn insert_case(
    service: &Service,
    tx: &DatabaseTransaction,
    new: &NewCase<'_>,
) -> Result<(Uuid, String), Error> {
    let now = service.clock.now();
    let today = service.today();
    let item = &new.revision.item;
    let district: String = new.competence.area.chars().take(6).collect();
    let serial = store::next_serial(tx, &district, &item.code, today).await?;
    let number = CaseNumber::new(&district, &item.code, today, serial).to_string();
    let events = first_events(new, now);
    let case = fold(&events).ok_or_else(|| Error::internal("a fold", "of no events"))?;
    let takes = intake(item, &new.competence.office, new.draft.office.as_deref());
    if takes == Intake::Refers {
        return Err(Error::Refused(refers(service, new)));
    }
    let schedule = case.schedule(&service.areas.calendar, takes.hands_over(), today);
    let id = Uuid::now_v7();
    let answers = stored(service, (id, &number), new.answers)?;
    let row = CaseRow {
        id,
        area: district,
        item_code: item.code.clone(),
        item_revision: new.revision.number,
        draft_id: new.draft.id,
        state: case.state.key().to_owned(),
        office: new.competence.office.clone(),
        office_reason: service.vault.seal(CASES_OFFICE_REASON.of(id), &new.competence.reason)?,
        received_office: new.draft.office.clone(),
        channel: new.draft.channel.clone(),
        applicant: answers.applicant,
        phone_tail: answers.phone_tail,
        applicant_blind: answers.applicant_blind,
        answers: answers.content,
        due: schedule.due.day().unwrap_or(NEVER),
        wake: schedule.wake,
        colour: schedule.warning.key().to_owned(),
        warns: schedule.warns,
        delivery: delivery(item, new.answers),
        bundle_id: new.bundle,
        anonymised_at: None,
        version: i32::try_from(events.len()).unwrap_or(1),
        submitted_at: now,
        updated_at: now,
        number: number.clone(),
    };
    let (revision, answers) = (new.revision.clone(), new.answers.clone());
    let people = people(service, &revision, &answers);
    let record = Record { row: row.clone(), revision, answers, events: events.clone(), case, people };
    must_start(new, &record)?;
    store::case_insert(tx, row).await?;
    let by = consenting(tx, new).await?;
    consents::record(service, tx, (id, by), &new.revision.form, (new.answers, None)).await?;
    crate::audit::remember(service, tx, id, new.answers).await?;
    for (seq, event) in (0_i32..).zip(&events) {
        store::event_insert(&service.vault, tx, (id, seq), event).await?;
        let of_whole = |effect: &Effect| new.bundle.is_some() && matches!(effect, Effect::Message(_));
        for effect in effects(event).into_iter().filter(|effect| !of_whole(effect)) {
            follow(service, tx, &record, (seq, event), effect).await?;
        }
    }
    claimable(service, tx, new, &record).await?;
    pass_on(tx, new.draft.id, ("case", id), now).await?;
    Ok((id, number))
}

/// Who gave a mandate consents by the helper's hand, and may take it back.
async fn consenting(tx: &DatabaseTransaction, new: &NewCase<'_>) -> Result<Option<Uuid>, Error> {
    match new.draft.mandate_id {
        Some(mandate) => Ok(Some(giver_of(tx, mandate).await?)),
        None => Ok(new.resident),
    }
}

/// What a helper filed can be taken over by the code on its receipt; of a life event, the whole. Who gave a mandate has the
/// case already, and a helper must not take it over by the code.
async fn claimable(
    service: &Service,
    tx: &DatabaseTransaction,
    new: &NewCase<'_>,
    record: &Record,
) -> Result<(), Error> {
    let own = new.bundle.is_some() || new.draft.mandate_id.is_some();
    if own || helper(service, tx, record).await?.is_empty() {
        return Ok(());
    }
    make_claim(service, tx, ("case", record.row.id)).await
}

/// A worker who filled it in may take it in.
fn must_start(new: &NewCase<'_>, record: &Record) -> Result<(), Error> {
    match new.worker.filter(|_| new.draft.worker_id.is_some()) {
        Some(worker) if !record.may(worker, Right::Start) => {
            let why = record.tie(worker).words().unwrap_or("这件事不在您能收的范围里，请由负责的同事来收。");
            Err(Error::Refused(why.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Answers as they are stored, with what a case is listed and found by.
pub(super) fn stored(service: &Service, (id, number): (Uuid, &str), answers: &Entries) -> Result<StoredAnswers, Error> {
    let vault = &service.vault;
    Ok(StoredAnswers {
        content: vault.write(CASES_ANSWERS.of(id), answers)?,
        applicant: vault.seal(CASES_APPLICANT.of(id), &mask_name(answers.get("applicant.name")))?,
        phone_tail: vault.blind(Purpose::PhoneTail, &tail_value(number, answers))?,
        applicant_blind: vault.blind(Purpose::Applicant, &applicant_value(number, answers))?,
    })
}

/// What a case is found by besides its number: the last four digits of the applicant's phone.
pub(crate) fn tail_value(number: &str, answers: &Entries) -> String {
    let phone = Phone::parse(answers.get("applicant.phone"));
    format!("{number}|{}", phone.as_ref().map_or("", |phone| phone.tail()))
}

/// What the cases of an identity number are found by. Who gave none has the number of the case there, which is nobody's:
/// so it is not to be seen which cases have one, and a case whose value was not made yet can be told.
pub(crate) fn applicant_value(number: &str, answers: &Entries) -> String {
    let typed = compact(answers.get("applicant.id_number"));
    if typed.is_empty() { number.to_owned() } else { typed }
}

/// As the resident chose it; where there is no choice, the one way there is.
fn delivery(item: &Item, answers: &Entries) -> Option<String> {
    let chosen = Delivery::from_key(answers.get(DELIVERY));
    let only = item.decision.as_ref().and_then(|decision| decision.delivery.first().copied());
    chosen.or(only).map(|way| way.key().to_owned())
}

/// Where to go with what only the resident's own community takes.
fn refers(service: &Service, new: &NewCase<'_>) -> String {
    let office = service.areas.office_name(&new.competence.office);
    format!("这件事只能由{office}办。请帮居民在“预约和转介”里约好时间，填好的内容那边可以接着用。")
}

/// Submitted; and received at once by the window at which the resident stands.
fn first_events(new: &NewCase<'_>, now: chrono::DateTime<chrono::Utc>) -> Vec<Event> {
    let at_window = new.worker.filter(|_| new.draft.worker_id.is_some());
    let by = at_window.map_or(Actor::Resident, |worker| actor(worker, &worker.office));
    let channel = if at_window.is_some() { Channel::Window } else { Channel::Phone };
    let mut events = vec![Event { at: now, by: by.clone(), kind: EventKind::Submitted { channel } }];
    if at_window.is_some() {
        events.push(Event { at: now, by, kind: EventKind::Received });
    }
    events
}

/// A worker as events name one, acting for an office.
pub(crate) fn actor(worker: &Worker, office: &str) -> Actor {
    Actor::Worker { id: worker.id.to_string(), name: worker.name.clone(), office: office.to_owned() }
}
