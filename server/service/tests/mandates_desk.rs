//! An organisation under contract acts for a resident who is not there: under a mandate, for what that names, by the name of
//! its worker, and no longer.

use crate::acting::accounts::{id_number, proven, signed_in};
use crate::acting::*;
use crate::common::{Engine, engines, service};
use chrono::TimeDelta;
use domain::forms::Entries;
use service::grants::{contracts, end_contract};
use service::identity::Visitor;
use service::{Error, Service, cases, desk, forms, mandates};

const GIVER: &str = "13800138000";
const ORGANISATION: &str = "210103-ZZ01";

fn named(office: &str, scope: &str) -> Entries {
    [("office", office), ("scope", scope), ("until", "2027-01-31"), ("agree", "yes")].into_iter().collect()
}

/// The resident, the organisation's worker, and the id of the mandate to file MZ07.
async fn given(service: &Service) -> (Visitor, Visitor, String) {
    let giver = proven(service, GIVER, "张小三", "210103194001019013").await;
    let moved = mandates::give_organisation(service, &giver, "MZ07", named(ORGANISATION, "item:MZ07")).await;
    assert_eq!(moved.expect("given").location, "/me/mandates");
    let worker = worker(service, "nuanyang-1").await;
    let mut held = desk::start(service, &worker, "").await.expect("a page").mandates;
    assert_eq!(held.len(), 1, "{held:?}");
    assert_eq!((held[0].name.as_str(), held[0].tail.as_str()), ("张*三", "8000"));
    let codes: Vec<_> = held[0].items.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["MZ07"], "what mandate and contract have in common");
    (giver, worker, held.remove(0).id)
}

#[tokio::test]
async fn its_workers_act_by_name_and_the_resident_need_not_be_there() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (giver, worker, mandate) = given(&service).await;
        let moved = mandates::begin_at_desk(&service, &worker, &mandate, "MZ07").await.expect("begun");
        let id = draft_id(&moved.location);
        let page = forms::page(&service, &worker, &id, "applicant").await.expect("a page");
        assert_eq!(page.entries.get("applicant.id_number"), "210103194001019013", "what is known is not asked again");
        assert!(page.stand_in.as_ref().is_some_and(|one| one.by_me && one.person == "张*三"), "{:?}", page.stand_in);
        assert!(!page.given.at_window, "who is not there shows no originals");
        // The resident sees it from the first page on, and who fills it in; the worker sends it.
        let seen = forms::page(&service, &giver, &id, "applicant").await.expect("the resident's own").stand_in;
        assert!(seen.is_some_and(|one| !one.by_me && one.worker == "宋佳"), "{engine:?}");
        fill_in(&service, &worker, &id).await;
        let sent = forms::submit(&service, &giver, &id).await;
        assert!(matches!(sent, Err(Error::Refused(_))), "{sent:?}");
        // It allows to file for who gave it, and for nobody else.
        for (path, other) in [
            ("applicant.id_number", id_number(77).as_str()),
            ("applicant.phone", "13700137000"),
            ("filled_by", "agent"),
        ] {
            let said = MZ07[0].1.iter().map(|(at, text)| (*at, if *at == path { other } else { *text }));
            let agent = [
                ("agent.name", "王小五"),
                ("agent.id_number", "210112198806159026"),
                ("agent.phone", "13900139000"),
                ("agent_relation", "worker"),
            ];
            let said: Vec<_> = said.chain(agent).collect();
            forms::save_page(&service, &worker, &id, "applicant", &pairs(&said)).await.expect("saved");
            if path == "filled_by" {
                forms::add_file(&service, &worker, &id, "file_agent_id", "证.png", png()).await.expect("taken in");
            }
            let refused = forms::submit(&service, &worker, &id).await;
            assert!(matches!(refused, Err(Error::Refused(_))), "{path}: {refused:?}");
        }
        forms::save_page(&service, &worker, &id, "applicant", &pairs(MZ07[0].1)).await.expect("saved");
        let number = submit(&service, &worker, &id).await;
        let seen = track(&service, &giver, &number).await;
        assert!(seen.receipt.claim.is_empty(), "who gave a mandate has it");
        for part in ["暖阳", "宋佳", "凭申请人的授权", "申请人不在场"] {
            assert!(seen.helper.contains(part), "{engine:?}: {}", seen.helper);
        }
        let list = mandates::list(&service, &giver, "", "").await.expect("a list").given;
        assert!(list[0].name.contains("暖阳"), "{list:?}");
        assert!(list[0].uses.len() == 1 && list[0].uses[0].contains("宋佳"), "{:?}", list[0].uses);
        assert!(list[0].uses[0].contains("已经提交"), "{:?}", list[0].uses);
        let looks = service::looks::list(&service, &giver, "").await.expect("looks").others;
        assert!(looks.iter().any(|one| one.who.contains("暖阳")), "{engine:?}: {looks:?}");
    }
}

