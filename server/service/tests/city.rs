//! Signing in through a real OpenID provider on this machine, where its package is installed (`end2end`).

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use crate::acting::accounts::*;
use crate::acting::*;
use crate::common::{Engine, seeded};
use domain::cases::Flash;
use service::db::Db;
use service::identity::{Moved, Visitor};
use service::ports::{CitySettings, SystemClock};
use service::residents::{self, CameBack};
use service::{Service, Settings};

const BACK: &str = "https://tongban.example.cn/sign-in/city/back";

struct Provider {
    child: Child,
    /// Open as long as it lives: it dies of a pipe that nobody reads.
    _words: Option<BufReader<ChildStdout>>,
    port: u16,
}

impl Drop for Provider {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn end2end() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../end2end")
}

impl Provider {
    /// None where its package is not installed.
    fn start() -> Option<Self> {
        if !end2end().join("node_modules/oidc-provider").exists() {
            eprintln!("no OpenID provider here: `npm ci` in end2end installs one");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|probe| probe.local_addr()).expect("a port").port();
        let mut child = Command::new("node")
            .args([end2end().join("city.mjs").to_str().expect("UTF-8"), &port.to_string(), BACK])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node");
        let mut words = BufReader::new(child.stdout.take().expect("its words"));
        let ready = words.by_ref().lines().map_while(Result::ok).any(|line| line == "ready");
        assert!(ready, "the provider did not start");
        Some(Self { child, _words: Some(words), port })
    }

    fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Goes to the address as a browser would, says who it is, and returns where it is sent back to.
    fn visit(&self, url: &str, person: &str) -> String {
        let mut cookies = Vec::new();
        let asked = self.ask("GET", url, "", &mut cookies);
        let interaction = self.ask("POST", &asked, &format!("person={person}"), &mut cookies);
        self.ask("GET", &interaction, "", &mut cookies)
    }

    /// Where an answer leads.
    fn ask(&self, method: &str, url: &str, body: &str, cookies: &mut Vec<String>) -> String {
        let path = url.strip_prefix(&self.issuer()).unwrap_or(url);
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\nContent-Type: \
             application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            cookies.join("; "),
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let header = |name: &str| {
            let lines = answer.lines().take_while(|line| !line.is_empty());
            lines
                .filter_map(|line| line.split_once(": "))
                .filter(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.to_owned())
                .collect::<Vec<_>>()
        };
        for cookie in header("set-cookie") {
            let pair = cookie.split(';').next().unwrap_or_default().to_owned();
            let name = pair.split('=').next().unwrap_or_default().to_owned();
            cookies.retain(|other| !other.starts_with(&format!("{name}=")));
            cookies.push(pair);
        }
        header("location").first().cloned().unwrap_or_else(|| panic!("{method} {path}: {answer}"))
    }
}

/// With the clock of this machine, by which the provider signs.
async fn open(provider: &Provider) -> (Service, crate::common::Place) {
    let place = seeded(Engine::Sqlite).await;
    let settings = Settings {
        city: Some(CitySettings {
            issuer: provider.issuer(),
            client_id: "tongban".to_owned(),
            client_secret: "a secret of the test".to_owned(),
            via: None,
        }),
        ..crate::common::settings(&place)
    };
    let db = Db::open(&place.url).await.expect("open");
    (Service::with(db, settings, Arc::new(SystemClock)).await.expect("a service"), place)
}

fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).unwrap_or_default();
    value.replace("%3A", ":").replace("%2F", "/")
}

/// Out and back; the browser and where it was led.
async fn through(service: &Service, provider: &Provider, who: &Visitor, person: &str) -> (Visitor, Moved) {
    let out = residents::set_out(service, who, false, "me").await.expect("set out");
    let who = match &out.new_session {
        Some(token) => service.visitor(Some(token), None, ADDRESS).await.expect("a visitor"),
        None => who.clone(),
    };
    let back = provider.visit(&out.url, person);
    assert!(back.starts_with(BACK), "{back}");
    let (code, state, issuer) = (parameter(&back, "code"), parameter(&back, "state"), parameter(&back, "iss"));
    let came = CameBack { code: &code, state: &state, issuer: &issuer };
    let moved = residents::come_back(service, &who, &came, WECHAT).await.expect("answered");
    (after(service, &who, &moved).await, moved)
}

async fn said(service: &Service, who: &Visitor) -> Flash {
    service::identity::flash(service, who).await.expect("a flash")
}

