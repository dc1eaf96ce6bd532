//! Keys are changed while people work; what is sealed opens in its place alone; an earlier database is converted.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::acting::*;
use crate::common::{Engine, Place, engines, open_service, service};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use service::db::Db;
use service::identity::Visitor;
use service::ports::{DiskBlobStore, FixedClock};
use service::vault::{CASES_ANSWERS, COLUMNS, Column, Ring, Sealed, Suite, Use, add_key, convert, retire_key, rewrap};
use service::{Error, Service, cases, forms, messages, recusal, residents};
use uuid::Uuid;

fn ring_file(place: &Place) -> PathBuf {
    place.folder.path().join("data/keys")
}

async fn raw(place: &Place) -> DatabaseConnection {
    Database::connect(&place.url).await.expect("another connection")
}

/// The records of a column with the primary key of each row, as places name it.
async fn records(db: &DatabaseConnection, column: &Column) -> Vec<(String, String)> {
    let key = match column.table {
        "session" => "token_hash",
        "case_event" => "case_id",
        "worker_factor" => "worker_id",
        _ => "id",
    };
    let seq = if column.table == "case_event" { "seq" } else { "0" };
    let (table, name) = (column.table, column.name);
    let sql = format!("SELECT {key} AS key, {seq} AS seq, {name} AS record FROM {table} WHERE {name} IS NOT NULL");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("rows");
    let one = |row: &sea_orm::QueryResult| {
        let key = match column.table {
            "session" => row.try_get::<String>("", "key").expect("a key"),
            "case_event" => {
                let seq: i32 = row.try_get("", "seq").expect("a number");
                format!("{}/{seq}", row.try_get::<Uuid>("", "key").expect("a key"))
            }
            _ => row.try_get::<Uuid>("", "key").expect("a key").to_string(),
        };
        (key, row.try_get("", "record").expect("a record"))
    };
    rows.iter().map(one).collect()
}

/// Every sealed value of the database, opened.
async fn all_open(service: &Service) -> usize {
    let mut count = 0;
    for column in COLUMNS {
        for (row, record) in records(&service.db.read, column).await {
            let opened = service.vault.open(column.of(&row), &Sealed::of_record(record));
            assert!(opened.is_ok(), "{}.{} of {row}: {opened:?}", column.table, column.name);
            count += 1;
        }
    }
    count
}

/// Writes on and on until it is told to stop; what it wrote.
async fn busy(service: Arc<Service>, stop: Arc<AtomicBool>, mine: u32) -> Vec<(Visitor, String, String)> {
    let mut done = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let (who, id) = begin(&service, "MZ07").await;
        fill_in(&service, &who, &id).await;
        let number = submit(&service, &who, &id).await;
        let words = format!("第{mine}人，第{}次", done.len());
        messages::write(&service, &who, &number, &words, Vec::new()).await.expect("written");
        done.push((who, number, words));
        // As a process that serves does every few seconds.
        service.vault.refresh().expect("looked");
    }
    done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn keys_are_changed_while_people_write_and_the_old_ones_are_destroyed() {
    for engine in engines() {
        let (serving, clock, place) = service(engine).await;
        let (first, first_number) = submitted(&serving).await;
        let each = all_open(&serving).await;
        assert!(each > 5, "{each}");
        let other = open_service(&place, &clock).await;
        let (serving, stop) = (Arc::new(serving), Arc::new(AtomicBool::new(false)));
        let writers: Vec<_> =
            (0..3).map(|mine| tokio::spawn(busy(Arc::clone(&serving), Arc::clone(&stop), mine))).collect();
        let old: Vec<String> = other.vault.ring().keys.iter().map(|key| key.id.clone()).collect();
        for purpose in [Use::Data, Use::Blind] {
            add_key(&other, purpose, Suite::National).await.expect("added");
        }
        assert!(matches!(retire_key(&other, &old[0]).await, Err(Error::Refused(_))), "it was replaced just now");
        assert!(rewrap(&other).await.expect("sealed anew").rows > 0);
        stop.store(true, Ordering::Relaxed);
        let mut done = Vec::new();
        for writer in writers {
            done.extend(writer.await.expect("a writer"));
        }
        assert!(!done.is_empty());
        clock.advance(TimeDelta::minutes(3));
        rewrap(&other).await.expect("what was written behind our back");
        for id in &old {
            retire_key(&other, id).await.unwrap_or_else(|error| panic!("{engine:?} {id}: {error}"));
        }
        let ring = Ring::read(&ring_file(&place)).expect("read").expect("a ring");
        assert!(ring.keys.len() == 2 && ring.keys.iter().all(|key| key.suite == Suite::National));
        // Another process, that never knew the old keys.
        let fresh = open_service(&place, &clock).await;
        // Each brought what the first did, and a message.
        assert!(all_open(&fresh).await >= each + done.len() * (each + 1));
        for service in [&fresh, &*serving] {
            for (who, number, words) in &done {
                assert_eq!(track(service, who, number).await.conversation.messages[0].text, *words);
            }
            let desk_worker = worker(service, "binhe-3").await;
            let case = desk(service, &desk_worker, &first_number).await;
            let file = &case.file.files["file_card"][0];
            assert!(
                forms::file(service, &desk_worker, &file.id).await.expect("given out").bytes.starts_with(b"\xff\xd8")
            );
            let found = cases::look_up(service, &stranger(), &first_number, "8000").await.expect("looked");
            assert_eq!(found.location, format!("/cases/{first_number}"), "found by the phone");
            assert_eq!(track(service, &first, &first_number).await.applicant, "张*三");
        }
    }
}

