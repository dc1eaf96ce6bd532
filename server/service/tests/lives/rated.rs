//! What residents say of an office, and what it answers when that is bad.

use domain::ratings::{Rectification, Stage};
use service::Error;
use service::identity::Visitor;
use service::ratings::{self, RatingForm};

use crate::lives::{Life, Post};

fn form(stage: Stage, grade: u8) -> RatingForm {
    let (stage, grade) = (stage.key().to_owned(), grade.to_string());
    RatingForm { stage, grade, tags: vec!["speed".to_owned()], words: "等了一会儿".to_owned(), again: false }
}

/// Nothing can be rated before it was done.
pub async fn is_not_rated_yet(life: &Life<'_>) {
    assert_eq!(life.track().await.ratings, [], "{}", life.number);
    for stage in Stage::ALL {
        let rated = ratings::rate(&life.city.service, &life.resident, &life.number, form(stage, 1)).await;
        assert!(matches!(rated, Err(Error::Refused(_))), "{}: {rated:?}", life.number);
    }
}

/// The resident rates a stage, and may think better of it once; a bad grade is answered by the office that it is about.
pub async fn rate(life: &mut Life<'_>, stage: Stage) {
    let service = &life.city.service;
    let at = Stage::ALL.iter().position(|one| *one == stage).expect("a stage");
    assert_eq!(life.track().await.ratings.get(at).map(|offer| offer.given.clone()), Some(None), "{}", life.number);
    let (first, better) = ([1, 2, 3, 4, 5][life.dice.below(5)], [1, 2, 3, 4, 5][life.dice.below(5)]);
    let again = life.dice.once_in(3);
    let worker = life.city.staff.at(service, &life.office, Post::Window).await;
    let by_worker = ratings::rate(service, &worker, &life.number, form(stage, 1)).await;
    assert!(matches!(by_worker, Err(Error::NotFound)), "nobody rates in the resident's stead");
    let mut sent = vec![form(stage, first), form(stage, 6 - first)];
    if again {
        sent.extend([better, 6 - better].map(|grade| RatingForm { again: true, ..form(stage, grade) }));
    }
    for form in sent {
        ratings::rate(service, &life.resident, &life.number, form).await.expect("taken, or a second tap");
    }
    let (grade, before) = if again { (better, Some(first)) } else { (first, None) };
    let given = given(life, at).await;
    assert_eq!((given.grade, given.before.map(|(grade, _)| grade)), (grade, before), "{}", life.number);
    if grade < 4 {
        assert_eq!(given.state, Rectification::None);
        return;
    }
    assert_eq!(given.state, Rectification::Open);
    let (reviewer, id) = answering(life).await;
    for words in ["打过电话了", "查过了", "我们改了"] {
        assert_eq!(self::given(life, at).await.reply, "", "the resident sees the answer alone");
        ratings::rectify(service, &reviewer, &id, words).await.expect("noted");
    }
    let given = self::given(life, at).await;
    assert_eq!((given.state, given.reply.as_str()), (Rectification::Settled, "我们改了"));
}

async fn given(life: &Life<'_>, at: usize) -> domain::ratings::RatingGiven {
    life.track().await.ratings[at].given.clone().expect("a rating")
}

/// Who finds the grade on the list of an office that had to do with the case, and its id there.
async fn answering(life: &Life<'_>) -> (Visitor, String) {
    for office in life.window.iter().chain([&life.office]) {
        let reviewer = life.city.staff.at(&life.city.service, office, Post::Reviewer).await;
        let list = ratings::desk(&life.city.service, &reviewer).await.expect("a list").entries;
        if let Some(entry) = list.iter().find(|entry| entry.number == life.number) {
            // Of a day off, the next working day is the day of the grade.
            let days = if life.calendar().is_workday(life.city.today()) { 1 } else { 2 };
            assert_eq!((entry.own, entry.days_left), (true, Some(days)), "{entry:?}");
            return (reviewer, entry.id.clone());
        }
    }
    panic!("no office has to answer the grade of {}", life.number)
}
