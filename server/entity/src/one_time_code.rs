//! Codes that were sent to a phone.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Only the session that asked may use it.
    pub session_hash: String,
    pub purpose: String,
    /// Where the person wanted to go.
    pub goal: String,
    /// Sealed; none once it is used.
    pub phone: Option<Sealed>,
    /// Keyed hash; the code itself is in the message alone.
    pub code_hash: String,
    pub misses: i32,
    pub made_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
