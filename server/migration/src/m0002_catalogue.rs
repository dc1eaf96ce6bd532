//! Items in all their revisions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, text, timestamp_with_time_zone};

use crate::table::{primary_key, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [item()] {
            manager.create_table(table).await?;
        }
        Ok(())
    }
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
