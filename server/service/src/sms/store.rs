//! The outbox as rows.

use chrono::{DateTime, Utc};
use entity::outbox;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;
use crate::vault::{OUTBOX_PHONE, OUTBOX_TEXT, Vault};

pub(super) use entity::outbox::Model as OutboxRow;

/// So often a message is tried.
const ATTEMPTS_MAX: i32 = 6;

pub(super) struct Waiting<'a> {
    /// None: it is about an account.
    pub case: Option<Uuid>,
    pub kind: &'a str,
    pub phone: &'a str,
    pub text: &'a str,
}

pub(super) async fn insert(
    vault: &Vault,
    tx: &DatabaseTransaction,
    waiting: &Waiting<'_>,
    not_before: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let id = Uuid::now_v7();
    let row = outbox::ActiveModel {
        id: Set(id),
        case_id: Set(waiting.case),
        kind: Set(waiting.kind.to_owned()),
        phone: Set(vault.seal(OUTBOX_PHONE.of(id), waiting.phone)?),
        text: Set(vault.seal(OUTBOX_TEXT.of(id), waiting.text)?),
        not_before: Set(not_before),
        attempts: Set(0),
        sent_at: Set(None),
        failed: Set(None),
        created_at: Set(at),
    };
    outbox::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// What may be sent now, the longest waiting first.
pub(super) async fn due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<OutboxRow>, Error> {
    Ok(outbox::Entity::find()
        .filter(outbox::Column::SentAt.is_null())
        .filter(outbox::Column::NotBefore.lte(now))
        .filter(outbox::Column::Attempts.lt(ATTEMPTS_MAX))
        .order_by_asc(outbox::Column::NotBefore)
        .limit(100)
        .all(db)
        .await?)
}

/// Messages with codes that were made before then.
pub(super) async fn codes_over(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<Uuid>, Error> {
    let find = outbox::Entity::find().filter(outbox::Column::Kind.eq(super::CODE));
    let rows = find.filter(outbox::Column::CreatedAt.lte(before)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Nothing of these is left, also when they were never sent.
pub(super) async fn forget(tx: &DatabaseTransaction, ids: Vec<Uuid>) -> Result<(), Error> {
    outbox::Entity::delete_many().filter(outbox::Column::Id.is_in(ids)).exec(tx).await?;
    Ok(())
}

/// Takes a message for one attempt; the next one waits until `again`. `false`: another node was quicker.
pub(super) async fn claim(tx: &DatabaseTransaction, row: &OutboxRow, again: DateTime<Utc>) -> Result<bool, Error> {
    let done = outbox::Entity::update_many()
        .col_expr(outbox::Column::Attempts, Expr::col(outbox::Column::Attempts).add(1))
        .col_expr(outbox::Column::NotBefore, Expr::value(again))
        .filter(outbox::Column::Id.eq(row.id))
        .filter(outbox::Column::Attempts.eq(row.attempts))
        .filter(outbox::Column::SentAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

pub(super) async fn sent(tx: &DatabaseTransaction, id: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::SentAt, Expr::value(at))
        .filter(outbox::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn failed(tx: &DatabaseTransaction, id: Uuid, fault: &str) -> Result<(), Error> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::Failed, Expr::value(fault))
        .filter(outbox::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether a case was told this since then.
pub(super) async fn told_since(
    tx: &DatabaseTransaction,
    case: Uuid,
    kind: &str,
    since: DateTime<Utc>,
) -> Result<bool, Error> {
    let count = outbox::Entity::find()
        .filter(outbox::Column::CaseId.eq(case))
        .filter(outbox::Column::Kind.eq(kind))
        .filter(outbox::Column::CreatedAt.gte(since))
        .count(tx)
        .await?;
    Ok(count > 0)
}

pub(super) async fn latest(db: &impl ConnectionTrait) -> Result<Vec<OutboxRow>, Error> {
    Ok(outbox::Entity::find()
        .order_by_desc(outbox::Column::CreatedAt)
        .order_by_desc(outbox::Column::Id)
        .limit(50)
        .all(db)
        .await?)
}
