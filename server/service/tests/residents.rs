//! Residents' accounts: codes, what joins, devices, how long a sign-in lasts.

use crate::acting::accounts::*;
use crate::acting::*;
use crate::common::{engines, open_service, service};
use chrono::TimeDelta;
use service::identity::Visitor;
use service::{Error, Service, cases, forms, residents, sms};

const PHONE: &str = "13800138000";

async fn flash(service: &Service, who: &Visitor) -> (String, Vec<String>) {
    let flash = service::identity::flash(service, who).await.expect("a flash");
    (flash.message, flash.findings.into_iter().map(|finding| finding.message).collect())
}

#[tokio::test]
async fn a_phone_and_a_code_make_an_account_that_sees_its_drafts_and_cases_everywhere() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let one = signed_in(&service, PHONE).await;
        let moved = forms::begin(&service, &one, "MZ07").await.expect("begun");
        let id = draft_id(&moved.location);
        later(&clock);
        let other = signed_in(&service, "+86 138 0013 8000").await;
        assert_eq!(one.resident.as_ref().map(|it| it.id), other.resident.as_ref().map(|it| it.id), "one account");
        assert_eq!(forms::home(&service, &other).await.expect("home").drafts.len(), 1);
        fill_in(&service, &other, &id).await;
        let number = submit(&service, &other, &id).await;
        assert!(cases::track(&service, &one, &number).await.is_ok(), "the first device sees it too");
        let neighbour = signed_in(&service, "13900139000").await;
        assert!(matches!(cases::track(&service, &neighbour, &number).await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_code_is_bound_to_who_asked_used_once_and_over_after_five_minutes() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let asked = residents::ask_sign_in(&service, &stranger(), PHONE, false, "me").await.expect("asked");
        let who = with_cookie(&service, &asked).await;
        let code = last_code(&service).await;
        assert_eq!(code.len(), 6);
        // Somebody else with the right code, in a browser that asked for another phone.
        let other = residents::ask_sign_in(&service, &stranger(), "13700137000", false, "me").await.expect("asked");
        let other = with_cookie(&service, &other).await;
        let stolen = residents::check_code(&service, &other, &code, "").await.expect("answered");
        assert!(stolen.new_session.is_none(), "bound to the session that asked");
        // In time, once.
        let moved = residents::check_code(&service, &who, &code, "").await.expect("checked");
        assert!(moved.new_session.is_some());
        let again = residents::check_code(&service, &who, &code, "").await.expect("answered");
        assert!(again.new_session.is_none(), "single use");
        // The last second, and after it.
        clock.advance(TimeDelta::minutes(2));
        let asked = residents::ask_sign_in(&service, &stranger(), PHONE, false, "me").await.expect("asked");
        let late = with_cookie(&service, &asked).await;
        let code = last_code(&service).await;
        clock.advance(TimeDelta::minutes(5));
        let moved = residents::check_code(&service, &late, &code, "").await.expect("answered");
        assert!(moved.new_session.is_none() && moved.location.starts_with("/sign-in?"), "over");
    }
}

#[tokio::test]
async fn only_the_last_code_counts_and_five_misses_end_it() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let asked = residents::ask_sign_in(&service, &stranger(), PHONE, false, "me").await.expect("asked");
        let who = with_cookie(&service, &asked).await;
        let first = last_code(&service).await;
        clock.advance(TimeDelta::seconds(61));
        residents::ask_sign_in(&service, &who, PHONE, false, "me").await.expect("asked");
        let second = last_code(&service).await;
        if first != second {
            assert!(residents::check_code(&service, &who, &first, "").await.expect("answered").new_session.is_none());
        }
        let wrong = if second == "000000" { "111111" } else { "000000" };
        for _ in 0..5 {
            residents::check_code(&service, &who, wrong, "").await.expect("answered");
        }
        let moved = residents::check_code(&service, &who, &second, "").await.expect("answered");
        assert!(moved.new_session.is_none(), "the right one comes too late");
    }
}

