//! Uploaded files; the bytes are in the blob store.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub draft_id: Uuid,
    /// Under this id the bytes are kept: a paper that several cases ask for is kept once.
    pub blob: Uuid,
    /// The field that it answers.
    pub path: String,
    pub name: Sealed,
    pub media_type: String,
    pub size_bytes: i64,
    pub digest: String,
    pub created_at: DateTimeUtc,
    /// Key of `domain::scan::Scan`.
    pub scan: String,
    pub removed_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
