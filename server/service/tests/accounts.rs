//! What an account proves of its resident: the name, another phone, that two accounts are one person's.

use crate::acting::accounts::*;
use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use service::identity::Visitor;
use service::{Error, Service, cases, consents, data, forms, household, mandates, residents, sms};

const PHONE: &str = "13800138000";
const OTHER: &str = "13900139000";
const NAME: &str = "张小三";

async fn said(service: &Service, who: &Visitor) -> String {
    let flash = service::identity::flash(service, who).await.expect("a flash");
    let findings: Vec<String> = flash.findings.into_iter().map(|finding| finding.message).collect();
    format!("{}{}", flash.message, findings.join(""))
}

/// Types the last code in.
async fn type_in(service: &Service, who: &Visitor) -> (Visitor, String) {
    let moved = residents::check_code(service, who, &last_code(service).await, WECHAT).await.expect("checked");
    (after(service, who, &moved).await, moved.location)
}

/// A case that the account holds.
async fn with_case(service: &Service, phone: &str) -> (Visitor, String) {
    let who = signed_in(service, phone).await;
    let begun = forms::begin(service, &who, "MZ07").await.expect("begun");
    let id = draft_id(&begun.location);
    fill_in(service, &who, &id).await;
    let number = submit(service, &who, &id).await;
    (who, number)
}

#[tokio::test]
async fn a_name_is_proven_with_the_register_and_shown_masked() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let who = signed_in(&service, PHONE).await;
        let before = who.session.clone();
        let wrong = residents::prove_name(&service, &who, "", "2101031940010190").await.expect("answered");
        assert_eq!(wrong.location, "/me/real-name?again=1");
        let page = residents::real_name_page(&service, &who, true).await.expect("a page");
        assert_eq!(page.flash.findings.len(), 2);
        let moved = residents::prove_name(&service, &who, NAME, &id_number(901)).await.expect("answered");
        let who = after(&service, &who, &moved).await;
        assert_ne!(who.session, before, "a fresh session with other rights");
        let me = residents::me(&service, &who, false).await.expect("me");
        let number = format!("210103********{}", &id_number(901)[14..]);
        assert_eq!((me.name, me.id_number), ("张*三".to_owned(), number));
        let twice = residents::prove_name(&service, &who, NAME, &id_number(901)).await;
        assert!(matches!(twice, Err(Error::Refused(_))));
    }
}

#[tokio::test]
async fn a_no_counts_and_a_register_that_is_away_does_not() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let who = signed_in(&service, PHONE).await;
        for _ in 0..6 {
            residents::prove_name(&service, &who, NAME, &id_number(999)).await.expect("answered");
            assert!(said(&service, &who).await.contains("没有回应"));
        }
        for _ in 0..3 {
            residents::prove_name(&service, &who, NAME, &id_number(998)).await.expect("answered");
            assert!(said(&service, &who).await.contains("对不上"));
        }
        residents::prove_name(&service, &who, NAME, &id_number(901)).await.expect("answered");
        assert!(said(&service, &who).await.contains("次数太多"), "three an hour");
        // From another account the same number has used its tries up, too.
        let other = signed_in(&service, OTHER).await;
        residents::prove_name(&service, &other, "李四", &id_number(998)).await.expect("answered");
        assert!(said(&service, &other).await.contains("次数太多"));
        clock.advance(TimeDelta::hours(1));
        let moved = residents::prove_name(&service, &who, NAME, &id_number(901)).await.expect("answered");
        assert!(after(&service, &who, &moved).await.resident.is_some_and(|resident| resident.real));
    }
}

#[tokio::test]
async fn a_new_phone_wants_a_new_proof_of_both_and_the_old_one_is_told() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let who = signed_in(&service, PHONE).await;
        clock.advance(TimeDelta::minutes(31));
        assert!(matches!(residents::new_phone(&service, &who, OTHER).await, Err(Error::Refused(_))), "too old a proof");
        residents::ask_again(&service, &who, "phone").await.expect("asked");
        let (who, location) = type_in(&service, &who).await;
        assert_eq!(location, "/me/phone");
        let asked = residents::new_phone(&service, &who, OTHER).await.expect("asked");
        assert_eq!(asked.location, "/sign-in/code");
        let before = who.session.clone();
        let (who, location) = type_in(&service, &who).await;
        assert_eq!(location, "/me?said=1");
        assert_ne!(who.session, before);
        assert_eq!(residents::me(&service, &who, false).await.expect("me").phone, "139****9000");
        let told = sms::inbox(&service).await.expect("an inbox");
        assert!(told.iter().any(|sms| sms.phone == "138****8000" && sms.text.contains("139****9000")), "{told:?}");
        clock.advance(TimeDelta::hours(1));
        let again = signed_in(&service, OTHER).await;
        assert_eq!(again.resident.map(|it| it.id), who.resident.as_ref().map(|it| it.id));
        let fresh = signed_in(&service, PHONE).await;
        assert_ne!(fresh.resident.map(|it| it.id), who.resident.map(|it| it.id), "the old one leads here no more");
    }
}

