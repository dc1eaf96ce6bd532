//! What is somebody's alone is masked at the desk until it is needed, or shown on purpose.

use crate::acting::*;
use crate::common::{engines, service};
use sea_orm::{ConnectionTrait, Statement};
use service::identity::Visitor;
use service::{Error, Service, desk};

const IDENTITY: &str = "210103194001019013";
const PHONE: &str = "13800138000";
const CARD: &str = "4111111111111111";

/// Which of the three the answer to a worker holds, as it travels to the browser.
async fn clear(service: &Service, who: &Visitor, number: &str) -> Vec<&'static str> {
    let case = crate::acting::desk(service, who, number).await;
    let text = serde_json::to_string(&case).expect("written");
    [("identity", IDENTITY), ("phone", PHONE), ("card", CARD)]
        .into_iter()
        .filter(|(_, value)| text.contains(value))
        .map(|(name, _)| name)
        .collect()
}

/// Why answers were shown, as the audit has it.
async fn reasons(service: &Service) -> Vec<String> {
    let sql = "SELECT why AS text FROM audit WHERE deed = 'saw-answers' ORDER BY seq";
    let db = &service.db.read;
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("rows");
    rows.iter().map(|row| row.try_get("", "text").expect("a text")).collect()
}

#[tokio::test]
async fn answers_are_masked_until_they_are_shown_and_then_for_some_minutes() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let one = desk_token(&service, "binhe-1").await;
        let who = now(&service, &one).await;
        // Whoever takes it in compares the number with the card.
        assert_eq!(clear(&service, &who, &number).await, ["identity"]);
        let case = crate::acting::desk(&service, &who, &number).await;
        let texts: Vec<&str> =
            case.file.pages.iter().flat_map(|page| &page.rows).map(|row| row.text.as_str()).collect();
        assert!(texts.iter().any(|text| text.contains("138****8000")), "{texts:?}");
        assert!(texts.contains(&"************1111"), "{texts:?}");

        let show = async |page: &str, reason: &str, words: &str| {
            let who = now(&service, &one).await;
            desk::show(&service, &who, &number, page, reason, words).await
        };
        let moved = show("account", "enter", "").await.expect("shown");
        assert_eq!(moved.location, format!("/desk/cases/{number}#page-account"));
        assert_eq!(clear(&service, &who, &number).await, ["identity", "card"]);
        assert_eq!(crate::acting::desk(&service, &who, &number).await.hidden["account"].until, "09:15");
        let [why] = &reasons(&service).await[..] else { panic!("one reason") };
        let (keys, id) = why.rsplit_once(' ').expect("the id of what was written beside it");
        assert_eq!(keys, "enter: account_bank account_number", "keys of questions, no answers");
        assert!(uuid::Uuid::parse_str(id).is_ok(), "{id}");

        // A colleague sees nothing of it, nor does the same worker on another machine.
        let colleague = worker(&service, "binhe-3").await;
        assert_eq!(clear(&service, &colleague, &number).await, ["identity"]);
        let elsewhere = worker(&service, "binhe-1").await;
        assert_eq!(clear(&service, &elsewhere, &number).await, ["identity"]);

        clock.advance(chrono::TimeDelta::minutes(14));
        assert_eq!(clear(&service, &now(&service, &one).await, &number).await, ["identity", "card"]);
        clock.advance(chrono::TimeDelta::minutes(2));
        assert_eq!(clear(&service, &now(&service, &one).await, &number).await, ["identity"]);

        // Nothing is left of what the step does not need any more.
        show("applicant", "other", "申请人来电询问").await.expect("shown");
        assert_eq!(clear(&service, &now(&service, &one).await, &number).await, ["identity", "phone"]);
        let who = now(&service, &one).await;
        for name in ["receive", "accept"] {
            step(&service, &who, &number, name, &[]).await.expect("done");
        }
        clock.advance(chrono::TimeDelta::minutes(14));
        now(&service, &one).await;
        clock.advance(chrono::TimeDelta::minutes(2));
        assert_eq!(clear(&service, &now(&service, &one).await, &number).await, Vec::<&str>::new());
        let why = reasons(&service).await;
        let (keys, _) = why[1].rsplit_once(' ').expect("the id of what was written beside it");
        assert_eq!(keys, "other: applicant", "what was written beside it is not in the audit");
    }
}

#[tokio::test]
async fn nothing_is_shown_without_a_reason_or_to_who_has_none() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let who = worker(&service, "binhe-1").await;
        for (reason, words, path) in
            [("", "", "show-account-reason"), ("why", "", "show-account-reason"), ("other", " ", "show-account-words")]
        {
            desk::show(&service, &who, &number, "account", reason, words).await.expect("asked again");
            let case = crate::acting::desk(&service, &who, &number).await;
            assert_eq!(case.hidden["account"].finding.as_ref().map(|one| one.path.as_str()), Some(path));
            assert_eq!(clear(&service, &who, &number).await, ["identity"]);
        }
        for page in ["delivery", "nothing", ""] {
            let shown = desk::show(&service, &who, &number, page, "call", "").await;
            assert!(matches!(shown, Err(Error::NotFound)), "{page:?} hides nothing");
        }
        // Who only looks on sees neither, and may not ask.
        let above = worker(&service, "shenhe-mz-2").await;
        assert_eq!(clear(&service, &above, &number).await, Vec::<&str>::new());
        for login in ["shenhe-mz-2", "heping-mz-1", "anquan-1", "shenji-1"] {
            let who = worker(&service, login).await;
            let shown = desk::show(&service, &who, &number, "account", "call", "").await;
            assert!(matches!(shown, Err(Error::NotFound)), "{login}");
        }
        assert_eq!(reasons(&service).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn who_reviews_weighs_amounts_and_others_see_none() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_, number, _) = reviewed(&service).await;
        let income = |case: &domain::cases::CaseDesk| {
            let rows = case.file.pages.iter().flat_map(|page| &page.rows);
            rows.filter(|row| row.masked).map(|row| row.path.clone()).collect::<Vec<_>>()
        };
        let bureau = worker(&service, "shenhe-mz-1").await;
        let masked = income(&crate::acting::desk(&service, &bureau, &number).await);
        assert_eq!(masked, ["applicant"], "numbers of the person alone: what is weighed is there");
    }
}
