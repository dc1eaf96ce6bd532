//! What the clock does by itself.

use domain::audit::Plain;
use domain::cases::{Action, Actor, Case, Objections};
use uuid::Uuid;

use super::record::{Record, append};
use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;

/// Does with every case what the passing of a day brings: acceptance by law, the end of a correction or of deferred
/// materials that did not come, the end of an announcement. Returns how many cases it changed.
///
/// Safe on several nodes at once: what another did first is refused by the rule.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(service: &Service) -> Result<usize, Error> {
    let mut count = 0;
    for row in store::awake(&service.db.read, service.today()).await? {
        match wake(service, row.id).await {
            Ok(Some(version)) => {
                service.bus.changed(row.id, version);
                count += 1;
            }
            // Somebody acted meanwhile: all the better. Or an objection is not settled, and the announcement goes on.
            Ok(None) | Err(Error::Refused(_) | Error::Conflict(_)) => {}
            // One that cannot be read must not keep the others waiting.
            Err(error) => tracing::error!(case = %row.id, fault = %error, "the clock could not go on"),
        }
    }
    Ok(count)
}

async fn wake(service: &Service, id: Uuid) -> Result<Option<u32>, Error> {
    audited!(service, Entry::system(Plain::Woke).case(id), |tx| {
        let record = Record::locked(service, tx, id).await?;
        let Some(action) = action(service, &record.case) else { return Ok(None) };
        append(service, tx, record, action, Actor::System, None).await.map(Some)
    })
}

/// What is due to happen, the earliest first.
fn action(service: &Service, case: &Case) -> Option<Action> {
    let today = service.today();
    let past = |day: Option<chrono::NaiveDate>| day.is_some_and(|day| today > day);
    let calendar = &service.areas.calendar;
    if past(case.correction.as_ref().map(|open| open.due)) {
        return Some(Action::LapseCorrection);
    }
    if case.acceptance.is_none() && past(case.notice_end(calendar)) {
        return Some(Action::DeemAccepted);
    }
    if past(case.deferral.as_ref().map(|deferral| deferral.due)) {
        return Some(Action::LapseDeferral);
    }
    let announced = case.announcement.as_ref().filter(|announcement| !announcement.ended);
    if past(announced.map(|announcement| announcement.until)) {
        return Some(Action::EndAnnouncement { objections: Objections::default() });
    }
    None
}
