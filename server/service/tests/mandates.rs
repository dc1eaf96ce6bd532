//! A helper acts under a mandate and no longer; the resident keeps the case, and takes over what was filed without one.

use crate::acting::accounts::{id_number, proven, signed_in};
use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use domain::forms::Entries;
use service::identity::Visitor;
use service::{Error, Service, cases, forms, mandates};

const GIVER: &str = "13800138000";
const HELPER: &str = "13900139000";

fn given_to(phone: &str, scope: &str, until: &str) -> Entries {
    let list = [
        ("name", "王小五"),
        ("phone", phone),
        ("relation", "child"),
        ("scope", scope),
        ("until", until),
        ("agree", "yes"),
    ];
    list.into_iter().collect()
}

/// The first page, filled in by the helper for the resident. `relation`: what the helper is to the resident.
fn in_stead(relation: &str) -> Vec<(String, String)> {
    pairs(&[
        ("applicant.name", "张小三"),
        ("applicant.id_number", "210103194001019013"),
        ("applicant.phone", GIVER),
        ("filled_by", "agent"),
        ("agent.name", "王小五"),
        ("agent.id_number", "210112198806159026"),
        ("agent.phone", HELPER),
        ("agent_relation", relation),
    ])
}

/// The resident, the helper, and the id of the mandate to file MZ07.
async fn given(service: &Service) -> (Visitor, Visitor, String) {
    let giver = proven(service, GIVER, "张小三", "210103194001019013").await;
    let helper = signed_in(service, HELPER).await;
    mandates::give(service, &giver, "MZ07", given_to(HELPER, "item:MZ07", "2027-01-31")).await.expect("given");
    let held = mandates::held_for(service, &helper, "MZ07").await.expect("held");
    assert_eq!(held.len(), 1, "{held:?}");
    (giver, helper, held[0].0.clone())
}

#[tokio::test]
async fn a_helper_acts_under_a_mandate_until_it_is_taken_back() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (giver, helper, mandate) = given(&service).await;
        let moved = mandates::begin(&service, &helper, &mandate, "MZ07").await.expect("begun");
        let id = draft_id(&moved.location);
        let page = forms::page(&service, &helper, &id, "applicant").await.expect("a page");
        assert_eq!(page.entries.get("applicant.name"), "张小三", "what is known is not asked again");
        assert_eq!(page.entries.get("filled_by"), "agent");
        // The resident sees it from the first page on.
        forms::page(&service, &giver, &id, "applicant").await.expect("the resident's own");
        // Taken back: the helper's next request finds nothing.
        mandates::revoke(&service, &giver, &mandate).await.expect("taken back");
        assert!(matches!(forms::page(&service, &helper, &id, "applicant").await, Err(Error::NotFound)), "{engine:?}");
        assert!(matches!(forms::save_page(&service, &helper, &id, "applicant", &[]).await, Err(Error::NotFound)));
        assert!(matches!(forms::submit(&service, &helper, &id).await, Err(Error::NotFound)));
        assert!(mandates::begin(&service, &helper, &mandate, "MZ07").await.is_err());
        assert!(mandates::held_for(&service, &helper, "MZ07").await.expect("held").is_empty());
        forms::page(&service, &giver, &id, "applicant").await.expect("still the resident's");
        assert!(matches!(mandates::revoke(&service, &helper, &mandate).await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn what_a_helper_filed_says_so_and_is_the_residents() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (giver, helper, mandate) = given(&service).await;
        let moved = mandates::begin(&service, &helper, &mandate, "MZ07").await.expect("begun");
        let id = draft_id(&moved.location);
        let agent = in_stead("child");
        fill_in(&service, &helper, &id).await;
        forms::save_page(&service, &helper, &id, "applicant", &agent).await.expect("saved");
        forms::add_file(&service, &helper, &id, "file_agent_id", "证.png", png()).await.expect("taken in");
        // It allows to file for who gave it, and to say so: nothing else.
        for (path, other) in
            [("applicant.id_number", id_number(77).as_str()), ("applicant.phone", "13700137000"), ("filled_by", "self")]
        {
            let said =
                agent.iter().map(|(at, text)| (at.clone(), if at == path { other.to_owned() } else { text.clone() }));
            let said: Vec<_> = said.collect();
            forms::save_page(&service, &helper, &id, "applicant", &said).await.expect("saved");
            let refused = forms::submit(&service, &helper, &id).await;
            assert!(matches!(refused, Err(Error::Refused(_))), "{path}: {refused:?}");
        }
        forms::save_page(&service, &helper, &id, "applicant", &agent).await.expect("saved");
        let number = submit(&service, &helper, &id).await;
        for who in [&giver, &helper] {
            let seen = track(&service, who, &number).await;
            assert!(seen.receipt.claim.is_empty(), "who gave a mandate has it; a helper must not take it over");
            assert!(seen.helper.contains("王*五") && seen.helper.contains("授权"), "{engine:?}: {}", seen.helper);
            let told: Vec<_> = seen.timeline.iter().map(|entry| entry.text.as_str()).collect();
            assert!(told.iter().any(|text| text.contains("代办")), "{told:?}");
        }
        let window = worker(&service, "binhe-1").await;
        assert!(desk(&service, &window, &number).await.file.helper.contains("王*五"));
        // The last day passes: the helper sees it no more, the resident does.
        clock.advance(TimeDelta::days(70));
        let helper = signed_in(&service, HELPER).await;
        let giver = signed_in(&service, GIVER).await;
        assert!(matches!(cases::track(&service, &helper, &number).await, Err(Error::NotFound)), "{engine:?}");
        track(&service, &giver, &number).await;
    }
}

