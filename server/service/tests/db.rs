//! The database door on both engines.

use crate::common::{Engine, empty, engines};
use sea_orm::{ConnectionTrait, Statement};
use service::Error;
use service::db::{Db, Tx, migrate, pending};

async fn number(db: &impl ConnectionTrait, key: &str) -> i64 {
    let sql = format!("SELECT value FROM meta WHERE key = '{key}'");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("query");
    let value: String = row.expect("a row").try_get("", "value").expect("a value");
    value.parse().expect("a number")
}

/// Reads, waits, writes: what gets lost without a door.
async fn increment(tx: &Tx<'_>, key: &str) -> Result<(), Error> {
    let sql = format!("SELECT value FROM meta WHERE key = '{key}'");
    let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
    let value: String = row.ok_or(Error::NotFound)?.try_get("", "value")?;
    tokio::task::yield_now().await;
    let next = value.parse::<i64>().map_err(|fault| Error::internal("number", fault))? + 1;
    tx.execute_unprepared(&format!("UPDATE meta SET value = '{next}' WHERE key = '{key}'")).await?;
    Ok(())
}

async fn migrated(engine: Engine) -> (Db, crate::common::Place) {
    let place = empty(engine).await;
    migrate(&place.url).await.expect("migrate");
    (Db::open(&place.url).await.expect("open"), place)
}

async fn set(db: &Db, key: &str, value: i64) {
    let sql = &format!("INSERT INTO meta (key, value) VALUES ('{key}', '{value}')");
    let set = db.write(|tx| {
        Box::pin(async move {
            tx.execute_unprepared(sql).await?;
            Ok(())
        })
    });
    set.await.expect("set");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_increments_lose_nothing() {
    for engine in engines() {
        let (db, _place) = migrated(engine).await;
        set(&db, "n", 0).await;
        let count = |db: Db| async move {
            for _ in 0..25 {
                db.write(|tx| Box::pin(increment(tx, "n"))).await.expect("increment");
            }
        };
        let (one, two) = (tokio::spawn(count(db.clone())), tokio::spawn(count(db.clone())));
        one.await.expect("one");
        two.await.expect("two");
        assert_eq!(number(&db.read, "n").await, 50, "{engine:?}");
    }
}

/// As the running numbers of a busy item: a statement that counts, from every side at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_of_one_row_all_get_through() {
    for engine in engines() {
        let (db, _place) = migrated(engine).await;
        set(&db, "n", 0).await;
        let count = |db: Db| async move {
            for _ in 0..20 {
                db.write(|tx| Box::pin(increment(tx, "n"))).await.expect("increment");
            }
        };
        let clock = std::time::Instant::now();
        let all: Vec<_> = (0..16).map(|_| tokio::spawn(count(db.clone()))).collect();
        for one in all {
            one.await.expect("joined");
        }
        eprintln!("{engine:?}: {:?} for 320 writes", clock.elapsed());
        assert_eq!(number(&db.read, "n").await, 320, "{engine:?}");
    }
}

#[tokio::test]
async fn an_error_writes_nothing() {
    for engine in engines() {
        let (db, _place) = migrated(engine).await;
        set(&db, "n", 1).await;
        let refused = db.write(|tx| {
            Box::pin(async move {
                increment(tx, "n").await?;
                Err::<(), _>(Error::Refused("no".to_owned()))
            })
        });
        assert!(matches!(refused.await, Err(Error::Refused(_))), "{engine:?}");
        assert_eq!(number(&db.read, "n").await, 1, "{engine:?}");
    }
}

#[tokio::test]
async fn a_write_that_is_given_up_in_the_middle_blocks_nobody() {
    for engine in engines() {
        let (db, _place) = migrated(engine).await;
        set(&db, "n", 1).await;
        let stuck = db.write(|tx| {
            Box::pin(async move {
                increment(tx, "n").await?;
                std::future::pending::<Result<(), Error>>().await
            })
        });
        assert!(tokio::time::timeout(std::time::Duration::from_millis(200), stuck).await.is_err());
        db.write(|tx| Box::pin(increment(tx, "n"))).await.expect("increment");
        assert_eq!(number(&db.read, "n").await, 2, "{engine:?}");
    }
}

#[tokio::test]
async fn an_old_schema_is_noticed() {
    for engine in engines() {
        let place = empty(engine).await;
        let db = Db::open(&place.url).await.expect("open");
        assert!(!pending(&db).await.expect("pending").is_empty(), "{engine:?}");
        migrate(&place.url).await.expect("migrate");
        assert_eq!(pending(&db).await.expect("pending"), Vec::<String>::new(), "{engine:?}");
        migrate(&place.url).await.expect("migrate again");
        db.ping().await.expect("ping");
        db.close().await.expect("close");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_processes_may_migrate_at_once() {
    for engine in engines().into_iter().filter(|engine| *engine == Engine::Postgres) {
        let place = empty(engine).await;
        let all: Vec<_> = (0..4)
            .map(|_| {
                tokio::spawn({
                    let url = place.url.clone();
                    async move { migrate(&url).await }
                })
            })
            .collect();
        for one in all {
            one.await.expect("joined").expect("migrate");
        }
    }
}

#[tokio::test]
async fn sqlite_is_set_for_safety_and_its_readers_cannot_write() {
    let (db, place) = migrated(Engine::Sqlite).await;
    let pragma = |name: &str| {
        let statement = Statement::from_string(db.backend(), format!("PRAGMA {name}"));
        let db = &db;
        async move {
            let read = db.write(|tx| {
                let statement = statement.clone();
                Box::pin(async move { Ok(tx.query_one_raw(statement).await?) })
            });
            read.await.expect("query").expect("a row")
        }
    };
    assert_eq!(pragma("journal_mode").await.try_get_by_index::<String>(0).expect("text"), "wal");
    assert_eq!(pragma("synchronous").await.try_get_by_index::<i32>(0).expect("a number"), 2);
    assert_eq!(pragma("foreign_keys").await.try_get_by_index::<i32>(0).expect("a number"), 1);
    assert!(db.read.execute_unprepared("DELETE FROM meta").await.is_err());
    use std::os::unix::fs::PermissionsExt;
    let folder = std::fs::metadata(place.folder.path().join("data")).expect("the folder was made");
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
}
