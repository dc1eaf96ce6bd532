//! Residents and offices write to each other about a case; an office keeps notes of its own.

mod store;

use std::collections::BTreeSet;

use domain::audit::Plain;
use domain::cases::{FileView, MessageKind, local_day};
use domain::desk::Right;
use domain::messages::{ANSWER_DAYS, Conversation, FILES_MAX, MessageView, TEXT_MAX, WAITING_MAX};
use domain::text::clean;
use uuid::Uuid;

use crate::audit::{Entry, audited, look};
use crate::cases::Record;
use crate::error::Error;
use crate::forms::{FileBytes, Kept, Sent, Waiting, file_view, keep, readable};
use crate::identity::{Moved, Visitor, Worker, may_open};
use crate::service::Service;
use crate::vault::{MESSAGE_FILE_NAME, MESSAGE_TEXT, NOTE_TEXT, NOTE_WORKER};
use crate::{sms, words};

/// Files as they came.
pub type Files = Vec<(Sent, Vec<u8>)>;

/// The resident writes to the office that has the case.
///
/// # Errors
/// [`Error::NotFound`] for another's case; [`Error::Refused`] with neither words nor files, for a file that cannot be
/// used, or when too many messages wait for an answer.
pub async fn write(
    service: &Service,
    visitor: &Visitor,
    number: &str,
    text: &str,
    files: Files,
) -> Result<Moved, Error> {
    let record = Record::open(service, visitor, number).await?;
    if visitor.worker.is_some() || !may_open(service, visitor, "case", record.row.id).await? {
        return Err(Error::NotFound);
    }
    let text = said(text, &files)?;
    let kept = keep_all(service, visitor, files).await?;
    let now = service.clock.now();
    let entry = Entry::by(visitor, Plain::Wrote).case(record.row.id);
    let written: Result<bool, Error> = audited!(service, entry, |tx| {
        // Two taps at once: the second waits here, and finds what the first has written.
        crate::cases::store::case_touch(tx, record.row.id, now).await?;
        let before = store::of_case(tx, record.row.id).await?;
        let waiting = before.iter().filter(|message| message.from_resident && !message.answered).count();
        let last = before.last().filter(|last| last.from_resident);
        if let Some(last) = last
            && service.vault.open(MESSAGE_TEXT.of(last.id), &last.text)? == text
        {
            let there = store::files_of(tx, vec![last.id]).await?;
            let there: BTreeSet<&str> = there.iter().map(|file| file.digest.as_str()).collect();
            if there == kept.iter().map(|file| file.digest.as_str()).collect() {
                return Ok(false);
            }
        }
        if waiting >= WAITING_MAX {
            return Err(Error::Refused("您已经留了几条话，等工作人员回复后再写吧。".to_owned()));
        }
        let new = store::New { case: record.row.id, office: &record.row.office, worker: None, text: &text };
        store::insert(&service.vault, tx, new, &kept, now).await?;
        Ok(true)
    });
    if !matches!(written, Ok(true)) {
        forget(service, &kept).await?;
    }
    written.map(|_| Moved::to(format!("/cases/{}", record.row.number)))
}

/// The program says in the resident's name what the office has to know, in the transaction of what happened.
pub(crate) async fn tell(
    service: &Service,
    tx: &sea_orm::DatabaseTransaction,
    record: &Record,
    text: &str,
) -> Result<(), Error> {
    let new = store::New { case: record.row.id, office: &record.row.office, worker: None, text };
    store::insert(&service.vault, tx, new, &[], service.clock.now()).await
}

/// A worker answers in the office's name; what the resident wrote before counts as answered.
///
/// # Errors
/// [`Error::Unauthenticated`], [`Error::NotFound`]; [`Error::Forbidden`] for who may only read; [`Error::Refused`]
/// with neither words nor files, or for a file that cannot be used.
pub async fn reply(
    service: &Service,
    visitor: &Visitor,
    number: &str,
    text: &str,
    files: Files,
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let record = crate::desk::open(service, worker, number).await?;
    let office = record.acts_for(worker, Right::Reply).ok_or(Error::Forbidden)?;
    let text = said(text, &files)?;
    let kept = keep_all(service, visitor, files).await?;
    let now = service.clock.now();
    let entry = Entry::worker(worker, Plain::Replied).case(record.row.id);
    let written: Result<(), Error> = audited!(service, entry, |tx| {
        store::answer_all(tx, record.row.id).await?;
        let new = store::New { case: record.row.id, office: &office, worker: Some(worker.id), text: &text };
        store::insert(&service.vault, tx, new, &kept, now).await?;
        sms::enqueue(service, tx, &record, MessageKind::Reply, now).await
    });
    if let Err(error) = written {
        forget(service, &kept).await?;
        return Err(error);
    }
    Ok(desk_page(&record))
}

