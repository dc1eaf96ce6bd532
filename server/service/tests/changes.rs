//! The world around open cases changes: days of the calendar, offices and areas.

use crate::acting::*;
use crate::common::{engines, open_service, service};
use chrono::{NaiveDate, TimeDelta};
use domain::cases::State;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use service::areas::set_workday;
use service::identity::Visitor;
use service::{Error, Service, forms, upkeep};

async fn run(service: &Service, sql: &str) {
    let done = service.db.write(|tx| {
        Box::pin(async move {
            tx.execute_unprepared(sql).await?;
            Ok(())
        })
    });
    done.await.expect("write");
}

/// Short messages that tell of another day.
async fn messages(service: &Service) -> u64 {
    let told = entity::outbox::Entity::find().filter(entity::outbox::Column::Kind.eq("due_moved"));
    told.count(&service.db.read).await.expect("counted")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A case of MZ07 that 滨河街道 has received and accepted: its resident and its number.
async fn accepted(service: &Service) -> (Visitor, String) {
    let (who, number) = submitted(service).await;
    let worker = worker(service, "binhe-1").await;
    for name in ["receive", "accept"] {
        step(service, &worker, &number, name, &[]).await.expect(name);
    }
    (who, number)
}

#[tokio::test]
async fn a_changed_day_moves_every_open_period_and_says_so_once() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let other = open_service(&place, &clock).await;
        let (who, number) = accepted(&service).await;
        let (second, waiting) = submitted(&service).await;
        assert_eq!(track(&service, &who, &number).await.until, "最晚11月30日作出决定");
        assert_eq!(track(&service, &second, &waiting).await.until, "最晚11月25日收件");
        let before = track(&service, &who, &number).await;

        assert_eq!(set_workday(&service, day("2026-11-25"), false).await.expect("changed"), 1, "{engine:?}");
        let after = track(&service, &who, &number).await;
        assert_eq!(after.until, "最晚12月1日作出决定");
        assert_eq!(after.version, before.version + 1);
        assert_eq!(after.timeline[0].title, "期限有变");
        assert!(after.timeline[0].text.contains("2026年11月25日改为放假"), "{}", after.timeline[0].text);
        assert_eq!(after.state, State::Accepted);
        // No promise was made there: the day moves without a word.
        let waits = track(&service, &second, &waiting).await;
        assert_eq!((waits.until.as_str(), waits.timeline.len()), ("最晚11月26日收件", 1));
        let queue = service::desk::queue(&service, &worker(&service, "binhe-1").await, Default::default()).await;
        let due = queue.expect("a queue").cases.into_iter().find(|case| case.number == waiting).expect("waits").due;
        assert_eq!(due, Some(day("2026-11-26")));

        assert_eq!(messages(&service).await, 1, "{engine:?}: the one who was promised a day is told");

        // Again: nothing.
        assert_eq!(set_workday(&service, day("2026-11-25"), false).await.expect("the same"), 0);
        assert_eq!(track(&service, &who, &number).await.version, after.version);
        assert_eq!(messages(&service).await, 1);
        // Another process learns of it by itself, and tells nobody twice.
        assert_eq!(track(&other, &who, &number).await.until, "最晚11月30日作出决定");
        upkeep(&other).await.expect("kept up");
        assert_eq!(track(&other, &who, &number).await.until, "最晚12月1日作出决定");
        assert_eq!(track(&other, &who, &number).await.version, after.version);
        assert_eq!(set_workday(&other, day("2026-11-25"), true).await.expect("back"), 1);
        assert_eq!(track(&other, &who, &number).await.until, "最晚11月30日作出决定");
        // A day that has passed has done its work.
        clock.advance(TimeDelta::days(3));
        assert!(matches!(set_workday(&other, day("2026-11-25"), false).await, Err(Error::Refused(_))));
    }
}

#[tokio::test]
async fn a_change_that_was_cut_short_is_completed() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = accepted(&service).await;
        upkeep(&service).await.expect("kept up");
        // The table was changed, then the process died.
        run(&service, "INSERT INTO workday (day, worked) VALUES ('2026-11-26', false)").await;
        assert_eq!(upkeep(&service).await.expect("kept up"), 1, "{engine:?}");
        let seen = track(&service, &who, &number).await;
        assert_eq!((seen.until.as_str(), seen.timeline[0].title.as_str()), ("最晚12月1日作出决定", "期限有变"));
        assert_eq!(upkeep(&service).await.expect("kept up"), 0);
    }
}

