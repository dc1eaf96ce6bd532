//! Several items in one form: every choice of items that go together.

#[path = "support/answers.rs"]
mod answers;
#[path = "support/item.rs"]
mod item;
#[path = "support/items.rs"]
mod items;

use std::collections::{BTreeMap, BTreeSet};

use answers::draw::Dice;
use answers::{Filled, Form, answers};
use chrono::NaiveDate;
use domain::catalogue::{Item, Items, LifeEvent, Merged, Mode, PartAnswers, competent, lint_event, merge};
use domain::forms::{Definition, Entries, Given, Kind, check, lint, shown};
use item::plain_item;
use items::{communities, events, items};

/// Choices of items that are tried of each event.
const CHOICES: u64 = 12;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date")
}

fn by_code(items: &[Item]) -> Items<'_> {
    items.iter().map(|item| (item.code.as_str(), item)).collect()
}

#[test]
fn no_life_event_has_a_fault() {
    let items = items();
    let items = by_code(&items);
    let mut faults = Vec::new();
    for event in events() {
        faults.extend(lint_event(&event, &items).into_iter().map(|fault| format!("{}: {fault}", event.key)));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Codes of items that go together: at random, two at least.
fn choice(event: &LifeEvent, dice: &mut Dice) -> Vec<String> {
    loop {
        let mut chosen: Vec<String> = Vec::new();
        for part in &event.items {
            chosen.push(part.code.clone());
            if dice.once_in(3) || event.conflict(&chosen).is_some() {
                chosen.pop();
            }
        }
        if chosen.len() > 1 {
            return chosen;
        }
    }
}

/// Does something with random choices of every event.
fn each(work: impl Fn(&LifeEvent, &Items<'_>, &Merged, &[String], u64) -> Vec<String> + Sync) -> Vec<String> {
    let items = items();
    let by_code = by_code(&items);
    let events = events();
    std::thread::scope(|scope| {
        let (work, by_code) = (&work, &by_code);
        let one = |event: &LifeEvent| -> Vec<String> {
            (1..=CHOICES)
                .flat_map(|seed| {
                    let chosen = choice(event, &mut Dice::new(seed * 7_919 + event.items.len() as u64));
                    let merged = merge(event, by_code, &chosen).expect("a form");
                    let faults = work(event, by_code, &merged, &chosen, seed).into_iter();
                    faults.map(|fault| format!("{chosen:?} {seed}: {fault}")).collect::<Vec<_>>()
                })
                .collect()
        };
        let begun: Vec<_> = events.iter().map(|event| scope.spawn(move || one(event))).collect();
        begun.into_iter().flat_map(|part| part.join().expect("done")).collect()
    })
}

fn filled(merged: &Merged, communities: &[String], seed: u64) -> Result<Filled, String> {
    let at_window = seed.is_multiple_of(3);
    let form = Form { definition: &merged.form, today: today(), communities, at_window };
    answers(form, seed, None).map_err(|findings| format!("cannot be filled in: {findings:?}"))
}

/// The files that a part's own form has of those of the merged one.
fn given_of(part: &PartAnswers, all: &Given) -> Given {
    let count = |from: &String| all.files.get(from).copied().unwrap_or(0);
    Given { files: part.files.iter().map(|(own, from)| (own.clone(), count(from))).collect(), ..all.clone() }
}

#[test]
fn what_was_answered_once_fills_every_item() {
    let communities = communities();
    let faults = each(|_, items, merged, _, seed| {
        let filled = match filled(merged, &communities, seed) {
            Ok(filled) => filled,
            Err(fault) => return vec![fault],
        };
        let mut faults = lint(&merged.form);
        for part in merged.split(&filled.entries, today()) {
            let item = items[part.code.as_str()];
            match check(&item.definition(), &part.answers, &given_of(&part, &filled.given)) {
                Err(findings) => faults.push(format!("{}: {findings:?}", part.code)),
                Ok(answers) if answers != part.answers => faults.push(format!("{}: not in normal form", part.code)),
                Ok(answers) => {
                    let of_split = competent(item, &part.answers, None, today());
                    let of_own = competent(item, &answers, None, today());
                    if of_split != of_own || of_own.is_err() {
                        faults.push(format!("{}: routed to {of_split:?} and {of_own:?}", part.code));
                    }
                }
            }
        }
        faults
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Every answer, and every paper, reaches an item.
#[test]
fn nothing_that_was_answered_is_lost() {
    let communities = communities();
    let faults = each(|_, _, merged, _, seed| {
        let Ok(filled) = filled(merged, &communities, seed) else { return Vec::new() };
        let parts = merged.split(&filled.entries, today());
        let texts: BTreeSet<(&str, &[String])> =
            parts.iter().flat_map(|part| part.answers.iter()).map(|(path, texts)| (last(path), texts)).collect();
        let handed_on: BTreeSet<&str> =
            parts.iter().flat_map(|part| &part.files).map(|(_, from)| from.as_str()).collect();
        let (asked, _) = shown(&merged.form, &filled.answers, today());
        let papers = asked.iter().filter(|one| matches!(one.field.kind, Kind::Material { .. }));
        let unread = papers.map(|one| one.path.clone()).filter(|path| !handed_on.contains(path.as_str()));
        let lost = filled.answers.iter().filter(|(_, list)| !texts.iter().any(|(_, texts)| texts == list));
        lost.map(|(path, list)| format!("{path} = {list:?} is lost")).chain(unread).collect()
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// The same words stand before the resident once, and what means different things says so.
#[test]
fn no_question_is_asked_twice() {
    let faults = each(|_, _, merged, _, _| {
        let fields = merged.form.pages.iter().flat_map(|page| &page.fields);
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        let mut faults = Vec::new();
        for field in fields {
            if let Some(other) = seen.insert(&field.label, &field.key) {
                faults.push(format!("{other} and {} both ask: {}", field.key, field.label));
            }
        }
        faults
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// An item's own answers, put into the merged form and taken out again, are what they were.
#[test]
fn what_an_item_got_by_itself_comes_back() {
    let communities = communities();
    let faults = each(|event, items, merged, chosen, seed| {
        let mut faults = Vec::new();
        for part in event.chosen(chosen).into_iter().filter(|part| part.from.is_empty() && part.with.is_empty()) {
            let definition = restricted(items[part.code.as_str()], merged);
            let form = Form { definition: &definition, today: today(), communities: &communities, at_window: true };
            let Ok(own) = answers(form, seed, None) else { continue };
            let key = |path: &str| merged.key_of(&part.code, path);
            let entries = own.answers.iter().fold(Entries::default(), |mut all, (path, texts)| {
                all.set_all(key(path), texts.to_vec());
                all
            });
            let split = merged.split(&entries, today()).into_iter().find(|one| one.code == part.code);
            if split.is_none_or(|split| split.answers != own.answers) {
                faults.push(format!("{}: its own answers changed on the way", part.code));
            }
        }
        faults
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The item's form, with the ways of getting the result that all chosen items have.
fn restricted(item: &Item, merged: &Merged) -> Definition {
    let mut form = item.definition();
    let common = merged.form.field("delivery").map(|field| field.kind.clone());
    for page in form.pages.iter_mut().filter(|page| page.key == "delivery") {
        if let (Some(common), Some(first)) = (&common, page.fields.first_mut()) {
            first.kind = common.clone();
        }
    }
    form
}

/// An item with these questions beside those that every item asks.
fn small(code: &str, fields: &str) -> Item {
    let mut item = plain_item(Mode::F, 5);
    item.code = code.to_owned();
    item.everyday = format!("小事{code}");
    item.materials.clear();
    item.pages[0].fields.extend(serde_json::from_str::<Vec<domain::forms::Field>>(fields).expect("questions"));
    item
}

/// What another item asks is, to an item that would not ask it, not there.
#[test]
fn an_item_does_not_see_what_it_would_not_ask() {
    let asks = small("MZ97", r#"[{ "key": "ill", "label": "病了吗？", "kind": "yes_no" }]"#);
    let sometimes = small(
        "MZ98",
        r#"[{ "key": "old", "label": "年纪大了吗？", "kind": "yes_no" },
            { "key": "ill", "label": "病了吗？", "kind": "yes_no", "when": { "field": "old", "is": "yes" } },
            { "key": "why", "label": "为什么？", "kind": "short_text", "when": { "not": { "field": "ill", "is": "yes" } } },
            { "key": "how", "label": "怎么办？", "kind": "short_text", "when": { "field": "ill", "is": "yes" } }]"#,
    );
    let event: LifeEvent = toml::from_str(
        r#"key = "small"
           code = "YJ99"
           name = "小事"
           summary = "小事。"
           facet = "birth"
           shared = ["applicant", "area"]
           items = [{ code = "MZ97", text = "一" , usual = true }, { code = "MZ98", text = "二" }]"#,
    )
    .expect("an event");
    let both = [asks, sometimes];
    let merged = merge(&event, &by_code(&both), &["MZ97".to_owned(), "MZ98".to_owned()]).expect("a form");
    let asked = |old: &str, ill: &str| -> Vec<String> {
        let entries: Entries = [("mz98_old", old), ("ill", ill)].into_iter().collect();
        let (list, _) = shown(&merged.form, &entries, today());
        list.into_iter().map(|one| one.path).filter(|path| path.ends_with("_why") || path.ends_with("_how")).collect()
    };
    assert_eq!(asked("yes", "yes"), ["mz98_how"]);
    assert_eq!(asked("yes", "no"), ["mz98_why"]);
    assert_eq!(asked("no", "yes"), ["mz98_why"], "by itself it would not have asked whether somebody is ill");
    assert_eq!(asked("no", "no"), ["mz98_why"]);
}
