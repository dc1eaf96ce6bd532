//! A resident's own appointments: seen, moved, cancelled.

use domain::appointments::{FreeSlot, Manner, MoveView, MyVisit, MyVisits, begins, booked_text, move_form};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::{Entries, Finding, Given, check};
use domain::identity::Phone;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::book::MINE;
use super::desk::{about, opened};
use super::free::{bring, free, reminded, take};
use super::store::{self, AppointmentRow};
use crate::audit::{Entry, audited, look};
use crate::error::Error;
use crate::identity::{Moved, Visitor};
use crate::said::{good, said, told};
use crate::service::Service;
use crate::sms;
use crate::vault::{APPOINTMENT_ADDRESS, APPOINTMENT_PHONE};

/// Times and calls that a resident has asked for.
///
/// # Errors
/// [`Error::SignIn`]
pub async fn mine(service: &Service, visitor: &Visitor) -> Result<MyVisits, Error> {
    let resident = visitor.resident()?.id;
    look(service, Entry::resident(resident, Plain::SawOwnVisits)).await?;
    let rows = store::of_resident(&service.db.read, resident).await?;
    let mut visits = rows.iter().map(|row| view(service, row)).collect::<Result<Vec<_>, _>>()?;
    // What is to come first, the next first.
    let coming = visits.iter().filter(|visit| visit.open).count();
    visits.sort_by_key(|visit| !visit.open);
    visits[..coming].reverse();
    Ok(MyVisits {
        visits,
        calls: crate::calls::of_resident(service, resident).await?,
        flash: told(service, visitor, MINE).await?,
    })
}

fn view(service: &Service, row: &AppointmentRow) -> Result<MyVisit, Error> {
    let open = is_open(service, row);
    let state = match row.state.as_str() {
        "come" => "去过了",
        "absent" => "没有去",
        "cancelled" => "取消了",
        _ if open => "约好了",
        _ => "时间过了",
    };
    let home = super::manner(row) == Manner::Home;
    let place = if home {
        opened(service, APPOINTMENT_ADDRESS, row, &row.address)?
    } else {
        service.areas.office_name(&row.office)
    };
    Ok(MyVisit {
        code: row.code.clone(),
        when: super::when(row),
        manner: super::manner(row).name().to_owned(),
        place,
        about: about(service, row)?,
        bring: bring(service, &row.item_code),
        state: state.to_owned(),
        open,
    })
}

/// Until it begins.
fn is_open(service: &Service, row: &AppointmentRow) -> bool {
    row.state == "booked" && begins(row.day, u16::try_from(row.starts).unwrap_or_default()) > service.clock.now()
}

async fn own(
    service: &Service,
    db: &impl ConnectionTrait,
    resident: Uuid,
    code: &str,
) -> Result<AppointmentRow, Error> {
    let row = store::by_code(db, code).await?.filter(|row| row.resident_id == Some(resident));
    row.filter(|row| is_open(service, row)).ok_or(Error::NotFound)
}

/// # Errors
/// [`Error::SignIn`]; [`Error::NotFound`] for another's, and for one that has begun or is over.
pub async fn cancel(service: &Service, visitor: &Visitor, code: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    audited!(service, Entry::resident(resident, Plain::CancelledVisit), |tx| {
        let row = own(service, tx, resident, code).await?;
        if !store::end(tx, row.id, "cancelled").await? {
            return Err(Error::NotFound);
        }
        store::give_back(tx, &row).await
    })?;
    said(service, visitor, good("取消好了。"), MINE).await
}

fn page(code: &str) -> String {
    format!("{MINE}/{code}")
}

/// Other times at the same office. Without an address nobody comes home.
async fn others(service: &Service, row: &AppointmentRow) -> Result<Vec<FreeSlot>, Error> {
    let mut slots = free(service, &row.office).await?;
    slots.retain(|(slot, _)| row.address.is_some() || slot.hours.manner != Manner::Home);
    Ok(slots)
}

/// The page on which an appointment gets another time.
///
/// # Errors
/// As [`cancel`].
pub async fn move_page(service: &Service, visitor: &Visitor, code: &str) -> Result<MoveView, Error> {
    let resident = visitor.resident()?.id;
    look(service, Entry::resident(resident, Plain::SawOwnVisits)).await?;
    let row = own(service, &service.db.read, resident, code).await?;
    Ok(MoveView {
        visit: view(service, &row)?,
        form: move_form(&others(service, &row).await?),
        today: service.today(),
        flash: told(service, visitor, &page(&row.code)).await?,
    })
}

/// Gives it another time, which is taken before the old one is given back.
///
/// # Errors
/// As [`cancel`].
pub async fn reschedule(service: &Service, visitor: &Visitor, code: &str, entries: Entries) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let row = own(service, &service.db.read, resident, code).await?;
    let given = Given { today: service.today(), ..Given::default() };
    let findings = match check(&move_form(&others(service, &row).await?), &entries, &given) {
        Ok(answers) => match change(service, resident, code, answers.get("slot")).await {
            Ok(when) => return said(service, visitor, good(format!("改好了：{when}。给您发了短信。")), MINE).await,
            Err(Error::Conflict(message)) => vec![Finding { path: "slot".to_owned(), message }],
            Err(error) => return Err(error),
        },
        Err(findings) => findings,
    };
    said(service, visitor, Flash { findings, ..Flash::default() }, page(&row.code)).await
}

async fn change(service: &Service, resident: Uuid, code: &str, chosen: &str) -> Result<String, Error> {
    let now = service.clock.now();
    audited!(service, Entry::resident(resident, Plain::MovedVisit), |tx| {
        let before = own(service, tx, resident, code).await?;
        let slot = take(service, tx, &before.office, chosen).await?;
        store::give_back(tx, &before).await?;
        let phone = Phone::parse(&service.vault.open(APPOINTMENT_PHONE.of(before.id), &before.phone)?);
        let office = service.areas.office_name(&before.office);
        let row = AppointmentRow {
            day: slot.day,
            starts: i32::from(slot.hours.from),
            ends: i32::from(slot.hours.until),
            manner: slot.hours.manner.key().to_owned(),
            reminded_at: reminded(slot.day, now),
            ..before
        };
        if !store::reschedule(tx, &row).await? {
            return Err(Error::NotFound);
        }
        if let Some(phone) = phone {
            let text = booked_text(&slot.words(), &office, &service.settings.public_url);
            sms::put_account(service, tx, &phone, "visit-booked", &text, now).await?;
        }
        Ok(slot.words())
    })
}
