//! Requests that two readers would take for different ones. After each the connection is over, so that nothing behind
//! it is ever read as a request.

use crate::common::Running;

/// What would be answered if it were taken for a request of its own.
const HIDDEN: &str = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

fn post(headers: &str, body: &str) -> String {
    format!("POST /resume HTTP/1.1\r\nHost: x\r\n{headers}\r\n{body}")
}

#[tokio::test]
async fn nothing_behind_a_doubtful_request_is_read() {
    let running = Running::start(&[]).await;
    let plain = running.ask(&format!("{}{HIDDEN}", post("Content-Length: 4\r\n", "code")));
    let plain = plain.expect("answers");
    assert!(plain.ends_with("alive\n"), "what is plain may be followed by another: {plain}");
    let chunk = "0\r\n\r\n";
    for (what, request) in [
        ("length and chunks", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", chunk)),
        ("chunks and length", post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", chunk)),
        ("chunks", post("Transfer-Encoding: chunked\r\n", chunk)),
        ("chunks twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", chunk)),
        ("chunks, misspelt", post("Transfer-Encoding: xchunked\r\n", chunk)),
        ("chunks, hidden by a tab", post("Transfer-Encoding:\tchunked\r\n", chunk)),
        ("chunks, named by a list", post("Transfer-Encoding: gzip, chunked\r\n", chunk)),
        ("chunks, before the colon", post("Transfer-Encoding : chunked\r\n", chunk)),
        ("chunks of HTTP/1.0", post("Transfer-Encoding: chunked\r\n", chunk).replace("HTTP/1.1", "HTTP/1.0")),
        ("two lengths", post("Content-Length: 4\r\nContent-Length: 0\r\n", "code")),
        ("a list of lengths", post("Content-Length: 4, 0\r\n", "code")),
        ("a length with a sign", post("Content-Length: +4\r\n", "code")),
        ("a length below zero", post("Content-Length: -1\r\n", "code")),
        ("a length in another base", post("Content-Length: 0x4\r\n", "code")),
        ("a length beyond all", post("Content-Length: 99999999999999999999\r\n", "code")),
        ("a line that is folded", post("X: y\r\n Content-Length: 4\r\n", "code")),
        ("a space in a name", post("X y: 1\r\n", "")),
        ("no name", post(": 1\r\n", "")),
        ("a zero in a value", post("X: a\0b\r\n", "")),
        ("an end of line in a value", post("X: a\rContent-Length: 4\r\n", "code")),
        ("a line in front", format!(" {}", post("Content-Length: 4\r\n", "code"))),
        ("no host and no version", "GET /\r\n\r\n".to_owned()),
    ] {
        let answer = running.ask(&format!("{request}{HIDDEN}")).unwrap_or_default();
        assert!(!answer.contains("alive"), "{what}: {answer}");
        let first = answer.lines().next().unwrap_or_default();
        assert!(first.is_empty() || first.contains(" 400 ") || first.contains(" 411 "), "{what}: {answer}");
    }
    assert!(running.ask(HIDDEN).expect("an answer").ends_with("alive\n"), "others are served");
}

/// A reader that takes a bare line feed for an end of line and one that does not would see different heads; here both
/// see one request, since the length is plain.
#[tokio::test]
async fn bare_line_feeds_hide_nothing() {
    let running = Running::start(&[]).await;
    let request = "POST /resume HTTP/1.1\nHost: x\nContent-Length: 0\nX: y\nTransfer-Encoding: chunked\n\n";
    let answer = running.ask(&format!("{request}{HIDDEN}")).unwrap_or_default();
    assert!(!answer.contains("alive"), "{answer}");
}

#[tokio::test]
async fn methods_that_nothing_needs_are_refused_and_echo_nothing() {
    let running = Running::start(&[]).await;
    for method in ["TRACE", "TRACK", "DEBUG", "PROPFIND", "CONNECT", "PATCH", "DELETE", "PUT", "get", "XYZ"] {
        for path in ["/", "/items", "/desk", "/healthz", "/desk/sign-in", "/areas/210100"] {
            let sent = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nX-Secret: 4711\r\nConnection: close\r\n\r\n");
            let answer = running.ask(&sent).unwrap_or_default();
            let first = answer.lines().next().unwrap_or_default();
            // A write that no page of ours sent is refused before its method is looked at.
            let refused = [" 400 ", " 403 ", " 405 "].iter().any(|status| first.contains(status));
            assert!(refused && !answer.contains("4711"), "{method} {path}: {answer}");
        }
    }
    for path in ["/.git/config", "/.env", "/pkg/", "/pkg/tongban.js.map", "/Cargo.toml", "/debug", "/server-status"] {
        let answer = running.ask(&format!("GET {path} HTTP/1.0\r\n\r\n")).expect("an answer");
        assert!(answer.starts_with("HTTP/1.0 404"), "{path}: {answer}");
    }
}
