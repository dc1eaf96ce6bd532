//! From a phone to a decision, on both databases.

use crate::acting::*;
use crate::common::{engines, open_service, service};
use chrono::TimeDelta;
use domain::cases::{Outcome, QueueQuery, State, Step};
use service::{Error, cases, forms};

#[tokio::test]
async fn the_whole_job() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        assert!(number.starts_with("210103-MZ07-20261123-00001-"), "{number}");
        let seen = track(&service, &who, &number).await;
        assert_eq!((seen.state, seen.applicant.as_str()), (State::Submitted, "张*三"));
        assert_eq!(seen.office, "滨河街道办事处");
        assert!(seen.receipt.qr.starts_with("<svg") && !seen.receipt.link.contains("138"));

        // The street takes it up and asks for a correction that names the fields.
        let window = worker(&service, "binhe-3").await;
        let queue = service::desk::queue(&service, &window, QueueQuery::default()).await.expect("a queue");
        assert_eq!(queue.cases.iter().map(|case| case.number.as_str()).collect::<Vec<_>>(), [number.as_str()]);
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        let form = [("field", "account_number"), ("field", "file_card"), ("reason", "卡号照片不清楚")];
        step(&service, &window, &number, "ask-correction", &form).await.expect("asked");

        // The process restarts; the resident answers, and only what was named is open.
        drop(service);
        let service = open_service(&place, &clock).await;
        let seen = track(&service, &who, &number).await;
        assert!(seen.correction_reasons.iter().map(|(label, _)| label).eq(["银行卡号", "社保卡或银行卡"]));
        let moved = cases::correct(&service, &who, &number).await.expect("a form");
        let again = cases::correct(&service, &who, &number).await.expect("the same form");
        assert_eq!(moved.location, again.location);
        let id = draft_id(&moved.location);
        let page = forms::page(&service, &who, &id, "account").await.expect("a page");
        let asked: Vec<_> = page.definition.page("account").expect("asked").fields.iter().map(|f| &f.key).collect();
        assert_eq!(asked, ["account_number"]);
        let forged = [("account_number", "5555 5555 5555 4444"), ("account_own", "no"), ("applicant.name", "别人")];
        forms::save_page(&service, &who, &id, "account", &pairs(&forged)).await.expect("saved");
        let moved = forms::submit(&service, &who, &id).await.expect("an answer");
        assert!(moved.location.ends_with("/review"), "the photograph is still missing: {}", moved.location);
        forms::add_file(&service, &who, &id, "file_card", "卡.png", png()).await.expect("taken in");
        assert_eq!(submit(&service, &who, &id).await, number);
        let case = desk(&service, &window, &number).await;
        let answer = |label: &str| {
            case.file.pages.iter().flat_map(|p| &p.rows).find(|row| row.label == label).map(|row| row.text.clone())
        };
        assert_eq!(answer("银行卡号").as_deref(), Some("************4444"), "masked until it is needed");
        assert_eq!(answer("这张卡是申请人本人的吗？").as_deref(), Some("是"));
        assert_eq!(case.file.files["file_card"].len(), 2);

        // Accepted, reviewed, decided, closed.
        clock.advance(TimeDelta::days(1));
        let (window, colleague) = (worker(&service, "binhe-3").await, worker(&service, "binhe-1").await);
        step(&service, &colleague, &number, "accept", &[]).await.expect("accepted");
        step(&service, &window, &number, "review", &[]).await.expect("under review");
        assert_eq!(track(&service, &who, &number).await.until, "最晚12月1日作出决定");
        let why = ("reason", "符合条件，从下个月起发放");
        let form = [("outcome", "approved"), why, ("amount", "200"), ("from", "2026-12-01")];
        step(&service, &window, &number, "decide", &form).await.expect("decided");
        step(&service, &window, &number, "close", &[]).await.expect("closed");
        let seen = track(&service, &who, &number).await;
        // Wanted on the phone: it is delivered as soon as it is closed.
        assert_eq!((seen.state, seen.outcome), (State::Delivered, Some(Outcome::Approved)));
        assert_eq!(seen.granted[0], ("每月发多少".to_owned(), "200 元".to_owned()));
        let papers: Vec<_> = seen.notices.iter().map(|paper| paper.kind.title()).collect();
        assert_eq!(papers, ["接收回执", "一次性补正告知书", "受理通知书", "准予决定书", "送达回执"]);
        assert_eq!(seen.decision_reason, "符合条件，从下个月起发放");
        assert_eq!(seen.timeline.len(), 9);
        assert!(!seen.may_withdraw);
    }
}

#[tokio::test]
async fn a_corrected_name_and_phone_are_those_the_case_is_found_by() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let window = worker(&service, "binhe-1").await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        let form = [("field", "applicant"), ("reason", "姓名和手机号写错了")];
        step(&service, &window, &number, "ask-correction", &form).await.expect("asked");
        let id = draft_id(&cases::correct(&service, &who, &number).await.expect("a form").location);
        let mut posted = pairs(MZ07[0].1);
        for (name, value) in &mut posted {
            match name.as_str() {
                "applicant.name" => *value = "李改好".to_owned(),
                "applicant.phone" => *value = "13912345678".to_owned(),
                _ => {}
            }
        }
        forms::save_page(&service, &who, &id, "applicant", &posted).await.expect("saved");
        assert_eq!(submit(&service, &who, &id).await, number);
        assert_eq!(track(&service, &who, &number).await.applicant, "李*好");
        let found = cases::look_up(&service, &stranger(), &number, "5678").await.expect("answered");
        assert_eq!(found.location, format!("/cases/{number}"));
        let former = cases::look_up(&service, &stranger(), &number, "8000").await.expect("answered");
        assert_eq!(former.location, "/track?again=1");
    }
}

