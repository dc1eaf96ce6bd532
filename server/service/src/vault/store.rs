//! Which keys the database belongs to.

pub use entity::Sealed;
use entity::meta;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};

use crate::db::{Db, transact};
use crate::error::Error;

/// Where the id of the file of keys stands.
const RING: &str = "key-ring";
/// Where it stands how far a conversion came.
const PROGRESS: &str = "key-ring-progress";
/// Instead of it in a database that was filled before its personal data was sealed.
pub(super) const PLAIN: &str = "plain";

pub(super) async fn ring(db: &Db) -> Result<Option<String>, Error> {
    Ok(meta::Entity::find_by_id(RING.to_owned()).one(&db.read).await?.map(|row| row.value))
}

/// How far the conversion came: a table, and the last row in it that was sealed.
pub(super) async fn progress(db: &Db) -> Result<Option<(String, String)>, Error> {
    let row = meta::Entity::find_by_id(PROGRESS.to_owned()).one(&db.read).await?;
    Ok(row.and_then(|row| row.value.split_once('|').map(|(table, key)| (table.to_owned(), key.to_owned()))))
}

pub(super) async fn set_progress(tx: &DatabaseTransaction, table: &str, key: &str) -> Result<(), Error> {
    set(tx, PROGRESS, format!("{table}|{key}")).await
}

/// Everything is sealed: the database belongs to its keys from now on.
pub(super) async fn finish(tx: &DatabaseTransaction, ring: &str) -> Result<(), Error> {
    meta::Entity::delete_by_id(PROGRESS.to_owned()).exec(tx).await?;
    set(tx, RING, ring.to_owned()).await
}

async fn set(tx: &DatabaseTransaction, key: &str, value: String) -> Result<(), Error> {
    let row = meta::Model { key: key.to_owned(), value }.into_active_model().reset_all();
    let replace = OnConflict::column(meta::Column::Key).update_column(meta::Column::Value).to_owned();
    meta::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Lets one transaction at a time go on from here. The row stays as it is; who waited for it on PostgreSQL is repeated,
/// and then sees what the one before has written.
pub(super) async fn hold(tx: &DatabaseTransaction) -> Result<(), Error> {
    meta::Entity::update_many()
        .col_expr(meta::Column::Value, Expr::col(meta::Column::Value))
        .filter(meta::Column::Key.eq(RING))
        .exec(tx)
        .await?;
    Ok(())
}

/// Binds the database to a file of keys, unless it is bound already; to which it is bound.
pub(super) async fn bind(db: &Db, id: &str) -> Result<String, Error> {
    let bound = transact!(db, |tx| {
        let row = meta::Model { key: RING.to_owned(), value: id.to_owned() }.into_active_model().reset_all();
        let nothing = OnConflict::column(meta::Column::Key).do_nothing().to_owned();
        meta::Entity::insert(row).on_conflict(nothing).exec_without_returning(tx).await?;
        Ok(meta::Entity::find_by_id(RING.to_owned()).one(tx).await?.map(|row| row.value))
    })?;
    Ok(bound.unwrap_or_default())
}
