//! What was said and sent once is offered again, taken over by a tap and never without; consents never are.

use crate::acting::accounts::signed_in;
use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use domain::forms::Entries;
use service::identity::Visitor;
use service::{Error, Service, consents, documents, forms, household};

const PHONE: &str = "13800138000";

async fn begun(service: &Service, who: &Visitor, item: &str) -> String {
    draft_id(&forms::begin(service, who, item).await.expect("begun").location)
}

/// A resident who has handed in MZ07 and kept the photograph of the identity card.
async fn known(service: &Service) -> Visitor {
    let who = signed_in(service, PHONE).await;
    let id = begun(service, &who, "MZ07").await;
    fill_in(service, &who, &id).await;
    let file = forms::page(service, &who, &id, "materials").await.expect("a page").files["file_id_card"][0].id.clone();
    documents::keep(service, &who, &id, &file).await.expect("kept");
    submit(service, &who, &id).await;
    let late = documents::keep(service, &who, &id, &file).await;
    assert!(matches!(late, Err(Error::NotFound)), "what was sent is kept no more");
    who
}

#[tokio::test]
async fn answers_are_offered_with_their_source_and_taken_over_by_a_tap() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let who = known(&service).await;
        let id = begun(&service, &who, "MZ24").await;
        let page = forms::page(&service, &who, &id, "applicant").await.expect("a page");
        assert!(page.entries.get("applicant.name").is_empty(), "nothing is taken over without a tap");
        assert!(page.offers.source.contains("2026年11月23日"), "{engine:?}: {:?}", page.offers);
        assert!(page.offers.answers.iter().any(|(_, text)| text.contains("张小三")), "{:?}", page.offers);
        forms::take(&service, &who, &id, "applicant", "answers").await.expect("taken");
        let page = forms::page(&service, &who, &id, "applicant").await.expect("a page");
        assert_eq!(page.entries.get("applicant.name"), "张小三");
        assert!(page.entries.get("filled_by").is_empty(), "who fills in is said each time");
        assert!(page.offers.answers.is_empty());
        // Neither promises nor consents.
        for key in ["promise", "consents"] {
            if let Ok(page) = forms::page(&service, &who, &id, key).await {
                assert!(page.offers.answers.is_empty(), "{key}: {:?}", page.offers);
            }
            assert!(matches!(forms::take(&service, &who, &id, key, "answers").await, Err(Error::NotFound)));
        }
        // Another resident is offered nothing.
        let other = signed_in(&service, "13900139000").await;
        let id = begun(&service, &other, "MZ24").await;
        let page = forms::page(&service, &other, &id, "applicant").await.expect("a page");
        assert_eq!(page.offers.answers, []);
    }
}

/// The button beside the offer sends the whole page: what was typed on it stays, also what is wrong.
#[tokio::test]
async fn what_was_typed_beside_an_offer_is_kept_when_it_is_taken() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let who = known(&service).await;
        let id = begun(&service, &who, "MZ24").await;
        let typed = pairs(&[
            ("filled_by", "agent"),
            ("agent.name", "王小五"),
            ("agent.phone", "1390013"),
            ("applicant.name", ""),
            ("_do", "take:answers"),
        ]);
        let moved = forms::save_page(&service, &who, &id, "applicant", &typed).await.expect("taken");
        assert!(moved.location.ends_with("/pages/applicant"), "{}", moved.location);
        let page = forms::page(&service, &who, &id, "applicant").await.expect("a page");
        let now = |path: &str| page.entries.get(path).to_owned();
        assert_eq!(now("applicant.name"), "张小三", "{engine:?}: it was taken over");
        let beside = (now("filled_by"), now("agent.name"), now("agent.phone"));
        assert_eq!(beside, ("agent".to_owned(), "王小五".to_owned(), "1390013".to_owned()), "{engine:?}");
    }
}

#[tokio::test]
async fn a_bank_account_is_offered_to_who_chose_to_keep_it() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let who = known(&service).await;
    let id = begun(&service, &who, "MZ07").await;
    let offered = |page: domain::cases::DraftPage| page.offers.answers.iter().any(|(_, text)| text.contains("4111"));
    assert!(!offered(forms::page(&service, &who, &id, "account").await.expect("a page")));
    consents::choose_kept(&service, &who, &["finance".to_owned()]).await.expect("chosen");
    assert!(offered(forms::page(&service, &who, &id, "account").await.expect("a page")));
    consents::choose_kept(&service, &who, &[]).await.expect("chosen");
    assert!(!offered(forms::page(&service, &who, &id, "account").await.expect("a page")));
}

