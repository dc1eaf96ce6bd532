//! Residents' accounts: who they are, what they may open, codes by short message, limits that
//! outlive the process, and messages that are about no case.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, integer, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::{DbBackend, Statement};

use crate::table::{add_columns, create_indices, create_tables, foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_tables(manager, [resident(), holding(), one_time_code(), allowance(), city_visit(), merge_offer()]).await?;
    add_columns(
        manager,
        [
            ("session", uuid_null("resident_id")),
            // When a code, or the city's platform, last proved who it is.
            ("session", timestamp_with_time_zone_null("proven_at")),
            ("session", timestamp_with_time_zone_null("signed_in_at")),
            ("session", boolean("shared").default(false).to_owned()),
            // By which its owner speaks of it: the hash of the token leaves the server never.
            ("session", uuid_null("device_id")),
            ("session", text("device").default("").to_owned()),
            ("session", text("place").default("").to_owned()),
        ],
    )
    .await?;
    for unique in [["phone_blind"], ["id_blind"], ["city_blind"]] {
        manager.create_index(index("resident", &unique).unique().to_owned()).await?;
    }
    create_indices(
        manager,
        [
            index("holding", &["subject"]),
            index("one_time_code", &["session_hash", "made_at"]),
            index("one_time_code", &["expires_at"]),
            index("allowance", &["last"]),
            index("session", &["resident_id"]),
        ],
    )
    .await?;
    // By which a proven identity number finds the cases that were asked for with it.
    add_columns(manager, [("cases", text("applicant_blind").default("").to_owned())]).await?;
    manager.create_index(index("cases", &["applicant_blind"])).await?;
    about_no_case(manager).await
}

fn resident() -> TableCreateStatement {
    table("resident")
        .col(uuid("id"))
        .col(text_null("phone"))
        .col(text_null("phone_blind"))
        .col(text_null("name"))
        .col(text_null("id_number"))
        .col(text_null("id_blind"))
        .col(text_null("city_blind"))
        .col(timestamp_with_time_zone_null("real_at"))
        .col(text_null("real_by"))
        .col(uuid_null("twin"))
        .col(uuid_null("merged_into"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}

fn holding() -> TableCreateStatement {
    table("holding")
        .col(uuid("resident_id"))
        .col(text("kind"))
        .col(uuid("subject"))
        .col(text("origin"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key(&["resident_id", "kind", "subject"]))
        .foreign_key(&mut foreign_key("holding", &["resident_id"], "resident", &["id"]))
        .to_owned()
}

/// Without a key to the session, which a sign-in replaces.
fn one_time_code() -> TableCreateStatement {
    table("one_time_code")
        .col(uuid("id"))
        .col(text("session_hash"))
        .col(text("purpose"))
        .col(text("goal"))
        .col(text_null("phone"))
        .col(text("code_hash"))
        .col(integer("misses"))
        .col(timestamp_with_time_zone("made_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}

fn allowance() -> TableCreateStatement {
    table("allowance")
        .col(text("key"))
        .col(integer("hour"))
        .col(timestamp_with_time_zone("hour_since"))
        .col(integer("day"))
        .col(timestamp_with_time_zone("day_since"))
        .col(timestamp_with_time_zone("last"))
        .primary_key(&mut primary_key(&["key"]))
        .to_owned()
}

fn merge_offer() -> TableCreateStatement {
    table("merge_offer")
        .col(text("session_hash"))
        .col(uuid("resident_id"))
        .col(uuid("other_id"))
        .col(timestamp_with_time_zone("made_at"))
        .primary_key(&mut primary_key(&["session_hash"]))
        .foreign_key(&mut foreign_key("merge_offer", &["resident_id"], "resident", &["id"]))
        .foreign_key(&mut foreign_key("merge_offer", &["other_id"], "resident", &["id"]))
        .to_owned()
}

fn city_visit() -> TableCreateStatement {
    table("city_visit")
        .col(text("state_hash"))
        .col(text("session_hash"))
        .col(boolean("shared"))
        .col(text("goal"))
        .col(timestamp_with_time_zone("made_at"))
        .primary_key(&mut primary_key(&["state_hash"]))
        .to_owned()
}

/// A message may be about no case. SQLite cannot take `NOT NULL` from a column: the table is made anew from what it
/// says of itself, so that columns which were added since stay.
async fn about_no_case(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() != DbBackend::Sqlite {
        return db.execute_unprepared("ALTER TABLE outbox ALTER COLUMN case_id DROP NOT NULL").await.map(drop);
    }
    let of_outbox = "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'outbox' AND sql IS NOT NULL";
    let mut table = String::new();
    let mut rest = Vec::new();
    for row in db.query_all_raw(Statement::from_string(DbBackend::Sqlite, of_outbox)).await? {
        let sql: String = row.try_get("", "sql")?;
        match row.try_get::<String>("", "type")?.as_str() {
            "table" => table = sql,
            _ => rest.push(sql),
        }
    }
    let freed = table.replacen("\"case_id\" uuid_text NOT NULL", "\"case_id\" uuid_text", 1);
    let other = freed.replacen("\"outbox\"", "\"outbox_new\"", 1);
    if freed == table || other == freed {
        return Err(DbErr::Migration("the table outbox looks otherwise than expected".to_owned()));
    }
    db.execute_unprepared(&other).await?;
    db.execute_unprepared("INSERT INTO outbox_new SELECT * FROM outbox").await?;
    db.execute_unprepared("DROP TABLE outbox").await?;
    db.execute_unprepared("ALTER TABLE outbox_new RENAME TO outbox").await?;
    for sql in rest {
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}
