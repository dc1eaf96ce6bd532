//! A stranger tries everything there is: every page, every form, every server function, with the ids of somebody
//! else. What is not in the table below fails, so nothing can be added without a decision who may use it.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, Request};

use crate::common::{Answer, Fixture, fixture, get, post, send, with, without_nonce};
use crate::journey::submitted;
use crate::together::sent_together;

/// What a stranger gets.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rule {
    /// For everybody.
    Open,
    /// For everybody: leads on, and shows nothing of anybody.
    Moves,
    /// There is nothing, or it is not said that there is something.
    NotFound,
    /// Only for workers who signed in.
    SignIn,
    /// Only for residents who signed in.
    Resident,
    /// Not without the right password: the form is shown again, and no worker's session is made.
    Again,
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Method, path, what is sent, what happens.
const RULES: &[(&str, &str, &str, Rule)] = &[
    // Pages
    ("GET", "/", "", Rule::Open),
    ("GET", "/about", "", Rule::Open),
    ("GET", "/items", "", Rule::Open),
    ("GET", "/items/{code}", "", Rule::Open),
    ("GET", "/items/{code}/check", "", Rule::Open),
    ("GET", "/items/{code}/apply", "", Rule::Open),
    ("GET", "/certificates", "", Rule::Open),
    ("GET", "/resume", "", Rule::Open),
    ("GET", "/resume/{token}", "", Rule::Open),
    ("GET", "/track", "", Rule::Open),
    ("GET", "/desk/sign-in", "", Rule::Open),
    ("GET", "/desk/sign-in/code", "", Rule::SignIn),
    ("GET", "/desk/sign-in/set-up", "", Rule::SignIn),
    ("GET", "/desk/prove", "", Rule::SignIn),
    ("GET", "/desk/invitation/{token}", "", Rule::NotFound),
    ("GET", "/desk/admin/workers", "", Rule::SignIn),
    ("GET", "/desk/admin/workers/{id}", "", Rule::SignIn),
    ("GET", "/desk/admin/proposals", "", Rule::SignIn),
    ("GET", "/desk/admin/contracts", "", Rule::SignIn),
    ("GET", "/desk/account", "", Rule::SignIn),
    ("GET", "/desk/account/code", "", Rule::SignIn),
    ("GET", "/desk/account/passkeys", "", Rule::SignIn),
    ("GET", "/desk/account/recovery", "", Rule::SignIn),
    ("GET", "/drafts/{id}/pages/{page}", "", Rule::NotFound),
    ("GET", "/drafts/{id}/review", "", Rule::NotFound),
    ("GET", "/drafts/{id}/resume", "", Rule::NotFound),
    ("GET", "/cases/{number}", "", Rule::NotFound),
    ("GET", "/events/{key}", "", Rule::Open),
    ("GET", "/bundles/{number}", "", Rule::NotFound), // the number of a bundle: see `fill`
    ("GET", "/desk/events/{key}", "", Rule::SignIn),
    ("GET", "/notices/{id}", "", Rule::NotFound),
    ("GET", "/notices/{id}/paper.pdf", "", Rule::NotFound),
    ("GET", "/verify", "", Rule::Open),
    ("GET", "/inbox", "", Rule::NotFound),
    ("GET", "/announcements", "", Rule::Open),
    ("GET", "/announcements/{id}", "", Rule::NotFound),
    ("GET", "/desk", "", Rule::SignIn),
    ("GET", "/desk/start", "", Rule::SignIn),
    ("GET", "/desk/cases/{number}", "", Rule::SignIn),
    ("GET", "/desk/custody", "", Rule::SignIn),
    ("GET", "/desk/recusal", "", Rule::SignIn),
    ("GET", "/desk/ratings", "", Rule::SignIn),
    ("GET", "/ratings", "", Rule::Open),
    ("GET", "/desk/appointments", "", Rule::SignIn),
    ("GET", "/desk/appointments/{code}", "", Rule::SignIn),
    ("GET", "/sign-in", "", Rule::Open),
    ("GET", "/sign-in/code", "", Rule::Resident),
    ("GET", "/sign-in/join", "", Rule::Resident),
    ("GET", "/me", "", Rule::Resident),
    ("GET", "/me/devices", "", Rule::Resident),
    ("GET", "/me/looks", "", Rule::Resident),
    ("GET", "/me/looks/{chain}/{seq}", "", Rule::Resident),
    ("GET", "/me/consents", "", Rule::Resident),
    ("GET", "/me/mandates", "", Rule::Resident),
    ("GET", "/me/mandates/new", "", Rule::Resident),
    ("GET", "/me/mandates/guardian", "", Rule::Resident),
    ("GET", "/me/documents", "", Rule::Resident),
    ("GET", "/me/household", "", Rule::Resident),
    ("GET", "/me/data", "", Rule::Resident),
    ("GET", "/me/data/copy", "", Rule::Resident),
    ("GET", "/me/data/copy.json", "", Rule::Resident),
    ("GET", "/me/cases", "", Rule::Resident),
    ("GET", "/claim", "", Rule::Open),
    ("GET", "/me/phone", "", Rule::Resident),
    ("GET", "/me/real-name", "", Rule::Resident),
    ("GET", "/me/merge", "", Rule::Resident),
    // Server functions
    ("POST", "/api/residents/sign-in", "goal=me&again=false", Rule::Open),
    ("POST", "/api/residents/code", "", Rule::Resident),
    ("POST", "/api/residents/join", "goal=me", Rule::Resident),
    ("POST", "/api/residents/me", "said=false", Rule::Resident),
    ("POST", "/api/looks/list", "before=", Rule::Resident),
    ("POST", "/api/looks/one", "chain=0&seq=1", Rule::Resident),
    ("POST", "/api/consents/list", "", Rule::Resident),
    ("POST", "/api/mandates/list", "item=&page=", Rule::Resident),
    ("POST", "/api/mandates/in-force", "", Rule::Open),
    ("POST", "/api/mandates/held", "code={code}", Rule::Open),
    ("POST", "/api/documents/list", "", Rule::Resident),
    ("POST", "/api/household/list", "", Rule::Resident),
    ("POST", "/api/data/home", "", Rule::Resident),
    ("POST", "/api/data/view", "", Rule::Resident),
    ("POST", "/api/residents/cases", "", Rule::Resident),
    ("POST", "/api/residents/devices", "", Rule::Resident),
    ("POST", "/api/residents/phone", "again=false", Rule::Resident),
    ("POST", "/api/residents/real-name", "again=false", Rule::Resident),
    ("POST", "/api/residents/merge", "again=false", Rule::Resident),
    ("GET", "/desk/audit", "", Rule::SignIn),
    ("GET", "/desk/audit/looks", "", Rule::SignIn),
    ("GET", "/desk/audit/searches/{id}", "", Rule::SignIn),
    ("POST", "/api/audit/home", "", Rule::SignIn),
    ("POST", "/api/audit/looks", "", Rule::SignIn),
    ("POST", "/api/audit/found", "id={id}&after=", Rule::SignIn),
    ("POST", "/api/residents/home", "", Rule::Open),
    ("POST", "/api/catalogue/list", "query[q]=", Rule::Open),
    ("POST", "/api/catalogue/shelves", "", Rule::Open),
    ("POST", "/api/catalogue/certificates", "", Rule::Open),
    ("POST", "/api/catalogue/item", "code={code}", Rule::Open),
    ("POST", "/api/catalogue/check", "code={code}&answers[0][0]=a&answers[0][1]=b", Rule::Open),
    ("POST", "/api/forms/flash", "", Rule::Open),
    ("POST", "/api/forms/page", "id={id}&page={page}", Rule::NotFound),
    ("POST", "/api/forms/review", "id={id}", Rule::NotFound),
    ("POST", "/api/forms/resume", "id={id}", Rule::NotFound),
    ("POST", "/api/cases/track", "number={number}", Rule::NotFound),
    ("POST", "/api/bundles/event", "key={key}", Rule::Open),
    ("POST", "/api/bundles/track", "number={bundle}", Rule::NotFound),
    ("POST", "/api/desk/event", "key={key}", Rule::SignIn),
    ("POST", "/api/sms/inbox", "", Rule::NotFound),
    ("POST", "/api/ratings/desk", "", Rule::SignIn),
    ("POST", "/api/ratings/results", "", Rule::Open),
    ("POST", "/api/notices/fetch", "id={id}", Rule::NotFound),
    ("POST", "/api/notices/verify", "code=ABCDEFGHJKMN", Rule::Open),
    ("POST", "/api/announcements/board", "area=&after=", Rule::Open),
    ("POST", "/api/announcements/one", "id={id}", Rule::NotFound),
    ("POST", "/api/desk/queue", "query[state]=all", Rule::SignIn),
    ("POST", "/api/desk/case", "number={number}", Rule::SignIn),
    ("POST", "/api/desk/start", "query=x", Rule::SignIn),
    ("POST", "/api/desk/custody", "", Rule::SignIn),
    ("POST", "/api/desk/recusal", "", Rule::SignIn),
    ("POST", "/api/desk/appointments", "", Rule::SignIn),
    ("POST", "/api/desk/appointment", "code=ABCDEFGH", Rule::SignIn),
    ("POST", "/api/staff/code", "", Rule::SignIn),
    ("POST", "/api/staff/set-up", "", Rule::SignIn),
    ("POST", "/api/staff/account", "", Rule::SignIn),
    ("POST", "/api/staff/worker", "", Rule::SignIn),
    ("POST", "/api/staff/new-code", "", Rule::SignIn),
    ("POST", "/api/staff/new-passkey", "", Rule::SignIn),
    ("POST", "/api/staff/recovery", "", Rule::SignIn),
    ("POST", "/api/staff/demo-codes", "", Rule::NotFound),
    ("POST", "/api/staff/invitation", "token={token}", Rule::NotFound),
    ("POST", "/api/staff/workers", "sought=", Rule::SignIn),
    ("POST", "/api/staff/worker-page", "id={id}", Rule::SignIn),
    ("POST", "/api/staff/proposals", "", Rule::SignIn),
    ("POST", "/api/staff/contracts", "", Rule::SignIn),
    // Forms
    ("POST", "/items/{code}/apply", "", Rule::Moves),
    ("POST", "/events/{key}/start", "items=GA07", Rule::Moves),
    ("POST", "/resume", "code=ABCDEFGHJK", Rule::Moves),
    ("POST", "/track", "number={number}&tail=0000", Rule::Moves),
    ("POST", "/desk/sign-out", "", Rule::Moves),
    ("POST", "/desk/sign-in", "login=w&password=wrong", Rule::Again),
    ("POST", "/desk/sign-in/code", "code=123456", Rule::SignIn),
    ("POST", "/desk/sign-in/passkey", "passkey={}", Rule::SignIn),
    ("POST", "/desk/sign-in/set-up", "code=123456", Rule::SignIn),
    ("POST", "/desk/prove", "password=x&to=/desk", Rule::SignIn),
    ("POST", "/desk/invitation/{token}", "new=x&again=x", Rule::NotFound),
    ("POST", "/desk/admin/workers", "login=x&name=x&office=x", Rule::SignIn),
    ("POST", "/desk/admin/workers/{id}/end", "", Rule::SignIn),
    ("POST", "/desk/admin/workers/{id}/restore", "", Rule::SignIn),
    ("POST", "/desk/admin/workers/{id}/reset", "", Rule::SignIn),
    ("POST", "/desk/admin/workers/{id}/forget-codes", "", Rule::SignIn),
    ("POST", "/desk/admin/workers/{id}/grants", "role=window", Rule::SignIn),
    ("POST", "/desk/admin/workers/{id}/grants/{grant}/end", "", Rule::SignIn),
    ("POST", "/desk/admin/contracts", "office=210103-ZZ01", Rule::SignIn),
    ("POST", "/desk/admin/contracts/{id}/end", "", Rule::SignIn),
    ("POST", "/desk/admin/contracts/{id}/name", "name-{id}=x", Rule::SignIn),
    ("POST", "/desk/admin/proposals/{id}/approve", "", Rule::SignIn),
    ("POST", "/desk/admin/proposals/{id}/drop", "", Rule::SignIn),
    ("POST", "/desk/account/password", "old=x&new=y&again=y", Rule::SignIn),
    ("POST", "/desk/account/devices/{id}/end", "", Rule::SignIn),
    ("POST", "/desk/account/code", "", Rule::SignIn),
    ("POST", "/desk/account/code/confirm", "code=123456", Rule::SignIn),
    ("POST", "/desk/account/passkeys", "", Rule::SignIn),
    ("POST", "/desk/account/passkeys/confirm", "name=x&passkey={}", Rule::SignIn),
    ("POST", "/desk/account/passkeys/{id}/remove", "", Rule::SignIn),
    ("POST", "/desk/account/recovery", "", Rule::SignIn),
    ("POST", "/desk/account/recovery/noted", "", Rule::SignIn),
    ("POST", "/drafts/{id}/pages/{page}", "_do=next", Rule::NotFound),
    ("POST", "/drafts/{id}/files", "multipart", Rule::NotFound),
    ("POST", "/drafts/{id}/files/{file}/remove", "", Rule::NotFound),
    ("POST", "/drafts/{id}/submit", "", Rule::NotFound),
    ("POST", "/drafts/{id}/resume-code", "", Rule::NotFound),
    ("POST", "/drafts/{id}/discard", "", Rule::NotFound),
    ("POST", "/cases/{number}/withdraw", "reason=x", Rule::NotFound),
    ("POST", "/cases/{number}/correct", "", Rule::NotFound),
    ("POST", "/cases/{number}/messages", "multipart", Rule::NotFound),
    ("POST", "/desk/cases/{number}/messages", "multipart", Rule::SignIn),
    ("POST", "/desk/cases/{number}/show", "page=applicant&show-applicant-reason=call", Rule::SignIn),
    ("POST", "/desk/cases/{number}/instruct", "instruction=x", Rule::SignIn),
    ("POST", "/desk/cases/{number}/explain", "explanation=x", Rule::SignIn),
    ("POST", "/desk/cases/{number}/notes", "note=x", Rule::SignIn),
    ("POST", "/cases/{number}/rate", "stage=accepted&accepted.grade=1", Rule::NotFound),
    ("POST", "/desk/ratings/{id}", "words=x", Rule::SignIn),
    ("POST", "/desk/cases/{number}/{step}", "version=1", Rule::SignIn),
    ("POST", "/desk/start", "item={code}", Rule::SignIn),
    ("POST", "/drafts/{id}/refer", "day=2026-12-01&half=morning", Rule::SignIn),
    ("POST", "/desk/custody/{id}", "to=x", Rule::SignIn),
    ("POST", "/desk/recusal", "kind=own&own.id_number=x", Rule::SignIn),
    ("POST", "/desk/appointments/{code}/come", "", Rule::SignIn),
    ("POST", "/desk/appointments/{code}/cancel", "", Rule::SignIn),
    ("POST", "/desk/cases/{number}/objections/{id}", "answer=x", Rule::SignIn),
    ("POST", "/announcements/{id}/object", "words=x", Rule::NotFound),
    ("POST", "/sign-in", "phone=13800138000", Rule::Moves),
    ("POST", "/sign-in/code", "code=123456", Rule::Moves),
    ("POST", "/sign-in/join", "join=case:{id}", Rule::Resident),
    ("POST", "/sign-in/city", "", Rule::NotFound), // no platform is set up here
    ("GET", "/sign-in/city/back", "", Rule::NotFound), // as above
    ("POST", "/me/sign-out", "", Rule::Moves),
    ("POST", "/claim", "code=AAAABBBB&tail=0000", Rule::Moves),
    ("POST", "/drafts/{id}/pages/{page}/take", "what=answers", Rule::NotFound),
    ("POST", "/drafts/{id}/files/{file}/keep", "", Rule::Resident),
    ("POST", "/me/looks/{chain}/{seq}/ask", "words=x", Rule::Resident),
    ("POST", "/me/consents/{id}/withdraw", "", Rule::Resident),
    ("POST", "/me/consents/keep", "health=yes", Rule::Resident),
    ("POST", "/me/mandates", "name=x", Rule::Resident),
    ("POST", "/me/mandates/guardian", "name=x", Rule::Resident),
    ("POST", "/me/mandates/{id}/revoke", "", Rule::Resident),
    ("POST", "/me/documents/{id}/validity", "until=", Rule::Resident),
    ("POST", "/me/documents/{id}/drop", "", Rule::Resident),
    ("POST", "/me/household", "name=x", Rule::Resident),
    ("POST", "/me/household/{id}/remove", "", Rule::Resident),
    ("POST", "/me/data/correct", "number={number}&words=x", Rule::Resident),
    ("POST", "/me/data/close", "sure=yes", Rule::Resident),
    ("POST", "/me/sign-out-everywhere", "", Rule::Resident),
    ("POST", "/me/devices/{id}/sign-out", "", Rule::Resident),
    ("POST", "/me/code", "for=phone", Rule::Resident),
    ("POST", "/me/prove", "id_number=210103194001019013&for=phone", Rule::Resident),
    ("POST", "/me/phone", "phone=13900139000", Rule::Resident),
    ("POST", "/me/phones/{id}/drop", "", Rule::Resident),
    ("POST", "/me/real-name", "name=x&id_number=210103194001019013", Rule::Resident),
    ("POST", "/me/real-name/found", "found={id}", Rule::Resident),
    ("POST", "/me/merge/code", "phone=13900139000", Rule::Resident),
    ("POST", "/me/merge", "", Rule::Resident),
    ("POST", "/desk/audit/search", "by=case", Rule::SignIn),
    ("POST", "/desk/audit/questions/{id}", "answer-x=y", Rule::SignIn),
    // Other
    ("GET", "/cases/{number}/open/{token}", "", Rule::NotFound),
    ("GET", "/bundles/{number}/open/{token}", "", Rule::NotFound), // as above
    ("GET", "/cases/{number}/live", "", Rule::NotFound),
    ("GET", "/files/{id}", "", Rule::NotFound), // the id of a file: see `fill`
];

