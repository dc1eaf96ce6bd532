//! A kiosk's browser: what it opens, and that of two people one after the other the second finds nothing of the first.

use axum::http::StatusCode;

use crate::acting::kiosks::{enrolled, kept};
use crate::acting::{MZ07, step, worker};
use crate::common::{Answer, Fixture, fixture, fixture_on, fixture_with, get, post, send, with};
use crate::engines::engines;
use crate::journey::desk_token;

const NIL: &str = "00000000-0000-0000-0000-000000000000";

/// The browser of a kiosk: it has the device's cookie for ever, and a resident's while it is somebody's.
struct Browser<'f> {
    fixture: &'f Fixture,
    device: String,
    session: Option<String>,
}

impl<'f> Browser<'f> {
    async fn of(fixture: &'f Fixture, name: &str) -> Self {
        Self { fixture, device: enrolled(&fixture.state.service, name).await, session: None }
    }

    async fn ask(&mut self, request: axum::http::Request<axum::body::Body>) -> Answer {
        let session = self.session.as_deref().map(|token| format!("; tb_session={token}")).unwrap_or_default();
        let answer =
            send(&self.fixture.app, with(request, "cookie", &format!("tb_kiosk={}{session}", self.device))).await;
        match answer.cookie("tb_session") {
            Some(token) if token.is_empty() => self.session = None,
            Some(token) => self.session = Some(token),
            None => {}
        }
        answer
    }

    /// Begins a form with a name in it; the address of its page.
    async fn begin(&mut self, name: &str) -> String {
        let begun = self.ask(post("/items/MZ07/apply", "")).await;
        let page = begun.header("location").to_owned();
        let (_, fields) = MZ07[0];
        let mut body = form_urlencoded::Serializer::new(String::new());
        for (key, value) in fields {
            body.append_pair(key, if *key == "applicant.name" { name } else { value });
        }
        let saved = self.ask(post(&page, body.append_pair("_do", "stay").finish())).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert!(self.ask(get(&page)).await.body.contains(name), "it is there");
        page
    }
}

fn filled(path: &str) -> String {
    let mut out = path.replace("{code}", "MZ07").replace("{key}", "newborn").replace("{page}", "applicant");
    while let Some((before, rest)) = out.clone().split_once('{') {
        let (_, after) = rest.split_once('}').expect("a template");
        out = format!("{before}{NIL}{after}");
    }
    out
}

#[tokio::test]
async fn a_kiosk_opens_what_is_for_kiosks_and_nothing_else() {
    let fixture = fixture_with(|config| config.metrics_open = true).await;
    let device = enrolled(&fixture.state.service, "一楼1号").await;
    let desk = desk_token(&fixture, "binhe-3").await;
    let cookie = format!("tb_kiosk={device}; tb_desk={desk}");
    let (mut opened, mut wrong) = (0, Vec::new());
    for (method, path) in server::router::listing() {
        let request = crate::strangers::request(&method, &filled(&path), "");
        let answer = send(&fixture.app, with(request, "cookie", &cookie)).await;
        if domain::kiosk::opens(&path) {
            opened += 1;
            // What is not there is answered by its own page; a plain page of the first look is whole.
            let is_whole =
                answer.status == StatusCode::OK || path.contains('{') || method == "POST" || path.starts_with("/me");
            if !is_whole && !path.starts_with("/sign-in/") {
                wrong.push(format!("{method} {path}: {}", answer.status));
            }
        } else if answer.status != StatusCode::NOT_FOUND {
            wrong.push(format!("{method} {path}: {} {}", answer.status, answer.header("location")));
        }
    }
    assert!(wrong.is_empty() && opened > 60, "{opened} opened\n{}", wrong.join("\n"));
    // The same worker's cookie without the kiosk's opens the desk: it was the kiosk that did not.
    let at_desk = send(&fixture.app, with(get("/desk"), "cookie", &format!("tb_desk={desk}"))).await;
    assert_eq!(at_desk.status, StatusCode::OK);
    let numbers = send(&fixture.app, get("/metrics")).await;
    assert_eq!(numbers.status, StatusCode::OK);
}

#[test]
fn every_pattern_of_a_kiosk_is_an_address_of_ours() {
    let listing = server::router::listing();
    let words =
        |path: &str| path.split('/').map(|part| if part.starts_with('{') { "*" } else { part }.to_owned()).collect();
    let known: Vec<Vec<String>> = listing.iter().map(|(_, path)| words(path)).collect();
    for pattern in domain::kiosk::OPENS {
        let wanted: Vec<String> = words(pattern);
        let fits = |path: &Vec<String>| {
            path.len() == wanted.len() && path.iter().zip(&wanted).all(|(part, want)| want == "*" || part == want)
        };
        assert!(known.iter().any(fits), "{pattern} leads nowhere");
    }
}

