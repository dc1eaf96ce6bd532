//! A notice is written and numbered.

use std::collections::BTreeMap;

use domain::areas::CITY;
use domain::cases::{Actor, Channel, Event, EventKind, Outcome, Period, local_day};
use domain::catalogue::{DecisionForm, Delivery, Material, MaterialForm, Necessity};
use domain::forms::{Entries, FILES_MAX, Kind, Shown, display, shown};
use domain::notices::{Facts, Handed, Named, Notice, NoticeKind, Wording, compose, notice_number};
use sea_orm::DatabaseTransaction;

use super::store;
use crate::cases::{Record, helper, labels};
use crate::error::Error;
use crate::service::Service;

/// Length of the code by which anybody can check a paper: 60 bits.
const CODE_LENGTH: usize = 12;

/// Writes the notice that announces an event. The number is counted in the transaction of the event, so that none is
/// lost and none is given twice.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn issue(
    service: &Service,
    tx: &DatabaseTransaction,
    record: &Record,
    seq: i32,
    event: &Event,
    kind: NoticeKind,
) -> Result<(), Error> {
    let item = &record.revision.item;
    let office = issuer(record, event, kind);
    let (place, seat) = place(service, &office);
    let day = local_day(event.at);
    let year = chrono::Datelike::year(&day);
    let series = format!("{place}{}", item.department.short());
    let serial = store::next_serial(tx, &series, kind.key(), year).await?;
    let facts = Facts {
        item,
        case: &record.case,
        case_number: &record.row.number,
        office: &service.areas.office_name(&office),
        decides: &service.areas.office_name(&record.row.office),
        contact: contact(&record.answers),
        by_agent: !record.answers.get("agent.name").is_empty(),
        helper: helper(service, tx, record).await?,
        materials: materials(service, tx, record).await?,
        named: named(service, record, event),
        granted: granted(service, record),
        remedy: &format!("{seat}人民政府"),
        answer_by: record.case.notice_end(&service.areas.calendar),
        promised: match record.case.promised(&service.areas.calendar) {
            Some(Period::Ends(end)) => Some(end),
            _ => None,
        },
        delivery: record.row.delivery.as_deref().and_then(Delivery::from_key),
        decided: decided(tx, record).await?,
    };
    let Wording { paragraphs, facts: table, promise, signs, copies } = compose(kind, event, &facts);
    let notice = Notice {
        kind,
        number: notice_number(kind, &place, item.department.short(), year, serial),
        case_number: record.row.number.clone(),
        to: record.answers.get("applicant.name").to_owned(),
        item: item.name.clone(),
        paragraphs,
        facts: table,
        promise,
        signs,
        office: facts.office.to_owned(),
        day,
        copies,
        code: code(service, record, seq, kind),
    };
    store::insert(&service.vault, tx, (record.row.id, seq), &notice, event.at).await
}

/// `准予决定书 沈河民准字〔2026〕第00001号`, once it was issued.
async fn decided(tx: &DatabaseTransaction, record: &Record) -> Result<Option<String>, Error> {
    let issued = store::of_case(tx, record.row.id).await?;
    let decision = issued.into_iter().rev().find_map(|row| {
        let kind = NoticeKind::from_key(&row.kind)?;
        matches!(kind, NoticeKind::Grant | NoticeKind::Denial).then(|| format!("{} {}", kind.title(), row.number))
    });
    Ok(decision)
}

/// A receipt is the window's own; what is decided about the case is said in the name of the office that decides.
fn issuer(record: &Record, event: &Event, kind: NoticeKind) -> String {
    let own = matches!(kind, NoticeKind::Receipt | NoticeKind::Transfer | NoticeKind::Delivery);
    match &event.by {
        Actor::Worker { office, .. } if own => office.clone(),
        _ => record.row.office.clone(),
    }
}

