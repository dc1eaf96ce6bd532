//! The data files and what they say.

use std::path::Path;

use chrono::NaiveDate;
use domain::areas::Validity;
use domain::catalogue::{CertificateList, Item, LifeEvent, Office, lint_event};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use super::lists::{self, AreaEntry};
use super::offices;
use crate::catalogue::read::read_item;
use crate::error::Error;
use crate::identity::hex;

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/seed");

/// Stands for the code that makes rows of the files: see `build.rs`.
const READER: &str = env!("SEED_READER");

/// What is stored.
pub struct Base {
    /// Each after the one that contains it.
    pub areas: Vec<AreaEntry>,
    pub offices: Vec<(Office, Validity)>,
    /// Days that differ from the plain week, and whether they are worked.
    pub workdays: Vec<(NaiveDate, bool)>,
    pub items: Vec<ItemText>,
}

/// An item as it is kept.
pub struct ItemText {
    pub code: String,
    /// JSON of [`Item`].
    pub content: String,
    /// Of the content.
    pub digest: String,
}

/// Stands for everything that the rows are made of.
pub fn digest() -> String {
    let mut hash = Sha256::new();
    hash.update(READER);
    hash_folder(&FILES, &mut hash);
    hex(&hash.finalize())
}

fn hash_folder(folder: &Dir, hash: &mut Sha256) {
    let mut files: Vec<_> = folder.files().collect();
    files.sort_by_key(|file| file.path());
    for file in files {
        hash.update(file.path().as_os_str().as_encoded_bytes());
        hash.update((file.contents().len() as u64).to_be_bytes());
        hash.update(file.contents());
    }
    let mut folders: Vec<_> = folder.dirs().collect();
    folders.sort_by_key(|folder| folder.path());
    for folder in folders {
        hash_folder(folder, hash);
    }
}

pub fn read() -> Result<Base, Error> {
    let areas = areas()?;
    let offices = areas.iter().flat_map(|entry| offices::of_area(&entry.area, &entry.validity)).collect();
    Ok(Base { offices, areas, workdays: workdays()?, items: items()? })
}

/// A file of areas that has faults is named with them.
fn areas() -> Result<Vec<AreaEntry>, Error> {
    let of = |name: &'static str| text(name).map(|text| (name, text));
    let lists = [of("areas.csv")?, of("streets.csv")?, of("communities.csv")?, of("area_changes.csv")?];
    lists::areas(lists).map_err(|(name, fault)| faulty(name, fault))
}

/// The certificates that communities must not issue.
///
/// # Errors
/// When the file has faults.
pub fn certificates() -> Result<CertificateList, Error> {
    let name = "groups/certificates.toml";
    toml::from_str(text(name)?).map_err(|fault| faulty(name, fault))
}

/// The life events.
///
/// # Errors
/// When a file has faults.
pub fn life_events() -> Result<Vec<LifeEvent>, Error> {
    let files = FILES.get_dir("bundles").map(Dir::files).into_iter().flatten();
    let mut events: Vec<LifeEvent> = files
        .map(|file| {
            let name = file.path().display().to_string();
            toml::from_str(text(&name)?).map_err(|fault| faulty(&name, fault))
        })
        .collect::<Result<_, Error>>()?;
    events.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(events)
}

fn workdays() -> Result<Vec<(NaiveDate, bool)>, Error> {
    let name = "workdays.json";
    lists::workdays(text(name)?).map_err(|fault| faulty(name, fault))
}

fn items() -> Result<Vec<ItemText>, Error> {
    let mut faults = String::new();
    let mut items = Vec::new();
    let mut read = Vec::new();
    for (name, item) in read_items() {
        match item {
            Ok(item) => {
                items.push(item_text(&item)?);
                read.push(item);
            }
            Err(list) => list.iter().for_each(|fault| faults.push_str(&format!("\n{name}: {fault}"))),
        }
    }
    let by_code = read.iter().map(|item| (item.code.as_str(), item)).collect();
    for event in life_events()? {
        lint_event(&event, &by_code).iter().for_each(|fault| faults.push_str(&format!("\n{}: {fault}", event.key)));
    }
    if !faults.is_empty() {
        return Err(Error::Internal(format!("faults in the seed data:{faults}")));
    }
    Ok(items)
}

/// Every item file by its name, read, or with its faults.
pub fn read_items() -> Vec<(String, Result<Item, Vec<String>>)> {
    let group = |name: &str| text(&format!("groups/{name}.toml")).ok().map(str::to_owned);
    let files = FILES.get_dir("items").map(Dir::files).into_iter().flatten();
    let mut items: Vec<_> = files
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "toml"))
        .map(|file| {
            let item = match file.contents_utf8() {
                Some(text) => read_item(text, &group).and_then(|item| has_name(file.path(), item)),
                None => Err(vec!["is not text".to_owned()]),
            };
            (file.path().display().to_string(), item)
        })
        .collect();
    items.sort_by(|(a, _), (b, _)| a.cmp(b));
    items
}

fn has_name(path: &Path, item: Item) -> Result<Item, Vec<String>> {
    if path.file_stem().is_some_and(|stem| stem == item.code.as_str()) {
        Ok(item)
    } else {
        Err(vec![format!("its code is {}", item.code)])
    }
}

fn item_text(item: &Item) -> Result<ItemText, Error> {
    let content = serde_json::to_string(item).map_err(|fault| faulty(&item.code, fault))?;
    let digest = hex(&Sha256::digest(&content));
    Ok(ItemText { code: item.code.clone(), content, digest })
}

/// The text of a file in the seed folder.
pub fn text(name: &str) -> Result<&'static str, Error> {
    FILES.get_file(name).and_then(|file| file.contents_utf8()).ok_or_else(|| faulty(name, "there is no such text"))
}

pub fn faulty(name: &str, fault: impl std::fmt::Display) -> Error {
    Error::Internal(format!("seed data: {name}: {fault}"))
}