#[tokio::test]
async fn a_key_that_is_needed_is_not_destroyed() {
    let (service, clock, place) = service(Engine::Sqlite).await;
    submitted(&service).await;
    let old = service.vault.ring().keys[0].id.clone();
    let refused = |done: Result<(), Error>| match done {
        Err(Error::Refused(why)) => why,
        other => panic!("{other:?}"),
    };
    assert!(refused(retire_key(&service, &old).await).contains("active"));
    add_key(&service, Use::Data, Suite::International).await.expect("added");
    assert!(refused(retire_key(&service, &old).await).contains("wait"));
    clock.advance(TimeDelta::minutes(3));
    assert!(refused(retire_key(&service, &old).await).contains("records"));
    let done = rewrap(&service).await.expect("sealed anew");
    assert!(done.rows > 5 && done.files == 3, "{done:?}");
    assert_eq!(rewrap(&service).await.expect("again"), service::vault::Rewrapped::default());
    retire_key(&service, &old).await.expect("destroyed");
    assert!(refused(retire_key(&service, &old).await).contains("no key"));
    assert!(!std::fs::read_to_string(ring_file(&place)).expect("text").contains(&old));
}

#[tokio::test]
async fn what_is_moved_or_changed_in_the_database_does_not_open() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let (other, other_number) = submitted(&service).await;
        let db = raw(&place).await;
        let all = records(&db, &CASES_ANSWERS).await;
        let [(_, one), (_, two)] = all.as_slice() else { panic!("two cases") };
        let swap = format!("UPDATE cases SET answers = CASE answers WHEN '{one}' THEN '{two}' ELSE '{one}' END");
        for (what, sql, undo) in [
            ("rows", swap, true),
            ("columns", "UPDATE cases SET applicant = office_reason, office_reason = applicant".to_owned(), true),
            (
                "tables",
                "UPDATE cases SET answers = (SELECT entries FROM draft WHERE draft.id = draft_id)".to_owned(),
                false,
            ),
        ] {
            assert!(cases::track(&service, &who, &number).await.is_ok(), "before {what}");
            db.execute_unprepared(&sql).await.expect(what);
            for (who, number) in [(&who, &number), (&other, &other_number)] {
                let seen = cases::track(&service, who, number).await;
                assert!(matches!(seen, Err(Error::Internal(_))), "{engine:?}: {what} were exchanged");
            }
            if undo {
                db.execute_unprepared(&sql).await.expect(what);
            }
        }
        db.execute_unprepared("UPDATE cases SET answers = '{}'").await.expect("plain");
        assert!(matches!(cases::track(&service, &who, &number).await, Err(Error::Internal(_))), "no plain text");
    }
}

#[tokio::test]
async fn a_database_opens_with_its_own_keys_alone() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        submitted(&service).await;
        let (settings, file) = (service.settings.clone(), ring_file(&place));
        service.db.close().await.expect("closed");
        let open = async || {
            let db = Db::open(&place.url).await.expect("open");
            Service::with(db, settings.clone(), Arc::new(clock.clone())).await
        };
        std::fs::rename(&file, file.with_extension("away")).expect("moved");
        let fault = open().await.err().expect("refused").to_string();
        assert!(fault.contains("not there") && !file.exists(), "{fault}: no other is made in silence");
        Ring::make(Suite::International, chrono::DateTime::UNIX_EPOCH)
            .and_then(|ring| ring.write_new(&file))
            .expect("it");
        let fault = open().await.err().expect("refused").to_string();
        assert!(fault.contains("another database"), "{fault}");
        std::fs::rename(file.with_extension("away"), &file).expect("moved back");
        assert!(open().await.is_ok());
    }
}

