//! What windows do for others: papers kept for an office elsewhere, appointments at the one office that may take an
//! item, materials that follow later.

use crate::acting::*;
use crate::common::{engines, service};
use crate::filled::{at_window, deferrable, fill, item};
use chrono::TimeDelta;
use domain::cases::State;
use domain::catalogue::Mode;
use domain::desk::TICKED;
use service::{Error, appointments, cases, custody, forms};

#[tokio::test]
async fn a_window_that_hands_over_keeps_the_papers_until_they_are_fetched() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let item = item(&service, |item| item.code == "MZ01");
        assert_eq!(item.mode, Mode::F);
        let window = worker(&service, "sanhaojie-1").await;
        let id = at_window(&service, &window, &item).await;
        let number = submit(&service, &window, &id).await;
        assert!(custody::list(&service, &window).await.expect("a list").kept.is_empty());
        step(&service, &window, &number, "hand-over", &[]).await.expect("handed over");
        let kept = custody::list(&service, &window).await.expect("a list").kept;
        assert_eq!(kept.iter().map(|entry| entry.number.as_str()).collect::<Vec<_>>(), [number.as_str()]);
        assert!(kept[0].papers.contains("身份证"), "{}", kept[0].papers);
        let elsewhere = worker(&service, "duofu-1").await;
        let other = custody::give_out(&service, &elsewhere, &kept[0].id, "李四").await;
        assert!(matches!(other, Err(Error::NotFound)));
        assert!(matches!(custody::give_out(&service, &window, &kept[0].id, " ").await, Err(Error::Refused(_))));
        custody::give_out(&service, &window, &kept[0].id, "本人").await.expect("given");
        assert!(matches!(custody::give_out(&service, &window, &kept[0].id, "本人").await, Err(Error::NotFound)));
        assert!(custody::list(&service, &window).await.expect("a list").kept.is_empty());
        // The window that handed over may do no more to the case but give its papers and results out.
        let steps: Vec<_> = desk(&service, &window, &number).await.steps.iter().map(|one| one.step.key()).collect();
        assert!(steps.is_empty(), "{steps:?}");
    }
}

#[tokio::test]
async fn another_window_refers_to_the_only_one_that_may_and_nothing_is_typed_twice() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let item = item(&service, |item| item.code == "SQ02");
        assert_eq!(item.mode, Mode::L);
        let wrong = worker(&service, "sanhaojie-1").await;
        let right = worker(&service, "duofu-1").await;
        let id = at_window(&service, &wrong, &item).await;
        let review = forms::review(&service, &wrong, &id).await.expect("a review");
        assert_eq!(review.unfinished, []);
        assert!(matches!(forms::submit(&service, &wrong, &id).await, Err(Error::Refused(_))));
        let day = review.refer_days[2].0.clone();
        assert!(matches!(
            appointments::refer(&service, &wrong, &id, "2020-01-01", "morning").await,
            Err(Error::Refused(_))
        ));
        let slip = appointments::refer(&service, &wrong, &id, &day, "morning").await.expect("referred").location;
        let again = appointments::refer(&service, &wrong, &id, &day, "afternoon").await.expect("changed").location;
        assert_eq!(slip, again, "one appointment for one draft");
        let code = slip.rsplit('/').next().expect("a code").to_owned();
        assert!(appointments::slip(&service, &wrong, &code).await.expect("a slip").office.contains("多福"));
        let stranger = worker(&service, "laomo-1").await;
        assert!(matches!(appointments::slip(&service, &stranger, &code).await, Err(Error::NotFound)));
        assert!(matches!(appointments::settle(&service, &wrong, &code, true).await, Err(Error::NotFound)));
        let booked = appointments::list(&service, &right).await.expect("a list").booked;
        assert!(booked.len() == 1 && booked[0].when.contains("下午"), "{booked:?}");
        clock.advance(TimeDelta::days(1));
        let right = worker(&service, "duofu-1").await;
        let moved = appointments::settle(&service, &right, &code, true).await.expect("come");
        assert_eq!(draft_id(&moved.location), id);
        let number = submit(&service, &right, &id).await;
        assert_eq!(desk(&service, &right, &number).await.file.state, State::Received);
        assert!(matches!(appointments::settle(&service, &right, &code, false).await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn what_was_to_follow_is_handed_in_online_or_the_case_ends() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (item, later) = deferrable(&service);
        let office = worker(&service, "shenhe-mz-1").await;
        let mut numbers = Vec::new();
        for _ in 0..2 {
            let (who, id) = begin(&service, &item.code).await;
            fill(&service, &who, &id, &item, false).await;
            let number = submit(&service, &who, &id).await;
            step(&service, &office, &number, "receive", &[]).await.expect("received");
            step(&service, &office, &number, "accept", &[(TICKED, &later)]).await.expect("accepted");
            numbers.push((who, number));
        }
        let (who, number) = &numbers[0];
        let seen = track(&service, who, number).await;
        assert!(seen.correction.as_ref().is_some_and(|open| open.deferred));
        assert!(seen.notices.iter().any(|paper| paper.kind.title() == "容缺受理通知书"));
        let id = draft_id(&cases::correct(&service, who, number).await.expect("a form").location);
        let moved = forms::submit(&service, who, &id).await.expect("answered");
        assert!(moved.location.ends_with("/review"), "without the paper: {}", moved.location);
        forms::add_file(&service, who, &id, &later, "证明.png", png()).await.expect("taken in");
        assert_eq!(&submit(&service, who, &id).await, number);
        let seen = track(&service, who, number).await;
        assert!(seen.correction.is_none() && seen.state == State::Accepted);
        // The other one lets the day pass.
        clock.advance(TimeDelta::days(40));
        cases::tick(&service).await.expect("looked");
        assert_eq!(track(&service, who, number).await.state, State::Accepted);
        let (who, number) = &numbers[1];
        let seen = track(&service, who, number).await;
        assert_eq!(seen.state, State::Ended);
        assert!(seen.decision_reason.contains("容缺"), "{}", seen.decision_reason);
    }
}