#[tokio::test]
async fn a_paper_is_kept_once_and_used_where_it_meets_the_requirement() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let who = known(&service).await;
        let kept = documents::list(&service, &who).await.expect("documents").documents;
        assert_eq!(kept.len(), 1);
        assert!(kept[0].used.iter().any(|text| text.contains("2026年11月23日")), "{:?}", kept[0]);
        let id = begun(&service, &who, "MZ24").await;
        let page = forms::page(&service, &who, &id, "materials").await.expect("a page");
        let offer = page.offers.documents.iter().find(|one| one.path == "file_id_card").expect("an offer").clone();
        assert!(!page.files.contains_key("file_id_card"), "asked first");
        assert!(page.offers.documents.iter().all(|one| one.path != "file_household_book"), "another paper");
        forms::take(&service, &who, &id, "materials", &offer.what).await.expect("taken");
        let page = forms::page(&service, &who, &id, "materials").await.expect("a page");
        let file = page.files["file_id_card"][0].id.clone();
        let bytes = forms::file(&service, &who, &file).await.expect("bytes").bytes;
        // Removed here, thrown away there: each leaves the other its bytes.
        forms::remove_file(&service, &who, &id, &file).await.expect("removed");
        let own = forms::file(&service, &who, &kept[0].id).await.expect("still kept").bytes;
        assert_eq!(own, bytes, "{engine:?}");
        let until: Entries = [("until", "2026-11-30")].into_iter().collect();
        documents::set_validity(&service, &who, &kept[0].id, until).await.expect("dated");
        clock.advance(TimeDelta::days(10));
        let who = signed_in(&service, PHONE).await;
        let page = forms::page(&service, &who, &id, "materials").await.expect("a page");
        assert!(page.offers.documents.is_empty(), "out of date: {:?}", page.offers);
        assert!(matches!(forms::take(&service, &who, &id, "materials", &offer.what).await, Err(Error::NotFound)));
        // Nobody else's.
        let other = signed_in(&service, "13900139000").await;
        assert!(matches!(forms::file(&service, &other, &kept[0].id).await, Err(Error::NotFound)));
        assert!(matches!(documents::drop(&service, &other, &kept[0].id).await, Err(Error::NotFound)));
        documents::drop(&service, &who, &kept[0].id).await.expect("dropped");
        assert!(documents::list(&service, &who).await.expect("documents").documents.is_empty());
    }
}

#[tokio::test]
async fn people_of_the_household_are_entered_once() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let who = signed_in(&service, PHONE).await;
        let member = |number: &str| -> Entries {
            [("relation", "child"), ("name", "李小花"), ("id_number", number)].into_iter().collect()
        };
        household::add(&service, &who, member("123")).await.expect("answered");
        assert!(household::list(&service, &who).await.expect("a list").members.is_empty(), "not with a wrong number");
        household::add(&service, &who, member("210105201009099033")).await.expect("added");
        let list = household::list(&service, &who).await.expect("a list").members;
        assert_eq!((list[0].name.as_str(), list[0].id_number.as_str()), ("李小花", "210105********9033"));
        let id = begun(&service, &who, "MZ01").await;
        forms::save_page(&service, &who, &id, "applicant", &pairs(MZ07[0].1)).await.expect("saved");
        forms::save_page(&service, &who, &id, "apply_as", &pairs(&[("apply_as", "family")])).await.expect("saved");
        let page = forms::page(&service, &who, &id, "members").await.expect("a page");
        let (what, words) = page.offers.members.first().cloned().expect("an offer");
        assert!(words.contains("李小花") && !words.contains("20100909"), "{words}");
        forms::take(&service, &who, &id, "members", &what).await.expect("taken");
        let page = forms::page(&service, &who, &id, "members").await.expect("a page");
        let at = page.entries.count("members") - 1;
        let entered = |key: &str| page.entries.get(&format!("members.{at}.{key}")).to_owned();
        assert_eq!(entered("member.name"), "李小花", "{engine:?}");
        assert_eq!(
            (entered("member.id_number"), entered("relation")),
            ("210105201009099033".to_owned(), "child".to_owned())
        );
        let other = signed_in(&service, "13900139000").await;
        assert!(matches!(household::remove(&service, &other, &list[0].id).await, Err(Error::NotFound)));
        household::remove(&service, &who, &list[0].id).await.expect("removed");
        assert!(household::list(&service, &who).await.expect("a list").members.is_empty());
    }
}

/// A receipt that was only looked up in this browser joins the list of cases, and says nothing of who looked.
#[tokio::test]
async fn another_ones_case_is_neither_offered_nor_copied() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let looked = service::cases::look_up(&service, &stranger(), &number, "8000").await.expect("found");
        let browser = with_cookie(&service, &looked).await;
        let (who, _) = crate::acting::accounts::sign_in_here(&service, &browser, "13900139000", false).await;
        let offered = service::residents::join_page(&service, &who, "me").await.expect("a page").list;
        let keys: Vec<String> = offered.into_iter().map(|one| one.key).collect();
        service::residents::join(&service, &who, &keys, "me").await.expect("joined");
        track(&service, &who, &number).await;
        let copy = serde_json::to_string(&service::data::copy(&service, &who).await.expect("a copy")).expect("JSON");
        assert!(!copy.contains("张小三") && !copy.contains("4111"), "{engine:?}: {copy}");
        let id = begun(&service, &who, "MZ24").await;
        let page = forms::page(&service, &who, &id, "applicant").await.expect("a page");
        assert_eq!(page.offers.answers, [], "{engine:?}");
    }
}