/// Makes of a sealed database what an earlier version would have left.
async fn unseal(service: Service, place: &Place) {
    let db = raw(place).await;
    for column in COLUMNS {
        for (row, record) in records(&db, column).await {
            let plain = service.vault.open(column.of(&row), &Sealed::of_record(record.clone())).expect("opened");
            let sql = format!("UPDATE {} SET {} = $1 WHERE {} = $2", column.table, column.name, column.name);
            let values = [plain.into(), record.into()];
            let update = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
            db.execute_raw(update).await.expect("plain");
        }
    }
    let disk = DiskBlobStore::open(&service.settings.files()).expect("files");
    for (id, _) in disk.starts(1).expect("files") {
        let bytes = service.blobs.get(id).await.expect("opened");
        assert!(disk.replace(id, |_| Ok(bytes)).expect("replaced"));
    }
    db.execute_unprepared("UPDATE meta SET value = 'plain' WHERE key = 'key-ring'").await.expect("plain");
    service.db.close().await.expect("closed");
    std::fs::remove_file(ring_file(place)).expect("removed");
}

#[tokio::test]
async fn a_database_of_an_earlier_version_is_converted_and_goes_on() {
    for engine in engines() {
        let (sealed, clock, place) = service(engine).await;
        let (who, number) = submitted(&sealed).await;
        messages::write(&sealed, &who, &number, "什么时候能办好", Vec::new()).await.expect("written");
        let resident = accounts::proven(&sealed, "13800138000", "张小三", "210103194001019013").await;
        let declares = worker(&sealed, "binhe-1").await;
        recusal::declare(&sealed, &declares, false, "张小三", "210103194001019013").await.expect("declared");
        let settings = sealed.settings.clone();
        unseal(sealed, &place).await;
        let open = async |clock: &FixedClock| {
            let db = Db::open(&place.url).await.expect("open");
            Service::with(db, settings.clone(), Arc::new(clock.clone())).await
        };
        let fault = open(&clock).await.err().expect("refused").to_string();
        assert!(fault.contains("tongban keys seal"), "{fault}");
        let convert_it = async || {
            let db = Db::open(&place.url).await.expect("open");
            convert(db, settings.clone(), Arc::new(clock.clone())).await
        };
        // It is interrupted, and goes on where it was.
        let db = raw(&place).await;
        let rename = |from: &str, to: &str| format!("ALTER TABLE {from} RENAME TO {to}");
        db.execute_unprepared(&rename("message", "away")).await.expect("renamed");
        assert!(convert_it().await.is_err());
        db.execute_unprepared(&rename("away", "message")).await.expect("renamed");
        convert_it().await.unwrap_or_else(|error| panic!("{engine:?}: {error}"));
        assert!(matches!(convert_it().await, Err(Error::Refused(_))), "once is enough");
        let service = open(&clock).await.expect("opened");
        assert!(all_open(&service).await > 10);
        let seen = track(&service, &who, &number).await;
        assert_eq!((seen.applicant.as_str(), seen.conversation.messages.len()), ("张*三", 1));
        let found = cases::look_up(&service, &stranger(), &number, "8000").await.expect("looked");
        assert_eq!(found.location, format!("/cases/{number}"));
        let window = worker(&service, "binhe-3").await;
        let file = desk(&service, &window, &number).await.file.files["file_card"][0].id.clone();
        assert!(forms::file(&service, &window, &file).await.expect("given out").bytes.starts_with(b"\xff\xd8"));
        step(&service, &window, &number, "receive", &[]).await.expect("and goes on");
        // What is found by values of the ring is found by those of the new one.
        clock.advance(TimeDelta::minutes(2));
        let again = accounts::signed_in(&service, "13800138000").await;
        assert_eq!(again.resident.as_ref().map(|it| it.id), resident.resident.as_ref().map(|it| it.id));
        let found = residents::real_name_page(&service, &again, false).await.expect("a page").found;
        assert_eq!(found.own.len(), 1, "{engine:?}");
        let case = desk(&service, &worker(&service, "binhe-1").await, &number).await;
        assert!(case.tie.contains("请回避"), "{}", case.tie);
    }
}

/// The schema before there were keys, with a row in it.
#[tokio::test]
async fn the_migration_tells_an_empty_database_from_a_filled_one() {
    use migration::{Migrator, MigratorTrait};
    for engine in engines() {
        for filled in [false, true] {
            let place = crate::common::empty(engine).await;
            drop(Db::open(&place.url).await.expect("made"));
            let db = raw(&place).await;
            let pending = Migrator::get_pending_migrations_read_only(&db).await.expect("pending");
            let before = pending.iter().position(|one| one.name() == "m0008_vault").expect("it");
            Migrator::up(&db, Some(u32::try_from(before).expect("few"))).await.expect("migrated");
            if filled {
                let now = "'2026-11-23 01:00:00+00:00'";
                let sql = format!("INSERT INTO session VALUES ('hash', NULL, {now}, {now}, {now}, '{{}}')");
                db.execute_unprepared(&sql).await.expect("filled");
            }
            Migrator::up(&db, None).await.expect("migrated");
            let sql = "SELECT value FROM meta WHERE key = 'key-ring'";
            let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("read");
            let plain = row.map(|row| row.try_get::<String>("", "value").expect("a text"));
            assert_eq!(plain.as_deref(), filled.then_some("plain"), "{engine:?}");
        }
    }
}
