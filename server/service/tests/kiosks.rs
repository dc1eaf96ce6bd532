//! Kiosks: enrolled once, kept in sight, and forgetting whoever was there.

use crate::acting::accounts::*;
use crate::acting::kiosks::*;
use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use domain::kiosk::{Health, Paper};
use service::identity::Visitor;
use service::{Error, Service, cases, desk, forms, kiosk, residents};

fn not_found<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::NotFound))
}

/// Begins a draft at a kiosk; the token of its session, who asks, and the draft.
async fn begin_at(service: &Service, device: &str) -> (String, Visitor, String) {
    let moved = forms::begin(service, &at_kiosk(service, device, None).await, "MZ07").await.expect("begun");
    let who = then_at_kiosk(service, device, &moved).await;
    (moved.new_session.expect("a session"), who, draft_id(&moved.location))
}

async fn opens(service: &Service, who: &Visitor, draft: &str) -> bool {
    forms::page(service, who, draft, "applicant").await.is_ok()
}

fn at_desk() -> domain::cases::QueueQuery {
    domain::cases::QueueQuery::default()
}

#[tokio::test]
async fn a_device_is_enrolled_once_by_a_code_that_ends() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let admin = worker(&service, "xitong-1").await;
        kiosk::register(&service, &admin, &new_kiosk("一楼1号", HALL)).await.expect("registered");
        let waiting = kept(&service, &admin, "一楼1号").await;
        assert_eq!(waiting.health, Health::Waiting);
        let (code, _) = waiting.code.expect("a code");
        // Written small, with other gaps; the last second counts.
        clock.advance(TimeDelta::minutes(15) - TimeDelta::seconds(1));
        let typed = code.to_lowercase().replace(' ', "-");
        let token = kiosk::enrol(&service, &stranger(), &typed).await.expect("answered").expect("a token");
        assert!(token.len() >= 26, "{} characters of 5 bits", token.len());
        assert!(kiosk::enrol(&service, &stranger(), &code).await.expect("answered").is_none(), "single use");
        let who = at_kiosk(&service, &token, None).await;
        assert!(who.kiosk.is_some_and(|kiosk| kiosk.office == HALL && kiosk.title.contains("一楼1号")));
        // Another code, too late.
        let id = kept(&service, &admin, "一楼1号").await.id;
        kiosk::make_code(&service, &worker(&service, "xitong-1").await, &id).await.expect("made");
        let admin = worker(&service, "xitong-1").await;
        let (late, _) = kept(&service, &admin, "一楼1号").await.code.expect("a code");
        assert_ne!(late, code);
        clock.advance(TimeDelta::minutes(15));
        assert!(kiosk::enrol(&service, &stranger(), &late).await.expect("answered").is_none(), "over");
    }
}

#[tokio::test]
async fn codes_of_kiosks_are_not_guessed() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let admin = worker(&service, "xitong-1").await;
        kiosk::register(&service, &admin, &new_kiosk("一楼1号", HALL)).await.expect("registered");
        let (code, _) = kept(&service, &admin, "一楼1号").await.code.expect("a code");
        for _ in 0..10 {
            assert!(kiosk::enrol(&service, &stranger(), "AAAA BBBB").await.expect("answered").is_none());
        }
        assert!(matches!(kiosk::enrol(&service, &stranger(), &code).await, Err(Error::Refused(_))), "limited");
        let elsewhere = Visitor::stranger([10, 0, 0, 9].into());
        assert!(
            kiosk::enrol(&service, &elsewhere, &code).await.expect("answered").is_some(),
            "from elsewhere it is good"
        );
    }
}