/// Path and body of everything that may change something.
pub fn writes() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.iter().filter(|rule| rule.0 == "POST").map(|rule| (rule.1, rule.2))
}

/// For everybody, and about nobody.
const ABOUT_NOBODY: [(&str, &str); 4] =
    [("GET", "/areas/{code}"), ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics")];

#[test]
fn everything_that_answers_is_in_the_table() {
    let listed = server::router::listing();
    let ruled = |method: &str, path: &str| {
        RULES.iter().any(|rule| (rule.0, rule.1) == (method, path)) || ABOUT_NOBODY.contains(&(method, path))
    };
    let unruled: Vec<_> = listed.iter().filter(|(method, path)| !ruled(method, path)).collect();
    assert!(unruled.is_empty(), "decide who may use these: {unruled:?}");
    let there = |method: &str, path: &str| listed.iter().any(|(m, p)| (m.as_str(), p.as_str()) == (method, path));
    let gone: Vec<_> = RULES.iter().filter(|rule| !there(rule.0, rule.1)).map(|rule| (rule.0, rule.1)).collect();
    assert!(gone.is_empty(), "not there any more: {gone:?}");
}

/// Ids of things that are there, and are somebody else's.
async fn belongings(fixture: &Fixture) -> BTreeMap<&'static str, String> {
    let begun = send(&fixture.app, post("/items/MZ07/apply", "")).await;
    let location = begun.header("location").to_owned();
    let (draft, page) = location.split_once("/pages/").expect("a page of a draft");
    let id = draft.strip_prefix("/drafts/").expect("a draft");
    let case = submitted(fixture).await;
    BTreeMap::from([
        ("{code}", "MZ07".to_owned()),
        ("{key}", "newborn".to_owned()),
        ("{bundle}", sent_together(fixture).await),
        ("{id}", id.to_owned()),
        ("{page}", page.to_owned()),
        ("{file}", case.file),
        ("{number}", case.number),
        ("{token}", "0123456789abcdef0123456789abcdef".to_owned()),
        ("{step}", "receive".to_owned()),
        ("{grant}", uuid::Uuid::nil().to_string()),
        ("{chain}", "0".to_owned()),
        ("{seq}", "1".to_owned()),
    ])
}

