//! Supervision (督办): a case that is late goes to the supervisor by itself, and stays there until it has gone on.

mod store;

use domain::audit::Plain;
use domain::cases::{Supervision, Warning, WarningEntry};
use domain::desk::Right;
use sea_orm::DatabaseTransaction;
use store::Said;

use crate::audit::{Entry, audited};
use crate::cases::{NEVER, Record};
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker};
use crate::service::Service;
use crate::vault::{SUPERVISION_EXPLANATION, SUPERVISION_INSTRUCTION};
use crate::words;

/// Longest text of a supervisor or an office, in characters.
const TEXT_MAX: usize = 500;
/// So many batches in one go: what is left waits for the next.
const BATCHES_MAX: usize = 20;

/// Gives every case the colour of the day. Returns how many changed theirs.
///
/// # Errors
/// When the database does not answer.
pub async fn recolour(service: &Service) -> Result<usize, Error> {
    let mut count = 0;
    for _ in 0..BATCHES_MAX {
        let ids = store::fading(&service.db.read, service.today()).await?;
        let (found, before) = (ids.len() as u64, count);
        for id in ids {
            let done: Result<(), Error> = audited!(service, Entry::system(Plain::Recoloured).case(id), |tx| {
                let record = Record::locked(service, tx, id).await?;
                crate::cases::reschedule(service, tx, &record).await
            });
            match done {
                Ok(()) => count += 1,
                // One that cannot be read must not keep the others waiting.
                Err(error) => tracing::error!(case = %id, fault = %error, "a case kept its colour"),
            }
        }
        if found < store::BATCH || count == before {
            break;
        }
    }
    Ok(count)
}

/// What a change of colour brings about: red and black go to the supervisor, and are settled when the case has gone on.
pub(crate) async fn follow(
    service: &Service,
    tx: &DatabaseTransaction,
    record: &Record,
    now: Warning,
) -> Result<(), Error> {
    let before = Warning::from_key(&record.row.colour).unwrap_or(Warning::Calm);
    if now >= Warning::Red && now > before {
        let new = store::New {
            case: record.row.id,
            office: &record.row.office,
            colour: now.key(),
            state: record.case.state.key(),
            due: record.schedule(service).due.day().unwrap_or(NEVER),
        };
        store::raise(&service.vault, tx, new, service.clock.now()).await?;
    }
    if before >= Warning::Red && now < Warning::Red {
        store::settle(tx, record.row.id, service.clock.now()).await?;
    }
    Ok(())
}

/// What the desk shows of it.
pub(crate) async fn of_case(service: &Service, record: &Record, worker: &Worker) -> Result<Supervision, Error> {
    let rows = store::of_case(&service.db.read, record.row.id).await?;
    let open = rows.iter().any(|row| row.settled_at.is_none());
    let entry = |row: store::WarningRow| -> Result<WarningEntry, Error> {
        Ok(WarningEntry {
            colour: Warning::from_key(&row.colour).unwrap_or(Warning::Red),
            office: service.areas.office_name(&row.office),
            due: row.due,
            raised: words::time(row.raised_at),
            settled: row.settled_at.map(words::time).unwrap_or_default(),
            instruction: service.vault.open(SUPERVISION_INSTRUCTION.of(row.id), &row.instruction)?,
            explanation: service.vault.open(SUPERVISION_EXPLANATION.of(row.id), &row.explanation)?,
        })
    };
    Ok(Supervision {
        entries: rows.into_iter().map(entry).collect::<Result<_, _>>()?,
        may_instruct: open && record.may(worker, Right::Instruct),
        may_explain: open && record.may(worker, Right::Explain),
    })
}

/// The supervisor says what is to be done.
///
/// # Errors
/// [`Error::Unauthenticated`], [`Error::NotFound`]; [`Error::Forbidden`] for who is not the supervisor;
/// [`Error::Refused`] without words, or when the case has gone on meanwhile.
pub async fn instruct(service: &Service, visitor: &Visitor, number: &str, text: &str) -> Result<Moved, Error> {
    write(service, visitor, number, text, (Right::Instruct, Said::Instruction)).await
}

/// The office says why it is late and what it will do.
///
/// # Errors
/// As [`instruct`]; [`Error::Forbidden`] for an office that does not handle the case.
pub async fn explain(service: &Service, visitor: &Visitor, number: &str, text: &str) -> Result<Moved, Error> {
    write(service, visitor, number, text, (Right::Explain, Said::Explanation)).await
}

async fn write(
    service: &Service,
    visitor: &Visitor,
    number: &str,
    text: &str,
    (right, said): (Right, Said),
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let record = crate::desk::open(service, worker, number).await?;
    if !record.may(worker, right) {
        return Err(Error::Forbidden);
    }
    let text = format!("{}（{}，{}）", words::written(text, TEXT_MAX)?, worker.name, words::time(service.clock.now()));
    let deed = if right == Right::Instruct { Plain::Instructed } else { Plain::Explained };
    let entry = Entry::worker(worker, deed).case(record.row.id);
    let written =
        audited!(service, entry, |tx| { store::write(&service.vault, tx, record.row.id, said, &text).await })?;
    if !written {
        return Err(Error::Refused("这件事已经往下办了，不用再督办。".to_owned()));
    }
    Ok(Moved::to(format!("/desk/cases/{}", record.row.number)))
}
