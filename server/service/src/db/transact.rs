//! A transaction as a block: begun, committed when the block is `Ok`, repeated when another got in between.

use std::future::Future;

use sea_orm::DatabaseTransaction;

use super::retry;
use crate::error::Error;

/// `transact!(db, |tx| { … Ok(value) })`: runs the block in a transaction and commits it when it is `Ok`.
///
/// The block sees no write of others between its reads and its own writes: on SQLite there is one writer, on
/// PostgreSQL a row that somebody else changed meanwhile ends the attempt. Such an attempt is repeated from the
/// start, so the block may have no effects but those on the database. An `Err` of the block rolls back. A block may
/// not hold another one: it would wait for itself.
///
/// A macro and not a method with a closure, because the future of a block may borrow what stands around it.
macro_rules! transact {
    ($db:expr, |$tx:ident| $body:block) => {{
        let db: &$crate::db::Db = &$db;
        let mut attempt = 0_u32;
        loop {
            let turn = db.turn(attempt).await;
            let outcome = match db.begin().await {
                Ok(transaction) => {
                    let $tx = &transaction;
                    let outcome = $crate::db::fallible(async { $body }).await;
                    $crate::db::end(transaction, outcome).await
                }
                Err(error) => Err(error),
            };
            ::core::mem::drop(turn);
            if let Some(done) = $crate::db::settled(outcome, &mut attempt).await {
                break done;
            }
        }
    }};
}
pub(crate) use transact;

/// Tells the compiler the type of a block's answer.
pub(crate) fn fallible<T, F: Future<Output = Result<T, Error>>>(block: F) -> F {
    block
}

/// Commits or rolls back.
pub(crate) async fn end<T>(transaction: DatabaseTransaction, outcome: Result<T, Error>) -> Result<T, Error> {
    match outcome {
        Ok(value) => {
            transaction.commit().await?;
            Ok(value)
        }
        Err(error) => {
            if let Err(fault) = transaction.rollback().await {
                tracing::warn!(error = %fault, "rollback failed");
            }
            Err(error)
        }
    }
}

/// The outcome, or `None` after a pause when the attempt is to be repeated.
pub(crate) async fn settled<T>(outcome: Result<T, Error>, attempt: &mut u32) -> Option<Result<T, Error>> {
    let Err(Error::Database(fault)) = &outcome else { return Some(outcome) };
    if !retry::is_transient(fault) {
        return Some(outcome);
    }
    *attempt += 1;
    if *attempt >= retry::ATTEMPTS {
        tracing::warn!("transaction given up: the database stayed contended");
        return Some(Err(Error::Overloaded));
    }
    tokio::time::sleep(retry::pause(*attempt)).await;
    None
}
