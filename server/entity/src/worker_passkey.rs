//! Passkeys with which workers confirm a sign-in. What is kept of a key proves nothing to others: it is the public half.

use sea_orm::entity::prelude::*;

use crate::Sealed;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "worker_passkey")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub worker_id: Uuid,
    /// By which its authenticator knows it, in base64url. No two have the same.
    pub credential: String,
    /// How a browser can reach the authenticator, as bits.
    pub transports: i32,
    /// The public key and what never changes, as the library writes it, in base64url.
    pub fixed: String,
    /// The counter of signatures and what else may change with each, alike.
    pub changing: String,
    /// What its worker calls it, sealed.
    pub name: Sealed,
    pub added_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
