//! A server of its own for each test: in this process, or as the real program.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use server::Peer;
use server::cli::LogFormat;
use server::config::Config;
use server::state::AppState;
use service::Service;
use service::db::{self, Db};
use service::ports::{FixedClock, SystemClock};
use service::vault::Suite;
use tempfile::TempDir;
use tokio::sync::{OnceCell, watch};
use tower::ServiceExt;

use crate::engines::{Engine, Place, seeded};

/// A migrated and seeded database; every test works on a copy.
static TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();

async fn template() -> &'static Path {
    TEMPLATE
        .get_or_init(|| async {
            let folder = tempfile::tempdir().expect("a folder").keep();
            let file = folder.join("tongban.db");
            let url = format!("sqlite://{}?mode=rwc", file.display());
            db::migrate(&url).await.expect("migrate");
            let db = Db::open(&url).await.expect("open");
            service::seed::seed_base(&db).await.expect("seed");
            service::seed::seed_demo(&db).await.expect("seed workers");
            db.close().await.expect("close");
            file
        })
        .await
}

/// A data folder with a database, and a client as the build leaves it.
pub async fn folders() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(template().await, folder.path().join("tongban.db")).expect("copy the database");
    let pkg = folder.path().join("site/pkg");
    fs::create_dir_all(&pkg).expect("site");
    for name in ["tongban.css", "tongban.js", "tongban.wasm"] {
        fs::write(pkg.join(name), format!("/* {name} */")).expect("file");
        fs::write(pkg.join(format!("{name}.br")), "brotli").expect("file");
    }
    fs::write(folder.path().join("site/favicon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>").expect("file");
    folder
}

pub struct Fixture {
    pub app: Router,
    pub state: AppState,
    pub folder: TempDir,
    /// Set when the process is asked to stop.
    pub stop: watch::Sender<bool>,
}

pub fn config(folder: &Path) -> Config {
    let service = service::Settings {
        database_url: format!("sqlite://{}?mode=rwc", folder.join("tongban.db").display()),
        data_dir: folder.to_owned(),
        public_url: "http://tongban.test".to_owned(),
        key_file: folder.join("key"),
        key_ring: folder.join("keys"),
        suite: Suite::International,
        sms: None,
        register: None,
        city: None,
        font_file: None,
        clamd: None,
        audit_hash: service::audit::Algorithm::default(),
        inbox: false,
    };
    Config {
        service,
        addr: SocketAddr::from(([127, 0, 0, 1], 0)),
        audit_key_file: folder.join("audit-key"),
        site_dir: folder.join("site"),
        hash_file: None,
        log_format: LogFormat::Text,
        trust_proxy: 0,
        metrics_open: false,
    }
}

pub async fn fixture() -> Fixture {
    fixture_with(|_| {}).await
}

pub async fn fixture_with(change: impl FnOnce(&mut Config)) -> Fixture {
    let folder = folders().await;
    let mut config = config(folder.path());
    change(&mut config);
    let db = Db::open(&config.service.database_url).await.expect("open");
    let service = Service::with(db, config.service.clone(), Arc::new(SystemClock)).await.expect("service");
    let (stop, stopping) = watch::channel(false);
    let state = AppState::new(Arc::new(service), config, stopping);
    Fixture { app: server::router::router(state.clone()), state, folder, stop }
}

/// The same on a fresh database of this engine, at nine in the morning of Monday, 23 November 2026, in Shenyang. Keep
/// the place for as long as it is used.
pub async fn fixture_on(engine: Engine, change: impl FnOnce(&mut Config)) -> (Fixture, FixedClock, Place) {
    let place = seeded(engine).await;
    let folder = folders().await;
    let mut config = config(folder.path());
    config.service.database_url.clone_from(&place.url);
    change(&mut config);
    let clock = FixedClock::new("2026-11-23T01:00:00Z".parse().expect("a time"));
    let db = Db::open(&place.url).await.expect("open");
    let service = Service::with(db, config.service.clone(), Arc::new(clock.clone())).await.expect("service");
    let (stop, stopping) = watch::channel(false);
    let state = AppState::new(Arc::new(service), config, stopping);
    (Fixture { app: server::router::router(state.clone()), state, folder, stop }, clock, place)
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value of a cookie that was set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let mut pairs = all.filter_map(|text| text.split(';').next()?.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    }
}

