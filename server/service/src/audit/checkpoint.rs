//! Where the audit stood at a moment, to be kept elsewhere: a database that was put back to an earlier state as a whole
//! fits together, and only a checkpoint shows that it is too short.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};

use super::store;
use crate::db::Db;
use crate::error::Error;
use crate::identity::{Keys, same};

/// A line for each chain that has rows: `time chain number hash signature`.
///
/// # Errors
/// When the database does not answer.
pub async fn checkpoint(db: &Db, keys: &Keys, now: DateTime<Utc>) -> Result<String, Error> {
    let time = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let heads = store::heads(&db.read).await?;
    let lines = heads.into_iter().filter(|head| head.seq > 0).map(|head| {
        let said = format!("{time} {} {} {}", head.chain, head.seq, head.hash);
        format!("{said} {}\n", signature(keys, &said))
    });
    Ok(lines.collect())
}

/// What lines of checkpoints saw: the hash by chain and number. Empty lines are passed over.
///
/// # Errors
/// Names the line that is none of this installation's.
pub fn read_checkpoints(keys: &Keys, lines: &str) -> Result<BTreeMap<(i32, i64), String>, String> {
    let lines = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| read(keys, line.trim()).ok_or(format!("line {} is no checkpoint of ours", index + 1)))
        .collect()
}

fn read(keys: &Keys, line: &str) -> Option<((i32, i64), String)> {
    let (said, signed) = line.rsplit_once(' ')?;
    let [_, chain, seq, hash] = said.split(' ').collect::<Vec<_>>().try_into().ok()?;
    same(&signature(keys, said), signed).then_some(())?;
    Some(((chain.parse().ok()?, seq.parse().ok()?), hash.to_owned()))
}

fn signature(keys: &Keys, said: &str) -> String {
    keys.blind("audit-checkpoint", said)
}
