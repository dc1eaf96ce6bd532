//! Grants, contracts and ties as rows.

use chrono::{DateTime, NaiveDate, Utc};
use domain::desk::{Contract, Grant, Items, Role, Scope};
use entity::{contract, proposal, worker, worker_grant, worker_tie};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::NewGrant;
use crate::error::Error;

pub(super) use entity::contract::Model as ContractRow;
pub(super) use entity::proposal::Model as ProposalRow;
pub(super) use entity::worker::Model as WorkerRow;
pub(super) use entity::worker_grant::Model as GrantRow;
pub(super) use entity::worker_tie::Model as TieRow;

/// Codes that stand in one column.
pub(super) fn codes<C: FromIterator<String>>(text: &str) -> C {
    text.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// What a row gives; none for a role that this program does not know.
pub(super) fn grant_of(row: &GrantRow) -> Option<Grant> {
    Some(Grant {
        role: Role::from_key(&row.role)?,
        scope: Scope { at: row.at.clone(), below: row.below },
        items: row.items.as_deref().map_or(Items::All, |text| Items::Listed(codes(text))),
        from: row.valid_from,
        until: row.valid_to,
        areas: None,
    })
}

/// All that was ever given to a worker, the last first.
pub(super) async fn all_of(db: &impl ConnectionTrait, worker: Uuid) -> Result<Vec<GrantRow>, Error> {
    let find = worker_grant::Entity::find().filter(worker_grant::Column::WorkerId.eq(worker));
    Ok(find.order_by_desc(worker_grant::Column::Id).all(db).await?)
}

/// What was given to these workers and not taken back.
pub(super) async fn held_by(db: &impl ConnectionTrait, workers: Vec<Uuid>) -> Result<Vec<GrantRow>, Error> {
    let find = worker_grant::Entity::find().filter(worker_grant::Column::WorkerId.is_in(workers));
    Ok(find.filter(worker_grant::Column::RevokedAt.is_null()).all(db).await?)
}

pub(super) async fn contracts_of(db: &impl ConnectionTrait, office: &str) -> Result<Vec<Contract>, Error> {
    let rows = contract::Entity::find().filter(contract::Column::Office.eq(office)).all(db).await?;
    let one = |row: contract::Model| Contract {
        items: codes(&row.items),
        areas: codes(&row.areas),
        from: row.valid_from,
        until: row.valid_to,
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Those whose cases a worker leaves to colleagues.
pub(super) async fn ties_of(db: &impl ConnectionTrait, worker: Uuid) -> Result<Vec<TieRow>, Error> {
    Ok(worker_tie::Entity::find().filter(worker_tie::Column::WorkerId.eq(worker)).all(db).await?)
}

/// As the kind of a tie is stored.
pub(super) const OWN: &str = "own";

/// The accounts whose owner was declared so.
pub(super) async fn owners(db: &impl ConnectionTrait, blinds: Vec<String>) -> Result<Vec<Uuid>, Error> {
    let find = worker_tie::Entity::find().filter(worker_tie::Column::Kind.eq(OWN));
    let rows = find.filter(worker_tie::Column::Blind.is_in(blinds)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.worker_id).collect())
}

pub(super) async fn worker_fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<WorkerRow>, Error> {
    Ok(worker::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn names_of(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<(Uuid, String)>, Error> {
    let rows = worker::Entity::find().filter(worker::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Of two who change the rights of a person at once, the second waits and looks again.
pub(crate) async fn touch(tx: &DatabaseTransaction, workers: &[Uuid]) -> Result<(), Error> {
    worker::Entity::update_many()
        .col_expr(worker::Column::Rights, Expr::col(worker::Column::Rights).add(1))
        .filter(worker::Column::Id.is_in(workers.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn insert(
    tx: &DatabaseTransaction,
    worker: Uuid,
    new: &NewGrant,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let items = match &new.items {
        Items::All => None,
        Items::Listed(codes) => Some(codes.iter().cloned().collect::<Vec<_>>().join(",")),
    };
    let row = worker_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        worker_id: Set(worker),
        role: Set(new.role.key().to_owned()),
        at: Set(new.scope.at.clone()),
        below: Set(new.scope.below),
        items: Set(items),
        valid_from: Set(new.from),
        valid_to: Set(new.until),
        given_by: Set(by),
        given_at: Set(now),
        revoked_by: Set(None),
        revoked_at: Set(None),
    };
    worker_grant::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// `false`: it is not this worker's, or was taken back already.
pub(super) async fn revoke(
    tx: &DatabaseTransaction,
    worker: Uuid,
    grant: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = worker_grant::Entity::update_many()
        .col_expr(worker_grant::Column::RevokedBy, Expr::value(by))
        .col_expr(worker_grant::Column::RevokedAt, Expr::value(now))
        .filter(worker_grant::Column::Id.eq(grant))
        .filter(worker_grant::Column::WorkerId.eq(worker))
        .filter(worker_grant::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// All of them, the last first.
pub(super) async fn contracts(db: &impl ConnectionTrait) -> Result<Vec<ContractRow>, Error> {
    Ok(contract::Entity::find()
        .order_by_desc(contract::Column::ValidFrom)
        .order_by_desc(contract::Column::Id)
        .all(db)
        .await?)
}

pub(super) async fn contract(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<ContractRow>, Error> {
    Ok(contract::Entity::find_by_id(id).one(db).await?)
}

/// No: it was over already.
pub(super) async fn contract_end(tx: &DatabaseTransaction, id: Uuid, last: NaiveDate) -> Result<bool, Error> {
    let done = contract::Entity::update_many()
        .col_expr(contract::Column::ValidTo, Expr::value(last))
        .filter(contract::Column::Id.eq(id))
        .filter(contract::Column::ValidTo.gt(last))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Whether just this was agreed already.
pub(super) async fn contract_exists(
    tx: &DatabaseTransaction,
    office: &str,
    (items, areas): (&[String], &[String]),
    (from, until): (NaiveDate, NaiveDate),
) -> Result<bool, Error> {
    let find = contract::Entity::find()
        .filter(contract::Column::Office.eq(office))
        .filter(contract::Column::Items.eq(items.join(",")))
        .filter(contract::Column::Areas.eq(areas.join(",")))
        .filter(contract::Column::ValidFrom.eq(from))
        .filter(contract::Column::ValidTo.eq(until));
    Ok(find.one(tx).await?.is_some())
}

pub(super) async fn contract_insert(
    tx: &DatabaseTransaction,
    office: &str,
    (items, areas): (&[String], &[String]),
    (from, until): (NaiveDate, NaiveDate),
) -> Result<(), Error> {
    let row = contract::ActiveModel {
        id: Set(Uuid::now_v7()),
        office: Set(office.to_owned()),
        items: Set(items.join(",")),
        areas: Set(areas.join(",")),
        valid_from: Set(from),
        valid_to: Set(until),
    };
    contract::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn proposal_insert(tx: &DatabaseTransaction, row: ProposalRow) -> Result<(), Error> {
    proposal::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// What waits, the oldest first.
pub(super) async fn proposals(db: &impl ConnectionTrait) -> Result<Vec<ProposalRow>, Error> {
    Ok(proposal::Entity::find().order_by_asc(proposal::Column::MadeAt).all(db).await?)
}

pub(super) async fn proposal(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<ProposalRow>, Error> {
    Ok(proposal::Entity::find_by_id(id).one(db).await?)
}

/// No: somebody was quicker.
pub(super) async fn proposal_end(tx: &DatabaseTransaction, id: Uuid) -> Result<bool, Error> {
    Ok(proposal::Entity::delete_by_id(id).exec(tx).await?.rows_affected == 1)
}
