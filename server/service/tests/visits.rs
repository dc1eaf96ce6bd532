//! Appointments that residents make for themselves, and calls that they ask for.

use crate::acting::accounts::signed_in;
use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use domain::appointments::{BookView, Manner, OPEN_MAX};
use domain::forms::{Entries, Kind};
use domain::residents::Goal;
use service::appointments::{self, Settled};
use service::identity::Visitor;
use service::{Error, Service, calls, residents, retention, sms};

const OFFICE: &str = "210103005024";

fn entries(list: &[(&str, &str)]) -> Entries {
    list.iter().copied().collect()
}

async fn page(service: &Service, who: &Visitor, manner: &str) -> BookView {
    appointments::book_page(service, who, ("", OFFICE), "MZ07", manner).await.expect("a page")
}

/// The keys of the times that are offered.
fn slots(view: &BookView) -> Vec<String> {
    let field = view.form.field("slot").expect("a question");
    let Kind::OneOf { options } = &field.kind else { panic!("no list") };
    options.iter().map(|option| option.value.clone()).collect()
}

async fn book(service: &Service, who: &Visitor, slot: &str) -> String {
    let typed = [("office", OFFICE), ("item", "MZ07"), ("slot", slot), ("name", "张小三"), ("address", "三好街1号")];
    appointments::book(service, who, entries(&typed)).await.expect("answered").location
}

async fn codes(service: &Service, who: &Visitor) -> Vec<String> {
    let mine = appointments::mine(service, who).await.expect("a list");
    mine.visits.into_iter().filter(|visit| visit.open).map(|visit| visit.code).collect()
}

async fn last_text(service: &Service) -> String {
    sms::inbox(service).await.expect("the inbox").first().expect("a message").text.clone()
}

/// A head of the office, who alone sets its hours there.
async fn head(service: &Service) -> Visitor {
    let security = worker(service, "anquan-1").await;
    let who = worker(service, "duofu-1").await.worker.expect("a worker").id.to_string();
    let new = service::grants::NewGrant::new(domain::desk::Role::Head, domain::desk::Scope::office(OFFICE));
    service::grants::give(service, &security, &who, new).await.expect("given");
    worker(service, "duofu-1").await
}

async fn keep(service: &Service, head: &Visitor, from: &str, manner: &str, places: &str) {
    // 1 December is a Tuesday.
    let typed = [("weekday", "2"), ("from", from), ("until", "19:30"), ("manner", manner), ("holidays", "no")];
    let typed = entries(&typed.into_iter().chain([("places", places), ("office", "")]).collect::<Vec<_>>());
    let moved = appointments::add_hours(service, head, typed).await.expect("answered");
    let said = appointments::hours_page(service, head, "").await.expect("a page").flash;
    assert!(said.good, "{} {:?} {:?}", moved.location, said.message, said.findings);
}

