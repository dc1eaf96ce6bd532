//! The answers in words, page by page: for "check your answers", for the worker, for print.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::check::shown;
use super::definition::{Definition, Kind};
use super::entries::Entries;
use super::value::display;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredPage {
    pub key: String,
    pub title: String,
    pub rows: Vec<Answered>,
}

/// One answer: the path and label of its field, and the answer in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub path: String,
    pub label: String,
    pub text: String,
    /// Which of a group it belongs to: `家庭成员 2`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// Files stand under this path instead of a text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub material: bool,
    /// The text is not the whole answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub masked: bool,
}

/// All asked fields with their answers. An optional field left empty is listed with an empty text.
pub fn outline(
    definition: &Definition,
    entries: &Entries,
    today: NaiveDate,
    area_name: &dyn Fn(&str) -> String,
) -> Vec<AnsweredPage> {
    let (list, kept) = shown(definition, entries, today);
    let mut pages: Vec<AnsweredPage> = Vec::new();
    for item in list {
        if pages.last().is_none_or(|page| page.key != item.page.key) {
            pages.push(AnsweredPage { key: item.page.key.clone(), title: item.page.title.clone(), rows: Vec::new() });
        }
        let text = display(definition, item.field, &item.path, &kept, today, area_name);
        let row = Answered {
            of: group_item(definition, &item.path),
            path: item.path,
            label: item.field.label.clone(),
            text,
            material: matches!(item.field.kind, Kind::Material { .. }),
            masked: false,
        };
        if let Some(page) = pages.last_mut() {
            page.rows.push(row);
        }
    }
    pages
}

fn group_item(definition: &Definition, path: &str) -> String {
    let mut parts = path.split('.');
    let (Some(group), Some(index)) = (parts.next(), parts.next().and_then(|i| i.parse::<usize>().ok())) else {
        return String::new();
    };
    match definition.field(group).map(|field| &field.kind) {
        Some(Kind::Group { item, .. }) => format!("{item} {}", index + 1),
        _ => String::new(),
    }
}