/// The short name of an office's district for numbers, and its whole name: 沈河, 沈河区.
fn place(service: &Service, office: &str) -> (String, String) {
    let district = office.get(..6).unwrap_or(CITY);
    let name = service.areas.name(district).unwrap_or("沈阳市");
    let short = ["新区", "区", "县", "市"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    (short.to_owned(), name.to_owned())
}

/// It proves itself: made from the key, it cannot be guessed from another.
fn code(service: &Service, record: &Record, seq: i32, kind: NoticeKind) -> String {
    let text = format!("{}|{seq}|{}", record.row.id, kind.key());
    service.keys.code("notice", &text, CODE_LENGTH)
}

/// Whom the office calls: who applied for the applicant, or the applicant. Name and phone.
fn contact(answers: &Entries) -> (String, String) {
    let who = if answers.get("agent.phone").is_empty() { "applicant" } else { "agent" };
    let part = |part: &str| answers.get(&format!("{who}.{part}")).to_owned();
    (part("name"), part("phone"))
}

async fn materials(service: &Service, tx: &DatabaseTransaction, record: &Record) -> Result<Vec<Handed>, Error> {
    let files = crate::forms::store::files_of_drafts(tx, vec![record.row.draft_id]).await?;
    let mut paths: Vec<String> = files.iter().map(|file| file.path.clone()).take(FILES_MAX).collect();
    paths.extend(seen_at_window(record));
    paths.sort();
    paths.dedup();
    let one = |path: &String| {
        let files = files.iter().filter(|file| file.path == *path).count();
        Some(Handed { name: label(service, record, path)?, files, form: form_of(record, path).unwrap_or_default() })
    };
    Ok(paths.iter().filter_map(one).collect())
}

/// What a window sees on paper before it submits: all that the form asks for and that may not follow later.
fn seen_at_window(record: &Record) -> Vec<String> {
    let submitted = record.events.first().map(|event| &event.kind);
    if !matches!(submitted, Some(EventKind::Submitted { channel: Channel::Window })) {
        return Vec::new();
    }
    let (list, _) = shown(&record.revision.form, &record.answers, local_day(record.case.submitted_at));
    let may_follow =
        |path: &str| material(record, path).is_some_and(|material| material.necessity == Necessity::Deferrable);
    list.into_iter()
        .filter(|one| matches!(one.field.kind, Kind::Material { .. }) && !one.field.optional && !may_follow(&one.path))
        .map(|one| one.path)
        .collect()
}

/// As the form asks for it; of a material that it does not ask for, its name.
fn label(service: &Service, record: &Record, path: &String) -> Option<String> {
    let asked = labels(service, record, std::slice::from_ref(path));
    asked.into_iter().next().or_else(|| material(record, path).map(|material| material.name.clone()))
}

/// None for a question of the form.
fn material<'a>(record: &'a Record, path: &str) -> Option<&'a Material> {
    let key = path.strip_prefix("file_")?;
    record.revision.item.materials.iter().find(|material| material.key == key)
}

fn form_of(record: &Record, path: &str) -> Option<MaterialForm> {
    material(record, path).map(|material| material.form)
}

/// What a correction or a deferral names, and why.
fn named(service: &Service, record: &Record, event: &Event) -> Vec<Named> {
    let none = BTreeMap::new();
    let (paths, reasons) = match &event.kind {
        EventKind::CorrectionAsked { ask, .. } => (&ask.fields, &ask.reasons),
        EventKind::Accepted { deferral: Some(deferral), .. } => (&deferral.fields, &none),
        _ => return Vec::new(),
    };
    let one = |path: &String| Named {
        label: label(service, record, path).unwrap_or_else(|| path.clone()),
        why: reasons.get(path).cloned().unwrap_or_default(),
        form: form_of(record, path),
    };
    paths.iter().map(one).collect()
}

/// What the decision of a case lays down when it grants: label and value.
pub(crate) fn granted(service: &Service, record: &Record) -> Vec<(String, String)> {
    let Some(ruling) = record.case.ruling.as_ref().filter(|ruling| ruling.outcome == Outcome::Approved) else {
        return Vec::new();
    };
    let definition = record.revision.item.decision.as_ref().map(DecisionForm::definition).unwrap_or_default();
    // As it was laid down, whatever day it is read on.
    let day = record.case.decided_on.unwrap_or_else(|| service.today());
    let (list, kept) = shown(&definition, &ruling.data, day);
    let area = |code: &str| service.areas.full_name(code);
    let value = |one: &Shown<'_>| {
        let text = display(&definition, one.field, &one.path, &kept, day, &area);
        match one.field.kind {
            Kind::Date { .. } => text.parse().map_or(text, crate::words::day),
            _ => text,
        }
    };
    list.iter().map(|one| (one.field.label.clone(), value(one))).filter(|(_, text)| !text.is_empty()).collect()
}
