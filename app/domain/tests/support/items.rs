//! The items of the admission list and the communities of the city, as the seed data has them.

#![allow(dead_code, reason = "each test program uses a part")]

#[path = "../../../../server/service/src/catalogue/read.rs"]
mod read;

use std::path::{Path, PathBuf};

use domain::catalogue::{Item, LifeEvent};

fn seed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../server/service/seed")
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|fault| panic!("{}: {fault}", file.display()))
}

/// Every item, by its code.
pub fn items() -> Vec<Item> {
    let groups = seed().join("groups");
    let group = |name: &str| std::fs::read_to_string(groups.join(format!("{name}.toml"))).ok();
    let folder = std::fs::read_dir(seed().join("items")).expect("items");
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.expect("an item").path()).collect();
    files.sort();
    let one = |file: &PathBuf| {
        read::read_item(&text(file), &group).unwrap_or_else(|faults| panic!("{}: {faults:?}", file.display()))
    };
    files.iter().map(one).collect()
}

/// Every life event.
pub fn events() -> Vec<LifeEvent> {
    let folder = std::fs::read_dir(seed().join("bundles")).expect("life events");
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.expect("an event").path()).collect();
    files.sort();
    let one =
        |file: &PathBuf| toml::from_str(&text(file)).unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
    files.iter().map(one).collect()
}

/// The codes of all communities.
pub fn communities() -> Vec<String> {
    let rows = text(&seed().join("communities.csv"));
    rows.lines().skip(1).filter_map(|row| Some(row.split(',').next()?.to_owned())).collect()
}
