//! Allowances as rows.

use chrono::{DateTime, Utc};
use domain::residents::Spent;
use entity::allowance;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
};

use crate::error::Error;

/// Makes the row if there is none, as one whose hour and day are over.
pub(super) async fn begin(tx: &DatabaseTransaction, key: &str, long_ago: DateTime<Utc>) -> Result<(), Error> {
    let row = allowance::ActiveModel {
        key: Set(key.to_owned()),
        hour: Set(0),
        hour_since: Set(long_ago),
        day: Set(0),
        day_since: Set(long_ago),
        last: Set(long_ago),
    };
    let there = OnConflict::column(allowance::Column::Key).do_nothing().to_owned();
    allowance::Entity::insert(row).on_conflict(there).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn locked(tx: &DatabaseTransaction, key: &str) -> Result<Option<Spent>, Error> {
    let row = allowance::Entity::find_by_id(key.to_owned()).lock_exclusive().one(tx).await?;
    Ok(row.map(|row| Spent {
        hour: row.hour,
        hour_since: row.hour_since,
        day: row.day,
        day_since: row.day_since,
        last: row.last,
    }))
}

pub(super) async fn update(tx: &DatabaseTransaction, key: &str, spent: Spent) -> Result<(), Error> {
    let row = allowance::ActiveModel {
        key: Set(key.to_owned()),
        hour: Set(spent.hour),
        hour_since: Set(spent.hour_since),
        day: Set(spent.day),
        day_since: Set(spent.day_since),
        last: Set(spent.last),
    };
    row.update(tx).await?;
    Ok(())
}

pub(super) async fn forget_before(tx: &DatabaseTransaction, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = allowance::Entity::delete_many().filter(allowance::Column::Last.lt(before)).exec(tx).await?;
    Ok(done.rows_affected)
}
