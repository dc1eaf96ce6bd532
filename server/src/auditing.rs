//! For auditors: whether what was recorded still stands as it was, and what others need to see that for themselves.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write, stdout};
use std::path::Path;

use service::audit::{self, PublicKey, SigningKey, Verified};
use service::db::Db;
use service::identity::Keys;
use service::ports::{Clock, SystemClock};

use crate::commands::open_migrated;
use crate::config::Config;
use crate::fault::Fault;
use crate::logging;

/// What to verify with.
#[derive(Debug, Default)]
pub struct Given<'a> {
    pub checkpoints: Option<&'a Path>,
    pub public_key: Option<&'a PublicKey>,
}

/// What the checkpoints saw, by chain and number.
type Seen = BTreeMap<(i32, i64), String>;

/// Prints what is wrong with the audit in the database, or that nothing is.
///
/// # Errors
/// When anything is wrong, or the checkpoints were not signed by the key.
pub async fn verify(config: &Config, given: Given<'_>) -> Result<(), Fault> {
    logging::start_beside(config.log_format);
    let seen = checkpoints(&given, || Ok(signing_key(config)?.public()))?;
    tell(&verify_database(config, given.public_key.is_none(), seen).await?)
}

/// The same with rows that were exported. Where it runs there is no installation: neither settings nor secrets are
/// read, and nothing is written.
///
/// # Errors
/// As [`verify`].
pub fn verify_file(file: &Path, given: Given<'_>) -> Result<(), Fault> {
    let no_key = || Err(Fault::usage("--file with --checkpoints needs --public-key"));
    let seen = checkpoints(&given, no_key)?;
    let file = File::open(file).map_err(|error| Fault::start("read the export", error))?;
    let found = audit::verify_lines(BufReader::new(file), seen);
    tell(&found.map_err(|error| Fault::start("read the export", error))?)
}

fn tell(found: &Verified) -> Result<(), Fault> {
    for fault in &found.faults {
        println!("{fault}");
    }
    println!("{} rows read, {} faults", found.rows, found.faults.len());
    if found.faults.is_empty() { Ok(()) } else { Err(Fault::Start("the audit was changed".to_owned())) }
}

/// Read with the key that was named, else with `own`.
fn checkpoints(given: &Given<'_>, own: impl FnOnce() -> Result<PublicKey, Fault>) -> Result<Seen, Fault> {
    let Some(file) = given.checkpoints else { return Ok(Seen::new()) };
    let lines = std::fs::read_to_string(file).map_err(|error| Fault::start("read the checkpoints", error))?;
    let key = given.public_key.cloned().map_or_else(own, Ok)?;
    audit::read_checkpoints(&key, &lines).map_err(Fault::Usage)
}

/// Only the secret of the installation proves the ends of chains that no checkpoint has seen yet.
async fn verify_database(config: &Config, with_secret: bool, seen: Seen) -> Result<Verified, Fault> {
    let db = open_migrated(config).await?;
    let keys = with_secret.then(|| Keys::open(&config.service.key_file)).transpose();
    let keys = keys.map_err(|error| Fault::start("open the key file", error))?;
    let found = audit::verify(&db, keys.as_ref(), seen).await.map_err(|error| Fault::start("read the audit", error))?;
    close(db).await?;
    Ok(found)
}

/// Prints where the audit stands.
///
/// # Errors
/// When the database does not answer.
pub async fn checkpoint(config: &Config) -> Result<(), Fault> {
    logging::start_beside(config.log_format);
    let (db, key) = (open_migrated(config).await?, signing_key(config)?);
    let lines = audit::checkpoint(&db, &key, SystemClock.now());
    print!("{}", lines.await.map_err(|error| Fault::start("read the audit", error))?);
    close(db).await
}

/// Prints all rows.
///
/// # Errors
/// When the database does not answer, or nobody reads what is printed.
pub async fn export(config: &Config) -> Result<(), Fault> {
    logging::start_beside(config.log_format);
    let db = open_migrated(config).await?;
    let mut out = BufWriter::new(stdout());
    audit::export(&db, &mut out).await.map_err(|error| Fault::start("read the audit", error))?;
    out.flush().map_err(|error| Fault::start("print", error))?;
    close(db).await
}

/// Prints the public key.
///
/// # Errors
/// When the key file cannot be used.
pub fn key(config: &Config) -> Result<(), Fault> {
    println!("{}", signing_key(config)?.public());
    Ok(())
}

fn signing_key(config: &Config) -> Result<SigningKey, Fault> {
    SigningKey::open(&config.audit_key_file).map_err(|error| Fault::start("open the key of the audit", error))
}

async fn close(db: Db) -> Result<(), Fault> {
    db.close().await.map_err(|error| Fault::start("close the database", error))
}
