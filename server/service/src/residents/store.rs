//! Accounts, codes and the sessions of residents, as rows.

use chrono::{DateTime, Utc};
use entity::{
    audit_question, city_visit, consent, document, household_member, kept_kinds, mandate, merge_offer, one_time_code,
    resident, session,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::city_visit::Model as VisitRow;
pub(super) use entity::merge_offer::Model as OfferRow;
pub(super) use entity::one_time_code::Model as CodeRow;
pub(super) use entity::resident::Model as ResidentRow;
pub(super) use entity::session::Model as SessionRow;

pub(super) async fn fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<ResidentRow>, Error> {
    Ok(resident::Entity::find_by_id(id).one(db).await?)
}

/// For a write: others who want to change it wait.
pub(super) async fn locked(tx: &DatabaseTransaction, id: Uuid) -> Result<ResidentRow, Error> {
    resident::Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Error::NotFound)
}

pub(super) async fn by_phone(db: &impl ConnectionTrait, blinds: Vec<String>) -> Result<Option<ResidentRow>, Error> {
    Ok(resident::Entity::find().filter(resident::Column::PhoneBlind.is_in(blinds)).one(db).await?)
}

pub(super) async fn by_id_number(db: &impl ConnectionTrait, blinds: Vec<String>) -> Result<Option<ResidentRow>, Error> {
    Ok(resident::Entity::find().filter(resident::Column::IdBlind.is_in(blinds)).one(db).await?)
}

/// Accounts that were joined to this one.
pub(super) async fn merged_into(db: &impl ConnectionTrait, id: Uuid) -> Result<Vec<ResidentRow>, Error> {
    Ok(resident::Entity::find().filter(resident::Column::MergedInto.eq(id)).all(db).await?)
}

