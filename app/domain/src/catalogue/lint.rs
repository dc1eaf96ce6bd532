//! Faults of an item, for its author, and the page that asks for its materials.

use std::collections::BTreeSet;

use super::facets::{AUDIENCES, CATEGORIES, Facet, LIFE_EVENTS, facet_name};
use super::item::{CaseKind, Item, Necessity};
use crate::forms::{self, Field, Kind, Page};

/// The key of the page that asks for the materials.
const MATERIALS: &str = "materials";

/// A page with one question for each material that is asked for and that no other page asks for.
pub(super) fn materials_page(item: &Item) -> Option<Page> {
    let fields: Vec<Field> = item
        .materials
        .iter()
        .filter(|material| material.not_asked_because.is_empty())
        .map(|material| Field {
            key: format!("file_{}", material.key),
            label: material.name.clone(),
            hint: material.note.clone(),
            kind: Kind::Material { material: material.key.clone(), max_files: material.max_files },
            optional: material.necessity != Necessity::Required,
            required_when: None,
            when: material.when.clone(),
            rules: Vec::new(),
        })
        .collect();
    let intro = "把材料摆平、对焦清楚再拍。照片（JPG、PNG）或 PDF 都可以，每个不超过 10 MB。".to_owned();
    let page = Page { key: MATERIALS.to_owned(), title: "上传材料".to_owned(), intro, when: None, fields };
    (!page.fields.is_empty()).then_some(page)
}

/// Everything wrong with an item, a sentence each. Empty: it may be published.
pub fn lint(item: &Item) -> Vec<String> {
    let mut faults = Vec::new();
    lint_times(item, &mut faults);
    lint_words(item, &mut faults);
    lint_materials(item, &mut faults);
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

fn lint_form(item: &Item, faults: &mut Vec<String>) {
    let definition = item.definition();
    faults.extend(forms::lint(&definition));
    for name in [MATERIALS, "review"] {
        if item.pages.iter().any(|page| page.key == name) {
            faults.push(format!("a page may not be called `{name}`"));
        }
    }
    let area_key = item.routing.area_field.split('.').next().unwrap_or_default();
    if definition.field(area_key).is_none() && item.routing.level != super::Level::City {
        faults.push(format!("routing looks at `{}`, which the form does not ask", item.routing.area_field));
    }
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
