//! Connections and their settings.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::error::Error;

/// Earlier ones can lose or damage data in WAL mode when two connections end a checkpoint at once.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

const ACQUIRE: Duration = Duration::from_secs(10);
const LOCK_WAIT: Duration = Duration::from_secs(5);
const STATEMENT: Duration = Duration::from_secs(30);

pub fn is_sqlite(url: &str) -> Result<bool, Error> {
    if url.starts_with("sqlite:") {
        Ok(true)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(false)
    } else {
        // The URL itself may hold a password.
        Err(Error::Internal("the database URL begins with neither sqlite: nor postgres://".to_owned()))
    }
}

pub async fn sqlite_writer(url: &str) -> Result<DatabaseConnection, Error> {
    let options = SqliteConnectOptions::from_str(url).map_err(|fault| Error::internal("database URL", fault))?;
    make_folder(options.get_filename()).map_err(|fault| Error::internal("folder of the database", fault))?;
    let mut options = common(url);
    options.max_connections(1).min_connections(1).map_sqlx_sqlite_opts(|options| {
        sqlite(options)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A case that was confirmed to somebody must survive a power cut.
            .synchronous(SqliteSynchronous::Full)
    });
    let writer = Database::connect(options).await?;
    check_version(&writer).await?;
    Ok(writer)
}

pub async fn sqlite_readers(url: &str) -> Result<DatabaseConnection, Error> {
    let cores = std::thread::available_parallelism().map_or(4, usize::from);
    let mut options = common(url);
    options
        .max_connections(u32::try_from(cores.clamp(4, 8)).unwrap_or(4))
        .map_sqlx_sqlite_opts(|options| sqlite(options).create_if_missing(false).read_only(true));
    Ok(Database::connect(options).await?)
}

fn sqlite(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options.busy_timeout(LOCK_WAIT).foreign_keys(true).pragma("cache_size", "-65536").pragma("temp_store", "MEMORY")
}

pub async fn postgres(url: &str) -> Result<DatabaseConnection, Error> {
    let mut options = common(url);
    options
        .max_connections(20)
        .statement_timeout(STATEMENT)
        .set_application_name("tongban")
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .max_lifetime(Duration::from_secs(30 * 60))
        .map_sqlx_postgres_opts(|options| {
            options.options([
                ("lock_timeout", format!("{}ms", LOCK_WAIT.as_millis())),
                ("idle_in_transaction_session_timeout", format!("{}ms", STATEMENT.as_millis())),
            ])
        });
    Ok(Database::connect(options).await?)
}

/// A single connection without time limits, for migrations.
pub async fn postgres_only(url: &str) -> Result<DatabaseConnection, Error> {
    let mut options = common(url);
    options.max_connections(1).set_application_name("tongban-migrate").idle_timeout(None).max_lifetime(None);
    Ok(Database::connect(options).await?)
}

fn common(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    // Statements carry personal data in their parameters.
    options.sqlx_logging(false).record_stmt_in_spans(false).acquire_timeout(ACQUIRE).connect_timeout(ACQUIRE);
    options
}

fn make_folder(file: &Path) -> std::io::Result<()> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => crate::ports::private_folder(folder),
        _ => Ok(()),
    }
}

async fn check_version(db: &DatabaseConnection) -> Result<(), Error> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "SELECT sqlite_version() AS version")).await?;
    let version: String = match row {
        Some(row) => row.try_get("", "version")?,
        None => String::new(),
    };
    if parts(&version) < OLDEST_SQLITE {
        return Err(Error::Internal(format!("SQLite {version} is too old: 3.51.3 is needed")));
    }
    Ok(())
}

fn parts(version: &str) -> [u32; 3] {
    let mut numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| numbers.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(parts("3.51.3") >= OLDEST_SQLITE);
        assert!(parts("3.100.0") > OLDEST_SQLITE);
        assert!(parts("3.9.9") < OLDEST_SQLITE);
        assert!(parts("") < OLDEST_SQLITE);
    }

    #[test]
    fn the_url_chooses_the_engine() {
        assert!(is_sqlite("sqlite:///tmp/x.db?mode=rwc").expect("a URL"));
        assert!(!is_sqlite("postgres://u:p@h/d").expect("a URL"));
        let fault = is_sqlite("mysql://u:secret@h/d").expect_err("not served");
        assert!(!fault.to_string().contains("secret"));
    }
}