/// Sends a request from an address of this machine.
pub async fn send(app: &Router, mut request: Request<Body>) -> Answer {
    let peer = Peer(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if request.extensions().get::<Peer>().is_none() {
        request.extensions_mut().insert(peer);
    }
    let response = app.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 64 << 20).await.expect("a body");
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

pub fn get(path: &str) -> Request<Body> {
    Request::get(path)
        .header("host", "tongban.test")
        .header("accept", "text/html")
        .body(Body::empty())
        .expect("a request")
}

/// A form as our own page sends it.
pub fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path)
        .header("host", "tongban.test")
        .header("origin", "http://tongban.test")
        .header("sec-fetch-site", "same-origin")
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.into())
        .expect("a request")
}

/// With another value of a header.
pub fn with(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, value.parse().expect("a header"));
    request
}

/// How many times as much as usual the tests try that could go on for ever: `TONGBAN_TEST_EFFORT`.
pub fn effort() -> u64 {
    std::env::var("TONGBAN_TEST_EFFORT").map_or(1, |text| text.parse().expect("TONGBAN_TEST_EFFORT is a number"))
}

/// The code of an item that can be applied for.
pub fn item_with_form(state: &AppState) -> String {
    let listing = state.service.catalogue.list("", "", "", "");
    let codes = listing.items.iter().map(|item| item.code.clone());
    let has_form = |code: &String| state.service.catalogue.latest(code).is_some_and(|found| found.item.has_form());
    codes.into_iter().find(has_form).expect("an item with a form")
}

// ---- the real program ----

pub struct Running {
    pub child: Child,
    pub addr: SocketAddr,
    _folder: TempDir,
    log: PathBuf,
}

impl Running {
    pub async fn start(more: &[(&str, &str)]) -> Self {
        let folder = folders().await;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|probe| probe.local_addr()).expect("a port").port();
        let addr = SocketAddr::from(([127, 0, 0, 1], port));
        let log = folder.path().join("log");
        let out = fs::File::create(&log).expect("a log");
        let child = program(&["serve"], folder.path())
            .env("TONGBAN_ADDR", addr.to_string())
            .envs(more.iter().copied())
            .stdout(out.try_clone().expect("a log"))
            .stderr(out)
            .spawn()
            .expect("start");
        let mut running = Self { child, addr, _folder: folder, log };
        let limit = Instant::now() + Duration::from_secs(30);
        while running.ask("GET /healthz HTTP/1.0\r\n\r\n").is_none() {
            let ended = running.child.try_wait().expect("a process");
            assert!(ended.is_none() && Instant::now() < limit, "it did not start: {}", running.log());
            std::thread::sleep(Duration::from_millis(50));
        }
        running
    }

    pub fn connect(&self) -> Option<TcpStream> {
        let stream = TcpStream::connect_timeout(&self.addr, Duration::from_secs(5)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        Some(stream)
    }

    /// What is answered to these bytes until the other side closes.
    pub fn ask(&self, request: &str) -> Option<String> {
        let mut stream = self.connect()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &id]).status().expect("kill");
        assert!(sent.success());
    }

    /// The exit code, once it has ended.
    pub fn wait(&mut self, limit: Duration) -> Option<i32> {
        let until = Instant::now() + limit;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().expect("a process") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program on a data folder, without the settings of whoever runs the tests.
pub fn program(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongban"));
    let own: BTreeMap<_, _> =
        std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("TONGBAN_")).collect();
    command.args(arguments).env_clear().envs(own).stdin(Stdio::null());
    command.env("TONGBAN_DATA_DIR", folder).env("TONGBAN_SITE_DIR", folder.join("site"));
    command
}

/// A page without the mark that every answer has of its own, to compare it with another.
pub fn without_nonce(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy").to_owned();
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default();
    if nonce.is_empty() { answer.body.clone() } else { answer.body.replace(nonce, "") }
}
