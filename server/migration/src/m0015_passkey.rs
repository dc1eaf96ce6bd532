//! Passkeys of workers, and what their browsers were asked to sign with one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, text, text_uniq, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

use crate::table::{foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let passkey = table("worker_passkey")
        .col(uuid("id"))
        .col(uuid("worker_id"))
        .col(text_uniq("credential"))
        .col(integer("transports"))
        .col(text("fixed"))
        .col(text("changing"))
        .col(text("name"))
        .col(timestamp_with_time_zone("added_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("worker_passkey", &["worker_id"], "worker", &["id"]))
        .to_owned();
    manager.create_table(passkey).await?;
    let challenge = table("passkey_challenge")
        .col(text("token_hash"))
        .col(text("state"))
        .col(text("ask"))
        .col(timestamp_with_time_zone("expires_at"))
        .primary_key(&mut primary_key(&["token_hash"]))
        .to_owned();
    manager.create_table(challenge).await?;
    manager.create_index(index("worker_passkey", &["worker_id"])).await?;
    manager.create_index(index("passkey_challenge", &["expires_at"])).await
}