#[tokio::test]
async fn a_device_becomes_a_kiosk_and_ends_as_one() {
    let fixture = fixture().await;
    let service = &fixture.state.service;
    let admin = worker(service, "xitong-1").await;
    let desk = desk_token(&fixture, "xitong-1").await;
    let registered = post("/desk/admin/kiosks", "name=%E4%B8%80%E6%A5%BC&office=210103005&language=zh-CN");
    let registered = send(&fixture.app, with(registered, "cookie", &format!("tb_desk={desk}"))).await;
    assert_eq!(registered.header("location"), "/desk/admin/kiosks");
    let page = send(&fixture.app, with(get("/desk/admin/kiosks"), "cookie", &format!("tb_desk={desk}"))).await;
    let (code, _) = kept(service, &admin, "一楼").await.code.expect("a code");
    assert!(page.body.contains(&code), "the administrator sees it");
    let miss = send(&fixture.app, post("/kiosk/enrol", "code=AAAAAAAA")).await;
    assert_eq!((miss.header("location"), miss.cookie("tb_kiosk")), ("/kiosk/enrol?again=1", None));
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("code", &code).finish();
    let enrolled =
        send(&fixture.app, with(post("/kiosk/enrol", body.clone()), "cookie", "tb_session=1; tb_desk=2")).await;
    assert_eq!(enrolled.header("location"), "/kiosk");
    let device = enrolled.cookie("tb_kiosk").expect("a device");
    assert_eq!((enrolled.cookie("tb_session").as_deref(), enrolled.cookie("tb_desk").as_deref()), (Some(""), Some("")));
    let lines: Vec<_> = enrolled.headers.get_all("set-cookie").iter().filter_map(|it| it.to_str().ok()).collect();
    assert!(
        lines.iter().any(|it| it.starts_with("tb_kiosk=") && it.contains("HttpOnly") && it.contains("Max-Age=345"))
    );
    assert!(send(&fixture.app, post("/kiosk/enrol", body)).await.cookie("tb_kiosk").is_none(), "once");
    // The frame.
    let cookie = format!("tb_kiosk={device}");
    let start = send(&fixture.app, with(get("/kiosk"), "cookie", &cookie)).await;
    assert_eq!(start.status, StatusCode::OK);
    assert!(start.body.contains("data-frame=\"kiosk\"") && start.body.contains("data-kiosk=\"leave\""));
    let items = send(&fixture.app, with(get("/items"), "cookie", &cookie)).await;
    assert!(items.body.contains("data-kiosk=\"call\"") && !items.body.contains("tb-footer"));
    assert!(!items.body.contains("data-own"), "nothing is kept on a device that everybody uses");
    assert!(!send(&fixture.app, get("/items")).await.body.contains("data-frame"), "elsewhere there is none");
    // Alive, as its administrator sees it.
    let beat = with(post("/kiosk/alive", "version=v7&paper=out"), "cookie", &cookie);
    let beat = send(&fixture.app, with(beat, "accept", "application/json")).await;
    assert_eq!(beat.body, r#"{"called":false,"session":false}"#);
    let page = send(&fixture.app, with(get("/desk/admin/kiosks"), "cookie", &format!("tb_desk={desk}"))).await;
    assert!(page.body.contains("没纸了") && page.body.contains("v7"));
    // Ended: on the next request there is nothing.
    let id = kept(service, &admin, "一楼").await.id;
    let end = with(post(&format!("/desk/admin/kiosks/{id}/end"), ""), "cookie", &format!("tb_desk={desk}"));
    send(&fixture.app, end).await;
    for (path, to) in [("/", "/kiosk/enrol"), ("/items", "/kiosk/enrol"), ("/desk/sign-in", ""), ("/metrics", "")] {
        let answer = send(&fixture.app, with(get(path), "cookie", &cookie)).await;
        assert_eq!(answer.header("location"), to, "{path}");
        assert_eq!(answer.status.as_u16(), if to.is_empty() { 404 } else { 303 }, "{path}");
    }
    assert_eq!(send(&fixture.app, with(get("/kiosk/enrol"), "cookie", &cookie)).await.status, StatusCode::OK);
    assert!(
        send(&fixture.app, with(post("/items/MZ07/apply", ""), "cookie", &cookie)).await.cookie("tb_session").is_none()
    );
}

/// What the second finds of the first: nothing, at any address that the first had open, and in no answer.
async fn finds_nothing(browser: &mut Browser<'_>, seen: &[String], mark: &str) {
    for path in seen {
        let answer = browser.ask(get(path)).await;
        assert!(!answer.body.contains(mark), "{path} tells of the one before");
        assert_ne!(answer.status, StatusCode::OK, "{path}");
    }
    for path in ["/", "/kiosk", "/items", "/track", "/track?again=1", "/resume?again=1", "/sign-in?again=1", "/me"] {
        assert!(!browser.ask(get(path)).await.body.contains(mark), "{path}");
    }
    let flash = browser.ask(post("/api/forms/flash", "")).await;
    assert!(!flash.body.contains(mark));
}

#[tokio::test]
async fn the_second_finds_nothing_of_the_first() {
    for engine in engines() {
        let (fixture, clock, _place) = fixture_on(engine, |_| {}).await;
        let mut browser = Browser::of(&fixture, "一楼1号").await;
        for presses in [true, false] {
            let mark = if presses { "张金丝雀" } else { "李画眉鸟" };
            let page = browser.begin(mark).await;
            let draft = page.split("/pages/").next().expect("a draft").to_owned();
            // A form that comes back with what was typed, a code to take the draft along.
            browser.ask(post("/track", format!("number={mark}&tail=0000"))).await;
            browser.ask(post(&format!("{draft}/resume-code"), "")).await;
            let along = browser.ask(get(&format!("{draft}/resume"))).await;
            assert!(along.body.contains("data-kiosk-once"), "{}", along.status);
            let token = browser.session.clone().expect("a session");
            if presses {
                let left = browser.ask(post("/kiosk/leave", "")).await;
                assert_eq!(left.header("location"), "/kiosk?left=1");
                assert_eq!(left.header("clear-site-data"), "\"cache\", \"storage\"");
                assert!(left.cookie("tb_kiosk").is_none() && browser.session.is_none(), "the device stays");
            } else {
                clock.advance(chrono::TimeDelta::seconds(91));
            }
            let seen = [page.clone(), format!("{draft}/review"), format!("{draft}/resume")];
            finds_nothing(&mut browser, &seen, mark).await;
            // The cookie of before, brought back, is nobody's either, here and elsewhere.
            browser.session = Some(token.clone());
            finds_nothing(&mut browser, &seen, mark).await;
            let home = send(&fixture.app, with(get(&page), "cookie", &format!("tb_session={token}"))).await;
            assert_eq!(home.status, StatusCode::NOT_FOUND);
            browser.session = None;
            let other = browser.begin("王二").await;
            assert!(!browser.ask(get(&other)).await.body.contains(mark));
            finds_nothing(&mut browser, &seen, mark).await;
            browser.ask(post("/kiosk/leave", "")).await;
        }
    }
}

#[tokio::test]
async fn a_print_out_is_its_sessions_alone() {
    let fixture = fixture().await;
    let case = crate::journey::submitted(&fixture).await;
    let desk = worker(&fixture.state.service, "binhe-3").await;
    step(&fixture.state.service, &desk, &case.number, "receive", &[]).await.expect("received, with a notice");
    let mut browser = Browser::of(&fixture, "一楼1号").await;
    let (page, code) = (format!("/cases/{}", case.number), format!("/cases/{}/code", case.number));
    let made = send(&fixture.app, case.own(post(&code, ""))).await;
    assert_eq!(made.header("location"), code);
    let shown = send(&fixture.app, case.own(get(&code))).await;
    let (_, rest) = shown.body.split_once("class=\"tb-code\"").expect("a code");
    let typed: String = rest.split_once('>').expect("a tag").1.chars().take_while(|c| *c != '<').collect();
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("code", &typed).finish();
    let fetched = browser.ask(post("/resume", body)).await;
    assert_eq!(fetched.header("location"), page);
    let receipt = browser.ask(get(&page)).await;
    let (_, rest) = receipt.body.split_once("href=\"/notices/").expect("a notice");
    let notice = format!("/notices/{}", rest.split('"').next().expect("an id"));
    let paper = format!("{notice}/paper.pdf");
    assert_eq!(browser.ask(get(&notice)).await.status, StatusCode::OK);
    let printed = browser.ask(get(&paper)).await;
    assert!(printed.header("cache-control").contains("no-store"), "{}", printed.header("cache-control"));
    let token = browser.session.clone();
    browser.ask(with(post("/kiosk/leave", ""), "accept", "application/json")).await;
    for session in [None, token] {
        browser.session = session;
        for path in [&page, &notice, &paper] {
            assert_eq!(browser.ask(get(path)).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn the_desk_hears_a_kiosk_call() {
    let fixture = fixture().await;
    let mut browser = Browser::of(&fixture, "一楼1号").await;
    assert_eq!(browser.ask(post("/kiosk/call", "")).await.header("location"), "/kiosk?called=1");
    assert!(browser.ask(get("/kiosk?called=1")).await.body.contains("data-kiosk-said=\"called\""));
    let desk = format!("tb_desk={}", desk_token(&fixture, "binhe-3").await);
    let queue = send(&fixture.app, with(get("/desk"), "cookie", &desk)).await;
    let (_, rest) = queue.body.split_once("action=\"/desk/kiosks/").expect("a call");
    let path = format!("/desk/kiosks/{}", rest.split('"').next().expect("an address"));
    assert_eq!(send(&fixture.app, with(post(&path, ""), "cookie", &desk)).await.header("location"), "/desk");
    let queue = send(&fixture.app, with(get("/desk"), "cookie", &desk)).await;
    assert!(!queue.body.contains("/desk/kiosks/"));
}
