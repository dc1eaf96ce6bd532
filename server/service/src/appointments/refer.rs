//! A window that may not take an item makes an appointment at the one that may.

use domain::appointments::FreeSlot;
use domain::audit::Plain;
use domain::catalogue::{Intake, intake};
use domain::forms::normalise;
use domain::identity::mask_name;
use uuid::Uuid;

use super::desk::keeper;
use super::free::{free, reminded, take};
use super::store::{self, AppointmentRow};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::forms::{Draft, route};
use crate::identity::{Moved, Visitor};
use crate::service::Service;
use crate::vault::{APPOINTMENT_APPLICANT, APPOINTMENT_PHONE};

/// Makes an appointment at the office that alone takes the draft's item. Returns the slip's address.
///
/// # Errors
/// [`Error::NotFound`] for another's draft, [`Error::Refused`] when this window takes the item itself, or for a time
/// that cannot be chosen.
pub async fn refer(service: &Service, visitor: &Visitor, draft: &str, slot: &str) -> Result<Moved, Error> {
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
    let is_chosen = |(free, _): &FreeSlot| free.key() == slot;
    if !free(service, &competence.office).await?.iter().any(is_chosen) {
        return Err(Error::Refused("请选一个还有空位的时间。".to_owned()));
    }
    let (id, now) = (Uuid::now_v7(), service.clock.now());
    let code = service.keys.code("appointment", &id.to_string(), 8);
    let applicant = service.vault.seal(APPOINTMENT_APPLICANT.of(id), &mask_name(answers.get("applicant.name")))?;
    let phone = service.vault.seal(APPOINTMENT_PHONE.of(id), answers.get("applicant.phone"))?;
    let entry = Entry::worker(worker, Plain::BookedAppointment).because(id.to_string());
    let code = audited!(service, entry, |tx| {
        // A second tap changes the time; it makes no second appointment.
        let before = store::of_draft(tx, draft.row.id).await?;
        if let Some(before) = &before {
            store::give_back(tx, before).await?;
        }
        let slot = take(service, tx, &competence.office, slot).await?;
        let new = AppointmentRow {
            id,
            code: code.clone(),
            item_code: item.code.clone(),
            office: competence.office.clone(),
            day: slot.day,
            starts: i32::from(slot.hours.from),
            ends: i32::from(slot.hours.until),
            manner: slot.hours.manner.key().to_owned(),
            applicant: applicant.clone(),
            phone: phone.clone(),
            about: None,
            address: None,
            resident_id: None,
            referred_by: Some(worker.office.clone()),
            draft_id: Some(draft.row.id),
            state: "booked".to_owned(),
            reminded_at: reminded(slot.day, now),
            created_at: now,
        };
        match before {
            Some(AppointmentRow { id, code, .. }) => {
                store::reschedule(tx, &AppointmentRow { id, ..new }).await?;
                Ok(code)
            }
            None => {
                let code = new.code.clone();
                store::insert(tx, new).await?;
                Ok(code)
            }
        }
    })?;
    Ok(Moved::to(format!("/desk/appointments/{code}")))
}
