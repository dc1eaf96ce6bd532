//! Residents see who has looked at their data, ask about it, take consents back, and nobody sees another's.

use crate::acting::accounts::signed_in;
use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use domain::forms::Entries;
use sea_orm::{ConnectionTrait, Statement};
use service::identity::Visitor;
use service::{Error, Service, consents, looks};

/// A case of a resident who signed in: the resident, and its number.
async fn own_case(service: &Service, phone: &str) -> (Visitor, String) {
    let who = signed_in(service, phone).await;
    let moved = service::forms::begin(service, &who, "MZ07").await.expect("begun");
    let id = draft_id(&moved.location);
    fill_in(service, &who, &id).await;
    let number = submit(service, &who, &id).await;
    (who, number)
}

fn words(text: &str) -> Entries {
    [("words", text)].into_iter().collect()
}

#[tokio::test]
async fn every_look_of_a_worker_stands_there_with_office_and_reason() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = own_case(&service, "13800138000").await;
        let before = looks::list(&service, &who, "").await.expect("looks");
        assert!(before.others.is_empty(), "{engine:?}: {:?}", before.others);
        assert!(!before.own.is_empty(), "own deeds are there, folded away");
        let window = worker(&service, "binhe-1").await;
        desk(&service, &window, &number).await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        let after = looks::list(&service, &who, "").await.expect("looks");
        let seen: Vec<_> = after.others.iter().map(|one| (one.who.as_str(), one.deed.as_str())).collect();
        assert!(
            seen.iter().any(|(who, deed)| *who == "滨河街道办事处" && deed.contains("查看了办件")),
            "{engine:?}: {seen:?}"
        );
        assert!(after.others.iter().all(|one| one.about.contains(&number) && !one.why.is_empty()));
        // Of one moment, too, the order is the same each time.
        let again = looks::list(&service, &who, "").await.expect("looks");
        let places = |view: &domain::looks::LooksView| -> Vec<_> {
            view.others.iter().map(|one| (one.chain, one.seq)).collect()
        };
        assert_eq!(places(&after), places(&again));
        // Neither a stranger nor another resident.
        assert!(matches!(looks::list(&service, &stranger(), "").await, Err(Error::SignIn)));
        let other = signed_in(&service, "13900139000").await;
        assert!(looks::list(&service, &other, "").await.expect("looks").others.is_empty());
        let (chain, seq) = places(&after)[0];
        assert!(matches!(looks::one(&service, &other, chain, seq).await, Err(Error::NotFound)));
        assert!(matches!(looks::ask(&service, &other, (chain, seq), words("为什么？")).await, Err(Error::NotFound)));
    }
}

/// What one worker did with one case within an hour for one reason is one line; the audit keeps every row.
#[tokio::test]
async fn rows_of_one_visit_are_one_line_and_can_be_asked_about() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, number) = own_case(&service, "13800138000").await;
        let (window, other) = (worker(&service, "binhe-1").await, worker(&service, "binhe-2").await);
        for _ in 0..3 {
            desk(&service, &window, &number).await;
            clock.advance(TimeDelta::minutes(5));
        }
        desk(&service, &other, &number).await;
        let lines = looks::list(&service, &who, "").await.expect("looks").others;
        assert_eq!(lines.len(), 2, "one for each person, {engine:?}: {lines:?}");
        let visit = lines.iter().find(|one| one.time.contains("一共")).expect("a visit of several looks").clone();
        assert_eq!(visit.time, "11月23日 09:00到09:10，一共3次");
        assert!(visit.asked.is_empty() && visit.about.contains(&number));
        let page = looks::one(&service, &who, visit.chain, visit.seq).await.expect("a page").others.remove(0);
        assert_eq!((&page.time, &page.deed), (&visit.time, &visit.deed), "what is asked about is the whole visit");
        looks::ask(&service, &who, (visit.chain, visit.seq), words("为什么看三次？")).await.expect("asked");
        let again = looks::list(&service, &who, "").await.expect("looks").others;
        let asked: Vec<_> = again.iter().map(|one| one.asked.len()).collect();
        assert_eq!((again.len(), asked.iter().sum::<usize>()), (2, 1), "{engine:?}: {again:?}");
        // Another look joins the visit, and the question stays with it; in the next hour begins another.
        clock.advance(TimeDelta::minutes(5));
        desk(&service, &window, &number).await;
        let joined = looks::list(&service, &who, "").await.expect("looks").others;
        let visit = joined.iter().find(|one| one.time.contains("一共4次")).expect("four");
        assert_eq!((joined.len(), visit.asked.len()), (2, 1), "{engine:?}: {joined:?}");
        clock.advance(TimeDelta::hours(1));
        let window = worker(&service, "binhe-1").await;
        desk(&service, &window, &number).await;
        let lines = looks::list(&service, &who, "").await.expect("looks").others;
        assert_eq!(lines.len(), 3, "{engine:?}: {lines:?}");
        // The auditor has each of them.
        let count = "SELECT COUNT(*) AS n FROM audit WHERE deed = 'saw-case' AND actor_kind = 'worker'";
        let row = service.db.read.query_one_raw(Statement::from_string(service.db.backend(), count)).await;
        let rows: i64 = row.expect("query").expect("a row").try_get("", "n").expect("a number");
        assert_eq!(rows, 6, "{engine:?}");
    }
}

