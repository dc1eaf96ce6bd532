//! Kept papers as rows.

use chrono::NaiveDate;
use entity::document;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;

pub(crate) use entity::document::Model as DocumentRow;

/// The last kept first.
pub(crate) async fn of_resident(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<DocumentRow>, Error> {
    let find = document::Entity::find().filter(document::Column::ResidentId.eq(resident));
    Ok(find.order_by_desc(document::Column::Id).all(db).await?)
}

pub(super) async fn fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<DocumentRow>, Error> {
    Ok(document::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn insert(tx: &DatabaseTransaction, row: DocumentRow) -> Result<(), Error> {
    document::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// Says no when it is not the resident's.
pub(super) async fn set_until(
    tx: &DatabaseTransaction,
    (id, resident): (Uuid, Uuid),
    until: Option<NaiveDate>,
) -> Result<bool, Error> {
    let done = document::Entity::update_many()
        .col_expr(document::Column::ValidUntil, Expr::value(until))
        .filter(document::Column::Id.eq(id))
        .filter(document::Column::ResidentId.eq(resident))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

pub(super) async fn delete(tx: &DatabaseTransaction, id: Uuid) -> Result<(), Error> {
    document::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Whether a resident keeps these bytes.
pub(crate) async fn blob_kept(db: &impl ConnectionTrait, blob: Uuid) -> Result<bool, Error> {
    Ok(document::Entity::find().filter(document::Column::Blob.eq(blob)).one(db).await?.is_some())
}

/// Which of these bytes residents keep.
pub(crate) async fn blobs_kept(db: &impl ConnectionTrait, ids: impl Iterator<Item = Uuid>) -> Result<Vec<Uuid>, Error> {
    let find = document::Entity::find().select_only().column(document::Column::Blob);
    Ok(find.filter(document::Column::Blob.is_in(ids)).into_tuple().all(db).await?)
}
