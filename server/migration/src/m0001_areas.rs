//! Areas, offices, the calendar, and facts about the database itself.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, date, date_null, small_integer, text, text_null};

use crate::table::{create_indices, create_tables, foreign_key, index, primary_key, table};

pub async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_tables(manager, [area(), office(), workday(), meta()]).await?;
    create_indices(manager, [index("area", &["parent"]), index("office", &["area"])]).await
}

fn area() -> TableCreateStatement {
    table("area")
        .col(text("code"))
        .col(text("name"))
        .col(small_integer("level"))
        .col(text_null("parent"))
        .col(date_null("valid_from"))
        .col(date_null("valid_to"))
        .primary_key(&mut primary_key(&["code"]))
        .foreign_key(&mut foreign_key("area", &["parent"], "area", &["code"]))
        .to_owned()
}

fn office() -> TableCreateStatement {
    table("office")
        .col(text("code"))
        .col(text("name"))
        .col(text("area"))
        .col(text_null("department"))
        .primary_key(&mut primary_key(&["code"]))
        .foreign_key(&mut foreign_key("office", &["area"], "area", &["code"]))
        .to_owned()
}

fn workday() -> TableCreateStatement {
    table("workday").col(date("day")).col(boolean("worked")).primary_key(&mut primary_key(&["day"])).to_owned()
}

fn meta() -> TableCreateStatement {
    table("meta").col(text("key")).col(text("value")).primary_key(&mut primary_key(&["key"])).to_owned()
}
