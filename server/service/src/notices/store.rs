//! Notices and their running numbers as rows.

use chrono::{DateTime, Utc};
use domain::notices::Notice;
use entity::{notice, notice_sequence};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder,
};
use uuid::Uuid;

use crate::error::Error;
use crate::vault::{NOTICE_CONTENT, Vault};

pub(super) use entity::notice::Model as NoticeRow;

/// The next number of a series, from 1: without gaps, since it is counted in the transaction that issues.
pub(super) async fn next_serial(tx: &DatabaseTransaction, series: &str, kind: &str, year: i32) -> Result<u32, Error> {
    let row = notice_sequence::ActiveModel {
        office: Set(series.to_owned()),
        kind: Set(kind.to_owned()),
        year: Set(year),
        last: Set(1),
    };
    let key = [notice_sequence::Column::Office, notice_sequence::Column::Kind, notice_sequence::Column::Year];
    let last = (notice_sequence::Entity, notice_sequence::Column::Last);
    let count_on = OnConflict::columns(key).value(notice_sequence::Column::Last, Expr::col(last).add(1)).to_owned();
    let row = notice_sequence::Entity::insert(row).on_conflict(count_on).exec_with_returning(tx).await?;
    u32::try_from(row.last).map_err(|error| Error::internal("a serial", error))
}

pub(super) async fn insert(
    vault: &Vault,
    tx: &DatabaseTransaction,
    (case, seq): (Uuid, i32),
    content: &Notice,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let id = Uuid::now_v7();
    let row = notice::ActiveModel {
        id: Set(id),
        case_id: Set(case),
        seq: Set(seq),
        kind: Set(content.kind.key().to_owned()),
        number: Set(content.number.clone()),
        code: Set(content.code.clone()),
        content: Set(vault.write(NOTICE_CONTENT.of(id), content)?),
        issued_at: Set(at),
    };
    notice::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn of_case(db: &impl ConnectionTrait, case: Uuid) -> Result<Vec<NoticeRow>, Error> {
    Ok(notice::Entity::find()
        .filter(notice::Column::CaseId.eq(case))
        .order_by_asc(notice::Column::Seq)
        .order_by_asc(notice::Column::Id)
        .all(db)
        .await?)
}

pub(super) async fn fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<NoticeRow>, Error> {
    Ok(notice::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<NoticeRow>, Error> {
    Ok(notice::Entity::find().filter(notice::Column::Code.eq(code)).one(db).await?)
}
