//! Workers, sessions, and what a session may see.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, text, text_null, text_uniq, timestamp_with_time_zone, uuid, uuid_null};

use crate::table::{create_indices, create_tables, foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_tables(manager, [worker(), session(), access()]).await?;
    create_indices(
        manager,
        [
            index("worker", &["office"]),
            index("session", &["expires_at"]),
            index("session", &["worker_id"]),
            index("access", &["subject"]),
        ],
    )
    .await
}

fn worker() -> TableCreateStatement {
    table("worker")
        .col(uuid("id"))
        .col(text_uniq("login"))
        .col(text("name"))
        .col(text("office"))
        .col(text("password_hash"))
        .col(text("roles"))
        .col(boolean("active"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("worker", &["office"], "office", &["code"]))
        .to_owned()
}

fn session() -> TableCreateStatement {
    table("session")
        .col(text("token_hash"))
        .col(uuid_null("worker_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("seen_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(text_null("flash"))
        .primary_key(&mut primary_key(&["token_hash"]))
        .foreign_key(&mut foreign_key("session", &["worker_id"], "worker", &["id"]))
        .to_owned()
}

fn access() -> TableCreateStatement {
    table("access")
        .col(text("session_hash"))
        .col(text("kind"))
        .col(uuid("subject"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key(&["session_hash", "kind", "subject"]))
        .foreign_key(
            foreign_key("access", &["session_hash"], "session", &["token_hash"]).on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}
