//! The rows that the seed data makes.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::areas::{AreaLevel, Validity, level};
use domain::catalogue::Office;
use entity::{area, item, meta, office, workday, worker, worker_factor};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::data::{Base, ItemText};
use super::demo::Organisation;
use super::lists::AreaEntry;
use crate::db::Db;
use crate::error::Error;

pub(super) use entity::worker::Model as WorkerRow;

/// Where the digest of the data that was brought in stands.
const DIGEST: &str = "seed";

/// Rows per statement: SQLite binds 32,766 values at most.
const CHUNK: usize = 1000;

pub(super) async fn digest(db: &Db) -> Result<Option<String>, Error> {
    Ok(meta::Entity::find_by_id(DIGEST.to_owned()).one(&db.read).await?.map(|row| row.value))
}

/// Stores everything; how many items were new or changed.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    base: &Base,
    digest: &str,
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    use area::Column as Area;
    use office::Column as OfficeColumn;
    let replace = OnConflict::column(Area::Code)
        .update_columns([Area::Name, Area::Level, Area::Parent, Area::ValidFrom, Area::ValidTo, Area::Successor])
        .to_owned();
    insert(tx, area_rows(base), Some(replace)).await?;
    let replace = OnConflict::column(OfficeColumn::Code)
        .update_columns([OfficeColumn::Name, OfficeColumn::Area, OfficeColumn::Department])
        .update_columns([OfficeColumn::ValidFrom, OfficeColumn::ValidTo, OfficeColumn::Successor])
        .to_owned();
    insert(tx, office_rows(base), Some(replace)).await?;
    let days = base.workdays.iter().map(|(day, worked)| workday::Model { day: *day, worked: *worked }).collect();
    insert(tx, days, Some(OnConflict::column(workday::Column::Day).do_nothing().to_owned())).await?;
    let items = item_rows(tx, &base.items, now).await?;
    let published = items.len();
    insert(tx, items, None).await?;
    let done = meta::Model { key: DIGEST.to_owned(), value: digest.to_owned() };
    let replace = OnConflict::column(meta::Column::Key).update_column(meta::Column::Value).to_owned();
    insert(tx, vec![done], Some(replace)).await?;
    Ok(published)
}

fn area_rows(base: &Base) -> Vec<area::Model> {
    let row = |entry: &AreaEntry| area::Model {
        code: entry.area.code.clone(),
        name: entry.area.name.clone(),
        level: match level(&entry.area.code) {
            Some(AreaLevel::City) | None => 1,
            Some(AreaLevel::District) => 2,
            Some(AreaLevel::Street) => 3,
            Some(AreaLevel::Community) => 4,
        },
        parent: entry.parent.clone(),
        valid_from: entry.validity.from,
        valid_to: entry.validity.to,
        successor: entry.validity.successor.clone(),
    };
    base.areas.iter().map(row).collect()
}

fn office_rows(base: &Base) -> Vec<office::Model> {
    let row = |(office, validity): &(Office, Validity)| office::Model {
        code: office.code.clone(),
        name: office.name.clone(),
        area: office.area.clone(),
        department: office.code.split_once('-').map(|(_, letters)| letters.to_owned()),
        valid_from: validity.from,
        valid_to: validity.to,
        successor: validity.successor.clone(),
    };
    base.offices.iter().map(row).collect()
}

/// A revision for each item that is new or changed since its last one.
async fn item_rows(
    tx: &DatabaseTransaction,
    items: &[ItemText],
    now: DateTime<Utc>,
) -> Result<Vec<item::Model>, Error> {
    let known: Vec<(String, i32, String)> = item::Entity::find()
        .select_only()
        .columns([item::Column::Code, item::Column::Revision, item::Column::Digest])
        .order_by_asc(item::Column::Code)
        .order_by_asc(item::Column::Revision)
        .into_tuple()
        .all(tx)
        .await?;
    let last: HashMap<String, (i32, String)> =
        known.into_iter().map(|(code, revision, digest)| (code, (revision, digest))).collect();
    let row = |item: &ItemText| {
        let revision = match last.get(&item.code) {
            Some((_, digest)) if *digest == item.digest => return None,
            Some((revision, _)) => revision + 1,
            None => 1,
        };
        let (code, content, digest) = (item.code.clone(), item.content.clone(), item.digest.clone());
        Some(item::Model { code, revision, content, digest, published_at: now })
    };
    Ok(items.iter().filter_map(row).collect())
}

/// The logins that exist.
pub(super) async fn logins(db: &Db) -> Result<Vec<String>, Error> {
    Ok(worker::Entity::find().select_only().column(worker::Column::Login).into_tuple().all(&db.read).await?)
}

pub(super) async fn save_worker(tx: &DatabaseTransaction, row: &WorkerRow) -> Result<(), Error> {
    worker::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// An office with its contract. What is there already stays as it is.
pub(super) async fn save_organisation(tx: &DatabaseTransaction, one: &Organisation) -> Result<(), Error> {
    if office::Entity::find_by_id(one.code.clone()).one(tx).await?.is_some() {
        return Ok(());
    }
    crate::areas::organisation_insert(tx, &one.code, &one.name).await?;
    crate::grants::contract(tx, &one.code, (&one.items, &one.areas), (one.from, one.until)).await
}

/// Each worker of the demo has a second factor, whose codes the inbox of the demo shows.
pub(super) async fn save_demo_factors(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<(), Error> {
    let row = |worker: worker::Model| worker_factor::Model {
        worker_id: worker.id,
        secret: None,
        next_secret: None,
        last_step: 0,
        confirmed_at: Some(now),
        recovery_round: 0,
        recovery_noted: true,
    };
    let workers = worker::Entity::find().filter(worker::Column::Demo.eq(true)).all(tx).await?;
    let rows = workers.into_iter().map(row).collect();
    insert(tx, rows, Some(OnConflict::column(worker_factor::Column::WorkerId).do_nothing().to_owned())).await
}

async fn insert<M, A, E>(tx: &impl ConnectionTrait, rows: Vec<M>, on_conflict: Option<OnConflict>) -> Result<(), Error>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = E>,
    E: EntityTrait,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<A> = rows.by_ref().take(CHUNK).map(IntoActiveModel::into_active_model).collect();
        let insert = E::insert_many(chunk);
        let insert = match &on_conflict {
            Some(on_conflict) => insert.on_conflict(on_conflict.clone()),
            None => insert,
        };
        insert.exec_without_returning(tx).await?;
    }
    Ok(())
}
