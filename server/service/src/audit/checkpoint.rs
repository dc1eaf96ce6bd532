//! Where the audit stood at a moment, to be kept elsewhere: a database that was put back to an earlier state as a whole
//! fits together, and only a checkpoint shows that it is too short.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};

use super::signing::{PublicKey, SigningKey};
use super::store;
use crate::db::Db;
use crate::error::Error;

/// A line for each chain that has rows: `time chain number hash signature`.
///
/// # Errors
/// When the database does not answer.
pub async fn checkpoint(db: &Db, key: &SigningKey, now: DateTime<Utc>) -> Result<String, Error> {
    let time = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let heads = store::heads(&db.read).await?;
    let lines = heads.into_iter().filter(|head| head.seq > 0).map(|head| {
        let said = format!("{time} {} {} {}", head.chain, head.seq, head.hash);
        format!("{said} {}\n", key.sign(&said))
    });
    Ok(lines.collect())
}

/// What lines of checkpoints saw: the hash by chain and number. Empty lines are passed over.
///
/// # Errors
/// Names the line that the key has not signed.
pub fn read_checkpoints(key: &PublicKey, lines: &str) -> Result<BTreeMap<(i32, i64), String>, String> {
    let lines = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| read(key, line.trim()).ok_or(format!("line {} was not signed by this key", index + 1)))
        .collect()
}

fn read(key: &PublicKey, line: &str) -> Option<((i32, i64), String)> {
    let (said, signature) = line.rsplit_once(' ')?;
    let [_, chain, seq, hash] = said.split(' ').collect::<Vec<_>>().try_into().ok()?;
    key.has_signed(said, signature).then_some(())?;
    Some(((chain.parse().ok()?, seq.parse().ok()?), hash.to_owned()))
}
