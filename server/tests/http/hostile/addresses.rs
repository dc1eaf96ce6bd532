//! Hostile texts in paths, in queries and as arguments of server functions.

use axum::body::Body;
use axum::http::Request;

use super::browser::encoded;
use super::texts::all;
use crate::common::{Fixture, get, post, send, with};
use crate::html::faults;
use crate::journey::desk_token;

/// What no text can hold: half characters, bytes that are no UTF-8, a zero, a mark that turns letters around.
const RAW: [&str; 10] =
    ["%00", "a%00b", "%ED%A0%80", "%ED%B0%80", "%FF%FE", "%C0%80", "%F4%90%80%80", "%E2%80%AE", "%", "%zz"];
/// Names that pages read from their address.
const QUERIES: [&str; 12] =
    ["q", "audience", "code", "area", "after", "state", "item", "due", "number", "again", "new", "more"];

/// Every page, file, link and server function with so many texts in the place of each of its parameters. Returns what
/// was answered.
pub async fn walk(fixture: &Fixture, each: usize) -> Vec<(String, u16)> {
    let texts: Vec<String> = all().iter().map(|text| encoded(text)).chain(RAW.map(str::to_owned)).collect();
    let desk = desk_token(fixture, "binhe-3").await;
    let cookie = format!("tb_desk={desk}");
    let mut next = 0;
    let mut answers = Vec::new();
    let mut take = |count: usize| -> Vec<String> {
        let some = (next..next + count).map(|at| texts[at % texts.len()].clone());
        next += count;
        some.chain(RAW.map(str::to_owned)).collect()
    };
    for (method, path) in server::router::listing() {
        if ["/metrics", "/desk/sign-out"].contains(&path.as_str()) {
            continue;
        }
        for text in take(each) {
            let path = fill(&path, &text);
            let request = match method.as_str() {
                "GET" => get(&format!("{path}?{}", query(&text))),
                _ if path.starts_with("/api/") => with(post(&path, arguments(&text)), "accept", "application/json"),
                _ => post(&path, query(&text)),
            };
            let answer = send(&fixture.app, with(request, "cookie", &cookie)).await;
            let status = answer.status.as_u16();
            assert!(status < 500 || status == 503, "{method} {path}: {status} {}", answer.body);
            if answer.header("content-type").starts_with("text/html") {
                let found = faults(&answer);
                assert!(found.is_empty(), "{method} {path}: {}", found.join("\n"));
            }
            assert!(!answer.header("location").contains("evil.example"), "{method} {path}");
            assert!(!answer.headers.contains_key("set-cookie") || answer.cookie("evil").is_none(), "{method} {path}");
            answers.push((format!("{method} {path}"), status));
        }
    }
    answers
}

/// A parameter takes the text; a path that cannot be one at all is left out by the client.
fn fill(path: &str, text: &str) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let text =
            if text.is_empty() || Request::get(format!("/{text}")).body(Body::empty()).is_err() { "%20" } else { text };
        filled += &format!("{before}{text}");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    filled + rest
}

fn query(text: &str) -> String {
    QUERIES.map(|name| format!("{name}={text}")).join("&")
}

/// Under every name that a server function may ask for.
fn arguments(text: &str) -> String {
    let names =
        ["id", "page", "number", "code", "key", "area", "after", "query", "query[q]", "query[state]", "query[number]"];
    let more = ["query[after]", "query[item]", "query[due]", "answers[0][0]", "answers[0][1]", "login", "text"];
    names.iter().chain(&more).map(|name| format!("{name}={text}")).collect::<Vec<_>>().join("&")
}
