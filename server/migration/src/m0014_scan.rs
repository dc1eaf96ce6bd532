//! What the virus scanner has said of a file. What came before there was one stays readable.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text;

use crate::table::index;

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for table in ["file", "message_file"] {
        let mut alter = Table::alter();
        let column = text("scan").default("clean").to_owned();
        manager.alter_table(alter.table(table).add_column(column).to_owned()).await?;
        manager.create_index(index(table, &["scan"])).await?;
    }
    Ok(())
}
