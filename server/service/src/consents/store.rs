//! Consents as rows, and which protected answers a resident wants to be offered again.

use chrono::{DateTime, Utc};
use entity::{consent, kept_kinds};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::consent::Model as ConsentRow;

pub(super) async fn insert(tx: &DatabaseTransaction, row: ConsentRow) -> Result<(), Error> {
    consent::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<ConsentRow>, Error> {
    Ok(consent::Entity::find_by_id(id).one(db).await?)
}

/// Given by a resident, or for these cases, the last first.
pub(super) async fn of(db: &impl ConnectionTrait, resident: Uuid, cases: Vec<Uuid>) -> Result<Vec<ConsentRow>, Error> {
    let whose =
        Condition::any().add(consent::Column::ResidentId.eq(resident)).add(consent::Column::CaseId.is_in(cases));
    let find = consent::Entity::find().filter(whose);
    Ok(find.order_by_desc(consent::Column::GivenAt).order_by_desc(consent::Column::Id).all(db).await?)
}

/// Says no when there was nothing to take back.
pub(super) async fn withdraw(tx: &DatabaseTransaction, id: Uuid, now: DateTime<Utc>) -> Result<bool, Error> {
    let done = consent::Entity::update_many()
        .col_expr(consent::Column::WithdrawnAt, Expr::value(now))
        .filter(consent::Column::Id.eq(id))
        .filter(consent::Column::WithdrawnAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

pub(super) async fn kept_kinds(db: &impl ConnectionTrait, resident: Uuid) -> Result<String, Error> {
    Ok(kept_kinds::Entity::find_by_id(resident).one(db).await?.map(|row| row.kinds).unwrap_or_default())
}

pub(super) async fn keep_kinds(tx: &DatabaseTransaction, resident: Uuid, kinds: String) -> Result<(), Error> {
    let row = kept_kinds::ActiveModel { resident_id: Set(resident), kinds: Set(kinds) };
    let anew = OnConflict::column(kept_kinds::Column::ResidentId).update_column(kept_kinds::Column::Kinds).to_owned();
    kept_kinds::Entity::insert(row).on_conflict(anew).exec_without_returning(tx).await?;
    Ok(())
}
