//! Short words for tables, keys and indices.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_query::ForeignKeyCreateStatement;

pub fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

pub fn primary_key(columns: &[&'static str]) -> IndexCreateStatement {
    let mut key = Index::create();
    for column in columns {
        key.col(*column);
    }
    key.primary().to_owned()
}

/// `from` of `table` names rows of `to_table` by their key `to`.
pub fn foreign_key(
    table: &'static str,
    from: &[&'static str],
    to_table: &'static str,
    to: &[&'static str],
) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create();
    key.name(format!("fk_{table}_{}", from.join("_")));
    for column in from {
        key.from(table, *column);
    }
    for column in to {
        key.to(to_table, *column);
    }
    key.to_owned()
}

pub fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index.to_owned()
}

pub async fn create_tables(
    manager: &SchemaManager<'_>,
    tables: impl IntoIterator<Item = TableCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    Ok(())
}

pub async fn create_indices(
    manager: &SchemaManager<'_>,
    indices: impl IntoIterator<Item = IndexCreateStatement>,
) -> Result<(), DbErr> {
    for index in indices {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// One column at a time: SQLite takes no more.
pub async fn add_columns(
    manager: &SchemaManager<'_>,
    columns: impl IntoIterator<Item = (&'static str, ColumnDef)>,
) -> Result<(), DbErr> {
    for (table, column) in columns {
        let mut alter = Table::alter();
        manager.alter_table(alter.table(table).add_column(column).to_owned()).await?;
    }
    Ok(())
}
