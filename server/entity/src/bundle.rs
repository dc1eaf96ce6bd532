//! Life events (一件事): one form, a case for each item.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bundle")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub number: String,
    /// Key of the life event.
    pub event: String,
    #[sea_orm(unique)]
    pub draft_id: Uuid,
    /// The window that took it in.
    pub received_office: Option<String>,
    /// Masked name.
    pub applicant: Sealed,
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
