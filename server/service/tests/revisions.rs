//! Revisions of items by their day, drafts that are carried over, and what is not on the list.

use crate::acting::*;
use crate::common::{engines, open_service, service};
use chrono::{NaiveDate, TimeDelta};
use domain::catalogue::Item;
use domain::forms::Field;
use sea_orm::{EntityTrait, IntoActiveModel};
use service::{Service, forms, upkeep};

/// Stores another revision of an item, as a seed of changed files would.
async fn publish(service: &Service, number: i32, item: &Item) {
    let content = serde_json::to_string(item).expect("written");
    let (code, digest) = (item.code.clone(), format!("digest {number}"));
    let row = entity::item::Model { code, revision: number, content, digest, published_at: service.clock.now() };
    let row = &row;
    let stored = service.db.write(|tx| {
        Box::pin(async move {
            entity::item::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
            Ok(())
        })
    });
    stored.await.expect("published");
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// MZ07, in force from tomorrow: done sooner, with a question more.
fn tomorrows(service: &Service) -> Item {
    let mut item = service.catalogue.latest("MZ07").expect("an item").item.clone();
    item.effective = Some(day("2026-11-24"));
    item.promised_days = 4;
    item.steps.clear();
    let field: Field =
        serde_json::from_str(r#"{"key":"why_now","label":"为什么现在申请？","kind":"short_text"}"#).expect("a field");
    item.pages.iter_mut().find(|page| page.key == "received").expect("a page").fields.push(field);
    item
}

#[tokio::test]
async fn a_revision_begins_on_its_day_without_a_restart() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let number = |service: &Service| service.catalogue.latest("MZ07").expect("an item").number;
        let items = service.catalogue.len();
        publish(&service, 2, &tomorrows(&service)).await;
        upkeep(&service).await.expect("taken in");
        let other = open_service(&place, &clock).await;
        assert_eq!((number(&service), number(&other)), (1, 1), "{engine:?}: it begins tomorrow");
        clock.advance(TimeDelta::days(1));
        assert_eq!((number(&service), number(&other)), (2, 2), "{engine:?}: it has begun");
        assert_eq!(service.catalogue.guide("mz07").expect("a guide").brief.promised_days, 4);
        assert_eq!(service.catalogue.len(), items);
        let found = service.catalogue.list("高龄津贴", "", "", "");
        assert!(found.items.iter().any(|item| item.code == "MZ07" && item.promised_days == 4));
    }
}

#[tokio::test]
async fn an_item_that_begins_later_is_not_there_yet() {
    let (service, clock, _place) = service(crate::common::Engine::Sqlite).await;
    let mut item = tomorrows(&service);
    item.code = "MZ99".to_owned();
    publish(&service, 1, &item).await;
    upkeep(&service).await.expect("taken in");
    assert!(service.catalogue.latest("MZ99").is_none());
    clock.advance(TimeDelta::days(1));
    assert!(service.catalogue.latest("MZ99").is_some());
}

#[tokio::test]
async fn a_draft_is_carried_over_and_its_resident_is_told_once() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        fill_in(&service, &who, &id).await;
        let (resident, number) = submitted(&service).await;
        publish(&service, 2, &tomorrows(&service)).await;
        upkeep(&service).await.expect("taken in");
        let page = forms::page(&service, &who, &id, "applicant").await.expect("a page");
        assert!(page.news.is_none(), "nothing has begun yet");
        clock.advance(TimeDelta::days(1));

        // Submitted without another look: told instead of sent.
        let moved = forms::submit(&service, &who, &id).await.expect("an answer");
        assert!(moved.location.ends_with("/review"), "{engine:?}: {}", moved.location);
        let review = forms::review(&service, &who, &id).await.expect("a review");
        let news = review.news.expect("told");
        assert!(news.changes.iter().any(|change| change.starts_with("多了一个问题：为什么现在申请？")));
        assert!(news.changes.iter().any(|change| change.starts_with("办理时间：从“")));
        assert_eq!(news.pages.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["received"]);
        // What was typed is there, and the new question is not called wrong before it was seen.
        let page = forms::page(&service, &who, &id, "received").await.expect("a page");
        assert_eq!(page.entries.get("received_elsewhere"), "no");
        assert!(page.findings.is_empty());
        assert_eq!(page.news.as_ref(), Some(&news));
        assert!(review.unfinished.iter().all(|(page, _)| page == "received"), "{:?}", review.unfinished);
        assert_eq!(review.unfinished.len(), 1);

        // Another page is sent: the changes were read, the question still waits.
        forms::save_page(&service, &who, &id, "applicant", &pairs(MZ07[0].1)).await.expect("saved");
        let told = forms::page(&service, &who, &id, "received").await.expect("a page").news.expect("a page is open");
        assert!(told.changes.is_empty());
        assert_eq!(told.pages.len(), 1);
        let answer = [("received_elsewhere", "no"), ("why_now", "刚满八十岁")];
        forms::save_page(&service, &who, &id, "received", &pairs(&answer)).await.expect("saved");
        assert!(forms::review(&service, &who, &id).await.expect("a review").news.is_none());
        let sent = submit(&service, &who, &id).await;
        assert_eq!(desk(&service, &worker(&service, "binhe-1").await, &sent).await.file.revision, 2);
        // The case that was sent before keeps its own.
        assert_eq!(track(&service, &resident, &number).await.item.promised_days, 5);
        assert_eq!(desk(&service, &worker(&service, "binhe-1").await, &number).await.file.revision, 1);
    }
}