/// All of them or none.
async fn keep_all(service: &Service, visitor: &Visitor, files: Files) -> Result<Vec<Kept>, Error> {
    if files.len() > FILES_MAX {
        return Err(Error::Refused(format!("一次最多发{FILES_MAX}个文件，请分两次发。")));
    }
    let mut kept = Vec::with_capacity(files.len());
    for (sent, bytes) in files {
        match keep(service, visitor, &sent, bytes).await {
            Ok(file) => kept.push(file),
            Err(error) => {
                forget(service, &kept).await?;
                return Err(error);
            }
        }
    }
    Ok(kept)
}

/// Deletes the bytes of files of which no row tells.
async fn forget(service: &Service, kept: &[Kept]) -> Result<(), Error> {
    for file in kept {
        service.blobs.delete(file.id).await?;
    }
    Ok(())
}

/// Files that wait for the virus scanner.
pub(crate) async fn files_waiting(service: &Service, limit: u64) -> Result<Vec<Waiting>, Error> {
    store::files_waiting(&service.db.read, limit).await
}

pub(crate) use store::file_scanned;

/// A file that came with a message, for who may see its case.
pub(crate) async fn file(service: &Service, visitor: &Visitor, id: Uuid) -> Result<FileBytes, Error> {
    let (row, case) = store::file_fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    if !crate::cases::may_see(service, visitor, case, Right::OpenFile).await? {
        return Err(Error::NotFound);
    }
    readable(&row.scan)?;
    look(service, Entry::by(visitor, Plain::SawFile).case(case)).await?;
    let bytes = service.blobs.get(row.id).await?;
    let name = service.vault.open(MESSAGE_FILE_NAME.of(row.id), &row.name)?;
    Ok(FileBytes { name, media_type: row.media_type, bytes })
}

/// A note for the colleagues of the worker's own office.
///
/// # Errors
/// As [`reply`].
pub async fn note(service: &Service, visitor: &Visitor, number: &str, text: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let record = crate::desk::open(service, worker, number).await?;
    let office = record.acts_for(worker, Right::Note).ok_or(Error::Forbidden)?;
    let text = words::written(text, TEXT_MAX)?;
    let now = service.clock.now();
    let entry = Entry::worker(worker, Plain::Noted).case(record.row.id);
    audited!(service, entry, |tx| {
        store::note(&service.vault, tx, record.row.id, (&office, &worker.name), &text, now).await
    })?;
    Ok(desk_page(&record))
}

fn desk_page(record: &Record) -> Moved {
    Moved::to(format!("/desk/cases/{}", record.row.number))
}

/// Files may come without words.
fn said(text: &str, files: &Files) -> Result<String, Error> {
    if !files.is_empty() && clean(text).is_empty() { Ok(String::new()) } else { words::written(text, TEXT_MAX) }
}

/// What was written about a case. `may_write` is the asker's.
pub(crate) async fn conversation(service: &Service, record: &Record, may_write: bool) -> Result<Conversation, Error> {
    let rows = store::of_case(&service.db.read, record.row.id).await?;
    let files = store::files_of(&service.db.read, rows.iter().map(|row| row.id).collect()).await?;
    let calendar = &service.areas.calendar;
    let view_of_file = |file: &store::FileRow| -> Result<FileView, Error> {
        let name = service.vault.open(MESSAGE_FILE_NAME.of(file.id), &file.name)?;
        Ok(file_view((file.id, name, &file.media_type, file.size_bytes), &file.scan))
    };
    let view = |row: store::MessageRow| -> Result<MessageView, Error> {
        let files = files.iter().filter(|file| file.message_id == row.id).map(view_of_file);
        let mut files = files.collect::<Result<Vec<_>, _>>()?;
        files.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        Ok(MessageView {
            who: if row.from_resident { "申请人".to_owned() } else { service.areas.office_name(&row.office) },
            time: words::time(row.at),
            late: row.from_resident
                && !row.answered
                && service.today() > calendar.due(calendar.on_or_after(local_day(row.at)), ANSWER_DAYS),
            from_resident: row.from_resident,
            files,
            text: service.vault.open(MESSAGE_TEXT.of(row.id), &row.text)?,
        })
    };
    Ok(Conversation { messages: rows.into_iter().map(view).collect::<Result<_, _>>()?, may_write })
}

/// The notes of the worker's own office.
pub(crate) async fn notes(service: &Service, record: &Record, worker: &Worker) -> Result<Conversation, Error> {
    let Some(office) = record.acts_for(worker, Right::Note) else { return Ok(Conversation::default()) };
    let rows = store::notes_of(&service.db.read, record.row.id, &office).await?;
    let view = |row: store::NoteRow| -> Result<MessageView, Error> {
        Ok(MessageView {
            from_resident: false,
            who: service.vault.open(NOTE_WORKER.of(row.id), &row.worker)?,
            text: service.vault.open(NOTE_TEXT.of(row.id), &row.text)?,
            files: Vec::new(),
            time: words::time(row.at),
            late: false,
        })
    };
    Ok(Conversation { messages: rows.into_iter().map(view).collect::<Result<_, _>>()?, may_write: true })
}
