//! What is not there or makes no sense is answered in plain words, that say nothing of the inside.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::common::{Answer, fixture, get, post, send, with};

/// Words of the program, its libraries, its database and its folders.
const INSIDE: [&str; 22] = [
    "leptos",
    "axum",
    "tower",
    "hyper",
    "server_fn",
    "serde",
    "sqlx",
    "sea_orm",
    "sqlite",
    "postgres",
    "panicked",
    "unwrap",
    "stack backtrace",
    ".rs:",
    "/tmp/",
    "src/",
    "missing field",
    "invalid type",
    "SELECT ",
    "Args(",
    "Deserialization",
    "at line ",
];

fn says_nothing(what: &str, answer: &Answer) {
    let body = answer.body.replace("/pkg/", "");
    // Where it was built, and whose machine it is.
    let home = std::env::var("HOME").unwrap_or_default();
    let here = [env!("CARGO_MANIFEST_DIR"), &home].into_iter().filter(|folder| folder.len() > 1);
    for word in INSIDE.into_iter().chain(here) {
        assert!(!body.contains(word), "{what}: {word} in {body}");
    }
    let kind = answer.header("content-type");
    assert!(kind.starts_with("text/html") || kind.starts_with("application/json"), "{what}: {kind}");
}

#[tokio::test]
async fn unknown_addresses_say_nothing_of_the_inside() {
    let fixture = fixture().await;
    for path in [
        "/nothing",
        "/api",
        "/api/",
        "/api/nothing",
        "/api/catalogue/list/more",
        "/items/ZZ99",
        "/items/MZ07/nothing",
        "/drafts",
        "/drafts/x/pages/y",
        "/cases/x",
        "/notices/x",
        "/desk/nothing",
        "/.git/HEAD",
        "/.git/config",
        "/.env",
        "/Cargo.toml",
        "/pkg",
        "/pkg/",
        "/pkg/tongban.js.map",
        "/pkg/tongban.wasm.map",
        "/server-status",
        "/debug/pprof",
        "/wp-login.php",
        "/tongban.db",
        "/key",
        "/files/",
        "/%2e%2e/key",
        "/..%2fkey",
        "/favicon.svg/",
        "/index.html",
    ] {
        for accept in ["text/html", "application/json", "*/*"] {
            for method in ["GET", "POST"] {
                let request = with(post(path, "a=1"), "accept", accept);
                let request = if method == "GET" { with(get(path), "accept", accept) } else { request };
                let answer = send(&fixture.app, request).await;
                assert!(
                    answer.status.is_client_error() || answer.status.is_redirection(),
                    "{method} {path}: {}",
                    answer.status
                );
                assert!(!answer.body.contains("ref: refs/heads"), "{path}");
                if !answer.status.is_redirection() {
                    says_nothing(&format!("{method} {path} {accept}"), &answer);
                }
            }
        }
    }
}

#[tokio::test]
async fn other_methods_are_refused() {
    let fixture = fixture().await;
    for path in ["/", "/items", "/desk", "/resume", "/favicon.svg", "/api/residents/home", "/nothing"] {
        for method in ["TRACE", "TRACK", "CONNECT", "PROPFIND", "PUT", "DELETE", "PATCH", "DEBUG"] {
            let request = Request::builder().method(method).uri(path).header("host", "tongban.test");
            let request =
                request.header("sec-fetch-site", "same-origin").body(Body::from("secret=1")).expect("a request");
            let answer = send(&fixture.app, request).await;
            assert!(answer.status.is_client_error(), "{method} {path}: {}", answer.status);
            assert!(!answer.body.contains("secret"), "{method} {path} gives back what it was sent");
            says_nothing(&format!("{method} {path}"), &answer);
        }
    }
}

/// Bodies that no client of ours sends: never a fault of ours, and never slow.
#[tokio::test]
async fn a_body_that_makes_no_sense_is_the_senders_fault() {
    let fixture = fixture().await;
    let deep = format!("id{}=1", "[a]".repeat(10_000));
    let bodies = [
        "",
        "=",
        "&&&&",
        "%",
        "%zz=%",
        "id",
        "id=1&id=2",
        "{\"id\":1}",
        "[1,2,3]",
        "id[999999999]=1",
        "id[-1]=1",
        "id[]=1",
        "id[a][b][c][d][e][f][g][h]=1",
        "query=1",
        "query[q][q]=1",
        "answers[999999999][0]=a",
        "answers[0]=a",
        "\u{0}",
        "id=%00",
        "id=%FF%FE",
        "number=\u{FFFD}",
        &deep,
        &"id=1&".repeat(10_000),
        &"a[]=1&".repeat(10_000),
        &"k".repeat(60_000),
    ]
    .map(str::to_owned);
    let kinds =
        ["application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data; boundary=b", "x"];
    for (method, path) in server::router::listing().into_iter().filter(|(method, _)| method == "POST") {
        let path = path.replace(['{', '}'], "");
        for (at, body) in bodies.iter().enumerate() {
            // Every kind of body with some of the texts, every text as a form.
            for kind in
                kinds.iter().enumerate().filter(|(index, _)| *index == 0 || at % 7 == *index).map(|(_, kind)| kind)
            {
                let request = with(post(&path, body.clone()), "content-type", kind);
                let request = if at % 2 == 0 { with(request, "accept", "application/json") } else { request };
                let answer = send(&fixture.app, request).await;
                let start: String = body.chars().take(40).collect();
                let what = format!("{method} {path} {kind} {start}");
                assert!(!answer.status.is_server_error(), "{what}: {} {}", answer.status, answer.body);
                if answer.status.is_client_error() {
                    says_nothing(&what, &answer);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_server_function_without_its_arguments_is_a_bad_request() {
    let fixture = fixture().await;
    for path in ["/api/forms/page", "/api/cases/track", "/api/catalogue/check"] {
        let answer = send(&fixture.app, post(path, "nonsense[[=1")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}: {}", answer.body);
        assert!(answer.body.contains("没有听懂"), "{path}: {}", answer.body);
    }
}
