//! The identity card that was laid on a kiosk's reader goes with the session that it began.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

use crate::table::add_columns;

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_columns(manager, [("session", text_null("card"))]).await
}
