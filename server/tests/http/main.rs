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
#[path = "../../service/tests/common/mod.rs"]
mod engines;
mod forms;
mod headers;
mod hostile;
mod html;
mod isolation;
mod journey;
mod limits;
mod operations;
mod other_sites;
mod overload;
mod papers;
mod process;
mod residents;
mod rights;
mod settings;
mod smuggling;
mod strangers;
mod together;
mod typed;
mod unknown;
