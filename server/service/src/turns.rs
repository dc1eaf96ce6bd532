//! Turns at what keeps a processor busy or holds much memory: so many at once, so many that wait, and not for long. Who
//! comes when it is full is told so at once, instead of making it slower for all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Error;

#[derive(Clone, Debug)]
pub struct Turns {
    free: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    waiting_max: usize,
    patience: Duration,
}

/// Held while the work is done; it travels with the work when nobody waits for that any more.
#[derive(Debug)]
pub struct Turn(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

impl Turns {
    pub fn new(at_once: usize, waiting_max: usize, patience: Duration) -> Self {
        Self { free: Arc::new(Semaphore::new(at_once)), waiting: Arc::default(), waiting_max, patience }
    }

    /// # Errors
    /// [`Error::Overloaded`] when too many wait already, or it took too long.
    pub async fn take(&self) -> Result<Turn, Error> {
        if let Ok(permit) = self.free.clone().try_acquire_owned() {
            return Ok(Turn(permit));
        }
        let _place = Place::take(&self.waiting, self.waiting_max)?;
        match tokio::time::timeout(self.patience, self.free.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Turn(permit)),
            Ok(Err(error)) => Err(Error::internal("a turn", error)),
            Err(_) => Err(Error::Overloaded),
        }
    }
}

/// A place among those that wait; who hangs up leaves it.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize, most: usize) -> Result<Self, Error> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) >= most { Err(Error::Overloaded) } else { Ok(place) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn some_work_some_wait_and_the_rest_is_told() {
        let turns = Turns::new(2, 1, Duration::from_millis(200));
        let (first, _second) = (turns.take().await.expect("free"), turns.take().await.expect("free"));
        let waiting = tokio::spawn({
            let turns = turns.clone();
            async move { turns.take().await }
        });
        while turns.waiting.load(Ordering::Relaxed) == 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(turns.take().await, Err(Error::Overloaded)), "one waits already");
        drop(first);
        let third = waiting.await.expect("a task").expect("its turn");
        assert!(matches!(turns.take().await, Err(Error::Overloaded)), "it waited in vain");
        drop(third);
        turns.take().await.expect("free again");
    }

    #[tokio::test]
    async fn who_hangs_up_leaves_the_place() {
        let turns = Turns::new(1, 1, Duration::from_secs(60));
        let _first = turns.take().await.expect("free");
        for _ in 0..3 {
            let gone = tokio::time::timeout(Duration::from_millis(5), turns.take()).await;
            assert!(gone.is_err(), "it waited until it hung up, and was not refused: {gone:?}");
        }
    }
}