pub fn request(method: &str, path: &str, body: &str) -> Request<Body> {
    if method == Method::GET.as_str() {
        return get(path);
    }
    if body == "multipart" {
        let part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nabc\r\n--b--\r\n";
        return with(post(path, part), "content-type", "multipart/form-data; boundary=b");
    }
    with(post(path, body.to_owned()), "content-type", FORM)
}

fn holds(rule: Rule, answer: &Answer) -> bool {
    let status = answer.status.as_u16();
    match rule {
        Rule::Open => status == 200,
        Rule::Moves => status == 303 && answer.header("location").starts_with('/'),
        Rule::NotFound => status == 404,
        Rule::SignIn if status == 401 => true,
        Rule::SignIn => matches!(status, 302 | 303) && answer.header("location") == "/desk/sign-in",
        Rule::Resident if status == 401 => true,
        Rule::Resident => matches!(status, 302 | 303) && answer.header("location") == "/sign-in",
        Rule::Again => {
            status == 303 && answer.header("location").ends_with("?again=1") && answer.cookie("tb_desk").is_none()
        }
    }
}

#[tokio::test]
async fn a_stranger_gets_nothing_of_anybody() {
    let fixture = fixture().await;
    let ids = belongings(&fixture).await;
    let fill = |text: &str| {
        let text = text.replace("/files/{id}", &format!("/files/{}", ids["{file}"]));
        let text = text.replace("/bundles/{number}", &format!("/bundles/{}", ids["{bundle}"]));
        ids.iter().fold(text, |text, (name, value)| text.replace(name, value))
    };
    let mut wrong = Vec::new();
    // Without cookies, and with ones that mean nothing.
    for cookie in [None, Some("tb_session=0123; tb_desk=4567")] {
        for (method, path, body, rule) in RULES {
            let mut request = request(method, &fill(path), &fill(body));
            if let Some(cookie) = cookie {
                request = with(request, "cookie", cookie);
            }
            let answer = send(&fixture.app, request).await;
            if !holds(*rule, &answer) {
                let start: String = answer.body.chars().take(200).collect();
                wrong.push(format!(
                    "{method} {path}: {rule:?}, but {} {} {start}",
                    answer.status,
                    answer.header("location")
                ));
            }
            assert!(!answer.body.contains("张*三") && !answer.body.contains("张小三"), "{method} {path} tells a name");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is another's looks like what is not there: same status, same page but for the numbers of the request.
#[tokio::test]
async fn what_is_another_ones_looks_like_nothing() {
    let fixture = fixture().await;
    let ids = belongings(&fixture).await;
    let (id, page) = (&ids["{id}"], &ids["{page}"]);
    let none = uuid::Uuid::new_v4().to_string();
    let (bundle, unused) = (&ids["{bundle}"], "210100-YJ01-20261123-00001-0".to_owned());
    let drafts = ["/drafts/{id}/pages/{page}", "/drafts/{id}/review"].map(|path| (path, id, &none));
    for (path, id, none) in drafts.into_iter().chain([("/bundles/{id}", bundle, &unused)]) {
        let path = path.replace("{page}", page);
        let there = send(&fixture.app, get(&path.replace("{id}", id))).await;
        let not_there = send(&fixture.app, get(&path.replace("{id}", none))).await;
        assert_eq!(there.status, not_there.status);
        let plain = |answer: &Answer, id: &str| without_nonce(answer).replace(id, "");
        assert_eq!(plain(&there, id), plain(&not_there, none), "{path}");
    }
}
