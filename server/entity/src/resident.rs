//! Residents who have an account: at first a phone, later a person.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resident")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Sealed. None: came by the city's platform, which told no phone.
    pub phone: Option<Sealed>,
    /// Keyed hash, by which it is found.
    pub phone_blind: Option<String>,
    /// Sealed; there once the name is proven.
    pub name: Option<Sealed>,
    /// Sealed; as the name.
    pub id_number: Option<Sealed>,
    pub id_blind: Option<String>,
    /// Keyed hash of the city platform's name for the person.
    pub city_blind: Option<String>,
    pub real_at: Option<DateTimeUtc>,
    /// `register` or `city`.
    pub real_by: Option<String>,
    /// The account that proved the same identity number before.
    pub twin: Option<Uuid>,
    /// Nobody signs in to this one any more.
    pub merged_into: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
