//! A case is made.

use std::sync::Arc;

use domain::cases::{Actor, CaseNumber, Channel, Effect, Event, EventKind, effects, fold};
use domain::catalogue::{Competence, DELIVERY, Delivery, Intake, Item, intake};
use domain::forms::Entries;
use domain::identity::{Phone, mask_name};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::follow::follow;
use super::record::{NEVER, Record};
use super::store::{self, CaseRow, StoredAnswers};
use crate::catalogue::Revision;
use crate::error::Error;
use crate::forms::store::DraftRow;
use crate::forms::write_json;
use crate::identity::Worker;
use crate::service::Service;

/// Purpose of the keyed hash of a phone's last four digits.
pub(super) const PHONE_TAIL: &str = "phone-tail";

pub(crate) struct NewCase<'a> {
    /// What becomes the case.
    pub draft: &'a DraftRow,
    pub revision: &'a Arc<Revision>,
    /// Checked.
    pub answers: &'a Entries,
    pub competence: &'a Competence,
    pub worker: Option<&'a Worker>,
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
    let answers = stored(service, &number, new.answers)?;
    let row = CaseRow {
        id,
        area: district,
        item_code: item.code.clone(),
        item_revision: new.revision.number,
        draft_id: new.draft.id,
        state: case.state.key().to_owned(),
        office: new.competence.office.clone(),
        office_reason: new.competence.reason.clone(),
        received_office: new.draft.office.clone(),
        channel: new.draft.channel.clone(),
        applicant: answers.applicant,
        phone_tail: answers.phone_tail,
        answers: answers.content,
        due: schedule.due.day().unwrap_or(NEVER),
        wake: schedule.wake,
        colour: schedule.warning.key().to_owned(),
        warns: schedule.warns,
        delivery: delivery(item, new.answers),
        bundle_id: new.bundle,
        version: i32::try_from(events.len()).unwrap_or(1),
        submitted_at: now,
        updated_at: now,
        number: number.clone(),
    };
    store::case_insert(tx, row.clone()).await?;
    crate::audit::remember(service, tx, id, new.answers).await?;
    let revision = new.revision.clone();
    let record = Record { row, revision, answers: new.answers.clone(), events: events.clone(), case };
    for (seq, event) in (0_i32..).zip(&events) {
        store::event_insert(tx, id, seq, event).await?;
        let of_whole = |effect: &Effect| new.bundle.is_some() && matches!(effect, Effect::Message(_));
        for effect in effects(event).into_iter().filter(|effect| !of_whole(effect)) {
            follow(service, tx, &record, (seq, event), effect).await?;
        }
    }
    store::pass_access_on(tx, new.draft.id, ("case", id), now).await?;
    Ok((id, number))
}

/// Answers as they are stored, with what a case is listed and found by.
pub(super) fn stored(service: &Service, number: &str, answers: &Entries) -> Result<StoredAnswers, Error> {
    let phone = Phone::parse(answers.get("applicant.phone"));
    let tail = phone.as_ref().map_or("", |phone| phone.tail());
    Ok(StoredAnswers {
        content: write_json(answers)?,
        applicant: mask_name(answers.get("applicant.name")),
        phone_tail: service.keys.blind(PHONE_TAIL, &format!("{number}|{tail}")),
    })
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
    let by = at_window.map_or(Actor::Resident, actor);
    let channel = if at_window.is_some() { Channel::Window } else { Channel::Phone };
    let mut events = vec![Event { at: now, by: by.clone(), kind: EventKind::Submitted { channel } }];
    if at_window.is_some() {
        events.push(Event { at: now, by, kind: EventKind::Received });
    }
    events
}

/// A worker as events name one.
pub(crate) fn actor(worker: &Worker) -> Actor {
    Actor::Worker { id: worker.id.to_string(), name: worker.name.clone(), office: worker.office.clone() }
}
