//! The load: connections that everybody shares, as behind a proxy, and requests that are given up at any moment.

use std::collections::BTreeSet;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::asks::{Ask, at_the_desk, own, prying};
use super::known::{Known, canary};
use super::people::{DESK, Person, body_of};
use crate::answers::draw::Dice;
use crate::common::Fixture;

/// People who ask at the same time.
const AT_ONCE: u64 = 24;
const KIOSKS: u64 = 2;
const FORM: &str = "application/x-www-form-urlencoded";

/// What came of it.
#[derive(Default)]
pub struct Found {
    pub answered: u64,
    /// Somebody hung up, before or while it was answered.
    pub given_up: u64,
    /// Answers with something of the one who asked.
    pub own: u64,
    pub kiosk_turns: u64,
    /// Answers with something of another, or not what they must be.
    pub foreign: Vec<String>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { answered, given_up, own, kiosk_turns, foreign } = self;
        let foreign = foreign.len();
        write!(f, "{answered} answered, {given_up} given up, {own} with something of the asker, ")?;
        write!(f, "{kiosk_turns} turns at {KIOSKS} kiosks, {foreign} with something of another")
    }
}

impl Found {
    fn add(&mut self, other: Self) {
        self.answered += other.answered;
        self.given_up += other.given_up;
        self.own += other.own;
        self.kiosk_turns += other.kiosk_turns;
        self.foreign.extend(other.foreign);
    }
}

