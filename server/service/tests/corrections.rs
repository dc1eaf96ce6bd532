//! Corrections open what was named and nothing else, once, whatever is tapped twice; saves of two tabs are both kept.

use crate::acting::*;
use crate::common::{engines, service};
use service::identity::Visitor;
use service::{Error, Service, cases, forms};

/// A case whose card number is to be corrected: its resident and its number.
async fn asked(service: &Service) -> (Visitor, String) {
    let (who, number) = submitted(service).await;
    let window = worker(service, "binhe-1").await;
    step(service, &window, &number, "receive", &[]).await.expect("received");
    ask(service, &number).await;
    (who, number)
}

async fn ask(service: &Service, number: &str) {
    let window = worker(service, "binhe-1").await;
    let form = [("field", "account_number"), ("reason", "卡号不对")];
    step(service, &window, number, "ask-correction", &form).await.expect("asked");
}

#[tokio::test]
async fn closed_fields_cannot_be_reached() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = asked(&service).await;
        let id = draft_id(&cases::correct(&service, &who, &number).await.expect("a form").location);
        let forged = pairs(&[("applicant.name", "别人"), ("household_area", "210102019006")]);
        for page in ["_rest", "applicant", "household_area"] {
            let saved = forms::save_page(&service, &who, &id, page, &forged).await;
            assert!(matches!(saved, Err(Error::NotFound)), "{page}");
        }
        let upload = forms::add_file(&service, &who, &id, "file_id_card", "a.png", png()).await;
        assert!(matches!(upload, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn two_taps_begin_one_answer_and_a_second_submission_leads_to_the_case() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = asked(&service).await;
        let tap = || cases::correct(&service, &who, &number);
        let (a, b, c) = tokio::join!(tap(), tap(), tap());
        let places = [a, b, c].map(|moved| moved.expect("a form").location);
        assert!(places.iter().all(|place| *place == places[0]), "{engine:?}: {places:?}");
        let home = forms::home(&service, &who).await.expect("a home");
        assert_eq!(home.drafts.len(), 1);
        let id = draft_id(&places[0]);
        assert!(forms::page(&service, &who, &id, &home.drafts[0].page).await.is_ok(), "carrying on leads to a page");
        let right = pairs(&[("account_number", "5555 5555 5555 4444")]);
        forms::save_page(&service, &who, &id, "account", &right).await.expect("saved");
        assert_eq!(submit(&service, &who, &id).await, number);
        assert_eq!(submit(&service, &who, &id).await, number);
        let late = forms::save_page(&service, &who, &id, "account", &right).await.expect("moved on");
        assert_eq!(number_of(&late.location), number);
        // The next correction, which the head answers for, begins with what the case says now.
        ask(&service, &number).await;
        step(&service, &worker(&service, "binhe-4").await, &number, "approve", &[]).await.expect("approved");
        let next = draft_id(&cases::correct(&service, &who, &number).await.expect("a form").location);
        assert_ne!(next, id);
        let page = forms::page(&service, &who, &next, "account").await.expect("a page");
        assert_eq!(page.entries.get("account_number"), "5555555555554444");
    }
}

#[tokio::test]
async fn the_window_answers_nothing_in_the_residents_stead() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (_, number) = asked(&service).await;
    for login in ["binhe-1", "binhe-3", "duofu-1", "shenhe-mz-2"] {
        let who = worker(&service, login).await;
        assert!(matches!(cases::correct(&service, &who, &number).await, Err(Error::NotFound)), "{login}");
    }
}

#[tokio::test]
async fn a_paper_that_a_corrected_answer_asks_for_must_be_sent() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let window = worker(&service, "binhe-1").await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        let form = [("field", "filled_by"), ("reason", "是别人代办的")];
        step(&service, &window, &number, "ask-correction", &form).await.expect("asked");
        let id = draft_id(&cases::correct(&service, &who, &number).await.expect("a form").location);
        forms::save_page(&service, &who, &id, "applicant", &pairs(&[("filled_by", "agent")])).await.expect("saved");
        let moved = forms::submit(&service, &who, &id).await.expect("answered");
        assert!(moved.location.ends_with("/review"), "{}", moved.location);
        let review = forms::review(&service, &who, &id).await.expect("a review");
        let missing: Vec<&str> = review.unfinished.iter().map(|(_, finding)| finding.path.as_str()).collect();
        assert!(missing.contains(&"agent.name") && missing.contains(&"file_agent_id"), "{missing:?}");
        assert!(!missing.contains(&"file_id_card"), "the case has that paper");
    }
}

#[tokio::test]
async fn saves_of_two_tabs_are_both_kept() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let posted: Vec<_> = MZ07.iter().map(|(page, entries)| (*page, pairs(entries))).collect();
        let save = |index: usize| {
            let (page, entries) = &posted[index];
            forms::save_page(&service, &who, &id, page, entries)
        };
        let (a, b, c, d) = tokio::join!(save(0), save(1), save(3), save(4));
        for saved in [a, b, c, d] {
            saved.expect("saved");
        }
        for (page, path) in [
            ("applicant", "applicant.name"),
            ("household_area", "household_area"),
            ("residence", "residence.detail"),
            ("account", "account_bank"),
        ] {
            let seen = forms::page(&service, &who, &id, page).await.expect("a page");
            assert!(!seen.entries.get(path).is_empty(), "{path} was lost on {engine:?}");
        }
    }
}

#[tokio::test]
async fn papers_of_a_case_cannot_be_removed() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (who, id) = begin(&service, "MZ07").await;
    fill_in(&service, &who, &id).await;
    let file = forms::page(&service, &who, &id, "materials").await.expect("a page").files["file_card"][0].id.clone();
    submit(&service, &who, &id).await;
    assert!(matches!(forms::remove_file(&service, &who, &id, &file).await, Err(Error::NotFound)));
    assert!(matches!(forms::discard(&service, &who, &id).await, Err(Error::NotFound)));
    assert!(forms::file(&service, &who, &file).await.is_ok());
}
