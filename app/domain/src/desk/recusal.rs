//! 回避申报, as it is shown.

use serde::{Deserialize, Serialize};

use crate::cases::{Flash, WorkerView};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalView {
    pub worker: WorkerView,
    pub entries: Vec<RecusalEntry>,
    pub flash: Flash,
}

/// Somebody whose cases a worker leaves to colleagues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecusalEntry {
    /// The worker; else a relative.
    pub own: bool,
    /// Name and number, masked.
    pub shown: String,
    /// `11月22日 15:04`
    pub declared: String,
}