#[tokio::test]
async fn who_lost_the_phone_proves_by_the_number_in_a_known_browser() {
    let (service, clock, _place) = service(crate::common::Engine::Sqlite).await;
    let who = proven(&service, PHONE, NAME, &id_number(901)).await;
    clock.advance(TimeDelta::days(2));
    for _ in 0..3 {
        residents::prove_again(&service, &who, &id_number(903), "phone").await.expect("answered");
    }
    residents::prove_again(&service, &who, &id_number(901), "phone").await.expect("answered");
    assert!(said(&service, &who).await.contains("次数太多"));
    clock.advance(TimeDelta::hours(2));
    let moved = residents::prove_again(&service, &who, &id_number(901), "phone").await.expect("answered");
    let who = after(&service, &who, &moved).await;
    assert_eq!(residents::new_phone(&service, &who, OTHER).await.expect("asked").location, "/sign-in/code");
}

#[tokio::test]
async fn two_accounts_become_one_only_after_both_are_proven_and_it_was_agreed() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, number) = with_case(&service, PHONE).await;
        let (other, foreign) = with_case(&service, OTHER).await;
        let member = [("relation", "child"), ("name", "李小花"), ("id_number", "210105201009099033")];
        household::add(&service, &other, member.into_iter().collect()).await.expect("added");
        let helper = [("name", "王小五"), ("phone", "13600136000"), ("relation", "child"), ("scope", "all")];
        let helper = helper.into_iter().chain([("until", "2027-01-31"), ("agree", "yes")]).collect();
        mandates::give(&service, &other, "", helper).await.expect("given");
        consents::choose_kept(&service, &other, &["finance".to_owned()]).await.expect("chosen");
        clock.advance(TimeDelta::minutes(2));
        assert!(matches!(residents::merge(&service, &who).await, Err(Error::Refused(_))), "nothing was proven");
        residents::prove_other(&service, &who, OTHER).await.expect("asked");
        let (who, location) = type_in(&service, &who).await;
        assert_eq!(location, "/me/merge");
        assert!(matches!(cases::track(&service, &who, &foreign).await, Err(Error::NotFound)), "not silently");
        let offer = residents::merge_page(&service, &who, false).await.expect("a page").offer.expect("an offer");
        assert_eq!((offer.cases, offer.devices, offer.names_differ), (1, 1, false));
        let moved = residents::merge(&service, &who).await.expect("merged");
        let who = after(&service, &who, &moved).await;
        for case in [&number, &foreign] {
            assert!(cases::track(&service, &who, case).await.is_ok());
        }
        assert_eq!(household::list(&service, &who).await.expect("a household").members.len(), 1);
        assert_eq!(mandates::list(&service, &who, "", "").await.expect("mandates").given.len(), 1);
        assert_eq!(consents::list(&service, &who).await.expect("consents").kept.len(), 1);
        let helper = signed_in(&service, "13600136000").await;
        let held = mandates::list(&service, &helper, "", "").await.expect("mandates").held;
        assert_eq!((held.len(), held[0].name.as_str()), (1, "138****8000"), "by who stands for it now");
        // The other device, the other phone: the same account.
        let token_of_other = other.session.clone();
        assert!(token_of_other.is_some());
        clock.advance(TimeDelta::minutes(2));
        let again = signed_in(&service, OTHER).await;
        assert_eq!(again.resident.as_ref().map(|it| it.id), who.resident.as_ref().map(|it| it.id));
        assert_eq!(residents::devices(&service, &again).await.expect("devices").list.len(), 3);
        let phones = residents::phone_page(&service, &who, false).await.expect("a page").more_phones;
        assert_eq!(phones[0].1, "139****9000");
        // A number that was given up leads here no more.
        residents::drop_phone(&service, &who, &phones[0].0).await.expect("dropped");
        clock.advance(TimeDelta::minutes(2));
        let stranger = signed_in(&service, OTHER).await;
        assert_ne!(stranger.resident.map(|it| it.id), who.resident.map(|it| it.id));
    }
}

