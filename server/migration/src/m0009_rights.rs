//! What workers were given, contracts of organisations, ties of workers to people, and what was deliberately shown.
//!
//! The roles that stood with a worker become grants at the worker's own office; a supervisor's reach below it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, date_null, integer, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};
use sea_orm_migration::sea_orm::prelude::DateTimeUtc;
use sea_orm_migration::sea_orm::prelude::Uuid;

use crate::table::{add_columns, create_indices, create_tables, foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_tables(manager, [worker_grant(), contract(), worker_tie(), disclosure()]).await?;
    create_indices(
        manager,
        [
            index("worker_grant", &["worker_id"]),
            index("contract", &["office"]),
            index("worker_tie", &["worker_id"]),
            index("worker_tie", &["blind"]),
            index("disclosure", &["case_id"]),
            index("disclosure", &["session_hash"]),
        ],
    )
    .await?;
    carry_over(manager).await?;
    let mut alter = Table::alter();
    manager.alter_table(alter.table("worker").drop_column("roles").to_owned()).await?;
    add_columns(manager, [("worker", integer("rights").default(0).to_owned())]).await
}

fn worker_grant() -> TableCreateStatement {
    table("worker_grant")
        .col(uuid("id"))
        .col(uuid("worker_id"))
        .col(text("role"))
        .col(text("at"))
        .col(boolean("below"))
        .col(text_null("items"))
        .col(date_null("valid_from"))
        .col(date_null("valid_to"))
        .col(uuid_null("given_by"))
        .col(timestamp_with_time_zone("given_at"))
        .col(uuid_null("revoked_by"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("worker_grant", &["worker_id"], "worker", &["id"]))
        .to_owned()
}

fn contract() -> TableCreateStatement {
    table("contract")
        .col(uuid("id"))
        .col(text("office"))
        .col(text("items"))
        .col(text("areas"))
        .col(date("valid_from"))
        .col(date("valid_to"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("contract", &["office"], "office", &["code"]))
        .to_owned()
}

fn worker_tie() -> TableCreateStatement {
    table("worker_tie")
        .col(uuid("id"))
        .col(uuid("worker_id"))
        .col(text("kind"))
        .col(text("blind"))
        .col(text("shown"))
        .col(timestamp_with_time_zone("declared_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("worker_tie", &["worker_id"], "worker", &["id"]))
        .to_owned()
}

fn disclosure() -> TableCreateStatement {
    table("disclosure")
        .col(uuid("id"))
        .col(uuid("worker_id"))
        .col(text("session_hash"))
        .col(uuid("case_id"))
        .col(text("page"))
        .col(text("reason"))
        .col(text("words"))
        .col(timestamp_with_time_zone("shown_at"))
        .col(timestamp_with_time_zone("until"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut foreign_key("disclosure", &["worker_id"], "worker", &["id"]))
        .foreign_key(&mut foreign_key("disclosure", &["case_id"], "cases", &["id"]))
        .to_owned()
}

async fn carry_over(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut find = Query::select();
    find.columns(["id", "office", "roles", "created_at"]).from("worker");
    let rows = manager.get_connection().query_all(&find).await?;
    for row in rows {
        let (worker, office): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "office")?);
        let (roles, since): (String, DateTimeUtc) = (row.try_get("", "roles")?, row.try_get("", "created_at")?);
        for role in roles.split(',').filter(|role| !role.is_empty()) {
            let mut grant = Query::insert();
            grant.into_table("worker_grant").columns(["id", "worker_id", "role", "at", "below", "given_at"]);
            let below = role == "supervisor";
            let values = [Uuid::now_v7().into(), worker.into(), role.into(), office.as_str().into(), below.into()];
            grant.values_panic(values.into_iter().chain([since.into()]));
            manager.execute(grant).await?;
        }
    }
    Ok(())
}
