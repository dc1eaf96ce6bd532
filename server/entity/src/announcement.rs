//! Announcements (公示) with what they show.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "announcement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    /// The community on whose page it stands; a street or district stands on the pages of all of its communities.
    pub area: String,
    pub item_code: String,
    /// JSON: only what separates people of the same name, and what is proposed.
    pub shown: String,
    pub from_day: Date,
    pub until_day: Date,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
