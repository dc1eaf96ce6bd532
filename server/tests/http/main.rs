//! What answers on the network, asked as a browser, a stranger and an attacker would.

#[path = "../../service/tests/acting/mod.rs"]
mod acting;
mod announcements;
#[path = "../../../app/domain/tests/support/answers.rs"]
mod answers;
mod audited;
mod caching;
mod canary;
mod closed;
mod common;
mod display;
#[path = "../../service/tests/common/mod.rs"]
mod engines;
mod forms;
mod glossary;
mod headers;
mod hostile;
mod html;
mod isolation;
mod journey;
mod kiosk_devices;
mod kiosks;
mod limits;
mod operations;
mod other_sites;
mod overload;
mod papers;
mod pieces;
mod printing;
mod process;
mod residents;
mod rights;
mod settings;
mod smuggling;
mod strangers;
mod together;
mod typed;
mod unknown;
