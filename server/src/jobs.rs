//! What happens without anybody asking.

use std::sync::Arc;
use std::time::Duration;

use service::Service;

/// How often it is looked whether a period has passed. Periods are days long.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// Runs until it is dropped.
pub async fn run(service: Arc<Service>) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        match service::cases::tick(&service).await {
            Ok(0) => {}
            Ok(cases) => tracing::info!(cases, "the clock changed cases whose period has passed"),
            Err(fault) => tracing::error!(%fault, "cases whose period has passed"),
        }
    }
}
