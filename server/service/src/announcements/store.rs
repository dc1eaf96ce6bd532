//! Announcements and objections as rows.

use chrono::{DateTime, NaiveDate, Utc};
use domain::cases::Objections;
use entity::{announcement, objection};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::error::Error;
use crate::vault::Sealed;

pub(super) use entity::announcement::Model as AnnouncementRow;
pub(super) use entity::objection::Model as ObjectionRow;

pub(super) async fn insert(tx: &DatabaseTransaction, row: AnnouncementRow) -> Result<(), Error> {
    announcement::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn end(tx: &DatabaseTransaction, case: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    announcement::Entity::update_many()
        .col_expr(announcement::Column::EndedAt, Expr::value(at))
        .filter(announcement::Column::CaseId.eq(case))
        .filter(announcement::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn running(db: &impl ConnectionTrait, case: Uuid) -> Result<Option<AnnouncementRow>, Error> {
    let of_case = announcement::Entity::find().filter(announcement::Column::CaseId.eq(case));
    Ok(of_case.filter(announcement::Column::EndedAt.is_null()).one(db).await?)
}

/// The last announcement of a case.
pub(super) async fn last(db: &impl ConnectionTrait, case: Uuid) -> Result<Option<AnnouncementRow>, Error> {
    let of_case = announcement::Entity::find().filter(announcement::Column::CaseId.eq(case));
    Ok(of_case.order_by_desc(announcement::Column::Id).one(db).await?)
}

/// What may be seen by anybody on a day.
fn visible(today: NaiveDate) -> Select<announcement::Entity> {
    announcement::Entity::find()
        .filter(announcement::Column::EndedAt.is_null())
        .filter(announcement::Column::UntilDay.gte(today))
}

pub(super) async fn visible_one(
    db: &impl ConnectionTrait,
    id: Uuid,
    today: NaiveDate,
) -> Result<Option<AnnouncementRow>, Error> {
    Ok(visible(today).filter(announcement::Column::Id.eq(id)).one(db).await?)
}

/// What is announced in these areas, the last first.
pub(super) async fn visible_in(
    db: &impl ConnectionTrait,
    areas: Vec<String>,
    today: NaiveDate,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<AnnouncementRow>, Error> {
    let mut find = visible(today).filter(announcement::Column::Area.is_in(areas));
    if let Some(id) = before {
        find = find.filter(announcement::Column::Id.lt(id));
    }
    Ok(find.order_by_desc(announcement::Column::Id).limit(limit).all(db).await?)
}

pub(super) async fn object(tx: &DatabaseTransaction, row: ObjectionRow) -> Result<(), Error> {
    objection::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn count(tx: &DatabaseTransaction, announcement: Uuid) -> Result<Objections, Error> {
    let of_it = objection::Entity::find().filter(objection::Column::AnnouncementId.eq(announcement));
    let open = of_it.clone().filter(objection::Column::SettledAt.is_null()).count(tx).await?;
    let upheld = of_it.clone().filter(objection::Column::Upheld.eq(true)).count(tx).await?;
    let all = of_it.count(tx).await?;
    let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Objections { open: number(open), settled: number(all - open), upheld: number(upheld) })
}

/// All objections of a case, the first first.
pub(super) async fn objections_of(db: &impl ConnectionTrait, case: Uuid) -> Result<Vec<ObjectionRow>, Error> {
    let of_case = objection::Entity::find().filter(objection::Column::CaseId.eq(case));
    Ok(of_case.order_by_asc(objection::Column::Id).all(db).await?)
}

pub(super) async fn objection_of(
    db: &impl ConnectionTrait,
    case: Uuid,
    id: Uuid,
) -> Result<Option<ObjectionRow>, Error> {
    Ok(objection::Entity::find_by_id(id).filter(objection::Column::CaseId.eq(case)).one(db).await?)
}

/// Settles an objection. `false`: somebody else did.
pub(super) async fn settle(
    tx: &DatabaseTransaction,
    id: Uuid,
    (answer, upheld): (Sealed, bool),
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let settled = objection::Entity::update_many()
        .col_expr(objection::Column::Answer, Expr::value(answer))
        .col_expr(objection::Column::Upheld, Expr::value(upheld))
        .col_expr(objection::Column::SettledAt, Expr::value(at))
        .filter(objection::Column::Id.eq(id))
        .filter(objection::Column::SettledAt.is_null())
        .exec(tx)
        .await?;
    Ok(settled.rows_affected == 1)
}
