//! What a worker's session is besides a session: on which device, and when it was last proved who is there.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "desk_device")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_hash: String,
    /// By which its owner speaks of it.
    pub id: Uuid,
    pub worker_id: Uuid,
    /// Kind of device and browser, in words.
    pub words: String,
    pub proved_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
