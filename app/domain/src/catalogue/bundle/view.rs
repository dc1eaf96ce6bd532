//! What pages show of life events.

use serde::{Deserialize, Serialize};

use crate::catalogue::view::ItemBrief;

/// A life event in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventBrief {
    pub key: String,
    pub name: String,
    pub summary: String,
    /// How many items can be asked for in it.
    pub items: usize,
}

/// The page of a life event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventGuide {
    pub brief: EventBrief,
    pub parts: Vec<EventPart>,
    /// The choice that was sent and cannot be: the sentence that says why.
    pub finding: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPart {
    pub item: ItemBrief,
    /// What it is called in this event.
    pub name: String,
    pub text: String,
    pub chosen: bool,
    /// Who decides.
    pub decider: String,
    /// The papers that it always asks for: the question of the one form, under which a paper is handed in once, and
    /// the paper's name.
    pub materials: Vec<(String, String)>,
    pub has_check: bool,
    /// Only the resident's own community takes it.
    pub own_community: bool,
}