/// 10 codes a day for a phone, and 30 wrong tries: also after the process began anew, and from many browsers.
#[tokio::test]
async fn limits_hold_for_a_phone_and_outlive_the_process() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let mut sent = 0;
        for _ in 0..14 {
            let asked = residents::ask_sign_in(&service, &stranger(), PHONE, false, "me").await.expect("answered");
            sent += usize::from(asked.location == "/sign-in/code");
            clock.advance(TimeDelta::minutes(61));
        }
        assert_eq!(sent, 10);
        drop(service);
        let service = open_service(&place, &clock).await;
        let asked = residents::ask_sign_in(&service, &stranger(), PHONE, false, "me").await.expect("answered");
        assert!(asked.location.starts_with("/sign-in?again=1"), "still");
        let who = with_cookie(&service, &asked).await;
        assert!(flash(&service, &who).await.1[0].contains("明天"));
        let other = residents::ask_sign_in(&service, &stranger(), "13900139000", false, "me").await.expect("answered");
        assert_eq!(other.location, "/sign-in/code", "another phone has its own");
    }
}

/// Who uses up the tries of somebody else's phone does not lock its owner out of a browser that is known.
#[tokio::test]
async fn the_owner_still_gets_a_code_in_a_known_browser() {
    let (service, clock, _place) = service(crate::common::Engine::Sqlite).await;
    let owner = signed_in(&service, PHONE).await;
    for _ in 0..12 {
        clock.advance(TimeDelta::minutes(61));
        residents::ask_sign_in(&service, &stranger(), PHONE, false, "me").await.expect("answered");
    }
    let asked = residents::ask_sign_in(&service, &owner, PHONE, false, "me").await.expect("answered");
    assert_eq!(asked.location, "/sign-in/code");
    let code = last_code(&service).await;
    let moved = residents::check_code(&service, &owner, &code, "").await.expect("checked");
    assert!(moved.new_session.is_some());
}

#[tokio::test]
async fn an_address_has_a_limit_of_its_own() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let mut sent = 0;
    for index in 0..80 {
        let phone = format!("139{index:08}");
        let asked = residents::ask_sign_in(&service, &stranger(), &phone, false, "me").await.expect("answered");
        sent += usize::from(asked.location == "/sign-in/code");
    }
    assert_eq!(sent, 60);
}

#[tokio::test]
async fn many_requests_at_once_for_one_phone_get_one_code() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let service = std::sync::Arc::new(service);
        let tasks = (0..12).map(|_| {
            let service = service.clone();
            tokio::spawn(async move { residents::ask_sign_in(&service, &stranger(), PHONE, false, "me").await })
        });
        let mut sent = 0;
        for task in tasks.collect::<Vec<_>>() {
            // Contended is an answer too, as long as nothing is sent.
            if let Ok(moved) = task.await.expect("a task") {
                sent += usize::from(moved.location == "/sign-in/code");
            }
        }
        assert_eq!(sent, 1);
    }
}

/// The same answers, whether the phone has an account or not.
#[tokio::test]
async fn nobody_learns_which_phones_have_accounts() {
    let (service, clock, _place) = service(crate::common::Engine::Sqlite).await;
    signed_in(&service, PHONE).await;
    clock.advance(TimeDelta::hours(2));
    let mut answers = Vec::new();
    for phone in [PHONE, "13900139000"] {
        let asked = residents::ask_sign_in(&service, &stranger(), phone, false, "me").await.expect("asked");
        let who = with_cookie(&service, &asked).await;
        let page = residents::code_page(&service, &who).await.expect("a page");
        let wrong = residents::check_code(&service, &who, "abc", "").await.expect("answered");
        let soon = residents::ask_sign_in(&service, &stranger(), phone, false, "me").await.expect("answered");
        let other = with_cookie(&service, &soon).await;
        answers.push((
            asked.location,
            page.purpose,
            wrong.location,
            flash(&service, &who).await,
            soon.location,
            flash(&service, &other).await,
        ));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn signing_in_gives_a_fresh_token_and_the_old_one_is_dead() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let begun = forms::begin(&service, &stranger(), "MZ07").await.expect("begun");
        let (planted, id) = (begun.new_session.clone(), draft_id(&begun.location));
        let before = with_cookie(&service, &begun).await;
        let (signed_in, moved) = sign_in_here(&service, &before, PHONE, false).await;
        assert_ne!(moved.new_session, planted);
        let old = service.visitor(planted.as_deref(), None, ADDRESS).await.expect("a visitor");
        assert!(old.session.is_none() && old.resident.is_none());
        assert!(forms::page(&service, &signed_in, &id, "applicant").await.is_ok(), "the draft came along");
    }
}

