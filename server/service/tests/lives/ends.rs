//! How a case ends, and what must be true of it then.

use std::collections::BTreeMap;

use domain::cases::{Outcome, State, Step};
use domain::catalogue::Unanswered;
use domain::notices::NoticeKind as Paper;
use entity::{notice, notice_sequence};
use sea_orm::EntityTrait;
use service::{cases, notices};

use crate::acting::stranger;
use crate::every_item::Plan;
use crate::every_item::acceptance::{acceptor, take_up};
use crate::lives::{City, Life, NEVER, Post};

/// Granted or denied, and in the resident's hand.
pub async fn the_end(life: &mut Life<'_>, plan: Plan) {
    life.check_papers().await;
    let seen = life.track().await;
    let outcome = if plan.denied { Outcome::Denied } else { Outcome::Approved };
    assert_eq!((seen.state, seen.outcome), (State::Delivered, Some(outcome)), "{}", life.item.code);
    let row = life.city.row(&life.number).await;
    assert_eq!((row.due, row.wake), (NEVER, None), "{} is over", life.item.code);
    assert!(!seen.may_withdraw);
    if plan.denied {
        assert!(seen.granted.is_empty() && seen.decision_reason == "不符合条件" && seen.next.contains("行政复议"));
    } else {
        let granted: Vec<&str> = seen.granted.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(granted, life.laid_down, "{}", life.item.code);
        if life.item.materials.iter().any(|material| material.promise) {
            let form = [("kept", "yes"), ("findings", "查过了")];
            life.act(&life.office, Post::Reviewer, Step::CheckPromise, &form).await;
        }
    }
    let left = life.offered(&life.office, Post::Reviewer).await;
    assert!(left.is_empty(), "nothing can be done any more: {left:?}");
    for paper in &seen.notices {
        let paper = notices::notice(&life.city.service, &life.resident, &paper.id).await.expect("a notice").notice;
        assert_eq!(paper.case_number, life.number);
        let checked = notices::verify(&life.city.service, &stranger(), &paper.code).await.expect("checked");
        let found = checked.found.expect("an issued paper");
        assert_eq!(found.number, paper.number);
        assert!(found.to.contains('*') && paper.to == life.filled.answers.get("applicant.name"));
    }
}

/// Not accepted, taken back, or ended early.
pub async fn other_end(life: &mut Life<'_>, kind: usize) {
    take_up(life).await;
    if life.state().await == State::Submitted {
        life.act(&life.office, Post::Window, Step::Receive, &[]).await;
        life.papers.push(Paper::Receipt);
    }
    let (office, post) = acceptor(life);
    let end = match kind % 4 {
        0 => {
            life.act(&office, post, Step::RefuseAcceptance, &[("reason", "不归这里管")]).await;
            life.papers.push(Paper::NonAcceptance);
            State::NotAccepted
        }
        1 => {
            cases::withdraw(&life.city.service, &life.resident, &life.number, "不办了").await.expect("withdrawn");
            State::Withdrawn
        }
        2 => {
            life.act(&office, post, Step::Accept, &[]).await;
            life.papers.push(Paper::Acceptance);
            let form = [("cause", "duplicate"), ("reason", "上个月申请过")];
            life.act(&life.office, Post::Reviewer, Step::End, &form).await;
            State::Ended
        }
        _ => {
            let form = [("field", "applicant"), ("reason", "请核对")];
            life.act(&office, post, Step::AskCorrection, &form).await;
            life.papers.push(Paper::Correction);
            let due = life.due().await;
            life.city.set(&due.to_string());
            assert_eq!(cases::tick(&life.city.service).await.expect("looked"), 0);
            life.city.pass_days(1);
            assert_eq!(cases::tick(&life.city.service).await.expect("looked"), 1);
            match life.item.procedure.unanswered {
                Unanswered::Withdrawn => State::Ended,
                Unanswered::NotAccepted => {
                    life.papers.push(Paper::NonAcceptance);
                    State::NotAccepted
                }
            }
        }
    };
    life.check_papers().await;
    let (seen, row) = (life.track().await, life.city.row(&life.number).await);
    assert_eq!((seen.state, row.due, row.wake), (end, NEVER, None), "{}", life.item.code);
    assert!(seen.outcome.is_none() && !seen.may_withdraw && !seen.next.is_empty());
    let left = life.offered(&life.office, Post::Reviewer).await;
    assert!(left.is_empty(), "nothing can be done any more: {left:?}");
}

/// Each series counts from 1, and as far as there are papers.
pub async fn numbers_have_no_gaps(city: &City) {
    let db = &city.service.db.read;
    let mut series: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for paper in notice::Entity::find().all(db).await.expect("papers") {
        let (head, tail) = paper.number.split_once('第').expect("a number");
        let serial = tail.trim_end_matches('号').parse().expect("a serial");
        series.entry(head.to_owned()).or_default().push(serial);
    }
    for (head, mut serials) in series.clone() {
        serials.sort_unstable();
        let wanted: Vec<u32> = (1..).take(serials.len()).collect();
        assert_eq!(serials, wanted, "{head}");
    }
    let counters = notice_sequence::Entity::find().all(db).await.expect("counters");
    assert_eq!(counters.len(), series.len());
}
