//! Who may act for whom (授权委托), and guardians of minors.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mandate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who gives it; of a guardian, the guardian.
    pub resident_id: Uuid,
    /// `helper` or `guardian`.
    pub kind: String,
    /// Sealed, as the next.
    pub helper_name: Option<Sealed>,
    pub helper_phone: Option<Sealed>,
    /// Keyed hash of the phone with which the helper signs in; empty of a guardian.
    pub helper_blind: String,
    /// Key of `domain::mandates::Relation`.
    pub relation: String,
    /// JSON list of codes of items and keys of categories; empty: everything.
    pub items: String,
    /// Of the child that a guardian acts for; sealed.
    pub ward_name: Option<Sealed>,
    pub ward_id_number: Option<Sealed>,
    /// The last day.
    pub until: Date,
    pub given_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