#[tokio::test]
async fn what_a_browser_began_joins_only_when_asked_for() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let begun = forms::begin(&service, &who, "MZ24").await.expect("begun");
        let id = draft_id(&begun.location);
        let (who, moved) = sign_in_here(&service, &who, PHONE, false).await;
        assert_eq!(moved.location, "/sign-in/join?for=me", "it is asked");
        later(&clock);
        let elsewhere = signed_in(&service, PHONE).await;
        assert!(matches!(cases::track(&service, &elsewhere, &number).await, Err(Error::NotFound)), "not by itself");
        let offered = residents::join_page(&service, &who, "me").await.expect("a page").list;
        assert_eq!(offered.len(), 2);
        let case = offered.iter().find(|one| one.key.starts_with("case:")).expect("the case").key.clone();
        // What this browser may not open is left out, whoever asks for it.
        let (_, foreign) = begin(&service, "MZ07").await;
        let chosen = vec![case, format!("draft:{foreign}"), "nonsense".to_owned()];
        residents::join(&service, &who, &chosen, "me").await.expect("joined");
        assert!(cases::track(&service, &elsewhere, &number).await.is_ok());
        for draft in [&id, &foreign] {
            assert!(matches!(forms::page(&service, &elsewhere, draft, "applicant").await, Err(Error::NotFound)));
        }
        assert_eq!(residents::me(&service, &who, false).await.expect("me").joinable, 1, "it is still offered");
    }
}

#[tokio::test]
async fn another_residents_browser_hands_nothing_on() {
    let (service, clock, _place) = service(crate::common::Engine::Sqlite).await;
    let first = signed_in(&service, PHONE).await;
    let begun = forms::begin(&service, &first, "MZ07").await.expect("begun");
    let id = draft_id(&begun.location);
    // The next one signs in without the first having signed out.
    let (second, _) = sign_in_here(&service, &first, "13900139000", false).await;
    assert!(matches!(forms::page(&service, &second, &id, "applicant").await, Err(Error::NotFound)));
    later(&clock);
    let elsewhere = signed_in(&service, PHONE).await;
    assert!(forms::page(&service, &elsewhere, &id, "applicant").await.is_ok());
}

/// An hour later, so that a phone gets another code.
fn later(clock: &service::ports::FixedClock) {
    clock.advance(TimeDelta::hours(1));
}

#[tokio::test]
async fn devices_are_listed_and_signed_out_each_and_all() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let asked = residents::ask_sign_in(&service, &stranger(), PHONE, false, "me").await.expect("asked");
        let who = with_cookie(&service, &asked).await;
        let first = residents::check_code(&service, &who, &last_code(&service).await, WECHAT).await.expect("in");
        later(&clock);
        let (second, moved) = sign_in_here(&service, &stranger(), PHONE, false).await;
        let devices = residents::devices(&service, &second).await.expect("devices").list;
        assert_eq!(devices.len(), 2);
        assert!(devices[0].here && !devices[1].here);
        assert_eq!((devices[1].words.as_str(), devices[1].place.as_str()), ("安卓手机上的微信", "本机"));
        // Another resident's device is not there.
        let neighbour = signed_in(&service, "13900139000").await;
        let foreign = residents::sign_out_device(&service, &neighbour, &devices[1].id).await;
        assert!(matches!(foreign, Err(Error::NotFound)));
        let (_, here) = residents::sign_out_device(&service, &second, &devices[1].id).await.expect("signed out");
        assert!(!here);
        let dead = service.visitor(first.new_session.as_deref(), None, ADDRESS).await.expect("a visitor");
        assert!(dead.session.is_none(), "the token opens nothing any more");
        residents::sign_out_everywhere(&service, &second).await.expect("signed out");
        let dead = service.visitor(moved.new_session.as_deref(), None, ADDRESS).await.expect("a visitor");
        assert!(dead.session.is_none());
    }
}

