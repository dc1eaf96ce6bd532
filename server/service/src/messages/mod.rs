//! Residents and offices write to each other about a case; an office keeps notes of its own.

mod store;

use domain::cases::{MessageKind, local_day};
use domain::desk::Right;
use domain::messages::{ANSWER_DAYS, Conversation, MessageView, TEXT_MAX, WAITING_MAX};
use domain::text::clean;

use crate::cases::Record;
use crate::db::transact;
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker, may_open};
use crate::service::Service;
use crate::{sms, words};

/// The resident writes to the office that has the case.
///
/// # Errors
/// [`Error::NotFound`] for another's case; [`Error::Refused`] without words, or when too many wait for an answer.
pub async fn write(service: &Service, visitor: &Visitor, number: &str, text: &str) -> Result<Moved, Error> {
    let record = Record::open(service, visitor, number).await?;
    if visitor.worker.is_some() || !may_open(service, visitor, "case", record.row.id).await? {
        return Err(Error::NotFound);
    }
    let text = said(text)?;
    let now = service.clock.now();
    transact!(service.db, |tx| {
        // Two taps at once: the second waits here, and finds what the first has written.
        crate::cases::store::case_touch(tx, record.row.id, now).await?;
        let before = store::of_case(tx, record.row.id).await?;
        let waiting = before.iter().filter(|message| message.from_resident && !message.answered).count();
        if before.last().is_some_and(|last| last.from_resident && last.text == text) {
            return Ok(());
        }
        if waiting >= WAITING_MAX {
            return Err(Error::Refused("您已经留了几条话，等工作人员回复后再写吧。".to_owned()));
        }
        store::insert(
            tx,
            store::New { case: record.row.id, office: &record.row.office, worker: None, text: &text },
            now,
        )
        .await
    })?;
    Ok(Moved::to(format!("/cases/{}", record.row.number)))
}

/// A worker answers in the office's name; what the resident wrote before counts as answered.
///
/// # Errors
/// [`Error::Unauthenticated`], [`Error::NotFound`]; [`Error::Forbidden`] for who may only read; [`Error::Refused`]
/// without words.
pub async fn reply(service: &Service, visitor: &Visitor, number: &str, text: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let record = crate::desk::open(service, worker, number).await?;
    if !record.may(worker, Right::Reply) {
        return Err(Error::Forbidden);
    }
    let text = said(text)?;
    let now = service.clock.now();
    transact!(service.db, |tx| {
        store::answer_all(tx, record.row.id).await?;
        let new = store::New { case: record.row.id, office: &worker.office, worker: Some(worker.id), text: &text };
        store::insert(tx, new, now).await?;
        sms::enqueue(service, tx, &record, MessageKind::Reply, now).await
    })?;
    Ok(desk_page(&record))
}

/// A note for the colleagues of the worker's own office.
///
/// # Errors
/// As [`reply`].
pub async fn note(service: &Service, visitor: &Visitor, number: &str, text: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let record = crate::desk::open(service, worker, number).await?;
    if !record.may(worker, Right::Note) {
        return Err(Error::Forbidden);
    }
    let text = said(text)?;
    let now = service.clock.now();
    transact!(service.db, |tx| { store::note(tx, record.row.id, &worker.office, &worker.name, &text, now).await })?;
    Ok(desk_page(&record))
}

fn desk_page(record: &Record) -> Moved {
    Moved::to(format!("/desk/cases/{}", record.row.number))
}

fn said(text: &str) -> Result<String, Error> {
    let text = clean(text);
    match text.chars().count() {
        0 => Err(Error::Refused("请先写上要说的话。".to_owned())),
        count if count > TEXT_MAX => {
            Err(Error::Refused(format!("最多{TEXT_MAX}个字，现在是{count}个字，请写短一些。")))
        }
        _ => Ok(text),
    }
}

/// What was written about a case. `may_write` is the asker's.
pub(crate) async fn conversation(service: &Service, record: &Record, may_write: bool) -> Result<Conversation, Error> {
    let rows = store::of_case(&service.db.read, record.row.id).await?;
    let calendar = &service.areas.calendar;
    let view = |row: store::MessageRow| MessageView {
        who: if row.from_resident { "申请人".to_owned() } else { service.areas.office_name(&row.office) },
        time: words::time(row.at),
        late: row.from_resident
            && !row.answered
            && service.today() > calendar.due(calendar.on_or_after(local_day(row.at)), ANSWER_DAYS),
        from_resident: row.from_resident,
        text: row.text,
    };
    Ok(Conversation { messages: rows.into_iter().map(view).collect(), may_write })
}

/// The notes of the worker's own office.
pub(crate) async fn notes(service: &Service, record: &Record, worker: &Worker) -> Result<Conversation, Error> {
    if !record.may(worker, Right::Note) {
        return Ok(Conversation::default());
    }
    let rows = store::notes_of(&service.db.read, record.row.id, &worker.office).await?;
    let view = |row: store::NoteRow| MessageView {
        from_resident: false,
        who: row.worker,
        text: row.text,
        time: words::time(row.at),
        late: false,
    };
    Ok(Conversation { messages: rows.into_iter().map(view).collect(), may_write: true })
}
