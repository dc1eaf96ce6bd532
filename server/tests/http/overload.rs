//! Too much at once: who comes is told so quickly, the others are served, and it passes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use axum::http::StatusCode;
use tokio::task::JoinSet;

use crate::common::{Running, fixture, get, post, send, with};

/// Takes all turns, and all places among those that wait.
async fn crowd(fixture: &crate::common::Fixture) -> (Vec<service::turns::Turn>, JoinSet<()>) {
    let turns = fixture.state.process.requests.clone();
    let mut held = Vec::new();
    while let Ok(Ok(turn)) = tokio::time::timeout(Duration::from_millis(50), turns.take()).await {
        held.push(turn);
    }
    let mut waiting = JoinSet::new();
    loop {
        let turns = turns.clone();
        let one = waiting.spawn(async move { drop(turns.take().await) });
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        if one.is_finished() {
            return (held, waiting);
        }
    }
}

#[tokio::test]
async fn who_finds_all_turns_taken_is_told_when_to_come_back() {
    let fixture = fixture().await;
    let (held, mut waiting) = crowd(&fixture).await;
    assert!(held.len() > 10);
    let answer = send(&fixture.app, get("/items")).await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    assert!(answer.body.contains("请过一会儿再试") && answer.body.contains("lang=\"zh-CN\""), "{}", answer.body);
    let nowhere = send(&fixture.app, get("/no/such/page")).await;
    assert_eq!((nowhere.status, nowhere.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    let script = with(post("/api/residents/home", ""), "accept", "application/json");
    let answer = send(&fixture.app, script).await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    // What tells that the process lives is not in the crowd, nor are the files of pages that are open.
    for path in ["/healthz", "/readyz", "/pkg/tongban.css"] {
        assert_eq!(send(&fixture.app, get(path)).await.status, StatusCode::OK, "{path}");
    }
    drop(held);
    waiting.shutdown().await;
    assert_eq!(send(&fixture.app, get("/items")).await.status, StatusCode::OK, "it has passed");
}

fn slow(running: &Running, count: usize, sent: &str) -> Vec<TcpStream> {
    let connect = |_| {
        let mut stream = running.connect().expect("a connection");
        stream.write_all(sent.as_bytes()).expect("a beginning");
        stream
    };
    (0..count).map(connect).collect()
}

/// Half a head, half a form, half of files, and an answer that is not read: more of each than there are turns.
#[tokio::test]
async fn slow_clients_do_not_harm_honest_ones() {
    let running = Running::start(&[]).await;
    let form = "POST /resume HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                Content-Length: 60\r\n\r\ncode=";
    let files = "POST /drafts/x/files HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=b\r\n\
                 Content-Length: 9000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nabc";
    let unread = "GET /items HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20);
    let mut all = slow(&running, 100, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    let mut forms = slow(&running, 150, form);
    all.extend(slow(&running, 50, files));
    all.extend(slow(&running, 30, &unread));
    for _ in 0..20 {
        for path in ["/", "/track", "/healthz"] {
            let answer = running.ask(&format!("GET {path} HTTP/1.0\r\n\r\n")).expect("an answer");
            assert!(answer.starts_with("HTTP/1.0 200"), "{path}: {}", answer.lines().next().unwrap_or_default());
        }
        // Another byte, so that they are not merely idle.
        forms.iter_mut().for_each(|stream| drop(stream.write_all(b"x")));
    }
    // They are let go by themselves.
    for stream in &mut forms {
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        let rest = String::from_utf8_lossy(&rest);
        assert!(rest.starts_with("HTTP/1.1 408"), "{:?}", rest.lines().next());
    }
    drop(all);
}

/// The most memory that the process has held so far, and what it holds now, in kB.
fn memory(running: &Running) -> (usize, usize) {
    let status = std::fs::read_to_string(format!("/proc/{}/status", running.child.id())).expect("a process");
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).expect(name);
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
    };
    (field("VmHWM:"), field("VmRSS:"))
}

/// Files go to the disk as they come: many large ones at once cost the same memory as one.
#[tokio::test]
async fn large_uploads_are_not_held_in_memory() {
    const SENDERS: usize = 20;
    const MEGABYTES: usize = 12;
    let running = Running::start(&[]).await;
    let host = running.addr;
    let head = |path: &str, more: &str| {
        format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n{more}\r\n")
    };
    let begun = running.ask(&head("/items/MZ07/apply", "Content-Length: 0\r\n")).expect("an answer");
    let header = |name: &str| {
        let line = begun.lines().find_map(|line| line.strip_prefix(name)).expect(name);
        line.split(';').next().unwrap_or_default().to_owned()
    };
    let (cookie, location) = (header("set-cookie: "), header("location: "));
    let draft = location.split("/pages/").next().unwrap_or_default().to_owned();
    let part = "--b\r\nContent-Disposition: form-data; name=\"path\"\r\n\r\nfile_card\r\n\
                --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
    let end = "\r\n--b--\r\n";
    let length = part.len() + (MEGABYTES << 20) + end.len();
    let more =
        format!("Cookie: {cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}\r\n");
    let head = head(&format!("{draft}/files"), &more);
    let (_, before) = memory(&running);
    let megabyte = vec![b'x'; 1 << 20];
    std::thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| {
                let mut stream = running.connect().expect("a connection");
                stream.write_all(format!("{head}{part}").as_bytes()).expect("a head");
                (0..MEGABYTES).for_each(|_| stream.write_all(&megabyte).expect("a piece"));
                stream.write_all(end.as_bytes()).expect("the end");
                let mut answer = String::new();
                stream.read_to_string(&mut answer).expect("an answer");
                assert!(answer.starts_with("HTTP/1.1 422") && answer.contains("10MB"), "{answer}");
            });
        }
    });
    let (most, _) = memory(&running);
    assert!(most.saturating_sub(before) < 64 << 10, "{before} kB before, {most} kB at most");
}
