//! Residents who want to be called by an office.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call_back")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub office: String,
    /// Empty: what it is about stands in `about` alone.
    pub item_code: String,
    pub name: Sealed,
    pub phone: Sealed,
    pub about: Sealed,
    /// `morning`, `afternoon`, `evening`.
    pub part: String,
    pub resident_id: Option<Uuid>,
    /// The last day on which it is to be done.
    pub due: Date,
    /// Calls that nobody answered.
    pub tries: i32,
    /// `waiting`, `reached`, `missed`.
    pub state: String,
    pub asked_at: DateTimeUtc,
    pub tried_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
