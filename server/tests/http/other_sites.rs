//! What the page of another site makes a browser send here is refused before any handler sees it.

use axum::http::{Request, StatusCode};

use crate::common::{fixture, get, post, send, with};

const KINDS: [&str; 4] =
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", "application/json"];

#[tokio::test]
async fn every_write_from_another_site_is_refused() {
    let fixture = fixture().await;
    let writes: Vec<_> = server::router::listing().into_iter().filter(|(method, _)| method != "GET").collect();
    assert!(writes.len() > 20, "{writes:?}");
    for (method, path) in writes {
        let path = path.replace(['{', '}'], "");
        for kind in KINDS {
            for (site, origin) in [
                (Some("cross-site"), Some("https://evil.example")),
                (Some("same-site"), Some("https://other.tongban.test")),
                (Some("cross-site"), None),
                (None, Some("https://evil.example")),
                (None, Some("null")),
                (None, Some("http://tongban.test.evil.example")),
            ] {
                let mut request = Request::builder().method(method.as_str()).uri(&path);
                request = request.header("host", "tongban.test").header("content-type", kind);
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
}

#[tokio::test]
async fn our_own_pages_may_write() {
    let fixture = fixture().await;
    let own = send(&fixture.app, post("/resume", "code=x")).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.body);
    // Browsers of before 2020 say only where a form comes from.
    let mut old = post("/resume", "code=x");
    old.headers_mut().remove("sec-fetch-site");
    assert_eq!(send(&fixture.app, old).await.status, StatusCode::SEE_OTHER);
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
