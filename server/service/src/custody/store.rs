//! Papers in custody as rows.

use chrono::{DateTime, Utc};
use entity::{cases, custody};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::error::Error;
use crate::vault::{CUSTODY_GIVEN_TO, CUSTODY_PAPERS, Sealed, Vault};

pub(super) use entity::cases::Model as CaseRow;
pub(super) use entity::custody::Model as CustodyRow;

/// The most that a page shows; a window that keeps more has to give some out first.
const LIST_MAX: u64 = 200;

pub(super) async fn insert(
    vault: &Vault,
    tx: &DatabaseTransaction,
    case: Uuid,
    office: &str,
    papers: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let id = Uuid::now_v7();
    let row = custody::ActiveModel {
        id: Set(id),
        case_id: Set(case),
        office: Set(office.to_owned()),
        papers: Set(vault.seal(CUSTODY_PAPERS.of(id), papers)?),
        kept_at: Set(at),
        given_at: Set(None),
        given_to: Set(vault.seal(CUSTODY_GIVEN_TO.of(id), "")?),
    };
    custody::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// What an office keeps, with its case.
pub(super) async fn kept_by(db: &impl ConnectionTrait, office: &str) -> Result<Vec<(CustodyRow, CaseRow)>, Error> {
    let rows = custody::Entity::find()
        .filter(custody::Column::Office.eq(office))
        .filter(custody::Column::GivenAt.is_null())
        .order_by_asc(custody::Column::KeptAt)
        .limit(LIST_MAX)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.case_id).collect();
    let cases = cases::Entity::find().filter(cases::Column::Id.is_in(ids)).all(db).await?;
    let case = |id: Uuid| cases.iter().find(|case| case.id == id).cloned();
    Ok(rows.into_iter().filter_map(|row| case(row.case_id).map(|case| (row, case))).collect())
}

/// The case whose papers are kept.
pub(super) async fn case_of(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<CaseRow>, Error> {
    let Some(row) = custody::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    Ok(cases::Entity::find_by_id(row.case_id).one(db).await?)
}

/// `false`: they are not there, or not there any more.
pub(super) async fn give(
    tx: &DatabaseTransaction,
    id: Uuid,
    office: &str,
    to: Sealed,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = custody::Entity::update_many()
        .col_expr(custody::Column::GivenAt, Expr::value(at))
        .col_expr(custody::Column::GivenTo, Expr::value(to))
        .filter(custody::Column::Id.eq(id))
        .filter(custody::Column::Office.eq(office))
        .filter(custody::Column::GivenAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}
