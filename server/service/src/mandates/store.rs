//! Mandates and codes for taking over, as rows.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{access, claim, draft, mandate};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::claim::Model as ClaimRow;
pub(super) use entity::mandate::Model as MandateRow;

/// How many ids a statement names.
const IDS: usize = 500;

pub(super) async fn insert(tx: &DatabaseTransaction, row: MandateRow) -> Result<(), Error> {
    mandate::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<MandateRow>, Error> {
    Ok(mandate::Entity::find_by_id(id).one(db).await?)
}

/// The last given first.
pub(super) async fn given_by(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<MandateRow>, Error> {
    let find = mandate::Entity::find().filter(mandate::Column::ResidentId.eq(resident));
    Ok(find.order_by_desc(mandate::Column::GivenAt).order_by_desc(mandate::Column::Id).all(db).await?)
}

pub(super) async fn held_by(db: &impl ConnectionTrait, blinds: Vec<String>) -> Result<Vec<MandateRow>, Error> {
    let find = mandate::Entity::find().filter(mandate::Column::HelperBlind.is_in(blinds));
    Ok(find.order_by_desc(mandate::Column::GivenAt).order_by_desc(mandate::Column::Id).all(db).await?)
}

/// How many of a resident's are in force.
pub(super) async fn count_open(db: &impl ConnectionTrait, resident: Uuid, today: NaiveDate) -> Result<u64, Error> {
    let find = mandate::Entity::find().filter(mandate::Column::ResidentId.eq(resident));
    let find = find.filter(mandate::Column::Until.gte(today));
    Ok(find.filter(mandate::Column::RevokedAt.is_null()).count(db).await?)
}

/// Says no when there was nothing to take back.
pub(super) async fn revoke(
    tx: &DatabaseTransaction,
    (id, resident): (Uuid, Uuid),
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = mandate::Entity::update_many()
        .col_expr(mandate::Column::RevokedAt, Expr::value(now))
        .filter(mandate::Column::Id.eq(id))
        .filter(mandate::Column::ResidentId.eq(resident))
        .filter(mandate::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The mandates under which drafts, or what they became, were filled in. Corrections are not: they go with their case.
pub(super) async fn of_subjects(
    db: &impl ConnectionTrait,
    kind: &str,
    subjects: &[Uuid],
) -> Result<Vec<(Uuid, MandateRow)>, Error> {
    let column = if kind == "draft" { draft::Column::Id } else { draft::Column::CaseId };
    let mut found = Vec::new();
    for ids in subjects.chunks(IDS) {
        let find = draft::Entity::find().select_only().column(column).column(draft::Column::MandateId);
        let find = find.filter(column.is_in(ids.iter().copied())).filter(draft::Column::MandateId.is_not_null());
        let pairs: Vec<(Uuid, Uuid)> = find.into_tuple().all(db).await?;
        if pairs.is_empty() {
            continue;
        }
        let which = mandate::Column::Id.is_in(pairs.iter().map(|(_, mandate)| *mandate));
        let rows = mandate::Entity::find().filter(which).all(db).await?;
        let of = |(subject, id): (Uuid, Uuid)| Some((subject, rows.iter().find(|row| row.id == id)?.clone()));
        found.extend(pairs.into_iter().filter_map(of));
    }
    Ok(found)
}

pub(super) async fn claim_insert(tx: &DatabaseTransaction, row: ClaimRow) -> Result<(), Error> {
    claim::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn claim_by_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<ClaimRow>, Error> {
    Ok(claim::Entity::find().filter(claim::Column::CodeHash.eq(hash)).one(db).await?)
}

pub(super) async fn claim_of(db: &impl ConnectionTrait, subject: Uuid) -> Result<Option<ClaimRow>, Error> {
    Ok(claim::Entity::find().filter(claim::Column::Subject.eq(subject)).one(db).await?)
}

/// Says no when somebody used it before.
pub(super) async fn claim_use(tx: &DatabaseTransaction, id: Uuid, now: DateTime<Utc>) -> Result<bool, Error> {
    let done = claim::Entity::update_many()
        .col_expr(claim::Column::UsedAt, Expr::value(now))
        .filter(claim::Column::Id.eq(id))
        .filter(claim::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Nobody's browser and nobody's account opens these any more.
pub(super) async fn shut(tx: &DatabaseTransaction, subjects: Vec<Uuid>) -> Result<(), Error> {
    access::Entity::delete_many().filter(access::Column::Subject.is_in(subjects.clone())).exec(tx).await?;
    entity::holding::Entity::delete_many().filter(entity::holding::Column::Subject.is_in(subjects)).exec(tx).await?;
    Ok(())
}
