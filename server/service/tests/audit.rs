//! Every write and every look leaves its row, nothing is done without one, and whoever changes a row is found out.

use std::collections::BTreeMap;

use crate::acting::*;
use crate::common::{Engine, Place, engines, service};
use domain::audit::Deed;
use sea_orm::{ConnectionTrait, Database, Statement};
use service::audit::{
    Algorithm, Fault, SigningKey, Verified, checkpoint, export, read_checkpoints, verify, verify_lines,
};
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
    verify(&service.db, Some(&service.keys), BTreeMap::new()).await.expect("read")
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

fn signing_key(place: &Place) -> SigningKey {
    SigningKey::open(&place.folder.path().join("audit-key")).expect("a key")
}

#[tokio::test]
async fn a_checkpoint_finds_what_was_put_back_to_an_earlier_state() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        track(&service, &who, &number).await;
        let time = "2026-11-23T01:00:00Z".parse().expect("a time");
        let key = signing_key(&place);
        let lines = checkpoint(&service.db, &key, time).await.expect("printed");
        // All that another needs: the lines and the public key.
        let public = key.public().to_string().parse().expect("a public key");
        let seen = read_checkpoints(&public, &lines).expect("ours");
        assert!(!seen.is_empty());
        track(&service, &who, &number).await;
        for keys in [Some(&service.keys), None] {
            let found = verify(&service.db, keys, seen.clone()).await.expect("read");
            assert_eq!(found.faults, [], "what came later changes nothing");
        }
        for wrong in [lines.replace("2026", "2025"), lines.replacen(' ', "  ", 1), "x".to_owned()] {
            assert!(read_checkpoints(&public, &wrong).is_err(), "{wrong}");
        }
        let (earlier, _clock, other) = crate::common::service(engine).await;
        assert!(read_checkpoints(&signing_key(&other).public(), &lines).is_err(), "another's key has not signed them");
        let found = verify(&earlier.db, Some(&earlier.keys), seen).await.expect("read");
        assert!(matches!(found.faults[..], [Fault::Checkpoint { .. }, ..]), "{:?}", found.faults);
    }
}

async fn exported(service: &Service) -> String {
    let mut out = Vec::new();
    export(&service.db, &mut out).await.expect("written");
    String::from_utf8(out).expect("text")
}

#[tokio::test]
async fn what_is_exported_is_verified_without_the_database() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let key = signing_key(&place);
        let time = "2026-11-23T01:00:00Z".parse().expect("a time");
        let lines = checkpoint(&service.db, &key, time).await.expect("printed");
        let seen = read_checkpoints(&key.public(), &lines).expect("ours");
        track(&service, &who, &number).await;
        let text = exported(&service).await;
        assert_eq!(text, exported(&service).await, "the same rows make the same bytes");
        let found = |text: &str| verify_lines(text.as_bytes(), seen.clone());
        let whole = found(&text).expect("an export");
        assert_eq!((whole.rows, &whole.faults), (text.lines().count() as u64, &Vec::new()));
        assert!(!text.contains("张小三") && !text.contains("13800138000"), "no personal data");
        let all: Vec<&str> = text.lines().collect();
        let without = |gone: usize| -> String {
            all.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| format!("{line}\n")).collect()
        };
        // The last rows of chains are what a checkpoint is for, up to where it stood.
        let looks = |at: &usize| !all[*at].contains("\"saw-case\"");
        for gone in (0..all.len()).filter(looks) {
            assert_ne!(found(&without(gone)).expect("an export").faults, [], "row {gone} was taken out: {}", all[gone]);
        }
        let edited = text.replacen("\"submitted\"", "\"discarded-draft\"", 1);
        assert!(matches!(found(&edited).expect("an export").faults[..], [Fault::Edited { .. }]));
        assert!(found("{}").is_err());
    }
}

#[tokio::test]
async fn the_algorithm_can_be_changed_and_what_is_there_still_verifies() {
    for engine in engines() {
        let (before, clock, place) = service(engine).await;
        let (who, number) = submitted(&before).await;
        let mut after = crate::common::open_service(&place, &clock).await;
        after.settings.audit_hash = Algorithm::Sm3;
        track(&after, &who, &number).await;
        track(&before, &who, &number).await;
        let hashes = texts(&before, "SELECT hash AS text FROM audit").await;
        let national = hashes.iter().filter(|hash| hash.starts_with("sm3:") && hash.len() == 68).count();
        assert_eq!((national, hashes.iter().filter(|hash| hash.len() == 64).count()), (1, hashes.len() - 1));
        assert_eq!(verified(&after).await.faults, []);
    }
}

/// `row!(service, deed, work)`: the work leaves exactly one row, of this deed.
macro_rules! row {
    ($service:ident, $deed:literal, $work:expr) => {{
        let before = deeds(&$service).await;
        let value = $work.await.expect($deed);
        let mut after = deeds(&$service).await;
        let (all, one) = (before.values().sum::<usize>(), before.get($deed).copied().unwrap_or_default());
        assert_eq!(after.values().sum::<usize>(), all + 1, "{}: {before:?} and then {after:?}", $deed);
        assert_eq!(after.remove($deed), Some(one + 1), $deed);
        value
    }};
}

/// Each change and each look of a life is one row, no more and no less.
#[tokio::test]
async fn as_many_rows_as_changes_and_looks() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        assert_eq!(deeds(&service).await.values().sum::<usize>(), 2, "a session, a draft");
        for (page, entries) in MZ07 {
            row!(service, "saw-draft", forms::page(&service, &who, &id, page));
            row!(service, "saved-page", forms::save_page(&service, &who, &id, page, &pairs(entries)));
        }
        for path in ["file_id_card", "file_household_book", "file_card"] {
            row!(service, "added-file", forms::add_file(&service, &who, &id, path, "照片.png", png()));
        }
        row!(service, "saw-draft", forms::review(&service, &who, &id));
        row!(service, "made-resume-code", forms::make_resume_code(&service, &who, &id));
        let moved = row!(service, "submitted", forms::submit(&service, &who, &id));
        let number = number_of(&moved.location);
        row!(service, "saw-case", service::cases::track(&service, &who, &number));
        row!(service, "wrote", service::messages::write(&service, &who, &number, "要多久？", Vec::new()));
        let window = worker(&service, "binhe-3").await;
        row!(service, "saw-queue", service::desk::queue(&service, &window, Default::default()));
        let seen = row!(service, "saw-case", service::desk::case(&service, &window, &number));
        let file = &seen.file.files["file_card"][0];
        row!(service, "saw-file", forms::file(&service, &window, &file.id));
        row!(service, "replied", service::messages::reply(&service, &window, &number, "三天", Vec::new()));
        row!(service, "noted", service::messages::note(&service, &window, &number, "已看"));
        let version = seen.version;
        let none = domain::forms::Entries::default();
        row!(service, "step-receive", service::desk::act(&service, &window, &number, "receive", version, none));
        row!(service, "withdrew", service::cases::withdraw(&service, &who, &number, "不办了"));
        row!(service, "signed-out", service::staff::sign_out(&service, &window));
        assert_eq!(verified(&service).await.faults, []);
    }
}
