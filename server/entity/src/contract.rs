//! What an organisation (承接组织) was contracted for.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contract")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub office: String,
    /// Codes separated by commas.
    pub items: String,
    /// Codes of areas separated by commas.
    pub areas: String,
    pub valid_from: Date,
    /// The last day.
    pub valid_to: Date,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
