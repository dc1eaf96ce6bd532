//! Workers and how they sign in.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "worker")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub login: String,
    pub name: String,
    pub office: String,
    /// Empty: none was chosen yet, and nothing fits.
    pub password_hash: String,
    pub active: bool,
    /// Of the demo, with a password that everybody knows.
    pub demo: bool,
    pub created_at: DateTimeUtc,
    /// Grows whenever rights are given or taken back: of two who do it at once, one looks again.
    pub rights: i32,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
