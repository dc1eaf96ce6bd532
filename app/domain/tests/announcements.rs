//! Nothing of a case's answers comes through to its announcement but what is meant to.

#[path = "support/item.rs"]
mod item;

use chrono::NaiveDate;
use domain::announcements::{announced, place, public_name, telling};
use domain::catalogue::Item;
use domain::forms::{Definition, Entries};
use proptest::prelude::*;

use item::whole_item;

fn day() -> NaiveDate {
    "2026-11-22".parse().expect("a date")
}

/// A form with every kind of answer that may be somebody's secret.
fn telling_item() -> Item {
    let pages = r#"[{ "key": "all", "title": "全部", "fields": [
      { "key": "applicant", "label": "申请人", "kind": "person" },
      { "key": "agent", "label": "代办人", "kind": "person", "phone_optional": true },
      { "key": "area", "label": "户口", "kind": "area" },
      { "key": "residence", "label": "现住址", "kind": "address" },
      { "key": "illness", "label": "什么病", "kind": "long_text" },
      { "key": "disability_level", "label": "残疾等级", "kind": "short_text" },
      { "key": "card", "label": "残疾人证号", "kind": "short_text" },
      { "key": "account", "label": "卡号", "kind": "bank_account" },
      { "key": "kind", "label": "身体", "kind": "one_of", "options": [{ "value": "ill", "label": "得了大病" }] },
      { "key": "members", "label": "家人", "kind": "group", "max": 12, "item": "家人", "fields": [
        { "key": "member", "label": "家人", "kind": "person", "phone_optional": true },
        { "key": "child_name", "label": "孩子的名字", "kind": "short_text" },
        { "key": "health", "label": "身体怎么样", "kind": "long_text" }
      ] }
    ] }]"#;
    let definition: Definition = Definition { pages: serde_json::from_str(pages).expect("pages") };
    Item { pages: definition.pages, ..whole_item() }
}

/// Secrets are written in letters that no rule and no other answer of the form writes.
fn secret() -> impl Strategy<Value = String> {
    "[\u{4e00}-\u{4fff}]{4,8}"
}

fn number() -> impl Strategy<Value = String> {
    "[1-9][0-9]{10,17}"
}

/// What nobody may read: path and value.
fn secrets() -> impl Strategy<Value = Vec<(String, String)>> {
    let texts = [
        "applicant.name",
        "agent.name",
        "residence.detail",
        "illness",
        "disability_level",
        "members.0.member.name",
        "members.0.child_name",
        "members.0.health",
        "members.1.child_name",
    ];
    let numbers =
        ["applicant.id_number", "applicant.phone", "card", "account", "members.0.member.id_number", "agent.id_number"];
    let texts = proptest::collection::vec(secret(), texts.len())
        .prop_map(move |v| texts.into_iter().zip(v).collect::<Vec<_>>());
    let numbers = proptest::collection::vec(number(), numbers.len())
        .prop_map(move |v| numbers.into_iter().zip(v).collect::<Vec<_>>());
    (texts, numbers).prop_map(|(texts, numbers)| {
        texts.into_iter().chain(numbers).map(|(path, value)| (path.to_owned(), value)).collect()
    })
}

fn answers(secrets: &[(String, String)], members: usize) -> Entries {
    let mut answers: Entries = secrets.iter().cloned().collect();
    answers.set("members", members.to_string());
    answers.set("kind", "ill");
    answers.set("area", "210103005024");
    answers
}

proptest! {
    #[test]
    fn nothing_but_the_masked_name_and_the_number_of_people_comes_through(secrets in secrets(), members in 0_usize..12) {
        let item = telling_item();
        let answers = answers(&secrets, members);
        let shown = announced(&item, &answers, day(), "");
        let name = answers.get("applicant.name");
        prop_assert_eq!(&shown.name, &public_name(name));
        prop_assert_eq!(shown.people, Some(members + 1));
        let text = serde_json::to_string(&shown).expect("written").replace(&shown.name, "");
        for (path, value) in &secrets {
            prop_assert!(!text.contains(value.as_str()), "{} is told", path);
        }
        // Nothing else depends on what was answered.
        let mut nobody = Entries::default();
        nobody.set("applicant.name", name);
        nobody.set("members", members.to_string());
        prop_assert_eq!(announced(&item, &nobody, day(), ""), shown);
    }

    #[test]
    fn words_that_tell_an_answer_are_refused(
        secrets in secrets(),
        which in any::<prop::sample::Index>(),
        before in "[甲乙丙丁，。 ]{0,10}",
        spaced: bool,
    ) {
        let item = telling_item();
        let answers = answers(&secrets, 2);
        let (path, value) = which.get(&secrets);
        let value = if spaced { value.chars().map(|letter| format!("{letter} ")).collect() } else { value.clone() };
        prop_assert!(telling(&item, &answers, day(), &format!("{before}{value}，符合条件")).is_some(), "{}", path);
        prop_assert_eq!(telling(&item, &answers, day(), &format!("{before}经核实，符合条件，拟发300元")), None);
    }
}

#[test]
fn words_of_illness_are_refused_but_for_the_name_of_the_thing() {
    let item = Item { everyday: "第一次办残疾人证".to_owned(), ..telling_item() };
    let told = |text: &str| telling(&item, &Entries::default(), day(), text).is_some();
    assert!(!told("申请第一次办残疾人证，符合条件"));
    assert!(told("第一次办残疾人证，肢体残疾一级"));
    assert!(told("因病致贫"));
    assert!(told("联系人13800138000") && !told("2026年11月22日起，每月1000元"));
}

#[test]
fn it_stands_where_the_applicant_lives_else_where_it_is_decided() {
    let item = telling_item();
    let place = |pairs: &[(&str, &str)]| place(&item, &pairs.iter().copied().collect());
    let (home, household) = (("residence.area", "210102019006"), ("area", "210103005024"));
    assert_eq!(place(&[home, household]).as_deref(), Some("210102019006"));
    assert_eq!(place(&[household]).as_deref(), Some("210103005024"));
    assert_eq!(place(&[("residence.area", "210102"), household]).as_deref(), Some("210103005024"));
    assert_eq!(place(&[("area", "210103")]).as_deref(), Some("210103"));
    assert_eq!(place(&[]), None);
}
