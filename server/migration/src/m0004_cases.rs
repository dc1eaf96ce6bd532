//! Drafts with their files; cases with their events and running numbers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, date_null, integer, text, text_null, text_uniq, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null, uuid_uniq,
};

use crate::table::{create_indices, create_tables, foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_tables(manager, [draft(), file(), cases(), case_event(), case_sequence()]).await?;
    create_indices(
        manager,
        [
            index("draft", &["saved_at"]),
            index("draft", &["case_id"]),
            index("draft", &["correction_of"]),
            index("draft", &["bundle_id"]),
            index("file", &["draft_id"]),
            index("file", &["blob"]),
            index("cases", &["office", "state", "due", "id"]),
            index("cases", &["office", "due", "id"]),
            index("cases", &["received_office", "due", "id"]),
            index("cases", &["area", "item_code", "submitted_at"]),
            index("cases", &["state", "due"]),
        ],
    )
    .await
}

fn draft() -> TableCreateStatement {
    table("draft")
        .col(uuid("id"))
        .col(text("item_code"))
        .col(integer("item_revision"))
        .col(text_null("event"))
        .col(text_null("parts"))
        .col(uuid_null("bundle_id"))
        .col(text("entries"))
        .col(text("attempted"))
        .col(text("page"))
        .col(text("channel"))
        .col(uuid_null("worker_id"))
        .col(text_null("office"))
        .col(uuid_null("correction_of"))
        .col(text_null("open_fields"))
        .col(text_null("resume_hash").unique_key())
        .col(date_null("resume_until"))
        .col(uuid_null("case_id"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("saved_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("draft", &["item_code", "item_revision"], "item", &["code", "revision"]))
        .foreign_key(&mut foreign_key("draft", &["worker_id"], "worker", &["id"]))
        .to_owned()
}

fn file() -> TableCreateStatement {
    table("file")
        .col(uuid("id"))
        .col(uuid("draft_id"))
        .col(uuid("blob"))
        .col(text("path"))
        .col(text("name"))
        .col(text("media_type"))
        .col(big_integer("size_bytes"))
        .col(text("digest"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("removed_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("file", &["draft_id"], "draft", &["id"]))
        .to_owned()
}

fn cases() -> TableCreateStatement {
    table("cases")
        .col(uuid("id"))
        .col(text_uniq("number"))
        .col(text("area"))
        .col(text("item_code"))
        .col(integer("item_revision"))
        .col(uuid_uniq("draft_id"))
        .col(text("state"))
        .col(text("office"))
        .col(text("office_reason"))
        .col(text_null("received_office"))
        .col(text("channel"))
        .col(text("applicant"))
        .col(text("phone_tail"))
        .col(text("answers"))
        .col(date("due"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("submitted_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("cases", &["item_code", "item_revision"], "item", &["code", "revision"]))
        .foreign_key(&mut foreign_key("cases", &["draft_id"], "draft", &["id"]))
        .foreign_key(&mut foreign_key("cases", &["office"], "office", &["code"]))
        .to_owned()
}

fn case_event() -> TableCreateStatement {
    table("case_event")
        .col(uuid("case_id"))
        .col(integer("seq"))
        .col(timestamp_with_time_zone("at"))
        .col(text("kind"))
        .col(text("actor"))
        .col(text("content"))
        .primary_key(&mut primary_key(&["case_id", "seq"]))
        .foreign_key(&mut foreign_key("case_event", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn case_sequence() -> TableCreateStatement {
    table("case_sequence")
        .col(text("area"))
        .col(text("item_code"))
        .col(date("day"))
        .col(integer("last"))
        .primary_key(&mut primary_key(&["area", "item_code", "day"]))
        .to_owned()
}
