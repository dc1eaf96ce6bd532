//! The part of a form that one page needs, so that a phone is not sent the rest.

use std::collections::BTreeSet;

use super::condition::Condition;
use super::definition::{Definition, Field, Kind, Page};
use super::entries::Entries;

/// The page with its entries, and of other pages only the fields that its conditions and sums look at (with their
/// entries, without their texts). [`super::check_page`] finds the same in the slice as in the whole form, provided
/// that `entries` was [`super::normalise`]d so that hidden answers of other pages are gone.
pub fn slice(definition: &Definition, page_key: &str, entries: &Entries) -> Option<(Definition, Entries)> {
    let page = definition.page(page_key)?;
    let wanted = looked_at(definition, page);
    let mut pages = Vec::new();
    let mut kept = Entries::default();
    for other in &definition.pages {
        if other.key == page.key {
            pages.push(Page { when: None, ..page.clone() });
            page.fields.iter().for_each(|field| kept.take_from(entries, &field.key));
            continue;
        }
        let fields: Vec<Field> = other.fields.iter().filter(|f| wanted.contains(&f.key)).map(bare).collect();
        fields.iter().for_each(|field| kept.take_from(entries, &field.key));
        if !fields.is_empty() {
            let (key, title) = (other.key.clone(), String::new());
            pages.push(Page { key, title, intro: String::new(), when: None, fields });
        }
    }
    Some((Definition { pages }, kept))
}

/// A field of another page: its kind matters, its words and conditions do not.
fn bare(field: &Field) -> Field {
    let mut kind = field.kind.clone();
    match &mut kind {
        Kind::Group { fields, min, .. } => {
            // A group that is not asked has no count: it must not count as its least one.
            *min = 0;
            fields.iter_mut().for_each(|sub| *sub = bare(sub));
        }
        Kind::OneOf { options } | Kind::SeveralOf { options } => {
            for option in options {
                option.label.clear();
                option.hint.clear();
            }
        }
        _ => {}
    }
    let (key, label, hint) = (field.key.clone(), String::new(), String::new());
    Field {
        key,
        label,
        hint,
        kind,
        optional: true,
        required_when: None,
        when: None,
        rules: Vec::new(),
        sensitive: None,
    }
}

/// Keys of top-level fields that the page's conditions name, and those that named computed fields are made of.
fn looked_at(definition: &Definition, page: &Page) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = page.fields.iter().flat_map(references).collect();
    while let Some(reference) = open.pop() {
        let key = reference.split('.').next().unwrap_or_default().to_owned();
        if let Some(field) = definition.field(&key)
            && found.insert(key)
        {
            open.extend(made_of(field));
        }
    }
    found
}

/// What a computed field is made of; for a group, what the computed fields of its items are made of.
fn made_of(field: &Field) -> Vec<String> {
    match &field.kind {
        Kind::Computed { formula, .. } => formula.fields().into_iter().map(str::to_owned).collect(),
        Kind::Group { fields, .. } => fields.iter().flat_map(made_of).collect(),
        _ => Vec::new(),
    }
}

/// What a field's conditions, rules and formula look at.
pub(crate) fn references(field: &Field) -> Vec<String> {
    let conditions = field.when.iter().chain(&field.required_when).chain(field.rules.iter().map(|rule| &rule.must));
    let mut found: Vec<String> = conditions.flat_map(Condition::fields).map(str::to_owned).collect();
    match &field.kind {
        Kind::Group { fields, .. } => found.extend(fields.iter().flat_map(references)),
        _ => found.extend(made_of(field)),
    }
    found
}

/// The key of the page that [`restrict`] makes; it is never shown.
pub const REST: &str = "_rest";

/// The form of a correction: only the fields with these keys are asked. The others stand on a page of their own
/// before them, without words and conditions, so that what is asked can still look at them.
pub fn restrict(definition: &Definition, open: &[String]) -> Definition {
    let is_open = |field: &Field| open.iter().any(|path| path.split('.').next() == Some(field.key.as_str()));
    let all = definition.pages.iter().flat_map(|page| &page.fields);
    let rest: Vec<Field> = all.filter(|field| !is_open(field)).map(bare).collect();
    let asked = definition.pages.iter().filter_map(|page| {
        let fields: Vec<Field> = page.fields.iter().filter(|field| is_open(field)).cloned().collect();
        (!fields.is_empty()).then(|| Page { when: None, fields, ..page.clone() })
    });
    let (key, title, intro) = (REST.to_owned(), String::new(), String::new());
    Definition { pages: std::iter::once(Page { key, title, intro, when: None, fields: rest }).chain(asked).collect() }
}
