//! Reads every chain from its beginning to its end: to find what is wrong, or to write it down for others.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use super::chain::{Fault, Reader};
use super::line;
use super::store::{self, AuditRow, HeadRow};
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
/// number. Without the keys of the installation, heads are not proven.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(db: &Db, keys: Option<&Keys>, seen: BTreeMap<(i32, i64), String>) -> Result<Verified, Error> {
    let mut reader = Reader::with_checkpoints(seen);
    let heads = every_row(db, |row| {
        reader.read(row);
        Ok(())
    });
    let heads = heads.await?;
    let (rows, faults) = reader.end(keys, Some(&heads));
    Ok(Verified { rows, faults })
}

/// Writes all rows down, a line for each, in the order of chain and number: the same rows make the same bytes.
///
/// # Errors
/// When the database does not answer, or nothing more can be written.
pub async fn export(db: &Db, out: &mut (dyn Write + Send)) -> Result<u64, Error> {
    let mut rows = 0;
    every_row(db, |row| {
        rows += 1;
        line::write(row, out).map_err(|error| Error::internal("the export", error))
    })
    .await?;
    Ok(rows)
}

/// Checks rows that were exported, with nothing but them and what checkpoints saw.
///
/// # Errors
/// Names the line that is none of an export.
pub fn verify_lines(lines: impl BufRead, seen: BTreeMap<(i32, i64), String>) -> Result<Verified, String> {
    let mut reader = Reader::with_checkpoints(seen);
    for (index, line) in lines.lines().enumerate() {
        let fault = |fault: &dyn std::fmt::Display| format!("line {}: {fault}", index + 1);
        let line = line.map_err(|error| fault(&error))?;
        reader.read(&line::read(&line).map_err(|error| fault(&error))?);
    }
    let (rows, faults) = reader.end(None, None);
    Ok(Verified { rows, faults })
}

/// One picture of rows and heads, whoever writes meanwhile.
async fn every_row(
    db: &Db,
    mut each: impl FnMut(&AuditRow) -> Result<(), Error> + Send,
) -> Result<Vec<HeadRow>, Error> {
    let mut after = (i32::MIN, 0);
    let tx = db.snapshot().await?;
    let heads = store::heads(&tx).await?;
    loop {
        let rows = store::rows_after(&tx, after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = (last.chain, last.seq);
        rows.iter().try_for_each(&mut each)?;
    }
    tx.rollback().await?;
    Ok(heads)
}
