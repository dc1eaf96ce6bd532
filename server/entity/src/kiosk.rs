//! Kiosks (自助机): devices in a hall.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kiosk")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub office: String,
    /// Where it stands, as an administrator calls it.
    pub name: String,
    pub language: String,
    /// SHA-256 of the device's cookie, in hex. None: it waits for its code.
    #[sea_orm(unique)]
    pub token_hash: Option<String>,
    /// Keyed hash of the code that makes a device this kiosk; none when there is none to type.
    #[sea_orm(unique)]
    pub code_hash: Option<String>,
    pub code_until: Option<DateTimeUtc>,
    pub enrolled_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    /// When it last said how it is.
    pub seen_at: Option<DateTimeUtc>,
    /// When somebody last began something at it.
    pub used_at: Option<DateTimeUtc>,
    /// Of its script, as it says itself.
    pub version: String,
    /// Key of `domain::kiosk::Paper`.
    pub paper: String,
    /// Since when somebody there waits for a worker.
    pub called_at: Option<DateTimeUtc>,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
