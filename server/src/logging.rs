//! What the process says: one line an event, as text or JSON, without personal data.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::writer::BoxMakeWriter;

use crate::cli::LogFormat;

/// Libraries only warn: what they say below that can hold what people typed.
const FILTER: &str = "warn,app=info,server=info,service=info,tongban=info";

/// Starts logging to standard output. A second call changes nothing.
pub fn start(format: LogFormat) {
    to(format, BoxMakeWriter::new(std::io::stdout));
}

/// The same to standard error, for commands whose output is kept.
pub fn start_beside(format: LogFormat) {
    to(format, BoxMakeWriter::new(std::io::stderr));
}

fn to(format: LogFormat, writer: BoxMakeWriter) {
    let builder = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(FILTER)).with_target(false);
    let builder = builder.with_writer(writer);
    let started = match format {
        LogFormat::Text => builder.with_ansi(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            // The message itself may quote what somebody typed.
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "panic");
        }));
    }
}