pub(super) async fn insert(tx: &DatabaseTransaction, row: ResidentRow) -> Result<(), Error> {
    resident::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn update(tx: &DatabaseTransaction, row: ResidentRow) -> Result<(), Error> {
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

// ---- codes ----

pub(super) async fn code_insert(tx: &DatabaseTransaction, row: CodeRow) -> Result<(), Error> {
    one_time_code::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// The last code that a session asked for, if it was not used.
pub(super) async fn code_of(db: &impl ConnectionTrait, session: &str) -> Result<Option<CodeRow>, Error> {
    let find = one_time_code::Entity::find().filter(one_time_code::Column::SessionHash.eq(session));
    let find = find.order_by_desc(one_time_code::Column::MadeAt).order_by_desc(one_time_code::Column::Id);
    Ok(find.one(db).await?.filter(|row| row.used_at.is_none()))
}

pub(super) async fn code_locked(tx: &DatabaseTransaction, id: Uuid) -> Result<CodeRow, Error> {
    one_time_code::Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Error::NotFound)
}

pub(super) async fn code_update(tx: &DatabaseTransaction, row: CodeRow) -> Result<(), Error> {
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// Codes that are over: of them nothing is needed any more.
pub(super) async fn codes_over(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, Error> {
    Ok(one_time_code::Entity::find().filter(one_time_code::Column::ExpiresAt.lte(now)).count(db).await?)
}

pub(super) async fn codes_delete(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<(), Error> {
    one_time_code::Entity::delete_many().filter(one_time_code::Column::ExpiresAt.lte(now)).exec(tx).await?;
    Ok(())
}

// ---- sessions ----

pub(super) async fn session_fetch(db: &impl ConnectionTrait, hash: &str) -> Result<Option<SessionRow>, Error> {
    Ok(session::Entity::find_by_id(hash.to_owned()).one(db).await?)
}

pub(super) async fn session_delete(tx: &DatabaseTransaction, hash: &str) -> Result<(), Error> {
    session::Entity::delete_by_id(hash.to_owned()).exec(tx).await?;
    Ok(())
}

/// Where a resident is signed in, the last used first.
pub(super) async fn sessions_of(
    db: &impl ConnectionTrait,
    resident: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<SessionRow>, Error> {
    Ok(session::Entity::find()
        .filter(session::Column::ResidentId.eq(resident))
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_desc(session::Column::SeenAt)
        .order_by_asc(session::Column::TokenHash)
        .limit(100)
        .all(db)
        .await?)
}

pub(super) async fn device_delete(tx: &DatabaseTransaction, resident: Uuid, device: Uuid) -> Result<u64, Error> {
    let of_resident = session::Entity::delete_many().filter(session::Column::ResidentId.eq(resident));
    Ok(of_resident.filter(session::Column::DeviceId.eq(device)).exec(tx).await?.rows_affected)
}

pub(super) async fn sessions_delete(tx: &DatabaseTransaction, resident: Uuid) -> Result<(), Error> {
    session::Entity::delete_many().filter(session::Column::ResidentId.eq(resident)).exec(tx).await?;
    Ok(())
}

/// Sessions of residents' browsers that ended by themselves.
pub(super) async fn sessions_over(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, Error> {
    Ok(session::Entity::find().filter(session::Column::ExpiresAt.lt(now)).count(db).await?)
}

pub(super) async fn sessions_delete_over(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<(), Error> {
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(now)).exec(tx).await?;
    Ok(())
}

/// The devices of an account that joins another.
pub(super) async fn sessions_move(tx: &DatabaseTransaction, from: Uuid, to: Uuid) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::ResidentId, Expr::value(to))
        .filter(session::Column::ResidentId.eq(from))
        .exec(tx)
        .await?;
    Ok(())
}

// ---- accounts that become one ----

/// Mandates, papers, household, consents and questions come to the account that stays. What of the protected answers may
/// be offered again was chosen there, or comes, too.
pub(super) async fn rows_move(tx: &DatabaseTransaction, from: Uuid, to: Uuid) -> Result<(), Error> {
    macro_rules! move_rows {
        ($($table:ident)*) => {$(
            $table::Entity::update_many()
                .col_expr($table::Column::ResidentId, Expr::value(to))
                .filter($table::Column::ResidentId.eq(from))
                .exec(tx)
                .await?;
        )*};
    }
    move_rows!(mandate document household_member consent audit_question);
    if kept_kinds::Entity::find_by_id(to).one(tx).await?.is_some() {
        kept_kinds::Entity::delete_by_id(from).exec(tx).await?;
    } else {
        move_rows!(kept_kinds);
    }
    Ok(())
}

/// Offers to join accounts that nobody took up.
pub(super) async fn offers_delete(tx: &DatabaseTransaction, before: DateTime<Utc>) -> Result<(), Error> {
    merge_offer::Entity::delete_many().filter(merge_offer::Column::MadeAt.lt(before)).exec(tx).await?;
    Ok(())
}

/// What was joined to an account that joins another, and what waits for it, point to that other.
pub(super) async fn merged_move(tx: &DatabaseTransaction, from: Uuid, to: Uuid) -> Result<(), Error> {
    resident::Entity::update_many()
        .col_expr(resident::Column::MergedInto, Expr::value(to))
        .filter(resident::Column::MergedInto.eq(from))
        .exec(tx)
        .await?;
    resident::Entity::update_many()
        .col_expr(resident::Column::Twin, Expr::value(to))
        .filter(resident::Column::Twin.eq(from))
        .filter(resident::Column::Id.ne(to))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn offer_of(db: &impl ConnectionTrait, session: &str) -> Result<Option<OfferRow>, Error> {
    Ok(merge_offer::Entity::find_by_id(session.to_owned()).one(db).await?)
}

pub(super) async fn offer_insert(tx: &DatabaseTransaction, row: OfferRow) -> Result<(), Error> {
    merge_offer::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn offer_delete(tx: &DatabaseTransaction, session: &str) -> Result<(), Error> {
    merge_offer::Entity::delete_by_id(session.to_owned()).exec(tx).await?;
    Ok(())
}

// ---- visits to the city's platform ----

pub(super) async fn by_city(db: &impl ConnectionTrait, blind: &str) -> Result<Option<ResidentRow>, Error> {
    Ok(resident::Entity::find().filter(resident::Column::CityBlind.eq(blind)).one(db).await?)
}

pub(super) async fn visit_insert(tx: &DatabaseTransaction, row: VisitRow) -> Result<(), Error> {
    city_visit::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// The visit, once: of two that come back with it, one gets it.
pub(super) async fn visit_take(
    tx: &DatabaseTransaction,
    state_hash: &str,
    session: &str,
) -> Result<Option<VisitRow>, Error> {
    let find = city_visit::Entity::find_by_id(state_hash.to_owned()).lock_exclusive();
    let Some(row) = find.one(tx).await?.filter(|row| row.session_hash == session) else { return Ok(None) };
    city_visit::Entity::delete_by_id(state_hash.to_owned()).exec(tx).await?;
    Ok(Some(row))
}

pub(super) async fn visits_delete(tx: &DatabaseTransaction, before: DateTime<Utc>) -> Result<(), Error> {
    city_visit::Entity::delete_many().filter(city_visit::Column::MadeAt.lt(before)).exec(tx).await?;
    Ok(())
}
