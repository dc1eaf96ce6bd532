//! Residents who want to be called: asked for by anybody, done by the office that they chose, within one working day.

mod store;

use chrono::Days;
use domain::audit::Plain;
use domain::calls::{
    ADDRESS_CALLS, CallEntry, CallView, CallsView, PHONE_CALLS, TRIES_MAX, call_form, due, missed_text, part_name,
};
use domain::cases::Flash;
use domain::forms::{Entries, Given, check};
use domain::identity::Phone;
use domain::retention;
use uuid::Uuid;

use self::store::CallRow;
use crate::appointments::Topic;
use crate::audit::{Entry, audited, look};
use crate::desk::{require_start, worker_view};
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker, spend};
use crate::said::{good, said, told};
use crate::service::Service;
use crate::vault::{CALL_BACK_ABOUT, CALL_BACK_NAME, CALL_BACK_PHONE};
use crate::{sms, words};

pub(crate) use store::forget_resident;

const PAGE: &str = "/calls/new";
const LIST: &str = "/desk/calls";
const KEPT: [&str; 4] = ["name", "phone", "part", "about"];

/// The page to ask on: areas to choose from, then the form for the office that was chosen.
///
/// # Errors
/// [`Error::NotFound`] for what is not there.
pub async fn page(
    service: &Service,
    visitor: &Visitor,
    (area, office): (&str, &str),
    item: &str,
) -> Result<CallView, Error> {
    let flash = told(service, visitor, PAGE).await?;
    let today = service.today();
    let latest = words::short_day(due(service.clock.now(), &service.areas.calendar), today);
    let named = |item: domain::catalogue::ItemGuide| (item.brief.code, item.brief.everyday);
    if office.is_empty() {
        let (chosen, below) = service.areas.trail(area)?;
        let item = Topic::item(service, item)?.map(named);
        return Ok(CallView { chosen, below, item, today, flash, due: latest, office: None });
    }
    let topic = Topic::of(service, office, item)?;
    let name = service.areas.office_name(&topic.office);
    let (office, item) = (Some((topic.office, name)), topic.item.map(named));
    Ok(CallView { office, item, today, flash, due: latest, ..CallView::default() })
}

/// Asks for a call. What is wrong is said on the page, with all that was typed.
///
/// # Errors
/// [`Error::NotFound`] for an office or item that is not there.
pub async fn ask(service: &Service, visitor: &Visitor, entries: Entries) -> Result<Moved, Error> {
    let topic = Topic::of(service, entries.get("office"), entries.get("item"))?;
    let back = format!("{PAGE}?office={}&item={}", topic.office, topic.item_code());
    let given = Given { today: service.today(), ..Given::default() };
    let mut flash = match check(&call_form(topic.item.is_some()), &entries, &given) {
        Ok(answers) => match insert(service, visitor, &topic, &answers).await {
            Ok(day) => {
                let message = format!("记下了。工作人员最晚在{day}下班前打给您，请留意电话。");
                return said(service, visitor, good(message), back).await;
            }
            Err(Error::Refused(message)) => Flash { message, ..Flash::default() },
            Err(error) => return Err(error),
        },
        Err(findings) => Flash { findings, ..Flash::default() },
    };
    for key in KEPT {
        flash.entries.take_from(&entries, key);
    }
    said(service, visitor, flash, back).await
}

/// By when it will be done, in words.
async fn insert(service: &Service, visitor: &Visitor, topic: &Topic, answers: &Entries) -> Result<String, Error> {
    let (id, now, vault) = (Uuid::now_v7(), service.clock.now(), &service.vault);
    let phone = answers.get("phone");
    let row = CallRow {
        id,
        office: topic.office.clone(),
        item_code: topic.item_code(),
        name: vault.seal(CALL_BACK_NAME.of(id), answers.get("name"))?,
        phone: vault.seal(CALL_BACK_PHONE.of(id), phone)?,
        about: vault.seal(CALL_BACK_ABOUT.of(id), answers.get("about"))?,
        part: answers.get("part").to_owned(),
        resident_id: visitor.resident.as_ref().map(|resident| resident.id),
        due: due(now, &service.areas.calendar),
        tries: 0,
        state: "waiting".to_owned(),
        asked_at: now,
        tried_at: None,
    };
    audited!(service, Entry::by(visitor, Plain::AskedCall), |tx| {
        spend(service, tx, &format!("calls|{phone}"), &PHONE_CALLS).await?;
        spend(service, tx, &format!("calls|{}", visitor.address), &ADDRESS_CALLS).await?;
        store::insert(tx, row.clone()).await
    })?;
    Ok(words::short_day(row.due, service.today()))
}

