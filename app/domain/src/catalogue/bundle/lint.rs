//! Faults of a life event, for its author.

use std::collections::BTreeSet;

use super::{Items, LifeEvent, Part, head, merge};
use crate::catalogue::facets::{LIFE_EVENTS, facet_name};
use crate::catalogue::item::Item;

/// Everything wrong with an event, a sentence each. Empty: it may be offered.
pub fn lint(event: &LifeEvent, items: &Items<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    lint_words(event, &mut faults);
    for part in &event.items {
        match items.get(part.code.as_str()) {
            Some(item) if item.has_form() => lint_part(event, part, item, items, &mut faults),
            _ => faults.push(format!("{} is no item with a form", part.code)),
        }
    }
    let asks =
        |key: &String| event.items.iter().any(|part| items.get(part.code.as_str()).is_some_and(|item| has(item, key)));
    for key in event.shared.iter().filter(|key| !asks(key)) {
        faults.push(format!("`shared`: no item asks `{key}`"));
    }
    if faults.is_empty() {
        lint_forms(event, items, &mut faults);
    }
    faults
}

fn lint_words(event: &LifeEvent, faults: &mut Vec<String>) {
    let is_key = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase());
    if !is_key(&event.key) {
        faults.push("the key is made of a-z".to_owned());
    }
    let number = event.code.strip_prefix("YJ").unwrap_or_default();
    if number.len() != 2 || !number.bytes().all(|b| b.is_ascii_digit()) {
        faults.push("the code is YJ and two digits".to_owned());
    }
    if facet_name(LIFE_EVENTS, &event.facet).is_none() {
        faults.push(format!("`{}` is not a life event of the list of items", event.facet));
    }
    let texts = event.items.iter().map(|part| &part.text).chain([&event.name, &event.summary]);
    if texts.into_iter().any(|text| text.trim().is_empty() || text.chars().count() > 90) {
        faults.push("name, summary and the sentence of every item are needed, 90 characters at most".to_owned());
    }
    let codes: BTreeSet<&str> = event.items.iter().map(|part| part.code.as_str()).collect();
    if codes.len() < event.items.len() || codes.len() < 2 {
        faults.push("an event has two items or more, each once".to_owned());
    }
    let usual: Vec<String> = event.items.iter().filter(|part| part.usual).map(|part| part.code.clone()).collect();
    if usual.is_empty() || event.conflict(&usual).is_some() {
        faults.push("some items are usual, and those can be chosen together".to_owned());
    }
}

fn lint_part(event: &LifeEvent, part: &Part, item: &Item, items: &Items<'_>, faults: &mut Vec<String>) {
    let mut fault = |what: String| faults.push(format!("{}: {what}", part.code));
    let beside = part.with.values().flat_map(|from| from.keys());
    for key in part.own.iter().chain(part.from.keys()).chain(beside).filter(|key| !has(item, head(key))) {
        fault(format!("it does not ask `{key}`"));
    }
    for code in part.with.keys().filter(|code| event.part(code).is_none()) {
        fault(format!("`{code}` is no item of the event"));
    }
    for (code, why) in &part.not_with {
        if !items.contains_key(code.as_str()) || event.part(code).is_none() || why.is_empty() {
            fault(format!("`{code}` is no item of the event, or it is not said why they do not go together"));
        }
    }
    // The cases are found by one phone, and their resident is one.
    let phone = part.from.get("applicant.phone").or_else(|| part.from.get("applicant"));
    let same = match phone {
        None => !part.own.iter().any(|key| key == "applicant") && event.shared.iter().any(|key| key == "applicant"),
        Some(super::Origin::Path(path)) => path == "applicant.phone" || path == "applicant",
        Some(_) => false,
    };
    if !same {
        fault("its phone must be that of the one who applies for the event".to_owned());
    }
}

fn has(item: &Item, key: &str) -> bool {
    item.definition().field(key).is_some()
}

/// Every two that go together, and as many as go together beginning with each.
fn lint_forms(event: &LifeEvent, items: &Items<'_>, faults: &mut Vec<String>) {
    let codes: Vec<String> = event.items.iter().map(|part| part.code.clone()).collect();
    let mut choices: Vec<Vec<String>> = Vec::new();
    for (at, first) in codes.iter().enumerate() {
        let pairs = codes[at + 1..].iter().map(|second| vec![first.clone(), second.clone()]);
        choices.extend(pairs.filter(|pair| event.conflict(pair).is_none()));
        let mut most = vec![first.clone()];
        for other in &codes {
            most.push(other.clone());
            if other == first || event.conflict(&most).is_some() {
                most.pop();
            }
        }
        choices.push(most);
    }
    for chosen in choices {
        for fault in merge(event, items, &chosen).err().unwrap_or_default() {
            let fault = format!("{}: {fault}", chosen.join("+"));
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
    }
}
