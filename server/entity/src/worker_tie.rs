//! The people whose cases a worker leaves to colleagues (回避): the worker, and relatives whom the worker declared.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "worker_tie")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub worker_id: Uuid,
    /// `own` or `relative`.
    pub kind: String,
    /// Keyed hash of the one that is sealed beside it.
    pub blind: String,
    /// JSON: name and identity number, both masked, for the worker's own list; and a keyed hash of the number.
    pub shown: Sealed,
    pub declared_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