#[tokio::test]
async fn kiosks_are_kept_where_the_duty_reaches() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let device = enrolled(&service, "一楼1号").await;
        for login in ["anquan-1", "shenji-1", "binhe-3"] {
            let who = worker(&service, login).await;
            assert!(not_found(&kiosk::kiosks(&service, &who).await), "{login}");
            assert!(not_found(&kiosk::register(&service, &who, &new_kiosk("x", HALL)).await), "{login}");
        }
        let admin = worker(&service, "xitong-1").await;
        for (path, value) in [("name", ""), ("office", "999999"), ("language", "xx")] {
            let mut entries = new_kiosk("二楼", HALL);
            entries.set(path, value);
            kiosk::register(&service, &admin, &entries).await.expect("answered");
            let told = kiosk::kiosks(&service, &admin).await.expect("a list");
            assert!(told.flash.findings.iter().any(|finding| finding.path == path), "{path}");
            assert_eq!(told.kiosks.len(), 1);
        }
        // It says how it is.
        let who = at_kiosk(&service, &device, None).await;
        assert_eq!(kept(&service, &admin, "一楼1号").await.health, Health::Silent);
        kiosk::alive(&service, &who, ("7f3a", "low"), false).await.expect("alive");
        let seen = kept(&service, &admin, "一楼1号").await;
        assert_eq!((seen.health, seen.paper, seen.version.as_str()), (Health::Alive, Paper::Low, "7f3a"));
        clock.advance(TimeDelta::seconds(121));
        assert_eq!(kept(&service, &admin, "一楼1号").await.health, Health::Silent);
        // Ended, it is nobody on the next request, and stays so.
        kiosk::end(&service, &admin, &seen.id).await.expect("ended");
        assert!(service.visitor_at_kiosk(&device, None, ADDRESS, true).await.expect("asked").is_none());
        assert!(not_found(&kiosk::make_code(&service, &admin, &seen.id).await), "no way back");
        assert_eq!(kept(&service, &admin, "一楼1号").await.health, Health::Ended);
    }
}

#[tokio::test]
async fn a_session_at_a_kiosk_is_good_there_alone_and_for_ninety_seconds() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (one, two) = (enrolled(&service, "一楼1号").await, enrolled(&service, "一楼2号").await);
        let (token, who, draft) = begin_at(&service, &one).await;
        assert!(opens(&service, &who, &draft).await);
        assert!(at_kiosk(&service, &two, Some(&token)).await.session.is_none(), "another kiosk");
        let home = service.visitor(Some(&token), None, ADDRESS).await.expect("asked");
        assert!(home.session.is_none(), "a browser that is no kiosk's");
        let (moved, own) = begin(&service, "MZ07").await;
        assert!(opens(&service, &moved, &own).await);
        // Each request counts, and a touch; what the kiosk says by itself does not.
        for _ in 0..3 {
            clock.advance(TimeDelta::seconds(80));
            assert!(at_kiosk(&service, &one, Some(&token)).await.session.is_some());
        }
        let beat = async |busy| {
            let who = service.visitor_at_kiosk(&one, Some(&token), ADDRESS, false).await.expect("asked");
            kiosk::alive(&service, &who.expect("a kiosk"), ("", "ok"), busy).await.expect("alive").session
        };
        clock.advance(TimeDelta::seconds(80));
        assert!(beat(true).await, "还在");
        clock.advance(TimeDelta::seconds(60));
        assert!(beat(false).await);
        clock.advance(TimeDelta::seconds(31));
        assert!(!beat(false).await, "91 seconds after the last touch");
        assert!(!opens(&service, &who, &draft).await, "gone with its session");
        assert!(not_found(&forms::discard(&service, &who, &draft).await));
    }
}

