//! Warnings that went to the supervisor, as rows.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{cases, supervision};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;
use crate::vault::{SUPERVISION_EXPLANATION, SUPERVISION_INSTRUCTION, Vault};

pub(super) use entity::supervision::Model as WarningRow;

/// So many cases are looked at together.
pub(super) const BATCH: u64 = 500;

pub(super) struct New<'a> {
    pub case: Uuid,
    pub office: &'a str,
    pub colour: &'static str,
    pub state: &'static str,
    pub due: NaiveDate,
}

/// A warning goes out once for each colour and day that passed.
pub(super) async fn raise(
    vault: &Vault,
    tx: &DatabaseTransaction,
    new: New<'_>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let id = Uuid::now_v7();
    let row = supervision::ActiveModel {
        id: Set(id),
        case_id: Set(new.case),
        office: Set(new.office.to_owned()),
        colour: Set(new.colour.to_owned()),
        state: Set(new.state.to_owned()),
        due: Set(new.due),
        raised_at: Set(at),
        instruction: Set(vault.seal(SUPERVISION_INSTRUCTION.of(id), "")?),
        explanation: Set(vault.seal(SUPERVISION_EXPLANATION.of(id), "")?),
        settled_at: Set(None),
    };
    let once = [supervision::Column::CaseId, supervision::Column::Due, supervision::Column::Colour];
    let once = OnConflict::columns(once).do_nothing().to_owned();
    supervision::Entity::insert(row).try_insert().on_conflict(once).exec_without_returning(tx).await?;
    Ok(())
}

/// What was late is done.
pub(super) async fn settle(tx: &DatabaseTransaction, case: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    supervision::Entity::update_many()
        .col_expr(supervision::Column::SettledAt, Expr::value(at))
        .filter(supervision::Column::CaseId.eq(case))
        .filter(supervision::Column::SettledAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn of_case(db: &impl ConnectionTrait, case: Uuid) -> Result<Vec<WarningRow>, Error> {
    Ok(supervision::Entity::find()
        .filter(supervision::Column::CaseId.eq(case))
        .order_by_desc(supervision::Column::RaisedAt)
        .order_by_desc(supervision::Column::Id)
        .all(db)
        .await?)
}

/// Which of the two texts.
#[derive(Clone, Copy)]
pub(super) enum Said {
    Instruction,
    Explanation,
}

/// Writes on the warnings of a case that are open. `false`: there are none.
pub(super) async fn write(
    vault: &Vault,
    tx: &DatabaseTransaction,
    case: Uuid,
    said: Said,
    text: &str,
) -> Result<bool, Error> {
    let (column, place) = match said {
        Said::Instruction => (supervision::Column::Instruction, SUPERVISION_INSTRUCTION),
        Said::Explanation => (supervision::Column::Explanation, SUPERVISION_EXPLANATION),
    };
    let open: Vec<Uuid> = supervision::Entity::find()
        .select_only()
        .column(supervision::Column::Id)
        .filter(supervision::Column::CaseId.eq(case))
        .filter(supervision::Column::SettledAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    let mut written = 0;
    for id in open {
        let update = supervision::Entity::update_many()
            .col_expr(column, Expr::value(vault.seal(place.of(id), text)?))
            .filter(supervision::Column::Id.eq(id))
            .filter(supervision::Column::SettledAt.is_null());
        written += update.exec(tx).await?.rows_affected;
    }
    Ok(written > 0)
}

/// The cases whose colour changes by that day.
pub(super) async fn fading(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<Uuid>, Error> {
    Ok(cases::Entity::find()
        .select_only()
        .column(cases::Column::Id)
        .filter(cases::Column::Warns.lte(today))
        .order_by_asc(cases::Column::Warns)
        .limit(BATCH)
        .into_tuple()
        .all(db)
        .await?)
}
