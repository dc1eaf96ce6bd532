//! The database: one URL chooses SQLite or PostgreSQL. Reads have their own pool; every write goes through
//! [`transact`].

mod open;
mod retry;
mod rights;
mod transact;
mod turn;
mod tx;

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use crate::error::Error;

pub(crate) use retry::is_exhausted;
pub use rights::grant;
pub(crate) use transact::{end, fallible, settled, transact};
use turn::{Turn, Turns};
pub use tx::Tx;

/// What a write does in its transaction.
pub type Work<'c, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'c>>;

/// Number of the lock that one migrating process holds: "tongban" in ASCII.
const MIGRATION_LOCK: i64 = 0x0074_6f6e_6762_616e;

#[derive(Clone, Debug)]
pub struct Db {
    /// For reading alone. On SQLite it cannot write; on PostgreSQL it may be a replica one day.
    pub read: DatabaseConnection,
    /// Behind [`transact`]. On SQLite it is one connection, on PostgreSQL the same pool as `read`.
    write: DatabaseConnection,
    turns: Turns,
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
            Ok(Self { read, write, turns: Turns::default() })
        } else {
            let pool = open::postgres(url).await?;
            Ok(Self { read: pool.clone(), write: pool, turns: Turns::default() })
        }
    }

    /// [`transact`] as a function, for those outside of this crate: runs `work` in a transaction, commits it when it
    /// returns `Ok`, and repeats it when another got in between.
    ///
    /// `db.write(|tx| Box::pin(async move { … }))`: the closure may borrow from outside; bind what the block shall
    /// not take to a reference first (`let rows = &rows;`).
    ///
    /// # Errors
    /// That of the work, with nothing written; [`Error::Overloaded`] when the database stayed contended.
    pub async fn write<'env, T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send,
        F: for<'c> Fn(&'c Tx<'env>) -> Work<'c, T> + Send + Sync,
    {
        let mut attempt = 0;
        loop {
            let outcome = self.write_once(&work, attempt).await;
            if let Some(done) = settled(outcome, &mut attempt).await {
                return done;
            }
        }
    }

    async fn write_once<'env, T, F>(&self, work: &F, attempt: u32) -> Result<T, Error>
    where
        T: Send,
        F: for<'c> Fn(&'c Tx<'env>) -> Work<'c, T> + Send + Sync,
    {
        let _turn = self.turn(attempt).await;
        let tx = Tx { inner: self.begin().await?, env: PhantomData };
        let outcome = work(&tx).await;
        end(tx.inner, outcome).await
    }

    /// Begins a transaction that writes; for [`transact`] alone.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, Error> {
        Ok(self.write.begin_with_options(options(self.backend())).await?)
    }

    /// A transaction that reads one state of the database, whatever is written meanwhile.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, Error> {
        let isolation_level = (self.backend() != DbBackend::Sqlite).then_some(IsolationLevel::RepeatableRead);
        Ok(self
            .read
            .begin_with_options(TransactionOptions { isolation_level, ..TransactionOptions::default() })
            .await?)
    }

    /// Waits until an attempt of that number may begin.
    pub(crate) async fn turn(&self, attempt: u32) -> Turn<'_> {
        match self.backend() {
            // Its one writer is a queue by itself.
            DbBackend::Sqlite => Turn::Free,
            _ => self.turns.take(attempt).await,
        }
    }

    /// Writes tables anew, so that what was overwritten in them is not left in the files. Nothing else may be going on.
    pub(crate) async fn forget(&self, tables: &[&str]) -> Result<(), Error> {
        if self.backend() == DbBackend::Sqlite {
            self.write.execute_unprepared("VACUUM").await?;
            self.write.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
            return Ok(());
        }
        for table in tables {
            self.write.execute_unprepared(&format!("VACUUM FULL \"{table}\"")).await?;
        }
        Ok(())
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
/// SQLite has no isolation levels: it is always serial.
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
