//! Appointments at the one office that may take an item (属地): a referral instead of a refusal. What was filled in at
//! the wrong window is carried on at the right one.

mod store;

use chrono::NaiveDate;
use domain::audit::Plain;
use domain::cases::{AppointmentEntry, AppointmentSlip, AppointmentsView};
use domain::catalogue::{Intake, intake};
use domain::forms::normalise;
use domain::identity::mask_name;
use uuid::Uuid;

use crate::audit::{Entry, audited, look};
use crate::desk::worker_view;
use crate::error::Error;
use crate::forms::{Draft, route};
use crate::identity::{Moved, Visitor, Worker};
use crate::service::Service;
use crate::vault::{APPOINTMENT_APPLICANT, APPOINTMENT_PHONE};
use crate::words;

const LIST: &str = "/desk/appointments";
/// Appointments are made for the next so many working days.
const DAYS_AHEAD: u32 = 10;

/// Half days, as they are stored and said.
const HALVES: [(&str, &str); 2] = [("morning", "上午 8:30—12:00"), ("afternoon", "下午 13:00—17:00")];

fn half_name(key: &str) -> &'static str {
    HALVES.iter().find(|(half, _)| *half == key).map_or("", |(_, name)| name)
}

/// The days that can be chosen, and their names.
pub(crate) fn days(service: &Service) -> Vec<(String, String)> {
    let calendar = &service.areas.calendar;
    let day = |ahead| calendar.due(service.today(), ahead);
    (1..=DAYS_AHEAD).map(|ahead| (day(ahead).to_string(), words::short_day(day(ahead), service.today()))).collect()
}

/// Makes an appointment at the office that alone takes the draft's item. Returns the slip's address.
///
/// # Errors
/// [`Error::NotFound`] for another's draft, [`Error::Refused`] when this window takes the item itself, or for a day
/// that cannot be chosen.
pub async fn refer(service: &Service, visitor: &Visitor, draft: &str, day: &str, half: &str) -> Result<Moved, Error> {
    let worker = keeper(visitor)?;
    let draft = Draft::open(service, visitor, draft).await?;
    let item = &draft.revision.item;
    let answers = normalise(&draft.form, &draft.entries, service.today());
    let window = draft.row.office.as_deref();
    let competence = route(service, item, &answers, window)
        .map_err(|_| Error::Refused("还不知道该由哪里办，请回去把地区选到社区。".to_owned()))?;
    if draft.event.is_some()
        || draft.row.case_id.is_some()
        || intake(item, &competence.office, window) != Intake::Refers
    {
        return Err(Error::Refused("这件事这个窗口就能收，不用转介。".to_owned()));
    }
    let chosen = days(service).into_iter().any(|(key, _)| key == day) && !half_name(half).is_empty();
    let day: NaiveDate =
        day.parse().ok().filter(|_| chosen).ok_or_else(|| Error::Refused("请选一个日子和上下午。".to_owned()))?;
    let id = Uuid::now_v7();
    let code = service.keys.code("appointment", &id.to_string(), 8);
    let new = store::AppointmentRow {
        id,
        code: code.clone(),
        item_code: item.code.clone(),
        office: competence.office,
        day,
        half: half.to_owned(),
        applicant: service.vault.seal(APPOINTMENT_APPLICANT.of(id), &mask_name(answers.get("applicant.name")))?,
        phone: service.vault.seal(APPOINTMENT_PHONE.of(id), answers.get("applicant.phone"))?,
        referred_by: Some(worker.office.clone()),
        draft_id: Some(draft.row.id),
        state: "booked".to_owned(),
        created_at: service.clock.now(),
    };
    // A second tap changes the time; it makes no second appointment.
    let entry = Entry::worker(worker, Plain::BookedAppointment).because(new.id.to_string());
    let code = audited!(service, entry, |tx| { store::book(tx, new.clone()).await })?;
    Ok(Moved::to(format!("/desk/appointments/{code}")))
}

/// The slip that the resident is given.
///
/// # Errors
/// [`Error::NotFound`] for an appointment that neither was made by nor is with the worker's office.
pub async fn slip(service: &Service, visitor: &Visitor, code: &str) -> Result<AppointmentSlip, Error> {
    let worker = keeper(visitor)?;
    let row = store::by_code(&service.db.read, code).await?.ok_or(Error::NotFound)?;
    let ours = row.office == worker.office || row.referred_by.as_deref() == Some(&worker.office);
    if !ours || !worker.may_start(Some(&row.item_code)) {
        return Err(Error::NotFound);
    }
    look(service, Entry::worker(worker, Plain::SawAppointments)).await?;
    Ok(AppointmentSlip {
        worker: worker_view(service, worker),
        office: service.areas.office_name(&row.office),
        entry: entry(service, row)?,
    })
}

/// Who comes to the worker's office.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::Forbidden`] for who takes no applications.
pub async fn list(service: &Service, visitor: &Visitor) -> Result<AppointmentsView, Error> {
    let worker = keeper(visitor)?;
    look(service, Entry::worker(worker, Plain::SawAppointments)).await?;
    let rows = store::of_office(&service.db.read, &worker.office).await?;
    let taken = rows.into_iter().filter(|row| worker.may_start(Some(&row.item_code)));
    let booked = taken.map(|row| entry(service, row)).collect::<Result<_, _>>()?;
    Ok(AppointmentsView { worker: worker_view(service, worker), booked })
}

/// The resident has come: the worker goes on with what was filled in. Or did not: the appointment ends.
///
/// # Errors
/// [`Error::NotFound`] for an appointment of another office, or one that is over.
pub async fn settle(service: &Service, visitor: &Visitor, code: &str, come: bool) -> Result<Moved, Error> {
    let worker = keeper(visitor)?;
    let now = service.clock.now();
    let entry = Entry::worker(worker, Plain::SettledAppointment).because(code);
    let draft = audited!(service, entry, |tx| {
        let ours = |row: &store::AppointmentRow| row.office == worker.office && worker.may_start(Some(&row.item_code));
        let row = store::by_code(tx, code).await?.filter(ours).ok_or(Error::NotFound)?;
        if !store::end(tx, row.id, if come { "come" } else { "cancelled" }).await? {
            return Err(Error::NotFound);
        }
        match row.draft_id.filter(|_| come) {
            Some(draft) => crate::forms::store::draft_take_over(tx, draft, worker.id, &worker.office, now).await,
            None => Ok(None),
        }
    })?;
    Ok(Moved::to(draft.map_or(LIST.to_owned(), |id| format!("/drafts/{id}/review"))))
}

fn entry(service: &Service, row: store::AppointmentRow) -> Result<AppointmentEntry, Error> {
    let item = service.catalogue.latest(&row.item_code).map(|revision| revision.item.everyday.clone());
    Ok(AppointmentEntry {
        code: row.code,
        item: item.unwrap_or(row.item_code),
        applicant: service.vault.open(APPOINTMENT_APPLICANT.of(row.id), &row.applicant)?,
        when: format!("{} {}", words::short_day(row.day, service.today()), half_name(&row.half)),
        referred_by: row.referred_by.map(|office| service.areas.office_name(&office)).unwrap_or_default(),
        booked: row.state == "booked",
    })
}

fn keeper(visitor: &Visitor) -> Result<&Worker, Error> {
    let worker = visitor.worker()?;
    crate::desk::require_start(worker, None)?;
    Ok(worker)
}
