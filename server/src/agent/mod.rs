//! The agent of a kiosk: a small program beside the browser that drives the card reader, the scanner, the camera, the
//! printer and the signature pad for our pages. What it speaks is written down in `.readme/kiosk-agent.md`.
//!
//! It keeps nothing: what a device gives goes to the page that asked, and is in no log and in no file.

mod command;
mod device;
mod document;
mod http;
mod hub;
mod settings;
mod simulator;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal::unix::SignalKind;
use tokio::sync::watch;

pub use document::{Document, Media};
pub use settings::AgentSettings;

use crate::fault::Fault;
use crate::{commands, listen, logging};

/// Drives the devices until SIGTERM or SIGINT; then what is under way is cancelled and forgotten.
///
/// # Errors
/// When a setting is wrong, or it cannot start.
pub async fn run(settings: AgentSettings) -> Result<(), Fault> {
    let settings = settings.resolve()?;
    logging::start(settings.log_format);
    let ended = commands::first(commands::on(SignalKind::terminate())?, commands::on(SignalKind::interrupt())?);
    let listener = TcpListener::bind(settings.addr)
        .await
        .map_err(|error| Fault::start(&format!("listen on {}", settings.addr), error))?;
    let addr = listener.local_addr().map_err(|error| Fault::start("listen", error))?;
    let hub = Arc::new(hub::Hub::new(settings.devices));
    let app = http::router(Arc::clone(&hub), settings.origin.clone());
    tracing::info!(%addr, origin = settings.origin, "the agent listens");
    let (stop, _) = watch::channel(false);
    let ended = async {
        ended.await;
        // A reader that waits for a card would else hold the end up.
        if hub.cancel().await.is_err() {
            tracing::warn!("a device did not let go");
        }
    };
    listen::serve(listener, app, listen::Room::of(true), stop, ended).await;
    tracing::info!("stopped");
    Ok(())
}
