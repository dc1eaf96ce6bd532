//! The database: one URL chooses SQLite or PostgreSQL. Reads have their own pool; every write goes through
//! [`Db::write`].

mod open;
mod retry;
mod tx;

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use crate::error::Error;

pub use tx::Tx;

/// What a write does in its transaction.
pub type Work<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

/// Number of the lock that one migrating process holds: "tongban" in ASCII.
const MIGRATION_LOCK: i64 = 0x0074_6f6e_6762_616e;

#[derive(Clone, Debug)]
pub struct Db {
    /// For reading alone. On SQLite it cannot write; on PostgreSQL it may be a replica one day.
    pub read: DatabaseConnection,
    /// Behind [`Self::write`]. On SQLite it is one connection, on PostgreSQL the same pool as `read`.
    write: DatabaseConnection,
}

impl Db {
    /// Opens `sqlite://PATH?mode=rwc` (with its folder) or `postgres://…`. The schema is not looked at: [`pending`].
    ///
    /// # Errors
    /// When the database cannot be reached or is too old.
    pub async fn open(url: &str) -> Result<Self, Error> {
        if open::is_sqlite(url)? {
            let write = open::sqlite_writer(url).await?;
            let read = open::sqlite_readers(url).await?;
            Ok(Self { read, write })
        } else {
            let pool = open::postgres(url).await?;
            Ok(Self { read: pool.clone(), write: pool })
        }
    }

    /// Runs `work` in a transaction and commits it when it returns `Ok`.
    ///
    /// The work sees no write of others between its reads and its own writes: on SQLite there is one writer, on
    /// PostgreSQL a row that somebody else changed meanwhile ends the attempt. Such an attempt is repeated from the
    /// start, so the work may have no effects but those on the database.
    ///
    /// `db.write(|tx| Box::pin(async move { … }))`: the closure may borrow from outside; bind what the block shall
    /// not take to a reference first (`let rows = &rows;`).
    ///
    /// # Errors
    /// That of the work, with nothing written; [`Error::Busy`] when the database stayed contended.
    pub async fn write<'env, T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send,
        F: for<'c> Fn(&'c Tx<'env>) -> Work<'c, T> + Send + Sync,
    {
        for attempt in 0..retry::ATTEMPTS {
            if attempt > 0 {
                tokio::time::sleep(retry::pause(attempt)).await;
            }
            match self.write_once(&work).await {
                Err(Error::Database(fault)) if retry::is_transient(&fault) => {
                    tracing::debug!(attempt, code = retry::code(&fault).as_deref(), "transaction repeated");
                }
                Err(Error::Database(fault)) if retry::is_exhausted(&fault) => break,
                done => return done,
            }
        }
        tracing::warn!("transaction given up: the database stayed contended");
        Err(Error::Busy)
    }

    async fn write_once<'env, T, F>(&self, work: &F) -> Result<T, Error>
    where
        T: Send,
        F: for<'c> Fn(&'c Tx<'env>) -> Work<'c, T> + Send + Sync,
    {
        let inner = self.write.begin_with_options(options(self.backend())).await?;
        let tx = Tx { inner, env: PhantomData };
        match work(&tx).await {
            Ok(done) => {
                tx.inner.commit().await?;
                Ok(done)
            }
            Err(fault) => {
                if let Err(error) = tx.inner.rollback().await {
                    tracing::warn!(%error, "rollback failed");
                }
                Err(fault)
            }
        }
    }

    pub fn backend(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// Whether both pools answer.
    ///
    /// # Errors
    /// When one does not.
    pub async fn ping(&self) -> Result<(), Error> {
        self.read.ping().await?;
        if self.backend() == DbBackend::Sqlite {
            self.write.ping().await?;
        }
        Ok(())
    }

    /// Closes every connection; what runs is waited for.
    ///
    /// # Errors
    /// When the database does.
    pub async fn close(self) -> Result<(), Error> {
        self.read.close().await?;
        self.write.close().await?;
        Ok(())
    }
}

/// The lock for writing is taken at once on SQLite, since one that is taken after a read can fail without waiting.
/// `Sqlite` has no isolation levels: it is always serial.
fn options(backend: DbBackend) -> TransactionOptions {
    match backend {
        DbBackend::Sqlite => TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        },
        _ => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            ..TransactionOptions::default()
        },
    }
}

/// Brings the schema up to date. Processes that do it at the same time on PostgreSQL wait for each other.
///
/// # Errors
/// When the database cannot be reached or a migration fails; what was done before it stays.
pub async fn migrate(url: &str) -> Result<(), Error> {
    if open::is_sqlite(url)? {
        let writer = open::sqlite_writer(url).await?;
        Migrator::up(&writer, None).await?;
        writer.close().await?;
        return Ok(());
    }
    // One connection holds the lock and migrates; when it breaks, PostgreSQL lets go of the lock.
    let only = open::postgres_only(url).await?;
    only.execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})")).await?;
    let done = Migrator::up(&only, None).await;
    only.close().await?;
    Ok(done?)
}

/// Migrations that have not been applied. With any, the process must not serve.
///
/// # Errors
/// When the database does not answer.
pub async fn pending(db: &Db) -> Result<Vec<String>, Error> {
    let pending = Migrator::get_pending_migrations_read_only(&db.read).await?;
    Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
}
