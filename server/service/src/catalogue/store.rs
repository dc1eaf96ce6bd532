//! Items as rows.

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

use crate::error::Error;

pub(super) async fn items_all(db: &impl ConnectionTrait) -> Result<Vec<entity::item::Model>, Error> {
    Ok(entity::item::Entity::find()
        .order_by_asc(entity::item::Column::Code)
        .order_by_asc(entity::item::Column::Revision)
        .all(db)
        .await?)
}
