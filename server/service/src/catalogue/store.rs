//! Items as rows.

use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder};

use crate::error::Error;

pub(super) async fn items_all(db: &impl ConnectionTrait) -> Result<Vec<entity::item::Model>, Error> {
    Ok(entity::item::Entity::find()
        .order_by_asc(entity::item::Column::Code)
        .order_by_asc(entity::item::Column::Revision)
        .all(db)
        .await?)
}

pub(super) async fn items_count(db: &impl ConnectionTrait) -> Result<usize, Error> {
    let count = entity::item::Entity::find().count(db).await?;
    usize::try_from(count).map_err(|error| Error::internal("the number of items", error))
}
