//! Rights that wait for a second administrator.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who would get them.
    pub worker_id: Uuid,
    /// What would be given, as JSON.
    pub grant: String,
    /// In the words of who proposed it.
    pub reason: Sealed,
    /// Who proposed it.
    pub by: Uuid,
    pub made_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
