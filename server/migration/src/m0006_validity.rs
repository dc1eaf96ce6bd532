//! Areas and offices that are replaced by others, and drafts that are carried over to a new revision of their item.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, text_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [
            ("area", text_null("successor")),
            ("office", date_null("valid_from")),
            ("office", date_null("valid_to")),
            ("office", text_null("successor")),
            ("draft", text_null("news")),
        ] {
            let mut alter = Table::alter();
            manager.alter_table(alter.table(table).add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
