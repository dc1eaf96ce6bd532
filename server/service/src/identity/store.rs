//! Sessions and workers, as rows.

use chrono::{DateTime, Utc};
use entity::{resident, session, sign_in, worker};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::Expr,
};
use uuid::Uuid;

use super::resident::NewDevice;
use crate::error::Error;
use crate::vault::Sealed;

pub(super) use entity::session::Model as SessionRow;
pub(super) use entity::worker::Model as WorkerRow;

pub(super) async fn session_fetch(db: &impl ConnectionTrait, hash: &str) -> Result<Option<session::Model>, Error> {
    Ok(session::Entity::find_by_id(hash.to_owned()).one(db).await?)
}

/// A session to be made: of nobody, of a worker, or of a resident with the device.
pub(super) struct NewSession<'a> {
    pub hash: &'a str,
    pub worker: Option<Uuid>,
    /// Of a resident, with the beginning of the network address.
    pub device: Option<(&'a NewDevice, String)>,
    pub now: DateTime<Utc>,
    pub expires: DateTime<Utc>,
}

impl<'a> NewSession<'a> {
    pub fn of(hash: &'a str, now: DateTime<Utc>, expires: DateTime<Utc>) -> Self {
        Self { hash, worker: None, device: None, now, expires }
    }
}

pub(super) async fn session_insert(tx: &DatabaseTransaction, new: NewSession<'_>) -> Result<(), Error> {
    let (device, place) = new.device.map_or((None, String::new()), |(device, place)| (Some(device), place));
    let row = session::ActiveModel {
        token_hash: Set(new.hash.to_owned()),
        worker_id: Set(new.worker),
        created_at: Set(new.now),
        seen_at: Set(new.now),
        expires_at: Set(new.expires),
        flash: Set(None),
        resident_id: Set(device.map(|device| device.resident)),
        proven_at: Set(device.map(|device| device.proven_at)),
        signed_in_at: Set(device.map(|device| device.signed_in_at)),
        shared: Set(device.is_some_and(|device| device.shared)),
        device_id: Set(device.map(|_| Uuid::new_v4())),
        device: Set(device.map(|device| device.words.clone()).unwrap_or_default()),
        place: Set(place),
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

pub(super) async fn session_set_place(tx: &DatabaseTransaction, hash: &str, place: &str) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::Place, Expr::value(place))
        .filter(session::Column::TokenHash.eq(hash))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn resident_fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<resident::Model>, Error> {
    Ok(resident::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn session_set_flash(tx: &DatabaseTransaction, hash: &str, flash: Sealed) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::Flash, Expr::value(Some(flash)))
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
