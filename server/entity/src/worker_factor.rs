//! What a worker proves a sign-in with, besides the password.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "worker_factor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub worker_id: Uuid,
    /// Of the one-time codes, sealed. None: of the demo, where it follows from the login.
    pub secret: Option<Sealed>,
    /// The one that will take its place once a code of it was entered, sealed.
    pub next_secret: Option<Sealed>,
    /// The time step of the last code that was accepted: no code is accepted twice.
    pub last_step: i64,
    /// A code was entered. Before, a worker can do nothing but that.
    pub confirmed_at: Option<DateTimeUtc>,
    /// How often recovery codes were made.
    pub recovery_round: i32,
    /// The worker has noted them: they are not shown any more.
    pub recovery_noted: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
