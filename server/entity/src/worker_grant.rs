//! What a worker was given. A grant that was taken back stays, with who took it back.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "worker_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub worker_id: Uuid,
    /// Key of `domain::desk::Role`.
    pub role: String,
    /// Code of an office or an area.
    pub at: String,
    /// Also all offices below.
    pub below: bool,
    /// Codes separated by commas; none: all.
    pub items: Option<String>,
    pub valid_from: Option<Date>,
    /// The last day.
    pub valid_to: Option<Date>,
    /// None: it came with the worker.
    pub given_by: Option<Uuid>,
    pub given_at: DateTimeUtc,
    pub revoked_by: Option<Uuid>,
    pub revoked_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
