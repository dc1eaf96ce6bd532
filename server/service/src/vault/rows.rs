//! Rows of whatever table has sealed columns, read and written by the lists of columns alone.

use std::fmt;

use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::place::{BLINDS, BlindColumn, COLUMNS, Column, KEYS, RowKeyKind};
use crate::error::Error;

/// A table with its sealed and blind columns.
pub(super) struct Table {
    pub name: &'static str,
    key: RowKeyKind,
    pub columns: Vec<Column>,
    pub blinds: Vec<&'static BlindColumn>,
}

/// The primary key of a row, printed as [`Column::of`] and [`Column::of_two`] have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowKey {
    Id(Uuid),
    Text(String),
    Two(Uuid, i32),
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::Text(text) => f.write_str(text),
            Self::Two(first, second) => write!(f, "{first}/{second}"),
        }
    }
}

pub(super) struct Row {
    pub key: RowKey,
    /// As the table's columns.
    pub sealed: Vec<Option<String>>,
    /// As the table's blind columns: what is stored, and the column beside it.
    pub blinds: Vec<(Option<String>, String)>,
}

/// Every table of the lists.
pub(super) fn tables() -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for column in COLUMNS {
        if let Some(table) = tables.iter_mut().find(|table| table.name == column.table) {
            table.columns.push(*column);
            continue;
        }
        let key = KEYS.iter().find(|(name, _)| *name == column.table).map_or(RowKeyKind::Id, |(_, key)| *key);
        let blinds = BLINDS.iter().filter(|blind| blind.table == column.table).collect();
        tables.push(Table { name: column.table, key, columns: vec![*column], blinds });
    }
    tables
}

impl Table {
    /// Names of the columns that hold records: sealed ones, then blind ones.
    pub fn records(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.name).chain(self.blinds.iter().map(|blind| blind.name))
    }

    fn key_columns(&self) -> Vec<&'static str> {
        match self.key {
            RowKeyKind::Id => vec!["id"],
            RowKeyKind::Uuid(column) | RowKeyKind::Text(column) => vec![column],
            RowKeyKind::Two(first, second) => vec![first, second],
        }
    }

    fn key_of(&self, row: &QueryResult) -> Result<RowKey, Error> {
        Ok(match self.key {
            RowKeyKind::Id => RowKey::Id(row.try_get("", "id")?),
            RowKeyKind::Uuid(column) => RowKey::Id(row.try_get("", column)?),
            RowKeyKind::Text(column) => RowKey::Text(row.try_get("", column)?),
            RowKeyKind::Two(first, second) => RowKey::Two(row.try_get("", first)?, row.try_get("", second)?),
        })
    }

    /// A key as it was printed.
    pub fn parse_key(&self, text: &str) -> Option<RowKey> {
        Some(match self.key {
            RowKeyKind::Id | RowKeyKind::Uuid(_) => RowKey::Id(text.parse().ok()?),
            RowKeyKind::Text(_) => RowKey::Text(text.to_owned()),
            RowKeyKind::Two(..) => {
                let (first, second) = text.split_once('/')?;
                RowKey::Two(first.parse().ok()?, second.parse().ok()?)
            }
        })
    }

    fn is_row(&self, key: &RowKey) -> Cond {
        let columns = self.key_columns();
        values(key).into_iter().zip(columns).fold(Cond::all(), |all, (value, column)| all.add(col(column).eq(value)))
    }

    fn is_after(&self, key: &RowKey) -> Cond {
        let columns = self.key_columns();
        let values = values(key);
        match (values.as_slice(), columns.as_slice()) {
            ([first, second], [one, two]) => Cond::any()
                .add(col(one).gt(first.clone()))
                .add(Cond::all().add(col(one).eq(first.clone())).add(col(two).gt(second.clone()))),
            _ => Cond::all().add(col(columns[0]).gt(values[0].clone())),
        }
    }
}

fn values(key: &RowKey) -> Vec<SimpleExpr> {
    match key {
        RowKey::Id(id) => vec![Expr::val(*id)],
        RowKey::Text(text) => vec![Expr::val(text.as_str())],
        RowKey::Two(first, second) => vec![Expr::val(*first), Expr::val(*second)],
    }
}

