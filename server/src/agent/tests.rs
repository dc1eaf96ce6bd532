//! The agent as a page meets it, on the simulator and on programs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use clap::Parser;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use super::hub::{Devices, Hub};
use super::{http, simulator};
use crate::cli::{Cli, Command};
use crate::layers::Peer;

const ORIGIN: &str = "https://tongban.test";
const CARD: &str =
    r#"{"name":"王小明","id_number":"210103195001019018","address":"沈阳市沈河区某街1号","nation":"满"}"#;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\nrest";

struct Agent {
    app: Router,
    folder: TempDir,
}

struct Heard {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Heard {
    fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

fn simulated() -> Agent {
    let folder = tempfile::tempdir().expect("a folder");
    let devices = simulator::open(folder.path()).expect("a simulator");
    Agent { app: http::router(Arc::new(Hub::new(devices)), ORIGIN.to_owned()), folder }
}

/// A kiosk whose devices are one script.
fn scripted(script: &str) -> Agent {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("device");
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("a script");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o700)).expect("a program");
    let program = || Some(Arc::new(super::command::Program::of(&file.display().to_string()).expect("a program")) as _);
    let devices = Devices { card: program(), ..Devices::default() };
    let devices = Devices {
        printer: Some(Arc::new(super::command::Program::of(&file.display().to_string()).expect("it"))),
        ..devices
    };
    Agent { app: http::router(Arc::new(Hub::new(devices)), ORIGIN.to_owned()), folder }
}

impl Agent {
    fn drop_in(&self, place: &str, content: impl AsRef<[u8]>) {
        let file = self.folder.path().join(place);
        let begun = file.with_file_name(".begun");
        fs::write(&begun, content).expect("a file");
        fs::rename(begun, file).expect("moved");
    }

    fn prints(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join("prints")).expect("prints");
        let mut texts: Vec<String> =
            entries.map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("a print")).collect();
        texts.sort();
        texts
    }

    async fn send(&self, request: Request<Body>) -> Heard {
        let response = self.app.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.expect("a body");
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Heard { status: parts.status, headers: parts.headers, body }
    }

    async fn post(&self, path: &str, body: &Value) -> Heard {
        self.send(request("POST", path, body)).await
    }

    /// The same, under way.
    fn posting(&self, path: &'static str, body: Value) -> tokio::task::JoinHandle<Heard> {
        let same = Self { app: self.app.clone(), folder: tempfile::tempdir().expect("a folder") };
        tokio::spawn(async move { same.post(path, &body).await })
    }
}

fn request(method: &str, path: &str, body: &Value) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "127.0.0.1:7077")
        .header("origin", ORIGIN)
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
    request
}

fn receipt(text: &str) -> Value {
    json!({ "kind": "roll", "lines": [{ "title": text }, "rule", { "text": "办件编号" }, { "qr": "https://tongban.test/x" }] })
}

