//! Which questions of several items are one.

use std::collections::BTreeMap;

use super::rewrite::explicit;
use super::{LifeEvent, Origin, Part, head};
use crate::forms::{Definition, Field, Kind};

/// An item with the way from its questions to those of the merged form.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mapped {
    pub code: String,
    /// The item's form.
    pub form: Definition,
    /// Own key → key in the merged form, of what is asked.
    pub keys: BTreeMap<String, String>,
    pub from: BTreeMap<String, Origin>,
}

pub(super) enum Target {
    Path(String),
    Fixed(String),
    Chosen { of: String, to: BTreeMap<String, String> },
}

impl Mapped {
    /// What a reference of the item's own form means in the merged one.
    pub fn target(&self, reference: &str) -> Target {
        let key = head(reference);
        let telling = match self.form.field(key).map(|field| &field.kind) {
            // A person and an address are looked at by their telling part.
            Some(Kind::Person { .. }) if reference == key => format!("{key}.id_number"),
            Some(Kind::Address) if reference == key => format!("{key}.area"),
            _ => reference.to_owned(),
        };
        let found = explicit(&self.from, reference).or_else(|| explicit(&self.from, &telling));
        match found {
            Some((Origin::Path(path), rest)) => Target::Path(format!("{path}{rest}")),
            Some((Origin::Fixed { is }, _)) => Target::Fixed(is.clone()),
            Some((Origin::Chosen { of, to }, _)) => Target::Chosen { of: of.clone(), to: to.clone() },
            None => {
                let merged = self.keys.get(key).map_or(key, String::as_str);
                Target::Path(format!("{merged}{}", &reference[key.len()..]))
            }
        }
    }

    /// The questions of the merged form that a question of the item is, or is answered from.
    pub fn stands_for(&self, field: &Field) -> Vec<String> {
        if let Some(key) = self.keys.get(&field.key) {
            return vec![key.clone()];
        }
        let mut keys = Vec::new();
        for (_, source) in self.from.iter().filter(|(own, _)| head(own) == field.key) {
            let key = match source {
                Origin::Path(path) | Origin::Chosen { of: path, .. } => head(path).to_owned(),
                Origin::Fixed { .. } => continue,
            };
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}

/// The key of a question that is one item's alone.
pub(super) fn own_key(code: &str, key: &str) -> String {
    format!("{}_{key}", code.to_ascii_lowercase())
}

/// `forms`: those of all items of the event, in its order.
pub(super) fn map_all(event: &LifeEvent, forms: Vec<Definition>, chosen: &[String]) -> Vec<Mapped> {
    let list: Vec<Part> = event.items.iter().map(|part| beside(part, chosen)).collect();
    let pairs: Vec<(&Part, &Definition)> = list.iter().zip(&forms).collect();
    let keys: Vec<BTreeMap<String, String>> = pairs.iter().map(|pair| keys_of(event, pair, &pairs)).collect();
    let mapped = list.into_iter().zip(forms).zip(keys);
    mapped.map(|((part, form), keys)| Mapped { code: part.code, form, keys, from: part.from }).collect()
}

/// The part with what counts beside these items.
fn beside(part: &Part, chosen: &[String]) -> Part {
    let mut part = part.clone();
    let more = std::mem::take(&mut part.with).into_iter().filter(|(code, _)| chosen.contains(code));
    part.from.extend(more.flat_map(|(_, from)| from));
    part
}

fn keys_of(
    event: &LifeEvent,
    (part, form): &(&Part, &Definition),
    all: &[(&Part, &Definition)],
) -> BTreeMap<String, String> {
    let fields = form.pages.iter().flat_map(|page| &page.fields).filter(|field| is_asked(part, field));
    fields.map(|field| (field.key.clone(), merged_key(event, part, field, all))).collect()
}

fn is_asked(part: &Part, field: &Field) -> bool {
    !part.from.keys().any(|own| head(own) == field.key)
}

fn merged_key(event: &LifeEvent, part: &Part, field: &Field, all: &[(&Part, &Definition)]) -> String {
    let key = &field.key;
    if part.own.contains(key) {
        return own_key(&part.code, key);
    }
    if event.shared.contains(key) {
        return key.clone();
    }
    // Those of this key that might be shared, in the event's order.
    let others = all.iter().filter(|(other, _)| !other.own.contains(key)).filter_map(|(other, form)| {
        let field = form.field(key).filter(|field| is_asked(other, field))?;
        Some((other.code.as_str(), field))
    });
    let alike: Vec<Vec<(&str, &Field)>> = others.fold(Vec::new(), |mut groups: Vec<Vec<(&str, &Field)>>, one| {
        match groups.iter_mut().find(|group| same_words(group[0].1, one.1)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
        groups
    });
    let several: Vec<&Vec<(&str, &Field)>> = alike.iter().filter(|group| group.len() > 1).collect();
    match several.iter().position(|group| group.iter().any(|(code, _)| *code == part.code)) {
        Some(0) => key.clone(),
        Some(at) => own_key(several[at][0].0, key),
        None => own_key(&part.code, key),
    }
}

/// The same question to whoever reads it.
fn same_words(a: &Field, b: &Field) -> bool {
    a.label == b.label && a.hint == b.hint && a.kind == b.kind
}
