//! What residents see and decide about their own data: consents, questions about the audit, mandates, codes to take a
//! case over, papers and people that are entered once.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, date_null, integer, text, text_null, text_uniq, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::table::{add_columns, create_indices, create_tables, foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_columns(
        manager,
        [
            // Under which mandate it is filled in.
            ("draft", uuid_null("mandate_id")),
            // When the personal data of a case that is over was taken out.
            ("cases", timestamp_with_time_zone_null("anonymised_at")),
        ],
    )
    .await?;
    create_tables(
        manager,
        [consent(), audit_question(), mandate(), claim(), document(), household_member(), kept_kinds()],
    )
    .await?;
    create_indices(
        manager,
        [
            index("consent", &["case_id"]),
            index("consent", &["resident_id"]),
            index("audit_question", &["resident_id"]),
            index("audit_question", &["answered_at", "asked_at"]),
            index("mandate", &["resident_id"]),
            index("mandate", &["helper_blind"]),
            index("draft", &["mandate_id"]),
            index("claim", &["subject"]),
            index("document", &["resident_id"]),
            index("household_member", &["resident_id"]),
            index("cases", &["anonymised_at", "state"]),
        ],
    )
    .await
}

fn consent() -> TableCreateStatement {
    table("consent")
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(uuid_null("resident_id"))
        .col(text("kind"))
        .col(text("version"))
        .col(text("shown"))
        .col(timestamp_with_time_zone("given_at"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("consent", &["case_id"], "cases", &["id"]))
        .to_owned()
}

fn audit_question() -> TableCreateStatement {
    table("audit_question")
        .col(uuid("id"))
        .col(uuid("resident_id"))
        .col(integer("chain"))
        .col(big_integer("seq"))
        .col(uuid_null("case_id"))
        .col(uuid_null("draft_id"))
        .col(text("words"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(uuid_null("answered_by"))
        .col(text_null("answer"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}

fn mandate() -> TableCreateStatement {
    table("mandate")
        .col(uuid("id"))
        .col(uuid("resident_id"))
        .col(text("kind"))
        .col(text_null("helper_name"))
        .col(text_null("helper_phone"))
        .col(text("helper_blind"))
        .col(text("relation"))
        .col(text("items"))
        .col(text_null("ward_name"))
        .col(text_null("ward_id_number"))
        .col(date("until"))
        .col(timestamp_with_time_zone("given_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}

fn claim() -> TableCreateStatement {
    table("claim")
        .col(uuid("id"))
        .col(text_uniq("code_hash"))
        .col(text("kind"))
        .col(uuid("subject"))
        .col(timestamp_with_time_zone("made_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}

fn document() -> TableCreateStatement {
    table("document")
        .col(uuid("id"))
        .col(uuid("resident_id"))
        .col(text("kind"))
        .col(text("label"))
        .col(uuid("blob"))
        .col(text("name"))
        .col(text("media_type"))
        .col(big_integer("size_bytes"))
        .col(text("digest"))
        .col(date_null("valid_until"))
        .col(timestamp_with_time_zone("kept_at"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}

fn household_member() -> TableCreateStatement {
    table("household_member")
        .col(uuid("id"))
        .col(uuid("resident_id"))
        .col(text("relation"))
        .col(text("name"))
        .col(text("id_number"))
        .col(timestamp_with_time_zone("added_at"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}

fn kept_kinds() -> TableCreateStatement {
    table("kept_kinds")
        .col(uuid("resident_id"))
        .col(text("kinds"))
        .primary_key(&mut primary_key(&["resident_id"]))
        .to_owned()
}
