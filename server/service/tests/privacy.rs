//! What is another's answers as not found, and guessing is limited.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::acting::accounts::signed_in;
use crate::acting::*;
use crate::common::{engines, service};
use domain::cases::{CaseNumber, QueueQuery};
use service::{Error, bundles, cases, desk, forms};

#[tokio::test]
async fn a_stranger_finds_nothing() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (owner, number) = submitted(&service).await;
        let (_, draft) = begin(&service, "MZ07").await;
        let (other, _) = begin(&service, "MZ04").await;
        let case = desk(&service, &worker(&service, "binhe-1").await, &number).await;
        let file = case.file.files["file_id_card"][0].id.clone();
        for who in [stranger(), other, worker(&service, "heping-mz-1").await] {
            let nothing = |name: &str, missing: bool| assert!(missing, "{name} must be not found on {engine:?}");
            nothing("case", matches!(cases::track(&service, &who, &number).await, Err(Error::NotFound)));
            nothing("live", matches!(cases::live(&service, &who, &number).await, Err(Error::NotFound)));
            nothing("withdraw", matches!(cases::withdraw(&service, &who, &number, "").await, Err(Error::NotFound)));
            nothing("correct", matches!(cases::correct(&service, &who, &number).await, Err(Error::NotFound)));
            nothing("file", matches!(forms::file(&service, &who, &file).await, Err(Error::NotFound)));
            nothing("page", matches!(forms::page(&service, &who, &draft, "applicant").await, Err(Error::NotFound)));
            nothing(
                "save",
                matches!(forms::save_page(&service, &who, &draft, "applicant", &[]).await, Err(Error::NotFound)),
            );
            nothing("review", matches!(forms::review(&service, &who, &draft).await, Err(Error::NotFound)));
            nothing("submit", matches!(forms::submit(&service, &who, &draft).await, Err(Error::NotFound)));
            nothing("discard", matches!(forms::discard(&service, &who, &draft).await, Err(Error::NotFound)));
            nothing("code", matches!(forms::make_resume_code(&service, &who, &draft).await, Err(Error::NotFound)));
            nothing(
                "upload",
                matches!(forms::add_file(&service, &who, &draft, "file_card", "a", png()).await, Err(Error::NotFound)),
            );
            let link = cases::open_link(&service, &who, &number, "0000").await;
            nothing("link", matches!(link, Err(Error::NotFound)));
        }
        assert!(forms::file(&service, &owner, &file).await.is_ok());
    }
}

#[tokio::test]
async fn workers_see_what_their_office_may() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        for (login, sees) in [
            ("binhe-1", true),
            ("binhe-2", true),
            ("shenhe-mz-2", true),
            ("shenyang-mz-1", true),
            ("shenhe-mz-1", false),
            ("duofu-1", false),
            ("shenhe-rs-1", false),
            ("heping-mz-1", false),
        ] {
            let who = worker(&service, login).await;
            let seen = service::desk::case(&service, &who, &number).await;
            assert_eq!(seen.is_ok(), sees, "{login}");
            assert!(sees || matches!(seen, Err(Error::NotFound)), "{login}");
            let query = QueueQuery { number: number.clone(), ..QueueQuery::default() };
            let found = service::desk::queue(&service, &who, query).await.expect("a queue").cases.len();
            let listed =
                service::desk::queue(&service, &who, QueueQuery::default()).await.expect("a queue").cases.len();
            assert_eq!((found, listed), (usize::from(sees), usize::from(sees)), "{login}");
        }
        let reader = worker(&service, "shenhe-mz-2").await;
        assert!(matches!(step(&service, &reader, &number, "receive", &[]).await, Err(Error::Forbidden)));
    }
}

#[tokio::test]
async fn tracking_takes_number_and_phone_and_every_miss_is_the_same() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let found = cases::look_up(&service, &stranger(), &number.to_lowercase(), " 80 00").await.expect("found");
        assert_eq!(found.location, format!("/cases/{number}"));
        let who = with_cookie(&service, &found).await;
        assert!(cases::track(&service, &who, &number).await.is_ok());
        let absent = domain::cases::CaseNumber::new("210103", "MZ07", service.today(), 99_999).to_string();
        let mut told = Vec::new();
        for (number, tail) in [(number.as_str(), "8001"), (absent.as_str(), "8000")] {
            let miss = cases::look_up(&service, &stranger(), number, tail).await.expect("answered");
            assert_eq!(miss.location, "/track?again=1");
            let who = with_cookie(&service, &miss).await;
            let flash = service::identity::flash(&service, &who).await.expect("a flash");
            assert_eq!(flash.entries.get("tail"), tail, "nothing typed is lost");
            told.push(flash.findings);
            assert!(matches!(cases::track(&service, &who, number).await, Err(Error::NotFound)));
        }
        assert_eq!(told[0], told[1]);
    }
}

