//! A mandate may name an organisation under contract in the place of a person.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

use crate::table::{add_columns, index};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_columns(manager, [("mandate", text_null("office"))]).await?;
    manager.create_index(index("mandate", &["office"])).await
}
