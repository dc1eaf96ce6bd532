//! Appointments at the desk: who comes to the office, the slip of each, and what became of it.

use domain::appointments::{AppointmentEntry, AppointmentSlip, AppointmentsView, day_words};
use domain::audit::Plain;
use domain::desk::may_keep_hours;
use domain::identity::mask_name;

use super::free::bring;
use super::store::{self, AppointmentRow};
use crate::audit::{Entry, audited, look};
use crate::desk::worker_view;
use crate::error::Error;
use crate::forms::begin_at_window;
use crate::identity::{Moved, Visitor, Worker};
use crate::service::Service;
use crate::vault::{APPOINTMENT_ABOUT, APPOINTMENT_ADDRESS, APPOINTMENT_APPLICANT, APPOINTMENT_PHONE, Column, Sealed};

const LIST: &str = "/desk/appointments";

/// What became of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    Come,
    Absent,
    Cancelled,
}

impl Settled {
    fn state(self) -> &'static str {
        match self {
            Self::Come => "come",
            Self::Absent => "absent",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Whether the worker takes in what an appointment is about.
fn takes(worker: &Worker, row: &AppointmentRow) -> bool {
    worker.may_start(Some(row.item_code.as_str()).filter(|code| !code.is_empty()))
}

/// The slip that the resident is given, and what the office of the appointment prepares by.
///
/// # Errors
/// [`Error::NotFound`] for an appointment that neither was made by nor is with the worker's office.
pub async fn slip(service: &Service, visitor: &Visitor, code: &str) -> Result<AppointmentSlip, Error> {
    let worker = keeper(visitor)?;
    let row = store::by_code(&service.db.read, code).await?.ok_or(Error::NotFound)?;
    let with_us = row.office == worker.office;
    if !(with_us || row.referred_by.as_deref() == Some(&worker.office)) || !takes(worker, &row) {
        return Err(Error::NotFound);
    }
    look(service, Entry::worker(worker, Plain::SawAppointments).because(&row.code)).await?;
    let phone = if with_us { service.vault.open(APPOINTMENT_PHONE.of(row.id), &row.phone)? } else { String::new() };
    let mut entry = entry(service, &row)?;
    if with_us {
        entry.applicant = service.vault.open(APPOINTMENT_APPLICANT.of(row.id), &row.applicant)?;
    }
    Ok(AppointmentSlip {
        worker: worker_view(service, worker),
        office: service.areas.office_name(&row.office),
        address: if with_us { opened(service, APPOINTMENT_ADDRESS, &row, &row.address)? } else { String::new() },
        bring: bring(service, &row.item_code),
        phone,
        entry,
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
    let booked = rows.iter().filter(|row| takes(worker, row)).map(|row| entry(service, row));
    Ok(AppointmentsView {
        booked: booked.collect::<Result<_, _>>()?,
        keeps_hours: may_keep_hours(&worker.grants, &worker.office),
        worker: worker_view(service, worker),
    })
}

/// The resident has come: the worker goes on with what was filled in, or begins it. Or did not; or it is cancelled.
///
/// # Errors
/// [`Error::NotFound`] for an appointment of another office, or one that is over.
pub async fn settle(service: &Service, visitor: &Visitor, code: &str, settled: Settled) -> Result<Moved, Error> {
    let worker = keeper(visitor)?;
    let now = service.clock.now();
    let come = settled == Settled::Come;
    let entry = Entry::worker(worker, Plain::SettledAppointment).because(code);
    let (draft, item) = audited!(service, entry, |tx| {
        let ours = |row: &AppointmentRow| row.office == worker.office && takes(worker, row);
        let row = store::by_code(tx, code).await?.filter(ours).ok_or(Error::NotFound)?;
        if !store::end(tx, row.id, settled.state()).await? {
            return Err(Error::NotFound);
        }
        if settled == Settled::Cancelled {
            store::give_back(tx, &row).await?;
        }
        let draft = match row.draft_id.filter(|_| come) {
            Some(draft) => crate::forms::store::draft_take_over(tx, draft, worker.id, &worker.office, now).await?,
            None => None,
        };
        Ok((draft, row.item_code))
    })?;
    match draft {
        Some(id) => Ok(Moved::to(format!("/drafts/{id}/review"))),
        None if come && service.catalogue.latest(&item).is_some_and(|revision| revision.item.has_form()) => {
            begin_at_window(service, visitor, &item).await
        }
        None if come => Ok(Moved::to("/desk/start")),
        None => Ok(Moved::to(LIST)),
    }
}

/// What an appointment is about: the item in everyday words, and what was written.
pub(super) fn about(service: &Service, row: &AppointmentRow) -> Result<String, Error> {
    let item = service.catalogue.latest(&row.item_code).map(|revision| revision.item.everyday.clone());
    let wrote = opened(service, APPOINTMENT_ABOUT, row, &row.about)?;
    let parts: Vec<String> = [item.unwrap_or_default(), wrote].into_iter().filter(|part| !part.is_empty()).collect();
    Ok(parts.join("。"))
}

pub(super) fn opened(
    service: &Service,
    column: Column,
    row: &AppointmentRow,
    sealed: &Option<Sealed>,
) -> Result<String, Error> {
    sealed.as_ref().map_or(Ok(String::new()), |sealed| service.vault.open(column.of(row.id), sealed))
}

fn entry(service: &Service, row: &AppointmentRow) -> Result<AppointmentEntry, Error> {
    let name = service.vault.open(APPOINTMENT_APPLICANT.of(row.id), &row.applicant)?;
    // That of a referral was masked before it was kept.
    let applicant = if row.draft_id.is_some() { name } else { mask_name(&name) };
    Ok(AppointmentEntry {
        code: row.code.clone(),
        day: day_words(row.day),
        item: about(service, row)?,
        applicant,
        when: super::when(row),
        manner: super::manner(row).name().to_owned(),
        referred_by: row.referred_by.as_ref().map(|office| service.areas.office_name(office)).unwrap_or_default(),
        booked: row.state == "booked",
    })
}

pub(super) fn keeper(visitor: &Visitor) -> Result<&Worker, Error> {
    let worker = visitor.worker()?;
    crate::desk::require_start(worker, None)?;
    Ok(worker)
}