#[tokio::test]
async fn taken_back_it_ends_at_once() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (giver, worker, mandate) = given(&service).await;
        let moved = mandates::begin_at_desk(&service, &worker, &mandate, "MZ07").await.expect("begun");
        let id = draft_id(&moved.location);
        fill_in(&service, &worker, &id).await;
        mandates::revoke(&service, &giver, &mandate).await.expect("taken back");
        assert!(matches!(forms::page(&service, &worker, &id, "applicant").await, Err(Error::NotFound)), "{engine:?}");
        assert!(matches!(forms::save_page(&service, &worker, &id, "applicant", &[]).await, Err(Error::NotFound)));
        assert!(matches!(forms::submit(&service, &worker, &id).await, Err(Error::NotFound)));
        let again = mandates::begin_at_desk(&service, &worker, &mandate, "MZ07").await;
        assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
        assert!(desk::start(&service, &worker, "").await.expect("a page").mandates.is_empty());
        forms::page(&service, &giver, &id, "applicant").await.expect("still the resident's");
    }
}

#[tokio::test]
async fn it_ends_with_its_last_day_and_with_the_contract() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (giver, worker, mandate) = given(&service).await;
        let moved = mandates::begin_at_desk(&service, &worker, &mandate, "MZ07").await.expect("begun");
        let id = draft_id(&moved.location);
        // The contract ends: on the next request nothing of the mandate is left.
        let security = crate::acting::worker(&service, "anquan-1").await;
        let demo = contracts(&service, &security).await.expect("a list").contracts.remove(0);
        let token = desk_token(&service, "nuanyang-1").await;
        let worker = now(&service, &token).await;
        forms::page(&service, &worker, &id, "applicant").await.expect("while the contract holds");
        end_contract(&service, &security, &demo.id).await.expect("ended");
        let worker = now(&service, &token).await;
        assert!(matches!(forms::page(&service, &worker, &id, "applicant").await, Err(Error::NotFound)), "{engine:?}");
        let tried = mandates::begin_at_desk(&service, &worker, &mandate, "MZ07").await;
        assert!(matches!(tried, Err(Error::Forbidden)), "{engine:?}: {tried:?}");
        let none = mandates::give_organisation(&service, &giver, "", named(ORGANISATION, "all")).await;
        assert_eq!(none.expect("answered").location, "/me/mandates/organisation", "no contract, no mandate");
        clock.advance(TimeDelta::days(70));
        let giver = signed_in(&service, GIVER).await;
        let list = mandates::list(&service, &giver, "", "").await.expect("a list").given;
        assert_eq!(list[0].over, "已经到期", "{engine:?}");
    }
}

#[tokio::test]
async fn the_last_day_of_a_mandate_ends_it() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (giver, worker, mandate) = given(&service).await;
        let moved = mandates::begin_at_desk(&service, &worker, &mandate, "MZ07").await.expect("begun");
        let id = draft_id(&moved.location);
        fill_in(&service, &worker, &id).await;
        let number = submit(&service, &worker, &id).await;
        let other =
            draft_id(&mandates::begin_at_desk(&service, &worker, &mandate, "MZ07").await.expect("begun").location);
        clock.advance(TimeDelta::days(70));
        let worker = crate::acting::worker(&service, "nuanyang-1").await;
        assert!(
            matches!(forms::page(&service, &worker, &other, "applicant").await, Err(Error::NotFound)),
            "{engine:?}"
        );
        assert!(matches!(forms::submit(&service, &worker, &other).await, Err(Error::NotFound)), "{engine:?}");
        drop(giver);
        let giver = signed_in(&service, GIVER).await;
        cases::track(&service, &giver, &number).await.expect("the resident's, as before");
    }
}

#[tokio::test]
async fn it_is_for_what_and_for_whom_it_names() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    let (giver, worker, mandate) = given(&service).await;
    let begin = async |who: &Visitor, mandate: &str, code: &str| {
        mandates::begin_at_desk(&service, who, mandate, code).await.map(|moved| moved.location)
    };
    assert!(matches!(begin(&worker, &mandate, "MZ24").await, Err(Error::Refused(_))), "another item");
    assert!(matches!(begin(&worker, &mandate, "MZ01").await, Err(Error::Forbidden)), "outside the contract");
    for login in ["binhe-1", "duofu-1", "faku-mz-2"] {
        let other = crate::acting::worker(&service, login).await;
        assert!(matches!(begin(&other, &mandate, "MZ07").await, Err(Error::NotFound)), "{login}");
        if let Ok(page) = desk::start(&service, &other, "").await {
            assert!(page.mandates.is_empty(), "{login}");
        }
    }
    assert!(matches!(begin(&giver, &mandate, "MZ07").await, Err(Error::Unauthenticated)));
    assert!(mandates::begin(&service, &giver, &mandate, "MZ07").await.is_err(), "it names no person");
    // Everything means everything of the contract.
    mandates::give_organisation(&service, &giver, "", named(ORGANISATION, "all")).await.expect("given");
    let held = desk::start(&service, &worker, "").await.expect("a page").mandates;
    assert_eq!(held[0].items.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["MZ07", "MZ24"]);
    assert!(matches!(begin(&worker, &held[0].id, "MZ01").await, Err(Error::Forbidden)));
    for office in ["210103-MZ", "210103-ZZ99", ""] {
        let moved = mandates::give_organisation(&service, &giver, "", named(office, "all")).await.expect("answered");
        assert_eq!(moved.location, "/me/mandates/organisation", "{office}: the form again");
    }
}
