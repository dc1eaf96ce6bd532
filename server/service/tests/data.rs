//! A resident takes a copy along, asks for a correction, closes the account; and when its time is over, a case loses its
//! personal data and keeps what it counts for.

use crate::acting::accounts::signed_in;
use crate::acting::*;
use crate::common::{Place, engines, service};
use chrono::TimeDelta;
use domain::cases::State;
use domain::forms::Entries;
use sea_orm::{ConnectionTrait, Database, Statement};
use service::{Error, audit, cases, data, documents, forms, household, retention};

const PHONE: &str = "13800138000";

/// So many rows a question finds.
async fn count(place: &Place, sql: &str) -> i64 {
    let db = Database::connect(&place.url).await.expect("open");
    let found = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("asked");
    let number = found.expect("a row").try_get_by_index(0).expect("a number");
    db.close().await.expect("closed");
    number
}

#[tokio::test]
async fn a_copy_holds_everything_and_a_correction_reaches_the_office() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let who = signed_in(&service, PHONE).await;
        let id = draft_id(&forms::begin(&service, &who, "MZ07").await.expect("begun").location);
        fill_in(&service, &who, &id).await;
        let number = submit(&service, &who, &id).await;
        let member: Entries =
            [("relation", "child"), ("name", "李小花"), ("id_number", "210105201009099033")].into_iter().collect();
        household::add(&service, &who, member).await.expect("added");
        let copy = data::copy(&service, &who).await.expect("a copy");
        let text = serde_json::to_string(&copy).expect("JSON");
        for held in [PHONE, "张小三", "210103194001019013", "4111111111111111", "李小花", &number, "三好街1号1-1-1"]
        {
            assert!(text.contains(held), "{engine:?}: {held} is not in the copy");
        }
        assert!(matches!(data::copy(&service, &stranger()).await, Err(Error::SignIn)));
        let other = signed_in(&service, "13900139000").await;
        let others = serde_json::to_string(&data::copy(&service, &other).await.expect("a copy")).expect("JSON");
        assert!(!others.contains("张小三"));
        data::ask_correction(&service, &who, &number, "门牌号写错了，应该是2号").await.expect("asked");
        let window = worker(&service, "binhe-1").await;
        let told = desk(&service, &window, &number).await.conversation.messages;
        assert!(told.iter().any(|message| message.text.contains("应该是2号")), "{told:?}");
        assert!(data::ask_correction(&service, &other, &number, "给我看看").await.is_err());
    }
}

#[tokio::test]
async fn closing_an_account_leaves_only_what_the_law_keeps() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let who = signed_in(&service, PHONE).await;
        let id = draft_id(&forms::begin(&service, &who, "MZ07").await.expect("begun").location);
        fill_in(&service, &who, &id).await;
        let file =
            forms::page(&service, &who, &id, "materials").await.expect("a page").files["file_card"][0].id.clone();
        let number = submit(&service, &who, &id).await;
        let draft = draft_id(&forms::begin(&service, &who, "MZ07").await.expect("begun").location);
        forms::add_file(&service, &who, &draft, "file_id_card", "证.png", png()).await.expect("taken in");
        let kept =
            forms::page(&service, &who, &draft, "materials").await.expect("a page").files["file_id_card"][0].id.clone();
        documents::keep(&service, &who, &draft, &kept).await.expect("kept");
        data::close(&service, &who, false).await.expect("answered");
        assert_eq!(documents::list(&service, &who).await.expect("a list").documents.len(), 1, "not without a tick");
        data::close(&service, &who, true).await.expect("closed");
        for table in ["resident", "document", "household_member", "mandate WHERE revoked_at IS NULL", "holding"] {
            assert_eq!(count(&place, &format!("SELECT COUNT(*) FROM {table}")).await, 0, "{engine:?}: {table}");
        }
        assert!(forms::page(&service, &who, &draft, "applicant").await.is_err());
        let window = worker(&service, "binhe-1").await;
        desk(&service, &window, &number).await;
        forms::file(&service, &window, &file).await.expect("the case has its papers");
        assert!(
            audit::verify(&service.db, Some(&service.keys), Default::default())
                .await
                .expect("verified")
                .faults
                .is_empty()
        );
    }
}

#[tokio::test]
async fn a_case_loses_its_personal_data_when_its_time_is_over() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        cases::withdraw(&service, &who, &number, "张小三不办了").await.expect("withdrawn");
        let window = worker(&service, "binhe-1").await;
        let seen = desk(&service, &window, &number).await;
        let file = seen.file.files["file_card"][0].id.clone();
        let events = seen.version;
        let audited = count(&place, "SELECT COUNT(*) FROM audit").await;
        assert_eq!(retention::run(&service).await.expect("run"), 0, "not before its time");
        clock.advance(TimeDelta::days(366 * 5 + 10));
        assert_eq!(retention::run(&service).await.expect("run"), 1, "{engine:?}");
        assert_eq!(retention::run(&service).await.expect("run"), 0, "once");
        let window = worker(&service, "binhe-1").await;
        let left = desk(&service, &window, &number).await;
        let text = serde_json::to_string(&left).expect("JSON");
        for gone in ["张*三", "张小三", "210103194001019013", "13800138000", "4111", "三好街1号", "不办了", "照片.png"]
        {
            assert!(!text.contains(gone), "{engine:?}: {gone} is left in {text}");
        }
        assert!(matches!(forms::file(&service, &window, &file).await, Err(Error::NotFound)));
        assert!(matches!(cases::track(&service, &who, &number).await, Err(Error::NotFound)));
        let looked_up = cases::look_up(&service, &stranger(), &number, "8000").await.expect("answered");
        assert_eq!(looked_up.location, "/track?again=1");
        // What counts is there: the case in its state with all its steps, and every row of the audit.
        assert_eq!((left.file.state, left.version), (State::Withdrawn, events));
        assert!(count(&place, "SELECT COUNT(*) FROM audit").await > audited);
        assert!(
            audit::verify(&service.db, Some(&service.keys), Default::default())
                .await
                .expect("verified")
                .faults
                .is_empty()
        );
        for table in ["file", "message", "outbox", "access WHERE kind = 'case'"] {
            assert_eq!(count(&place, &format!("SELECT COUNT(*) FROM {table}")).await, 0, "{engine:?}: {table}");
        }
        assert_eq!(blobs(&place), 0, "{engine:?}: the bytes are gone");
    }
}

fn blobs(place: &Place) -> usize {
    let mut folders = vec![place.folder.path().join("data/files")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { files += 1 }
        }
    }
    files
}

#[tokio::test]
async fn what_was_begun_and_forgotten_goes_after_half_a_year() {
    let (service, clock, place) = service(crate::common::Engine::Sqlite).await;
    let (who, id) = begin(&service, "MZ07").await;
    forms::add_file(&service, &who, &id, "file_id_card", "证.png", png()).await.expect("taken in");
    clock.advance(TimeDelta::days(100));
    assert_eq!(retention::run(&service).await.expect("run"), 0);
    clock.advance(TimeDelta::days(100));
    assert_eq!(retention::run(&service).await.expect("run"), 1);
    assert_eq!(count(&place, "SELECT COUNT(*) FROM draft").await, 0);
    assert_eq!(blobs(&place), 0);
}
