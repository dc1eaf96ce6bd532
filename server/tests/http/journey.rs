//! A whole application over HTTP, without script: forms, files, receipt, the desk, and the page that follows a case.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use tokio_stream::StreamExt;
use tower::ServiceExt;

use crate::acting::accounts::sign_in_here;
use crate::acting::{MZ07, number_of, png};
use crate::common::{Answer, Fixture, fixture, fixture_with, get, post, send, with};

/// What somebody has handed in.
pub struct Submitted {
    /// Of the resident's session.
    pub token: String,
    pub number: String,
    /// The id of a file of it.
    pub file: String,
    /// The path of its private link.
    pub link: String,
}

impl Submitted {
    pub fn own(&self, request: Request<Body>) -> Request<Body> {
        own(&self.token, request)
    }
}

pub fn own(token: &str, request: Request<Body>) -> Request<Body> {
    with(request, "cookie", &format!("tb_session={token}"))
}

pub fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Several photographs in one post, as a browser without script sends them.
pub fn photographs(draft: &str, path: &str, page: &str, count: usize) -> Request<Body> {
    let mut body = Vec::new();
    for (name, value) in [("path", path), ("page", page)] {
        let head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(head.into_bytes());
    }
    for index in 0..count {
        let head =
            format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"照片{index}.png\"\r\n\r\n");
        body.extend(head.into_bytes());
        body.extend(png());
        body.extend(b"\r\n");
    }
    body.extend(b"--b--\r\n");
    with(post(&format!("/drafts/{draft}/files"), body), "content-type", "multipart/form-data; boundary=b")
}

pub async fn submitted(fixture: &Fixture) -> Submitted {
    let app = &fixture.app;
    let begun = send(app, post("/items/MZ07/apply", "")).await;
    let token = begun.cookie("tb_session").expect("a session");
    let draft = begun.header("location").split('/').nth(2).expect("a draft").to_owned();
    for (key, pairs) in MZ07 {
        let page = format!("/drafts/{draft}/pages/{key}");
        assert_eq!(send(app, own(&token, get(&page))).await.status, StatusCode::OK, "{page}");
        let saved = send(app, own(&token, post(&page, form(pairs)))).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{page}: {}", saved.body);
        assert_ne!(saved.header("location"), page, "it has findings");
    }
    for (path, count) in [("file_id_card", 2), ("file_household_book", 1), ("file_card", 1)] {
        let kept = send(app, own(&token, photographs(&draft, path, "materials", count))).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{path}: {}", kept.body);
        let location = kept.header("location");
        assert!(location.starts_with(&format!("/drafts/{draft}/pages/")) && location.ends_with(path), "{location}");
    }
    let submit = || own(&token, post(&format!("/drafts/{draft}/submit"), ""));
    let (once, twice) = (send(app, submit()).await, send(app, submit()).await);
    let number = number_of(once.header("location"));
    assert_eq!(number, number_of(twice.header("location")), "a second tap leads to the same receipt");
    let (service, visitor) = (&fixture.state.service, visitor(fixture, &token).await);
    let track = service::cases::track(service, &visitor, &number).await.expect("tracked");
    let link = track.receipt.link.strip_prefix("http://tongban.test").expect("an address of ours").to_owned();
    let worker = crate::acting::worker(service, "binhe-3").await;
    let case = crate::acting::desk(service, &worker, &number).await;
    let file = case.file.files["file_card"][0].id.clone();
    Submitted { token, number, file, link }
}

/// The same of a resident who has signed in since, and has the case in the account. Of a fixture [`with_inbox`].
pub async fn of_resident(fixture: &Fixture) -> Submitted {
    let service = &fixture.state.service;
    let case = submitted(fixture).await;
    let (_, moved) = sign_in_here(service, &visitor(fixture, &case.token).await, "13800138000", false).await;
    let token = moved.new_session.expect("another session");
    let who = visitor(fixture, &token).await;
    let found = service::residents::join_page(service, &who, "me").await.expect("a page").list;
    let keys: Vec<String> = found.into_iter().map(|one| one.key).collect();
    service::residents::join(service, &who, &keys, "me").await.expect("joined");
    Submitted { token, ..case }
}

/// Codes that were sent are read where the demo shows them.
pub async fn with_inbox() -> Fixture {
    fixture_with(|config| config.service.inbox = true).await
}

pub async fn visitor(fixture: &Fixture, token: &str) -> service::identity::Visitor {
    fixture.state.service.visitor(Some(token), None, crate::acting::ADDRESS).await.expect("a visitor")
}

