//! Notices as they were issued.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    /// The event that it announces.
    pub seq: i32,
    pub kind: String,
    #[sea_orm(unique)]
    pub number: String,
    /// What anybody can check it by.
    #[sea_orm(unique)]
    pub code: String,
    /// JSON of `domain::notices::Notice`; reissued from this for ever.
    pub content: Sealed,
    pub issued_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
