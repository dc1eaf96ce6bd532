//! Papers that a resident keeps for the next time; the bytes are in the blob store.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub resident_id: Uuid,
    /// Of `domain::catalogue::Material`: what it can stand for.
    pub kind: String,
    /// What the paper is called.
    pub label: String,
    /// Under this id the bytes are kept, shared with the files of cases.
    pub blob: Uuid,
    pub name: Sealed,
    pub media_type: String,
    pub size_bytes: i64,
    pub digest: String,
    /// The last day on which it is good; none: no end.
    pub valid_until: Option<Date>,
    pub kept_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
