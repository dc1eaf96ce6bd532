//! What may be kept by a browser or a proxy: files of the client, and nothing about a person.

use std::fs;

use axum::http::StatusCode;

use crate::common::{fixture, fixture_with, get, post, send, with, without_nonce};
use crate::journey::{desk_token, of_resident, submitted, with_inbox};

/// What everybody is told alike.
const PUBLIC: [&str; 8] = [
    "/items",
    "/items?q=低保",
    "/items/MZ07",
    "/items/MZ07/check",
    "/certificates",
    "/events/newborn",
    "/announcements",
    "/ratings",
];
/// Lists of areas are the same for all, and tell of nobody.
const MAY_BE_KEPT: [&str; 1] = ["/areas/{code}"];

#[tokio::test]
async fn pages_and_answers_are_not_kept() {
    let fixture = fixture().await;
    for path in ["/", "/items", "/track", "/resume", "/desk/sign-in", "/nothing"] {
        assert_eq!(send(&fixture.app, get(path)).await.header("cache-control"), "no-store", "{path}");
    }
    let answer = send(&fixture.app, post("/api/residents/home", "")).await;
    assert_eq!(answer.header("cache-control"), "no-store");
}

/// Everything that can be asked for, by who is signed in and by who is not.
#[tokio::test]
async fn nothing_that_can_be_personal_is_kept() {
    let fixture = with_inbox().await;
    let case = of_resident(&fixture).await;
    let desk = desk_token(&fixture, "binhe-3").await;
    let cookie = format!("tb_session={}; tb_desk={desk}", case.token);
    let all = server::router::listing().into_iter().filter(|(_, path)| !MAY_BE_KEPT.contains(&path.as_str()));
    for (method, path) in all.filter(|(_, path)| !path.ends_with("/live") && path != "/desk/sign-out") {
        let path = path.replace("{number}", &case.number).replace("{code}", "MZ07").replace("{key}", "newborn");
        let path = path.replace("/files/{id}", &format!("/files/{}", case.file)).replace(['{', '}'], "");
        for cookie in ["", &cookie] {
            let request = if method == "GET" { get(&path) } else { post(&path, "number=x&query[q]=") };
            let answer = send(&fixture.app, with(request, "cookie", cookie)).await;
            assert_eq!(answer.header("cache-control"), "no-store", "{method} {path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn a_public_page_is_the_same_whoever_asks() {
    let fixture = fixture().await;
    let case = submitted(&fixture).await;
    for path in PUBLIC {
        let encoded = path.replace("低保", "%E4%BD%8E%E4%BF%9D");
        let (nobody, somebody) =
            (send(&fixture.app, get(&encoded)).await, send(&fixture.app, case.own(get(&encoded))).await);
        assert_eq!((nobody.status, somebody.status), (StatusCode::OK, StatusCode::OK), "{path}");
        assert_eq!(without_nonce(&nobody), without_nonce(&somebody), "{path}");
        assert!(
            !nobody.header("vary").to_lowercase().contains("cookie") && nobody.cookie("tb_session").is_none(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn files_of_the_client_are_kept_when_their_name_changes_with_them() {
    let plain = fixture().await;
    assert_eq!(send(&plain.app, get("/pkg/tongban.css")).await.header("cache-control"), "no-cache");
    assert_eq!(send(&plain.app, get("/favicon.svg")).await.header("cache-control"), "public, max-age=3600");
    let hashed = fixture_with(|config| {
        let file = config.site_dir.join("hash.txt");
        fs::write(&file, "css: abc\njs: abc\nwasm: abc\n").expect("hashes");
        config.hash_file = Some(file);
    })
    .await;
    let answer = send(&hashed.app, get("/pkg/tongban.css")).await;
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    let page = send(&hashed.app, with(get("/pkg/missing.css"), "accept", "text/html")).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"));
    assert!(page.body.contains("/pkg/tongban.abc.css"), "the error page finds its style: {}", page.body);
}

/// The names of the files of a client in parts do not say all that is in them: their addresses do.
#[tokio::test]
async fn an_address_of_a_client_in_parts_never_means_another_file() {
    let fixture = fixture_with(|config| {
        let file = config.site_dir.join("hash.txt");
        fs::write(&file, "js: abc\nwasm: abc\ncss: abc\nmanifest: abc\nsplit: now\n").expect("hashes");
        config.hash_file = Some(file);
    })
    .await;
    let page = send(&fixture.app, get("/pkg/missing.css")).await;
    assert!(page.body.contains("\"/pkg/now/pkg/tongban.abc.css\""), "{}", page.body);
    let answer = send(&fixture.app, with(get("/pkg/now/pkg/tongban.wasm"), "accept-encoding", "br")).await;
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!((answer.header("content-encoding"), answer.header("content-type")), ("br", "application/wasm"));
    // The same file without the rest of its address may be another one tomorrow.
    assert_eq!(send(&fixture.app, get("/pkg/tongban.wasm")).await.header("cache-control"), "no-cache");
    for path in ["/pkg/before/pkg/tongban.wasm", "/pkg/now/favicon.svg", "/pkg/now/pkg/missing.wasm", "/pkg/now/pkg/"] {
        let answer = send(&fixture.app, with(get(path), "accept", "*/*")).await;
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"), "{path}");
    }
}

#[tokio::test]
async fn what_was_compressed_by_the_build_is_sent_so() {
    let fixture = fixture().await;
    let answer = send(&fixture.app, with(get("/pkg/tongban.wasm"), "accept-encoding", "br, gzip")).await;
    assert_eq!((answer.header("content-encoding"), answer.body.as_str()), ("br", "brotli"));
    assert_eq!(answer.header("content-type"), "application/wasm");
    assert!(answer.header("vary").to_lowercase().contains("accept-encoding"));
    let answer = send(&fixture.app, get("/pkg/tongban.wasm")).await;
    assert_eq!(answer.header("content-encoding"), "");
}

#[tokio::test]
async fn pages_are_compressed() {
    let fixture = fixture().await;
    for encoding in ["br", "gzip"] {
        let answer = send(&fixture.app, with(get("/items"), "accept-encoding", encoding)).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (StatusCode::OK, encoding));
    }
}

#[tokio::test]
async fn no_file_outside_of_the_site_is_given_out() {
    let fixture = fixture().await;
    for path in ["/../tongban.db", "/%2e%2e/tongban.db", "/pkg/..%2f..%2ftongban.db", "/pkg/%5c..%5c..%5ckey", "/pkg/"]
    {
        let answer = send(&fixture.app, get(path)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.body);
    }
}
