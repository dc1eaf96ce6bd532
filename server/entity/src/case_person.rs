//! Which numbers of people stand in a case, as keyed hashes: to find what was done to a person's data.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    /// Keyed hash of an identity number or a phone number, by the key of the installation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub blind: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