#[tokio::test]
async fn a_resident_books_moves_is_reminded_and_comes() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        assert!(matches!(
            appointments::book(&service, &stranger(), entries(&[("office", OFFICE)])).await,
            Err(Error::SignIn)
        ));
        let who = signed_in(&service, "13800138000").await;
        let all = slots(&page(&service, &who, "").await);
        // It is nine on a Monday: the morning has begun.
        assert_eq!(all[0], "2026-11-23.780.window");
        assert_eq!(book(&service, &who, "2026-11-25.510.window").await, "/me/visits");
        let mine = appointments::mine(&service, &who).await.expect("a list");
        assert_eq!(mine.visits[0].when, "11月25日（周三）上午8:30—12:00");
        assert!(mine.visits[0].place.contains("多福") && !mine.visits[0].bring.is_empty());
        let text = last_text(&service).await;
        assert!(text.contains("11月25日") && !text.contains("补贴"), "{text}");
        let code = codes(&service, &who).await.remove(0);
        // Another resident has nothing to do with it.
        let other = signed_in(&service, "13900139000").await;
        assert!(matches!(appointments::move_page(&service, &other, &code).await, Err(Error::NotFound)));
        assert!(matches!(appointments::cancel(&service, &other, &code).await, Err(Error::NotFound)));
        let to = entries(&[("slot", "2026-11-26.780.window")]);
        appointments::reschedule(&service, &who, &code, to).await.expect("moved");
        assert!(last_text(&service).await.contains("11月26日"));
        // At six in the evening of the day before, once.
        clock.set("2026-11-25T09:59:00Z".parse().expect("a time"));
        assert_eq!(appointments::remind(&service).await.expect("looked"), 0);
        clock.set("2026-11-25T10:00:00Z".parse().expect("a time"));
        assert_eq!(appointments::remind(&service).await.expect("looked"), 1);
        assert_eq!(appointments::remind(&service).await.expect("looked"), 0);
        assert!(last_text(&service).await.contains("提醒"));
        clock.set("2026-11-26T05:30:00Z".parse().expect("a time"));
        let who = signed_in(&service, "13800138000").await;
        assert!(matches!(appointments::cancel(&service, &who, &code).await, Err(Error::NotFound)), "it has begun");
        let window = worker(&service, "duofu-1").await;
        let listed = appointments::list(&service, &window).await.expect("a list").booked;
        assert_eq!((listed[0].code.as_str(), listed[0].applicant.as_str()), (code.as_str(), "张*三"));
        let slip = appointments::slip(&service, &window, &code).await.expect("a slip");
        assert_eq!((slip.phone.as_str(), slip.entry.applicant.as_str()), ("13800138000", "张小三"));
        let elsewhere = worker(&service, "sanhaojie-1").await;
        assert!(matches!(appointments::slip(&service, &elsewhere, &code).await, Err(Error::NotFound)));
        let begun = appointments::settle(&service, &window, &code, Settled::Come).await.expect("come");
        assert!(begun.location.starts_with("/drafts/"), "{}", begun.location);
        // Long after, nothing of it is left.
        clock.advance(TimeDelta::days(100));
        assert_eq!(retention::run(&service).await.expect("run"), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_place_is_given_once_and_the_other_is_told_what_is_left() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        keep(&service, &head(&service).await, "17:30", "after", "1").await;
        let slot = "2026-12-01.1050.after";
        let (one, two) = (signed_in(&service, "13800138000").await, signed_in(&service, "13900139000").await);
        let both = tokio::join!(book(&service, &one, slot), book(&service, &two, slot));
        let won = [&both.0, &both.1].map(|location| location == "/me/visits");
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "{both:?}");
        let (winner, loser) = if won[0] { (one, two) } else { (two, one) };
        let told = page(&service, &loser, "").await;
        assert!(told.flash.findings[0].message.contains("约满了"), "{:?}", told.flash);
        assert_eq!(told.flash.entries.get("name"), "张小三", "nothing typed is lost");
        let left = slots(&told);
        assert!(left.len() > 5 && !left.contains(&slot.to_owned()));
        assert_eq!((codes(&service, &winner).await.len(), codes(&service, &loser).await.len()), (1, 0));
        // Cancelled, it is free again.
        let code = codes(&service, &winner).await.remove(0);
        appointments::cancel(&service, &winner, &code).await.expect("cancelled");
        assert_eq!(book(&service, &loser, slot).await, "/me/visits");
    }
}

#[tokio::test]
async fn nobody_books_without_end_and_home_is_visited_with_an_address() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let who = signed_in(&service, "13800138000").await;
        let none = page(&service, &who, "home").await;
        assert!(none.none_free && slots(&none).is_empty());
        keep(&service, &head(&service).await, "9:00", "home", "2").await;
        let home = slots(&page(&service, &who, Manner::Home.key()).await);
        assert_eq!(home, ["2026-11-24.540.home", "2026-12-01.540.home"]);
        let typed = [("office", OFFICE), ("item", ""), ("slot", &home[0]), ("name", "张小三"), ("about", "补贴")];
        appointments::book(&service, &who, entries(&typed)).await.expect("answered");
        let found = page(&service, &who, "").await.flash.findings;
        assert_eq!(found.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["address"]);
        book(&service, &who, &home[0]).await;
        assert_eq!(appointments::mine(&service, &who).await.expect("a list").visits[0].place, "三好街1号");
        for slot in ["2026-11-25.510.window", "2026-11-26.510.window", "2026-11-27.510.window"] {
            book(&service, &who, slot).await;
        }
        assert_eq!(codes(&service, &who).await.len(), OPEN_MAX);
        assert!(page(&service, &who, "").await.flash.message.contains("3次"));
    }
}

#[tokio::test]
async fn hours_are_the_heads_to_set() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let window = worker(&service, "duofu-1").await;
        assert!(matches!(appointments::hours_page(&service, &window, "").await, Err(Error::Forbidden)));
        let add = appointments::add_hours(&service, &window, entries(&[("office", OFFICE)])).await;
        assert!(matches!(add, Err(Error::Forbidden)));
        let head = head(&service).await;
        let before = appointments::hours_page(&service, &head, "").await.expect("a page");
        assert!(before.usual && before.hours.len() == 10);
        keep(&service, &head, "17:30", "after", "1").await;
        let after = appointments::hours_page(&service, &head, "").await.expect("a page");
        assert!(!after.usual && after.hours.len() == 11, "the usual ones became its own");
        let elsewhere = appointments::hours_page(&service, &head, "210103005").await;
        assert!(matches!(elsewhere, Err(Error::Forbidden)));
        let first = &after.hours[0].id;
        appointments::drop_hours(&service, &head, OFFICE, first).await.expect("dropped");
        assert!(matches!(appointments::drop_hours(&service, &head, OFFICE, first).await, Err(Error::NotFound)));
        let who = signed_in(&service, "13800138000").await;
        assert!(!slots(&page(&service, &who, "").await).contains(&"2026-11-30.510.window".to_owned()));
    }
}

