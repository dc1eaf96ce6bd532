//! Databases for tests: a fresh one each, on SQLite and, when `TONGBAN_TEST_POSTGRES` holds the URL of a superuser, on
//! PostgreSQL. A test walks over [`engines`].
//!
//! Seeding happens once per test program, into a template that each test gets a copy of.

#![allow(dead_code, reason = "each test program uses a part")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use service::db::{Db, migrate};
use service::ports::FixedClock;
use service::seed::{seed_base, seed_demo};
use service::vault::Suite;
use service::{Service, Settings};
use tempfile::TempDir;
use tokio::sync::OnceCell;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Those that can be tested here.
pub fn engines() -> Vec<Engine> {
    match admin_url() {
        Some(_) => vec![Engine::Sqlite, Engine::Postgres],
        None => vec![Engine::Sqlite],
    }
}

/// A database and a folder that go when it is dropped.
pub struct Place {
    pub url: String,
    pub folder: TempDir,
    postgres: Option<String>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(name) = self.postgres.take() else { return };
        // A thread of its own: the test's runtime may not be waited for in a destructor.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(admin(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        });
        if dropped.join().is_err() {
            eprintln!("a test database was not dropped");
        }
    }
}

/// An empty database without a schema.
pub async fn empty(engine: Engine) -> Place {
    match engine {
        Engine::Sqlite => {
            let folder = tempfile::tempdir().expect("a folder");
            Place { url: sqlite_url(&folder.path().join("data/tongban.db")), folder, postgres: None }
        }
        Engine::Postgres => postgres("template0").await,
    }
}

/// A database with everything that [`seed_base`] and [`seed_demo`] bring.
pub async fn seeded(engine: Engine) -> Place {
    match engine {
        Engine::Sqlite => {
            let template = SQLITE.get_or_init(sqlite_template).await;
            let place = empty(Engine::Sqlite).await;
            let file = place.folder.path().join("data/tongban.db");
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::copy(template, &file).expect("a copy");
            place
        }
        Engine::Postgres => postgres(POSTGRES.get_or_init(postgres_template).await).await,
    }
}

/// The use cases on a seeded database. The clock stands at nine in the morning of Monday, 23 November 2026, in
/// Shenyang, until it is set. Keep the place for as long as the service is used.
pub async fn service(engine: Engine) -> (Service, FixedClock, Place) {
    let place = seeded(engine).await;
    let clock = FixedClock::new("2026-11-23T01:00:00Z".parse().expect("a time"));
    let service = open_service(&place, &clock).await;
    (service, clock, place)
}

/// Another process on the same database and folder.
pub async fn open_service(place: &Place, clock: &FixedClock) -> Service {
    let db = Db::open(&place.url).await.expect("open");
    Service::with(db, settings(place), Arc::new(clock.clone())).await.expect("a service")
}

/// Settings for a process on it.
pub fn settings(place: &Place) -> Settings {
    Settings {
        database_url: place.url.clone(),
        data_dir: place.folder.path().join("data"),
        public_url: "https://tongban.example.cn".to_owned(),
        key_file: place.folder.path().join("data/key"),
        key_ring: place.folder.path().join("data/keys"),
        suite: Suite::International,
        sms: None,
        register: None,
        city: None,
        font_file: None,
        clamd: None,
        audit_hash: service::audit::Algorithm::default(),
        inbox: true,
    }
}

static SQLITE: OnceCell<PathBuf> = OnceCell::const_new();
static POSTGRES: OnceCell<String> = OnceCell::const_new();

fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

async fn sqlite_template() -> PathBuf {
    // It stays when the program ends: the next one removes it.
    for entry in std::fs::read_dir(std::env::temp_dir()).expect("the folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("tongban_template_") && is_left(&name) {
            // Somebody else may be quicker.
            let _ = std::fs::remove_file(entry.path());
        }
    }
    let file = std::env::temp_dir().join(format!("{}.db", new_name("template")));
    fill(&sqlite_url(&file)).await;
    assert!(!file.with_extension("db-wal").exists(), "the template is one whole file");
    file
}

async fn postgres_template() -> String {
    sweep().await;
    let name = new_name("template");
    admin(&format!("CREATE DATABASE {name} TEMPLATE template0")).await;
    fill(&database_url(&name)).await;
    name
}

async fn fill(url: &str) {
    migrate(url).await.expect("migrate");
    let db = Db::open(url).await.expect("open");
    seed_base(&db).await.expect("seed");
    seed_demo(&db).await.expect("seed the workers");
    db.close().await.expect("close");
}

async fn postgres(template: &str) -> Place {
    let name = new_name("test");
    admin(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let folder = tempfile::tempdir().expect("a folder");
    Place { url: database_url(&name), folder, postgres: Some(name) }
}

fn admin_url() -> Option<String> {
    std::env::var("TONGBAN_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

/// The URL of another database on the server of the administrator's.
fn database_url(name: &str) -> String {
    let url = admin_url().expect("TONGBAN_TEST_POSTGRES");
    let (base, query) =
        url.split_once('?').map_or((url.as_str(), String::new()), |(base, query)| (base, format!("?{query}")));
    let (server, _) = base.rsplit_once('/').expect("a URL with a database");
    format!("{server}/{name}{query}")
}

/// Names hold the process, so that those of a process that is gone can be told.
fn new_name(kind: &str) -> String {
    format!("tongban_{kind}_{}_{}", std::process::id(), uuid::Uuid::new_v4().simple())
}

fn is_left(name: &str) -> bool {
    name.split('_').nth(2).is_some_and(|process| !Path::new("/proc").join(process).exists())
}

async fn admin_connection() -> DatabaseConnection {
    Database::connect(admin_url().expect("TONGBAN_TEST_POSTGRES")).await.expect("PostgreSQL")
}

async fn admin(sql: &str) {
    let db = admin_connection().await;
    db.execute_unprepared(sql).await.expect("administer PostgreSQL");
    db.close().await.expect("close");
}

/// Drops what earlier test programs left.
async fn sweep() {
    let db = admin_connection().await;
    let all = Statement::from_string(
        DbBackend::Postgres,
        "SELECT datname FROM pg_database WHERE datname LIKE 'tongban\\_test\\_%' OR datname LIKE 'tongban\\_template\\_%'",
    );
    for row in db.query_all_raw(all).await.expect("databases") {
        let name: String = row.try_get("", "datname").expect("a name");
        if is_left(&name) {
            // Somebody else may be quicker.
            let _ = db.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
    db.close().await.expect("close");
}
