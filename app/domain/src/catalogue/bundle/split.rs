//! What each item is given of the answers of a merged form.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::questions::{Mapped, Target};
use super::rewrite::explicit;
use super::{Origin, head};
use crate::forms::{Definition, Entries, Field, Kind, normalise, parts, path, shown};

/// The form of several items, and the way back to each.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pub form: Definition,
    pub(super) parts: Vec<Mapped>,
    pub(super) of_page: BTreeMap<String, String>,
}

/// What an item's own form would have got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartAnswers {
    pub code: String,
    pub answers: Entries,
    /// Where files go: the path of the item's own form, and that of the merged form under which they were handed in.
    pub files: Vec<(String, String)>,
}

impl Merged {
    /// The item of a page that is one item's alone.
    pub fn item_of_page(&self, key: &str) -> Option<&str> {
        self.of_page.get(key).map(String::as_str)
    }

    /// The items in their order.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.code.as_str())
    }

    /// The path in the merged form of what an item's own form asks under a path.
    pub fn key_of(&self, code: &str, path: &str) -> String {
        let part = self.parts.iter().find(|part| part.code == code);
        match part.map(|part| part.target(path)) {
            Some(Target::Path(path)) => path,
            _ => path.to_owned(),
        }
    }

    /// The answers of every item, in their normal form.
    pub fn split(&self, entries: &Entries, today: NaiveDate) -> Vec<PartAnswers> {
        let merged = normalise(&self.form, entries, today);
        self.parts.iter().map(|part| part.answers(&merged, today)).collect()
    }
}

impl Mapped {
    fn answers(&self, merged: &Entries, today: NaiveDate) -> PartAnswers {
        let mut own = Entries::default();
        for field in self.form.pages.iter().flat_map(|page| &page.fields) {
            match self.keys.get(&field.key) {
                Some(key) => rename(merged, key, &mut own, &field.key),
                None => self.fill(field, merged, &mut own),
            }
        }
        let answers = normalise(&self.form, &own, today);
        let (asked, _) = shown(&self.form, &answers, today);
        let materials = asked.iter().filter(|one| matches!(one.field.kind, Kind::Material { .. }));
        let files = materials.filter_map(|one| match self.target(&one.path) {
            Target::Path(from) => Some((one.path.clone(), from)),
            Target::Fixed(_) | Target::Chosen { .. } => None,
        });
        PartAnswers { code: self.code.clone(), files: files.collect(), answers }
    }

    /// The answer of a question that is not asked itself.
    fn fill(&self, field: &Field, merged: &Entries, own: &mut Entries) {
        if let (Kind::Group { .. }, Some(Origin::Path(from))) = (&field.kind, self.from.get(&field.key)) {
            return rename(merged, from, own, &field.key);
        }
        for here in parts(&field.kind, &field.key) {
            match explicit(&self.from, &here) {
                Some((Origin::Path(from), rest)) => {
                    let texts = merged.all(&format!("{from}{rest}"));
                    if !texts.is_empty() {
                        own.set_all(here, texts.to_vec());
                    }
                }
                Some((Origin::Fixed { is }, _)) => own.set(here, is.as_str()),
                Some((Origin::Chosen { of, to }, _)) => {
                    if let Some(text) = to.get(merged.get(of)) {
                        own.set(here, text.as_str());
                    }
                }
                None => {}
            }
        }
    }
}

/// Copies what stands under one key, and below it, to another.
fn rename(from: &Entries, key: &str, to: &mut Entries, new: &str) {
    for (at, texts) in from.iter().filter(|(at, _)| head(at) == key) {
        let here =
            at.strip_prefix(key).and_then(|rest| rest.strip_prefix('.')).map_or(new.to_owned(), |rest| path(new, rest));
        to.set_all(here, texts.to_vec());
    }
}
