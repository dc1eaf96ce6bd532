//! Who did or saw what.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub chain: i32,
    /// 1, 2, 3 … without a gap.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub at: DateTimeUtc,
    /// `worker`, `resident` or `system`.
    pub actor_kind: String,
    /// Id of the worker, or the stored hash of the resident's session.
    pub actor: String,
    /// Of the worker; else empty.
    pub office: String,
    /// Key of `domain::audit::Deed`.
    pub deed: String,
    pub case_id: Option<Uuid>,
    pub draft_id: Option<Uuid>,
    pub why: Option<String>,
    /// Of this row and the one before it, in hex.
    pub hash: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
