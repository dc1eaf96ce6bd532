//! Bundles as rows.

use entity::{access, bundle};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
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

/// The last that a session may open.
pub(super) async fn of_session(db: &impl ConnectionTrait, session: &str) -> Result<Vec<BundleRow>, Error> {
    let rows = access::Entity::find()
        .filter(access::Column::SessionHash.eq(session))
        .filter(access::Column::Kind.eq("bundle"))
        .order_by_desc(access::Column::CreatedAt)
        .limit(5)
        .all(db)
        .await?;
    let mut found = fetch_all(db, rows.into_iter().map(|row| row.subject).collect()).await?;
    found.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    Ok(found)
}
