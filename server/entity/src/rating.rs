//! Ratings of a case (好差评).

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rating")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    /// `accepted` or `closed`.
    pub stage: String,
    pub office: String,
    pub item_code: String,
    /// 1 (very content) to 5 (very discontent).
    pub grade: i32,
    /// JSON list.
    pub tags: String,
    pub words: Sealed,
    pub channel: String,
    pub at: DateTimeUtc,
    /// `none`, `open`, `contacted`, `verified`, `settled` of the rectification.
    pub state: String,
    pub due: Option<Date>,
    pub findings: Sealed,
    pub reply: Sealed,
    pub settled_at: Option<DateTimeUtc>,
    /// What was said first, once it was rated again (追评).
    pub before_grade: Option<i32>,
    pub before_words: Sealed,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
