//! What holds beside the program: the page of checks names tests that are there; what it is built of is known.

mod fuzz;
mod page;
mod supply;

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the project").to_owned()
}
