//! Faults of a definition itself, for its author.

use std::collections::BTreeSet;

use super::condition::{Condition, CountWhere, Formula};
use super::definition::{Definition, Field, Kind};
use super::slice::references;

/// Everything wrong with a definition, a sentence each. Empty: it may be used.
pub fn lint(definition: &Definition) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut pages: BTreeSet<&str> = BTreeSet::new();
    for page in &definition.pages {
        if !is_key(&page.key) || !pages.insert(&page.key) {
            faults.push(format!("page key `{}` is not usable or not unique", page.key));
        }
        if page.fields.is_empty() {
            faults.push(format!("page `{}` asks nothing", page.key));
        }
        for reference in page.when.iter().flat_map(|c| c.fields()) {
            check_reference(&page.key, reference, &seen, &mut faults);
        }
        for field in &page.fields {
            lint_field(field, &mut seen, "", &mut faults);
        }
    }
    faults
}

fn lint_field(field: &Field, seen: &mut BTreeSet<String>, parent: &str, faults: &mut Vec<String>) {
    let name = super::path(parent, &field.key);
    if !is_key(&field.key) {
        faults.push(format!("field key `{name}` must be made of a-z, 0-9 and _"));
    }
    if field.label.is_empty() {
        faults.push(format!("field `{name}` has no label"));
    }
    lint_kind(&name, field, faults);
    for reference in counted(field) {
        check_reference(&name, &reference, seen, faults);
    }
    // A rule may look at the field itself, a condition only at earlier ones.
    let own_rules: Vec<&str> = field.rules.iter().flat_map(|rule| rule.must.fields()).collect();
    if let Kind::Group { fields, .. } = &field.kind {
        if !seen.insert(name.clone()) {
            faults.push(format!("field key `{name}` is used twice"));
        }
        for sub in fields {
            if matches!(sub.kind, Kind::Group { .. } | Kind::Material { .. }) {
                faults.push(format!("`{name}.{}`: a group holds neither groups nor files", sub.key));
            }
            lint_field(sub, seen, &name, faults);
        }
        for reference in field.when.iter().chain(&field.required_when).flat_map(|c| c.fields()).chain(own_rules) {
            check_reference(&name, reference, seen, faults);
        }
        return;
    }
    let in_scope = |reference: &str, seen: &BTreeSet<String>| {
        let head = reference.split('.').next().unwrap_or_default();
        !parent.is_empty() && seen.contains(&super::path(parent, head)) || known(reference, seen)
    };
    for reference in references(field) {
        let own = own_rules.contains(&reference.as_str()) && reference.split('.').next() == Some(field.key.as_str());
        if !own && !in_scope(&reference, seen) {
            faults.push(format!("`{name}` looks at `{reference}`, which is not asked before it"));
        }
    }
    if !seen.insert(name.clone()) {
        faults.push(format!("field key `{name}` is used twice"));
    }
}

/// What conditions inside of sums look at: fields of their group, by their full names.
fn counted(field: &Field) -> Vec<String> {
    let conditions = field.when.iter().chain(&field.required_when).chain(field.rules.iter().map(|rule| &rule.must));
    let mut formulas: Vec<&Formula> = conditions.flat_map(Condition::formulas).collect();
    if let Kind::Computed { formula, .. } = &field.kind {
        formulas.push(formula);
    }
    let names = |count: &CountWhere| count.when.fields().iter().map(|key| super::path(&count.group, key)).collect();
    formulas.into_iter().flat_map(Formula::counts).flat_map(|count| -> Vec<String> { names(count) }).collect()
}

fn check_reference(name: &str, reference: &str, seen: &BTreeSet<String>, faults: &mut Vec<String>) {
    if !known(reference, seen) {
        faults.push(format!("`{name}` looks at `{reference}`, which is not asked before it"));
    }
}

fn known(reference: &str, seen: &BTreeSet<String>) -> bool {
    seen.contains(reference)
        || reference.rsplit_once('.').is_some_and(|(head, part)| {
            seen.contains(head) && matches!(part, "name" | "id_number" | "phone" | "area" | "detail")
        })
}

fn lint_kind(name: &str, field: &Field, faults: &mut Vec<String>) {
    match &field.kind {
        Kind::OneOf { options } | Kind::SeveralOf { options } => {
            let values: BTreeSet<&str> = options.iter().map(|o| o.value.as_str()).collect();
            // Of several one may be all there is: a box to tick.
            let least = if matches!(field.kind, Kind::OneOf { .. }) { 2 } else { 1 };
            if options.len() < least || values.len() < options.len() || options.iter().any(|o| o.label.is_empty()) {
                faults.push(format!("`{name}` needs at least {least} options with different values and labels"));
            }
        }
        Kind::Group { fields, min, max, item } => {
            if fields.is_empty() || min > max || *max == 0 || *max > 30 || item.is_empty() {
                faults.push(format!("`{name}` needs fields, a name for one item and 1 to 30 of them"));
            }
        }
        Kind::Decimal { max, .. } if *max < 1 => faults.push(format!("`{name}` has no room for a number")),
        Kind::WholeNumber { min, max, .. } if min > max => faults.push(format!("`{name}` has min above max")),
        Kind::ShortText { max } if *max > 200 => faults.push(format!("`{name}` is longer than a short text")),
        Kind::LongText { max } if *max > super::ENTRY_LENGTH_MAX => faults.push(format!("`{name}` is too long")),
        Kind::Declaration { text } if text.is_empty() => faults.push(format!("`{name}` declares nothing")),
        _ => {}
    }
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= 40 && key.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}