#[derive(Clone)]
pub struct Load {
    client: Client<HttpConnector, Full<Bytes>>,
    addr: SocketAddr,
    people: Arc<Vec<Person>>,
    known: Arc<Known>,
    desk: String,
    left: Arc<AtomicU64>,
    /// Dropped at the end, which ends the server.
    _stop: Arc<watch::Sender<bool>>,
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Load {
    /// The product's own accept loop on a port of this machine.
    pub async fn start(fixture: &Fixture, app: Router, people: Vec<Person>, known: Known) -> Self {
        let desk = crate::acting::desk_token(&fixture.state.service, DESK).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let (stop, mut stopped) = watch::channel(false);
        let ended = async move { while stopped.changed().await.is_ok() {} };
        tokio::spawn(server::listen::serve(
            listener,
            app,
            server::listen::Room::of(true),
            watch::channel(false).0,
            ended,
        ));
        Self {
            client: Client::builder(TokioExecutor::new()).pool_max_idle_per_host(8).build_http(),
            addr,
            people: Arc::new(people),
            known: Arc::new(known),
            desk,
            left: Arc::default(),
            _stop: Arc::new(stop),
        }
    }

    pub async fn run(self, requests: u64) -> Found {
        self.left.store(requests, Ordering::Relaxed);
        let homes = (0..AT_ONCE).map(|seed| tokio::spawn(self.clone().at_home(Dice::new(seed))));
        let kiosks = (0..KIOSKS).map(|seed| tokio::spawn(self.clone().at_a_kiosk(Dice::new(1_000 + seed))));
        let tasks: Vec<_> = homes.chain(kiosks).collect();
        let mut found = Found::default();
        for task in tasks {
            found.add(task.await.expect("it ended"));
        }
        // What was given up in the middle has damaged nothing.
        for person in self.people.iter() {
            for ask in own(person) {
                self.judge(&ask, self.ask(&ask, person.index).await, &mut found);
            }
        }
        found
    }

    fn goes_on(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }

    fn anybody(&self, dice: &mut Dice) -> &Person {
        dice.pick(&self.people[..]).expect("somebody")
    }

    async fn at_home(self, mut dice: Dice) -> Found {
        let mut found = Found::default();
        while self.goes_on() {
            let (person, other) = (self.anybody(&mut dice), self.anybody(&mut dice));
            let asks = match dice.below(12) {
                0 if person.index != other.index => prying(person, other),
                1 | 2 => at_the_desk(person, &self.desk),
                _ => own(person),
            };
            let ask = dice.pick(&asks).expect("a request");
            self.send(ask, person.index, &mut dice, &mut found).await;
        }
        found
    }

    /// One browser for many people, each with a session that ends with the turn.
    async fn at_a_kiosk(self, mut dice: Dice) -> Found {
        let mut found = Found::default();
        let mut seen: Vec<Ask> = Vec::new();
        while self.goes_on() {
            let person = self.anybody(&mut dice).clone();
            found.kiosk_turns += 1;
            // Back, by whoever stands there now: nothing of who was there before.
            for ask in std::mem::take(&mut seen) {
                let again = Ask { cookie: String::new(), of: BTreeSet::new(), holds: None, is: None, ..ask };
                self.send(&again, person.index, &mut dice, &mut found).await;
            }
            seen = self.turn(&person, &mut dice, &mut found).await.unwrap_or_default();
        }
        found
    }

    /// Looks the own case up, begins a form, throws it away. Returns what the browser has in its history.
    async fn turn(&self, person: &Person, dice: &mut Dice, found: &mut Found) -> Option<Vec<Ask>> {
        let fresh = |path: String| Ask { cookie: String::new(), holds: None, ..Ask::get(person, path) };
        let post = |path: String, body: String| Ask { method: "POST", body, ..fresh(path) };
        let tail = &person.phone[7..];
        let looked = post("/track".to_owned(), format!("number={}&tail={tail}", person.number));
        let got = self.ask(&looked, person.index).await?;
        let cookie = cookie_of(&got)?;
        self.judge(&looked, Some(got), found);
        let begun = Ask { cookie: cookie.clone(), ..post("/items/MZ07/apply".to_owned(), String::new()) };
        let got = self.ask(&begun, person.index).await?;
        let page = got.headers.get("location")?.to_str().ok()?.to_owned();
        let draft = page.split("/pages/").next()?.to_owned();
        self.judge(&begun, Some(got), found);
        let mut seen = Vec::new();
        let own = |path: String| Ask { cookie: cookie.clone(), holds: Some(canary(person.index)), ..fresh(path) };
        for ask in [
            Ask { holds: None, ..own(format!("/cases/{}", person.number)) },
            Ask { cookie: cookie.clone(), ..post(page.clone(), body_of(person.index, "applicant")) },
            own(page.clone()),
        ] {
            // Here nobody hangs up: the next step needs this one.
            let got = self.ask(&ask, person.index).await;
            self.judge(&ask, got, found);
            seen.push(ask);
        }
        self.send(&own(format!("{draft}/review")), person.index, dice, found).await;
        let discard = Ask { cookie, ..post(format!("{draft}/discard"), String::new()) };
        let got = self.ask(&discard, person.index).await;
        self.judge(&discard, got, found);
        Some(seen)
    }

    /// Asks, and sometimes hangs up.
    async fn send(&self, ask: &Ask, from: usize, dice: &mut Dice, found: &mut Found) {
        match dice.below(16) {
            0 => {
                self.break_off(ask, dice).await;
                found.given_up += 1;
            }
            1..=3 => {
                let patience = Duration::from_micros(dice.next() % 12_000);
                match tokio::time::timeout(patience, self.ask(ask, from)).await {
                    Ok(got) => self.judge(ask, got, found),
                    Err(_) => found.given_up += 1,
                }
            }
            _ => self.judge(ask, self.ask(ask, from).await, found),
        }
    }

    async fn ask(&self, ask: &Ask, from: usize) -> Option<Got> {
        let accept = if ask.json { "application/json" } else { "text/html" };
        let request = Request::builder()
            .method(ask.method)
            .uri(format!("http://{}{}", self.addr, ask.path))
            .header("host", "tongban.test")
            .header("origin", "http://tongban.test")
            .header("sec-fetch-site", "same-origin")
            .header("accept", accept)
            .header("content-type", FORM)
            .header("cookie", &ask.cookie)
            .header("x-forwarded-for", format!("10.1.{}.{}", from / 250, from % 250));
        let request = request.body(Full::new(Bytes::from(ask.body.clone()))).expect("a request");
        let (parts, body) = self.client.request(request).await.ok()?.into_parts();
        let body = body.collect().await.ok()?.to_bytes();
        Some(Got { status: parts.status, headers: parts.headers, body })
    }

    /// Sends a part of a request and is gone.
    async fn break_off(&self, ask: &Ask, dice: &mut Dice) {
        let Ask { method, path, body, cookie, .. } = ask;
        let length = body.len();
        let whole = format!(
            "{method} {path} HTTP/1.1\r\nHost: tongban.test\r\nOrigin: http://tongban.test\r\nCookie: {cookie}\r\n\
             Content-Type: {FORM}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let sent = dice.below(whole.len());
        if let Ok(mut stream) = TcpStream::connect(self.addr).await {
            // The other side may be quicker.
            let _ = stream.write_all(&whole.as_bytes()[..sent]).await;
        }
    }

    /// `None`: the connection broke, which counts as given up.
    fn judge(&self, ask: &Ask, got: Option<Got>, found: &mut Found) {
        let Some(got) = got else {
            found.given_up += 1;
            return;
        };
        found.answered += 1;
        let headers: String =
            got.headers.values().map(|value| format!("{}\n", String::from_utf8_lossy(value.as_bytes()))).collect();
        let text = format!("{headers}{}", String::from_utf8_lossy(&got.body));
        // An address that was asked for may be named again.
        let asked = self.known.owners(&format!("{} {}", ask.path, ask.body));
        let there = self.known.owners(&text);
        let of_others: Vec<usize> = there.iter().copied().filter(|owner| !ask.of.contains(owner)).collect();
        let leaked = of_others.iter().any(|owner| !asked.contains(owner) || text.contains(&canary(*owner)));
        let Ask { method, path, .. } = ask;
        let status = got.status;
        // A machine that has too much to do may say so.
        let broken = status.is_server_error() && status != StatusCode::SERVICE_UNAVAILABLE;
        if leaked || broken {
            found.foreign.push(format!("{method} {path} of {:?}: {status}, something of {of_others:?}", ask.of));
        }
        if status != StatusCode::OK {
            return;
        }
        let lacks = ask.holds.as_ref().is_some_and(|part| !text.contains(part));
        if lacks || ask.is.as_ref().is_some_and(|bytes| *bytes != got.body) {
            found.foreign.push(format!("{method} {path} of {:?}: not what it must be", ask.of));
        }
        found.own += u64::from(ask.is.is_some() || ask.of.iter().any(|owner| there.contains(owner)));
    }
}

fn cookie_of(got: &Got) -> Option<String> {
    let text = got.headers.get("set-cookie")?.to_str().ok()?;
    text.split(';').next().map(str::to_owned)
}