fn keeper(visitor: &Visitor) -> Result<&Worker, Error> {
    let worker = visitor.worker()?;
    require_start(worker, None)?;
    Ok(worker)
}

/// Who waits to be called by the worker's office. Who is to call needs name and number.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::Forbidden`] for who takes no applications.
pub async fn list(service: &Service, visitor: &Visitor) -> Result<CallsView, Error> {
    let worker = keeper(visitor)?;
    look(service, Entry::worker(worker, Plain::SawCalls)).await?;
    let rows = store::waiting(&service.db.read, &worker.office).await?;
    let waiting = rows.iter().map(|row| entry(service, row)).collect::<Result<_, _>>()?;
    Ok(CallsView { worker: worker_view(service, worker), waiting })
}

/// What a resident has asked for.
pub(crate) async fn of_resident(service: &Service, resident: Uuid) -> Result<Vec<CallEntry>, Error> {
    store::of_resident(&service.db.read, resident).await?.iter().map(|row| entry(service, row)).collect()
}

fn entry(service: &Service, row: &CallRow) -> Result<CallEntry, Error> {
    let (today, vault) = (service.today(), &service.vault);
    let open = row.state == "waiting";
    let state = match row.state.as_str() {
        "reached" => "打过了",
        "missed" => "几次都没打通",
        _ if row.tries > 0 => "还没打通，会再打",
        _ => "等着打",
    };
    let item = service.catalogue.latest(&row.item_code).map(|revision| revision.item.everyday.clone());
    let wrote = vault.open(CALL_BACK_ABOUT.of(row.id), &row.about)?;
    let about: Vec<String> = [item.unwrap_or_default(), wrote].into_iter().filter(|part| !part.is_empty()).collect();
    Ok(CallEntry {
        id: row.id.to_string(),
        name: vault.open(CALL_BACK_NAME.of(row.id), &row.name)?,
        phone: vault.open(CALL_BACK_PHONE.of(row.id), &row.phone)?,
        part: part_name(&row.part).to_owned(),
        about: about.join("。"),
        office: service.areas.office_name(&row.office),
        due: words::short_day(row.due, today),
        late: open && row.due < today,
        tries: row.tries,
        state: state.to_owned(),
        open,
    })
}

/// The worker has called. Nobody answered for the last time: a message goes out, and it is over.
///
/// # Errors
/// [`Error::NotFound`] for a call of another office, or one that is over.
pub async fn called(service: &Service, visitor: &Visitor, id: &str, reached: bool) -> Result<Moved, Error> {
    let worker = keeper(visitor)?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let now = service.clock.now();
    let entry = Entry::worker(worker, Plain::TriedCall).because(id.to_string());
    audited!(service, entry, |tx| {
        let ours = |row: &CallRow| row.office == worker.office && row.state == "waiting";
        let row = store::locked(tx, id).await?.filter(ours).ok_or(Error::NotFound)?;
        let tries = row.tries + i32::from(!reached);
        let state = match (reached, tries >= TRIES_MAX) {
            (true, _) => "reached",
            (false, true) => "missed",
            (false, false) => "waiting",
        };
        if state == "missed"
            && let Some(phone) = Phone::parse(&service.vault.open(CALL_BACK_PHONE.of(id), &row.phone)?)
        {
            let text = missed_text(&service.areas.office_name(&row.office), &service.settings.public_url);
            sms::put_account(service, tx, &phone, "call-missed", &text, now).await?;
        }
        store::update(tx, CallRow { tries, state: state.to_owned(), tried_at: Some(now), ..row }).await
    })?;
    Ok(Moved::to(LIST))
}

/// Deletes what is over for long, and what nobody called about for as long. Returns how many.
///
/// # Errors
/// When the database does not answer; the next run goes on.
pub(crate) async fn forget(service: &Service) -> Result<usize, Error> {
    let before = service.clock.now() - Days::new(retention::VISIT_DAYS);
    let count = store::before(&service.db.read, before).await?;
    if count > 0 {
        let entry = Entry::system(Plain::ForgotVisits);
        audited!(service, entry, |tx| { store::forget_before(tx, before).await })?;
    }
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
