//! What the page of another site makes a browser send here is refused before any handler sees it.

use std::collections::BTreeMap;

use axum::http::{Request, StatusCode};

use crate::audited::everything;
use crate::common::{Fixture, fixture, get, post, send, with};
use crate::journey::{desk_token, of_resident, with_inbox};

const KINDS: [&str; 4] =
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", "application/json"];

async fn rows(fixture: &Fixture) -> BTreeMap<String, Vec<String>> {
    everything(&fixture.state.service.db.read).await
}

/// With the cookies of a resident and a worker, and the ids of what is theirs.
#[tokio::test]
async fn every_write_from_another_site_is_refused() {
    let fixture = with_inbox().await;
    let case = of_resident(&fixture).await;
    let desk = desk_token(&fixture, "binhe-3").await;
    let cookie = format!("tb_session={}; tb_desk={desk}", case.token);
    let before = rows(&fixture).await;
    assert!(before.len() > 20 && before["audit"].len() > 10, "{:?}", before.keys());
    let writes: Vec<_> = server::router::listing().into_iter().filter(|(method, _)| method != "GET").collect();
    assert!(writes.len() > 20, "{writes:?}");
    for (method, path) in writes {
        let path = path.replace("{number}", &case.number).replace("{step}", "receive").replace(['{', '}'], "");
        for kind in KINDS {
            for (site, origin) in [
                (Some("cross-site"), Some("https://evil.example")),
                (Some("same-site"), Some("https://other.tongban.test")),
                (Some("cross-site"), None),
                (None, Some("https://evil.example")),
                (None, Some("null")),
                (None, Some("http://tongban.test.evil.example")),
                // Browsers of before 2020 may say nothing at all.
                (None, None),
            ] {
                let mut request = Request::builder().method(method.as_str()).uri(&path);
                request = request.header("host", "tongban.test").header("content-type", kind).header("cookie", &cookie);
                for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                    if let Some(value) = value {
                        request = request.header(name, value);
                    }
                }
                let answer = send(&fixture.app, request.body("a=1".into()).expect("a request")).await;
                let what = format!("{method} {path} {kind} {site:?} {origin:?}");
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
                assert!(!answer.headers.contains_key("set-cookie"), "{what}");
            }
        }
    }
    assert!(rows(&fixture).await == before, "something was written");
    let own = with(post(&format!("/desk/cases/{}/receive", case.number), "version=1"), "cookie", &cookie);
    assert_eq!(send(&fixture.app, own).await.status, StatusCode::SEE_OTHER);
    assert!(rows(&fixture).await != before, "our own page can");
}

/// A link from anywhere may be followed: it must change nothing but what is recorded of looks, and the session of who
/// opens a private link.
#[tokio::test]
async fn nothing_is_written_by_following_a_link() {
    let fixture = with_inbox().await;
    let case = of_resident(&fixture).await;
    let desk = desk_token(&fixture, "binhe-3").await;
    let cookie = format!("tb_session={}; tb_desk={desk}", case.token);
    let before = rows(&fixture).await;
    let links =
        server::router::listing().into_iter().filter(|(method, path)| method == "GET" && !path.ends_with("/live"));
    for (_, path) in links {
        let path = path.replace("{number}", &case.number).replace("{code}", "MZ07").replace("{key}", "newborn");
        let path = path.replace("/files/{id}", &format!("/files/{}", case.file)).replace(['{', '}'], "");
        for query in ["", "?_method=POST&new=1&reason=x", "?version=1"] {
            let answer = send(&fixture.app, with(get(&format!("{path}{query}")), "cookie", &cookie)).await;
            assert!(!answer.status.is_server_error(), "{path}{query}: {}", answer.status);
        }
        // What is sent as a form for the address of a page is not taken for one.
        let tunnelled = with(get(&path), "x-http-method-override", "POST");
        send(&fixture.app, with(tunnelled, "cookie", &cookie)).await;
    }
    let after = rows(&fixture).await;
    let looks = ["audit", "audit_head"];
    let is_look = |table: &String| looks.contains(&table.as_str());
    let written: Vec<_> = after.keys().filter(|table| !is_look(table) && before[*table] != after[*table]).collect();
    assert!(written.is_empty(), "{written:?}");
}

#[tokio::test]
async fn our_own_pages_may_write() {
    let fixture = fixture().await;
    let own = send(&fixture.app, post("/resume", "code=x")).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.body);
    // Browsers of before 2020 say only where a form comes from; some name the page alone.
    let mut old = post("/resume", "code=x");
    old.headers_mut().remove("sec-fetch-site");
    assert_eq!(send(&fixture.app, old).await.status, StatusCode::SEE_OTHER);
    for (page, status) in [
        ("http://tongban.test/resume", StatusCode::SEE_OTHER),
        ("http://tongban.test.evil.example/resume", StatusCode::FORBIDDEN),
        ("https://evil.example/http://tongban.test/", StatusCode::FORBIDDEN),
        ("nonsense", StatusCode::FORBIDDEN),
    ] {
        let mut old = with(post("/resume", "code=x"), "referer", page);
        old.headers_mut().remove("sec-fetch-site");
        old.headers_mut().remove("origin");
        assert_eq!(send(&fixture.app, old).await.status, status, "{page}");
    }
}

#[tokio::test]
async fn a_server_function_sends_nobody_to_another_site() {
    let fixture = fixture().await;
    for path in ["/api/residents/home", "/api/forms/page", "/api/nothing"] {
        let request = with(post(path, "broken"), "referer", "https://evil.example/trap");
        let answer = send(&fixture.app, request).await;
        assert!(!answer.status.is_redirection(), "{path}: {}", answer.status);
        assert_eq!(answer.header("location"), "", "{path}");
    }
}

#[tokio::test]
async fn reading_is_open_to_links_from_other_sites() {
    let fixture = fixture().await;
    let answer = send(&fixture.app, with(get("/items"), "sec-fetch-site", "cross-site")).await;
    assert_eq!(answer.status, StatusCode::OK);
}

/// A server function that reads by `GET` could be called by a link, with the cookies.
#[test]
fn no_server_function_is_called_by_get() {
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        assert_eq!(method.as_str(), "POST", "{path}");
    }
}
