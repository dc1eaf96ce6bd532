//! Passkeys of workers, with an authenticator of our own: whatever does not fit proves nothing, and nothing proves twice.

use crate::acting::*;
use crate::common::{Engine, engines, service, settings};
use base64ct::{Base64UrlUnpadded, Encoding};
use chrono::TimeDelta;
use ed25519_dalek::{Signer, SigningKey};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use service::db::Db;
use service::identity::Visitor;
use service::ports::FixedClock;
use service::staff::{self, Browser, Change, Entered};
use service::{Error, Service, Settings};
use sha2::{Digest, Sha256};
use std::sync::Arc;

const LOGIN: &str = "faku-mz-2";
const OTHER: &str = "binhe-1";
const UNPROVED: &str = "/desk/sign-in/code?unproved=1";
const NAME: &str = "金丝雀的电脑";

/// Somebody is there, and it was made sure who.
const THERE: u8 = 0b0000_0101;
/// Somebody is there, whoever it is.
const SOMEBODY: u8 = 0b0000_0001;
const MADE: u8 = 0b0100_0000;

/// Where an authenticator believes to be, and what it says of the person.
#[derive(Clone, Copy)]
struct At {
    origin: &'static str,
    site: &'static str,
    flags: u8,
}

const HERE: At = At { origin: "https://tongban.example.cn", site: "tongban.example.cn", flags: THERE };

/// Of the two algorithms that authenticators speak most: EdDSA, and ECDSA on the curve P-256.
enum Secret {
    Edwards(SigningKey),
    P256(p256::ecdsa::SigningKey),
}

impl Secret {
    /// The public key in COSE.
    fn public(&self) -> Vec<u8> {
        match self {
            Self::Edwards(key) => {
                [b"\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20", &key.verifying_key().to_bytes()[..]].concat()
            }
            Self::P256(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                let (x, y) = point.as_bytes()[1..].split_at(32);
                [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", x, b"\x22\x58\x20", y].concat()
            }
        }
    }

    fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Edwards(key) => key.sign(bytes).to_bytes().to_vec(),
            Self::P256(key) => {
                let signature: p256::ecdsa::DerSignature = key.sign(bytes);
                signature.as_bytes().to_vec()
            }
        }
    }
}

/// An authenticator that keeps one passkey.
struct Key {
    key: Secret,
    id: Vec<u8>,
    counter: u32,
}