#[tokio::test]
async fn guessing_one_number_is_limited() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (_, number) = submitted(&service).await;
    let mut evaluated = 0;
    for guess in 0..200_u32 {
        let address = std::net::IpAddr::V4(std::net::Ipv4Addr::from(0x0A00_0000 + guess));
        let who = service::identity::Visitor::stranger(address);
        if !matches!(cases::look_up(&service, &who, &number, &format!("{guess:04}")).await, Err(Error::Busy)) {
            evaluated += 1;
        }
    }
    assert!(evaluated <= 10, "{evaluated} guesses at one number from many addresses were looked at");
    let mut evaluated = 0;
    for guess in 0..200_u32 {
        let number = domain::cases::CaseNumber::new("210103", "MZ07", service.today(), guess).to_string();
        if !matches!(cases::look_up(&service, &stranger(), &number, "0000").await, Err(Error::Busy)) {
            evaluated += 1;
        }
    }
    assert!(evaluated <= 20, "{evaluated} guesses from one address were looked at");
}

#[tokio::test]
async fn the_private_link_opens_the_case_and_nothing_else_does() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let link = track(&service, &who, &number).await.receipt.link;
        let token = link.rsplit('/').next().expect("a token");
        assert!(token.len() * 5 >= 128, "at least 128 bits");
        let moved = cases::open_link(&service, &stranger(), &number, token).await.expect("opened");
        let friend = with_cookie(&service, &moved).await;
        assert!(cases::track(&service, &friend, &number).await.is_ok());
        let (_, second) = submitted(&service).await;
        assert!(matches!(cases::open_link(&service, &stranger(), &second, token).await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_draft_is_carried_on_elsewhere_by_code_and_by_link() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        forms::save_page(&service, &who, &id, "applicant", &pairs(MZ07[0].1)).await.expect("saved");
        assert!(matches!(forms::resume_code(&service, &who, &id).await, Err(Error::NotFound)), "none was made");
        forms::make_resume_code(&service, &who, &id).await.expect("made");
        let code = forms::resume_code(&service, &who, &id).await.expect("a code");
        let token = code.link.rsplit('/').next().expect("a token").to_owned();
        for key in [code.code.to_lowercase(), token.clone()] {
            let moved = forms::resume(&service, &stranger(), &key).await.expect("resumed");
            let other = with_cookie(&service, &moved).await;
            let page = forms::page(&service, &other, &id, "applicant").await.expect("a page");
            assert_eq!(page.entries.get("applicant.name"), "张小三");
        }
        let wrong = forms::resume(&service, &stranger(), "ABCDE FGH23").await.expect("answered");
        assert_eq!(wrong.location, "/resume?again=1");
        let tampered = format!("{}0", &token[..token.len() - 1]);
        if tampered != token {
            let refused = forms::resume(&service, &stranger(), &tampered).await.expect("answered");
            assert_eq!(refused.location, "/resume?again=1");
        }
        clock.advance(chrono::TimeDelta::days(9));
        let late = forms::resume(&service, &stranger(), &code.code).await.expect("answered");
        assert_eq!(late.location, "/resume?again=1");
    }
}

/// Numbers follow one another and can be guessed: what is another's takes as many look-ups as what is not there, so that
/// time does not tell them apart.
#[tokio::test]
async fn another_ones_case_costs_the_look_ups_of_none() {
    for engine in engines() {
        let (mut service, _clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let (other, _) = begin(&service, "MZ07").await;
        let resident = signed_in(&service, "13900139000").await;
        let elsewhere = worker(&service, "heping-mz-1").await;
        let day = "2026-11-23".parse().expect("a day");
        let none = CaseNumber::new("210103", "MZ07", day, 99_999).to_string();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        service.db.read.set_metric_callback(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        for who in [&stranger(), &other, &resident, &elsewhere] {
            let mut costs = Vec::new();
            for number in [&number, &none] {
                let before = asked.load(Ordering::Relaxed);
                assert!(matches!(cases::track(&service, who, number).await, Err(Error::NotFound)), "{number}");
                assert!(matches!(bundles::track(&service, who, number).await, Err(Error::NotFound)), "{number}");
                if who.worker.is_some() {
                    assert!(matches!(desk::case(&service, who, number).await, Err(Error::NotFound)), "{number}");
                }
                costs.push(asked.load(Ordering::Relaxed) - before);
            }
            assert!(costs[0] > 0, "they are counted");
            assert_eq!(costs[0], costs[1], "another's and none, {engine:?}");
        }
    }
}
