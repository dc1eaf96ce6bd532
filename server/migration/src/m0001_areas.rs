//! Areas, offices, the calendar, and facts about the database itself.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, date, date_null, small_integer, text, text_null};

use crate::table::{foreign_key, index, primary_key, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [area(), office(), workday(), meta()] {
            manager.create_table(table).await?;
        }
        for index in [index("area", &["parent"]), index("office", &["area"])] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
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