#[tokio::test]
async fn a_proof_of_the_other_account_is_this_browsers_and_grows_old() {
    let (service, clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (who, other) = (signed_in(&service, PHONE).await, signed_in(&service, OTHER).await);
    clock.advance(TimeDelta::minutes(2));
    residents::prove_other(&service, &who, OTHER).await.expect("asked");
    let (who, _) = type_in(&service, &who).await;
    assert!(matches!(residents::merge(&service, &other).await, Err(Error::Refused(_))), "proven elsewhere");
    clock.advance(TimeDelta::minutes(31));
    residents::ask_again(&service, &who, "merge").await.expect("asked");
    let (who, _) = type_in(&service, &who).await;
    assert!(matches!(residents::merge(&service, &who).await, Err(Error::Refused(_))), "proven too long ago");
}

#[tokio::test]
async fn the_same_identity_number_in_two_accounts_is_offered_and_proven_by_the_other_phone() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        proven(&service, PHONE, NAME, &id_number(901)).await;
        let who = signed_in(&service, OTHER).await;
        let moved = residents::prove_name(&service, &who, NAME, &id_number(901)).await.expect("answered");
        assert_eq!(moved.location, "/me/merge?again=1");
        let who = after(&service, &who, &moved).await;
        assert!(!who.resident.as_ref().is_some_and(|resident| resident.real), "not until they are one");
        let page = residents::merge_page(&service, &who, false).await.expect("a page");
        assert_eq!((page.twin, page.twin_phone.as_str()), (true, "00"), "two digits of the other phone");
        clock.advance(TimeDelta::minutes(2));
        residents::prove_other(&service, &who, "").await.expect("asked");
        let (who, _) = type_in(&service, &who).await;
        let moved = residents::merge(&service, &who).await.expect("merged");
        let who = after(&service, &who, &moved).await;
        let me = residents::me(&service, &who, false).await.expect("me");
        assert_eq!((me.name.as_str(), me.twin), ("张*三", false));
    }
}

#[tokio::test]
async fn accounts_of_two_people_stay_two() {
    let (service, clock, _place) = service(crate::common::Engine::Sqlite).await;
    let who = proven(&service, PHONE, NAME, &id_number(901)).await;
    proven(&service, OTHER, "李四", &id_number(903)).await;
    clock.advance(TimeDelta::minutes(2));
    residents::prove_other(&service, &who, OTHER).await.expect("asked");
    let (who, _) = type_in(&service, &who).await;
    let offer = residents::merge_page(&service, &who, false).await.expect("a page").offer.expect("an offer");
    assert!(offer.names_differ);
    assert!(matches!(residents::merge(&service, &who).await, Err(Error::Refused(_))));
}

/// What was asked for elsewhere with the same number is offered to its phone, and to another phone only counted.
#[tokio::test]
async fn a_proven_number_finds_its_cases_and_gives_none_away() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let thief = proven(&service, OTHER, NAME, "210103194001019013").await;
        let found = residents::real_name_page(&service, &thief, false).await.expect("a page").found;
        assert_eq!((found.own.len(), found.others), (0, 1));
        assert!(matches!(cases::track(&service, &thief, &number).await, Err(Error::NotFound)));
        drop(service);
        let (service, _clock, _place) = crate::common::service(engine).await;
        let (_, number) = submitted(&service).await;
        let (_, foreign) = submitted(&service).await;
        let who = proven(&service, PHONE, NAME, "210103194001019013").await;
        let found = residents::real_name_page(&service, &who, false).await.expect("a page").found;
        assert_eq!((found.own.len(), found.others), (2, 0));
        let chosen = found.own.iter().find(|one| one.number == number).expect("the case").id.clone();
        residents::claim(&service, &who, &[chosen, "nonsense".to_owned()]).await.expect("claimed");
        assert!(cases::track(&service, &who, &number).await.is_ok());
        assert!(matches!(cases::track(&service, &who, &foreign).await, Err(Error::NotFound)), "only what was ticked");
    }
}

#[tokio::test]
async fn an_account_is_closed_with_those_that_were_joined_to_it() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, _) = with_case(&service, PHONE).await;
        let _ = with_case(&service, OTHER).await;
        clock.advance(TimeDelta::minutes(2));
        residents::prove_other(&service, &who, OTHER).await.expect("asked");
        let (who, _) = type_in(&service, &who).await;
        let moved = residents::merge(&service, &who).await.expect("merged");
        let who = after(&service, &who, &moved).await;
        data::close(&service, &who, true).await.expect("closed");
        for table in [
            "resident",
            "merge_offer",
            "household_member",
            "kept_kinds",
            "holding",
            "session WHERE resident_id IS NOT NULL",
        ] {
            let statement = Statement::from_string(service.db.backend(), format!("SELECT COUNT(*) AS n FROM {table}"));
            let row = service.db.read.query_one_raw(statement).await.expect("asked").expect("a row");
            assert_eq!(row.try_get::<i64>("", "n").expect("a number"), 0, "{engine:?}: {table}");
        }
    }
}
