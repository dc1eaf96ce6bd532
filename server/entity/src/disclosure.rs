//! What of a case was deliberately shown to a worker, why, and until when.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub worker_id: Uuid,
    /// The stored hash of the worker's session: what was shown ends with it.
    pub session_hash: String,
    pub case_id: Uuid,
    /// Key of the form's page whose answers were shown.
    pub page: String,
    /// Key of `domain::desk::ShowReason`.
    pub reason: String,
    /// What the worker wrote beside it.
    pub words: Sealed,
    pub shown_at: DateTimeUtc,
    pub until: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
