//! Forms of items, every text in them a hostile one, from the first page to the receipt and the desk.

use std::collections::BTreeMap;

use domain::catalogue::Item;
use domain::forms::{Definition, Entries, Kind, shown};

use super::browser::{Browser, body_of, ticked};
use super::texts::Texts;
use crate::acting::png;
use crate::answers::{Form, answers};
use crate::common::Fixture;

/// 滨河街道 多福社区
const DUOFU: &str = "210103005024";
/// Who may have a case of that place.
const DESKS: [&str; 4] = ["binhe-3", "shenhe-mz-1", "shenhe-rs-1", "duofu-1"];

/// The texts of a form that are free, each with its longest length.
fn leaves(definition: &Definition, entries: &Entries, today: chrono::NaiveDate) -> Vec<(String, usize)> {
    let (list, _) = shown(definition, entries, today);
    let of = |kind: &Kind, path: &str| match kind {
        Kind::ShortText { max } | Kind::LongText { max } => Some((path.to_owned(), *max)),
        Kind::Person { .. } => Some((format!("{path}.name"), 50)),
        Kind::Address => Some((format!("{path}.detail"), 120)),
        _ => None,
    };
    let all = list.iter().filter_map(|one| of(&one.field.kind, &one.path));
    all.filter(|(path, _)| !entries.get(path).is_empty()).collect()
}

/// Fills an item in and sends it. Returns what every page looked like, and how many texts were filled in.
pub async fn fill_in(
    fixture: &Fixture,
    item: &Item,
    seed: u64,
    texts: &mut Texts,
) -> (Vec<(String, Vec<String>)>, usize) {
    let service = &fixture.state.service;
    let definition = item.definition();
    let communities = [DUOFU.to_owned()];
    let form = Form { definition: &definition, today: service.today(), communities: &communities, at_window: false };
    let mut filled = answers(form, seed, None).unwrap_or_else(|faults| panic!("{}: {faults:?}", item.code));
    let leaves = leaves(&definition, &filled.entries, service.today());
    for (path, max) in &leaves {
        filled.entries.set(path.clone(), texts.one(*max));
    }
    let mut browser = Browser::new(&fixture.app);
    let begun = browser.post(&format!("/items/{}/apply", item.code), "").await;
    let draft = begun.header("location").split("/pages/").next().unwrap_or_default().to_owned();
    assert!(draft.starts_with("/drafts/"), "{}: {}", item.code, begun.body);
    for page in &definition.pages {
        let posted = of_page(&definition, &page.key, &filled.entries);
        let path = format!("{draft}/pages/{}", page.key);
        // A page that these answers do not bring up is not there.
        browser.post(&path, &body_of(&posted)).await;
        browser.look(&path).await;
    }
    for path in filled.given.files.iter().filter(|(_, count)| **count > 0).map(|(path, _)| path) {
        let page = definition.page_of(path).map(|page| page.key.as_str()).unwrap_or_default();
        browser.upload(&format!("{draft}/files"), &[("path", path), ("page", page)], &texts.one(60), &png()).await;
        browser.look(&format!("{draft}/pages/{page}")).await;
    }
    let review = browser.look(&format!("{draft}/review")).await;
    let submit = format!("{draft}/submit");
    let sent = browser.post(&submit, &ticked(&review.body, &submit)).await;
    let case = sent.header("location").split('?').next().unwrap_or_default().to_owned();
    if case.starts_with("/cases/") {
        browser.look(&case).await;
        for login in DESKS {
            let mut desk = Browser::signed_in(fixture, login).await;
            desk.look(&format!("/desk{case}")).await;
            browser.seen.append(&mut desk.seen);
        }
    }
    (browser.seen, leaves.len())
}

fn of_page(definition: &Definition, key: &str, entries: &Entries) -> Vec<(String, String)> {
    let page = definition.pages.iter().find(|page| page.key == key);
    let keys: Vec<&str> = page.into_iter().flat_map(|page| &page.fields).map(|field| field.key.as_str()).collect();
    let own = entries.iter().filter(|(path, _)| keys.contains(&path.split('.').next().unwrap_or(path)));
    own.flat_map(|(path, texts)| texts.iter().map(|text| (path.to_owned(), text.clone()))).collect()
}

/// Texts where a number, a day or a choice is asked: the page comes back and says so.
pub async fn nonsense(fixture: &Fixture, item: &Item, texts: &mut Texts) -> BTreeMap<String, u16> {
    let definition = item.definition();
    let mut browser = Browser::new(&fixture.app);
    let begun = browser.post(&format!("/items/{}/apply", item.code), "").await;
    let draft = begun.header("location").split("/pages/").next().unwrap_or_default().to_owned();
    let mut outcomes = BTreeMap::new();
    for page in &definition.pages {
        let mut pairs = Vec::new();
        for field in &page.fields {
            for part in ["", ".name", ".id_number", ".phone", ".area", ".detail", ".0.name", ".x"] {
                pairs.push((format!("{}{part}", field.key), texts.one(5_000)));
            }
        }
        pairs.push(("_do".to_owned(), texts.one(200)));
        pairs.push(("_shown".to_owned(), texts.one(200)));
        pairs.push((texts.one(60), texts.one(200)));
        let path = format!("{draft}/pages/{}", page.key);
        let saved = browser.post(&path, &body_of(&pairs)).await;
        let shown = browser.look(&path).await;
        outcomes.insert(page.key.clone(), saved.status.as_u16() * 10 + shown.status.as_u16() / 100);
    }
    outcomes
}
