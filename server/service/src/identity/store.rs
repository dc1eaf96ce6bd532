//! Sessions, workers and what a session may open, as rows.

use chrono::{DateTime, Utc};
use entity::{access, session, sign_in, worker};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::worker::Model as WorkerRow;

pub(super) async fn session_fetch(db: &impl ConnectionTrait, hash: &str) -> Result<Option<session::Model>, Error> {
    Ok(session::Entity::find_by_id(hash.to_owned()).one(db).await?)
}

pub(super) async fn session_insert(
    tx: &DatabaseTransaction,
    hash: &str,
    worker: Option<Uuid>,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> Result<(), Error> {
    let row = session::ActiveModel {
        token_hash: Set(hash.to_owned()),
        worker_id: Set(worker),
        created_at: Set(now),
        seen_at: Set(now),
        expires_at: Set(expires),
        flash: Set(None),
    };
    row.insert(tx).await?;
    Ok(())
}

pub(super) async fn session_touch(
    tx: &DatabaseTransaction,
    hash: &str,
    now: DateTime<Utc>,
    expires: DateTime<Utc>,
) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(now))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires))
        .filter(session::Column::TokenHash.eq(hash))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn session_set_flash(
    tx: &DatabaseTransaction,
    hash: &str,
    flash: Option<String>,
) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::Flash, Expr::value(flash))
        .filter(session::Column::TokenHash.eq(hash))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn session_delete(tx: &DatabaseTransaction, hash: &str) -> Result<(), Error> {
    session::Entity::delete_by_id(hash.to_owned()).exec(tx).await?;
    Ok(())
}

pub(super) async fn worker_fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<worker::Model>, Error> {
    Ok(worker::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn sessions_delete(tx: &DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    session::Entity::delete_many().filter(session::Column::WorkerId.eq(worker)).exec(tx).await?;
    Ok(())
}

pub(super) async fn sign_in_fetch(db: &impl ConnectionTrait, hash: &str) -> Result<Option<sign_in::Model>, Error> {
    Ok(sign_in::Entity::find_by_id(hash.to_owned()).one(db).await?)
}

pub(super) async fn access_insert(
    tx: &DatabaseTransaction,
    session: &str,
    kind: &'static str,
    subject: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let row = access::ActiveModel {
        session_hash: Set(session.to_owned()),
        kind: Set(kind.to_owned()),
        subject: Set(subject),
        created_at: Set(now),
    };
    let key = [access::Column::SessionHash, access::Column::Kind, access::Column::Subject];
    let nothing = OnConflict::columns(key).do_nothing().to_owned();
    access::Entity::insert(row).on_conflict(nothing).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn access_exists(
    db: &impl ConnectionTrait,
    session: &str,
    kind: &'static str,
    subject: Uuid,
) -> Result<bool, Error> {
    let key = (session.to_owned(), kind.to_owned(), subject);
    Ok(access::Entity::find_by_id(key).one(db).await?.is_some())
}
