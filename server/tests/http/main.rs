//! What answers on the network, asked as a browser, a stranger and an attacker would.

#[path = "../../service/tests/acting/mod.rs"]
mod acting;
mod announcements;
mod caching;
mod common;
mod forms;
mod headers;
mod journey;
mod limits;
mod operations;
mod other_sites;
mod papers;
mod process;
mod settings;
mod strangers;