fn text(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

impl Key {
    fn new(seed: u8) -> Self {
        Self { key: Secret::Edwards(SigningKey::from_bytes(&[seed; 32])), id: vec![seed; 24], counter: 0 }
    }

    /// What phones and computers make.
    fn p256(seed: u8) -> Self {
        let key = p256::ecdsa::SigningKey::from_slice(&[seed; 32]).expect("a number below the order");
        Self { key: Secret::P256(key), ..Self::new(seed) }
    }

    fn data(&self, at: At) -> Vec<u8> {
        [&Sha256::digest(at.site)[..], &[at.flags], &self.counter.to_be_bytes()].concat()
    }

    fn client(kind: &str, ask: &Value, at: At) -> String {
        let challenge = ask["challenge"].as_str().expect("a challenge");
        json!({ "type": kind, "challenge": challenge, "origin": at.origin, "crossOrigin": false }).to_string()
    }

    /// Makes the passkey: CTAP2's canonical CBOR, without an attestation.
    fn make(&self, ask: &Value, at: At) -> String {
        assert_eq!(ask["authenticatorSelection"]["userVerification"], "required");
        let data = self.data(At { flags: at.flags | MADE, ..at });
        let length = u16::try_from(self.id.len()).expect("short").to_be_bytes();
        let data = [&data[..], &[0; 16], &length, &self.id, &self.key.public()].concat();
        let size = u8::try_from(data.len()).expect("short");
        let object = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58", &[size][..], &data].concat();
        let client = Self::client("webauthn.create", ask, at);
        let response = json!({
            "clientDataJSON": text(client.as_bytes()),
            "attestationObject": text(&object),
            "transports": ["internal"],
        });
        json!({ "id": text(&self.id), "response": response }).to_string()
    }

    /// Signs what was asked, and counts.
    fn prove(&mut self, ask: &Value, at: At) -> String {
        self.counter += 1;
        self.sign(ask, at)
    }

    fn sign(&self, ask: &Value, at: At) -> String {
        assert_eq!(ask["userVerification"], "required");
        let client = Self::client("webauthn.get", ask, at);
        let data = self.data(at);
        let signature = self.key.sign(&[&data[..], &Sha256::digest(&client)].concat());
        let response = json!({
            "clientDataJSON": text(client.as_bytes()),
            "authenticatorData": text(&data),
            "signature": text(&signature),
        });
        json!({ "id": text(&self.id), "response": response }).to_string()
    }
}

fn read(ask: Option<String>) -> Value {
    serde_json::from_str(&ask.expect("asked")).expect("JSON")
}

async fn with_token(service: &Service, token: Option<&str>) -> Visitor {
    service.visitor(None, token, ADDRESS).await.expect("a visitor")
}

/// A session whose password was given just now.
async fn session(service: &Service, login: &str) -> Visitor {
    let token = desk_token(service, login).await;
    with_token(service, Some(&token)).await
}

async fn add(service: &Service, who: &Visitor, key: &Key, at: At) -> String {
    let begun = staff::begin_passkey(service, who).await.expect("begun");
    assert_eq!(begun.location, "/desk/account/passkeys");
    let ask = read(staff::new_passkey(service, who).await.expect("a page").ask);
    let answer = key.make(&ask, at);
    staff::add_passkey(service, who, &Browser::default(), NAME, &answer).await.expect("answered").location
}

/// A worker's passkey.
async fn registered(service: &Service, login: &str, seed: u8) -> Key {
    let (who, key) = (session(service, login).await, Key::new(seed));
    assert_eq!(add(service, &who, &key, HERE).await, "/desk/account?done=passkey");
    key
}

/// A right password, and what the browser is then asked.
async fn half(service: &Service, login: &str) -> (Visitor, Option<String>) {
    let entered = staff::enter_password(service, &stranger(), &Browser::default(), login, "tongban-2026").await;
    let who = with_token(service, entered.expect("entered").desk.as_deref()).await;
    let ask = staff::code_page(service, &who).await.expect("a page").ask;
    (who, ask)
}

async fn answer(service: &Service, who: &Visitor, answer: &str) -> Entered {
    staff::enter_passkey(service, who, &Browser::default(), answer).await.expect("answered")
}

async fn refused(service: &Service, who: &Visitor, what: &str, said: &str) {
    let entered = answer(service, who, said).await;
    assert_eq!((entered.moved.location.as_str(), entered.desk), (UNPROVED, None), "{what}");
}

async fn number(service: &Service, of: &str) -> i64 {
    let statement = Statement::from_string(service.db.backend(), format!("SELECT COUNT(*) AS n FROM {of}"));
    let row = service.db.read.query_one_raw(statement).await.expect("query").expect("a row");
    row.try_get("", "n").expect("a number")
}

#[tokio::test]
async fn a_passkey_is_registered_and_stands_for_the_code() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        assert_eq!(half(&service, LOGIN).await.1, None, "nothing is asked of who has none");
        let mut key = registered(&service, LOGIN, 1).await;
        assert_eq!(number(&service, &format!("worker_passkey WHERE name LIKE '%{NAME}%'")).await, 0, "sealed");
        let (who, ask) = half(&service, LOGIN).await;
        let ask = read(ask);
        assert_eq!((&ask["rpId"], &ask["allowCredentials"][0]["id"]), (&json!(HERE.site), &json!(text(&key.id))));
        assert_eq!(half(&service, OTHER).await.1, None, "a passkey is one worker's");
        let entered = answer(&service, &who, &key.prove(&ask, HERE)).await;
        assert_eq!(entered.moved.location, "/desk");
        let who = with_token(&service, entered.desk.as_deref()).await;
        let mine = staff::account(&service, &who).await.expect("an account").passkeys;
        assert_eq!((mine.len(), mine[0].name.as_str()), (1, NAME), "{engine:?}");
        assert_eq!((mine[0].since.as_str(), mine[0].used.as_str()), ("2026年11月23日", "2026年11月23日"));
        // The code is still good, too.
        assert!(session(&service, LOGIN).await.worker.is_some());
        for (deed, times) in [("began-passkey", 1), ("added-passkey", 1), ("tried-passkey", 1), ("missed-passkey", 0)] {
            assert_eq!(number(&service, &format!("audit WHERE deed = '{deed}'")).await, times, "{deed}");
        }
        half(&service, LOGIN).await;
        clock.advance(TimeDelta::minutes(6));
        for moved in
            [staff::begin_passkey(&service, &who).await, staff::remove_passkey(&service, &who, &mine[0].id).await]
        {
            assert_eq!(moved.expect("answered").location, "/desk/prove?to=/desk/account", "a proof is wanted");
        }
        assert_eq!(staff::new_passkey(&service, &who).await.expect("a page").ask, None);
        staff::tidy(&service).await.expect("tidied");
        assert_eq!(number(&service, "passkey_challenge").await, 0);
    }
}

