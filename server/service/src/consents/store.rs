//! Consents as rows.

use entity::consent;
use sea_orm::{DatabaseTransaction, EntityTrait, IntoActiveModel};

use crate::error::Error;

pub(super) use entity::consent::Model as ConsentRow;

pub(super) async fn insert(tx: &DatabaseTransaction, row: ConsentRow) -> Result<(), Error> {
    consent::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}
