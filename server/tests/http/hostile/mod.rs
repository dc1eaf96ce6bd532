//! Texts made to break things, in everything that can be typed, shown wherever it is shown: nothing could run, nothing
//! breaks, and both databases say the same.

mod addresses;
mod browser;
mod forms;
mod life;
mod texts;

use service::identity::Visitor;

use crate::common::{Fixture, effort, fixture, fixture_on, get, send};
use crate::engines::engines;
use texts::Texts;

/// Items with many questions, groups, and several departments.
const ITEMS: [&str; 6] = ["MZ01", "MZ07", "MZ24", "RS01", "CL01", "SQ01"];

/// Fills the items in with hostile texts, and with tame ones of the same length: the pages must not differ but in words.
async fn compare(fixture: &Fixture, codes: &[String], seed: u64, from: usize) -> usize {
    let (mut hostile, mut tame) = (Texts::new(from, true), Texts::new(from, false));
    let mut renders = 0;
    for code in codes {
        let item = fixture.state.service.catalogue.latest(code).expect("an item").item.clone();
        if !item.has_form() {
            continue;
        }
        let (seen, leaves) = forms::fill_in(fixture, &item, seed, &mut hostile).await;
        let (expected, _) = forms::fill_in(fixture, &item, seed, &mut tame).await;
        for ((path, page), (other, plain)) in seen.iter().zip(&expected) {
            let first = page.iter().zip(plain).find(|(a, b)| a != b);
            assert!(
                path == other && page == plain,
                "{code} {path} {other}: {first:?}, {} and {}",
                page.len(),
                plain.len()
            );
        }
        assert_eq!(seen.len(), expected.len(), "{code}");
        renders += leaves * seen.len();
    }
    assert_eq!(hostile.given(), tame.given());
    renders
}

/// Some items; with more effort every item, with other texts each time.
#[tokio::test]
async fn no_text_in_a_form_changes_a_page() {
    for engine in engines() {
        let (fixture, _clock, _place) = fixture_on(engine, |_| {}).await;
        let all = fixture.state.service.catalogue.list("", "", "", "").items.into_iter().map(|item| item.code);
        let some = |code: &String| effort() > 1 || ITEMS.contains(&code.as_str());
        let codes: Vec<String> = all.filter(some).collect();
        let mut renders = 0;
        for round in 0..effort() {
            let from = usize::try_from(round).expect("few") * 211;
            renders += compare(&fixture, &codes, 3 + round, from).await;
        }
        println!("{engine:?}: {renders} texts on pages of {} items", codes.len());
        assert!(renders > 1_000, "{renders}");
    }
}

/// So often until every text has been said.
async fn lives(fixture: &Fixture, rounds: usize) -> (Vec<String>, usize) {
    let (mut texts, mut said) = (Texts::new(0, true), Vec::new());
    for _ in 0..rounds {
        life::of_a_street(fixture, &mut texts, &mut said).await;
        life::of_a_neighbourhood(fixture, &mut texts, &mut said).await;
        life::of_an_announcement(fixture, &mut texts, &mut said).await;
        life::of_a_name(fixture, &mut texts, &mut said).await;
    }
    (said, texts.given())
}

#[tokio::test]
async fn whatever_is_said_about_a_case_both_databases_take_it_alike() {
    let mut outcomes = Vec::new();
    for engine in engines() {
        let (fixture, _clock, _place) = fixture_on(engine, |_| {}).await;
        let (said, given) = lives(&fixture, 3).await;
        assert!(given > texts::all().len(), "not every text was said: {given}");
        let done = said.iter().filter(|line| line.ends_with(": done")).count();
        assert!(done * 2 > said.len(), "{said:?}");
        outcomes.push(said);
    }
    assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]), "{outcomes:#?}");
}

#[tokio::test]
async fn a_text_where_a_number_is_asked_is_no_fault_of_ours() {
    let mut outcomes = Vec::new();
    for engine in engines() {
        let (fixture, _clock, _place) = fixture_on(engine, |_| {}).await;
        let mut texts = Texts::new(0, true);
        for code in ["MZ01", "YB01"] {
            let item = fixture.state.service.catalogue.latest(code).expect("an item").item.clone();
            outcomes.push((code, forms::nonsense(&fixture, &item, &mut texts).await));
        }
    }
    let half = outcomes.len() / engines().len();
    assert!(outcomes.chunks(half).all(|one| *one == outcomes[..half]), "{outcomes:#?}");
}

#[tokio::test]
async fn no_address_and_no_argument_breaks_anything() {
    let mut outcomes = Vec::new();
    for engine in engines() {
        let (fixture, _clock, _place) = fixture_on(engine, |_| {}).await;
        outcomes.push(addresses::walk(&fixture, 10).await);
    }
    let differ = |a: &Vec<(String, u16)>, b: &Vec<(String, u16)>| {
        a.iter().zip(b).find(|(a, b)| a != b).map(|pair| format!("{pair:?}"))
    };
    for pair in outcomes.windows(2) {
        assert_eq!(differ(&pair[0], &pair[1]), None);
        assert_eq!(pair[0].len(), pair[1].len());
    }
}

/// What a worker reads is what stands there: marks that turn letters around are thrown away before anything is kept.
#[tokio::test]
async fn no_mark_turns_a_name_around() {
    for engine in engines() {
        let (fixture, _clock, _place) = fixture_on(engine, |_| {}).await;
        let service = &fixture.state.service;
        let (who, id): (Visitor, String) = crate::acting::begin(service, "MZ07").await;
        let name: String = format!("张{}三{}", crate::html::DIRECTION_MARKS.iter().collect::<String>(), '\u{202E}');
        let mut pairs = crate::acting::pairs(crate::acting::MZ07[0].1);
        pairs[0].1.clone_from(&name);
        service::forms::save_page(service, &who, &id, "applicant", &pairs).await.expect("saved");
        let page = service::forms::page(service, &who, &id, "applicant").await.expect("a page");
        assert_eq!(page.entries.get("applicant.name"), "张三", "{engine:?}");
    }
}

/// What is sought stands in the title, too, and ends it nowhere.
#[tokio::test]
async fn what_is_sought_is_a_text_in_the_title() {
    let fixture = fixture().await;
    let answer = send(&fixture.app, get("/items?q=%3C/title%3E%3Cimg%20src=x%3E%26lt;")).await;
    let title = answer.body.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
    assert!(title.contains("&lt;/title>&lt;img src=x>&amp;lt;"), "{title}");
    assert!(!answer.body.contains("<img src=x"), "an element came of it");
}
