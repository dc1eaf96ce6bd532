//! Health, readiness and numbers.

use std::fs;
use std::net::IpAddr;

use axum::http::StatusCode;
use server::Peer;

use crate::common::{Running, fixture, fixture_with, folders, get, program, send, with};

#[tokio::test]
async fn alive_and_ready() {
    let fixture = fixture().await;
    assert_eq!(send(&fixture.app, get("/healthz")).await.body, "alive\n");
    assert_eq!(send(&fixture.app, get("/readyz")).await.body, "ready\n");
}

#[tokio::test]
async fn not_ready_when_files_cannot_be_kept() {
    let fixture = fixture_with(|config| config.service.data_dir = config.service.data_dir.join("data")).await;
    fs::remove_dir_all(&fixture.state.service.settings.data_dir).expect("remove");
    let answer = send(&fixture.app, get("/readyz")).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "not ready: data folder\n"));
    assert_eq!(send(&fixture.app, get("/healthz")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn not_ready_without_a_database() {
    let fixture = fixture().await;
    fixture.state.service.db.clone().close().await.expect("close");
    let answer = send(&fixture.app, get("/readyz")).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "not ready: database\n"));
}

/// Where rows are verified is no installation: no data folder, no database, no key but the public one.
#[tokio::test]
async fn what_was_exported_is_verified_where_nothing_is_installed() {
    let (folder, elsewhere) = (folders().await, tempfile::tempdir().expect("a folder"));
    let run = |arguments: &[&str]| program(arguments, folder.path()).output().expect("run");
    let kept = |arguments: &[&str], name: &str| {
        let output = run(arguments);
        assert!(output.status.success() && !output.stdout.is_empty(), "{arguments:?}: {output:?}");
        fs::write(elsewhere.path().join(name), &output.stdout).expect("kept");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    assert!(run(&["admin", "bootstrap"]).status.success(), "it leaves rows");
    let rows = kept(&["audit", "export"], "rows");
    kept(&["audit", "checkpoint"], "checkpoints");
    let key = kept(&["audit", "key"], "public");
    let verify = |more: &[&str]| {
        let arguments = [&["audit", "verify", "--file", "rows", "--checkpoints", "checkpoints"], more].concat();
        let mut there = program(&arguments, &elsewhere.path().join("none"));
        there.current_dir(elsewhere.path()).output().expect("run")
    };
    let names = || fs::read_dir(elsewhere.path()).expect("a folder").count();
    let output = verify(&["--public-key", &key]);
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("rows read, 0 faults"), "{output:?}");
    assert_eq!(names(), 3, "nothing was written");
    assert!(!verify(&[]).status.success(), "checkpoints are read with a key");
    let other = "0".repeat(key.len() - 1) + "1";
    assert!(!verify(&["--public-key", &other]).status.success(), "another key's");
    let short = rows.lines().skip(1).collect::<Vec<_>>().join("\n");
    fs::write(elsewhere.path().join("rows"), short).expect("cut");
    assert!(!verify(&["--public-key", &key]).status.success(), "a row is away");
}

#[tokio::test]
async fn numbers_are_for_this_machine() {
    let far: IpAddr = [192, 0, 2, 1].into();
    let from = |address: IpAddr| {
        let mut request = get("/metrics");
        request.extensions_mut().insert(Peer(address));
        request
    };
    let closed = fixture().await;
    assert_eq!(send(&closed.app, get("/metrics")).await.status, StatusCode::OK);
    assert_eq!(send(&closed.app, from(far)).await.status, StatusCode::NOT_FOUND);
    let proxied = with(get("/metrics"), "x-forwarded-for", "127.0.0.1");
    assert_eq!(send(&closed.app, proxied).await.status, StatusCode::NOT_FOUND, "a proxy on this machine is no friend");
    let open = fixture_with(|config| config.metrics_open = true).await;
    assert_eq!(send(&open.app, from(far)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn numbers_name_templates_and_no_person() {
    let running = Running::start(&[("TONGBAN_LOG_FORMAT", "json")]).await;
    let secret = "SECRET-4711";
    let asked = running
        .ask(&format!("GET /cases/{secret}/open/{secret}?q={secret} HTTP/1.0\r\nCookie: tb_session={secret}\r\n\r\n"));
    assert!(asked.expect("an answer").starts_with("HTTP/1.0 404"));
    running.ask(&format!("POST /{secret} HTTP/1.0\r\nX-Request-Id: {secret}\r\n\r\n")).expect("an answer");
    let numbers = running.ask("GET /metrics HTTP/1.0\r\n\r\n").expect("numbers");
    assert!(numbers.contains("route=\"/cases/{number}/open/{token}\""), "{numbers}");
    assert!(
        numbers.contains("tongban_http_requests_total") && numbers.contains("_duration_seconds_bucket"),
        "{numbers}"
    );
    assert!(numbers.contains("tongban_process_start_time_seconds"), "{numbers}");
    let log = running.log();
    assert!(log.contains("/cases/{number}/open/{token}") && log.contains("\"status\":404"), "{log}");
    assert!(!numbers.contains(secret) && !log.contains(secret), "{log}");
    assert!(log.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{log}");
}
