//! A resident books a time.

use domain::appointments::{BookView, FreeSlot, Manner, OPEN_MAX, booked_text, booking_form};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::{Entries, Finding, Given, check};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::free::{Topic, free, reminded, take};
use super::store::{self, AppointmentRow};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Visitor};
use crate::residents::{Account, touch};
use crate::said::{good, said, told};
use crate::service::Service;
use crate::sms;
use crate::vault::{APPOINTMENT_ABOUT, APPOINTMENT_ADDRESS, APPOINTMENT_APPLICANT, APPOINTMENT_PHONE};

const PAGE: &str = "/visits/new";
pub(super) const MINE: &str = "/me/visits";
const KEPT: [&str; 4] = ["slot", "name", "address", "about"];

/// The page to book on: areas to choose from, then the free times of the office that was chosen. `manner`: only times of
/// that kind; of none, when there are none of it.
///
/// # Errors
/// [`Error::NotFound`] for what is not there.
pub async fn book_page(
    service: &Service,
    visitor: &Visitor,
    (area, office): (&str, &str),
    item: &str,
    manner: &str,
) -> Result<BookView, Error> {
    let flash = told(service, visitor, PAGE).await?;
    let signed_in = visitor.resident.is_some();
    if office.is_empty() {
        let (chosen, below) = service.areas.trail(area)?;
        let item = Topic::item(service, item)?.map(|item| (item.brief.code, item.brief.everyday));
        let today = service.today();
        return Ok(BookView { chosen, below, item, signed_in, today, flash, ..BookView::default() });
    }
    let topic = Topic::of(service, office, item)?;
    let mut slots = free(service, &topic.office).await?;
    if let Some(manner) = Manner::from_key(manner) {
        slots.retain(|(slot, _)| slot.hours.manner == manner);
    }
    let name = service.areas.office_name(&topic.office);
    Ok(BookView {
        none_free: slots.is_empty(),
        form: booking_form(&slots, topic.item.is_some()),
        office: Some((topic.office, name)),
        item: topic.item.map(|item| (item.brief.code, item.brief.everyday)),
        signed_in,
        today: service.today(),
        flash,
        ..BookView::default()
    })
}

/// Books. Who wanted a place that another got is told so, with what is left and all that was typed.
///
/// # Errors
/// [`Error::SignIn`] without a resident; [`Error::NotFound`] for an office or item that is not there.
pub async fn book(service: &Service, visitor: &Visitor, entries: Entries) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let topic = Topic::of(service, entries.get("office"), entries.get("item"))?;
    let slots = free(service, &topic.office).await?;
    let mut flash = match checked(service, &slots, &topic, &entries) {
        Ok(answers) => match insert(service, resident, &topic, &answers).await {
            Ok(when) => return said(service, visitor, good(format!("约好了：{when}。给您发了短信。")), MINE).await,
            Err(Error::Conflict(message)) => wrong("slot", &message),
            Err(Error::Refused(message)) => Flash { message, ..Flash::default() },
            Err(error) => return Err(error),
        },
        Err(findings) => Flash { findings, ..Flash::default() },
    };
    for key in KEPT {
        flash.entries.take_from(&entries, key);
    }
    said(service, visitor, flash, format!("{PAGE}?office={}&item={}", topic.office, topic.item_code())).await
}

fn wrong(path: &str, message: &str) -> Flash {
    let findings = vec![Finding { path: path.to_owned(), message: message.to_owned() }];
    Flash { findings, ..Flash::default() }
}

fn checked(service: &Service, free: &[FreeSlot], topic: &Topic, entries: &Entries) -> Result<Entries, Vec<Finding>> {
    let given = Given { today: service.today(), ..Given::default() };
    let chosen = entries.get("slot");
    let is_gone = !chosen.is_empty() && !free.iter().any(|(slot, _)| slot.key() == chosen);
    let said = |mut finding: Finding| {
        if is_gone && finding.path == "slot" {
            finding.message = "这个时间刚刚约满了，请另选一个".to_owned();
        }
        finding
    };
    check(&booking_form(free, topic.item.is_some()), entries, &given)
        .map_err(|findings| findings.into_iter().map(said).collect())
}

/// The time in words.
async fn insert(service: &Service, resident: Uuid, topic: &Topic, answers: &Entries) -> Result<String, Error> {
    let account = Account::fetch(service, &service.db.read, resident).await?;
    let phone = account.phone.ok_or_else(|| Error::Refused("您的账号还没有手机号，请先在“我的”里加上。".to_owned()))?;
    let (id, now) = (Uuid::now_v7(), service.clock.now());
    let entry = Entry::resident(resident, Plain::BookedAppointment);
    audited!(service, entry, |tx| {
        limited(service, tx, resident).await?;
        let slot = take(service, tx, &topic.office, answers.get("slot")).await?;
        let vault = &service.vault;
        let address = Some(answers.get("address")).filter(|_| slot.hours.manner == Manner::Home);
        let row = AppointmentRow {
            id,
            code: service.keys.code("appointment", &id.to_string(), 8),
            item_code: topic.item_code(),
            office: topic.office.clone(),
            day: slot.day,
            starts: i32::from(slot.hours.from),
            ends: i32::from(slot.hours.until),
            manner: slot.hours.manner.key().to_owned(),
            applicant: vault.seal(APPOINTMENT_APPLICANT.of(id), answers.get("name"))?,
            phone: vault.seal(APPOINTMENT_PHONE.of(id), phone.as_str())?,
            about: Some(vault.seal(APPOINTMENT_ABOUT.of(id), answers.get("about"))?),
            address: address.map(|address| vault.seal(APPOINTMENT_ADDRESS.of(id), address)).transpose()?,
            resident_id: Some(resident),
            referred_by: None,
            draft_id: None,
            state: "booked".to_owned(),
            reminded_at: reminded(slot.day, now),
            created_at: now,
        };
        store::insert(tx, row).await?;
        let (when, office) = (slot.words(), service.areas.office_name(&topic.office));
        let text = booked_text(&when, &office, &service.settings.public_url);
        sms::put_account(service, tx, &phone, "visit-booked", &text, now).await?;
        Ok(when)
    })
}

/// Whoever books twice at once is counted one after the other.
async fn limited(service: &Service, tx: &DatabaseTransaction, resident: Uuid) -> Result<(), Error> {
    touch(tx, resident).await?;
    if store::open_of(tx, resident, service.today()).await? >= OPEN_MAX as u64 {
        return Err(Error::Refused(format!("您已经约了{OPEN_MAX}次还没到日子，先去办或者取消一个，再约新的。")));
    }
    Ok(())
}
