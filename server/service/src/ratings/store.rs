//! Ratings as rows.

use chrono::{DateTime, NaiveDate, Utc};
use entity::rating;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;
use crate::vault::{RATING_BEFORE_WORDS, RATING_WORDS, Sealed, Vault};

pub(super) use entity::rating::Model as RatingRow;

const LIST_MAX: u64 = 200;

/// One for each stage of a case: the database refuses a second.
pub(super) async fn insert_once(tx: &DatabaseTransaction, row: RatingRow) -> Result<(), Error> {
    let once = OnConflict::columns([rating::Column::CaseId, rating::Column::Stage]).do_nothing().to_owned();
    rating::Entity::insert(row.into_active_model().reset_all())
        .try_insert()
        .on_conflict(once)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Takes the place of a first rating, once; what that said stays beside it.
pub(super) async fn again(
    vault: &Vault,
    tx: &DatabaseTransaction,
    first: &RatingRow,
    new: RatingRow,
) -> Result<(), Error> {
    let before = vault.open(RATING_WORDS.of(first.id), &first.words)?;
    let words = vault.open(RATING_WORDS.of(new.id), &new.words)?;
    rating::Entity::update_many()
        .col_expr(rating::Column::BeforeGrade, Expr::value(first.grade))
        .col_expr(rating::Column::BeforeWords, Expr::value(vault.seal(RATING_BEFORE_WORDS.of(first.id), &before)?))
        .col_expr(rating::Column::Grade, Expr::value(new.grade))
        .col_expr(rating::Column::Tags, Expr::value(new.tags))
        .col_expr(rating::Column::Words, Expr::value(vault.seal(RATING_WORDS.of(first.id), &words)?))
        .col_expr(rating::Column::At, Expr::value(new.at))
        .col_expr(rating::Column::State, Expr::value(new.state))
        .col_expr(rating::Column::Due, Expr::value(new.due))
        .col_expr(rating::Column::SettledAt, Expr::value(None::<DateTime<Utc>>))
        .filter(rating::Column::Id.eq(first.id))
        .filter(rating::Column::BeforeGrade.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn of_case(db: &impl ConnectionTrait, case: Uuid) -> Result<Vec<RatingRow>, Error> {
    Ok(rating::Entity::find().filter(rating::Column::CaseId.eq(case)).all(db).await?)
}

pub(super) async fn fetch(tx: &DatabaseTransaction, id: Uuid) -> Result<Option<RatingRow>, Error> {
    Ok(rating::Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

/// Bad grades that are not settled, the most urgent first: of an office, or of all whose code begins so.
pub(super) async fn open_of(db: &impl ConnectionTrait, office: &str, below: bool) -> Result<Vec<RatingRow>, Error> {
    let find = rating::Entity::find().filter(rating::Column::State.is_not_in(["none", "settled"]));
    let find = if below {
        find.filter(rating::Column::Office.starts_with(office))
    } else {
        find.filter(rating::Column::Office.eq(office))
    };
    Ok(find.order_by_asc(rating::Column::Due).limit(LIST_MAX).all(db).await?)
}

/// What a step of the rectification changes.
pub(super) struct Step<'a> {
    pub state: &'a str,
    pub due: Option<NaiveDate>,
    pub findings: Sealed,
    pub reply: Sealed,
    pub settled_at: Option<DateTime<Utc>>,
}

pub(super) async fn go_on(tx: &DatabaseTransaction, id: Uuid, step: Step<'_>) -> Result<(), Error> {
    rating::Entity::update_many()
        .col_expr(rating::Column::State, Expr::value(step.state))
        .col_expr(rating::Column::Due, Expr::value(step.due))
        .col_expr(rating::Column::Findings, Expr::value(step.findings))
        .col_expr(rating::Column::Reply, Expr::value(step.reply))
        .col_expr(rating::Column::SettledAt, Expr::value(step.settled_at))
        .filter(rating::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Office or item, grade, and how many.
pub(super) async fn counts(db: &impl ConnectionTrait, by: rating::Column) -> Result<Vec<(String, i32, i64)>, Error> {
    Ok(rating::Entity::find()
        .select_only()
        .column(by)
        .column(rating::Column::Grade)
        .column_as(rating::Column::Id.count(), "count")
        .group_by(by)
        .group_by(rating::Column::Grade)
        .into_tuple()
        .all(db)
        .await?)
}

/// By office.
pub(super) const OFFICE: rating::Column = rating::Column::Office;
/// By item.
pub(super) const ITEM: rating::Column = rating::Column::ItemCode;
