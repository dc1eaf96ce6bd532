//! The calendar is changed: a day becomes free or worked, and every period that runs over it moves.

use chrono::NaiveDate;
use domain::audit::Plain;
use domain::calendar::Workdays;
use sha2::{Digest, Sha256};

use super::{AreaRegister, store};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::hex;
use crate::service::Service;
use crate::words;

/// Makes a day worked or free, as it was announced, and recomputes all open cases. Repeating it is safe: what was
/// moved already stays. Returns how many cases were told another day.
///
/// # Errors
/// [`Error::Refused`] for a day that has passed; when the database does not answer, with some cases moved: repeat it,
/// or leave the rest to the job that looks after it.
pub async fn set_workday(service: &Service, day: NaiveDate, worked: bool) -> Result<usize, Error> {
    if day < service.today() {
        return Err(Error::Refused("已经过去的日子不能改：按它算出来的期限已经告诉过人了。".to_owned()));
    }
    let entry = Entry::system(Plain::SetCalendar).because(format!("{day} {worked}"));
    audited!(service, entry, |tx| { store::workday_set(tx, day, worked).await })?;
    let calendar = store::calendar(&service.db).await?;
    if calendar != service.areas.calendar {
        service.areas.replace(AreaRegister { calendar, ..AreaRegister::clone(&service.areas) });
    }
    let what = if worked { "要上班" } else { "放假" };
    let moved = crate::cases::recompute(service, &format!("{}改为{what}", words::day(day))).await?;
    mark_applied(service).await?;
    Ok(moved)
}

/// The calendar in the table is not the one that open cases were computed with: a change was cut short, or days of a
/// new year came with the data files.
pub(crate) async fn needs_recomputing(service: &Service) -> Result<bool, Error> {
    Ok(store::applied(&service.db).await?.as_deref() != Some(&*digest(&service.areas.calendar)?))
}

/// All open cases have been computed with this calendar.
pub(crate) async fn mark_applied(service: &Service) -> Result<(), Error> {
    let digest = digest(&service.areas.calendar)?;
    audited!(service, Entry::system(Plain::Recomputed), |tx| { store::set_applied(tx, &digest).await })
}

fn digest(calendar: &Workdays) -> Result<String, Error> {
    let text = serde_json::to_string(calendar).map_err(|error| Error::internal("the calendar", error))?;
    Ok(hex(&Sha256::digest(text)))
}
