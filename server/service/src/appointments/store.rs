//! Appointments, hours and taken places as rows.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{appointment, appointment_hours, appointment_slot};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::appointment::Model as AppointmentRow;
pub(super) use entity::appointment_hours::Model as HoursRow;

const LIST_MAX: u64 = 200;

pub(super) async fn insert(tx: &DatabaseTransaction, new: AppointmentRow) -> Result<(), Error> {
    appointment::Entity::insert(new.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// The one that is booked for a draft.
pub(super) async fn of_draft(tx: &DatabaseTransaction, draft: Uuid) -> Result<Option<AppointmentRow>, Error> {
    Ok(appointment::Entity::find()
        .filter(appointment::Column::DraftId.eq(draft))
        .filter(appointment::Column::State.eq("booked"))
        .one(tx)
        .await?)
}

pub(super) async fn by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<AppointmentRow>, Error> {
    // What stands in an address may be no text that a database takes.
    if !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Ok(None);
    }
    Ok(appointment::Entity::find().filter(appointment::Column::Code.eq(code)).one(db).await?)
}

/// Booked ones, the earliest first.
pub(super) async fn of_office(db: &impl ConnectionTrait, office: &str) -> Result<Vec<AppointmentRow>, Error> {
    Ok(appointment::Entity::find()
        .filter(appointment::Column::Office.eq(office))
        .filter(appointment::Column::State.eq("booked"))
        .order_by_asc(appointment::Column::Day)
        .order_by_asc(appointment::Column::Starts)
        .order_by_asc(appointment::Column::Id)
        .limit(LIST_MAX)
        .all(db)
        .await?)
}

/// A resident's own, the latest day first.
pub(super) async fn of_resident(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<AppointmentRow>, Error> {
    Ok(appointment::Entity::find()
        .filter(appointment::Column::ResidentId.eq(resident))
        .order_by_desc(appointment::Column::Day)
        .order_by_desc(appointment::Column::Starts)
        .limit(LIST_MAX)
        .all(db)
        .await?)
}

/// How many of a resident's are booked for a day to come.
pub(super) async fn open_of(tx: &DatabaseTransaction, resident: Uuid, today: NaiveDate) -> Result<u64, Error> {
    Ok(appointment::Entity::find()
        .filter(appointment::Column::ResidentId.eq(resident))
        .filter(appointment::Column::State.eq("booked"))
        .filter(appointment::Column::Day.gte(today))
        .count(tx)
        .await?)
}

/// Another time. `false`: it was over already.
pub(super) async fn reschedule(tx: &DatabaseTransaction, row: &AppointmentRow) -> Result<bool, Error> {
    let done = appointment::Entity::update_many()
        .col_expr(appointment::Column::Office, Expr::value(row.office.clone()))
        .col_expr(appointment::Column::Day, Expr::value(row.day))
        .col_expr(appointment::Column::Starts, Expr::value(row.starts))
        .col_expr(appointment::Column::Ends, Expr::value(row.ends))
        .col_expr(appointment::Column::Manner, Expr::value(row.manner.clone()))
        .col_expr(appointment::Column::RemindedAt, Expr::value(row.reminded_at))
        .filter(appointment::Column::Id.eq(row.id))
        .filter(appointment::Column::State.eq("booked"))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// `false`: it was over already.
pub(super) async fn end(tx: &DatabaseTransaction, id: Uuid, state: &str) -> Result<bool, Error> {
    let done = appointment::Entity::update_many()
        .col_expr(appointment::Column::State, Expr::value(state))
        .filter(appointment::Column::Id.eq(id))
        .filter(appointment::Column::State.eq("booked"))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Booked for this day, and not reminded of.
pub(super) async fn unreminded(db: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<AppointmentRow>, Error> {
    Ok(appointment::Entity::find()
        .filter(appointment::Column::Day.eq(day))
        .filter(appointment::Column::State.eq("booked"))
        .filter(appointment::Column::RemindedAt.is_null())
        .limit(1_000)
        .all(db)
        .await?)
}

/// `false`: another node was quicker, or it was cancelled meanwhile.
pub(super) async fn mark_reminded(tx: &DatabaseTransaction, id: Uuid, now: DateTime<Utc>) -> Result<bool, Error> {
    let done = appointment::Entity::update_many()
        .col_expr(appointment::Column::RemindedAt, Expr::value(now))
        .filter(appointment::Column::Id.eq(id))
        .filter(appointment::Column::State.eq("booked"))
        .filter(appointment::Column::RemindedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

// ---- deleting ----

/// Appointments of drafts that go; their places are free again.
pub(crate) async fn forget_drafts(tx: &DatabaseTransaction, drafts: &[Uuid]) -> Result<(), Error> {
    forget_where(tx, appointment::Column::DraftId.is_in(drafts.iter().copied())).await
}

/// Those of an account that is closed.
pub(crate) async fn forget_resident(tx: &DatabaseTransaction, resident: Uuid) -> Result<(), Error> {
    forget_where(tx, appointment::Column::ResidentId.eq(resident)).await
}

async fn forget_where(tx: &DatabaseTransaction, which: Expr) -> Result<(), Error> {
    let rows = appointment::Entity::find().filter(which).all(tx).await?;
    for row in &rows {
        if row.state == "booked" {
            give_back(tx, row).await?;
        }
    }
    let ids = rows.into_iter().map(|row| row.id);
    appointment::Entity::delete_many().filter(appointment::Column::Id.is_in(ids)).exec(tx).await?;
    Ok(())
}

/// How many were for days before this one.
pub(super) async fn before(db: &impl ConnectionTrait, day: NaiveDate) -> Result<u64, Error> {
    Ok(appointment::Entity::find().filter(appointment::Column::Day.lt(day)).count(db).await?)
}

pub(super) async fn forget_before(tx: &DatabaseTransaction, day: NaiveDate) -> Result<(), Error> {
    appointment::Entity::delete_many().filter(appointment::Column::Day.lt(day)).exec(tx).await?;
    appointment_slot::Entity::delete_many().filter(appointment_slot::Column::Day.lt(day)).exec(tx).await?;
    Ok(())
}

// ---- places ----

/// One more at a time, if there is room. Everybody who wants a place of it waits here, or is repeated.
pub(super) async fn take(tx: &DatabaseTransaction, key: &str, day: NaiveDate, places: i32) -> Result<bool, Error> {
    let row = appointment_slot::ActiveModel { key: Set(key.to_owned()), day: Set(day), taken: Set(0) };
    let there = OnConflict::column(appointment_slot::Column::Key).do_nothing().to_owned();
    appointment_slot::Entity::insert(row).on_conflict(there).exec_without_returning(tx).await?;
    let done = appointment_slot::Entity::update_many()
        .col_expr(appointment_slot::Column::Taken, Expr::col(appointment_slot::Column::Taken).add(1))
        .filter(appointment_slot::Column::Key.eq(key))
        .filter(appointment_slot::Column::Taken.lt(places))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The place of an appointment is another's.
pub(super) async fn give_back(tx: &DatabaseTransaction, row: &AppointmentRow) -> Result<(), Error> {
    let key = format!("{}|{}.{}.{}", row.office, row.day, row.starts, row.manner);
    appointment_slot::Entity::update_many()
        .col_expr(appointment_slot::Column::Taken, Expr::col(appointment_slot::Column::Taken).sub(1))
        .filter(appointment_slot::Column::Key.eq(key))
        .filter(appointment_slot::Column::Taken.gt(0))
        .exec(tx)
        .await?;
    Ok(())
}

/// How many are taken of each time of an office from a day on.
pub(super) async fn taken(
    db: &impl ConnectionTrait,
    office: &str,
    from: NaiveDate,
) -> Result<HashMap<String, i32>, Error> {
    let rows = appointment_slot::Entity::find()
        .filter(appointment_slot::Column::Day.gte(from))
        .filter(appointment_slot::Column::Key.starts_with(format!("{office}|")))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.taken)).collect())
}

// ---- hours ----

pub(super) async fn hours(db: &impl ConnectionTrait, office: &str) -> Result<Vec<HoursRow>, Error> {
    Ok(appointment_hours::Entity::find()
        .filter(appointment_hours::Column::Office.eq(office))
        .order_by_asc(appointment_hours::Column::Weekday)
        .order_by_asc(appointment_hours::Column::Starts)
        .all(db)
        .await?)
}

pub(super) async fn hours_insert(tx: &DatabaseTransaction, row: HoursRow) -> Result<(), Error> {
    appointment_hours::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Says no when there was none.
pub(super) async fn hours_delete(tx: &DatabaseTransaction, office: &str, id: Uuid) -> Result<bool, Error> {
    let done = appointment_hours::Entity::delete_many()
        .filter(appointment_hours::Column::Id.eq(id))
        .filter(appointment_hours::Column::Office.eq(office))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}