#[tokio::test]
async fn a_mandate_is_for_what_it_names_and_for_whom_it_names() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (giver, helper, mandate) = given(&service).await;
    let refused = mandates::begin(&service, &helper, &mandate, "MZ01").await;
    assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    let other = signed_in(&service, "13700137000").await;
    assert!(matches!(mandates::begin(&service, &other, &mandate, "MZ07").await, Err(Error::NotFound)));
    assert!(matches!(mandates::begin(&service, &stranger(), &mandate, "MZ07").await, Err(Error::SignIn)));
    // Neither to oneself nor for longer than two years.
    for wrong in [given_to(GIVER, "all", "2027-01-31"), given_to(HELPER, "all", "2029-12-31")] {
        let moved = mandates::give(&service, &giver, "", wrong).await.expect("answered");
        assert_eq!(moved.location, "/me/mandates/new", "the form again");
    }
    assert_eq!(mandates::list(&service, &giver, "", "").await.expect("a list").given.len(), 1);
}

#[tokio::test]
async fn a_guardian_acts_for_a_minor_until_the_child_is_of_age() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let parent = proven(&service, GIVER, "李四平", "210112198806159026").await;
        let says = |number: &str| -> Entries {
            [("name", "李小花"), ("id_number", number), ("relation", "parent"), ("agree", "yes")].into_iter().collect()
        };
        // Eighty-six years old is no child.
        let moved = mandates::declare_guardian(&service, &parent, says("210103194001019013")).await.expect("answered");
        assert_eq!(moved.location, "/me/mandates/guardian");
        // Born on 9 September 2010: of age on 9 September 2028.
        mandates::declare_guardian(&service, &parent, says("210105201009099033")).await.expect("declared");
        let held = mandates::held_for(&service, &parent, "YB01").await.expect("held");
        assert_eq!(held.len(), 1, "{engine:?}");
        let id = draft_id(&mandates::begin(&service, &parent, &held[0].0, "YB01").await.expect("begun").location);
        let page = forms::page(&service, &parent, &id, "applicant").await.expect("a page");
        assert_eq!(page.entries.get("applicant.id_number"), "210105201009099033");
        clock.advance(TimeDelta::days(366 * 2));
        let parent = signed_in(&service, GIVER).await;
        assert!(mandates::held_for(&service, &parent, "YB01").await.expect("held").is_empty());
        assert!(matches!(forms::page(&service, &parent, &id, "applicant").await, Err(Error::NotFound)), "{engine:?}");
    }
}

/// A neighbour without an account files for the old man: the neighbour's browser and the number of the case.
async fn by_a_neighbour(service: &Service) -> (Visitor, String) {
    let (who, id) = begin(service, "MZ07").await;
    fill_in(service, &who, &id).await;
    let agent = in_stead("other");
    forms::save_page(service, &who, &id, "applicant", &agent).await.expect("saved");
    forms::add_file(service, &who, &id, "file_agent_id", "证.png", png()).await.expect("taken in");
    let number = submit(service, &who, &id).await;
    (who, number)
}

#[tokio::test]
async fn the_code_of_a_receipt_takes_a_case_over_once() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (neighbour, number) = by_a_neighbour(&service).await;
        let code = track(&service, &neighbour, &number).await.receipt.claim;
        assert_eq!(code.len(), 9, "{code}");
        let resident = signed_in(&service, "13600136000").await;
        // The digits must be those of the applicant.
        let missed = mandates::claim(&service, &resident, &code, "9000").await.expect("answered");
        assert_eq!(missed.location, "/claim?again=1");
        let missed = mandates::claim(&service, &resident, "AAAABBBB", "8000").await.expect("answered");
        assert_eq!(missed.location, "/claim?again=1");
        let moved = mandates::claim(&service, &resident, &code.to_lowercase(), "8000").await.expect("answered");
        assert_eq!(moved.location, format!("/cases/{number}"), "{engine:?}");
        let seen = track(&service, &resident, &number).await;
        assert!(seen.receipt.claim.is_empty() && seen.helper.contains("王*五"));
        assert!(matches!(cases::track(&service, &neighbour, &number).await, Err(Error::NotFound)), "{engine:?}");
        let twice = mandates::claim(&service, &neighbour, &code, "8000").await.expect("answered");
        assert_eq!(twice.location, "/claim?again=1", "used once");
    }
}

