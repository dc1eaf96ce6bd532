//! Workers and what they sign in with, as rows.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{
    desk_device, invitation, known_device, passkey_challenge, recovery_code, session, sign_in, tries, worker,
    worker_factor, worker_grant, worker_passkey,
};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::error::Error;
use crate::vault::Sealed;

pub(super) use entity::desk_device::Model as DeviceRow;
pub(super) use entity::invitation::Model as InvitationRow;
pub(super) use entity::session::Model as SessionRow;
pub(super) use entity::sign_in::Model as SignInRow;
pub(super) use entity::worker::Model as WorkerRow;
pub(super) use entity::worker_factor::Model as FactorRow;

// ---- workers ----

pub(super) async fn by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<WorkerRow>, Error> {
    Ok(worker::Entity::find().filter(worker::Column::Login.eq(login)).one(db).await?)
}

pub(super) async fn worker(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<WorkerRow>, Error> {
    Ok(worker::Entity::find_by_id(id).one(db).await?)
}

pub(super) async fn set_password(tx: &DatabaseTransaction, id: Uuid, hash: &str) -> Result<(), Error> {
    worker::Entity::update_many()
        .col_expr(worker::Column::PasswordHash, Expr::value(hash))
        .filter(worker::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn set_active(tx: &DatabaseTransaction, id: Uuid, active: bool) -> Result<(), Error> {
    worker::Entity::update_many()
        .col_expr(worker::Column::Active, Expr::value(active))
        .filter(worker::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn demo_workers(db: &impl ConnectionTrait) -> Result<Vec<(WorkerRow, Option<FactorRow>)>, Error> {
    let find = worker::Entity::find().filter(worker::Column::Demo.eq(true)).filter(worker::Column::Active.eq(true));
    let mut all = Vec::new();
    for worker in find.order_by_asc(worker::Column::Login).all(db).await? {
        let factor = factor(db, worker.id).await?;
        all.push((worker, factor));
    }
    Ok(all)
}

// ---- the second factor ----

pub(super) async fn factor(db: &impl ConnectionTrait, worker: Uuid) -> Result<Option<FactorRow>, Error> {
    Ok(worker_factor::Entity::find_by_id(worker).one(db).await?)
}

/// A secret that no code was entered of yet, in the place of one that is as new.
pub(super) async fn factor_begin(tx: &DatabaseTransaction, worker: Uuid, secret: Option<Sealed>) -> Result<(), Error> {
    let row = FactorRow {
        worker_id: worker,
        secret,
        next_secret: None,
        last_step: 0,
        confirmed_at: None,
        recovery_round: 0,
        recovery_noted: false,
    };
    let kept = OnConflict::column(worker_factor::Column::WorkerId).do_nothing().to_owned();
    worker_factor::Entity::insert(row.into_active_model()).on_conflict(kept).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes a code of this time step. No: one of this step or a later one was taken before.
pub(super) async fn take_step(tx: &DatabaseTransaction, worker: Uuid, step: i64) -> Result<bool, Error> {
    let taken = worker_factor::Entity::update_many()
        .col_expr(worker_factor::Column::LastStep, Expr::value(step))
        .filter(worker_factor::Column::WorkerId.eq(worker))
        .filter(worker_factor::Column::LastStep.lt(step))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

pub(super) async fn factor_confirm(tx: &DatabaseTransaction, worker: Uuid, now: DateTime<Utc>) -> Result<(), Error> {
    worker_factor::Entity::update_many()
        .col_expr(worker_factor::Column::ConfirmedAt, Expr::value(now))
        .filter(worker_factor::Column::WorkerId.eq(worker))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn set_next_secret(tx: &DatabaseTransaction, worker: Uuid, secret: Sealed) -> Result<(), Error> {
    worker_factor::Entity::update_many()
        .col_expr(worker_factor::Column::NextSecret, Expr::value(secret))
        .filter(worker_factor::Column::WorkerId.eq(worker))
        .exec(tx)
        .await?;
    Ok(())
}

/// The next secret becomes the one.
pub(super) async fn swap_secret(
    tx: &DatabaseTransaction,
    worker: Uuid,
    secret: Sealed,
    step: i64,
) -> Result<(), Error> {
    worker_factor::Entity::update_many()
        .col_expr(worker_factor::Column::Secret, Expr::value(secret))
        .col_expr(worker_factor::Column::NextSecret, Expr::value(None::<String>))
        .col_expr(worker_factor::Column::LastStep, Expr::value(step))
        .filter(worker_factor::Column::WorkerId.eq(worker))
        .exec(tx)
        .await?;
    Ok(())
}

// ---- recovery codes ----

pub(super) async fn replace_codes(
    tx: &DatabaseTransaction,
    worker: Uuid,
    round: i32,
    hashes: &[String],
) -> Result<(), Error> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::WorkerId.eq(worker)).exec(tx).await?;
    let row = |hash: &String| recovery_code::ActiveModel {
        worker_id: Set(worker),
        code_hash: Set(hash.clone()),
        used_at: Set(None),
    };
    recovery_code::Entity::insert_many(hashes.iter().map(row)).exec_without_returning(tx).await?;
    worker_factor::Entity::update_many()
        .col_expr(worker_factor::Column::RecoveryRound, Expr::value(round))
        .col_expr(worker_factor::Column::RecoveryNoted, Expr::value(false))
        .filter(worker_factor::Column::WorkerId.eq(worker))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn codes_noted(tx: &DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    worker_factor::Entity::update_many()
        .col_expr(worker_factor::Column::RecoveryNoted, Expr::value(true))
        .filter(worker_factor::Column::WorkerId.eq(worker))
        .exec(tx)
        .await?;
    Ok(())
}

fn unused(worker: Uuid) -> sea_orm::Select<recovery_code::Entity> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::WorkerId.eq(worker))
        .filter(recovery_code::Column::UsedAt.is_null())
}

pub(super) async fn codes_left(db: &impl ConnectionTrait, worker: Uuid) -> Result<u64, Error> {
    Ok(unused(worker).count(db).await?)
}

pub(super) async fn is_code(db: &impl ConnectionTrait, worker: Uuid, hash: &str) -> Result<bool, Error> {
    Ok(unused(worker).filter(recovery_code::Column::CodeHash.eq(hash)).one(db).await?.is_some())
}

/// No: it was used before.
pub(super) async fn use_code(
    tx: &DatabaseTransaction,
    worker: Uuid,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let used = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
        .filter(recovery_code::Column::WorkerId.eq(worker))
        .filter(recovery_code::Column::CodeHash.eq(hash))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

// ---- sign-ins under way ----

pub(super) async fn sign_in(db: &impl ConnectionTrait, hash: &str) -> Result<Option<SignInRow>, Error> {
    Ok(sign_in::Entity::find_by_id(hash.to_owned()).one(db).await?)
}

pub(super) async fn sign_in_insert(tx: &DatabaseTransaction, row: SignInRow) -> Result<(), Error> {
    row.into_active_model().insert(tx).await?;
    Ok(())
}

/// No: it was ended by another before.
pub(super) async fn sign_in_end(tx: &DatabaseTransaction, hash: &str) -> Result<bool, Error> {
    Ok(sign_in::Entity::delete_by_id(hash.to_owned()).exec(tx).await?.rows_affected == 1)
}

pub(super) async fn sign_in_missed(tx: &DatabaseTransaction, hash: &str) -> Result<(), Error> {
    sign_in::Entity::update_many()
        .col_expr(sign_in::Column::Misses, Expr::col(sign_in::Column::Misses).add(1))
        .filter(sign_in::Column::TokenHash.eq(hash))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn end_sign_ins_of(tx: &DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    sign_in::Entity::delete_many().filter(sign_in::Column::WorkerId.eq(worker)).exec(tx).await?;
    Ok(())
}

// ---- devices ----

pub(super) async fn device_insert(tx: &DatabaseTransaction, row: DeviceRow) -> Result<(), Error> {
    row.into_active_model().insert(tx).await?;
    Ok(())
}

pub(super) async fn device_fetch(db: &impl ConnectionTrait, session: &str) -> Result<Option<DeviceRow>, Error> {
    Ok(desk_device::Entity::find_by_id(session.to_owned()).one(db).await?)
}

/// Each with its session, the latest first.
pub(super) async fn devices(
    db: &impl ConnectionTrait,
    worker: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<(DeviceRow, SessionRow)>, Error> {
    let mut all = Vec::new();
    let sessions = session::Entity::find()
        .filter(session::Column::WorkerId.eq(worker))
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_desc(session::Column::SeenAt);
    for session in sessions.all(db).await? {
        if let Some(device) = device_fetch(db, &session.token_hash).await? {
            all.push((device, session));
        }
    }
    Ok(all)
}

pub(super) async fn device_of(db: &impl ConnectionTrait, worker: Uuid, id: Uuid) -> Result<Option<DeviceRow>, Error> {
    let find = desk_device::Entity::find().filter(desk_device::Column::WorkerId.eq(worker));
    Ok(find.filter(desk_device::Column::Id.eq(id)).one(db).await?)
}

pub(super) async fn is_known(db: &impl ConnectionTrait, device: &str, worker: Uuid) -> Result<bool, Error> {
    Ok(known_device::Entity::find_by_id((device.to_owned(), worker)).one(db).await?.is_some())
}

pub(super) async fn know(
    tx: &DatabaseTransaction,
    device: &str,
    worker: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    use known_device::Column;
    let row = known_device::Model { device_hash: device.to_owned(), worker_id: worker, seen_at: now };
    let seen = OnConflict::columns([Column::DeviceHash, Column::WorkerId]).update_column(Column::SeenAt).to_owned();
    known_device::Entity::insert(row.into_active_model()).on_conflict(seen).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn forget_devices(tx: &DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    known_device::Entity::delete_many().filter(known_device::Column::WorkerId.eq(worker)).exec(tx).await?;
    Ok(())
}

/// When a session ends at the latest.
pub(super) async fn session_end(db: &impl ConnectionTrait, session: &str) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(session::Entity::find_by_id(session.to_owned()).one(db).await?.map(|row| row.expires_at))
}

// ---- tries ----

pub(super) async fn tries(db: &impl ConnectionTrait, key: &str) -> Result<Option<tries::Model>, Error> {
    Ok(tries::Entity::find_by_id(key.to_owned()).one(db).await?)
}

pub(super) async fn set_tries(
    tx: &DatabaseTransaction,
    key: &str,
    count: i32,
    since: DateTime<Utc>,
) -> Result<(), Error> {
    let row = tries::Model { key: key.to_owned(), count, since };
    let replace =
        OnConflict::column(tries::Column::Key).update_columns([tries::Column::Count, tries::Column::Since]).to_owned();
    tries::Entity::insert(row.into_active_model()).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn give_back(tx: &DatabaseTransaction, keys: &[String]) -> Result<(), Error> {
    tries::Entity::update_many()
        .col_expr(tries::Column::Count, Expr::col(tries::Column::Count).sub(1))
        .filter(tries::Column::Key.is_in(keys))
        .filter(tries::Column::Count.gt(0))
        .exec(tx)
        .await?;
    Ok(())
}

// ---- what is over ----

/// How many rows of each kind are over by now.
pub(super) async fn over(db: &impl ConnectionTrait, before: &Over) -> Result<u64, Error> {
    let sign_ins = sign_in::Entity::find().filter(sign_in::Column::ExpiresAt.lt(before.sign_ins)).count(db).await?;
    let tries = tries::Entity::find().filter(tries::Column::Since.lt(before.tries)).count(db).await?;
    let devices =
        known_device::Entity::find().filter(known_device::Column::SeenAt.lt(before.devices)).count(db).await?;
    let asked = passkey_challenge::Column::ExpiresAt.lt(before.sign_ins);
    let challenges = passkey_challenge::Entity::find().filter(asked).count(db).await?;
    Ok(sign_ins + tries + devices + challenges)
}

/// Until when rows of each kind are over.
pub(super) struct Over {
    /// And what was asked in them.
    pub sign_ins: DateTime<Utc>,
    pub tries: DateTime<Utc>,
    pub devices: DateTime<Utc>,
}

pub(super) async fn sweep(tx: &DatabaseTransaction, before: &Over) -> Result<(), Error> {
    let asked = passkey_challenge::Column::ExpiresAt.lt(before.sign_ins);
    passkey_challenge::Entity::delete_many().filter(asked).exec(tx).await?;
    sign_in::Entity::delete_many().filter(sign_in::Column::ExpiresAt.lt(before.sign_ins)).exec(tx).await?;
    tries::Entity::delete_many().filter(tries::Column::Since.lt(before.tries)).exec(tx).await?;
    known_device::Entity::delete_many().filter(known_device::Column::SeenAt.lt(before.devices)).exec(tx).await?;
    Ok(())
}

// ---- accounts ----

/// So many are shown at once.
pub(super) const WORKERS_MOST: usize = 200;

/// Somebody who works in an office.
pub(super) fn new_worker(
    id: Uuid,
    login: String,
    name: String,
    office: String,
    password_hash: String,
    now: DateTime<Utc>,
) -> WorkerRow {
    WorkerRow { id, login, name, office, password_hash, active: true, demo: false, created_at: now, rights: 0 }
}

pub(super) async fn worker_insert(tx: &DatabaseTransaction, row: WorkerRow) -> Result<(), Error> {
    row.into_active_model().insert(tx).await?;
    Ok(())
}

/// Those of these offices, and the one with this login. No names: what is sought stands in the address.
pub(super) async fn workers_of(
    db: &impl ConnectionTrait,
    (offices, sought): (&[String], &str),
    own: &[String],
) -> Result<Vec<WorkerRow>, Error> {
    use worker::Column;
    let mut find = worker::Entity::find().filter(Column::Office.is_in(own));
    if !sought.is_empty() {
        let named = Condition::any().add(Column::Login.eq(sought.to_lowercase()));
        find = find.filter(named.add(Column::Office.is_in(offices)));
    }
    let ordered = find.order_by_asc(Column::Office).order_by_asc(Column::Login);
    Ok(ordered.limit(WORKERS_MOST as u64).all(db).await?)
}

/// Without phone, passkeys and recovery codes: a new phone is set up at the next sign-in.
pub(super) async fn factor_end(tx: &DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    worker_passkey::Entity::delete_many().filter(worker_passkey::Column::WorkerId.eq(worker)).exec(tx).await?;
    recovery_code::Entity::delete_many().filter(recovery_code::Column::WorkerId.eq(worker)).exec(tx).await?;
    worker_factor::Entity::delete_by_id(worker).exec(tx).await?;
    Ok(())
}

/// How many who can sign in hold this role.
pub(super) async fn count_of_role(db: &impl ConnectionTrait, role: &str) -> Result<u64, Error> {
    let held = worker_grant::Entity::find()
        .filter(worker_grant::Column::Role.eq(role))
        .filter(worker_grant::Column::RevokedAt.is_null())
        .select_only()
        .column(worker_grant::Column::WorkerId)
        .into_query();
    let find = worker::Entity::find().filter(worker::Column::Active.eq(true));
    Ok(find.filter(worker::Column::Id.in_subquery(held)).count(db).await?)
}

// ---- invitations ----

pub(super) async fn invitation_insert(tx: &DatabaseTransaction, row: InvitationRow) -> Result<(), Error> {
    row.into_active_model().insert(tx).await?;
    Ok(())
}

pub(super) async fn invitation(db: &impl ConnectionTrait, hash: &str) -> Result<Option<InvitationRow>, Error> {
    Ok(invitation::Entity::find().filter(invitation::Column::TokenHash.eq(hash)).one(db).await?)
}

pub(super) async fn invitation_of(
    db: &impl ConnectionTrait,
    worker: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<InvitationRow>, Error> {
    let find = invitation::Entity::find().filter(invitation::Column::WorkerId.eq(worker));
    Ok(find.filter(invitation::Column::ExpiresAt.gt(now)).one(db).await?)
}

/// The workers who were invited and have not come yet.
pub(super) async fn invited(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<HashSet<Uuid>, Error> {
    let rows = invitation::Entity::find().filter(invitation::Column::ExpiresAt.gt(now)).all(db).await?;
    Ok(rows.into_iter().filter_map(|row| row.worker_id).collect())
}

/// No: it was used before.
pub(super) async fn invitation_end(tx: &DatabaseTransaction, id: Uuid) -> Result<bool, Error> {
    Ok(invitation::Entity::delete_by_id(id).exec(tx).await?.rows_affected == 1)
}

pub(super) async fn end_invitations_of(tx: &DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    invitation::Entity::delete_many().filter(invitation::Column::WorkerId.eq(worker)).exec(tx).await?;
    Ok(())
}

/// Those of the first administrators.
pub(super) async fn end_first_invitations(tx: &DatabaseTransaction) -> Result<(), Error> {
    invitation::Entity::delete_many().filter(invitation::Column::WorkerId.is_null()).exec(tx).await?;
    Ok(())
}
