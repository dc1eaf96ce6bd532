//! Every write and every look leaves its row, nothing is done without one, and whoever changes a row is found out.

mod acting;
mod common;

use std::collections::BTreeMap;

use acting::*;
use common::{Engine, engines, service};
use domain::audit::Deed;
use sea_orm::{ConnectionTrait, Database, Statement};
use service::audit::{Fault, Verified, checkpoint, read_checkpoints, verify};
use service::{Service, forms};

async fn texts(service: &Service, sql: &str) -> Vec<String> {
    let db = &service.db.read;
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("rows");
    rows.iter().map(|row| row.try_get("", "text").expect("a text")).collect()
}

async fn deeds(service: &Service) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for deed in texts(service, "SELECT deed AS text FROM audit").await {
        assert!(Deed::from_key(&deed).is_some(), "{deed} can be said");
        *out.entry(deed).or_default() += 1;
    }
    out
}

async fn verified(service: &Service) -> Verified {
    verify(&service.db, &service.keys, BTreeMap::new()).await.expect("read")
}

#[tokio::test]
async fn every_write_and_every_look_leaves_its_row() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let window = worker(&service, "binhe-3").await;
        let before = deeds(&service).await;
        let of = |deed: &str| before.get(deed).copied().unwrap_or_default();
        assert_eq!((of("began-session"), of("began-draft"), of("submitted")), (1, 1, 1), "{before:?}");
        assert_eq!((of("saved-page"), of("added-file"), of("signed-in")), (MZ07.len(), 3, 1), "{before:?}");
        assert_eq!(of("saw-case"), 0);
        track(&service, &who, &number).await;
        let seen = desk(&service, &window, &number).await;
        let file = seen.file.files.values().flatten().next().expect("a file");
        forms::file(&service, &window, &file.id).await.expect("given out");
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        let after = deeds(&service).await;
        assert_eq!(after.get("saw-case"), Some(&3), "the resident's, the worker's, the worker's before the step");
        assert_eq!((after.get("saw-file"), after.get("step-receive")), (Some(&1), Some(&1)));
        let offices = texts(&service, "SELECT DISTINCT office AS text FROM audit WHERE deed = 'step-receive'").await;
        assert_eq!(offices, ["210103005"]);
        let found = verified(&service).await;
        assert_eq!((found.rows, &found.faults), (after.values().sum::<usize>() as u64, &Vec::new()));
    }
}

#[tokio::test]
async fn nothing_is_done_without_its_row() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let rename = |from: &str, to: &str| format!("ALTER TABLE {from} RENAME TO {to}");
        let other = Database::connect(&place.url).await.expect("another");
        other.execute_unprepared(&rename("audit", "gone")).await.expect("renamed");
        assert!(forms::begin(&service, &stranger(), "MZ07").await.is_err());
        assert!(service::cases::track(&service, &who, &number).await.is_err(), "also nothing is shown");
        assert_eq!(texts(&service, "SELECT item_code AS text FROM draft").await.len(), 1);
        other.execute_unprepared(&rename("gone", "audit")).await.expect("renamed");
        track(&service, &who, &number).await;
        assert_eq!(verified(&service).await.faults, []);
    }
}

#[tokio::test]
async fn the_database_refuses_to_change_what_is_written() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        submitted(&service).await;
        let other = Database::connect(&place.url).await.expect("another");
        for sql in ["UPDATE audit SET office = 'x'", "DELETE FROM audit WHERE seq = 1", "DELETE FROM audit_head"] {
            let fault = other.execute_unprepared(sql).await.expect_err(sql);
            assert!(fault.to_string().contains("the audit is not changed"), "{fault}");
        }
    }
}

/// Somebody with all rights on the database, and without the key of the installation.
#[tokio::test]
async fn whoever_goes_around_the_guards_is_found_out() {
    for engine in engines() {
        for (what, sql) in [
            ("edited", "UPDATE audit SET office = 'x' WHERE seq = (SELECT MAX(seq) FROM audit) "),
            ("deleted", "DELETE FROM audit WHERE deed = 'submitted'"),
            ("tail cut", "DELETE FROM audit WHERE deed = 'saw-case'"),
            (
                "tail cut and the head moved back",
                "UPDATE audit_head SET seq = seq - 1, hash = COALESCE((SELECT hash FROM audit \
                 WHERE audit.chain = audit_head.chain AND audit.seq = audit_head.seq - 1), '') WHERE seq > 0",
            ),
            (
                "added",
                "INSERT INTO audit SELECT chain, seq + 100000, at, actor_kind, actor, office, deed, case_id, draft_id, \
                 why, hash FROM audit WHERE deed = 'submitted'",
            ),
        ] {
            let (service, _clock, place) = service(engine).await;
            let (who, number) = submitted(&service).await;
            track(&service, &who, &number).await;
            assert_eq!(verified(&service).await.faults, []);
            let other = Database::connect(&place.url).await.expect("another");
            for (table, verb) in [("audit", "update"), ("audit", "delete")] {
                let on = if engine == Engine::Postgres { format!(" ON {table}") } else { String::new() };
                other.execute_unprepared(&format!("DROP TRIGGER {table}_no_{verb}{on}")).await.expect("dropped");
            }
            other.execute_unprepared(sql).await.expect(what);
            assert_ne!(verified(&service).await.faults, [], "{what} on {engine:?}");
        }
    }
}

#[tokio::test]
async fn a_checkpoint_finds_what_was_put_back_to_an_earlier_state() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        track(&service, &who, &number).await;
        let time = "2026-11-23T01:00:00Z".parse().expect("a time");
        let lines = checkpoint(&service.db, &service.keys, time).await.expect("printed");
        let seen = read_checkpoints(&service.keys, &lines).expect("ours");
        assert!(!seen.is_empty());
        track(&service, &who, &number).await;
        let found = verify(&service.db, &service.keys, seen).await.expect("read");
        assert_eq!(found.faults, [], "what came later changes nothing");
        for wrong in [lines.replace("2026", "2025"), lines.replacen(' ', "  ", 1), "x".to_owned()] {
            assert!(read_checkpoints(&service.keys, &wrong).is_err(), "{wrong}");
        }
        let (earlier, _clock, _place) = common::service(engine).await;
        let seen = read_checkpoints(&service.keys, &lines).expect("ours");
        let found = verify(&earlier.db, &service.keys, seen).await.expect("read");
        assert!(matches!(found.faults[..], [Fault::Checkpoint { .. }, ..]), "{:?}", found.faults);
    }
}