#[tokio::test]
async fn a_double_tap_makes_one_case() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        fill_in(&service, &who, &id).await;
        let tap = || forms::submit(&service, &who, &id);
        let (a, b, c, d) = tokio::join!(tap(), tap(), tap(), tap());
        let numbers: std::collections::BTreeSet<String> =
            [a, b, c, d].into_iter().map(|answer| number_of(&answer.expect("submitted").location)).collect();
        assert_eq!(numbers.len(), 1, "{engine:?}: {numbers:?}");
        let number = numbers.first().expect("one").clone();
        // The resent page and the resent submission of another tab lead to the same receipt.
        assert_eq!(submit(&service, &who, &id).await, number);
        let late = forms::save_page(&service, &who, &id, "promise", &[]).await.expect("moved on");
        assert_eq!(number_of(&late.location), number);
    }
}

#[tokio::test]
async fn of_two_workers_one_wins_and_the_other_is_told() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let (first, second) = (worker(&service, "binhe-1").await, worker(&service, "binhe-3").await);
        step(&service, &first, &number, "receive", &[]).await.expect("received");
        let version = desk(&service, &first, &number).await.version;
        let refusal = [("reason", "不属于本街道")].into_iter().collect();
        let (accepted, refused) = tokio::join!(
            service::desk::act(&service, &first, &number, "accept", version, Default::default()),
            service::desk::act(&service, &second, &number, "refuse", version, refusal),
        );
        accepted.expect("answered");
        refused.expect("answered");
        let (a, b) = (desk(&service, &first, &number).await, desk(&service, &second, &number).await);
        assert_eq!(a.version, version + 1, "one event alone");
        let (winner, loser) = if a.file.state == State::Accepted { (a, b) } else { (b, a) };
        assert!(winner.flash.good, "{:?}", winner.flash);
        assert!(!loser.flash.good && loser.flash.message.contains("已经在"), "{:?}", loser.flash);
    }
}

#[tokio::test]
async fn silence_is_acceptance() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let window = worker(&service, "binhe-1").await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        assert_eq!(cases::tick(&service).await.expect("looked"), 0);
        clock.advance(TimeDelta::days(8));
        assert_eq!(cases::tick(&service).await.expect("looked"), 1);
        assert_eq!(cases::tick(&service).await.expect("looked"), 0);
        assert_eq!(track(&service, &who, &number).await.state, State::Accepted);
    }
}

#[tokio::test]
async fn a_resident_withdraws_before_a_decision_and_not_after() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let (other, second) = submitted(&service).await;
        cases::withdraw(&service, &who, &number, "不办了").await.expect("withdrawn");
        assert_eq!(track(&service, &who, &number).await.state, State::Withdrawn);
        assert!(matches!(cases::withdraw(&service, &who, &number, "").await, Err(Error::Refused(_))));
        assert!(matches!(cases::withdraw(&service, &who, &second, "").await, Err(Error::NotFound)));
        assert_eq!(track(&service, &other, &second).await.state, State::Submitted);
    }
}

#[tokio::test]
async fn a_worker_starts_a_case_at_the_window_and_both_are_recorded() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let window = worker(&service, "sanhaojie-1").await;
        let moved = forms::begin_at_window(&service, &window, "MZ07").await.expect("begun");
        let id = draft_id(&moved.location);
        for (page, entries) in MZ07 {
            forms::save_page(&service, &window, &id, page, &pairs(entries)).await.expect("saved");
        }
        // The originals were seen: no photograph is needed.
        let number = submit(&service, &window, &id).await;
        let seen = track(&service, &window, &number).await;
        assert_eq!(seen.office, "滨河街道办事处", "the competent office decides, wherever it was taken in");
        assert!(seen.timeline[1].text.contains("窗口"));
        assert!(seen.timeline[0].who.contains("三好街社区"));
        let decider = worker(&service, "binhe-3").await;
        let case = desk(&service, &decider, &number).await;
        assert!(case.file.received_by.contains("三好街社区"));
        assert!(case.steps.iter().any(|one| one.step == Step::Accept));
        // The window accepts in the name of the office that decides, and decides nothing itself.
        let steps: Vec<Step> = desk(&service, &window, &number).await.steps.iter().map(|one| one.step).collect();
        assert!(steps.contains(&Step::Accept) && !steps.contains(&Step::StartReview), "{steps:?}");
        assert!(matches!(step(&service, &window, &number, "review", &[]).await, Err(Error::Forbidden)));
        assert!(matches!(cases::withdraw(&service, &window, &number, "").await, Err(Error::NotFound)));
    }
}
