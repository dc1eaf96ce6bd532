//! What a kiosk's pages may reach beyond the server: the agent of its devices, and nothing else; others not even that.

use axum::http::StatusCode;

use crate::acting::kiosks::enrolled;
use crate::common::{fixture_with, get, post, send, with};

const AGENT: &str = "http://127.0.0.1:7099";

#[tokio::test]
async fn only_pages_of_a_kiosk_may_speak_with_its_agent() {
    let fixture = fixture_with(|config| config.kiosk_agent_url = AGENT.to_owned()).await;
    let device = enrolled(&fixture.state.service, "一楼1号").await;
    let kiosk = |path: &str| with(get(path), "cookie", &format!("tb_kiosk={device}"));
    for path in ["/kiosk", "/items", "/track"] {
        let answer = send(&fixture.app, kiosk(path)).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains(&format!("connect-src 'self' {AGENT};")), "{path}: {policy}");
        assert!(answer.body.contains(&format!("data-kiosk-agent=\"{AGENT}\"")), "{path}: {}", answer.body);
        assert!(answer.body.contains("/kiosk-devices.js"), "{path}");
    }
    let forged = with(get("/items"), "cookie", "tb_kiosk=0123456789abcdef0123456789abcdef");
    for (what, request) in [("a phone", get("/items")), ("a forged cookie", forged)] {
        let answer = send(&fixture.app, request).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("connect-src 'self';"), "{what}: {policy}");
        assert!(!policy.contains(AGENT) && !answer.body.contains(AGENT) && !answer.body.contains("kiosk-devices"));
    }
}

#[tokio::test]
async fn a_card_begins_a_session_that_is_good_at_the_kiosk_alone() {
    let fixture = fixture_with(|_| {}).await;
    let device = enrolled(&fixture.state.service, "一楼1号").await;
    let kiosk = |request| with(request, "cookie", &format!("tb_kiosk={device}"));
    let form = "name=%E5%BC%A0%E5%B0%8F%E4%B8%89&id_number=210103194001019013&address=%E6%9F%90%E8%A1%97";
    let laid = send(&fixture.app, with(kiosk(post("/kiosk/card", form)), "accept", "application/json")).await;
    assert_eq!((laid.status, laid.body.as_str()), (StatusCode::OK, "{\"location\":\"/kiosk?card=1\"}"));
    let cookie = laid.headers.get_all("set-cookie").iter().find_map(|value| value.to_str().ok()).expect("a cookie");
    assert!(!cookie.contains("Max-Age"), "until the browser is closed: {cookie}");
    let token = laid.cookie("tb_session").expect("a session");
    let own = |request| with(request, "cookie", &format!("tb_kiosk={device}; tb_session={token}"));
    let home = send(&fixture.app, own(get("/kiosk"))).await;
    assert!(home.body.contains("身份证读好了：张*三") && !home.body.contains("210103194001019013"), "{}", home.body);
    let begun = send(&fixture.app, own(post("/items/MZ07/apply", ""))).await;
    let page = begun.header("location").to_owned();
    assert!(send(&fixture.app, own(get(&page))).await.body.contains("210103194001019013"));
    let elsewhere = with(get(&page), "cookie", &format!("tb_session={token}"));
    assert_eq!(send(&fixture.app, elsewhere).await.status, StatusCode::NOT_FOUND);
    let bad =
        send(&fixture.app, with(kiosk(post("/kiosk/card", "name=x&id_number=1")), "accept", "application/json")).await;
    assert!(bad.status.is_client_error() && bad.body.contains("再放一次"), "{} {}", bad.status, bad.body);
    let nowhere = send(&fixture.app, post("/kiosk/card", form)).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
