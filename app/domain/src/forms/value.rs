//! How a field's entries are named and how its answer is written out.

use chrono::NaiveDate;

use super::condition::Scope;
use super::definition::{Choice, Definition, Field, Kind};
use super::entries::{Entries, path};
use crate::identity::{IdNumber, Sex};
use crate::text::yuan;

/// The paths under which a field's texts stand. None for groups, files and computed fields.
pub fn parts(kind: &Kind, here: &str) -> Vec<String> {
    match kind {
        Kind::Person { .. } => ["name", "id_number", "phone"].iter().map(|part| path(here, part)).collect(),
        Kind::Address => ["area", "detail"].iter().map(|part| path(here, part)).collect(),
        Kind::Group { .. } | Kind::Material { .. } | Kind::Computed { .. } => Vec::new(),
        _ => vec![here.to_owned()],
    }
}

/// The answer of a field in words; empty when there is none. `area_name` gives the full name of an area code.
pub fn display(
    definition: &Definition,
    field: &Field,
    here: &str,
    entries: &Entries,
    today: NaiveDate,
    area_name: &dyn Fn(&str) -> String,
) -> String {
    let text = entries.get(here);
    match &field.kind {
        Kind::YesNo | Kind::Declaration { .. } => match (&field.kind, text) {
            (Kind::Declaration { .. }, "yes") => "已同意".to_owned(),
            (_, "yes") => "是".to_owned(),
            (_, "no") => "否".to_owned(),
            _ => String::new(),
        },
        Kind::OneOf { options } => label(options, text),
        Kind::SeveralOf { options } => {
            entries.all(here).iter().map(|t| label(options, t)).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("、")
        }
        Kind::Money { .. } if !text.is_empty() => format!("{text} 元"),
        Kind::WholeNumber { unit, .. } | Kind::Decimal { unit, .. } if !text.is_empty() => {
            format!("{text} {unit}").trim_end().to_owned()
        }
        Kind::Area { .. } if !text.is_empty() => area_name(text),
        Kind::Address => address(entries, here, area_name),
        Kind::Person { .. } => person(entries, here, today),
        Kind::IdentityNumber => id_number(text, today),
        Kind::Computed { formula, money, unit } => {
            let (inside, siblings) = inside(definition, here);
            let value = formula.value(Scope { definition, entries, today, inside, siblings });
            if *money { format!("{} 元", yuan(value)) } else { format!("{value} {unit}").trim_end().to_owned() }
        }
        Kind::Group { item, .. } => format!("{} 个{item}", entries.count(here)),
        Kind::Material { .. } => String::new(),
        _ => text.to_owned(),
    }
}

fn label(options: &[Choice], value: &str) -> String {
    options.iter().find(|choice| choice.value == value).map(|choice| choice.label.clone()).unwrap_or_default()
}

fn address(entries: &Entries, here: &str, area_name: &dyn Fn(&str) -> String) -> String {
    let area = entries.get(&path(here, "area"));
    let detail = entries.get(&path(here, "detail"));
    if area.is_empty() { detail.to_owned() } else { format!("{} {detail}", area_name(area)) }
}

fn person(entries: &Entries, here: &str, today: NaiveDate) -> String {
    let part = |name: &str| entries.get(&path(here, name)).to_owned();
    let list = [part("name"), id_number(&part("id_number"), today), part("phone")];
    list.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("，")
}

/// The number with what follows from it, which is never asked: sex and age.
fn id_number(text: &str, today: NaiveDate) -> String {
    match IdNumber::parse(text, today) {
        Ok(id) => {
            let sex = if id.sex() == Sex::Female { "女" } else { "男" };
            format!("{}（{sex}，{}岁）", id.as_str(), id.age(today))
        }
        Err(_) => text.to_owned(),
    }
}

/// Whether an identity number stands under this path.
pub fn is_identity_number(definition: &Definition, path: &str) -> bool {
    match definition.field_at(path).map(|field| &field.kind) {
        Some(Kind::IdentityNumber) => true,
        Some(Kind::Person { .. }) => path.ends_with(".id_number"),
        _ => false,
    }
}

/// The one of a group that a path lies in, with its fields: `members.0.income` → `members.0`.
fn inside<'a, 'b>(definition: &'a Definition, here: &'b str) -> (&'b str, &'a [Field]) {
    let Some((item, _)) = here.rsplit_once('.') else { return ("", &[]) };
    let group = item.split('.').next().unwrap_or(item);
    match definition.field(group).map(|field| &field.kind) {
        Some(Kind::Group { fields, .. }) => (item, fields),
        _ => ("", &[]),
    }
}

/// Whether a control of this path belongs to the field: what else is posted is thrown away.
pub fn accepts(field: &Field, posted: &str) -> bool {
    match &field.kind {
        Kind::Group { fields, max, .. } => {
            if posted == field.key {
                return true;
            }
            let Some(rest) = posted.strip_prefix(&format!("{}.", field.key)) else { return false };
            let Some((index, sub)) = rest.split_once('.') else { return false };
            let in_range = index.len() <= 2 && index.parse::<usize>().is_ok_and(|index| index < *max);
            in_range && fields.iter().any(|field| accepts(field, sub))
        }
        kind => parts(kind, &field.key).iter().any(|part| part == posted),
    }
}