#[tokio::test]
async fn a_shared_device_forgets_after_half_an_hour_and_at_last_after_twelve() {
    let (service, clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (_, moved) = sign_in_here(&service, &stranger(), PHONE, true).await;
    assert!(moved.brief, "the cookie goes with the browser");
    let visit = async || service.visitor(moved.new_session.as_deref(), None, ADDRESS).await.expect("a visitor");
    for _ in 0..24 {
        clock.advance(TimeDelta::minutes(29));
        assert!(visit().await.resident.is_some(), "in use");
    }
    clock.advance(TimeDelta::minutes(29));
    assert!(visit().await.session.is_none(), "twelve hours are over");
    later(&clock);
    let (_, moved) = sign_in_here(&service, &stranger(), PHONE, true).await;
    clock.advance(TimeDelta::minutes(31));
    let idle = service.visitor(moved.new_session.as_deref(), None, ADDRESS).await.expect("a visitor");
    assert!(idle.session.is_none(), "half an hour without use");
}

#[tokio::test]
async fn on_an_own_device_drafts_stay_and_cases_want_a_new_code_after_thirty_days() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, moved) = sign_in_here(&service, &stranger(), PHONE, false).await;
        let begun = forms::begin(&service, &who, "MZ07").await.expect("begun");
        let id = draft_id(&begun.location);
        fill_in(&service, &who, &id).await;
        let number = submit(&service, &who, &id).await;
        let begun = forms::begin(&service, &who, "MZ24").await.expect("begun");
        let open = draft_id(&begun.location);
        let visit = async || service.visitor(moved.new_session.as_deref(), None, ADDRESS).await.expect("a visitor");
        for _ in 0..3 {
            clock.advance(TimeDelta::days(9));
            assert!(cases::track(&service, &visit().await, &number).await.is_ok());
        }
        clock.advance(TimeDelta::days(4));
        let lapsed = visit().await;
        assert!(lapsed.lapsed && lapsed.resident.is_none());
        assert!(matches!(cases::track(&service, &lapsed, &number).await, Err(Error::NotFound)));
        assert!(forms::page(&service, &lapsed, &open, "applicant").await.is_ok());
        assert!(matches!(residents::me(&service, &lapsed, false).await, Err(Error::SignIn)));
        let (again, _) = sign_in_here(&service, &lapsed, PHONE, false).await;
        assert!(cases::track(&service, &again, &number).await.is_ok());
    }
}

#[tokio::test]
async fn without_signing_in_everything_works_as_before() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (who, number) = submitted(&service).await;
    assert!(who.resident.is_none());
    assert!(cases::track(&service, &who, &number).await.is_ok());
}

/// The code stands nowhere once it is over, and never where the database is read: neither in the code's own row, nor,
/// after it left, in the message.
#[tokio::test]
async fn a_code_is_kept_no_longer_than_it_is_good() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        residents::ask_sign_in(&service, &stranger(), PHONE, false, "me").await.expect("asked");
        assert_eq!(sms::send(&service).await.expect("sent"), 1, "also at night and at once");
        assert_eq!(sms::inbox(&service).await.expect("an inbox").len(), 1);
        clock.advance(TimeDelta::minutes(6));
        sms::send(&service).await.expect("looked");
        assert!(sms::inbox(&service).await.expect("an inbox").is_empty(), "forgotten");
        residents::forget(&service).await.expect("forgotten");
    }
}
