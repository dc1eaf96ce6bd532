//! Supervision (督办): cases that were late, and what was said about them.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    /// Which had the case then.
    pub office: String,
    /// `red` past what was promised, `black` past what the law allows.
    pub colour: String,
    /// State of the case then.
    pub state: String,
    /// The day that passed.
    pub due: Date,
    pub raised_at: DateTimeUtc,
    /// Of the supervisor; empty: none yet.
    pub instruction: Sealed,
    /// Of the office; empty: none yet.
    pub explanation: Sealed,
    /// When the case had gone on.
    pub settled_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
