//! The audit as rows. They are added and read, never changed.

use entity::{audit, audit_head};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::error::Error;

pub(crate) use entity::audit::Model as AuditRow;
pub(crate) use entity::audit_head::Model as HeadRow;

/// A chain that nobody else writes to until this transaction ends. The first query of a transaction, so that what it
/// reads of the head is the latest.
///
/// # Errors
/// [`Error::Busy`] when every chain is taken.
pub(super) async fn claim(tx: &impl ConnectionTrait) -> Result<HeadRow, Error> {
    let mut find = audit_head::Entity::find().limit(1);
    if tx.get_database_backend() == DbBackend::Postgres {
        find = find.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    find.one(tx).await?.ok_or(Error::Busy)
}

pub(super) async fn insert(tx: &impl ConnectionTrait, row: AuditRow) -> Result<(), Error> {
    audit::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn move_head(tx: &impl ConnectionTrait, head: HeadRow) -> Result<(), Error> {
    audit_head::Entity::update_many()
        .col_expr(audit_head::Column::Seq, Expr::value(head.seq))
        .col_expr(audit_head::Column::Hash, Expr::value(head.hash))
        .col_expr(audit_head::Column::Proof, Expr::value(head.proof))
        .filter(audit_head::Column::Chain.eq(head.chain))
        .exec(tx)
        .await?;
    Ok(())
}

/// The next rows of all chains, in order.
pub(super) async fn rows_after(
    db: &impl ConnectionTrait,
    after: (i32, i64),
    limit: u64,
) -> Result<Vec<AuditRow>, Error> {
    let mut cursor = audit::Entity::find().cursor_by((audit::Column::Chain, audit::Column::Seq));
    cursor.after(after);
    Ok(cursor.first(limit).all(db).await?)
}

pub(super) async fn heads(db: &impl ConnectionTrait) -> Result<Vec<HeadRow>, Error> {
    Ok(audit_head::Entity::find().order_by_asc(audit_head::Column::Chain).all(db).await?)
}
