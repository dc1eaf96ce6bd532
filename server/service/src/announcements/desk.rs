//! The announcement of a case at the desk of the office that decides.

use domain::announcements::{DeskAnnouncement, Objection};
use domain::cases::{Step, open_steps};
use domain::desk::Right;
use domain::identity::mask_phone;

use super::follow::{area, shown};
use super::store::{self, ObjectionRow};
use crate::cases::Record;
use crate::error::Error;
use crate::forms::read_json;
use crate::identity::Worker;
use crate::service::Service;
use crate::vault::{OBJECTION_ANSWER, OBJECTION_CONTACT, OBJECTION_WORDS};
use crate::words;

/// None for other offices, and for items that are not announced: who objected is told to nobody else.
pub(crate) async fn at_desk(
    service: &Service,
    worker: &Worker,
    record: &Record,
) -> Result<Option<DeskAnnouncement>, Error> {
    let announced = record.revision.item.procedure.announcement.is_some();
    if !announced || !record.is_decided_by(worker) {
        return Ok(None);
    }
    let db = &service.db.read;
    let row = store::last(db, record.row.id).await?;
    let objections = store::objections_of(db, record.row.id).await?;
    let may_announce = open_steps(&record.case, &record.rules(service)).contains(&Step::Announce)
        && record.may(worker, Right::Do(Step::Announce));
    let visible = row.as_ref().filter(|row| row.ended_at.is_none() && row.until_day >= service.today());
    let place = row.as_ref().map_or_else(|| area(record), |row| row.area.clone());
    let may_settle = record.may(worker, Right::Do(Step::EndAnnouncement));
    Ok(Some(DeskAnnouncement {
        preview: may_announce.then(|| shown(record, "")),
        place: service.areas.full_name(&place),
        address: visible.map(|row| format!("/announcements/{}", row.id)).unwrap_or_default(),
        shown: row.map(|row| read_json(&row.shown)).transpose()?,
        objections: objections.into_iter().map(|row| objection(service, row, may_settle)).collect::<Result<_, _>>()?,
        may_settle,
    }))
}

/// Who settles an objection may have to call; everybody else, and after that, sees no number.
fn objection(service: &Service, row: ObjectionRow, may_settle: bool) -> Result<Objection, Error> {
    let vault = &service.vault;
    let needed = may_settle && row.upheld.is_none();
    let contact = vault.open(OBJECTION_CONTACT.of(row.id), &row.contact)?;
    Ok(Objection {
        id: row.id.to_string(),
        words: vault.open(OBJECTION_WORDS.of(row.id), &row.words)?,
        contact: if needed { contact } else { mask_phone(&contact) },
        time: words::time(row.at),
        answer: vault.open(OBJECTION_ANSWER.of(row.id), &row.answer)?,
        upheld: row.upheld,
    })
}
