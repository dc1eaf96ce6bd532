//! The process: HTTP in front of the use cases and the pages.
//!
//! [`router::router`] is everything that answers; [`listen`] accepts connections; [`commands`] are what the program does.

#![forbid(unsafe_code)]

pub mod answer;
pub mod auditing;
pub mod authoring;
pub mod cli;
pub mod commands;
pub mod config;
pub mod fault;
mod health;
mod jobs;
pub mod keys;
mod layers;
pub mod listen;
mod logging;
mod metering;
pub mod router;
mod routes;
mod site;
pub mod state;

pub use layers::Peer;
