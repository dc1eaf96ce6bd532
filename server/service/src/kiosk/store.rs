//! Kiosks, what is under way at them, and codes for another device, as rows.

use chrono::{DateTime, Utc};
use entity::{access, city_visit, draft, hand_over, holding, kiosk, merge_offer, one_time_code, session};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::draft::Model as DraftRow;
pub(super) use entity::hand_over::Model as CodeRow;
pub(super) use entity::kiosk::Model as KioskRow;

pub(super) async fn fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<KioskRow>, Error> {
    Ok(kiosk::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn by_token(db: &impl ConnectionTrait, hash: &str) -> Result<Option<KioskRow>, Error> {
    Ok(kiosk::Entity::find().filter(kiosk::Column::TokenHash.eq(hash)).one(db).await?)
}

/// The kiosk that waits for this code.
pub(super) async fn by_code(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<KioskRow>, Error> {
    let find = kiosk::Entity::find().filter(kiosk::Column::CodeHash.eq(hash)).filter(kiosk::Column::CodeUntil.gt(now));
    Ok(find.filter(kiosk::Column::EndedAt.is_null()).one(db).await?)
}

pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<KioskRow>, Error> {
    let find = kiosk::Entity::find().order_by_asc(kiosk::Column::Office).order_by_asc(kiosk::Column::Name);
    Ok(find.order_by_asc(kiosk::Column::Id).all(db).await?)
}

pub(super) async fn insert(tx: &DatabaseTransaction, row: KioskRow) -> Result<(), Error> {
    kiosk::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn set_code(
    tx: &DatabaseTransaction,
    id: Uuid,
    hash: &str,
    until: DateTime<Utc>,
) -> Result<(), Error> {
    kiosk::Entity::update_many()
        .col_expr(kiosk::Column::CodeHash, Expr::value(hash))
        .col_expr(kiosk::Column::CodeUntil, Expr::value(until))
        .filter(kiosk::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// A device has typed the code: of two at once, one becomes the kiosk.
pub(super) async fn enrol(
    tx: &DatabaseTransaction,
    code: &str,
    token: &str,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let none = || Expr::value(Option::<DateTime<Utc>>::None);
    let done = kiosk::Entity::update_many()
        .col_expr(kiosk::Column::TokenHash, Expr::value(token))
        .col_expr(kiosk::Column::EnrolledAt, Expr::value(now))
        .col_expr(kiosk::Column::CodeHash, Expr::value(Option::<String>::None))
        .col_expr(kiosk::Column::CodeUntil, none())
        .col_expr(kiosk::Column::SeenAt, none())
        .col_expr(kiosk::Column::CalledAt, none())
        .filter(kiosk::Column::CodeHash.eq(code))
        .filter(kiosk::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

pub(super) async fn end(tx: &DatabaseTransaction, id: Uuid, now: DateTime<Utc>) -> Result<(), Error> {
    kiosk::Entity::update_many()
        .col_expr(kiosk::Column::EndedAt, Expr::value(now))
        .col_expr(kiosk::Column::CodeHash, Expr::value(Option::<String>::None))
        .col_expr(kiosk::Column::CalledAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(kiosk::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn used(tx: &DatabaseTransaction, id: Uuid, now: DateTime<Utc>) -> Result<(), Error> {
    set_time(tx, id, kiosk::Column::UsedAt, Some(now)).await
}

pub(super) async fn came(tx: &DatabaseTransaction, id: Uuid) -> Result<(), Error> {
    set_time(tx, id, kiosk::Column::CalledAt, None).await
}

async fn set_time(
    tx: &DatabaseTransaction,
    id: Uuid,
    column: kiosk::Column,
    at: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    let update = kiosk::Entity::update_many().col_expr(column, Expr::value(at));
    update.filter(kiosk::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Who calls again waits since the first time.
pub(super) async fn call(tx: &DatabaseTransaction, id: Uuid, now: DateTime<Utc>) -> Result<(), Error> {
    kiosk::Entity::update_many()
        .col_expr(kiosk::Column::CalledAt, Expr::value(now))
        .filter(kiosk::Column::Id.eq(id))
        .filter(kiosk::Column::CalledAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Where somebody waits, the longest first.
pub(super) async fn calling(db: &impl ConnectionTrait, office: &str) -> Result<Vec<KioskRow>, Error> {
    let find = kiosk::Entity::find().filter(kiosk::Column::Office.eq(office));
    let find = find.filter(kiosk::Column::CalledAt.is_not_null()).filter(kiosk::Column::EndedAt.is_null());
    Ok(find.order_by_asc(kiosk::Column::CalledAt).order_by_asc(kiosk::Column::Id).all(db).await?)
}

pub(super) async fn seen(
    tx: &DatabaseTransaction,
    id: Uuid,
    (version, paper): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    kiosk::Entity::update_many()
        .col_expr(kiosk::Column::SeenAt, Expr::value(now))
        .col_expr(kiosk::Column::Version, Expr::value(version))
        .col_expr(kiosk::Column::Paper, Expr::value(paper))
        .filter(kiosk::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

// ---- what is under way ----

/// Drafts that a session may open.
pub(super) async fn drafts_of(db: &impl ConnectionTrait, session: &str) -> Result<Vec<Uuid>, Error> {
    let find = access::Entity::find().filter(access::Column::SessionHash.eq(session));
    let rows = find.filter(access::Column::Kind.eq("draft")).all(db).await?;
    Ok(rows.into_iter().map(|row| row.subject).collect())
}

/// Begun at a kiosk and not sent. The answer to a correction goes with its case.
pub(super) fn is_begun_here(row: &DraftRow) -> bool {
    row.channel == "kiosk" && row.case_id.is_none() && row.correction_of.is_none()
}

/// Whether an account, or another session than this, may open a draft.
pub(super) async fn is_of_others(db: &impl ConnectionTrait, draft: Uuid, session: &str) -> Result<bool, Error> {
    let others = access::Entity::find().filter(access::Column::Kind.eq("draft"));
    let others = others.filter(access::Column::Subject.eq(draft)).filter(access::Column::SessionHash.ne(session));
    let held = holding::Entity::find().filter(holding::Column::Kind.eq("draft"));
    let held = held.filter(holding::Column::Subject.eq(draft));
    Ok(others.one(db).await?.is_some() || held.one(db).await?.is_some())
}

/// The session with all that hangs on it: what it opens, codes it waits for, offers, codes it made.
pub(super) async fn session_delete(tx: &DatabaseTransaction, hash: &str) -> Result<(), Error> {
    one_time_code::Entity::delete_many().filter(one_time_code::Column::SessionHash.eq(hash)).exec(tx).await?;
    city_visit::Entity::delete_many().filter(city_visit::Column::SessionHash.eq(hash)).exec(tx).await?;
    merge_offer::Entity::delete_many().filter(merge_offer::Column::SessionHash.eq(hash)).exec(tx).await?;
    hand_over::Entity::delete_many().filter(hand_over::Column::SessionHash.eq(hash)).exec(tx).await?;
    access::Entity::delete_many().filter(access::Column::SessionHash.eq(hash)).exec(tx).await?;
    session::Entity::delete_by_id(hash.to_owned()).exec(tx).await?;
    Ok(())
}

pub(super) async fn sessions_idle(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<String>, Error> {
    let find = session::Entity::find().filter(session::Column::KioskId.is_not_null());
    let rows = find.filter(session::Column::SeenAt.lt(before)).limit(limit).all(db).await?;
    Ok(rows.into_iter().map(|row| row.token_hash).collect())
}

/// What was begun at kiosks, not sent, and nobody may open any more.
pub(super) async fn drafts_left(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, Error> {
    let opened = Query::select()
        .column(access::Column::Subject)
        .from(access::Entity)
        .and_where(access::Column::Kind.eq("draft"))
        .to_owned();
    let held = Query::select()
        .column(holding::Column::Subject)
        .from(holding::Entity)
        .and_where(holding::Column::Kind.eq("draft"))
        .to_owned();
    let find = draft::Entity::find().select_only().column(draft::Column::Id);
    let find = find
        .filter(draft::Column::Channel.eq("kiosk"))
        .filter(draft::Column::CaseId.is_null())
        .filter(draft::Column::CorrectionOf.is_null())
        .filter(draft::Column::SavedAt.lt(before))
        .filter(draft::Column::Id.not_in_subquery(opened))
        .filter(draft::Column::Id.not_in_subquery(held));
    Ok(find.limit(limit).into_tuple().all(db).await?)
}

// ---- codes ----

pub(super) async fn code_insert(tx: &DatabaseTransaction, row: CodeRow) -> Result<(), Error> {
    // Only the last one counts.
    let before = hand_over::Entity::delete_many().filter(hand_over::Column::SessionHash.eq(&row.session_hash));
    before.filter(hand_over::Column::Subject.eq(row.subject)).exec(tx).await?;
    hand_over::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// The code that a session made for a subject, while it is good.
pub(super) async fn code_of(
    db: &impl ConnectionTrait,
    session: &str,
    (kind, subject): (&str, Uuid),
    now: DateTime<Utc>,
) -> Result<Option<CodeRow>, Error> {
    let find = hand_over::Entity::find().filter(hand_over::Column::SessionHash.eq(session));
    let find = find.filter(hand_over::Column::Kind.eq(kind)).filter(hand_over::Column::Subject.eq(subject));
    Ok(find.filter(hand_over::Column::Until.gt(now)).one(db).await?)
}

pub(super) async fn code_fetch(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<CodeRow>, Error> {
    let find = hand_over::Entity::find().filter(hand_over::Column::CodeHash.eq(hash));
    Ok(find.filter(hand_over::Column::Until.gt(now)).one(db).await?)
}

pub(super) async fn code_use(tx: &DatabaseTransaction, id: Uuid) -> Result<bool, Error> {
    Ok(hand_over::Entity::delete_by_id(id).exec(tx).await?.rows_affected == 1)
}

/// A draft that was taken along is not open any more where it was.
pub(super) async fn shut_here(tx: &DatabaseTransaction, session: &str, draft: Uuid) -> Result<(), Error> {
    access::Entity::delete_by_id((session.to_owned(), "draft".to_owned(), draft)).exec(tx).await?;
    Ok(())
}

pub(super) async fn codes_over(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, Error> {
    Ok(hand_over::Entity::find().filter(hand_over::Column::Until.lte(now)).count(db).await?)
}

pub(super) async fn codes_delete(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<(), Error> {
    hand_over::Entity::delete_many().filter(hand_over::Column::Until.lte(now)).exec(tx).await?;
    Ok(())
}
