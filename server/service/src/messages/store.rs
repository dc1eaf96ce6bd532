//! Messages and notes as rows.

use chrono::{DateTime, Utc};
use domain::scan::Scan;
use entity::{message, message_file, note};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;
use crate::forms::{Kept, Of, Waiting};
use crate::vault::{MESSAGE_FILE_NAME, MESSAGE_TEXT, NOTE_TEXT, NOTE_WORKER, Vault};

pub(super) use entity::message::Model as MessageRow;
pub(super) use entity::message_file::Model as FileRow;
pub(super) use entity::note::Model as NoteRow;

const LIST_MAX: u64 = 200;

pub(super) struct New<'a> {
    pub case: Uuid,
    pub office: &'a str,
    /// None: the resident.
    pub worker: Option<Uuid>,
    pub text: &'a str,
}

pub(super) async fn insert(
    vault: &Vault,
    tx: &DatabaseTransaction,
    new: New<'_>,
    files: &[Kept],
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let id = Uuid::now_v7();
    let row = message::ActiveModel {
        id: Set(id),
        case_id: Set(new.case),
        from_resident: Set(new.worker.is_none()),
        worker_id: Set(new.worker),
        office: Set(new.office.to_owned()),
        text: Set(vault.seal(MESSAGE_TEXT.of(id), new.text)?),
        answered: Set(false),
        at: Set(at),
    };
    message::Entity::insert(row).exec_without_returning(tx).await?;
    for file in files {
        let row = message_file::ActiveModel {
            id: Set(file.id),
            message_id: Set(id),
            name: Set(vault.seal(MESSAGE_FILE_NAME.of(file.id), &file.name)?),
            media_type: Set(file.media_type.to_owned()),
            size_bytes: Set(file.size_bytes),
            digest: Set(file.digest.clone()),
            scan: Set(file.scan.key().to_owned()),
        };
        message_file::Entity::insert(row).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Of these messages.
pub(super) async fn files_of(db: &impl ConnectionTrait, messages: Vec<Uuid>) -> Result<Vec<FileRow>, Error> {
    Ok(message_file::Entity::find()
        .filter(message_file::Column::MessageId.is_in(messages))
        .order_by_asc(message_file::Column::Id)
        .all(db)
        .await?)
}

/// With the id of its case.
pub(super) async fn file_fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<(FileRow, Uuid)>, Error> {
    let Some(file) = message_file::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let message = message::Entity::find_by_id(file.message_id).one(db).await?;
    Ok(message.map(|message| (file, message.case_id)))
}

/// Files that wait for the virus scanner.
pub(super) async fn files_waiting(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Waiting>, Error> {
    let rows = message_file::Entity::find()
        .filter(message_file::Column::Scan.eq(Scan::Pending.key()))
        .order_by_asc(message_file::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some((row, case)) = file_fetch(db, row.id).await? {
            out.push(Waiting { id: row.id, blob: row.id, of: Of::Message(case) });
        }
    }
    Ok(out)
}

pub(crate) async fn file_scanned(tx: &DatabaseTransaction, id: Uuid, scan: Scan) -> Result<(), Error> {
    message_file::Entity::update_many()
        .col_expr(message_file::Column::Scan, Expr::value(scan.key()))
        .filter(message_file::Column::Id.eq(id))
        .filter(message_file::Column::Scan.eq(Scan::Pending.key()))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn of_case(db: &impl ConnectionTrait, case: Uuid) -> Result<Vec<MessageRow>, Error> {
    Ok(message::Entity::find()
        .filter(message::Column::CaseId.eq(case))
        .order_by_asc(message::Column::At)
        .order_by_asc(message::Column::Id)
        .limit(LIST_MAX)
        .all(db)
        .await?)
}

pub(super) async fn answer_all(tx: &DatabaseTransaction, case: Uuid) -> Result<(), Error> {
    message::Entity::update_many()
        .col_expr(message::Column::Answered, Expr::value(true))
        .filter(message::Column::CaseId.eq(case))
        .filter(message::Column::FromResident.eq(true))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn note(
    vault: &Vault,
    tx: &DatabaseTransaction,
    case: Uuid,
    (office, worker): (&str, &str),
    text: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let id = Uuid::now_v7();
    let row = note::ActiveModel {
        id: Set(id),
        case_id: Set(case),
        office: Set(office.to_owned()),
        worker: Set(vault.seal(NOTE_WORKER.of(id), worker)?),
        text: Set(vault.seal(NOTE_TEXT.of(id), text)?),
        at: Set(at),
    };
    note::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn notes_of(db: &impl ConnectionTrait, case: Uuid, office: &str) -> Result<Vec<NoteRow>, Error> {
    Ok(note::Entity::find()
        .filter(note::Column::CaseId.eq(case))
        .filter(note::Column::Office.eq(office))
        .order_by_asc(note::Column::At)
        .limit(LIST_MAX)
        .all(db)
        .await?)
}
