//! Who may write now, among the tasks of this process, on an engine with many writers.
//!
//! Everybody at once, as a rule. Where many change one row (the running number of an item on a busy morning), all but
//! one fail and try again, and chance alone would let some fail too often. So a transaction that failed twice runs
//! alone.

use std::sync::Arc;

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The number of the first attempt that runs alone.
const ALONE: u32 = 2;

#[derive(Clone, Debug, Default)]
pub struct Turns(Arc<RwLock<()>>);

/// Held while a transaction runs.
pub enum Turn<'a> {
    Free,
    Together(#[expect(dead_code, reason = "held, not read")] RwLockReadGuard<'a, ()>),
    Alone(#[expect(dead_code, reason = "held, not read")] RwLockWriteGuard<'a, ()>),
}

impl Turns {
    pub async fn take(&self, attempt: u32) -> Turn<'_> {
        if attempt < ALONE { Turn::Together(self.0.read().await) } else { Turn::Alone(self.0.write().await) }
    }
}
