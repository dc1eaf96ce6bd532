//! Passkeys and what was asked of them, as rows.

use chrono::{DateTime, Utc};
use entity::{passkey_challenge, worker_passkey};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::error::Error;

pub(in crate::staff) use entity::passkey_challenge::Model as ChallengeRow;
pub(in crate::staff) use entity::worker_passkey::Model as PasskeyRow;

/// The oldest first.
pub(super) async fn passkeys(db: &impl ConnectionTrait, worker: Uuid) -> Result<Vec<PasskeyRow>, Error> {
    use worker_passkey::Column;
    let find = worker_passkey::Entity::find().filter(Column::WorkerId.eq(worker));
    Ok(find.order_by_asc(Column::AddedAt).order_by_asc(Column::Id).all(db).await?)
}

pub(super) async fn passkey_of(
    db: &impl ConnectionTrait,
    worker: Uuid,
    credential: &str,
) -> Result<Option<PasskeyRow>, Error> {
    use worker_passkey::Column;
    let find = worker_passkey::Entity::find().filter(Column::WorkerId.eq(worker));
    Ok(find.filter(Column::Credential.eq(credential)).one(db).await?)
}

/// Whoever has it.
pub(super) async fn is_registered(db: &impl ConnectionTrait, credential: &str) -> Result<bool, Error> {
    let find = worker_passkey::Entity::find().filter(worker_passkey::Column::Credential.eq(credential));
    Ok(find.count(db).await? > 0)
}

pub(super) async fn passkey_insert(tx: &DatabaseTransaction, row: PasskeyRow) -> Result<(), Error> {
    row.into_active_model().insert(tx).await?;
    Ok(())
}

/// No: there is none of this worker's own.
pub(super) async fn passkey_delete(tx: &DatabaseTransaction, worker: Uuid, id: Uuid) -> Result<bool, Error> {
    let own = worker_passkey::Entity::delete_by_id(id).filter(worker_passkey::Column::WorkerId.eq(worker));
    Ok(own.exec(tx).await?.rows_affected == 1)
}

/// Moves the counter on. No: it was removed meanwhile, or used elsewhere, so that the counter was judged in vain.
pub(super) async fn passkey_used(
    tx: &DatabaseTransaction,
    id: Uuid,
    (before, after): (&str, &str),
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    use worker_passkey::Column;
    let used = worker_passkey::Entity::update_many()
        .col_expr(Column::Changing, Expr::value(after))
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::Changing.eq(before))
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

pub(super) async fn challenge(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<ChallengeRow>, Error> {
    let find = passkey_challenge::Entity::find_by_id(token_hash.to_owned());
    Ok(find.filter(passkey_challenge::Column::ExpiresAt.gt(now)).one(db).await?)
}

/// In the place of the one before.
pub(in crate::staff) async fn set_challenge(tx: &DatabaseTransaction, row: ChallengeRow) -> Result<(), Error> {
    use passkey_challenge::Column;
    let replace = OnConflict::column(Column::TokenHash)
        .update_columns([Column::State, Column::Ask, Column::ExpiresAt])
        .to_owned();
    passkey_challenge::Entity::insert(row.into_active_model()).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes the challenge that was answered. No: it was answered before.
pub(super) async fn take_challenge(tx: &DatabaseTransaction, row: &ChallengeRow) -> Result<bool, Error> {
    let one = passkey_challenge::Entity::delete_by_id(row.token_hash.clone());
    let taken = one.filter(passkey_challenge::Column::State.eq(&row.state)).exec(tx).await?;
    Ok(taken.rows_affected == 1)
}

/// Whichever it is.
pub(in crate::staff) async fn end_challenge(tx: &DatabaseTransaction, token_hash: &str) -> Result<(), Error> {
    passkey_challenge::Entity::delete_by_id(token_hash.to_owned()).exec(tx).await?;
    Ok(())
}