pub async fn desk_token(fixture: &Fixture, login: &str) -> String {
    crate::acting::desk_token(&fixture.state.service, login).await
}

#[tokio::test]
async fn from_the_first_page_to_the_receipt_and_the_desk() {
    let fixture = fixture().await;
    let case = submitted(&fixture).await;
    let page = format!("/cases/{}", case.number);
    let receipt = send(&fixture.app, case.own(get(&page))).await;
    assert_eq!(receipt.status, StatusCode::OK);
    assert!(receipt.body.contains(&case.number) && !receipt.body.contains("19013"), "masked");
    assert_eq!(send(&fixture.app, get(&page)).await.status, StatusCode::NOT_FOUND);
    // The link on paper, opened on another phone.
    let opened = send(&fixture.app, get(&case.link)).await;
    assert_eq!((opened.status, opened.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
    let other = opened.cookie("tb_session").expect("a session");
    assert_eq!(send(&fixture.app, own(&other, get(&page))).await.status, StatusCode::OK);
    // The desk takes it up; without the right version somebody else was quicker.
    let desk = desk_token(&fixture, "binhe-3").await;
    let signed_in = |request| with(request, "cookie", &format!("tb_desk={desk}"));
    let desk_page = format!("/desk/cases/{}", case.number);
    assert_eq!(send(&fixture.app, signed_in(get(&desk_page))).await.status, StatusCode::OK);
    for version in ["", "77", "1"] {
        let step = signed_in(post(&format!("{desk_page}/receive"), form(&[("version", version)])));
        let done = send(&fixture.app, step).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, desk_page.as_str()));
    }
    let shown = send(&fixture.app, signed_in(get(&desk_page))).await;
    assert!(shown.body.contains("已完成：收件"), "{}", shown.body);
    // Another district's desk is not told that there is such a case.
    let elsewhere = desk_token(&fixture, "sanhaojie-1").await;
    let look = with(get(&desk_page), "cookie", &format!("tb_desk={elsewhere}"));
    assert_eq!(send(&fixture.app, look).await.status, StatusCode::NOT_FOUND);
    let back = send(&fixture.app, case.own(post(&format!("{page}/withdraw"), "reason=x"))).await;
    assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
}

#[tokio::test]
async fn a_file_is_given_out_so_that_nothing_runs_it() {
    let fixture = fixture().await;
    let case = submitted(&fixture).await;
    let path = format!("/files/{}", case.file);
    let check = |answer: &Answer, kind: &str| {
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header("content-disposition").starts_with(kind), "{}", answer.header("content-disposition"));
        assert!(answer.header("content-disposition").contains("filename*=UTF-8''%E7%85%A7"));
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("content-type"), "image/jpeg", "made anew");
    };
    check(&send(&fixture.app, case.own(get(&path))).await, "attachment");
    check(&send(&fixture.app, case.own(get(&format!("{path}?inline=1")))).await, "inline");
    check(&send(&fixture.app, case.own(get(&format!("{path}?inline=yes")))).await, "attachment");
    assert_eq!(send(&fixture.app, get(&path)).await.status, StatusCode::NOT_FOUND);
}

async fn next_line(stream: &mut BodyDataStream) -> Option<String> {
    let piece = tokio::time::timeout(Duration::from_secs(10), stream.next()).await.expect("in time")?;
    Some(String::from_utf8_lossy(&piece.expect("a piece")).into_owned())
}

#[tokio::test]
async fn an_open_page_is_told_of_a_change_until_the_process_ends() {
    let fixture = fixture().await;
    let case = submitted(&fixture).await;
    let request = case.own(with(get(&format!("/cases/{}/live", case.number)), "accept-encoding", "gzip, br"));
    let response = fixture.app.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert!(!response.headers().contains_key("content-encoding"), "compressed, it would come too late");
    let mut stream = response.into_body().into_data_stream();
    assert_eq!(next_line(&mut stream).await.as_deref(), Some("event: version\ndata: 1\n\n"));
    let worker = crate::acting::worker(&fixture.state.service, "binhe-3").await;
    let step = crate::acting::step(&fixture.state.service, &worker, &case.number, "receive", Default::default());
    step.await.expect("received");
    assert_eq!(next_line(&mut stream).await.as_deref(), Some("event: version\ndata: 2\n\n"));
    fixture.stop.send(true).expect("somebody listens");
    assert_eq!(next_line(&mut stream).await, None);
}
