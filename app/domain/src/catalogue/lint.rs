//! Faults of an item, for its author, and the page that asks for its materials.

use std::collections::BTreeSet;

use super::consents::CONSENTS;
use super::facets::{AUDIENCES, CATEGORIES, Facet, LIFE_EVENTS, facet_name};
use super::item::{CaseKind, Item};
use super::pages::{DELIVERY, MATERIALS};
use super::procedure::RULING_KEYS;
use super::routing::{Basis, Level};
use crate::forms::{self, AreaDepth, Definition, Kind};

/// Everything wrong with an item, a sentence each. Empty: it may be published.
pub fn lint(item: &Item) -> Vec<String> {
    let mut faults = Vec::new();
    lint_times(item, &mut faults);
    lint_words(item, &mut faults);
    lint_materials(item, &mut faults);
    lint_decision(item, &mut faults);
    if item.has_form() {
        lint_form(item, &mut faults);
    }
    faults
}

fn lint_times(item: &Item, faults: &mut Vec<String>) {
    let instant = item.case_kind == CaseKind::Instant;
    if instant != (item.promised_days == 0) {
        faults.push("an instant case is one with 0 promised days, and the other way round".to_owned());
    }
    if item.legal_days.is_some_and(|legal| legal < item.promised_days) {
        faults.push("the promised time is longer than the legal one".to_owned());
    }
    if item.steps.iter().map(|step| step.days).sum::<u32>() > item.promised_days {
        faults.push("the steps take longer than promised".to_owned());
    }
}

fn lint_words(item: &Item, faults: &mut Vec<String>) {
    let code_ok = item.code.len() == 4 && item.code.starts_with(item.department.letters());
    if !code_ok {
        faults.push(format!("the code must be {} and two digits", item.department.letters()));
    }
    let words = [&item.name, &item.everyday, &item.summary, &item.fee, &item.result, &item.where_to_go];
    if words.iter().any(|text| text.trim().is_empty()) || item.conditions.is_empty() || item.steps.is_empty() {
        faults.push(
            "name, everyday name, summary, fee, result, where to go, conditions and steps are all needed".to_owned(),
        );
    }
    if item.summary.chars().count() > 90 {
        faults.push("the summary is longer than 90 characters".to_owned());
    }
    check_keys("category", CATEGORIES, std::slice::from_ref(&item.category), faults);
    check_keys("audience", AUDIENCES, &item.audience, faults);
    check_keys("life event", LIFE_EVENTS, &item.life_events, faults);
    if item.audience.is_empty() {
        faults.push("an item is for somebody: give an audience".to_owned());
    }
    if !item.flags.chars().all(|flag| "WKHP".contains(flag)) {
        faults.push("flags are W, K, H and P".to_owned());
    }
}

fn check_keys(what: &str, list: &[Facet], keys: &[String], faults: &mut Vec<String>) {
    for key in keys.iter().filter(|key| facet_name(list, key).is_none()) {
        faults.push(format!("`{key}` is not a {what}"));
    }
}

fn lint_materials(item: &Item, faults: &mut Vec<String>) {
    let keys: BTreeSet<&str> = item.materials.iter().map(|material| material.key.as_str()).collect();
    if keys.len() < item.materials.len() {
        faults.push("two materials have one key".to_owned());
    }
    for material in &item.materials {
        if material.max_files == 0 || material.max_files > forms::FILES_MAX {
            faults.push(format!("material `{}` may have 1 to {} files", material.key, forms::FILES_MAX));
        }
    }
}

fn lint_decision(item: &Item, faults: &mut Vec<String>) {
    let Some(decision) = &item.decision else { return };
    faults.extend(forms::lint(&decision.definition()));
    for field in decision.fields.iter().filter(|field| RULING_KEYS.contains(&field.key.as_str())) {
        faults.push(format!("`{}` is what every decision says: call the field otherwise", field.key));
    }
}

/// Routing must find an office for whatever the form lets through.
fn lint_routing(item: &Item, definition: &Definition, faults: &mut Vec<String>) {
    let routing = &item.routing;
    lint_area(definition, &routing.area_field, routing.level, faults);
    for rule in &routing.rules {
        let field = rule.area_field.as_ref().unwrap_or(&routing.area_field);
        lint_area(definition, field, rule.level.unwrap_or(routing.level), faults);
        for reference in rule.when.fields() {
            let head = reference.split('.').next().unwrap_or_default();
            if definition.field(head).is_none() {
                faults.push(format!("routing looks at `{reference}`, which the form does not ask"));
            }
        }
    }
    if !routing.basis_field.is_empty() {
        let known = |value: &str| Basis::from_key(value).is_some_and(|basis| basis != Basis::Any);
        let right = definition.field(&routing.basis_field).is_some_and(
            |field| matches!(&field.kind, Kind::OneOf { options } if options.iter().all(|option| known(&option.value))),
        );
        if !right || routing.basis != Basis::Any {
            faults.push("with the basis `any`, `basis_field` is a choice among household, residence, insured, work, house and incident".to_owned());
        }
    }
}

fn lint_area(definition: &Definition, path: &str, level: Level, faults: &mut Vec<String>) {
    if level == Level::City {
        return;
    }
    let (key, part) = path.split_once('.').unwrap_or((path, ""));
    let depth = match definition.field(key).map(|field| &field.kind) {
        Some(Kind::Area { depth }) if part.is_empty() => *depth,
        Some(Kind::Address) if part == "area" => AreaDepth::Community,
        _ => {
            faults.push(format!("routing looks at `{path}`, which is no area that the form asks"));
            return;
        }
    };
    let deep_enough = match level {
        Level::City | Level::District => true,
        Level::Street => depth != AreaDepth::District,
        Level::Community => depth == AreaDepth::Community,
    };
    if !deep_enough {
        faults.push(format!("routing needs `{path}` down to the level that decides"));
    }
}

fn lint_form(item: &Item, faults: &mut Vec<String>) {
    let definition = item.definition();
    faults.extend(forms::lint(&definition));
    for name in [CONSENTS, MATERIALS, DELIVERY, "decision", "review"] {
        if item.pages.iter().any(|page| page.key == name) {
            faults.push(format!("a page may not be called `{name}`"));
        }
    }
    lint_routing(item, &definition, faults);
    if definition.field("applicant").is_none_or(|field| !matches!(field.kind, Kind::Person { .. })) {
        faults.push("every form asks for a person `applicant`: the case is found by that phone".to_owned());
    }
    match &item.eligibility {
        None => faults.push("an item with a form has an eligibility check".to_owned()),
        Some(check) if check.questions.is_empty() || check.questions.len() > 5 => {
            faults.push("an eligibility check has one to five questions".to_owned());
        }
        Some(check) => {
            faults.extend(forms::lint(&check.definition()));
            // The answers stand in the page's address: nothing personal may be asked.
            let plain = |kind: &Kind| {
                matches!(
                    kind,
                    Kind::YesNo
                        | Kind::OneOf { .. }
                        | Kind::SeveralOf { .. }
                        | Kind::WholeNumber { .. }
                        | Kind::Date { .. }
                )
            };
            for question in check.questions.iter().filter(|question| !plain(&question.kind)) {
                faults.push(format!("`{}` is no question for an eligibility check", question.key));
            }
        }
    }
}
