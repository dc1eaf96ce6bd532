//! Whether a text that is meant for everybody tells what it must not.

use chrono::NaiveDate;

use crate::catalogue::Item;
use crate::forms::{Definition, Entries, Kind, parts, shown};
use crate::text::{clean, compact, half_width};

/// Words of illness and disability, besides those in the name of what is applied for.
const HEALTH: [&str; 8] = ["病", "癌", "残疾", "瘫", "精神", "智力", "失明", "截肢"];
/// Digits in a row that can only be a number of somebody's: phone, identity, card.
const NUMBER: usize = 11;
/// Shorter answers in words are too common to be anybody's: 没有, 工人.
const WORDS_MIN: usize = 4;

/// Why a text cannot be announced, as a sentence for the worker: it holds an answer that nobody else may know, a number,
/// or a word of illness. `None`: it can.
pub fn telling(item: &Item, answers: &Entries, day: NaiveDate, text: &str) -> Option<String> {
    let text = joined(text);
    let digits = text.replace('-', "").to_uppercase();
    if longest_number(&digits) >= NUMBER {
        return Some("公示里不能写手机号、身份证号、卡号这样的号码，请去掉".to_owned());
    }
    let definition = item.definition();
    if let Some(label) = answered(&definition, answers, day, &text, &digits) {
        return Some(format!("这里写了填报内容里的“{label}”，不能公示，请去掉"));
    }
    let result = item.decision.as_ref().map_or("", |decision| decision.name.as_str());
    let names = [item.everyday.as_str(), item.name.as_str(), result];
    let names = names.map(joined);
    let rest = names.iter().filter(|name| !name.is_empty()).fold(text, |text, name| text.replace(name, ""));
    let word = HEALTH.into_iter().find(|word| rest.contains(word))?;
    Some(format!("公示里不能写病情和残疾情况，请去掉有“{word}”的话"))
}

/// Without the spaces and widths that make the same words look like others.
fn joined(text: &str) -> String {
    half_width(&clean(text)).chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn longest_number(text: &str) -> usize {
    text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

/// The label of an answer that stands in the text: a name, an address, a number, or somebody's own words.
fn answered(definition: &Definition, answers: &Entries, day: NaiveDate, text: &str, digits: &str) -> Option<String> {
    let (list, kept) = shown(definition, answers, day);
    let told = |kind: &Kind, key: &str, path: &str| {
        let value = joined(kept.get(path));
        let (value, length) = (value.as_str(), value.chars().count());
        match kind {
            Kind::Person { .. } if path.ends_with(".name") => length > 1 && text.contains(value),
            Kind::Person { .. } | Kind::IdentityNumber | Kind::Phone | Kind::BankAccount => {
                let number = compact(value);
                number.len() >= WORDS_MIN && digits.contains(&number)
            }
            Kind::ShortText { .. } if key == "name" || key.ends_with("_name") => length > 1 && text.contains(value),
            Kind::Address if path.ends_with(".detail") => length > 1 && text.contains(value),
            Kind::ShortText { .. } | Kind::LongText { .. } => length >= WORDS_MIN && text.contains(value),
            _ => false,
        }
    };
    let one = list.iter().find(|one| {
        let kind = &one.field.kind;
        parts(kind, &one.path).iter().any(|path| told(kind, &one.field.key, path))
    })?;
    Some(one.field.label.clone())
}