fn col(name: &str) -> Expr {
    Expr::col(Alias::new(name))
}

/// Rows in the order of their keys, after one. With heads of records, only those with a record that begins with
/// neither: in a sealed column the first, in a blind one the second, unless there is nothing that it would follow from.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    table: &Table,
    after: Option<&RowKey>,
    stale: Option<(&str, &str)>,
    limit: u64,
) -> Result<Vec<Row>, Error> {
    let mut select = Query::select();
    select.from(Alias::new(table.name)).limit(limit);
    for column in table.key_columns() {
        select.column(Alias::new(column)).order_by(Alias::new(column), Order::Asc);
    }
    for name in table.records().filter(|name| !table.key_columns().contains(name)) {
        select.column(Alias::new(name));
    }
    for blind in &table.blinds {
        select.expr_as(blind.beside.map_or_else(|| Expr::val(""), col), Alias::new(beside(blind)));
    }
    if let Some(after) = after {
        select.cond_where(table.is_after(after));
    }
    if let Some((data, blind)) = stale {
        select.cond_where(any_other(table, data, blind));
    }
    let rows = db.query_all(&select).await?;
    rows.iter().map(|row| of_result(table, row)).collect()
}

fn any_other(table: &Table, data: &str, blind: &str) -> Cond {
    let other = |name: &str, head: &str| col(name).not_like(format!("{head}%"));
    let sealed = table.columns.iter().fold(Cond::any(), |any, column| any.add(other(column.name, data)));
    let stale = |column: &BlindColumn| Cond::all().add(col(column.from).is_not_null()).add(other(column.name, blind));
    table.blinds.iter().fold(sealed, |any, column| any.add(stale(column)))
}

/// The alias of the column beside a blind one.
fn beside(blind: &BlindColumn) -> String {
    format!("beside_{}", blind.name)
}

fn of_result(table: &Table, row: &QueryResult) -> Result<Row, Error> {
    let sealed = table.columns.iter().map(|column| row.try_get("", column.name)).collect::<Result<_, _>>()?;
    let blind = |blind: &&'static BlindColumn| -> Result<(Option<String>, String), Error> {
        Ok((row.try_get("", blind.name)?, row.try_get("", &beside(blind))?))
    };
    Ok(Row { key: table.key_of(row)?, sealed, blinds: table.blinds.iter().map(blind).collect::<Result<_, _>>()? })
}

/// Puts new records in place of those that were read. `false`: somebody wrote the row meanwhile.
pub(super) async fn replace(
    tx: &impl ConnectionTrait,
    table: &Table,
    row: &Row,
    new: &[Option<String>],
) -> Result<bool, Error> {
    let mut update = Query::update();
    update.table(Alias::new(table.name)).cond_where(table.is_row(&row.key));
    let old = row.sealed.iter().chain(row.blinds.iter().map(|(stored, _)| stored));
    let both =
        table.records().zip(old).zip(new).filter_map(|((name, old), new)| Some((name, old.as_ref()?, new.as_ref()?)));
    let changes: Vec<_> = both.collect();
    if changes.is_empty() {
        return Ok(true);
    }
    for (name, old, new) in changes {
        update.value(Alias::new(name), new.as_str()).and_where(col(name).eq(old.as_str()));
    }
    Ok(tx.execute(&update).await?.rows_affected() == 1)
}

/// How many records begin so.
pub(super) async fn count(db: &impl ConnectionTrait, head: &str) -> Result<i64, Error> {
    let mut found = 0;
    for table in tables() {
        for name in table.records() {
            let mut select: SelectStatement = Query::select();
            select.expr_as(col(table.key_columns()[0]).count(), Alias::new("found")).from(Alias::new(table.name));
            select.and_where(col(name).like(format!("{head}%")));
            let row = db.query_one(&select).await?;
            found += row.map_or(Ok(0), |row| row.try_get::<i64>("", "found"))?;
        }
    }
    Ok(found)
}
