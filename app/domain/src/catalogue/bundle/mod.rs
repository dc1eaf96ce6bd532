//! Life events (一件事): several items asked for in one form, without a question asked twice.
//!
//! [`merge`] makes one form of the forms of the chosen items; [`Merged::split`] gives each item back exactly the
//! answers that its own form would have got. Questions are the same when they stand in several items with the same
//! words and kind, or when the event's `shared` list says so; all others carry their item's code in their key.

mod asked;
mod join;
mod lint;
mod merge;
mod pages;
mod questions;
mod rewrite;
mod split;
mod view;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::item::Item;

pub use lint::lint as lint_event;
pub use merge::merge;
pub use split::{Merged, PartAnswers};
pub use view::{EventBrief, EventGuide, EventPart};

/// A life event as its author writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    /// Stands in addresses: `newborn`.
    pub key: String,
    /// `YJ01`: takes the place of an item's code in the numbers of its submissions.
    pub code: String,
    /// What happened, as people say it: 孩子出生了.
    pub name: String,
    /// One plain sentence: what it is and for whom.
    pub summary: String,
    /// Key of [`super::LIFE_EVENTS`] under which it stands in the list of items.
    pub facet: String,
    /// Keys of questions that mean the same in all items that have them, though their words differ.
    #[serde(default)]
    pub shared: Vec<String>,
    pub items: Vec<Part>,
}

/// An item of a life event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub code: String,
    /// What it is called here, when the item's own name says more than is meant: 给孩子上医保.
    #[serde(default)]
    pub name: String,
    /// One plain sentence: what it brings, or when it is needed.
    pub text: String,
    /// Chosen unless the resident takes it away.
    #[serde(default)]
    pub usual: bool,
    /// Keys of its questions that are its own, though others have the like.
    #[serde(default)]
    pub own: Vec<String>,
    /// Its questions, or parts of them, that are answered from elsewhere.
    #[serde(default)]
    pub from: BTreeMap<String, Origin>,
    /// More of these that count when another item is chosen too, by its code.
    #[serde(default)]
    pub with: BTreeMap<String, BTreeMap<String, Origin>>,
    /// Items with which it cannot be chosen, each with the sentence that says why and what to do.
    #[serde(default)]
    pub not_with: BTreeMap<String, String>,
}

/// Where an answer of an item comes from when its own question is not asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Origin {
    /// The answer under this path of the merged form.
    Path(String),
    /// Always this.
    Fixed { is: String },
    /// It follows from the choice under this path.
    Chosen { of: String, to: BTreeMap<String, String> },
}

impl LifeEvent {
    pub fn part(&self, code: &str) -> Option<&Part> {
        self.items.iter().find(|part| part.code == code)
    }

    /// Those of the codes that are items of this event, in its order, each once.
    pub fn chosen<'a>(&'a self, codes: &[String]) -> Vec<&'a Part> {
        self.items.iter().filter(|part| codes.contains(&part.code)).collect()
    }

    /// Why these items cannot be applied for together: the two codes and the sentence.
    pub fn conflict<'a>(&'a self, codes: &[String]) -> Option<(&'a str, &'a str, &'a str)> {
        let chosen = self.chosen(codes);
        chosen.iter().find_map(|part| {
            let (other, why) = part.not_with.iter().find(|(other, _)| codes.contains(other))?;
            Some((part.code.as_str(), other.as_str(), why.as_str()))
        })
    }
}

impl Part {
    /// What the item is called in this event.
    pub fn name<'a>(&'a self, item: &'a Item) -> &'a str {
        if self.name.is_empty() { &item.everyday } else { &self.name }
    }
}

/// The items of an event, by code.
pub type Items<'a> = BTreeMap<&'a str, &'a Item>;

/// The first part of a path: the key of a question.
fn head(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}
