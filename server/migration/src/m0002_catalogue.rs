//! Items in all their revisions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, text, timestamp_with_time_zone};

use crate::table::{create_tables, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_tables(manager, [item()]).await
}

fn item() -> TableCreateStatement {
    table("item")
        .col(text("code"))
        .col(integer("revision"))
        .col(text("content"))
        .col(text("digest"))
        .col(timestamp_with_time_zone("published_at"))
        .primary_key(&mut primary_key(&["code", "revision"]))
        .to_owned()
}
