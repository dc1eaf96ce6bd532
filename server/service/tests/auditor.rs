//! What the auditor sees: who looked and why, what is unusual, and nothing of what stands in a case.

use crate::acting::*;
use crate::common::{engines, service};
use domain::audit::Unusual;
use domain::forms::Entries;
use service::identity::Visitor;
use service::{Error, Service, audit};

const AUDITOR: &str = "shenji-1";

fn asked(by: &str, text: &str, purpose: &str) -> Entries {
    let fields = [("by", by), ("text", text), ("purpose", purpose)];
    fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
}

async fn search(service: &Service, auditor: &Visitor, by: &str, text: &str) -> domain::audit::AuditList {
    let moved = audit::search(service, auditor, asked(by, text, "complaint")).await.expect("searched");
    let id = moved.location.strip_prefix("/desk/audit/searches/").expect("an address with a number alone");
    assert!(!moved.location.contains(text));
    audit::found(service, auditor, id, "").await.expect("found")
}

#[tokio::test]
async fn a_person_a_worker_and_a_case_lead_to_the_same_looks() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let window = worker(&service, "binhe-3").await;
        desk(&service, &window, &number).await;
        track(&service, &who, &number).await;
        let auditor = worker(&service, AUDITOR).await;
        let name = window.worker.as_ref().expect("a worker").name.clone();
        for (by, text) in [
            ("case", number.as_str()),
            ("worker", "binhe-3"),
            ("worker", &name),
            ("person", "210103 19400101 9013"),
            ("person", "138 0013 8000"),
        ] {
            let found = search(&service, &auditor, by, text).await;
            let look = found.lines.iter().find(|line| line.who == name && line.deed == "查看了办件");
            let look = look.unwrap_or_else(|| panic!("{by} {text}: {:?}", found.lines));
            assert_eq!(look.case, number);
            let shown = serde_json::to_string(&found).expect("JSON");
            for secret in ["张小三", "张*三", "210103194001019013", "9013", "13800138000", "4111"] {
                assert!(!shown.contains(secret), "{by}: {secret} in {shown}");
            }
        }
        for (by, text) in [("person", "210103195001019018"), ("worker", "nobody"), ("person", "x")] {
            assert!(search(&service, &auditor, by, text).await.lines.is_empty(), "{by} {text}");
        }
        // What the auditor does is recorded, with the reason.
        let found = search(&service, &auditor, "worker", AUDITOR).await;
        let searched = found.lines.iter().filter(|line| line.deed == "查询了审计记录" && line.why == "处理投诉举报");
        assert_eq!(searched.count(), 9);
        let faults = audit::verify(&service.db, Some(&service.keys), Default::default()).await.expect("read").faults;
        assert_eq!(faults, []);
    }
}

#[tokio::test]
async fn pages_go_on_where_the_one_before_ended() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        for _ in 0..60 {
            track(&service, &who, &number).await;
        }
        let auditor = worker(&service, AUDITOR).await;
        let moved = audit::search(&service, &auditor, asked("case", &number, "routine")).await.expect("searched");
        let id = moved.location.strip_prefix("/desk/audit/searches/").expect("an address");
        let first = audit::found(&service, &auditor, id, "").await.expect("a page");
        let second = audit::found(&service, &auditor, id, &first.next).await.expect("a page");
        assert_eq!((first.lines.len(), second.next.as_str()), (50, ""));
        let looks = first.lines.iter().chain(&second.lines).filter(|line| line.deed == "查看了办件").count();
        assert_eq!(looks, 60, "each once");
    }
}

#[tokio::test]
async fn a_search_without_a_reason_is_none_and_keeps_no_number() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let auditor = worker(&service, AUDITOR).await;
        let moved = audit::search(&service, &auditor, asked("person", "210103194001019013", "")).await.expect("again");
        assert_eq!(moved.location, "/desk/audit?again=1");
        let flash = audit::home(&service, &auditor).await.expect("shown").flash;
        assert!(flash.findings.iter().any(|finding| finding.path == "purpose"), "{flash:?}");
        assert_eq!((flash.entries.get("by"), flash.entries.get("text")), ("person", ""));
        for (by, text) in [("case", "12"), ("", "x"), ("worker", "")] {
            let moved = audit::search(&service, &auditor, asked(by, text, "order")).await.expect("again");
            assert_eq!(moved.location, "/desk/audit?again=1", "{by} {text}");
        }
    }
}

#[tokio::test]
async fn nobody_else_reads_it_and_the_auditor_reads_nothing_else() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_who, number) = submitted(&service).await;
        let auditor = worker(&service, AUDITOR).await;
        let moved = audit::search(&service, &auditor, asked("case", &number, "routine")).await.expect("searched");
        let id = moved.location.strip_prefix("/desk/audit/searches/").expect("an address");
        let window = worker(&service, "binhe-3").await;
        assert!(matches!(audit::home(&service, &window).await, Err(Error::NotFound)));
        assert!(matches!(audit::found(&service, &window, id, "").await, Err(Error::NotFound)));
        assert!(matches!(audit::looks_of_day(&service, &window, None, None, 1).await, Err(Error::NotFound)));
        let tried = audit::search(&service, &window, asked("case", &number, "routine")).await;
        assert!(matches!(tried, Err(Error::NotFound)));
        assert!(matches!(audit::home(&service, &stranger()).await, Err(Error::Unauthenticated)));
        assert!(matches!(service::desk::case(&service, &auditor, &number).await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn looks_that_are_worth_a_question_are_listed() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (_who, number) = submitted(&service).await;
        // Ten in the evening in Shenyang; the sessions of the morning are over.
        clock.set("2026-11-23T14:00:00Z".parse().expect("a time"));
        let window = worker(&service, "binhe-3").await;
        desk(&service, &window, &number).await;
        clock.set("2026-11-24T01:00:00Z".parse().expect("a time"));
        let auditor = worker(&service, AUDITOR).await;
        let day = audit::looks_of_day(&service, &auditor, None, None, 1).await.expect("a day");
        assert_eq!((day.day.to_string().as_str(), day.looks), ("2026-11-23", 1));
        assert_eq!(day.lines[0].unusual, [Unusual::AfterHours], "{:?}", day.lines);
        let kind = |kind| audit::looks_of_day(&service, &auditor, None, Some(kind), 1);
        assert_eq!(kind(Unusual::AfterHours).await.expect("a day").lines.len(), 1);
        assert!(kind(Unusual::OwnName).await.expect("a day").lines.is_empty());
        let counts = audit::home(&service, &auditor).await.expect("home").counts;
        let after_hours = counts.iter().find(|count| count.kind == Unusual::AfterHours).expect("a count");
        assert_eq!(after_hours.looks, 1);
        // A week later it has led to nothing.
        clock.set("2026-12-02T01:00:00Z".parse().expect("a time"));
        let auditor = worker(&service, AUDITOR).await;
        let then = Some("2026-11-23".parse().expect("a day"));
        let later = audit::looks_of_day(&service, &auditor, then, None, 1).await.expect("a day");
        assert_eq!(later.lines[0].unusual, [Unusual::AfterHours, Unusual::NoStep]);
    }
}
