//! The audit: rows in chains, the head of each chain, and rules of the database that refuse to change what is written.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, text, text_null, timestamp_with_time_zone, uuid_null};
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{create_indices, create_tables, index, primary_key, table};

/// Each transaction holds one: as many can write at once. SQLite has one writer.
const CHAINS_POSTGRES: i32 = 64;

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_tables(manager, [audit(), audit_head()]).await?;
    create_indices(
        manager,
        [
            index("audit", &["case_id", "at"]),
            index("audit", &["draft_id", "at"]),
            index("audit", &["actor", "at"]),
            index("audit", &["at"]),
        ],
    )
    .await?;
    let backend = manager.get_database_backend();
    let chains = if backend == DbBackend::Sqlite { 1 } else { CHAINS_POSTGRES };
    for chain in 0..chains {
        let mut head = Query::insert();
        head.into_table("audit_head").columns(["chain", "seq", "hash", "proof"]);
        head.values_panic([chain.into(), 0_i64.into(), "".into(), "".into()]);
        manager.execute(head.to_owned()).await?;
    }
    for statement in guards(backend) {
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Nobody changes or deletes a row, nobody deletes a head; also not by a mistake of ours.
fn guards(backend: DbBackend) -> Vec<String> {
    let on = [("audit", "update"), ("audit", "delete"), ("audit_head", "delete")];
    let sqlite = |(table, verb): (&str, &str)| {
        format!(
            "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} \
             BEGIN SELECT RAISE(ABORT, 'the audit is not changed'); END"
        )
    };
    let postgres = |(table, verb): (&str, &str)| {
        format!(
            "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
    };
    if backend == DbBackend::Sqlite {
        return on.into_iter().map(sqlite).collect();
    }
    let refuse = "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS \
                  $$ BEGIN RAISE EXCEPTION 'the audit is not changed'; END $$";
    let truncate = [("audit", "truncate"), ("audit_head", "truncate")];
    std::iter::once(refuse.to_owned()).chain(on.into_iter().chain(truncate).map(postgres)).collect()
}

fn audit() -> TableCreateStatement {
    table("audit")
        .col(integer("chain"))
        .col(big_integer("seq"))
        .col(timestamp_with_time_zone("at"))
        .col(text("actor_kind"))
        .col(text("actor"))
        .col(text("office"))
        .col(text("deed"))
        .col(uuid_null("case_id"))
        .col(uuid_null("draft_id"))
        .col(text_null("why"))
        .col(text("hash"))
        .primary_key(&mut primary_key(&["chain", "seq"]))
        .to_owned()
}

fn audit_head() -> TableCreateStatement {
    table("audit_head")
        .col(integer("chain"))
        .col(big_integer("seq"))
        .col(text("hash"))
        .col(text("proof"))
        .primary_key(&mut primary_key(&["chain"]))
        .to_owned()
}
