//! Residents see who has looked at their data, ask about it, take consents back, and nobody sees another's.

use crate::acting::accounts::signed_in;
use crate::acting::*;
use crate::common::{engines, service};
use domain::forms::Entries;
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
        assert!(seen.contains(&("滨河街道办事处", "查看了办件")), "{engine:?}: {seen:?}");
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
        assert!(entry.question.contains("为什么") && entry.answer.contains("由他们办理"), "{entry:?}");
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