async fn ask(service: &Service, who: &Visitor, phone: &str) -> domain::cases::Flash {
    let typed = [("office", OFFICE), ("item", "MZ07"), ("name", "张小三"), ("phone", phone), ("part", "evening")];
    let moved = calls::ask(service, who, entries(&typed)).await.expect("answered");
    let who = accounts::after(service, who, &moved).await;
    calls::page(service, &who, ("", OFFICE), "MZ07").await.expect("a page").flash
}

#[tokio::test]
async fn who_asks_to_be_called_is_called_within_a_working_day() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let said = ask(&service, &stranger(), "138 0013 8000").await;
        assert!(said.good && said.message.contains("11月24日"), "{said:?}");
        let wrong = ask(&service, &stranger(), "138").await;
        assert_eq!((wrong.findings[0].path.as_str(), wrong.entries.get("name")), ("phone", "张小三"));
        assert!(ask(&service, &stranger(), "13800138000").await.good);
        let third = ask(&service, &stranger(), "13800138000").await;
        assert!(!third.good && third.message.contains("次数太多"), "{third:?}");
        let window = worker(&service, "duofu-1").await;
        let elsewhere = worker(&service, "sanhaojie-1").await;
        assert!(calls::list(&service, &elsewhere).await.expect("a list").waiting.is_empty());
        let waiting = calls::list(&service, &window).await.expect("a list").waiting;
        assert_eq!((waiting.len(), waiting[0].phone.as_str(), waiting[0].late), (2, "13800138000", false));
        let id = &waiting[0].id;
        assert!(matches!(calls::called(&service, &elsewhere, id, true).await, Err(Error::NotFound)));
        for _ in 0..2 {
            calls::called(&service, &window, id, false).await.expect("noted");
        }
        clock.advance(TimeDelta::days(2));
        let window = worker(&service, "duofu-1").await;
        let waiting = calls::list(&service, &window).await.expect("a list").waiting;
        assert!(waiting[0].late && waiting[0].tries == 2);
        calls::called(&service, &window, id, false).await.expect("noted");
        assert!(last_text(&service).await.contains("没打通"));
        assert!(matches!(calls::called(&service, &window, id, false).await, Err(Error::NotFound)), "it is over");
        calls::called(&service, &window, &waiting[1].id, true).await.expect("noted");
        assert!(calls::list(&service, &window).await.expect("a list").waiting.is_empty());
        clock.advance(TimeDelta::days(100));
        assert_eq!(retention::run(&service).await.expect("run"), 2);
    }
}

#[tokio::test]
async fn a_closed_account_leaves_neither_appointment_nor_call_and_the_place_is_free() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        keep(&service, &head(&service).await, "17:30", "after", "1").await;
        let (slot, who) = ("2026-12-01.1050.after", signed_in(&service, "13800138000").await);
        book(&service, &who, slot).await;
        ask(&service, &who, "13800138000").await;
        let copy = service::data::view(&service, &who).await.expect("a copy");
        assert_eq!(copy.visits.len(), 2);
        assert!(!slots(&page(&service, &who, "").await).contains(&slot.to_owned()));
        service::data::close(&service, &who, true).await.expect("closed");
        assert!(slots(&page(&service, &stranger(), "").await).contains(&slot.to_owned()));
        let window = worker(&service, "duofu-1").await;
        assert!(appointments::list(&service, &window).await.expect("a list").booked.is_empty());
        assert!(calls::list(&service, &window).await.expect("a list").waiting.is_empty());
    }
}

#[tokio::test]
async fn signing_in_leads_back_to_booking() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let asked = residents::ask_sign_in(&service, &stranger(), "13800138000", false, Goal::Visit.key()).await;
        let who = accounts::after(&service, &stranger(), &asked.expect("asked")).await;
        let code = accounts::last_code(&service).await;
        let moved = residents::check_code(&service, &who, &code, accounts::WECHAT).await.expect("checked");
        assert_eq!(moved.location, "/visits/new");
    }
}
