//! What happens without anybody asking.

use std::sync::Arc;
use std::time::Duration;

use service::Service;

/// How often it is looked whether a period has passed. Periods are days long.
const EVERY: Duration = Duration::from_secs(10 * 60);
/// How often it is looked for messages to send.
const SEND_EVERY: Duration = Duration::from_secs(5);

/// Runs until it is dropped.
pub async fn run(service: Arc<Service>) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        told("open cases followed the calendar and the offices", service::upkeep(&service).await);
        told("cases changed by the clock", service::cases::tick(&service).await);
        told("cases that changed their colour", service::supervision::recolour(&service).await);
        told("reminders", service::sms::remind(&service).await);
        told("sign-ins that were over", service::staff::tidy(&service).await);
    }
}

/// Sends short messages until it is dropped.
pub async fn send(service: Arc<Service>) {
    let mut every = tokio::time::interval(SEND_EVERY);
    loop {
        every.tick().await;
        told("short messages", service::sms::send(&service).await);
    }
}

fn told(what: &str, done: Result<usize, service::Error>) {
    match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "{what}"),
        Err(fault) => tracing::error!(%fault, "{what}"),
    }
}
