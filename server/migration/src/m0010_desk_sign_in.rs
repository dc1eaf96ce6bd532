//! How workers sign in: the second factor, sign-ins under way, devices that are known, tries, invitations.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, text, text_null, text_uniq, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

use crate::table::{add_columns, create_indices, create_tables, foreign_key, index, primary_key, table};

/// Workers of the demo that were made before rows said so.
const DEMO_LOGINS: [&str; 17] = [
    "duofu-1",
    "binhe-1",
    "binhe-2",
    "binhe-3",
    "binhe-4",
    "shenhe-mz-1",
    "shenhe-mz-2",
    "shenhe-mz-3",
    "shenhe-rs-1",
    "shenhe-cl-1",
    "sanhaojie-1",
    "heping-mz-1",
    "shenyang-mz-1",
    "laomo-1",
    "faku-mz-1",
    "faku-mz-2",
    "faku-mz-3",
];

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_tables(
        manager,
        [worker_factor(), recovery_code(), sign_in(), desk_device(), known_device(), tries(), proposal(), invitation()],
    )
    .await?;
    create_indices(
        manager,
        [
            index("sign_in", &["expires_at"]),
            index("desk_device", &["worker_id"]),
            index("known_device", &["worker_id"]),
            index("known_device", &["seen_at"]),
            index("tries", &["since"]),
            index("invitation", &["worker_id"]),
        ],
    )
    .await?;
    add_columns(manager, [("worker", boolean("demo").default(false).to_owned())]).await?;
    let mut mark = Query::update();
    mark.table("worker").value("demo", true).and_where(Expr::col("login").is_in(DEMO_LOGINS));
    manager.execute(mark.to_owned()).await
}

fn of_worker(table: &'static str) -> sea_query::ForeignKeyCreateStatement {
    foreign_key(table, &["worker_id"], "worker", &["id"])
}

fn worker_factor() -> TableCreateStatement {
    table("worker_factor")
        .col(uuid("worker_id"))
        .col(text_null("secret"))
        .col(text_null("next_secret"))
        .col(big_integer("last_step"))
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(integer("recovery_round"))
        .col(boolean("recovery_noted"))
        .primary_key(&mut primary_key(&["worker_id"]))
        .foreign_key(&mut of_worker("worker_factor"))
        .to_owned()
}

fn recovery_code() -> TableCreateStatement {
    table("recovery_code")
        .col(uuid("worker_id"))
        .col(text("code_hash"))
        .col(timestamp_with_time_zone_null("used_at"))
        .primary_key(&mut primary_key(&["worker_id", "code_hash"]))
        .foreign_key(&mut of_worker("recovery_code"))
        .to_owned()
}

fn sign_in() -> TableCreateStatement {
    table("sign_in")
        .col(text("token_hash"))
        .col(uuid("worker_id"))
        .col(integer("misses"))
        .col(timestamp_with_time_zone("expires_at"))
        .primary_key(&mut primary_key(&["token_hash"]))
        .foreign_key(&mut of_worker("sign_in"))
        .to_owned()
}

fn desk_device() -> TableCreateStatement {
    table("desk_device")
        .col(text("session_hash"))
        .col(uuid("id"))
        .col(uuid("worker_id"))
        .col(text("words"))
        .col(timestamp_with_time_zone("proved_at"))
        .primary_key(&mut primary_key(&["session_hash"]))
        .foreign_key(
            foreign_key("desk_device", &["session_hash"], "session", &["token_hash"])
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn known_device() -> TableCreateStatement {
    table("known_device")
        .col(text("device_hash"))
        .col(uuid("worker_id"))
        .col(timestamp_with_time_zone("seen_at"))
        .primary_key(&mut primary_key(&["device_hash", "worker_id"]))
        .foreign_key(&mut of_worker("known_device"))
        .to_owned()
}

fn tries() -> TableCreateStatement {
    table("tries")
        .col(text("key"))
        .col(integer("count"))
        .col(timestamp_with_time_zone("since"))
        .primary_key(&mut primary_key(&["key"]))
        .to_owned()
}

/// Rights that two administrators have to agree on.
fn proposal() -> TableCreateStatement {
    table("proposal")
        .col(uuid("id"))
        .col(uuid("worker_id"))
        .col(text("grant"))
        .col(text("reason"))
        .col(uuid("by"))
        .col(timestamp_with_time_zone("made_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut of_worker("proposal"))
        .to_owned()
}

fn invitation() -> TableCreateStatement {
    table("invitation")
        .col(uuid("id"))
        .col(text_uniq("token_hash"))
        .col(uuid_null("worker_id"))
        .col(text_null("role"))
        .col(text_null("office"))
        .col(timestamp_with_time_zone("expires_at"))
        .primary_key(&mut primary_key(&["id"]))
        .foreign_key(&mut of_worker("invitation"))
        .to_owned()
}
