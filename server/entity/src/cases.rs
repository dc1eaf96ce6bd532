//! Cases as their events add up, for lists and queues.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cases")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub number: String,
    /// District of the competent office; one day the shard key.
    pub area: String,
    pub item_code: String,
    pub item_revision: i32,
    #[sea_orm(unique)]
    pub draft_id: Uuid,
    pub state: String,
    pub office: String,
    pub office_reason: Sealed,
    pub received_office: Option<String>,
    pub channel: String,
    /// Masked name.
    pub applicant: Sealed,
    /// Keyed hash.
    pub phone_tail: String,
    /// Keyed hash of the applicant's identity number; without one, of what nobody looks for.
    pub applicant_blind: String,
    pub answers: Sealed,
    /// 9999-12-31 when nothing is due.
    pub due: Date,
    /// The first day on which the clock itself has something to do.
    pub wake: Option<Date>,
    /// `calm` … `black`: the colour of supervision.
    pub colour: String,
    /// The first day with another colour.
    pub warns: Option<Date>,
    /// How the resident wants the result.
    pub delivery: Option<String>,
    pub bundle_id: Option<Uuid>,
    /// When the personal data was taken out.
    pub anonymised_at: Option<DateTimeUtc>,
    pub version: i32,
    pub submitted_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
