//! Questions of residents about rows of the audit, and the auditor's answers.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_question")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub resident_id: Uuid,
    /// The row of the audit.
    pub chain: i32,
    pub seq: i64,
    /// Of that row.
    pub case_id: Option<Uuid>,
    pub draft_id: Option<Uuid>,
    pub words: Sealed,
    pub asked_at: DateTimeUtc,
    pub answered_at: Option<DateTimeUtc>,
    /// The auditor.
    pub answered_by: Option<Uuid>,
    pub answer: Option<Sealed>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
