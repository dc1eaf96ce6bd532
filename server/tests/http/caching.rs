//! What may be kept by a browser or a proxy: files of the client, and nothing about a person.

use std::fs;

use axum::http::StatusCode;

use crate::common::{fixture, fixture_with, get, post, send, with};

#[tokio::test]
async fn pages_and_answers_are_not_kept() {
    let fixture = fixture().await;
    for path in ["/", "/items", "/track", "/resume", "/desk/sign-in", "/nothing"] {
        assert_eq!(send(&fixture.app, get(path)).await.header("cache-control"), "no-store", "{path}");
    }
    let answer = send(&fixture.app, post("/api/residents/home", "")).await;
    assert_eq!(answer.header("cache-control"), "no-store");
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