#[tokio::test]
async fn whoever_leaves_leaves_nothing() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let device = enrolled(&service, "一楼1号").await;
        let (token, who, draft) = begin_at(&service, &device).await;
        fill_in(&service, &who, &draft).await;
        forms::add_file(&service, &who, &draft, "file_id_card", "证.png", png()).await.expect("taken in");
        // A sign-in under way, too.
        residents::ask_sign_in(&service, &who, "13800138000", false, "me").await.expect("asked");
        let code = last_code(&service).await;
        let left = kiosk::leave(&service, &who).await.expect("left");
        assert_eq!(left.location, "/kiosk?left=1");
        assert!(at_kiosk(&service, &device, Some(&token)).await.session.is_none());
        assert!(!opens(&service, &who, &draft).await);
        let late = residents::check_code(&service, &who, &code, WECHAT).await;
        assert!(late.map_or(true, |moved| moved.new_session.is_none()), "the code leads nowhere");
        assert!(opened_blobs(&service).await.is_empty(), "the papers are gone");
        // Who signs in finds it at home: the draft of an account stays.
        clock.advance(TimeDelta::minutes(2));
        let (signed_in, _) = sign_in_at(&service, &device, "13800138000").await;
        assert!(signed_in.resident.as_ref().is_some_and(|resident| resident.shared), "as on a shared device");
        let moved = forms::begin(&service, &signed_in, "MZ07").await.expect("begun");
        let kept = draft_id(&moved.location);
        residents::sign_out(&service, &signed_in).await.expect("out");
        clock.advance(TimeDelta::minutes(5));
        kiosk::forget(&service).await.expect("swept");
        let home = signed_in_after(&service, &clock).await;
        assert!(opens(&service, &home, &kept).await, "an account's own");
    }
}

async fn signed_in_after(service: &Service, clock: &service::ports::FixedClock) -> Visitor {
    clock.advance(TimeDelta::minutes(2));
    signed_in(service, "13800138000").await
}

async fn sign_in_at(service: &Service, device: &str, phone: &str) -> (Visitor, String) {
    let here = at_kiosk(service, device, None).await;
    let asked = residents::ask_sign_in(service, &here, phone, false, "me").await.expect("asked");
    let who = then_at_kiosk(service, device, &asked).await;
    let code = last_code(service).await;
    let moved = residents::check_code(service, &who, &code, WECHAT).await.expect("checked");
    let who = then_at_kiosk(service, device, &moved).await;
    assert!(who.resident.is_some(), "signed in");
    (who, moved.new_session.expect("a session"))
}

/// Bytes of which a row tells.
async fn opened_blobs(service: &Service) -> Vec<uuid::Uuid> {
    let mut all = Vec::new();
    for part in 0..=255 {
        all.extend(service.blobs.of_part(part).await.expect("listed"));
    }
    all
}

#[tokio::test]
async fn what_is_left_without_the_button_is_cleared_by_the_clock() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let device = enrolled(&service, "一楼1号").await;
        let (_, who, draft) = begin_at(&service, &device).await;
        forms::add_file(&service, &who, &draft, "file_id_card", "证.png", png()).await.expect("taken in");
        assert_eq!(kiosk::forget(&service).await.expect("swept"), 0, "somebody is there");
        clock.advance(TimeDelta::seconds(91));
        assert_eq!(kiosk::forget(&service).await.expect("swept"), 1);
        assert!(!opens(&service, &who, &draft).await && opened_blobs(&service).await.is_empty());
        // Of a session that ended in another way the draft stays behind for a moment.
        let (signed_in, _) = sign_in_at(&service, &device, "13800138000").await;
        let (_, _, other) = begin_at(&service, &device).await;
        clock.advance(TimeDelta::seconds(91));
        assert!(kiosk::forget(&service).await.expect("swept") >= 2);
        assert!(!opens(&service, &signed_in, &other).await);
        assert_eq!(kiosk::forget(&service).await.expect("swept"), 0, "and that was all");
    }
}

