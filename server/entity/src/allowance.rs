//! How much of a limit was used up: for limits that a new start of the process must not lift.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "allowance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// Keyed hash of what is limited.
    pub key: String,
    pub hour: i32,
    pub hour_since: DateTimeUtc,
    pub day: i32,
    pub day_since: DateTimeUtc,
    pub last: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
