//! Browser sessions of workers and residents.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of the cookie's token, in hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub worker_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub seen_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub flash: Option<Sealed>,
    /// The resident who signed in.
    pub resident_id: Option<Uuid>,
    /// When a code, or the city's platform, last proved who it is.
    pub proven_at: Option<DateTimeUtc>,
    pub signed_in_at: Option<DateTimeUtc>,
    /// Of a device that others use too.
    pub shared: bool,
    /// By which its owner speaks of it.
    pub device_id: Option<Uuid>,
    /// Kind of device and browser, in words.
    pub device: String,
    /// The beginning of the network address.
    pub place: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
