//! The whole life of a case: notices, messages, ratings, announcements, custody, appointments, life events.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, boolean_null, date, date_null, integer, integer_null, text, text_null, text_uniq,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null, uuid_uniq,
};

use crate::table::{add_columns, create_indices, foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_columns(
        manager,
        [
            // The first day on which the clock itself has something to do.
            ("cases", date_null("wake")),
            ("cases", text("colour").default("calm").to_owned()),
            ("cases", date_null("warns")),
            ("cases", text_null("delivery")),
            ("cases", uuid_null("bundle_id")),
        ],
    )
    .await?;
    let tables = [
        case_office(),
        notice(),
        notice_sequence(),
        outbox(),
        message(),
        message_file(),
        note(),
        rating(),
        announcement(),
        objection(),
        bundle(),
        custody(),
        appointment(),
        supervision(),
    ];
    for table in tables {
        manager.create_table(table).await?;
    }
    create_indices(
        manager,
        [
            index("notice", &["case_id", "seq"]),
            index("outbox", &["sent_at", "not_before"]),
            index("outbox", &["case_id"]),
            index("message", &["case_id", "at"]),
            index("message", &["office", "answered", "at"]),
            index("message_file", &["message_id"]),
            index("note", &["case_id", "at"]),
            index("rating", &["case_id", "stage"]).unique().to_owned(),
            index("rating", &["office", "at"]),
            index("rating", &["state", "due"]),
            index("announcement", &["area", "until_day"]),
            index("announcement", &["case_id"]),
            index("objection", &["announcement_id"]),
            index("custody", &["case_id"]),
            index("custody", &["office", "given_at"]),
            index("appointment", &["office", "day"]),
            index("case_office", &["office"]),
            index("cases", &["wake"]),
            index("cases", &["warns"]),
            index("cases", &["colour", "office"]),
            index("supervision", &["case_id", "due", "colour"]).unique().to_owned(),
            index("cases", &["bundle_id"]),
        ],
    )
    .await
}

fn case_office() -> TableCreateStatement {
    table("case_office")
        .col(uuid("case_id"))
        .col(text("office"))
        .col(timestamp_with_time_zone("asked_at"))
        .primary_key(&mut primary_key(&["case_id", "office"]))
        .foreign_key(&mut foreign_key("case_office", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn notice() -> TableCreateStatement {
    table("notice")
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(integer("seq"))
        .col(text("kind"))
        .col(text_uniq("number"))
        .col(text_uniq("code"))
        .col(text("content"))
        .col(timestamp_with_time_zone("issued_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("notice", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn notice_sequence() -> TableCreateStatement {
    table("notice_sequence")
        .col(text("office"))
        .col(text("kind"))
        .col(integer("year"))
        .col(integer("last"))
        .primary_key(&mut primary_key(&["office", "kind", "year"]))
        .to_owned()
}

fn outbox() -> TableCreateStatement {
    table("outbox")
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(text("kind"))
        .col(text("phone"))
        .col(text("text"))
        .col(timestamp_with_time_zone("not_before"))
        .col(integer("attempts"))
        .col(timestamp_with_time_zone_null("sent_at"))
        .col(text_null("failed"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("outbox", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn message() -> TableCreateStatement {
    table("message")
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(boolean("from_resident"))
        .col(uuid_null("worker_id"))
        .col(text("office"))
        .col(text("text"))
        .col(boolean("answered"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("message", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn message_file() -> TableCreateStatement {
    table("message_file")
        .col(uuid("id"))
        .col(uuid("message_id"))
        .col(text("name"))
        .col(text("media_type"))
        .col(big_integer("size_bytes"))
        .col(text("digest"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("message_file", &["message_id"], "message", &["id"]))
        .to_owned()
}

fn note() -> TableCreateStatement {
    table("note")
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(text("office"))
        .col(text("worker"))
        .col(text("text"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("note", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn rating() -> TableCreateStatement {
    table("rating")
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(text("stage"))
        .col(text("office"))
        .col(text("item_code"))
        .col(integer("grade"))
        .col(text("tags"))
        .col(text("words"))
        .col(text("channel"))
        .col(timestamp_with_time_zone("at"))
        .col(text("state"))
        .col(date_null("due"))
        .col(text("findings"))
        .col(text("reply"))
        .col(timestamp_with_time_zone_null("settled_at"))
        .col(integer_null("before_grade"))
        .col(text("before_words"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("rating", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn announcement() -> TableCreateStatement {
    table("announcement")
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(text("area"))
        .col(text("item_code"))
        .col(text("shown"))
        .col(date("from_day"))
        .col(date("until_day"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("announcement", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn objection() -> TableCreateStatement {
    table("objection")
        .col(uuid("id"))
        .col(uuid("announcement_id"))
        .col(uuid("case_id"))
        .col(text("words"))
        .col(text("contact"))
        .col(timestamp_with_time_zone("at"))
        .col(text("answer"))
        .col(boolean_null("upheld"))
        .col(timestamp_with_time_zone_null("settled_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("objection", &["announcement_id"], "announcement", &["id"]))
        .foreign_key(&mut foreign_key("objection", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn bundle() -> TableCreateStatement {
    table("bundle")
        .col(uuid("id"))
        .col(text_uniq("number"))
        .col(text("event"))
        .col(uuid_uniq("draft_id"))
        .col(text_null("received_office"))
        .col(text("applicant"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("bundle", &["draft_id"], "draft", &["id"]))
        .to_owned()
}

fn custody() -> TableCreateStatement {
    table("custody")
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(text("office"))
        .col(text("papers"))
        .col(timestamp_with_time_zone("kept_at"))
        .col(timestamp_with_time_zone_null("given_at"))
        .col(text("given_to"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("custody", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn appointment() -> TableCreateStatement {
    table("appointment")
        .col(uuid("id"))
        .col(text_uniq("code"))
        .col(text("item_code"))
        .col(text("office"))
        .col(date("day"))
        .col(text("half"))
        .col(text("applicant"))
        .col(text("phone"))
        .col(text_null("referred_by"))
        .col(uuid_null("draft_id"))
        .col(text("state"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("appointment", &["draft_id"], "draft", &["id"]))
        .to_owned()
}

fn supervision() -> TableCreateStatement {
    table("supervision")
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(text("office"))
        .col(text("colour"))
        .col(text("state"))
        .col(date("due"))
        .col(timestamp_with_time_zone("raised_at"))
        .col(text("instruction"))
        .col(text("explanation"))
        .col(timestamp_with_time_zone_null("settled_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("supervision", &["case_id"], "cases", &["id"]))
        .to_owned()
}