/// Asked for is P-256 too, and a signature of another key, of another challenge, or cut proves nothing.
#[tokio::test]
async fn a_passkey_on_p256_is_registered_and_proves() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, mut key) = (session(&service, LOGIN).await, Key::p256(1));
        staff::begin_passkey(&service, &who).await.expect("begun");
        let ask = read(staff::new_passkey(&service, &who).await.expect("a page").ask);
        let asked = ask["pubKeyCredParams"].as_array().expect("a list");
        assert!(asked.iter().any(|one| one["alg"] == -7), "{asked:?}");
        assert_eq!(add(&service, &who, &key, HERE).await, "/desk/account?done=passkey", "{engine:?}");
        let mut forged = Key { id: key.id.clone(), ..Key::p256(2) };
        let (under_way, ask) = half(&service, LOGIN).await;
        refused(&service, &under_way, "another key of the curve", &forged.prove(&read(ask), HERE)).await;
        let mut of_the_other_curve = Key { id: key.id.clone(), ..Key::new(1) };
        let ask = read(staff::code_page(&service, &under_way).await.expect("a page").ask);
        refused(&service, &under_way, "the other algorithm", &of_the_other_curve.prove(&ask, HERE)).await;
        let before = ask;
        let ask = read(staff::code_page(&service, &under_way).await.expect("a page").ask);
        refused(&service, &under_way, "another challenge", &key.prove(&before, HERE)).await;
        assert_ne!(ask["challenge"], before["challenge"]);
        let ask = read(staff::code_page(&service, &under_way).await.expect("a page").ask);
        let entered = answer(&service, &under_way, &key.prove(&ask, HERE)).await;
        assert_eq!((entered.moved.location.as_str(), entered.desk.is_some()), ("/desk", true), "{engine:?}");
    }
}

#[tokio::test]
async fn an_answer_proves_once() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let mut key = registered(&service, LOGIN, 1).await;
        let (who, ask) = half(&service, LOGIN).await;
        let said = key.prove(&read(ask), HERE);
        assert!(answer(&service, &who, &said).await.desk.is_some());
        let again = staff::enter_passkey(&service, &who, &Browser::default(), &said).await;
        assert!(matches!(again, Err(Error::Unauthenticated)), "the sign-in is over");
        refused(&service, &half(&service, LOGIN).await.0, "another sign-in", &said).await;
        // What was asked before a miss is not good after it.
        let (who, ask) = half(&service, LOGIN).await;
        refused(&service, &who, "nonsense", "{}").await;
        refused(&service, &who, "asked before", &key.prove(&read(ask), HERE)).await;
        let ask = read(staff::code_page(&service, &who).await.expect("a page").ask);
        assert!(answer(&service, &who, &key.prove(&ask, HERE)).await.desk.is_some(), "{engine:?}");
        // The same answer twice at once makes one session.
        let (who, ask) = half(&service, LOGIN).await;
        let (said, browser) = (key.prove(&read(ask), HERE), Browser::default());
        let both = tokio::join!(
            staff::enter_passkey(&service, &who, &browser, &said),
            staff::enter_passkey(&service, &who, &browser, &said)
        );
        let made = [both.0, both.1].iter().flatten().filter(|entered| entered.desk.is_some()).count();
        assert_eq!(made, 1, "{engine:?}");
    }
}

