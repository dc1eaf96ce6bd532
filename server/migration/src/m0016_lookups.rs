//! By which accounts that were joined and accounts of one person are found. And what nobody reads is kept no more: who made
//! an event stands in the event.

use sea_orm_migration::prelude::*;

use crate::table::{create_indices, index};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_indices(manager, [index("resident", &["merged_into"]), index("resident", &["twin"])]).await?;
    let mut alter = Table::alter();
    manager.alter_table(alter.table("case_event").drop_column("actor").to_owned()).await
}
