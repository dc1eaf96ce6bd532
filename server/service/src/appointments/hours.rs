//! The hours at which an office can be visited, set by its head or by who administers offices.

use domain::appointments::{Hours, HoursEntry, HoursView, hours_form, hours_of, time_words, usual};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::desk::may_keep_hours;
use domain::forms::{Entries, Finding, Given, check};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::free::hours_of_row;
use super::store::{self, HoursRow};
use crate::audit::{Entry, audited};
use crate::desk::worker_view;
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker};
use crate::said::{good, said, told};
use crate::service::Service;

const PAGE: &str = "/desk/appointments/hours";
const MOST: usize = 60;

/// The worker, and the office whose hours are meant: the own one when none is named.
fn keeper<'v>(service: &Service, visitor: &'v Visitor, office: &str) -> Result<(&'v Worker, String), Error> {
    let worker = visitor.worker()?;
    let office = if office.is_empty() { worker.office.clone() } else { office.to_owned() };
    if !may_keep_hours(&worker.grants, &office) || !service.areas.is_open(&office) {
        return Err(Error::Forbidden);
    }
    Ok((worker, office))
}

/// # Errors
/// [`Error::Unauthenticated`]; [`Error::Forbidden`] for who may not set them.
pub async fn hours_page(service: &Service, visitor: &Visitor, office: &str) -> Result<HoursView, Error> {
    let (worker, office) = keeper(service, visitor, office)?;
    let own = store::hours(&service.db.read, &office).await?;
    let is_usual = own.is_empty();
    let kept = own.iter().map(|row| (row.id.to_string(), hours_of_row(row)));
    let given = usual().into_iter().map(|hours| (String::new(), hours));
    let hours = if is_usual { given.map(entry).collect() } else { kept.map(entry).collect() };
    Ok(HoursView {
        worker: worker_view(service, worker),
        office: service.areas.office_name(&office),
        office_code: office,
        hours,
        usual: is_usual,
        today: service.today(),
        flash: told(service, visitor, PAGE).await?,
    })
}

fn entry((id, hours): (String, Hours)) -> HoursEntry {
    let names = ["一", "二", "三", "四", "五", "六", "日"];
    let day = names.get(usize::from(hours.weekday).saturating_sub(1)).copied().unwrap_or_default();
    HoursEntry {
        id,
        when: format!("周{day} {}", time_words(hours.from, hours.until)),
        manner: hours.manner.name().to_owned(),
        places: hours.places,
        holidays: hours.holidays,
    }
}

/// Adds hours. The usual ones, which an office keeps that has set none, become its own with the first.
///
/// # Errors
/// As [`hours_page`].
pub async fn add_hours(service: &Service, visitor: &Visitor, entries: Entries) -> Result<Moved, Error> {
    let (worker, office) = keeper(service, visitor, entries.get("office"))?;
    let back = format!("{PAGE}?office={office}");
    let given = Given { today: service.today(), ..Given::default() };
    let checked = check(&hours_form(), &entries, &given).and_then(|answers| hours_of(&answers));
    let findings = match checked {
        Ok(hours) => {
            let entry = Entry::worker(worker, Plain::SetHours).because(office.clone());
            let added = audited!(service, entry, |tx| { add(tx, &office, hours).await })?;
            if added {
                return said(service, visitor, good("加好了，居民现在就能约。"), back).await;
            }
            let message = "这一天同样的开始时间、同样的办法已经有了，请先删掉旧的".to_owned();
            vec![Finding { path: "from".to_owned(), message }]
        }
        Err(findings) => findings,
    };
    let mut flash = Flash { findings, ..Flash::default() };
    for key in ["weekday", "from", "until", "manner", "places", "holidays"] {
        flash.entries.take_from(&entries, key);
    }
    said(service, visitor, flash, back).await
}

async fn add(tx: &DatabaseTransaction, office: &str, hours: Hours) -> Result<bool, Error> {
    let own = adopted(tx, office).await?;
    let is_same = |row: &HoursRow| {
        let other = hours_of_row(row);
        (other.weekday, other.from, other.manner) == (hours.weekday, hours.from, hours.manner)
    };
    if own.iter().any(is_same) || own.len() >= MOST {
        return Ok(false);
    }
    store::hours_insert(tx, row(office, hours)).await?;
    Ok(true)
}

/// The rows of the office; if there are none, the usual hours become its own.
async fn adopted(tx: &DatabaseTransaction, office: &str) -> Result<Vec<HoursRow>, Error> {
    let own = store::hours(tx, office).await?;
    if !own.is_empty() {
        return Ok(own);
    }
    let rows: Vec<HoursRow> = usual().into_iter().map(|hours| row(office, hours)).collect();
    for row in &rows {
        store::hours_insert(tx, row.clone()).await?;
    }
    Ok(rows)
}

fn row(office: &str, hours: Hours) -> HoursRow {
    HoursRow {
        id: Uuid::now_v7(),
        office: office.to_owned(),
        weekday: i16::from(hours.weekday),
        starts: i32::from(hours.from),
        ends: i32::from(hours.until),
        manner: hours.manner.key().to_owned(),
        places: i32::from(hours.places),
        holidays: hours.holidays,
    }
}

/// Takes hours away; who has booked in them comes all the same.
///
/// # Errors
/// As [`hours_page`]; [`Error::NotFound`] for hours that are not the office's.
pub async fn drop_hours(service: &Service, visitor: &Visitor, office: &str, id: &str) -> Result<Moved, Error> {
    let (worker, office) = keeper(service, visitor, office)?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let entry = Entry::worker(worker, Plain::SetHours).because(office.clone());
    audited!(service, entry, |tx| {
        if store::hours_delete(tx, &office, id).await? { Ok(()) } else { Err(Error::NotFound) }
    })?;
    said(service, visitor, good("删掉了。已经约了的居民照样会来。"), format!("{PAGE}?office={office}")).await
}
