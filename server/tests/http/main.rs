//! What answers on the network, asked as a browser, a stranger and an attacker would.

#[path = "../../service/tests/acting/mod.rs"]
mod acting;
mod announcements;
#[path = "../../../app/domain/tests/support/answers.rs"]
mod answers;
mod caching;
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
mod papers;
mod process;
mod settings;
mod strangers;
mod together;
mod typed;
mod unknown;
