//! What every handler may use.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use leptos::prelude::LeptosOptions;
use service::Service;
use service::turns::Turns;
use tokio::sync::{Semaphore, watch};

use crate::config::Config;
use crate::site;

/// Open pages that are told about changes at once; the others ask again.
const STREAMS_MAX: usize = 2_000;
/// Files that are looked at and stored at the same time: each is held in memory while it is.
const FILES_AT_ONCE: usize = 2;
const FILES_WAITING: usize = 200;
/// A sender has waited for the file to go up already.
const FILES_PATIENCE: Duration = Duration::from_secs(60);
/// Requests that are worked on at the same time, those that wait, and how long.
const REQUESTS_AT_ONCE: usize = 64;
const REQUESTS_WAITING: usize = 512;
const REQUESTS_PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub struct AppState {
    pub service: Arc<Service>,
    pub leptos: LeptosOptions,
    pub process: Arc<Process>,
}

/// The process itself: its settings and limits.
pub struct Process {
    pub config: Config,
    /// What stands before the addresses of the client's files.
    pub client_root: String,
    /// Address of the style sheet, for pages that are made without Leptos.
    pub stylesheet: String,
    pub streams: Arc<Semaphore>,
    pub files: Turns,
    pub requests: Turns,
    /// Becomes true when the process is asked to stop.
    pub stopping: watch::Receiver<bool>,
}

impl AppState {
    pub fn new(service: Arc<Service>, config: Config, stopping: watch::Receiver<bool>) -> Self {
        let leptos = site::options(&config);
        let client_root = site::root(&config);
        let stylesheet = site::stylesheet(&config);
        let process = Process {
            config,
            client_root,
            stylesheet,
            streams: Arc::new(Semaphore::new(STREAMS_MAX)),
            files: Turns::new(FILES_AT_ONCE, FILES_WAITING, FILES_PATIENCE),
            requests: Turns::new(REQUESTS_AT_ONCE, REQUESTS_WAITING, REQUESTS_PATIENCE),
            stopping,
        };
        Self { service, leptos, process: Arc::new(process) }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
