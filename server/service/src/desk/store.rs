//! What was deliberately shown to workers, as rows.

use chrono::{DateTime, Utc};
use entity::disclosure;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::error::Error;
use crate::identity::Worker;
use crate::vault::{DISCLOSURE_WORDS, Sealed, Vault};

/// How many ids a statement names.
const IDS: usize = 500;

pub(super) struct NewDisclosure<'a> {
    pub id: Uuid,
    pub worker: &'a Worker,
    pub case: Uuid,
    /// Key of the form's page.
    pub page: &'a str,
    pub reason: &'static str,
    /// What the worker wrote beside it.
    pub words: &'a str,
    pub until: DateTime<Utc>,
}

pub(super) async fn insert(
    vault: &Vault,
    tx: &DatabaseTransaction,
    new: &NewDisclosure<'_>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let row = disclosure::ActiveModel {
        id: Set(new.id),
        worker_id: Set(new.worker.id),
        session_hash: Set(new.worker.session.clone()),
        case_id: Set(new.case),
        page: Set(new.page.to_owned()),
        reason: Set(new.reason.to_owned()),
        words: Set(vault.seal(DISCLOSURE_WORDS.of(new.id), new.words)?),
        shown_at: Set(now),
        until: Set(new.until),
    };
    disclosure::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// What workers wrote when they wanted answers to be shown, by its id.
pub(super) async fn written(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Sealed)>, Error> {
    let mut found = Vec::new();
    for ids in ids.chunks(IDS) {
        let find = disclosure::Entity::find().filter(disclosure::Column::Id.is_in(ids.iter().copied()));
        found.extend(find.all(db).await?.into_iter().map(|row| (row.id, row.words)));
    }
    Ok(found)
}

/// The pages that are shown to a worker in this session now, and until when.
pub(super) async fn shown(
    db: &impl ConnectionTrait,
    worker: &Worker,
    case: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<(String, DateTime<Utc>)>, Error> {
    let rows = disclosure::Entity::find()
        .filter(disclosure::Column::SessionHash.eq(worker.session.as_str()))
        .filter(disclosure::Column::WorkerId.eq(worker.id))
        .filter(disclosure::Column::CaseId.eq(case))
        .filter(disclosure::Column::Until.gt(now))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.page, row.until)).collect())
}
