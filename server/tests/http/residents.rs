//! A resident signs in and out: cookies, redirects, and what is never in an address.

use crate::acting::accounts::last_code;
use crate::common::{Answer, Fixture, get, post, send, with, without_nonce};
use crate::journey::with_inbox;

const PHONE: &str = "13800138000";

fn cookie(token: &str) -> String {
    format!("tb_session={token}")
}

/// Signs in and returns the answer to the code, with the token before and after it.
async fn signed_in(fixture: &Fixture, form: &str) -> (Answer, String, String) {
    let asked = send(&fixture.app, post("/sign-in", form.to_owned())).await;
    assert_eq!((asked.status.as_u16(), asked.header("location")), (303, "/sign-in/code"));
    let before = asked.cookie("tb_session").expect("a session");
    let page = send(&fixture.app, with(get("/sign-in/code"), "cookie", &cookie(&before))).await;
    assert!(page.body.contains("one-time-code") && page.body.contains("138****8000"), "{}", page.body);
    assert!(!page.body.contains(PHONE), "masked, also in what the script reads");
    let body = format!("code={}", last_code(&fixture.state.service).await);
    let answer = send(&fixture.app, with(post("/sign-in/code", body), "cookie", &cookie(&before))).await;
    let after = answer.cookie("tb_session").expect("another session");
    assert_ne!(before, after);
    (answer, before, after)
}

#[tokio::test]
async fn signing_in_changes_the_token_and_no_answer_names_the_phone_in_an_address() {
    let fixture = with_inbox().await;
    let (answer, before, after) = signed_in(&fixture, &format!("phone={PHONE}&for=devices")).await;
    assert_eq!(answer.header("location"), "/me/devices", "to the page that was wanted");
    let set = answer.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Max-Age="), "{set}");
    let old = send(&fixture.app, with(get("/me"), "cookie", &cookie(&before))).await;
    assert_eq!(old.header("location"), "/sign-in", "the old token is dead");
    let me = send(&fixture.app, with(get("/me"), "cookie", &cookie(&after))).await;
    assert_eq!(me.status.as_u16(), 200);
    assert!(me.body.contains("138****8000") && !me.body.contains(PHONE));
    assert_eq!(me.header("cache-control"), "no-store");
}

#[tokio::test]
async fn on_a_shared_device_the_cookie_goes_with_the_browser() {
    let fixture = with_inbox().await;
    let (answer, ..) = signed_in(&fixture, &format!("phone={PHONE}&shared=yes")).await;
    let set = answer.header("set-cookie");
    assert!(!set.contains("Max-Age"), "{set}");
}

#[tokio::test]
async fn where_to_go_on_is_one_of_our_pages_whatever_is_asked_for() {
    let fixture = with_inbox().await;
    let evil = format!("phone={PHONE}&for=https%3A%2F%2Fevil.example%2F");
    let (answer, ..) = signed_in(&fixture, &evil).await;
    assert_eq!(answer.header("location"), "/me");
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server_and_in_the_browser() {
    let fixture = with_inbox().await;
    let (_, _, token) = signed_in(&fixture, &format!("phone={PHONE}")).await;
    let out = send(&fixture.app, with(post("/me/sign-out", ""), "cookie", &cookie(&token))).await;
    assert_eq!(out.header("location"), "/sign-in?out=1");
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    for path in ["/me", "/me/devices", "/me/phone", "/me/real-name", "/me/merge"] {
        let replayed = send(&fixture.app, with(get(path), "cookie", &cookie(&token))).await;
        assert_eq!(replayed.header("location"), "/sign-in", "{path}");
    }
    let asked = with(post("/api/residents/me", "said=false"), "accept", "application/json");
    let replayed = send(&fixture.app, with(asked, "cookie", &cookie(&token))).await;
    assert_eq!(replayed.status.as_u16(), 401);
}

/// Status, headers and page are the same for a phone with an account and for one without.
#[tokio::test]
async fn answers_do_not_tell_which_phones_have_accounts() {
    let fixture = with_inbox().await;
    signed_in(&fixture, &format!("phone={PHONE}")).await;
    let mut answers = Vec::new();
    // Too soon for the one, and for the other after it was asked for too.
    send(&fixture.app, post("/sign-in", "phone=13900138000")).await;
    for phone in [PHONE, "13900138000"] {
        let again = send(&fixture.app, post("/sign-in", format!("phone={phone}"))).await;
        let token = again.cookie("tb_session").expect("a session");
        let names: Vec<String> = again.headers.keys().map(ToString::to_string).collect();
        let page = send(&fixture.app, with(get("/sign-in?again=1"), "cookie", &cookie(&token))).await;
        let seconds = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        let page = seconds(&without_nonce(&page).replace(phone, ""));
        answers.push((again.status, again.header("location").to_owned(), names, page));
    }
    assert_eq!(answers[0], answers[1]);
}

/// Nothing of a resident is changed by a request of another site, nor by GET.
#[tokio::test]
async fn another_site_cannot_sign_anybody_out() {
    let fixture = with_inbox().await;
    let (_, _, token) = signed_in(&fixture, &format!("phone={PHONE}")).await;
    for path in ["/me/sign-out", "/me/sign-out-everywhere", "/me/merge", "/me/phone"] {
        let forged = with(post(path, ""), "origin", "https://evil.example");
        let forged = with(with(forged, "sec-fetch-site", "cross-site"), "cookie", &cookie(&token));
        assert_eq!(send(&fixture.app, forged).await.status.as_u16(), 403, "{path}");
    }
    let by_get = send(&fixture.app, with(get("/me/sign-out"), "cookie", &cookie(&token))).await;
    assert_eq!(by_get.status.as_u16(), 405);
    let me = send(&fixture.app, with(get("/me"), "cookie", &cookie(&token))).await;
    assert_eq!(me.status.as_u16(), 200, "still signed in");
}
