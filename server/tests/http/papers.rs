//! Notices as PDF over HTTP.

use std::sync::Arc;

use axum::http::StatusCode;
use server::state::AppState;
use service::Service;
use service::db::Db;
use service::ports::SystemClock;
use tokio::sync::watch;

use crate::acting::{step, worker};
use crate::common::{Fixture, config, fixture, folders, get, send, with, without_nonce};
use crate::journey::{Submitted, submitted};

/// A receipt that was issued, and the address of its page.
async fn receipt(fixture: &Fixture) -> (Submitted, String) {
    let case = submitted(fixture).await;
    let service = &fixture.state.service;
    let window = worker(service, "binhe-3").await;
    step(service, &window, &case.number, "receive", &[]).await.expect("received");
    let page = send(&fixture.app, case.own(get(&format!("/cases/{}", case.number)))).await;
    let from = page.body.find("/notices/").expect("a link to the receipt");
    let address = page.body[from..].split('"').next().expect("an address").to_owned();
    (case, address)
}

#[tokio::test]
async fn a_paper_is_shown_to_save_and_print() {
    let fixture = fixture().await;
    let (case, address) = receipt(&fixture).await;
    let page = send(&fixture.app, case.own(get(&address))).await;
    let file = format!("{address}/paper.pdf");
    assert!(page.body.contains(&format!("href=\"{file}\" rel=\"external\"")), "{}", page.body);
    let answer = send(&fixture.app, case.own(get(&file))).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.starts_with("%PDF-"));
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("content-security-policy"), "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    // 接收回执
    let name = "inline; filename*=UTF-8''%E6%8E%A5%E6%94%B6%E5%9B%9E%E6%89%A7";
    assert!(answer.header("content-disposition").starts_with(name), "{}", answer.header("content-disposition"));
    assert!(!answer.header("content-disposition").contains("%E5%BC%A0"), "not the name of the person");
    let stranger = send(&fixture.app, get(&file)).await;
    let none = send(&fixture.app, get(&format!("/notices/{}/paper.pdf", uuid::Uuid::new_v4()))).await;
    assert_eq!((stranger.status, none.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(without_nonce(&stranger), without_nonce(&none), "a notice of another's looks like none");
}

#[tokio::test]
async fn without_a_font_one_is_told_to_print_the_page() {
    let folder = folders().await;
    let config = config(folder.path());
    let db = Db::open(&config.service.database_url).await.expect("open");
    let mut service = Service::with(db, config.service.clone(), Arc::new(SystemClock)).await.expect("service");
    service.paper = None;
    let (stop, stopping) = watch::channel(false);
    let state = AppState::new(Arc::new(service), config, stopping);
    let fixture = Fixture { app: server::router::router(state.clone()), state, folder, stop };
    let (case, address) = receipt(&fixture).await;
    let file = format!("{address}/paper.pdf");
    let answer = send(&fixture.app, case.own(get(&file))).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(
        answer.body.contains("打印这一页") && answer.body.contains(&format!("href=\"{address}\"")),
        "{}",
        answer.body
    );
    assert!(!answer.body.contains("编号："), "there is nothing to look up: {}", answer.body);
    assert_eq!(send(&fixture.app, get(&file)).await.status, StatusCode::NOT_FOUND);
    let asked = with(case.own(get(&file)), "accept", "application/json");
    assert!(send(&fixture.app, asked).await.body.starts_with('{'));
}
