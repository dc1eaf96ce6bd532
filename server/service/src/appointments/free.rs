//! Which times of an office are free, and what an appointment is about.

use chrono::{DateTime, Utc};
use domain::appointments::{FreeSlot, Hours, Manner, Slot, slots, usual};
use domain::cases::local_day;
use domain::catalogue::ItemGuide;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::store::{self, HoursRow};
use crate::error::Error;
use crate::service::Service;

/// As people are told who wanted a place that another got.
const TAKEN: &str = "这个时间刚刚约满了，请另选一个";

/// The office and the item that a page or a form is for.
pub(crate) struct Topic {
    pub office: String,
    pub item: Option<ItemGuide>,
}

impl Topic {
    /// # Errors
    /// [`Error::NotFound`] for an office that takes nobody, and for an item that is not there.
    pub(crate) fn of(service: &Service, office: &str, item: &str) -> Result<Self, Error> {
        let office = service.areas.office_now(office).to_owned();
        // Communities and streets have windows for everything.
        let has_window = matches!(office.len(), 9 | 12) && service.areas.is_open(&office);
        if !has_window {
            return Err(Error::NotFound);
        }
        Ok(Self { office, item: Self::item(service, item)? })
    }

    pub(crate) fn item(service: &Service, item: &str) -> Result<Option<ItemGuide>, Error> {
        if item.is_empty() { Ok(None) } else { service.catalogue.guide(item).map(Some) }
    }

    pub(crate) fn item_code(&self) -> String {
        self.item.as_ref().map(|item| item.brief.code.clone()).unwrap_or_default()
    }
}

/// What is to be brought along for an item.
pub(super) fn bring(service: &Service, item: &str) -> Vec<String> {
    let guide = service.catalogue.guide(item).ok();
    let asked = guide.into_iter().flat_map(|guide| guide.materials);
    asked.filter(|material| material.not_asked_because.is_empty()).map(|material| material.name).collect()
}

pub(super) fn hours_of_row(row: &HoursRow) -> Hours {
    Hours {
        weekday: u8::try_from(row.weekday).unwrap_or(1),
        from: u16::try_from(row.starts).unwrap_or_default(),
        until: u16::try_from(row.ends).unwrap_or_default(),
        manner: Manner::from_key(&row.manner).unwrap_or(Manner::Window),
        places: u16::try_from(row.places).unwrap_or_default(),
        holidays: row.holidays,
    }
}

/// All times of an office that are to come.
async fn coming(service: &Service, db: &impl ConnectionTrait, office: &str) -> Result<Vec<Slot>, Error> {
    let own: Vec<Hours> = store::hours(db, office).await?.iter().map(hours_of_row).collect();
    let hours = if own.is_empty() { usual() } else { own };
    Ok(slots(&hours, &service.areas.calendar, service.clock.now()))
}

/// Those with places left, and how many.
pub(crate) async fn free(service: &Service, office: &str) -> Result<Vec<FreeSlot>, Error> {
    let db = &service.db.read;
    let taken = store::taken(db, office, service.today()).await?;
    let left = |slot: &Slot| {
        let taken = taken.get(&key(office, slot)).copied().unwrap_or_default();
        u16::try_from(i32::from(slot.hours.places) - taken).unwrap_or_default()
    };
    let all = coming(service, db, office).await?;
    Ok(all.into_iter().map(|slot| (slot, left(&slot))).filter(|(_, left)| *left > 0).collect())
}

/// The same for a list to choose from: key and name.
pub(crate) async fn choices(service: &Service, office: &str) -> Result<Vec<(String, String)>, Error> {
    let at_window = |(slot, _): &FreeSlot| slot.hours.manner != Manner::Home;
    let free = free(service, office).await?;
    Ok(free.into_iter().filter(at_window).map(|(slot, _)| (slot.key(), slot.words())).collect())
}

fn key(office: &str, slot: &Slot) -> String {
    format!("{office}|{}", slot.key())
}

/// Takes a place of the time that a form names. Two who want the last one at once: one gets it.
///
/// # Errors
/// [`Error::Conflict`] for a time that is not free any more.
pub(super) async fn take(
    service: &Service,
    tx: &DatabaseTransaction,
    office: &str,
    chosen: &str,
) -> Result<Slot, Error> {
    let all = coming(service, tx, office).await?;
    let slot = all.into_iter().find(|slot| slot.key() == chosen);
    let slot = slot.ok_or_else(|| Error::Conflict(TAKEN.to_owned()))?;
    let places = i32::from(slot.hours.places);
    if store::take(tx, &key(office, &slot), slot.day, places).await? {
        Ok(slot)
    } else {
        Err(Error::Conflict(TAKEN.to_owned()))
    }
}

/// Whether the day before, at six in the evening, is past: then nobody is reminded.
pub(super) fn reminded(day: chrono::NaiveDate, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (now >= super::upkeep::reminds_at(day) || day <= local_day(now)).then_some(now)
}
