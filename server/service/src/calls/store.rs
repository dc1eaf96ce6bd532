//! Calls as rows.

use chrono::{DateTime, Utc};
use entity::call_back;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::call_back::Model as CallRow;

const LIST_MAX: u64 = 200;

pub(super) async fn insert(tx: &DatabaseTransaction, row: CallRow) -> Result<(), Error> {
    call_back::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn update(tx: &DatabaseTransaction, row: CallRow) -> Result<(), Error> {
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

pub(super) async fn locked(tx: &DatabaseTransaction, id: Uuid) -> Result<Option<CallRow>, Error> {
    Ok(call_back::Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

/// Who waits at an office, the most urgent first.
pub(super) async fn waiting(db: &impl ConnectionTrait, office: &str) -> Result<Vec<CallRow>, Error> {
    Ok(call_back::Entity::find()
        .filter(call_back::Column::Office.eq(office))
        .filter(call_back::Column::State.eq("waiting"))
        .order_by_asc(call_back::Column::Due)
        .order_by_asc(call_back::Column::AskedAt)
        .order_by_asc(call_back::Column::Id)
        .limit(LIST_MAX)
        .all(db)
        .await?)
}

pub(super) async fn of_resident(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<CallRow>, Error> {
    Ok(call_back::Entity::find()
        .filter(call_back::Column::ResidentId.eq(resident))
        .order_by_desc(call_back::Column::AskedAt)
        .limit(LIST_MAX)
        .all(db)
        .await?)
}

/// Those of an account that is closed.
pub(crate) async fn forget_resident(tx: &DatabaseTransaction, resident: Uuid) -> Result<(), Error> {
    call_back::Entity::delete_many().filter(call_back::Column::ResidentId.eq(resident)).exec(tx).await?;
    Ok(())
}

pub(super) async fn before(db: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<u64, Error> {
    Ok(call_back::Entity::find().filter(call_back::Column::AskedAt.lt(at)).count(db).await?)
}

pub(super) async fn forget_before(tx: &DatabaseTransaction, at: DateTime<Utc>) -> Result<(), Error> {
    call_back::Entity::delete_many().filter(call_back::Column::AskedAt.lt(at)).exec(tx).await?;
    Ok(())
}
