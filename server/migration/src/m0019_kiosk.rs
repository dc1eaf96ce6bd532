//! Kiosks, the sessions that are good at one alone, and codes by which something goes on at another device.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    text, text_null, text_uniq, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::table::{add_columns, create_indices, create_tables, foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_tables(manager, [kiosk(), hand_over()]).await?;
    add_columns(manager, [("session", uuid_null("kiosk_id"))]).await?;
    create_indices(
        manager,
        [
            index("kiosk", &["office"]),
            index("session", &["kiosk_id", "seen_at"]),
            index("hand_over", &["session_hash"]),
            index("hand_over", &["until"]),
            // What was begun at kiosks and not sent is looked for when somebody has gone.
            index("draft", &["channel", "case_id"]),
        ],
    )
    .await
}

fn kiosk() -> TableCreateStatement {
    table("kiosk")
        .col(uuid("id"))
        .col(text("office"))
        .col(text("name"))
        .col(text("language"))
        .col(text_null("token_hash").unique_key())
        .col(text_null("code_hash").unique_key())
        .col(timestamp_with_time_zone_null("code_until"))
        .col(timestamp_with_time_zone_null("enrolled_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(timestamp_with_time_zone_null("seen_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .col(text("version"))
        .col(text("paper"))
        .col(timestamp_with_time_zone_null("called_at"))
        .col(uuid("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("kiosk", &["created_by"], "worker", &["id"]))
        .to_owned()
}

fn hand_over() -> TableCreateStatement {
    table("hand_over")
        .col(uuid("id"))
        .col(text("kind"))
        .col(uuid("subject"))
        .col(text("session_hash"))
        .col(text_uniq("code_hash"))
        .col(timestamp_with_time_zone("until"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}
