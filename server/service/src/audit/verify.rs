//! Reads every chain from its beginning to its end.

use std::collections::BTreeMap;

use super::chain::{Fault, Reader};
use super::store;
use crate::db::Db;
use crate::error::Error;
use crate::identity::Keys;

/// Rows read at once.
const PAGE: u64 = 1_000;

/// What was read and found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub rows: u64,
    /// Empty: nothing was changed, added, removed or put elsewhere.
    pub faults: Vec<Fault>,
}

/// Checks all rows against their hashes, the heads of the chains, and what checkpoints saw: the hash by chain and
/// number.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(db: &Db, keys: &Keys, seen: BTreeMap<(i32, i64), String>) -> Result<Verified, Error> {
    let mut reader = Reader::with_checkpoints(seen);
    let mut after = (i32::MIN, 0);
    // One picture of rows and heads, whoever writes meanwhile.
    let tx = db.snapshot().await?;
    let heads = store::heads(&tx).await?;
    loop {
        let rows = store::rows_after(&tx, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = (last.chain, last.seq);
        rows.iter().for_each(|row| reader.read(row));
    }
    tx.rollback().await?;
    let (rows, faults) = reader.end(keys, &heads);
    Ok(Verified { rows, faults })
}
