//! Declared people as rows.

use chrono::{DateTime, Utc};
use entity::worker_tie;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::error::Error;
use crate::vault::Sealed;

pub(super) use entity::worker_tie::Model as TieRow;

/// As the kind of a tie is stored.
pub(super) const OWN: &str = "own";
const RELATIVE: &str = "relative";

pub(super) struct New {
    pub id: Uuid,
    pub worker: Uuid,
    pub own: bool,
    pub blind: String,
    pub shown: Sealed,
}

pub(super) async fn of_worker(db: &impl ConnectionTrait, worker: Uuid) -> Result<Vec<TieRow>, Error> {
    let find = worker_tie::Entity::find().filter(worker_tie::Column::WorkerId.eq(worker));
    Ok(find.order_by_asc(worker_tie::Column::Id).all(db).await?)
}

pub(super) async fn insert(tx: &DatabaseTransaction, new: &New, now: DateTime<Utc>) -> Result<(), Error> {
    let row = worker_tie::ActiveModel {
        id: Set(new.id),
        worker_id: Set(new.worker),
        kind: Set(if new.own { OWN } else { RELATIVE }.to_owned()),
        blind: Set(new.blind.clone()),
        shown: Set(new.shown.clone()),
        declared_at: Set(now),
    };
    worker_tie::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
