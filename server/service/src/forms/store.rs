//! Drafts and files as rows.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::scan::Scan;
use entity::{appointment, draft, file, message_file, notice};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::scan::{Of, Waiting};
use crate::error::Error;
use crate::identity::shut_draft;
use crate::vault::Sealed;

pub(crate) use entity::draft::Model as DraftRow;
pub(crate) use entity::file::Model as FileRow;

pub(crate) async fn draft_fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<DraftRow>, Error> {
    Ok(draft::Entity::find_by_id(id).one(db).await?)
}

/// The draft, locked against others where the database locks rows (SQLite has one writer).
pub(crate) async fn draft_lock(tx: &DatabaseTransaction, id: Uuid) -> Result<Option<DraftRow>, Error> {
    Ok(draft::Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

pub(crate) async fn draft_insert(tx: &DatabaseTransaction, row: DraftRow) -> Result<(), Error> {
    draft::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Stores what was typed on a page.
pub(super) async fn draft_save(
    tx: &DatabaseTransaction,
    id: Uuid,
    (entries, attempted, news): (Sealed, String, Option<String>),
    page: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    draft::Entity::update_many()
        .col_expr(draft::Column::Entries, Expr::value(entries))
        .col_expr(draft::Column::News, Expr::value(news))
        .col_expr(draft::Column::Attempted, Expr::value(attempted))
        .col_expr(draft::Column::Page, Expr::value(page))
        .col_expr(draft::Column::SavedAt, Expr::value(now))
        .col_expr(draft::Column::Version, Expr::col(draft::Column::Version).add(1))
        .filter(draft::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Another window goes on with a draft. None: it has become a case, or is gone.
pub(crate) async fn draft_take_over(
    tx: &DatabaseTransaction,
    id: Uuid,
    worker: Uuid,
    office: &str,
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, Error> {
    let done = draft::Entity::update_many()
        .col_expr(draft::Column::WorkerId, Expr::value(worker))
        .col_expr(draft::Column::Office, Expr::value(office))
        .col_expr(draft::Column::SavedAt, Expr::value(now))
        .col_expr(draft::Column::Version, Expr::col(draft::Column::Version).add(1))
        .filter(draft::Column::Id.eq(id))
        .filter(draft::Column::CaseId.is_null())
        .exec(tx)
        .await?;
    Ok((done.rows_affected == 1).then_some(id))
}

/// The draft goes on with another revision of its item.
pub(super) async fn draft_carry(tx: &DatabaseTransaction, row: &DraftRow) -> Result<(), Error> {
    draft::Entity::update_many()
        .col_expr(draft::Column::ItemRevision, Expr::value(row.item_revision))
        .col_expr(draft::Column::Parts, Expr::value(row.parts.clone()))
        .col_expr(draft::Column::Attempted, Expr::value(row.attempted.as_str()))
        .col_expr(draft::Column::Page, Expr::value(row.page.as_str()))
        .col_expr(draft::Column::News, Expr::value(row.news.clone()))
        .col_expr(draft::Column::Version, Expr::value(row.version))
        .filter(draft::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// What stands beside the draft's row has changed: who looked at it before has to look again.
pub(super) async fn draft_touch(tx: &DatabaseTransaction, id: Uuid) -> Result<(), Error> {
    draft::Entity::update_many()
        .col_expr(draft::Column::Version, Expr::col(draft::Column::Version).add(1))
        .filter(draft::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// From now on these pages show their findings.
pub(super) async fn draft_set_attempted(tx: &DatabaseTransaction, id: Uuid, attempted: String) -> Result<(), Error> {
    draft::Entity::update_many()
        .col_expr(draft::Column::Attempted, Expr::value(attempted))
        .filter(draft::Column::Id.eq(id))
        .filter(draft::Column::CaseId.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Closes what else was begun as an answer to a correction that has been answered.
pub(super) async fn close_corrections(tx: &DatabaseTransaction, case: Uuid) -> Result<(), Error> {
    draft::Entity::update_many()
        .col_expr(draft::Column::CaseId, Expr::value(case))
        .filter(draft::Column::CorrectionOf.eq(case))
        .filter(draft::Column::CaseId.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn draft_set_open_fields(tx: &DatabaseTransaction, id: Uuid, open: String) -> Result<(), Error> {
    draft::Entity::update_many()
        .col_expr(draft::Column::OpenFields, Expr::value(open))
        .filter(draft::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn draft_set_resume(
    tx: &DatabaseTransaction,
    id: Uuid,
    hash: String,
    until: NaiveDate,
) -> Result<(), Error> {
    draft::Entity::update_many()
        .col_expr(draft::Column::ResumeHash, Expr::value(hash))
        .col_expr(draft::Column::ResumeUntil, Expr::value(until))
        .filter(draft::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn draft_by_resume(db: &impl ConnectionTrait, hash: &str) -> Result<Option<DraftRow>, Error> {
    Ok(draft::Entity::find().filter(draft::Column::ResumeHash.eq(hash)).one(db).await?)
}

pub(crate) async fn draft_set_case(tx: &DatabaseTransaction, id: Uuid, case: Uuid) -> Result<(), Error> {
    draft::Entity::update_many()
        .col_expr(draft::Column::CaseId, Expr::value(case))
        .col_expr(draft::Column::ResumeHash, Expr::value(Option::<String>::None))
        .filter(draft::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes the draft with the rows of its files, of the time that was booked for it and of who may open it. Returns the bytes that nothing has any more: a
/// paper that a case has, too, stays.
pub(crate) async fn draft_delete(tx: &DatabaseTransaction, id: Uuid) -> Result<Vec<Uuid>, Error> {
    let files = files_of_draft(tx, id).await?;
    file::Entity::delete_many().filter(file::Column::DraftId.eq(id)).exec(tx).await?;
    shut_draft(tx, id).await?;
    appointment::Entity::delete_many().filter(appointment::Column::DraftId.eq(id)).exec(tx).await?;
    draft::Entity::delete_by_id(id).exec(tx).await?;
    let mut unused = Vec::new();
    for file in files {
        if !blob_used(tx, file.blob).await? {
            unused.push(file.blob);
        }
    }
    Ok(unused)
}

/// Those of these drafts that were not submitted, the last saved first.
pub(super) async fn drafts_open(db: &impl ConnectionTrait, ids: Vec<Uuid>, limit: u64) -> Result<Vec<DraftRow>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(draft::Entity::find()
        .filter(draft::Column::Id.is_in(ids))
        .filter(draft::Column::CaseId.is_null())
        .order_by_desc(draft::Column::SavedAt)
        .limit(limit)
        .all(db)
        .await?)
}

/// A correction of this case that was begun and not sent.
pub(super) async fn correction_draft(db: &impl ConnectionTrait, case: Uuid) -> Result<Option<DraftRow>, Error> {
    Ok(draft::Entity::find()
        .filter(draft::Column::CorrectionOf.eq(case))
        .filter(draft::Column::CaseId.is_null())
        .one(db)
        .await?)
}

/// Ids of all drafts that a case is made of: the first and its corrections.
pub(crate) async fn drafts_of_case(db: &impl ConnectionTrait, case: Uuid) -> Result<Vec<Uuid>, Error> {
    let rows = draft::Entity::find().filter(draft::Column::CaseId.eq(case)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// What drafts became, by their ids.
pub(crate) async fn cases_of_drafts(
    db: &impl ConnectionTrait,
    drafts: Vec<Uuid>,
) -> Result<HashMap<Uuid, Uuid>, Error> {
    let mut out = HashMap::new();
    for ids in drafts.chunks(500) {
        let find = draft::Entity::find().select_only().column(draft::Column::Id).column(draft::Column::CaseId);
        let find =
            find.filter(draft::Column::Id.is_in(ids.iter().copied())).filter(draft::Column::CaseId.is_not_null());
        out.extend(find.into_tuple::<(Uuid, Uuid)>().all(db).await?);
    }
    Ok(out)
}

/// Drafts of all these cases.
pub(crate) async fn drafts_of_cases(db: &impl ConnectionTrait, cases: &[Uuid]) -> Result<Vec<Uuid>, Error> {
    let find = draft::Entity::find().select_only().column(draft::Column::Id);
    Ok(find.filter(draft::Column::CaseId.is_in(cases.iter().copied())).into_tuple().all(db).await?)
}

pub(crate) async fn files_of_draft(db: &impl ConnectionTrait, draft: Uuid) -> Result<Vec<FileRow>, Error> {
    files_of_drafts(db, vec![draft]).await
}

/// Files that were not removed, the oldest first.
pub(crate) async fn files_of_drafts(db: &impl ConnectionTrait, drafts: Vec<Uuid>) -> Result<Vec<FileRow>, Error> {
    Ok(file::Entity::find()
        .filter(file::Column::DraftId.is_in(drafts))
        .filter(file::Column::RemovedAt.is_null())
        .order_by_asc(file::Column::CreatedAt)
        .order_by_asc(file::Column::Id)
        .all(db)
        .await?)
}

/// Whether the bytes belong to a file that was not removed, or are kept by a resident.
pub(crate) async fn blob_used(tx: &DatabaseTransaction, blob: Uuid) -> Result<bool, Error> {
    let find = file::Entity::find().filter(file::Column::Blob.eq(blob)).filter(file::Column::RemovedAt.is_null());
    Ok(find.one(tx).await?.is_some() || crate::documents::blob_kept(tx, blob).await?)
}

/// Where these bytes were handed in: item, revision and day of each, the last first.
pub(crate) async fn uses_of_blob(
    db: &impl ConnectionTrait,
    blob: Uuid,
) -> Result<Vec<(String, i32, DateTime<Utc>)>, Error> {
    let find = file::Entity::find().filter(file::Column::Blob.eq(blob)).filter(file::Column::RemovedAt.is_null());
    let ids: Vec<Uuid> = find.all(db).await?.into_iter().map(|row| row.draft_id).collect();
    let rows = draft::Entity::find()
        .filter(draft::Column::Id.is_in(ids))
        .filter(draft::Column::CaseId.is_not_null())
        .order_by_desc(draft::Column::SavedAt)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.item_code, row.item_revision, row.saved_at)).collect())
}

pub(crate) async fn drafts_of_ids(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<DraftRow>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(draft::Entity::find().filter(draft::Column::Id.is_in(ids)).all(db).await?)
}

/// All drafts that cases are made of: the first of each and its corrections.
pub(crate) async fn drafts_behind(db: &impl ConnectionTrait, cases: Vec<Uuid>) -> Result<Vec<DraftRow>, Error> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let of_cases = draft::Column::CaseId.is_in(cases.clone()).or(draft::Column::CorrectionOf.is_in(cases));
    Ok(draft::Entity::find().filter(of_cases).all(db).await?)
}

/// Which of these bytes a row tells of: whoever keeps bytes somewhere else names the table here.
pub(super) async fn blobs_known(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashSet<Uuid>, Error> {
    let mut known = HashSet::new();
    for ids in ids.chunks(500) {
        let ids = || ids.iter().copied();
        let find = file::Entity::find().select_only().column(file::Column::Blob);
        let find = find.filter(file::Column::Blob.is_in(ids())).filter(file::Column::RemovedAt.is_null());
        known.extend(find.into_tuple::<Uuid>().all(db).await?);
        let find = message_file::Entity::find().select_only().column(message_file::Column::Id);
        known.extend(find.filter(message_file::Column::Id.is_in(ids())).into_tuple::<Uuid>().all(db).await?);
        let find = notice::Entity::find().select_only().column(notice::Column::Id);
        known.extend(find.filter(notice::Column::Id.is_in(ids())).into_tuple::<Uuid>().all(db).await?);
        known.extend(crate::documents::blobs_kept(db, ids()).await?);
    }
    Ok(known)
}

/// Drafts of a bundle's items that were not sent with it.
pub(crate) async fn drafts_left(db: &impl ConnectionTrait, bundle: Uuid) -> Result<Vec<DraftRow>, Error> {
    let find = draft::Entity::find().filter(draft::Column::BundleId.eq(bundle)).filter(draft::Column::CaseId.is_null());
    Ok(find.order_by_asc(draft::Column::Id).all(db).await?)
}

pub(super) async fn file_fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<FileRow>, Error> {
    Ok(file::Entity::find_by_id(id).filter(file::Column::RemovedAt.is_null()).one(db).await?)
}

/// Files that wait for the virus scanner, the oldest first.
pub(super) async fn files_waiting(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<Waiting>, Error> {
    let rows = file::Entity::find()
        .filter(file::Column::Scan.eq(Scan::Pending.key()))
        .filter(file::Column::RemovedAt.is_null())
        .order_by_asc(file::Column::CreatedAt)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| Waiting { id: row.id, blob: row.blob, of: Of::Draft(row.draft_id) }).collect())
}

/// Said once: what is clean or infected stays so.
pub(super) async fn file_scanned(tx: &DatabaseTransaction, id: Uuid, scan: Scan) -> Result<(), Error> {
    file::Entity::update_many()
        .col_expr(file::Column::Scan, Expr::value(scan.key()))
        .filter(file::Column::Id.eq(id))
        .filter(file::Column::Scan.eq(Scan::Pending.key()))
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn file_insert(tx: &DatabaseTransaction, row: FileRow) -> Result<(), Error> {
    file::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn file_remove(tx: &DatabaseTransaction, row: FileRow, now: DateTime<Utc>) -> Result<(), Error> {
    let mut row = row.into_active_model();
    row.removed_at = Set(Some(now));
    row.update(tx).await?;
    Ok(())
}
