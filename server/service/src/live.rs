//! Tells open pages that a case has changed. The truth is in the database; this is only a hint.

use tokio::sync::broadcast;
use uuid::Uuid;

/// Changes of cases in this process: the case and its new version.
pub struct Bus(broadcast::Sender<(Uuid, u32)>);

impl Default for Bus {
    fn default() -> Self {
        Self(broadcast::channel(1_024).0)
    }
}

impl Bus {
    pub(crate) fn changed(&self, case: Uuid, version: u32) {
        // Nobody listening is no fault.
        let _ = self.0.send((case, version));
    }

    /// A listener that fell behind is told so and asks the database.
    pub fn listen(&self) -> broadcast::Receiver<(Uuid, u32)> {
        self.0.subscribe()
    }
}