#[tokio::test]
async fn more_open_cases_than_one_batch_are_all_moved() {
    let (service, clock, _place) = service(crate::common::Engine::Sqlite).await;
    let mut numbers = Vec::new();
    for turn in 0..30 {
        // The limit of drafts from one address is by the hour.
        if turn % 10 == 9 {
            clock.advance(TimeDelta::hours(1) / 6);
        }
        numbers.push(accepted(&service).await);
    }
    assert_eq!(set_workday(&service, day("2026-11-27"), false).await.expect("changed"), 30);
    for (who, number) in &numbers {
        assert_eq!(track(&service, who, number).await.until, "最晚12月1日作出决定");
    }
}

/// 滨河街道 goes into 万莲街道 at the end of the day.
const STREET: [&str; 2] = [
    "UPDATE office SET valid_to = '2026-11-23', successor = '210103006' WHERE code = '210103005'",
    "UPDATE area SET valid_to = '2026-11-23', successor = '210103006' WHERE code = '210103005'",
];

#[tokio::test]
async fn running_cases_follow_to_the_successor_office() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, number) = accepted(&service).await;
        let (other, waiting) = submitted(&service).await;
        for sql in STREET {
            run(&service, sql).await;
        }
        assert_eq!(upkeep(&service).await.expect("kept up"), 0, "{engine:?}: it is there until tonight");
        assert_eq!(track(&service, &who, &number).await.office, "滨河街道办事处");
        clock.advance(TimeDelta::days(1));
        assert_eq!(upkeep(&service).await.expect("kept up"), 2, "{engine:?}");
        for (who, number, state) in [(&who, &number, State::Accepted), (&other, &waiting, State::Submitted)] {
            let seen = track(&service, who, number).await;
            assert_eq!((seen.office.as_str(), seen.state), ("万莲街道办事处", state));
            assert_eq!((seen.timeline[0].title.as_str(), seen.timeline[0].who.as_str()), ("转办", "系统"));
            assert!(
                seen.timeline[0].text.contains("滨河街道办事处已经并入万莲街道办事处"),
                "{}",
                seen.timeline[0].text
            );
        }
        assert_eq!(upkeep(&service).await.expect("kept up"), 0, "once");
        let gone = worker(&service, "binhe-1").await;
        assert!(matches!(service::desk::case(&service, &gone, &number).await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn old_addresses_lead_to_those_who_do_the_work_today() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        // Merged long ago: an old code that is sent is taken as what it is now.
        assert_eq!(
            service.areas.full_name("210103010005"),
            "沈河区 大南街道 多福社区（现在是沈河区 滨河街道 多福社区）"
        );
        assert_eq!(service.areas.office_now("210103010005"), "210103005024");
        assert!(service.areas.exists("210103010"));
        assert!(service.areas.children("210103").iter().all(|area| area.code != "210103010"));
        let (who, id) = begin(&service, "MZ07").await;
        fill_in(&service, &who, &id).await;
        let old = [("household_area", "210103010005")];
        forms::save_page(&service, &who, &id, "household_area", &pairs(&old)).await.expect("saved");
        let page = forms::page(&service, &who, &id, "household_area").await.expect("a page");
        assert_eq!(page.entries.get("household_area"), "210103005024");

        // Merged while the draft lies there: the community into 怡静园, the street into 万莲街道.
        for sql in STREET {
            run(&service, sql).await;
        }
        run(
            &service,
            "UPDATE area SET valid_to = '2026-11-23', successor = '210103005026' WHERE code = '210103005024'",
        )
        .await;
        clock.advance(TimeDelta::days(1));
        upkeep(&service).await.expect("kept up");
        let review = forms::review(&service, &who, &id).await.expect("a review");
        let decider = &review.deciders[0];
        assert_eq!(decider.office, "万莲街道办事处", "{engine:?}");
        assert!(decider.reason.ends_with("滨河街道办事处已经并入万莲街道办事处"), "{}", decider.reason);
        let rows = review.pages.iter().flat_map(|page| &page.rows);
        let told = rows.map(|row| row.text.as_str()).find(|text| text.contains("多福社区")).expect("the old name");
        assert_eq!(told, "沈河区 滨河街道 多福社区（现在是沈河区 滨河街道 怡静园社区）");
        let page = forms::page(&service, &who, &id, "household_area").await.expect("a page");
        assert_eq!(page.entries.get("household_area"), "210103005026");
        let lists = &page.areas["household_area"];
        assert!(lists.communities.iter().all(|area| area.code != "210103005024"));
        let number = submit(&service, &who, &id).await;
        assert_eq!(track(&service, &who, &number).await.office, "万莲街道办事处");
    }
}
