//! What may be opened, as rows: `access` of a session, `holding` of a resident.

use chrono::{DateTime, Utc};
use entity::{access, holding, session};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;

/// How something came to an account: begun in it; begun in the browser before; taken over by a code; filled in by
/// somebody who had a mandate.
pub(crate) const BEGAN: &str = "began";
pub(crate) const JOINED: &str = "joined";
pub(crate) const CLAIMED: &str = "claimed";
pub(crate) const MANDATE: &str = "mandate";

/// What is read at once of one account or browser.
const MOST: u64 = 500;

pub(super) async fn access_insert(
    tx: &DatabaseTransaction,
    session: &str,
    kind: &str,
    subject: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let row = access::ActiveModel {
        session_hash: Set(session.to_owned()),
        kind: Set(kind.to_owned()),
        subject: Set(subject),
        created_at: Set(now),
    };
    let key = [access::Column::SessionHash, access::Column::Kind, access::Column::Subject];
    let nothing = OnConflict::columns(key).do_nothing().to_owned();
    access::Entity::insert(row).on_conflict(nothing).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn access_exists(
    db: &impl ConnectionTrait,
    session: &str,
    kind: &str,
    subject: Uuid,
) -> Result<bool, Error> {
    let key = (session.to_owned(), kind.to_owned(), subject);
    Ok(access::Entity::find_by_id(key).one(db).await?.is_some())
}

pub(super) async fn accesses(
    db: &impl ConnectionTrait,
    session: &str,
    kind: &str,
    limit: u64,
) -> Result<Vec<(Uuid, DateTime<Utc>)>, Error> {
    let rows = access::Entity::find()
        .filter(access::Column::SessionHash.eq(session))
        .filter(access::Column::Kind.eq(kind))
        .order_by_desc(access::Column::CreatedAt)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.subject, row.created_at)).collect())
}

/// All that a session may open: kind and subject.
pub(crate) async fn access_of(db: &impl ConnectionTrait, session: &str) -> Result<Vec<(String, Uuid)>, Error> {
    let find = access::Entity::find().filter(access::Column::SessionHash.eq(session));
    let rows = find.order_by_desc(access::Column::CreatedAt).limit(MOST).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.subject)).collect())
}

/// A session's successor opens what it opened.
pub(crate) async fn move_access(tx: &DatabaseTransaction, from: &str, to: &str) -> Result<(), Error> {
    access::Entity::update_many()
        .col_expr(access::Column::SessionHash, Expr::value(to))
        .filter(access::Column::SessionHash.eq(from))
        .exec(tx)
        .await?;
    Ok(())
}

/// Gives something to an account; what it has already stays as it came.
pub(crate) async fn hold(
    tx: &DatabaseTransaction,
    resident: Uuid,
    (kind, subject): (&str, Uuid),
    origin: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let row = holding::ActiveModel {
        resident_id: Set(resident),
        kind: Set(kind.to_owned()),
        subject: Set(subject),
        origin: Set(origin.to_owned()),
        created_at: Set(now),
    };
    let key = [holding::Column::ResidentId, holding::Column::Kind, holding::Column::Subject];
    let nothing = OnConflict::columns(key).do_nothing().to_owned();
    holding::Entity::insert(row).on_conflict(nothing).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn held(db: &impl ConnectionTrait, resident: Uuid, kind: &str, subject: Uuid) -> Result<bool, Error> {
    Ok(holding::Entity::find_by_id((resident, kind.to_owned(), subject)).one(db).await?.is_some())
}

/// What an account holds of a kind, the latest first.
pub(super) async fn holdings_of_kind(
    db: &impl ConnectionTrait,
    resident: Uuid,
    kind: &str,
    limit: u64,
) -> Result<Vec<holding::Model>, Error> {
    Ok(holding::Entity::find()
        .filter(holding::Column::ResidentId.eq(resident))
        .filter(holding::Column::Kind.eq(kind))
        .order_by_desc(holding::Column::CreatedAt)
        .limit(limit)
        .all(db)
        .await?)
}

/// What an account holds that joins another.
pub(crate) async fn move_holdings(tx: &DatabaseTransaction, from: Uuid, to: Uuid) -> Result<(), Error> {
    for row in holding::Entity::find().filter(holding::Column::ResidentId.eq(from)).all(tx).await? {
        hold(tx, to, (row.kind.as_str(), row.subject), &row.origin, row.created_at).await?;
    }
    holding::Entity::delete_many().filter(holding::Column::ResidentId.eq(from)).exec(tx).await?;
    Ok(())
}

/// All that an account holds: kind and subject.
pub(crate) async fn holdings(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<(String, Uuid)>, Error> {
    let find = holding::Entity::find().filter(holding::Column::ResidentId.eq(resident));
    let rows = find.order_by_desc(holding::Column::CreatedAt).limit(MOST).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.subject)).collect())
}

/// Who may open a draft may open what it became, a case or a bundle.
pub(crate) async fn pass_on(
    tx: &DatabaseTransaction,
    draft: Uuid,
    (kind, subject): (&'static str, Uuid),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let sessions = access::Entity::find().filter(access::Column::Kind.eq("draft"));
    for row in sessions.filter(access::Column::Subject.eq(draft)).all(tx).await? {
        access_insert(tx, &row.session_hash, kind, subject, now).await?;
    }
    let residents = holding::Entity::find().filter(holding::Column::Kind.eq("draft"));
    for row in residents.filter(holding::Column::Subject.eq(draft)).all(tx).await? {
        hold(tx, row.resident_id, (kind, subject), &row.origin, now).await?;
    }
    Ok(())
}

/// Nobody may open a draft that is deleted.
pub(crate) async fn shut_draft(tx: &DatabaseTransaction, draft: Uuid) -> Result<(), Error> {
    let sessions = access::Entity::delete_many().filter(access::Column::Kind.eq("draft"));
    sessions.filter(access::Column::Subject.eq(draft)).exec(tx).await?;
    let residents = holding::Entity::delete_many().filter(holding::Column::Kind.eq("draft"));
    residents.filter(holding::Column::Subject.eq(draft)).exec(tx).await?;
    Ok(())
}

pub(super) async fn session_hashes(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<String>, Error> {
    let rows = session::Entity::find().filter(session::Column::ResidentId.eq(resident)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.token_hash).collect())
}
