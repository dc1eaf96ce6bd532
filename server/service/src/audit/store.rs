//! The audit as rows: they are added and read, never changed. And what was searched in them.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::audit::Plain;
use entity::{audit, audit_head, audit_search, case_person, worker};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;

pub(crate) use entity::audit::Model as AuditRow;
pub(crate) use entity::audit_head::Model as HeadRow;
pub(super) use entity::audit_search::Model as SearchRow;

/// Ids in one query: both engines take so many.
const IDS: usize = 500;

/// A chain that nobody else writes to until this transaction ends. The first query of a transaction, so that what it
/// reads of the head is the latest.
///
/// # Errors
/// [`Error::Overloaded`] when every chain is taken.
pub(super) async fn claim(tx: &impl ConnectionTrait) -> Result<HeadRow, Error> {
    let mut find = audit_head::Entity::find().limit(1);
    if tx.get_database_backend() == DbBackend::Postgres {
        find = find.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    find.one(tx).await?.ok_or(Error::Overloaded)
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

/// Rows of workers by what was done, the latest first.
pub(super) async fn of_workers(
    db: &impl ConnectionTrait,
    deeds: &[Plain],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    limit: u64,
) -> Result<Vec<AuditRow>, Error> {
    let find = audit::Entity::find()
        .filter(audit::Column::At.gte(from))
        .filter(audit::Column::At.lt(until))
        .filter(audit::Column::ActorKind.eq("worker"))
        .filter(audit::Column::Deed.is_in(deeds.iter().map(|deed| deed.key())));
    Ok(latest_first(find).limit(limit).all(db).await?)
}

/// Which workers did something else than `looks` on which of these cases since a moment.
pub(super) async fn who_acted(
    db: &impl ConnectionTrait,
    cases: &[Uuid],
    looks: &[Plain],
    from: DateTime<Utc>,
) -> Result<HashSet<(String, Uuid)>, Error> {
    let mut out = HashSet::new();
    for cases in cases.chunks(IDS) {
        let find = audit::Entity::find()
            .select_only()
            .column(audit::Column::Actor)
            .column(audit::Column::CaseId)
            .distinct()
            .filter(audit::Column::CaseId.is_in(cases.iter().copied()))
            .filter(audit::Column::At.gte(from))
            .filter(audit::Column::ActorKind.eq("worker"))
            .filter(audit::Column::Deed.is_not_in(looks.iter().map(|look| look.key())));
        out.extend(find.into_tuple::<(String, Uuid)>().all(db).await?);
    }
    Ok(out)
}

/// Whose rows are searched: what was done to a person's cases and drafts, and by the person; or by a worker.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub(super) struct Subject {
    pub actors: Vec<String>,
    pub cases: Vec<Uuid>,
    pub drafts: Vec<Uuid>,
}

/// Where a page begins: behind the row at this time with this place in its chain.
pub(super) type After = (DateTime<Utc>, i32, i64);

/// The latest first.
pub(super) async fn of_subject(
    db: &impl ConnectionTrait,
    subject: &Subject,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    after: Option<After>,
    limit: u64,
) -> Result<Vec<AuditRow>, Error> {
    let whose = Condition::any()
        .add(audit::Column::Actor.is_in(subject.actors.iter().map(String::as_str)))
        .add(audit::Column::CaseId.is_in(subject.cases.iter().copied()))
        .add(audit::Column::DraftId.is_in(subject.drafts.iter().copied()));
    let mut find =
        audit::Entity::find().filter(whose).filter(audit::Column::At.gte(from)).filter(audit::Column::At.lt(until));
    if let Some((at, chain, seq)) = after {
        let before =
            Expr::tuple([Expr::col(audit::Column::At), Expr::col(audit::Column::Chain), Expr::col(audit::Column::Seq)]);
        find = find.filter(before.lt(Expr::tuple([Expr::value(at), Expr::value(chain), Expr::value(seq)])));
    }
    Ok(latest_first(find).limit(limit).all(db).await?)
}

fn latest_first(find: sea_orm::Select<audit::Entity>) -> sea_orm::Select<audit::Entity> {
    find.order_by_desc(audit::Column::At).order_by_desc(audit::Column::Chain).order_by_desc(audit::Column::Seq)
}

/// Names of workers by their ids.
pub(super) async fn names(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<String, String>, Error> {
    let mut out = HashMap::new();
    for ids in ids.chunks(IDS) {
        let find = worker::Entity::find().select_only().column(worker::Column::Id).column(worker::Column::Name);
        let found = find.filter(worker::Column::Id.is_in(ids.iter().copied())).into_tuple::<(Uuid, String)>();
        out.extend(found.all(db).await?.into_iter().map(|(id, name)| (id.to_string(), name)));
    }
    Ok(out)
}

/// Workers of this name, or the one of this login.
pub(super) async fn workers_called(db: &impl ConnectionTrait, text: &str) -> Result<Vec<Uuid>, Error> {
    let called = Condition::any().add(worker::Column::Name.eq(text)).add(worker::Column::Login.eq(text.to_lowercase()));
    let find = worker::Entity::find().select_only().column(worker::Column::Id).filter(called);
    Ok(find.limit(IDS as u64).into_tuple().all(db).await?)
}

pub(super) async fn search_insert(tx: &DatabaseTransaction, row: SearchRow) -> Result<(), Error> {
    audit_search::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn search_fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<SearchRow>, Error> {
    Ok(audit_search::Entity::find_by_id(id).one(db).await?)
}

/// Those that are there already stay.
pub(super) async fn persons_insert(
    tx: &DatabaseTransaction,
    case: Uuid,
    blinds: BTreeSet<String>,
) -> Result<(), Error> {
    let rows = blinds.into_iter().map(|blind| case_person::ActiveModel { case_id: Set(case), blind: Set(blind) });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    let again = OnConflict::columns([case_person::Column::CaseId, case_person::Column::Blind]).do_nothing().to_owned();
    case_person::Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// The latest ones, as many as one search takes.
pub(super) async fn cases_of_person(db: &impl ConnectionTrait, blind: &str) -> Result<Vec<Uuid>, Error> {
    let find = case_person::Entity::find().select_only().column(case_person::Column::CaseId);
    let find = find.filter(case_person::Column::Blind.eq(blind)).order_by_desc(case_person::Column::CaseId);
    Ok(find.limit(IDS as u64).into_tuple().all(db).await?)
}
