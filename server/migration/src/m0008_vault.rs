//! Personal data is sealed from now on. A database that was filled before says that it is not, until it was converted:
//! the keys are outside the database, where no migration can reach them.

use sea_orm_migration::prelude::*;

/// Those that could hold what people typed, when this migration was written.
const TABLES: [&str; 16] = [
    "appointment",
    "bundle",
    "case_event",
    "cases",
    "custody",
    "draft",
    "file",
    "message",
    "message_file",
    "note",
    "notice",
    "objection",
    "outbox",
    "rating",
    "session",
    "supervision",
];

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for table in TABLES {
        let any = Query::select().expr(Expr::val(1)).from(table).limit(1).to_owned();
        if manager.get_connection().query_one(&any).await?.is_some() {
            let mut plain = Query::insert();
            plain.into_table("meta").columns(["key", "value"]).values_panic(["key-ring".into(), "plain".into()]);
            return manager.execute(plain.to_owned()).await;
        }
    }
    Ok(())
}