#[tokio::test]
async fn guesses_at_a_code_are_limited() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (_, number) = by_a_neighbour(&service).await;
    assert!(!number.is_empty());
    let mut busy = false;
    for guess in 0..40 {
        let tried = mandates::claim(&service, &stranger(), &format!("AAAA{guess:04}"), "8000").await;
        busy = busy || matches!(tried, Err(Error::Busy));
    }
    assert!(busy, "forty guesses from one address");
    // Who files an own case needs no code.
    let (own, number) = submitted(&service).await;
    assert!(track(&service, &own, &number).await.receipt.claim.is_empty());
}

/// Taken back: what the helper began to correct is shut too, and nothing of it is listed or offered any more.
#[tokio::test]
async fn a_mandate_that_was_taken_back_leaves_the_helper_nothing() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (giver, helper, mandate) = given(&service).await;
        let id = draft_id(&mandates::begin(&service, &helper, &mandate, "MZ07").await.expect("begun").location);
        fill_in(&service, &helper, &id).await;
        let agent = in_stead("child");
        forms::save_page(&service, &helper, &id, "applicant", &agent).await.expect("saved");
        forms::add_file(&service, &helper, &id, "file_agent_id", "证.png", png()).await.expect("taken in");
        let number = submit(&service, &helper, &id).await;
        let window = worker(&service, "binhe-1").await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        let asked = [("field", "account_number"), ("reason", "卡号不对")];
        step(&service, &window, &number, "ask-correction", &asked).await.expect("asked");
        let correction = draft_id(&cases::correct(&service, &helper, &number).await.expect("a form").location);
        forms::page(&service, &helper, &correction, "account").await.expect("while it holds");
        let copy = service::data::copy(&service, &helper).await.expect("a copy");
        assert!(copy.cases.is_empty() && copy.drafts.is_empty(), "it is another's data");
        assert_eq!(service::data::copy(&service, &giver).await.expect("a copy").cases.len(), 1, "{engine:?}");
        let begun = draft_id(&mandates::begin(&service, &helper, &mandate, "MZ07").await.expect("begun").location);
        mandates::revoke(&service, &giver, &mandate).await.expect("taken back");
        for draft in [&correction, &begun] {
            let page = forms::page(&service, &helper, draft, "account").await;
            assert!(matches!(page, Err(Error::NotFound)), "{engine:?}");
        }
        let home = forms::home(&service, &helper).await.expect("a home");
        assert!(home.drafts.is_empty() && home.cases.is_empty(), "{engine:?}: {home:?}");
        let mine = service::residents::cases(&service, &helper).await.expect("cases");
        assert!(mine.cases.is_empty() && mine.drafts.is_empty());
        assert!(service::consents::list(&service, &helper).await.expect("consents").consents.is_empty());
        service::data::home(&service, &helper).await.expect("a page");
        service::data::view(&service, &helper).await.expect("a page");
        assert_eq!(forms::home(&service, &giver).await.expect("a home").cases.len(), 1);
    }
}

/// A life event is begun under a mandate that covers all that was chosen of it, and belongs to who gave it.
#[tokio::test]
async fn a_life_event_is_begun_in_anothers_stead() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let giver = proven(&service, GIVER, "张小三", "210103194001019013").await;
        let helper = signed_in(&service, HELPER).await;
        assert!(mandates::held_in_force(&service, &helper).await.expect("none").is_empty());
        let codes = ["GA08", "RS30"].map(str::to_owned);
        for (scope, permitted) in [("item:MZ07", false), ("all", true)] {
            mandates::give(&service, &giver, "MZ07", given_to(HELPER, scope, "2027-01-31")).await.expect("given");
            let held = mandates::held_in_force(&service, &helper).await.expect("held");
            assert_eq!(held.len(), 1, "{engine:?}: {held:?}");
            let begun = mandates::begin_event(&service, &helper, &held[0].0, ("bereavement", &codes)).await;
            match begun {
                Ok(moved) => {
                    assert!(permitted, "{scope}");
                    let id = draft_id(&moved.location);
                    for who in [&giver, &helper] {
                        let page = forms::page(&service, who, &id, "applicant").await.expect("a page");
                        assert_eq!(page.entries.get("applicant.id_number"), "210103194001019013");
                    }
                    mandates::revoke(&service, &giver, &held[0].0).await.expect("taken back");
                    assert!(matches!(forms::page(&service, &helper, &id, "applicant").await, Err(Error::NotFound)));
                }
                Err(Error::Refused(_)) => {
                    assert!(!permitted, "{scope}");
                    mandates::revoke(&service, &giver, &held[0].0).await.expect("taken back");
                }
                Err(error) => panic!("{error}"),
            }
        }
        let other = signed_in(&service, "13700137000").await;
        let foreign = mandates::list(&service, &giver, "", "").await.expect("a list").given.remove(0).id;
        let begun = mandates::begin_event(&service, &other, &foreign, ("bereavement", &codes)).await;
        assert!(matches!(begun, Err(Error::NotFound)), "{engine:?}");
    }
}
