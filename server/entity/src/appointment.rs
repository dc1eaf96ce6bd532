//! Appointments at the office that alone may take an item.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appointment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    pub item_code: String,
    pub office: String,
    pub day: Date,
    /// `morning` or `afternoon`.
    pub half: String,
    /// Masked name.
    pub applicant: Sealed,
    pub phone: Sealed,
    pub referred_by: Option<String>,
    pub draft_id: Option<Uuid>,
    /// `booked`, `come`, `cancelled`.
    pub state: String,
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
