//! Rows of the audit about a resident, and questions about them.

use chrono::{DateTime, Utc};
use domain::audit::Plain;
use entity::{audit, audit_question};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{About, Place};
use crate::error::Error;

pub(super) use entity::audit::Model as AuditRow;
pub(super) use entity::audit_question::Model as QuestionRow;

/// The last rows before a place. Of one moment in the order of chain and number, so that every page has the same.
pub(super) async fn about(
    db: &impl ConnectionTrait,
    about: &About,
    before: Option<Place>,
    limit: u64,
) -> Result<Vec<AuditRow>, Error> {
    use audit::Column::{Actor, At, CaseId, Chain, DraftId, Seq};
    let whose = Condition::any()
        .add(CaseId.is_in(about.cases.iter().copied()))
        .add(DraftId.is_in(about.drafts.iter().copied()))
        .add(Actor.is_in(about.actors.iter().map(String::as_str)));
    let mut find = audit::Entity::find().filter(whose);
    if let Some(place) = before {
        let at = DateTime::<Utc>::from_timestamp_micros(place.micros).unwrap_or(DateTime::UNIX_EPOCH);
        let same = Condition::any()
            .add(Chain.lt(place.chain))
            .add(Condition::all().add(Chain.eq(place.chain)).add(Seq.lt(place.seq)));
        find = find.filter(Condition::any().add(At.lt(at)).add(Condition::all().add(At.eq(at)).add(same)));
    }
    Ok(find.order_by_desc(At).order_by_desc(Chain).order_by_desc(Seq).limit(limit).all(db).await?)
}

/// What the same person did in a span of time under these ids, or under none, the last first.
pub(super) async fn beside(
    db: &impl ConnectionTrait,
    row: &AuditRow,
    ids: &[Uuid],
    (from, before): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<AuditRow>, Error> {
    use audit::Column::{Actor, At, CaseId, Chain, DraftId, Office, Seq};
    let same = if ids.is_empty() {
        Condition::all().add(CaseId.is_null()).add(DraftId.is_null())
    } else {
        let ids = || ids.iter().copied();
        Condition::any().add(CaseId.is_in(ids())).add(DraftId.is_in(ids()))
    };
    let find = audit::Entity::find().filter(Actor.eq(row.actor.as_str())).filter(Office.eq(row.office.as_str()));
    let find = find.filter(same).filter(At.gte(from)).filter(At.lt(before));
    Ok(find.order_by_desc(At).order_by_desc(Chain).order_by_desc(Seq).all(db).await?)
}

/// Browsers in which these were begun without an account. Who began one in another's stead did so under a mandate, and
/// is named by the account.
pub(super) async fn begun(db: &impl ConnectionTrait, drafts: &[Uuid]) -> Result<Vec<String>, Error> {
    let rows = audit::Entity::find()
        .filter(audit::Column::DraftId.is_in(drafts.iter().copied()))
        .filter(audit::Column::Deed.eq(Plain::BeganDraft.key()))
        .filter(audit::Column::ActorKind.eq("resident"))
        .all(db)
        .await?;
    // The id of an account is no browser's.
    Ok(rows.into_iter().map(|row| row.actor).filter(|actor| Uuid::parse_str(actor).is_err()).collect())
}

pub(super) async fn row(db: &impl ConnectionTrait, chain: i32, seq: i64) -> Result<Option<AuditRow>, Error> {
    Ok(audit::Entity::find_by_id((chain, seq)).one(db).await?)
}

pub(super) async fn question_insert(tx: &DatabaseTransaction, row: QuestionRow) -> Result<(), Error> {
    audit_question::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn question_fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<QuestionRow>, Error> {
    Ok(audit_question::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn questions_of(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<QuestionRow>, Error> {
    let find = audit_question::Entity::find().filter(audit_question::Column::ResidentId.eq(resident));
    Ok(find.order_by_asc(audit_question::Column::AskedAt).all(db).await?)
}

pub(super) async fn waiting_of(db: &impl ConnectionTrait, resident: Uuid) -> Result<u64, Error> {
    Ok(audit_question::Entity::find()
        .filter(audit_question::Column::ResidentId.eq(resident))
        .filter(audit_question::Column::AnsweredAt.is_null())
        .count(db)
        .await?)
}

/// Those without an answer first, the oldest first.
pub(super) async fn questions(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<QuestionRow>, Error> {
    Ok(audit_question::Entity::find()
        .order_by_asc(Expr::col(audit_question::Column::AnsweredAt).is_not_null())
        .order_by_asc(audit_question::Column::AskedAt)
        .order_by_asc(audit_question::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// Says no when it was answered before.
pub(super) async fn question_answer(
    tx: &DatabaseTransaction,
    id: Uuid,
    (worker, answer): (Uuid, entity::Sealed),
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = audit_question::Entity::update_many()
        .col_expr(audit_question::Column::AnsweredAt, Expr::value(now))
        .col_expr(audit_question::Column::AnsweredBy, Expr::value(worker))
        .col_expr(audit_question::Column::Answer, Expr::value(answer))
        .filter(audit_question::Column::Id.eq(id))
        .filter(audit_question::Column::AnsweredAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}
