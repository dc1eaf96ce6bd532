//! Ratings: by the resident alone, once for each stage; a bad one is answered step by step.

use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use domain::ratings::{Rectification, Stage};
use service::ratings::{self, RatingForm};
use service::{Error, Service};

fn form(stage: Stage, grade: &str) -> RatingForm {
    let tags = vec!["speed".to_owned(), "nonsense".to_owned()];
    RatingForm {
        stage: stage.key().to_owned(),
        grade: grade.to_owned(),
        tags,
        words: "等了很久".to_owned(),
        again: false,
    }
}

async fn closed(service: &Service) -> (service::identity::Visitor, String) {
    let (who, number) = submitted(service).await;
    let (colleague, window) = (worker(service, "binhe-1").await, worker(service, "binhe-3").await);
    for (who, name) in [(&colleague, "receive"), (&colleague, "accept"), (&window, "review")] {
        step(service, who, &number, name, &[]).await.expect(name);
    }
    let granted = [("outcome", "approved"), ("amount", "200"), ("from", "2026-12-01")];
    step(service, &window, &number, "decide", &granted).await.expect("decided");
    step(service, &window, &number, "close", &[]).await.expect("closed");
    (who, number)
}

#[tokio::test]
async fn only_the_resident_rates_and_once() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        assert!(matches!(
            ratings::rate(&service, &who, &number, form(Stage::Accepted, "1")).await,
            Err(Error::Refused(_))
        ));
        let (who, number) = closed(&service).await;
        let offers = track(&service, &who, &number).await.ratings;
        assert_eq!(offers.iter().map(|offer| offer.stage).collect::<Vec<_>>(), Stage::ALL);
        assert!(offers.iter().all(|offer| offer.given.is_none()), "nothing is rated by default");
        let worker = worker(&service, "binhe-3").await;
        for other in [&stranger(), &worker] {
            assert!(matches!(
                ratings::rate(&service, other, &number, form(Stage::Closed, "1")).await,
                Err(Error::NotFound)
            ));
        }
        for nothing in ["", "0", "6", "x"] {
            let rated = ratings::rate(&service, &who, &number, form(Stage::Closed, nothing)).await;
            assert!(matches!(rated, Err(Error::Refused(_))), "{nothing}");
        }
        ratings::rate(&service, &who, &number, form(Stage::Closed, "2")).await.expect("rated");
        ratings::rate(&service, &who, &number, form(Stage::Closed, "5")).await.expect("a second tap");
        let given = track(&service, &who, &number).await.ratings[1].given.clone().expect("rated");
        assert_eq!((given.grade, given.state), (2, Rectification::None));
    }
}

#[tokio::test]
async fn a_bad_grade_goes_to_the_office_and_its_answer_to_the_resident() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, number) = closed(&service).await;
        ratings::rate(&service, &who, &number, form(Stage::Accepted, "4")).await.expect("rated");
        let office = worker(&service, "binhe-2").await;
        let entry = ratings::desk(&service, &office).await.expect("a list").entries.remove(0);
        assert_eq!((entry.number.as_str(), entry.tags.len(), entry.own), (number.as_str(), 1, true));
        let elsewhere = worker(&service, "heping-mz-1").await;
        assert!(ratings::desk(&service, &elsewhere).await.expect("a list").entries.is_empty());
        assert!(matches!(ratings::rectify(&service, &elsewhere, &entry.id, "x").await, Err(Error::NotFound)));
        assert!(matches!(ratings::rectify(&service, &office, &entry.id, " ").await, Err(Error::Refused(_))));
        let above = worker(&service, "shenhe-mz-2").await;
        let seen = ratings::desk(&service, &above).await.expect("a list").entries;
        assert!(seen.len() == 1 && !seen[0].own, "the supervisor sees it and leaves it to the office");
        for words in ["打过电话了", "确实慢了三天"] {
            clock.advance(TimeDelta::hours(1));
            let office = worker(&service, "binhe-2").await;
            ratings::rectify(&service, &office, &entry.id, words).await.expect("noted");
        }
        let hidden = track(&service, &who, &number).await.ratings[0].given.clone().expect("rated");
        assert_eq!((hidden.state, hidden.reply.as_str()), (Rectification::Verified, ""));
        let office = worker(&service, "binhe-2").await;
        ratings::rectify(&service, &office, &entry.id, "对不起，我们加了人手。").await.expect("settled");
        let given = track(&service, &who, &number).await.ratings[0].given.clone().expect("rated");
        assert_eq!((given.state, given.reply.as_str()), (Rectification::Settled, "对不起，我们加了人手。"));
        assert!(matches!(ratings::rectify(&service, &office, &entry.id, "再写").await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn results_are_public_from_five_ratings_up() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        for (count, grade) in ["1", "2", "3", "4", "5"].into_iter().enumerate() {
            let results = ratings::results(&service).await.expect("results");
            assert!(results.offices.is_empty() && results.items.is_empty(), "{count} point at people");
            let (who, number) = closed(&service).await;
            ratings::rate(&service, &who, &number, form(Stage::Closed, grade)).await.expect("rated");
        }
        let results = ratings::results(&service).await.expect("results");
        assert_eq!((results.offices[0].count, results.offices[0].content), (5, 60));
        assert_eq!(results.offices[0].name, "滨河街道办事处");
        assert_eq!(results.items.len(), 1);
    }
}

#[tokio::test]
async fn it_is_rated_again_once_and_a_bad_grade_is_answered_anew() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = closed(&service).await;
        let again = |grade: &str, words: &str| RatingForm {
            again: true,
            words: words.to_owned(),
            ..form(Stage::Closed, grade)
        };
        ratings::rate(&service, &who, &number, again("4", "钱没到账")).await.expect("the first is the first");
        let office = worker(&service, "binhe-2").await;
        let entry = ratings::desk(&service, &office).await.expect("a list").entries.remove(0);
        for words in ["打过电话", "查过了", "已经补发"] {
            ratings::rectify(&service, &office, &entry.id, words).await.expect("noted");
        }
        ratings::rate(&service, &who, &number, again("5", "还是没到账")).await.expect("again");
        ratings::rate(&service, &who, &number, again("1", "第三次")).await.expect("changes nothing");
        let given = track(&service, &who, &number).await.ratings[1].given.clone().expect("rated");
        assert_eq!((given.grade, given.words.as_str(), given.state), (5, "还是没到账", Rectification::Open));
        assert_eq!(given.before, Some((4, "钱没到账".to_owned())));
        let entry = ratings::desk(&service, &office).await.expect("a list").entries.remove(0);
        assert!(entry.before.contains("钱没到账") && entry.findings.contains("打过电话"), "{entry:?}");
    }
}
