//! Consents to the use of protected data, with the text that was shown.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    /// Who gave it, when somebody was signed in.
    pub resident_id: Option<Uuid>,
    /// Key of `domain::consents::Sensitive`.
    pub kind: String,
    /// The beginning of the SHA-256 of the text.
    pub version: String,
    /// The text.
    pub shown: String,
    pub given_at: DateTimeUtc,
    pub withdrawn_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
