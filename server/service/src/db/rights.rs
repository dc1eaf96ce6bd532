//! What the role of the server may do on PostgreSQL. The tables belong to another role, which migrates: so whoever
//! takes the server over can add to the audit, and can neither change what it says nor switch its guards off.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, Value};

use super::{Db, open};
use crate::error::Error;

/// Of tables that are not simply read and written.
const NARROW: [(&str, &str); 3] =
    [("audit", "SELECT, INSERT"), ("audit_head", "SELECT, UPDATE"), ("seaql_migrations", "SELECT")];

/// Sets what `role` may do with every table there is; to be repeated after each migration, by their owner.
///
/// # Errors
/// On SQLite, which has no roles; when there is no such role, or it is an owner of the tables by any way.
pub async fn grant(url: &str, role: &str) -> Result<(), Error> {
    if open::is_sqlite(url)? {
        return Err(Error::internal("SQLite", "has no roles"));
    }
    let db = open::postgres_only(url).await?;
    let done = set_rights(&db, role).await;
    db.close().await?;
    done
}

async fn set_rights(db: &DatabaseConnection, role: &str) -> Result<(), Error> {
    let fault = |what: &str| Error::internal(&format!("the role {role}"), what);
    let is = "SELECT rolsuper OR rolcreaterole OR pg_has_role(rolname, t.tableowner, 'MEMBER') AS yes \
              FROM pg_roles, pg_tables t WHERE rolname = $1 AND t.tablename = 'audit' AND t.schemaname = 'public'";
    match yes(db, is, [role.into()]).await? {
        None => return Err(fault("is not there: CREATE ROLE … LOGIN first")),
        Some(true) => return Err(fault("owns the tables: serve with another role than the one that migrates")),
        Some(false) => {}
    }
    let quoted = format!("\"{}\"", role.replace('"', "\"\""));
    let mut statements = vec![
        format!("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}"),
        format!("REVOKE ALL ON SCHEMA public FROM {quoted}"),
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC".to_owned(),
        format!("GRANT USAGE ON SCHEMA public TO {quoted}"),
        format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"),
    ];
    for (table, rights) in NARROW {
        statements.push(format!("REVOKE ALL ON {table} FROM {quoted}"));
        statements.push(format!("GRANT {rights} ON {table} TO {quoted}"));
    }
    // One transaction: at no moment may a running server do more or less.
    db.execute_unprepared(&format!("BEGIN; {}; COMMIT", statements.join("; "))).await?;
    Ok(())
}

impl Db {
    /// Whether this role could switch off the guards of the audit. SQLite has no roles, and is not asked.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn owns_audit(&self) -> Result<bool, Error> {
        if self.backend() == DbBackend::Sqlite {
            return Ok(false);
        }
        let is = "SELECT rolsuper OR pg_has_role(current_user, t.tableowner, 'MEMBER') AS yes FROM pg_roles, pg_tables t \
                  WHERE rolname = current_user AND t.tablename = 'audit' AND t.schemaname = current_schema()";
        Ok(yes(&self.read, is, []).await?.unwrap_or_default())
    }
}

async fn yes<const N: usize>(db: &DatabaseConnection, sql: &str, values: [Value; N]) -> Result<Option<bool>, Error> {
    let row = db.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    Ok(row.map(|row| row.try_get("", "yes")).transpose()?)
}
