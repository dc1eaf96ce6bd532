//! What auditors searched for, and why. Numbers of people are not kept: only whose rows they led to.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_search")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub worker_id: Uuid,
    /// Key of `domain::audit::SearchBy`.
    pub kind: String,
    /// JSON: ids of actors, cases and drafts.
    pub subject: String,
    pub from_day: Date,
    pub until_day: Date,
    /// Key of `domain::audit::Purpose`.
    pub purpose: String,
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