#[tokio::test]
async fn a_draft_is_taken_along_once_and_within_ninety_seconds() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let device = enrolled(&service, "一楼1号").await;
        let (_, who, draft) = begin_at(&service, &device).await;
        fill_in(&service, &who, &draft).await;
        let link = async || {
            forms::make_resume_code(&service, &who, &draft).await.expect("made");
            forms::resume_code(&service, &who, &draft).await.expect("a link").link
        };
        let late = link().await;
        let token = late.rsplit('/').next().expect("a token").to_owned();
        assert!(token.len() * 5 >= 128, "{token}");
        clock.advance(TimeDelta::seconds(45));
        // Made anew, the one of before is good no more.
        let good = link().await;
        let missed = forms::resume(&service, &stranger(), &token).await.expect("answered");
        assert_eq!(missed.location, "/resume?again=1");
        let token = good.rsplit('/').next().expect("a token").to_owned();
        clock.advance(TimeDelta::seconds(89));
        let moved = forms::resume(&service, &stranger(), &token).await.expect("answered");
        let phone = with_cookie(&service, &moved).await;
        assert!(opens(&service, &phone, &draft).await, "{}", moved.location);
        assert!(!opens(&service, &who, &draft).await, "the kiosk has lost it");
        let again = forms::resume(&service, &stranger(), &token).await.expect("answered");
        assert_eq!(again.location, "/resume?again=1", "single use");
        kiosk::leave(&service, &who).await.expect("left");
        assert!(opens(&service, &phone, &draft).await, "leaving takes nothing back");
        // Over.
        let (_, who, draft) = begin_at(&service, &device).await;
        forms::make_resume_code(&service, &who, &draft).await.expect("made");
        let link = forms::resume_code(&service, &who, &draft).await.expect("a link").link;
        clock.advance(TimeDelta::seconds(90));
        let over = forms::resume(&service, &stranger(), link.rsplit('/').next().expect("a token")).await;
        assert_eq!(over.expect("answered").location, "/resume?again=1", "after 90 seconds");
    }
}

#[tokio::test]
async fn a_code_of_the_phone_brings_a_case_to_a_kiosk_once() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let device = enrolled(&service, "一楼1号").await;
        let (phone, number) = submitted(&service).await;
        assert!(not_found(&kiosk::make_fetch_code(&service, &stranger(), &number).await));
        let code = async || {
            kiosk::make_fetch_code(&service, &phone, &number).await.expect("made");
            kiosk::fetch_code(&service, &phone, &number).await.expect("a code").code
        };
        let first = code().await;
        let elsewhere = forms::resume(&service, &stranger(), &first).await.expect("answered");
        assert_eq!(elsewhere.location, "/resume?again=1", "at kiosks alone");
        let here = at_kiosk(&service, &device, None).await;
        let moved = forms::resume(&service, &here, &first).await.expect("answered");
        assert_eq!(moved.location, format!("/cases/{number}"));
        let who = then_at_kiosk(&service, &device, &moved).await;
        assert!(cases::track(&service, &who, &number).await.is_ok());
        assert!(not_found(&kiosk::make_fetch_code(&service, &who, &number).await), "a kiosk makes none");
        let again = forms::resume(&service, &here, &first).await.expect("answered");
        assert_eq!(again.location, "/resume?again=1", "single use");
        // After leaving, neither the case nor what was printed of it.
        kiosk::leave(&service, &who).await.expect("left");
        assert!(not_found(&cases::track(&service, &who, &number).await));
        let late = code().await;
        clock.advance(TimeDelta::minutes(10));
        let over = forms::resume(&service, &here, &late).await.expect("answered");
        assert_eq!(over.location, "/resume?again=1", "after ten minutes");
    }
}

#[tokio::test]
async fn a_call_is_seen_by_the_workers_of_the_office() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let device = enrolled(&service, "一楼1号").await;
        let here = at_kiosk(&service, &device, None).await;
        assert!(not_found(&kiosk::call(&service, &stranger()).await));
        for _ in 0..2 {
            kiosk::call(&service, &here).await.expect("called");
        }
        let calls = async |login| {
            desk::queue(&service, &worker(&service, login).await, at_desk()).await.expect("a queue").calls
        };
        let seen = calls("binhe-3").await;
        assert_eq!(seen.iter().map(|call| call.name.as_str()).collect::<Vec<_>>(), ["一楼1号"]);
        assert!(calls("duofu-1").await.is_empty(), "another office");
        assert!(calls("xitong-1").await.is_empty(), "an administrator");
        let id = &seen[0].id;
        assert!(not_found(&kiosk::came(&service, &worker(&service, "duofu-1").await, id).await));
        kiosk::came(&service, &worker(&service, "binhe-3").await, id).await.expect("went");
        assert!(calls("binhe-3").await.is_empty());
    }
}
