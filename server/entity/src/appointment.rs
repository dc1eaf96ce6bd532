//! Appointments at an office: made by a resident, or by a window that may not take the item itself.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appointment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    /// Empty: what it is about stands in `about` alone.
    pub item_code: String,
    pub office: String,
    pub day: Date,
    /// Minutes since midnight.
    pub starts: i32,
    pub ends: i32,
    /// Key of `domain::appointments::Manner`.
    pub manner: String,
    /// The name; masked where a window made it.
    pub applicant: Sealed,
    pub phone: Sealed,
    pub about: Option<Sealed>,
    /// Of a visit at home.
    pub address: Option<Sealed>,
    pub resident_id: Option<Uuid>,
    pub referred_by: Option<String>,
    pub draft_id: Option<Uuid>,
    /// `booked`, `come`, `absent`, `cancelled`.
    pub state: String,
    pub reminded_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