#[tokio::test]
async fn all_ways_lead_to_one_resident() {
    let Some(provider) = Provider::start() else { return };
    let (service, _place) = open(&provider).await;
    // By the platform first: name and number are proven at once.
    let (who, moved) = through(&service, &provider, &stranger(), "zhang").await;
    assert_eq!(moved.location, "/me");
    let resident = who.resident.clone().expect("signed in");
    assert!(resident.real);
    let me = residents::me(&service, &who, false).await.expect("me");
    assert_eq!((me.name.as_str(), me.phone.as_str()), ("张*三", "138****8000"));
    // Then by the phone that the platform vouched for, then by the platform again.
    let by_phone = signed_in(&service, "13800138000").await;
    assert_eq!(by_phone.resident.map(|it| it.id), Some(resident.id));
    let (again, _) = through(&service, &provider, &stranger(), "zhang").await;
    assert_eq!(again.resident.map(|it| it.id), Some(resident.id));
}

#[tokio::test]
async fn the_platform_proves_the_name_of_an_account_by_phone() {
    let Some(provider) = Provider::start() else { return };
    let (service, _place) = open(&provider).await;
    let who = signed_in(&service, "13500135000").await;
    let (who, moved) = through(&service, &provider, &who, "zhang").await;
    assert_eq!(moved.location, "/me/real-name?again=1");
    assert!(who.resident.as_ref().is_some_and(|resident| resident.real));
    // Another account of the same person: both are proven now, and may become one.
    let other = signed_in(&service, "13400134000").await;
    let (other, moved) = through(&service, &provider, &other, "zhang").await;
    assert_eq!(moved.location, "/me/merge");
    let moved = residents::merge(&service, &other).await.expect("merged");
    let merged = after(&service, &other, &moved).await;
    assert_eq!(residents::me(&service, &merged, false).await.expect("me").name, "张*三");
}

/// A phone that the platform did not verify opens nobody's account.
#[tokio::test]
async fn only_a_verified_phone_leads_to_its_account() {
    let Some(provider) = Provider::start() else { return };
    let (service, _place) = open(&provider).await;
    let (li, wang) = (signed_in(&service, "13700137000").await, signed_in(&service, "13600136000").await);
    let (by_li, _) = through(&service, &provider, &stranger(), "li").await;
    assert_eq!(by_li.resident.map(|it| it.id), li.resident.map(|it| it.id));
    let (by_wang, _) = through(&service, &provider, &stranger(), "wang").await;
    assert_ne!(by_wang.resident.map(|it| it.id), wang.resident.map(|it| it.id));
}

#[tokio::test]
async fn an_answer_counts_once_and_only_in_the_browser_that_set_out() {
    let Some(provider) = Provider::start() else { return };
    let (service, _place) = open(&provider).await;
    let set_out = async || {
        let out = residents::set_out(&service, &stranger(), false, "me").await.expect("set out");
        let who = service.visitor(out.new_session.as_deref(), None, ADDRESS).await.expect("a visitor");
        let back = provider.visit(&out.url, "zhang");
        (who, parameter(&back, "code"), parameter(&back, "state"))
    };
    let (_, code, state) = set_out().await;
    // In another browser: a link that somebody was lured to.
    let (other, ..) = set_out().await;
    let came = CameBack { code: &code, state: &state, issuer: "" };
    let lured = residents::come_back(&service, &other, &came, "").await.expect("answered");
    assert!(lured.new_session.is_none());
    assert!(said(&service, &other).await.message.contains("没有接上"));
    // With another platform's name, without the code.
    let (mixed, code_of_mixed, state_of_mixed) = set_out().await;
    let came = CameBack { code: &code_of_mixed, state: &state_of_mixed, issuer: "https://evil.example" };
    assert!(residents::come_back(&service, &mixed, &came, "").await.expect("answered").new_session.is_none());
    // With a code of another visit: the nonce and the verifier belong to this one.
    let (swapped, _, state_of_swapped) = set_out().await;
    let came = CameBack { code: &code, state: &state_of_swapped, issuer: "" };
    assert!(residents::come_back(&service, &swapped, &came, "").await.expect("answered").new_session.is_none());
    // A visit of its own, and once more with the same answer.
    let (who, code, state) = set_out().await;
    let came = CameBack { code: &code, state: &state, issuer: "" };
    assert!(residents::come_back(&service, &who, &came, "").await.expect("answered").new_session.is_some());
    assert!(residents::come_back(&service, &who, &came, "").await.expect("answered").new_session.is_none());
}

#[tokio::test]
async fn who_turns_back_or_finds_the_platform_away_is_told() {
    let Some(provider) = Provider::start() else { return };
    let (service, _place) = open(&provider).await;
    let (who, moved) = through(&service, &provider, &stranger(), "").await;
    assert_eq!(moved.location, "/sign-in?again=1");
    assert!(said(&service, &who).await.message.contains("取消"));
    let port = provider.port;
    drop(provider);
    let gone = Provider { child: Command::new("true").spawn().expect("a process"), _words: None, port };
    let (service, _place) = open(&gone).await;
    let away = residents::set_out(&service, &stranger(), false, "me").await;
    assert!(matches!(away, Err(service::Error::Unavailable(_))));
}
