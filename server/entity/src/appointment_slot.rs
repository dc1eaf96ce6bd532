//! How many places of a time at an office are taken: two who want the last one meet in this row.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appointment_slot")]
pub struct Model {
    /// `210103005024|2026-12-01.510.window`
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub day: Date,
    pub taken: i32,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