#[tokio::test]
async fn whatever_does_not_fit_is_refused_alike() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let mut key = registered(&service, LOGIN, 1).await;
        let mut others = registered(&service, OTHER, 2).await;
        let mut forged = Key { id: vec![1; 24], ..Key::new(3) };
        let wrong = [
            ("another origin", At { origin: "https://tongban.example.com", ..HERE }),
            ("another port", At { origin: "https://tongban.example.cn:8443", ..HERE }),
            ("without TLS", At { origin: "http://tongban.example.cn", ..HERE }),
            ("another site", At { site: "example.cn", ..HERE }),
            ("nobody knows who", At { flags: SOMEBODY, ..HERE }),
        ];
        for (what, at) in wrong {
            clock.advance(TimeDelta::hours(1));
            let (who, ask) = half(&service, LOGIN).await;
            refused(&service, &who, what, &key.prove(&read(ask), at)).await;
        }
        clock.advance(TimeDelta::hours(1));
        let (who, ask) = half(&service, LOGIN).await;
        refused(&service, &who, "another's passkey", &others.prove(&read(ask), HERE)).await;
        let ask = read(staff::code_page(&service, &who).await.expect("a page").ask);
        refused(&service, &who, "another key", &forged.prove(&ask, HERE)).await;
        for nonsense in ["", "null", "{\"id\":\"AA\"}", "[[[["] {
            let who = half(&service, LOGIN).await.0;
            refused(&service, &who, nonsense, nonsense).await;
        }
        let not_asked = session(&service, LOGIN).await;
        let tried = staff::enter_passkey(&service, &not_asked, &Browser::default(), "{}").await;
        assert!(matches!(tried, Err(Error::Unauthenticated)), "no sign-in is under way");
        clock.advance(TimeDelta::hours(1));
        let (who, ask) = half(&service, LOGIN).await;
        assert!(answer(&service, &who, &key.prove(&read(ask), HERE)).await.desk.is_some(), "{engine:?}");
    }
}

#[tokio::test]
async fn a_counter_that_does_not_move_on_is_refused() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let mut key = registered(&service, LOGIN, 1).await;
        // The counter that is said, and whether it proves.
        for (counter, good) in [(7, true), (7, false), (3, false), (0, false), (8, true)] {
            let (who, ask) = half(&service, LOGIN).await;
            key.counter = counter;
            let entered = answer(&service, &who, &key.sign(&read(ask), HERE)).await;
            assert_eq!(entered.desk.is_some(), good, "{counter} on {engine:?}");
        }
    }
}

/// Keys that people carry from device to device count nothing.
#[tokio::test]
async fn a_passkey_that_never_counts_proves_again_and_again() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    let key = registered(&service, LOGIN, 1).await;
    for _ in 0..2 {
        let (who, ask) = half(&service, LOGIN).await;
        assert!(answer(&service, &who, &key.sign(&read(ask), HERE)).await.desk.is_some());
    }
}

#[tokio::test]
async fn what_was_asked_is_over_after_five_minutes() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let mut key = registered(&service, LOGIN, 1).await;
        let (who, ask) = half(&service, LOGIN).await;
        let said = key.prove(&read(ask), HERE);
        clock.advance(TimeDelta::minutes(5));
        refused(&service, &who, "late", &said).await;
        let (who, key) = (session(&service, LOGIN).await, Key::new(2));
        staff::begin_passkey(&service, &who).await.expect("begun");
        let said = key.make(&read(staff::new_passkey(&service, &who).await.expect("a page").ask), HERE);
        clock.advance(TimeDelta::minutes(5));
        let late = staff::add_passkey(&service, &who, &Browser::default(), NAME, &said).await.expect("answered");
        assert_eq!(late.location, "/desk/account/passkeys", "it is to be begun again");
        assert_eq!(number(&service, "worker_passkey").await, 1, "{engine:?}");
    }
}

#[tokio::test]
async fn a_removed_passkey_proves_nothing() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let mut key = registered(&service, LOGIN, 1).await;
        let (who, other) = (session(&service, LOGIN).await, session(&service, OTHER).await);
        let id = staff::account(&service, &who).await.expect("an account").passkeys[0].id.clone();
        let taken = staff::remove_passkey(&service, &other, &id).await;
        assert!(matches!(taken, Err(Error::NotFound)), "another's");
        // It was asked for before it was removed.
        let (under_way, ask) = half(&service, LOGIN).await;
        let said = key.prove(&read(ask), HERE);
        let removed = staff::remove_passkey(&service, &who, &id).await.expect("removed");
        assert_eq!(removed.location, "/desk/account?done=passkey-gone");
        refused(&service, &under_way, "removed", &said).await;
        assert_eq!(staff::code_page(&service, &under_way).await.expect("a page").ask, None);
        assert_eq!(number(&service, "audit WHERE deed = 'removed-passkey'").await, 1);
        // Who has lost everything has lost the passkeys, too.
        registered(&service, LOGIN, 2).await;
        let id = who.worker.as_ref().expect("a worker").id.to_string();
        let security = worker(&service, "anquan-1").await;
        staff::change(&service, &security, &id, Change::ForgetCodes).await.expect("forgotten");
        assert_eq!(number(&service, "worker_passkey").await, 0, "{engine:?}");
    }
}

