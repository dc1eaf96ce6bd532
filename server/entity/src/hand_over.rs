//! Codes by which a draft or a case goes on at another device, good once and not for long.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hand_over")]
pub struct Model {
    /// The code follows from it and from the key of the installation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `draft` (from a kiosk to a phone) or `case` (from a phone to a kiosk).
    pub kind: String,
    pub subject: Uuid,
    /// The session that made it, which alone is shown the code.
    pub session_hash: String,
    /// Keyed hash.
    #[sea_orm(unique)]
    pub code_hash: String,
    pub until: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
