//! Bundles as rows.

use entity::bundle;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::bundle::Model as BundleRow;

pub(super) async fn insert(tx: &DatabaseTransaction, row: BundleRow) -> Result<(), Error> {
    bundle::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<BundleRow>, Error> {
    Ok(bundle::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn fetch_all(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<BundleRow>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(bundle::Entity::find().filter(bundle::Column::Id.is_in(ids)).all(db).await?)
}

pub(super) async fn by_number(db: &impl ConnectionTrait, number: &str) -> Result<Option<BundleRow>, Error> {
    Ok(bundle::Entity::find().filter(bundle::Column::Number.eq(number)).one(db).await?)
}
