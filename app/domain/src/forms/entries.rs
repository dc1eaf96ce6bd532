//! What was typed, by path.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Texts by path. Several texts stand under one path for several-of questions and for areas of a form without script.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Entries(BTreeMap<String, Vec<String>>);

/// The path of a part: `path("members", "0")` is `members.0`. An empty parent is the form itself.
pub fn path(parent: &str, key: &str) -> String {
    if parent.is_empty() { key.to_owned() } else { format!("{parent}.{key}") }
}

impl Entries {
    /// The first text of a path; empty when there is none.
    pub fn get(&self, path: &str) -> &str {
        self.0.get(path).and_then(|texts| texts.first()).map_or("", String::as_str)
    }

    pub fn all(&self, path: &str) -> &[String] {
        self.0.get(path).map_or(&[], Vec::as_slice)
    }

    pub fn set(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), vec![text.into()]);
    }

    pub fn set_all(&mut self, path: impl Into<String>, texts: Vec<String>) {
        self.0.insert(path.into(), texts);
    }

    pub fn push(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.entry(path.into()).or_default().push(text.into());
    }

    /// Removes a path and everything below it.
    pub fn remove(&mut self, path: &str) {
        let below = format!("{path}.");
        self.0.retain(|key, _| key != path && !key.starts_with(&below));
    }

    /// Copies a path and everything below it from elsewhere.
    pub fn take_from(&mut self, other: &Self, path: &str) {
        let below = format!("{path}.");
        for (key, texts) in other.0.iter().filter(|(key, _)| *key == path || key.starts_with(&below)) {
            self.0.insert(key.clone(), texts.clone());
        }
    }

    /// How many of a group there are.
    pub fn count(&self, group: &str) -> usize {
        self.get(group).parse().unwrap_or(0)
    }

    /// Removes one of a group; those after it move up.
    pub fn remove_item(&mut self, group: &str, index: usize) {
        let count = self.count(group);
        if index >= count {
            return;
        }
        self.remove(&format!("{group}.{index}"));
        for later in index + 1..count {
            let from = format!("{group}.{later}.");
            let moved: Vec<_> =
                self.0.iter().filter(|(key, _)| key.starts_with(&from)).map(|(k, v)| (k.clone(), v.clone())).collect();
            for (key, texts) in moved {
                self.0.remove(&key);
                self.0.insert(format!("{group}.{}.{}", later - 1, &key[from.len()..]), texts);
            }
        }
        self.set(group, (count - 1).to_string());
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(key, texts)| (key.as_str(), texts.as_slice()))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<P: Into<String>, T: Into<String>> FromIterator<(P, T)> for Entries {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(pairs: I) -> Self {
        let mut entries = Self::default();
        for (path, text) in pairs {
            entries.push(path, text);
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removing_one_of_a_group_moves_the_later_ones_up() {
        let mut entries: Entries =
            [("members", "3"), ("members.0.name", "甲"), ("members.1.name", "乙"), ("members.2.name", "丙")]
                .into_iter()
                .collect();
        entries.remove_item("members", 1);
        assert_eq!(entries.count("members"), 2);
        assert_eq!((entries.get("members.0.name"), entries.get("members.1.name")), ("甲", "丙"));
        assert_eq!(entries.get("members.2.name"), "");
    }

    #[test]
    fn removing_a_path_spares_its_namesakes() {
        let mut entries: Entries = [("a", "1"), ("a.b", "2"), ("ab", "3")].into_iter().collect();
        entries.remove("a");
        assert_eq!(entries.iter().map(|(path, _)| path).collect::<Vec<_>>(), ["ab"]);
    }
}
