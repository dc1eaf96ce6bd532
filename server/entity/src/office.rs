//! Offices that receive, accept or decide.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "office")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name: String,
    pub area: String,
    /// Two letters of the department; none for communities and streets.
    pub department: Option<String>,
    pub valid_from: Option<Date>,
    /// The last day.
    pub valid_to: Option<Date>,
    /// The office that goes on with its work.
    pub successor: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
