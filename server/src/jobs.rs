//! What happens without anybody asking.

use std::sync::Arc;
use std::time::Duration;

use service::Service;

/// How often it is looked whether a period has passed. Periods are days long.
const EVERY: Duration = Duration::from_secs(10 * 60);
/// How often it is looked for messages to send.
const SEND_EVERY: Duration = Duration::from_secs(5);

/// How often the virus scanner is asked about files that came while it was away.
const SCAN_EVERY: Duration = Duration::from_secs(60);

/// Runs until it is dropped.
pub async fn run(service: Arc<Service>) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        told("open cases followed the calendar and the offices", service::upkeep(&service).await);
        told("cases changed by the clock", service::cases::tick(&service).await);
        told("cases that changed their colour", service::supervision::recolour(&service).await);
        told("files without a row", service::forms::sweep(&service).await);
        told("cases and drafts whose retention ended", service::retention::run(&service).await);
        told("reminders", service::sms::remind(&service).await);
        told("codes and sessions that are over", service::residents::forget(&service).await);
        told("sign-ins that were over", service::staff::tidy(&service).await);
    }
}

/// Sends short messages until it is dropped.
pub async fn send(service: Arc<Service>) {
    let mut every = tokio::time::interval(SEND_EVERY);
    loop {
        tokio::select! {
            _ = every.tick() => {}
            () = service.sms_wake.notified() => {}
        }
        told("short messages", service::sms::send(&service).await);
    }
}

/// Notices that an administrator has changed the keys, until it is dropped.
pub async fn keys(service: Arc<Service>) {
    let mut every = tokio::time::interval(service::vault::LOOK_EVERY);
    loop {
        every.tick().await;
        if let Err(fault) = service.vault.refresh() {
            tracing::error!(%fault, "the key ring was not read");
        }
    }
}

/// Asks the virus scanner again, until it is dropped.
pub async fn scan(service: Arc<Service>) {
    let mut every = tokio::time::interval(SCAN_EVERY);
    loop {
        every.tick().await;
        told("scanned files", service::forms::scan_pending(&service).await);
    }
}

fn told(what: &str, done: Result<usize, service::Error>) {
    match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "{what}"),
        Err(fault) => tracing::error!(%fault, "{what}"),
    }
}
