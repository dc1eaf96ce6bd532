//! What auditors searched for, and why; and which cases a number of a person leads to.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, text, timestamp_with_time_zone, uuid};

use crate::table::{foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let search = table("audit_search")
        .col(uuid("id"))
        .col(uuid("worker_id"))
        .col(text("kind"))
        .col(text("subject"))
        .col(date("from_day"))
        .col(date("until_day"))
        .col(text("purpose"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("audit_search", &["worker_id"], "worker", &["id"]))
        .to_owned();
    manager.create_table(search).await?;
    let person = table("case_person")
        .col(uuid("case_id"))
        .col(text("blind"))
        .primary_key(&mut primary_key(&["case_id", "blind"]))
        .foreign_key(&mut foreign_key("case_person", &["case_id"], "cases", &["id"]))
        .to_owned();
    manager.create_table(person).await?;
    manager.create_index(index("case_person", &["blind"])).await
}