/// Until it holds; a loaded machine may need a while.
async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let limit = Instant::now() + Duration::from_secs(10);
    while !holds().await {
        assert!(Instant::now() < limit, "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn is_busy(agent: &Agent, device: &str) -> bool {
    agent.send(request("GET", "/status", &Value::Null)).await.body["devices"][device]["state"] == "busy"
}

#[tokio::test]
async fn each_device_does_what_it_is_asked() {
    let agent = simulated();
    agent.drop_in("card/one.json", CARD);
    let card = agent.post("/card/read", &json!({ "seconds": 5 })).await;
    assert_eq!(card.status, StatusCode::OK);
    let expected = json!({ "name": "王小明", "id_number": "210103195001019018", "address": "沈阳市沈河区某街1号" });
    assert_eq!(card.body, expected, "and nothing else of the card");
    assert_eq!(card.headers["cache-control"], "no-store");
    agent.drop_in("scan/one.txt", " 7K3M-92QX\n");
    assert_eq!(agent.post("/scan", &json!({})).await.body["text"], "7K3M-92QX");
    agent.drop_in("camera/one.png", PNG);
    let picture = agent.post("/camera/capture", &json!({})).await;
    assert_eq!(picture.body["media"], "image/png");
    assert_eq!(picture.body["content"], "iVBORw0KGgpyZXN0");
    agent.drop_in("sign/one.png", PNG);
    assert_eq!(agent.post("/sign", &json!({})).await.body["media"], "image/png");
    agent.drop_in("camera/two.png", "no picture");
    assert_eq!(agent.post("/camera/capture", &json!({})).await.code(), "failed");
    let printed = agent.post("/print", &receipt("办件凭条")).await;
    assert_eq!((printed.status, &printed.body["printed"]), (StatusCode::OK, &json!(true)));
    assert_eq!(agent.prints(), ["【办件凭条】\n------------------------\n办件编号\n[QR https://tongban.test/x]\n"]);
    let sheet = json!({ "kind": "page", "media": "text/html", "content": "PHA+QTQ8L3A+" });
    assert_eq!(agent.post("/print", &sheet).await.status, StatusCode::OK);
    assert!(agent.prints().contains(&"<p>A4</p>".to_owned()));
    let status = agent.send(request("GET", "/status", &Value::Null)).await;
    assert_eq!(status.body["devices"]["printer"], json!({ "state": "ready", "paper": { "roll": "ok", "a4": "ok" } }));
    assert!(!status.body["version"].as_str().unwrap_or_default().is_empty());
}

#[tokio::test]
async fn only_pages_of_our_origin_are_answered() {
    let agent = simulated();
    agent.drop_in("card/one.json", CARD);
    let change = |name: &'static str, value: Option<&str>| {
        let mut request = request("POST", "/card/read", &json!({ "seconds": 1 }));
        match value {
            Some(value) => request.headers_mut().insert(name, value.parse().expect("a header")),
            None => request.headers_mut().remove(name),
        };
        request
    };
    let mut twice = change("origin", Some(ORIGIN));
    twice.headers_mut().append("origin", "https://evil.test".parse().expect("a header"));
    let mut from_afar = change("origin", Some(ORIGIN));
    from_afar.extensions_mut().insert(Peer([192, 0, 2, 1].into()));
    let mut of_nobody = change("origin", Some(ORIGIN));
    of_nobody.extensions_mut().remove::<Peer>();
    for (what, request) in [
        ("another site", change("origin", Some("https://evil.test"))),
        ("the same name over http", change("origin", Some("http://tongban.test"))),
        ("a longer name", change("origin", Some("https://tongban.test.evil.test"))),
        ("a sandboxed frame", change("origin", Some("null"))),
        ("no origin", change("origin", None)),
        ("two origins", twice),
        ("a name that was made lead here", change("host", Some("evil.test:7077"))),
        ("no host", change("host", None)),
        ("another machine", from_afar),
        ("a connection of nowhere", of_nobody),
    ] {
        let heard = agent.send(request).await;
        assert_eq!((heard.status, heard.code()), (StatusCode::FORBIDDEN, "forbidden"), "{what}");
        assert!(!heard.headers.contains_key("access-control-allow-origin"), "{what}");
    }
    let form = change("content-type", Some("text/plain"));
    assert_eq!(agent.send(form).await.code(), "bad-request", "what a form of a page could send");
    assert_eq!(agent.send(change("host", Some("localhost:7077"))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn browsers_are_told_that_our_pages_may_ask() {
    let agent = simulated();
    let mut ask = request("OPTIONS", "/print", &Value::Null);
    ask.headers_mut().insert("access-control-request-private-network", "true".parse().expect("a header"));
    let heard = agent.send(ask).await;
    assert_eq!(heard.status, StatusCode::NO_CONTENT);
    assert_eq!(heard.headers["access-control-allow-origin"], ORIGIN);
    assert_eq!(heard.headers["access-control-allow-private-network"], "true");
    assert_eq!(heard.headers["access-control-allow-headers"], "content-type");
    assert!(!heard.headers.contains_key("access-control-allow-credentials"));
    let other = agent.send(request("OPTIONS", "/print", &Value::Null)).await;
    assert!(!other.headers.contains_key("access-control-allow-private-network"));
}

#[test]
fn the_agent_listens_on_this_machine_alone() {
    let resolve = |more: &[&str]| {
        let words = ["tongban", "agent", "--public-url", ORIGIN].into_iter().chain(more.iter().copied());
        match Cli::try_parse_from(words).expect("arguments").command {
            Command::Agent(settings) => {
                settings.resolve().map(|settings| settings.addr).map_err(|fault| fault.to_string())
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(resolve(&[]).expect("the default").to_string(), "127.0.0.1:7077");
    assert!(resolve(&["--addr", "[::1]:1"]).is_ok());
    for open in ["0.0.0.0:7077", "192.0.2.1:7077", "[::]:7077"] {
        assert!(resolve(&["--addr", open]).expect_err("refused").contains("loopback"), "{open}");
    }
    assert!(resolve(&["--card-reader", " "]).expect_err("no program").contains("--card-reader"));
    assert!(Cli::try_parse_from(["tongban", "agent"]).is_err(), "whose pages it serves has to be said");
}

#[tokio::test]
async fn nobody_is_waited_for_for_ever() {
    let agent = simulated();
    let begun = Instant::now();
    let heard = agent.post("/card/read", &json!({ "seconds": 1 })).await;
    assert_eq!((heard.status, heard.code()), (StatusCode::GATEWAY_TIMEOUT, "timeout"));
    assert!(begun.elapsed() >= Duration::from_secs(1) && begun.elapsed() < Duration::from_secs(10));
    agent.drop_in("card/one.json", CARD);
    assert_eq!(agent.post("/card/read", &json!({ "seconds": 5 })).await.status, StatusCode::OK, "the reader is free");
}

#[tokio::test]
async fn one_at_a_time_uses_a_device_and_cancel_ends_it() {
    let agent = simulated();
    let waiting = agent.posting("/card/read", json!({ "seconds": 100 }));
    until("the reader is used", || is_busy(&agent, "card")).await;
    let second = agent.post("/card/read", &json!({ "seconds": 5 })).await;
    assert_eq!((second.status, second.code()), (StatusCode::CONFLICT, "busy"));
    agent.drop_in("scan/one.txt", "code");
    assert_eq!(agent.post("/scan", &json!({})).await.body["text"], "code", "other devices are free");
    // As a page that is left sends it: without a body.
    let mut cancel = request("POST", "/cancel", &Value::Null);
    cancel.headers_mut().remove("content-type");
    assert_eq!(agent.send(cancel).await.status, StatusCode::OK);
    assert_eq!(waiting.await.expect("an answer").code(), "cancelled");
    agent.drop_in("card/one.json", CARD);
    assert_eq!(agent.post("/card/read", &json!({ "seconds": 5 })).await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_goes_away_frees_the_device() {
    let agent = simulated();
    let waiting = agent.posting("/card/read", json!({ "seconds": 100 }));
    until("the reader is used", || is_busy(&agent, "card")).await;
    waiting.abort();
    until("the reader is free", async || !is_busy(&agent, "card").await).await;
}

#[tokio::test]
async fn cancel_leaves_nothing_behind() {
    let agent = simulated();
    assert_eq!(agent.post("/print", &receipt("已经印好")).await.status, StatusCode::OK);
    agent.drop_in("faults/prints", "stuck");
    let queue: Vec<_> = (0..6).map(|_| agent.posting("/print", receipt("等着印"))).collect();
    let turned_away = || queue.iter().filter(|print| print.is_finished()).count();
    until("the queue is full", async || turned_away() == 2).await;
    agent.drop_in("card/forgotten.json", CARD);
    agent.drop_in("scan/forgotten.txt", "code");
    assert_eq!(agent.post("/cancel", &Value::Null).await.status, StatusCode::OK);
    let mut codes = Vec::new();
    for print in queue {
        codes.push(print.await.expect("an answer").code().to_owned());
    }
    codes.sort();
    assert_eq!(codes, ["busy", "busy", "cancelled", "cancelled", "cancelled", "cancelled"]);
    fs::remove_file(agent.folder.path().join("faults/prints")).expect("repaired");
    assert_eq!(agent.post("/print", &receipt("下一位")).await.status, StatusCode::OK);
    let prints = agent.prints();
    assert!(prints.len() == 1 && prints[0].contains("下一位"), "{prints:?}");
    assert_eq!(agent.post("/card/read", &json!({ "seconds": 1 })).await.code(), "timeout");
    assert_eq!(agent.post("/scan", &json!({ "seconds": 1 })).await.code(), "timeout");
}

#[tokio::test]
async fn troubles_of_devices_have_names() {
    let agent = simulated();
    agent.drop_in("paper.json", r#"{"roll":"out","a4":"low"}"#);
    assert_eq!(agent.post("/print", &receipt("x")).await.code(), "no-paper");
    assert!(agent.prints().is_empty());
    let status = agent.send(request("GET", "/status", &Value::Null)).await;
    assert_eq!(status.body["devices"]["printer"]["paper"], json!({ "roll": "out", "a4": "low" }));
    agent.drop_in("faults/card", "failed");
    assert_eq!(agent.post("/card/read", &json!({})).await.code(), "failed");
    agent.drop_in("faults/card", "no-device");
    assert_eq!(agent.post("/card/read", &json!({})).await.code(), "no-device");
    let status = agent.send(request("GET", "/status", &Value::Null)).await;
    assert_eq!(status.body["devices"]["card"]["state"], "absent");
    for nonsense in [
        json!({ "kind": "roll", "lines": [] }),
        json!({ "kind": "roll", "lines": [{ "text": "a\u{1b}[2J" }] }),
        json!({ "kind": "roll", "lines": [{ "raw": "x" }] }),
        json!({ "kind": "page", "media": "application/pdf", "content": "%%%" }),
        json!({ "kind": "page", "media": "text/x-sh", "content": "eA==" }),
        json!({ "kind": "shell" }),
    ] {
        let heard = agent.post("/print", &nonsense).await;
        assert_eq!((heard.status, heard.code()), (StatusCode::BAD_REQUEST, "bad-request"), "{nonsense}");
    }
}

#[tokio::test]
async fn a_vendors_program_can_be_a_device() {
    let script = format!(
        "case $1 in read) echo '{CARD}';; status) echo '{{}}';; print-roll) cat > \"$0.out\";; *) exit 0;; esac"
    );
    let agent = scripted(&script);
    let card = agent.post("/card/read", &json!({})).await;
    assert_eq!((card.status, &card.body["name"]), (StatusCode::OK, &json!("王小明")));
    assert!(card.body.get("nation").is_none());
    assert_eq!(agent.post("/print", &receipt("凭条")).await.status, StatusCode::OK);
    let told: Value =
        serde_json::from_slice(&fs::read(agent.folder.path().join("device.out")).expect("told")).expect("JSON");
    assert_eq!(told, receipt("凭条"));
    assert_eq!(agent.post("/scan", &json!({})).await.code(), "no-device", "there is none");
    for (exit, code) in [(1, "failed"), (3, "no-device"), (4, "no-paper")] {
        let agent = scripted(&format!("echo secret >&2; exit {exit}"));
        assert_eq!(agent.post("/print", &receipt("x")).await.code(), code);
    }
    assert_eq!(scripted("echo nonsense").post("/card/read", &json!({})).await.code(), "failed");
}

#[tokio::test]
async fn a_program_that_is_cancelled_ends_with_all_it_started() {
    let agent = scripted("case $1 in read) sleep 300 & echo $! > \"$0.pid\"; wait;; status) echo '{}';; esac");
    let waiting = agent.posting("/card/read", json!({ "seconds": 100 }));
    let file = agent.folder.path().join("device.pid");
    until("it runs", async || fs::read_to_string(&file).is_ok_and(|text| text.ends_with('\n'))).await;
    let started = fs::read_to_string(&file).expect("a process").trim().to_owned();
    assert!(Path::new("/proc").join(&started).exists());
    assert_eq!(agent.post("/cancel", &Value::Null).await.status, StatusCode::OK);
    assert_eq!(waiting.await.expect("an answer").code(), "cancelled");
    let ended = |status: String| status.contains("State:\tZ");
    until("what it started has ended", async || {
        fs::read_to_string(Path::new("/proc").join(&started).join("status")).map_or(true, ended)
    })
    .await;
}
