//! What it needs is away, one by one: it then does nothing, says so in plain words, and goes on when it is back.

use std::fs;

use axum::http::StatusCode;

use crate::acting::MZ07;
use crate::common::{Answer, Fixture, fixture, fixture_with, folders, get, post, program, send};
use crate::journey::{form, own, photographs, visitor};

/// Nothing of what went wrong inside.
fn is_plain(answer: &Answer) {
    for inside in ["sqlx", "SELECT", "INSERT", "database", "/tmp/", "os error", "panicked", ".rs:", "pool"] {
        assert!(!answer.body.contains(inside), "{inside} in {}", answer.body);
    }
    assert!(answer.body.contains("lang=\"zh-CN\""), "{}", answer.body);
}

async fn begun(fixture: &Fixture) -> (String, String) {
    let begun = send(&fixture.app, post("/items/MZ07/apply", "")).await;
    let draft = begun.header("location").split('/').nth(2).expect("a draft").to_owned();
    (begun.cookie("tb_session").expect("a session"), draft)
}

#[tokio::test]
async fn without_its_key_it_does_not_start() {
    let folder = folders().await;
    fs::write(folder.path().join("key"), "short").expect("written");
    let output = program(&["serve"], folder.path()).env("TONGBAN_ADDR", "127.0.0.1:0").output().expect("run");
    let said = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned();
    assert!(!output.status.success() && said.contains("the key file"), "{said}");
}

#[tokio::test]
async fn without_the_database_nothing_is_promised() {
    let fixture = fixture().await;
    let (token, draft) = begun(&fixture).await;
    fixture.state.service.db.clone().close().await.expect("closed");
    let page = format!("/drafts/{draft}/pages/{}", MZ07[0].0);
    for request in [
        post("/items/MZ07/apply", ""),
        own(&token, post(&page, form(MZ07[0].1))),
        own(&token, get(&page)),
        own(&token, post(&format!("/drafts/{draft}/submit"), "")),
        post("/desk/sign-in", "login=binhe-3&password=tongban-2026"),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let answer = send(&fixture.app, request).await;
        assert!(answer.status.is_server_error(), "{what}: {}", answer.status);
        assert!(answer.cookie("tb_desk").is_none());
        is_plain(&answer);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_kept_is_not_taken_for_kept() {
    let fixture = fixture().await;
    let (token, draft) = begun(&fixture).await;
    let files = fixture.folder.path().join("files");
    fs::remove_dir_all(&files).expect("removed");
    fs::write(&files, "no folder").expect("in its place");
    let answer = send(&fixture.app, own(&token, photographs(&draft, "file_card", "materials", 1))).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    is_plain(&answer);
    let who = visitor(&fixture, &token).await;
    let review = service::forms::review(&fixture.state.service, &who, &draft).await.expect("a review");
    assert!(review.files.is_empty());
}

#[tokio::test]
async fn without_the_virus_scanner_files_wait_and_the_form_goes_on() {
    let fixture = fixture_with(|config| config.service.clamd = Some("127.0.0.1:1".parse().expect("an address"))).await;
    let (token, draft) = begun(&fixture).await;
    for (key, pairs) in MZ07 {
        let saved = send(&fixture.app, own(&token, post(&format!("/drafts/{draft}/pages/{key}"), form(pairs)))).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
    }
    for path in ["file_id_card", "file_household_book", "file_card"] {
        let kept = send(&fixture.app, own(&token, photographs(&draft, path, "materials", 1))).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    }
    let page = send(&fixture.app, own(&token, get(&format!("/drafts/{draft}/review")))).await;
    assert!(page.body.contains("正在查毒") && !page.body.contains("href=\"/files/"), "{}", page.body);
    let who = visitor(&fixture, &token).await;
    let review = service::forms::review(&fixture.state.service, &who, &draft).await.expect("a review");
    for file in review.files.values().flatten() {
        let answer = send(&fixture.app, own(&token, get(&format!("/files/{}", file.id)))).await;
        assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
        is_plain(&answer);
    }
    let refused = send(&fixture.app, own(&token, post(&format!("/drafts/{draft}/submit"), ""))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("还在查毒") && refused.body.contains("不用重填"), "{}", refused.body);
}