#[tokio::test]
async fn a_page_that_is_sent_while_its_item_changes_loses_nothing() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let mut item = tomorrows(&service);
        item.pages.retain(|page| page.key != "received");
        publish(&service, 2, &item).await;
        upkeep(&service).await.expect("taken in");
        clock.advance(TimeDelta::days(1));
        forms::save_page(&service, &who, &id, "applicant", &pairs(MZ07[0].1)).await.expect("saved");
        let page = forms::page(&service, &who, &id, "applicant").await.expect("a page");
        assert_eq!(page.entries.get("applicant.name"), "张小三");
        assert!(
            !page.news.expect("told").changes.is_empty(),
            "{engine:?}: it happened while saving, nobody has read it"
        );
        // The page of the link that the browser still shows is not asked any more.
        let page = forms::page(&service, &who, &id, "received").await.expect("a page");
        assert_eq!(page.key, "applicant");
        let moved = forms::save_page(&service, &who, &id, "received", &pairs(&[])).await.expect("an answer");
        assert!(moved.location.contains("/pages/"), "{}", moved.location);
        // A page that never was is none.
        let (who, id) = begin(&service, "MZ01").await;
        assert!(matches!(forms::page(&service, &who, &id, "nothing").await, Err(service::Error::NotFound)));
    }
}

#[tokio::test]
async fn words_for_certificates_lead_to_where_to_go_instead() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let list = service.catalogue.certificates();
    assert_eq!(list.certificates.len(), 20);
    let found = |words: &str| {
        let found = service.catalogue.list(words, "", "", "").certificates;
        found.into_iter().map(|certificate| certificate.key).collect::<Vec<_>>()
    };
    for (words, key) in [
        ("死亡证明", "death"),
        ("无犯罪", "no_crime"),
        ("无犯罪记录证明", "no_crime"),
        ("开单身证明", "marriage"),
        ("收入证明", "property"),
        ("健在证明", "alive"),
        ("wufanzui", "no_crime"),
    ] {
        assert_eq!(found(words), [key], "{words}");
    }
    for words in ["证明", "高龄津贴", "残疾人证", "老年证", "低保", ""] {
        assert!(found(words).is_empty(), "{words}: {:?}", found(words));
    }
    // Items that do what is really wanted are there.
    for certificate in list.certificates.iter().filter(|certificate| !certificate.item.is_empty()) {
        assert!(service.catalogue.latest(&certificate.item).is_some(), "{}", certificate.item);
    }
    // The check of the item that issues what may be issued refuses the same, in the same words.
    for certificate in &list.certificates {
        let answers = pairs(&[("purpose", &certificate.key), ("lives", "yes"), ("written", "yes")]);
        let view = service.catalogue.check("SQ01", &answers, service.today()).expect("a check");
        assert_eq!(view.outlook.map(|outlook| outlook.reason).as_deref(), Some(certificate.instead.as_str()));
    }
}

/// A form of several items follows the revisions of each of them.
#[tokio::test]
async fn a_life_event_that_was_begun_goes_on_with_the_new_revision_of_one_item() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let items = ["GA08".to_owned(), "MZ15".to_owned()];
        let begun = forms::begin_event(&service, &stranger(), "bereavement", &items).await.expect("begun");
        let who = with_cookie(&service, &begun).await;
        let id = draft_id(&begun.location);
        forms::save_page(&service, &who, &id, "applicant", &pairs(MZ07[0].1)).await.expect("saved");
        let mut changed = service.catalogue.latest("MZ15").expect("an item").item.clone();
        changed.effective = Some(day("2026-11-24"));
        let field: Field = serde_json::from_str(r#"{"key":"why_now","label":"为什么现在申请？","kind":"short_text"}"#)
            .expect("a field");
        changed.pages.iter_mut().find(|page| page.key == "cremation").expect("a page").fields.push(field);
        publish(&service, 2, &changed).await;
        upkeep(&service).await.expect("taken in");
        let before = forms::page(&service, &who, &id, "deceased").await.expect("a page");
        assert!(before.news.is_none(), "{engine:?}: it begins tomorrow");
        clock.advance(TimeDelta::days(1));
        let after = forms::page(&service, &who, &id, "deceased").await.expect("a page");
        let news = after.news.expect("news");
        assert!(news.pages.iter().any(|(key, _)| key == "mz15_cremation"), "{:?}", news.pages);
        let page = forms::page(&service, &who, &id, "mz15_cremation").await.expect("a page");
        assert!(page.definition.field("mz15_why_now").is_some());
        let first = forms::page(&service, &who, &id, "applicant").await.expect("a page");
        assert_eq!(first.entries.get("applicant.name"), "张小三", "what was typed stays");
    }
}
