//! Appointments as rows.

use entity::appointment;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::appointment::Model as AppointmentRow;

const LIST_MAX: u64 = 200;

/// One appointment for each draft: a later one takes the place of the earlier. Returns its code.
pub(super) async fn book(tx: &DatabaseTransaction, new: AppointmentRow) -> Result<String, Error> {
    let before = appointment::Entity::find()
        .filter(appointment::Column::DraftId.eq(new.draft_id))
        .filter(appointment::Column::State.eq("booked"))
        .one(tx)
        .await?;
    if let Some(before) = before {
        appointment::Entity::update_many()
            .col_expr(appointment::Column::Day, Expr::value(new.day))
            .col_expr(appointment::Column::Half, Expr::value(new.half))
            .col_expr(appointment::Column::Office, Expr::value(new.office))
            .filter(appointment::Column::Id.eq(before.id))
            .exec(tx)
            .await?;
        return Ok(before.code);
    }
    let code = new.code.clone();
    appointment::Entity::insert(new.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(code)
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
        .order_by_desc(appointment::Column::Half)
        .limit(LIST_MAX)
        .all(db)
        .await?)
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