/// Papers are kept with the draft that the case was made of: whoever opens a case and its papers was there once.
#[tokio::test]
async fn papers_that_are_opened_with_a_case_belong_to_the_visit() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = own_case(&service, "13800138000").await;
        let window = worker(&service, "binhe-1").await;
        let case = desk(&service, &window, &number).await;
        let paper = &case.file.files["file_card"][0];
        service::forms::file(&service, &window, &paper.id).await.expect("opened");
        let lines = looks::list(&service, &who, "").await.expect("looks").others;
        let deeds: Vec<_> = lines.iter().map(|one| (one.deed.as_str(), one.about.contains(&number))).collect();
        assert_eq!(deeds, [("查看了办件、打开了上传的材料", true)], "{engine:?}");
        let page = looks::one(&service, &who, lines[0].chain, lines[0].seq).await.expect("a page").others.remove(0);
        assert_eq!((&page.time, &page.deed), (&lines[0].time, &lines[0].deed));
    }
}

#[tokio::test]
async fn a_question_goes_to_the_auditor_and_is_answered_once() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = own_case(&service, "13800138000").await;
        let window = worker(&service, "binhe-1").await;
        desk(&service, &window, &number).await;
        let entry = looks::list(&service, &who, "").await.expect("looks").others.remove(0);
        let place = (entry.chain, entry.seq);
        let moved = looks::ask(&service, &who, place, words("")).await.expect("answered");
        assert!(moved.location.ends_with(&format!("/{}/{}", place.0, place.1)), "nothing asked: the form again");
        looks::ask(&service, &who, place, words("我没去过滨河街道，为什么看我的？")).await.expect("asked");
        let asked = looks::questions(&service).await.expect("questions");
        assert_eq!(asked.len(), 1);
        assert_eq!((asked[0].words.as_str(), asked[0].answer.as_str()), ("我没去过滨河街道，为什么看我的？", ""));
        let auditor = worker(&service, "binhe-1").await;
        let auditor = auditor.worker.as_ref().expect("a worker");
        looks::answer(&service, auditor, asked[0].id, "您的户口在滨河街道，由他们办理。").await.expect("answered");
        let twice = looks::answer(&service, auditor, asked[0].id, "再答一次").await;
        assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
        let view = looks::list(&service, &who, "").await.expect("looks");
        let entry = view.others.iter().find(|one| (one.chain, one.seq) == place).expect("the row");
        let asked = entry.asked.first().expect("a question");
        assert!(asked.words.contains("为什么") && asked.answer.contains("由他们办理"), "{entry:?}");
    }
}

#[tokio::test]
async fn a_consent_that_is_taken_back_tells_the_office() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = own_case(&service, "13800138000").await;
        let given = consents::list(&service, &who).await.expect("consents").consents;
        assert_eq!(given.len(), 1, "{given:?}");
        assert_eq!(given[0].text, domain::consents::Sensitive::Finance.text());
        let other = signed_in(&service, "13900139000").await;
        assert!(matches!(consents::withdraw(&service, &other, &given[0].id).await, Err(Error::NotFound)));
        consents::withdraw(&service, &who, &given[0].id).await.expect("taken back");
        let now = consents::list(&service, &who).await.expect("consents");
        assert!(!now.consents[0].withdrawn.is_empty() && now.flash.good);
        let window = worker(&service, "binhe-1").await;
        let told = desk(&service, &window, &number).await.conversation.messages;
        assert!(told.iter().any(|message| message.text.contains("撤回")), "{engine:?}: {told:?}");
        assert!(matches!(consents::withdraw(&service, &who, &given[0].id).await, Err(Error::NotFound)), "once");
    }
}
