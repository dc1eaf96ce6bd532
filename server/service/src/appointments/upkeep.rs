//! What happens without anybody asking: the evening before, a message; long after, everything is forgotten.

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};
use domain::appointments::reminder_text;
use domain::audit::Plain;
use domain::identity::Phone;
use domain::retention;

use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;
use crate::sms;
use crate::vault::APPOINTMENT_PHONE;

/// Six in the evening of the day before, in Shenyang.
const REMINDS_HOUR: i64 = 18;

pub(super) fn reminds_at(day: NaiveDate) -> DateTime<Utc> {
    (day - Days::new(1)).and_time(NaiveTime::MIN).and_utc() + Duration::hours(REMINDS_HOUR - 8)
}

/// Reminds of what is booked for tomorrow, once each. Returns how many.
///
/// # Errors
/// When the database does not answer; the next run goes on.
pub async fn remind(service: &Service) -> Result<usize, Error> {
    let (now, tomorrow) = (service.clock.now(), service.today() + Days::new(1));
    if now < reminds_at(tomorrow) {
        return Ok(0);
    }
    let mut count = 0;
    for row in store::unreminded(&service.db.read, tomorrow).await? {
        let phone = Phone::parse(&service.vault.open(APPOINTMENT_PHONE.of(row.id), &row.phone)?);
        let (when, office) = (super::when(&row), service.areas.office_name(&row.office));
        let text = reminder_text(&when, &office, &service.settings.public_url);
        let reminded = audited!(service, Entry::system(Plain::Reminded), |tx| {
            if !store::mark_reminded(tx, row.id, now).await? {
                return Ok(false);
            }
            if let Some(phone) = &phone {
                sms::put_account(service, tx, phone, "visit-reminder", &text, now).await?;
            }
            Ok(true)
        })?;
        count += usize::from(reminded);
    }
    Ok(count)
}

/// Deletes appointments that were long ago. Returns how many.
///
/// # Errors
/// When the database does not answer; the next run goes on.
pub(crate) async fn forget(service: &Service) -> Result<usize, Error> {
    let before = service.today() - Days::new(retention::VISIT_DAYS);
    let count = store::before(&service.db.read, before).await?;
    if count > 0 {
        let entry = Entry::system(Plain::ForgotVisits);
        audited!(service, entry, |tx| { store::forget_before(tx, before).await })?;
    }
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
