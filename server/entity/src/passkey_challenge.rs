//! What a worker's browser was asked to sign with a passkey: one for each sign-in under way or session, good once.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_challenge")]
pub struct Model {
    /// Of the sign-in under way, or of the session in which a passkey is registered.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// What the answer is held to, as the library writes it, in base64url.
    pub state: String,
    /// What the browser is told, as JSON.
    pub ask: String,
    pub expires_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
