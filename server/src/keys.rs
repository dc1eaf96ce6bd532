//! For administrators: the keys of personal data.

use std::sync::Arc;

use service::db::Db;
use service::ports::SystemClock;
use service::vault::{self, Suite, Use};
use service::{Error, Service};

use crate::commands::open;
use crate::config::Config;
use crate::fault::Fault;
use crate::logging;

/// Prints the keys, never their secrets.
///
/// # Errors
/// When the database or the file of keys cannot be used.
pub async fn list(config: &Config) -> Result<(), Fault> {
    logging::start(config.log_format);
    let service = open(config).await?;
    println!("{:<8}  {:<5}  {:<13}  {:<20}  state", "id", "use", "suite", "made");
    for key in &service.vault.ring().keys {
        let used = if key.purpose == Use::Data { "data" } else { "blind" };
        let made = key.made_at.format("%Y-%m-%dT%H:%M:%SZ");
        let state = key.replaced_at.map_or("active".to_owned(), |at| format!("replaced {}", at.format("%Y-%m-%d")));
        println!("{:<8}  {used:<5}  {:<13}  {made:<20}  {state}", key.id, key.suite.key());
    }
    close(service).await
}

/// Adds a key for each use and makes them active.
///
/// # Errors
/// As [`list`].
pub async fn add(config: &Config, suite: Option<Suite>) -> Result<(), Fault> {
    logging::start(config.log_format);
    let service = open(config).await?;
    let ring = service.vault.ring();
    for purpose in [Use::Data, Use::Blind] {
        let before = ring.active(purpose).map_err(|error| Fault::start("read the key ring", error))?;
        let made = vault::add_key(&service, purpose, suite.unwrap_or(before.suite)).await;
        let id = made.map_err(|error| Fault::start("add a key", error))?;
        println!("{id} takes the place of {}.", before.id);
    }
    println!("Make a copy of {} now, then: tongban keys rewrap", config.service.key_ring.display());
    close(service).await
}

/// Seals everything with the active keys, while requests are served.
///
/// # Errors
/// As [`list`], and when a record does not open.
pub async fn rewrap(config: &Config) -> Result<(), Fault> {
    logging::start(config.log_format);
    let service = open(config).await?;
    let done = vault::rewrap(&service).await.map_err(|error| Fault::start("seal anew", error))?;
    println!("Sealed anew: {} rows, {} files.", done.rows, done.files);
    close(service).await
}

/// Destroys a key that nothing is sealed with any more.
///
/// # Errors
/// As [`list`], and when it is still needed.
pub async fn retire(config: &Config, id: &str) -> Result<(), Fault> {
    logging::start(config.log_format);
    let service = open(config).await?;
    match vault::retire_key(&service, id).await {
        Ok(()) => {
            println!("{id} is destroyed. Backups made before it was replaced need the copy of the key ring of then.")
        }
        Err(Error::Refused(why)) => return Err(Fault::usage(why)),
        Err(error) => return Err(Fault::start("retire a key", error)),
    }
    close(service).await
}

/// Seals a database that was filled by an earlier version. The server must be stopped.
///
/// # Errors
/// When the database is sealed already, or cannot be converted.
pub async fn seal(config: &Config) -> Result<(), Fault> {
    logging::start(config.log_format);
    let db = crate::commands::open_migrated(config).await?;
    match vault::convert(db, config.service.clone(), Arc::new(SystemClock)).await {
        Ok(done) => println!("Sealed: {} rows, {} files. Backups made before hold plain text.", done.rows, done.files),
        Err(Error::Refused(why)) => return Err(Fault::usage(why)),
        Err(error) => return Err(Fault::start("seal the database", error)),
    }
    Ok(())
}

async fn close(service: Service) -> Result<(), Fault> {
    let db: Db = service.db;
    db.close().await.map_err(|error| Fault::start("close the database", error))
}
