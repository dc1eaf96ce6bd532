//! Forms are answered by an address of ours: by a redirect, or as JSON for our script.

use axum::http::StatusCode;

use crate::common::{fixture, fixture_with, get, item_with_form, post, send, with};

#[tokio::test]
async fn a_draft_is_begun_with_a_cookie_and_belongs_to_it() {
    let fixture = fixture().await;
    let apply = format!("/items/{}/apply", item_with_form(&fixture.state));
    let begun = send(&fixture.app, post(&apply, "")).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let page = begun.header("location").to_owned();
    assert!(page.starts_with("/drafts/"), "{page}");
    let cookie = begun.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    let token = begun.cookie("tb_session").expect("a session");
    assert!(token.len() >= 32, "128 bits: {token}");
    let own = |request| with(request, "cookie", &format!("tb_session={token}"));
    assert_eq!(send(&fixture.app, own(get(&page))).await.status, StatusCode::OK);
    assert_eq!(send(&fixture.app, get(&page)).await.status, StatusCode::NOT_FOUND, "another browser");
    let saved = send(&fixture.app, own(post(&page, "_do=stay&nonsense=1"))).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
    assert!(saved.cookie("tb_session").is_none(), "the session that is there goes on");
    let again = send(&fixture.app, own(post(&apply, ""))).await;
    assert!(again.cookie("tb_session").is_none());
}

#[tokio::test]
async fn our_script_is_answered_in_json() {
    let fixture = fixture().await;
    let json = |request| with(request, "accept", "application/json");
    let apply = format!("/items/{}/apply", item_with_form(&fixture.state));
    let begun = send(&fixture.app, json(post(&apply, ""))).await;
    assert_eq!(begun.status, StatusCode::OK);
    assert!(begun.body.starts_with("{\"location\":\"/drafts/"), "{}", begun.body);
    assert!(begun.cookie("tb_session").is_some());
    let lost = send(&fixture.app, json(post("/drafts/none/submit", ""))).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.body.contains("\"error\":\"") && lost.body.contains("\"reference\":\"\""), "{}", lost.body);
    let signed_out = send(&fixture.app, json(post("/desk/start", "item=x"))).await;
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED, "what was typed stays on the page");
}

#[tokio::test]
async fn over_https_cookies_are_for_https_alone() {
    let fixture = fixture_with(|config| config.service.public_url = "https://tongban.test".to_owned()).await;
    let apply = format!("/items/{}/apply", item_with_form(&fixture.state));
    let begun = send(&fixture.app, with(post(&apply, ""), "origin", "https://tongban.test")).await;
    let cookie = begun.header("set-cookie");
    assert!(cookie.starts_with("__Host-tb_session=") && cookie.contains("; Secure"), "{cookie}");
    let token = begun.cookie("__Host-tb_session").expect("a session");
    let page = begun.header("location").to_owned();
    let plain = with(get(&page), "cookie", &format!("tb_session={token}"));
    assert_eq!(send(&fixture.app, plain).await.status, StatusCode::NOT_FOUND, "another host can set this name");
    let right = with(get(&page), "cookie", &format!("__Host-tb_session={token}"));
    assert_eq!(send(&fixture.app, right).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_worker_signs_in_works_and_signs_out() {
    let fixture = fixture().await;
    let workers = service::seed::seed_demo(&fixture.state.service.db).await.expect("workers");
    let worker = workers.first().expect("a worker");
    let form = |password: &str| format!("login={}&password={password}", worker.login);
    let wrong = send(&fixture.app, post("/desk/sign-in", form("wrong"))).await;
    assert_eq!((wrong.status, wrong.header("location")), (StatusCode::SEE_OTHER, "/desk/sign-in?again=1"));
    assert!(wrong.cookie("tb_desk").is_none());
    let browser = format!("tb_session={}", wrong.cookie("tb_session").expect("what the form says is kept"));
    let again = send(&fixture.app, with(get("/desk/sign-in?again=1"), "cookie", &browser)).await;
    assert!(again.body.contains("用户名或密码不对") && again.body.contains(&worker.login), "{}", again.body);
    let planted = with(post("/desk/sign-in", form(&worker.password)), "cookie", "tb_desk=planted");
    let right = send(&fixture.app, planted).await;
    assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, "/desk/sign-in/code"));
    let under_way = right.cookie("tb_desk").expect("a sign-in under way");
    let half = |request| with(request, "cookie", &format!("tb_desk={under_way}"));
    let closed = send(&fixture.app, half(get("/desk"))).await;
    assert_eq!(closed.header("location"), "/desk/sign-in", "a password alone opens nothing");
    let page = send(&fixture.app, half(get("/desk/sign-in/code"))).await;
    assert!(page.status == StatusCode::OK && page.body.contains("one-time-code"), "{}", page.body);
    let code = service::staff::demo_code(&worker.login, fixture.state.service.clock.now()).expect("a code");
    let right = send(&fixture.app, half(post("/desk/sign-in/code", format!("code={code}")))).await;
    assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, "/desk"));
    let token = right.cookie("tb_desk").expect("a session");
    assert!(token != "planted" && token != under_way, "each step has a token of its own");
    let replayed = send(&fixture.app, half(get("/desk/sign-in/code"))).await;
    assert_eq!(replayed.header("location"), "/desk/sign-in", "the old one is dead");
    assert!(right.cookie("tb_known").is_some(), "from now on the browser is known");
    let cookie = right.headers.get_all("set-cookie").iter().find(|value| value.as_bytes().starts_with(b"tb_desk="));
    let cookie = cookie.and_then(|value| value.to_str().ok()).expect("a cookie");
    assert!(!cookie.contains("Max-Age") && cookie.contains("HttpOnly"), "until the browser is closed");
    let own = |request| with(request, "cookie", &format!("tb_desk={token}"));
    assert_eq!(send(&fixture.app, own(get("/desk"))).await.status, StatusCode::OK);
    let out = send(&fixture.app, own(post("/desk/sign-out", ""))).await;
    assert_eq!(out.header("location"), "/desk/sign-in");
    assert!(out.header("set-cookie").contains("Max-Age=0") && out.header("clear-site-data").contains("cache"));
    let after = send(&fixture.app, own(get("/desk"))).await;
    assert!(after.status.is_redirection() || after.status == StatusCode::UNAUTHORIZED, "{}", after.status);
}

#[tokio::test]
async fn areas_are_told_to_everybody() {
    let fixture = fixture().await;
    let answer = send(&fixture.app, get("/areas/210100")).await;
    assert_eq!(answer.header("cache-control"), "public, max-age=3600");
    assert!(answer.body.starts_with("[{\"code\":\"2101") && answer.body.contains("沈河区"), "{}", answer.body);
    assert_eq!(send(&fixture.app, get("/areas/999999")).await.status, StatusCode::NOT_FOUND);
}
