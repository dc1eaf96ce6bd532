//! Areas and offices that are replaced by others, and drafts that are carried over to a new revision of their item.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, text_null};

use crate::table::add_columns;

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_columns(
        manager,
        [
            ("area", text_null("successor")),
            ("office", date_null("valid_from")),
            ("office", date_null("valid_to")),
            ("office", text_null("successor")),
            ("draft", text_null("news")),
        ],
    )
    .await
}
