//! Numbers about the process for Prometheus: counts and times by route template, never by person.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

const LATENCY: &str = "tongban_http_request_duration_seconds";
const CONNECTIONS: &str = "tongban_http_connections";
const BUCKETS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// The recorder of this process; it can be installed only once.
static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts recording. `started`: when the process began, in seconds since 1970.
pub fn start(started: i64) {
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(LATENCY.to_owned()), &BUCKETS);
        let handle = builder.ok()?.install_recorder().ok()?;
        metrics::gauge!("tongban_process_start_time_seconds").set(started as f64);
        Some(handle)
    });
}

/// Keeps the memory of the recorder bounded when nobody reads it. Runs until it is dropped.
pub async fn tidy() {
    let mut every = tokio::time::interval(Duration::from_secs(5));
    loop {
        every.tick().await;
        if let Some(Some(handle)) = RECORDER.get() {
            handle.run_upkeep();
        }
    }
}

pub fn text() -> String {
    RECORDER.get().and_then(Option::as_ref).map(PrometheusHandle::render).unwrap_or_default()
}

pub fn request(method: &'static str, route: &str, status: u16, took: Duration) {
    let route = route.to_owned();
    metrics::counter!("tongban_http_requests_total",
        "method" => method, "route" => route.clone(), "status" => status.to_string())
    .increment(1);
    metrics::histogram!(LATENCY, "method" => method, "route" => route).record(took.as_secs_f64());
}

/// A connection for which there was no room.
pub fn turned_away() {
    metrics::counter!("tongban_connections_turned_away_total").increment(1);
}

/// Counted from now until it is dropped.
pub struct Connection;

impl Connection {
    pub fn opened() -> Self {
        metrics::gauge!(CONNECTIONS).increment(1.0);
        Self
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        metrics::gauge!(CONNECTIONS).decrement(1.0);
    }
}
