//! Rows of areas, offices and the calendar.

use chrono::NaiveDate;
use domain::areas::Validity;
use domain::calendar::Workdays;
use domain::catalogue::Office;
use entity::{area, meta, office, workday};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};

use crate::db::Db;
use crate::error::Error;

/// Where the digest of the calendar stands that open cases were computed with.
const APPLIED: &str = "calendar";

pub(super) async fn areas(db: &Db) -> Result<Vec<area::Model>, Error> {
    Ok(area::Entity::find().all(&db.read).await?)
}

pub(super) async fn offices(db: &Db) -> Result<Vec<(Office, Validity)>, Error> {
    let of_row = |row: office::Model| {
        let validity = Validity { from: row.valid_from, to: row.valid_to, successor: row.successor };
        (Office { code: row.code, name: row.name, area: row.area }, validity)
    };
    Ok(office::Entity::find().all(&db.read).await?.into_iter().map(of_row).collect())
}

/// An organisation under contract, which no list of the data files names.
pub(crate) async fn organisation_insert(tx: &DatabaseTransaction, code: &str, name: &str) -> Result<(), Error> {
    let (area, letters) = code.split_once('-').unwrap_or((code, ""));
    let row = office::Model {
        code: code.to_owned(),
        name: name.to_owned(),
        area: area.to_owned(),
        department: Some(letters.to_owned()),
        valid_from: None,
        valid_to: None,
        successor: None,
    };
    // Somebody else may have been quicker.
    let nothing = OnConflict::column(office::Column::Code).do_nothing().to_owned();
    let row = row.into_active_model().reset_all();
    office::Entity::insert(row).on_conflict(nothing).exec_without_returning(tx).await?;
    Ok(())
}

pub(crate) async fn organisation_rename(tx: &DatabaseTransaction, code: &str, name: &str) -> Result<(), Error> {
    let update = office::Entity::update_many().col_expr(office::Column::Name, Expr::value(name));
    update.filter(office::Column::Code.eq(code)).exec(tx).await?;
    Ok(())
}

pub(super) async fn calendar(db: &Db) -> Result<Workdays, Error> {
    let mut calendar = Workdays::default();
    for row in workday::Entity::find().all(&db.read).await? {
        let days = if row.worked { &mut calendar.makeup_workdays } else { &mut calendar.holidays };
        days.insert(row.day);
    }
    Ok(calendar)
}

pub(super) async fn workday_set(tx: &DatabaseTransaction, day: NaiveDate, worked: bool) -> Result<(), Error> {
    let row = workday::Model { day, worked }.into_active_model().reset_all();
    let replace = OnConflict::column(workday::Column::Day).update_column(workday::Column::Worked).to_owned();
    workday::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn applied(db: &Db) -> Result<Option<String>, Error> {
    Ok(meta::Entity::find_by_id(APPLIED.to_owned()).one(&db.read).await?.map(|row| row.value))
}

pub(super) async fn set_applied(tx: &DatabaseTransaction, digest: &str) -> Result<(), Error> {
    let row = meta::Model { key: APPLIED.to_owned(), value: digest.to_owned() }.into_active_model().reset_all();
    let replace = OnConflict::column(meta::Column::Key).update_column(meta::Column::Value).to_owned();
    meta::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}
