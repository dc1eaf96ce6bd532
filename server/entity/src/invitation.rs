//! One-time addresses at which somebody chooses a password.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the address's token, in hex. The token itself follows from the id and the key of the installation.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// Whose password. None: of the first administrator of this role, who is made with it.
    pub worker_id: Option<Uuid>,
    pub role: Option<String>,
    /// Of that administrator.
    pub office: Option<String>,
    pub expires_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
