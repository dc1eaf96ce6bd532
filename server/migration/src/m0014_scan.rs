//! What the virus scanner has said of a file. What came before there was one stays readable.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text;

use crate::table::{add_columns, index};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for table in ["file", "message_file"] {
        add_columns(manager, [(table, text("scan").default("clean").to_owned())]).await?;
        manager.create_index(index(table, &["scan"])).await?;
    }
    Ok(())
}
