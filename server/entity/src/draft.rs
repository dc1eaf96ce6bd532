//! Applications that are being filled in.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of a life event, the first of its items.
    pub item_code: String,
    pub item_revision: i32,
    /// Key of the life event that it asks for.
    pub event: Option<String>,
    /// JSON list of the codes and revisions of the items that were chosen of the event.
    pub parts: Option<String>,
    /// The submission of a life event of which it is a part.
    pub bundle_id: Option<Uuid>,
    pub entries: Sealed,
    /// JSON list of the keys of pages that were sent.
    pub attempted: String,
    /// The page that was open last.
    pub page: String,
    pub channel: String,
    pub worker_id: Option<Uuid>,
    /// The window that takes it in.
    pub office: Option<String>,
    /// The case that it corrects.
    pub correction_of: Option<Uuid>,
    /// JSON list of the paths that a correction may change.
    pub open_fields: Option<String>,
    #[sea_orm(unique)]
    pub resume_hash: Option<String>,
    pub resume_until: Option<Date>,
    /// What it became: a case, or of a life event the bundle.
    pub case_id: Option<Uuid>,
    /// JSON of `domain::cases::DraftNews`: what is told after it was carried over to a new revision.
    pub news: Option<String>,
    /// Under which mandate it is filled in.
    pub mandate_id: Option<Uuid>,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub saved_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
