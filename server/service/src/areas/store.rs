//! Rows of areas, offices and the calendar.

use domain::calendar::Workdays;
use domain::catalogue::Office;
use entity::{area, office, workday};
use sea_orm::EntityTrait;

use crate::db::Db;
use crate::error::Error;

pub(super) async fn areas(db: &Db) -> Result<Vec<area::Model>, Error> {
    Ok(area::Entity::find().all(&db.read).await?)
}

pub(super) async fn offices(db: &Db) -> Result<Vec<Office>, Error> {
    let rows = office::Entity::find().all(&db.read).await?;
    Ok(rows.into_iter().map(|row| Office { code: row.code, name: row.name, area: row.area }).collect())
}

pub(super) async fn calendar(db: &Db) -> Result<Workdays, Error> {
    let mut calendar = Workdays::default();
    for row in workday::Entity::find().all(&db.read).await? {
        let days = if row.worked { &mut calendar.makeup_workdays } else { &mut calendar.holidays };
        days.insert(row.day);
    }
    Ok(calendar)
}
