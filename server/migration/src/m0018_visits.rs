//! Appointments that residents make by themselves: hours of offices, places that are taken, at home too; and residents
//! who want to be called.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, date, integer, small_integer, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

use crate::table::{add_columns, create_indices, create_tables, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    add_columns(
        manager,
        [
            ("appointment", integer("starts").default(0).to_owned()),
            ("appointment", integer("ends").default(0).to_owned()),
            ("appointment", text("manner").default("window").to_owned()),
            ("appointment", text_null("about")),
            ("appointment", text_null("address")),
            ("appointment", uuid_null("resident_id")),
            ("appointment", timestamp_with_time_zone_null("reminded_at")),
        ],
    )
    .await?;
    // Half days became times.
    for (half, starts, ends) in [("morning", 510, 720), ("afternoon", 780, 1_020)] {
        let mut update = Query::update();
        update.table("appointment").value("starts", starts).value("ends", ends);
        manager.execute(update.and_where(Expr::col("half").eq(half)).to_owned()).await?;
    }
    let mut alter = Table::alter();
    manager.alter_table(alter.table("appointment").drop_column("half").to_owned()).await?;
    create_tables(manager, [appointment_hours(), appointment_slot(), call_back()]).await?;
    create_indices(
        manager,
        [
            index("appointment", &["resident_id", "day"]),
            index("appointment", &["day", "state"]),
            index("appointment_hours", &["office", "weekday", "starts", "manner"]).unique().to_owned(),
            index("appointment_slot", &["day"]),
            index("call_back", &["office", "state", "due"]),
            index("call_back", &["resident_id"]),
            index("call_back", &["asked_at"]),
        ],
    )
    .await
}

fn appointment_hours() -> TableCreateStatement {
    table("appointment_hours")
        .col(uuid("id"))
        .col(text("office"))
        .col(small_integer("weekday"))
        .col(integer("starts"))
        .col(integer("ends"))
        .col(text("manner"))
        .col(integer("places"))
        .col(boolean("holidays"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}

fn appointment_slot() -> TableCreateStatement {
    table("appointment_slot")
        .col(text("key"))
        .col(date("day"))
        .col(integer("taken"))
        .primary_key(&mut primary_key(&["key"]))
        .to_owned()
}

fn call_back() -> TableCreateStatement {
    table("call_back")
        .col(uuid("id"))
        .col(text("office"))
        .col(text("item_code"))
        .col(text("name"))
        .col(text("phone"))
        .col(text("about"))
        .col(text("part"))
        .col(uuid_null("resident_id"))
        .col(date("due"))
        .col(integer("tries"))
        .col(text("state"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(timestamp_with_time_zone_null("tried_at"))
        .primary_key(&mut primary_key(&["id"]))
        .to_owned()
}
