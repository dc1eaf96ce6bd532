//! Hours at which an office can be visited. An office without any keeps the usual ones.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appointment_hours")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub office: String,
    /// 1 is Monday.
    pub weekday: i16,
    /// Minutes since midnight.
    pub starts: i32,
    pub ends: i32,
    /// Key of `domain::appointments::Manner`.
    pub manner: String,
    pub places: i32,
    /// Also on public holidays.
    pub holidays: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