#[tokio::test]
async fn misses_count_as_those_of_codes() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let mut key = registered(&service, LOGIN, 1).await;
        let who = half(&service, LOGIN).await.0;
        for _ in 0..4 {
            refused(&service, &who, "nonsense", "{}").await;
        }
        let last = answer(&service, &who, "{}").await;
        assert_eq!(last.moved.location, "/desk/sign-in", "the password is asked again");
        let who = half(&service, LOGIN).await.0;
        for _ in 0..5 {
            staff::enter_code(&service, &who, &Browser::default(), "000000").await.expect("answered");
        }
        // Ten misses in an hour, of either kind.
        let (who, ask) = half(&service, LOGIN).await;
        let said = key.prove(&read(ask), HERE);
        let tried = staff::enter_passkey(&service, &who, &Browser::default(), &said).await;
        assert!(matches!(tried, Err(Error::Busy)), "{engine:?}");
    }
}

#[tokio::test]
async fn only_what_was_made_for_this_worker_here_and_now_is_registered() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        registered(&service, OTHER, 9).await;
        let who = session(&service, LOGIN).await;
        let again = "/desk/account/passkeys?again=1";
        for (what, at) in [
            ("another origin", At { origin: "https://tongban.example.com", ..HERE }),
            ("another site", At { site: "example.cn", ..HERE }),
            ("nobody knows who", At { flags: SOMEBODY, ..HERE }),
        ] {
            assert_eq!(add(&service, &who, &Key::new(1), at).await, again, "{what}");
            assert_eq!(staff::new_passkey(&service, &who).await.expect("a page").ask, None, "{what}: asked once");
        }
        assert_eq!(add(&service, &who, &Key::new(9), HERE).await, again, "another worker's key");
        assert_eq!(number(&service, "worker_passkey").await, 1);
        staff::begin_passkey(&service, &who).await.expect("begun");
        let said = Key::new(1).make(&read(staff::new_passkey(&service, &who).await.expect("a page").ask), HERE);
        for (who, location) in [
            (session(&service, LOGIN).await, "/desk/account/passkeys"),
            (who.clone(), "/desk/account?done=passkey"),
            (who.clone(), "/desk/account/passkeys"),
        ] {
            let added = staff::add_passkey(&service, &who, &Browser::default(), "", &said).await.expect("answered");
            assert_eq!(added.location, location, "in the session that asked, once");
        }
        for seed in 10..19 {
            add(&service, &who, &Key::new(seed), HERE).await;
        }
        let mine = staff::account(&service, &who).await.expect("an account").passkeys;
        assert_eq!((mine.len(), mine[0].name.as_str()), (10, "通行密钥"), "{engine:?}");
        assert!(matches!(staff::begin_passkey(&service, &who).await, Err(Error::Refused(_))), "no more than ten");
    }
}

/// Browsers give no passkeys at an IP address: nothing is offered there.
#[tokio::test]
async fn where_browsers_give_no_passkeys_none_are_offered() {
    let (elsewhere, clock, place) = service(Engine::Sqlite).await;
    registered(&elsewhere, LOGIN, 1).await;
    let settings = Settings { public_url: "http://127.0.0.1:3000".to_owned(), ..settings(&place) };
    let db = Db::open(&place.url).await.expect("open");
    let service = Service::with(db, settings, Arc::new(FixedClock::clone(&clock))).await.expect("a service");
    let who = session(&service, LOGIN).await;
    let account = staff::account(&service, &who).await.expect("an account");
    assert!(!account.takes_passkeys && account.passkeys.len() == 1);
    assert!(matches!(staff::begin_passkey(&service, &who).await, Err(Error::Refused(_))));
    assert_eq!(half(&service, LOGIN).await.1, None);
}
