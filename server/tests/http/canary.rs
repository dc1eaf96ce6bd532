//! What people type is neither in what the process says to itself nor in what it answers when something goes wrong.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use sea_orm::{ConnectionTrait, Database};
use tracing_subscriber::fmt::MakeWriter;

use crate::acting::MZ07;
use crate::common::{Answer, fixture, get, post, send, with};

const CANARY: &str = "金丝雀";
const PHONE: &str = "13977712345";
const ID_NUMBER: &str = "210103194001019013";

/// Everything that is said, by every library, in every detail.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Said {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn typed() -> String {
    let own = |(path, value): &(&'static str, &'static str)| match *path {
        "applicant.name" => (*path, CANARY),
        "applicant.id_number" => (*path, ID_NUMBER),
        "applicant.phone" => (*path, PHONE),
        _ => (*path, *value),
    };
    form_urlencoded::Serializer::new(String::new()).extend_pairs(MZ07[0].1.iter().map(own)).finish()
}

fn none_in(place: &str, text: &str) {
    let address: String = CANARY.bytes().map(|byte| format!("%{byte:02X}")).collect();
    for typed in [CANARY, PHONE, ID_NUMBER, &address] {
        let at = text.find(typed);
        assert!(
            at.is_none(),
            "{typed} stands in {place}: {:?}",
            at.map(|at| text[..at].chars().rev().take(200).collect::<String>())
        );
    }
}

#[tokio::test]
async fn nothing_that_was_typed_is_logged_or_told_by_a_page_of_an_error() {
    let said = Said::default();
    let listener = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(said.clone()).finish();
    // While there is one listener alone, whoever comes first to a place that speaks decides if it is heard: a thread of
    // another test, where nobody listens, would silence it (tracing-core's `JustOne`).
    let _second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::new());
    let _listening = tracing::subscriber::set_default(listener);
    let fixture = fixture().await;
    let app = &fixture.app;
    let begun = send(app, post("/items/MZ07/apply", "")).await;
    let token = begun.cookie("tb_session").expect("a session");
    let page = begun.header("location").to_owned();
    let own = |request| with(request, "cookie", &format!("tb_session={token}"));
    let mut answers: Vec<(&str, Answer)> = Vec::new();
    let saved = send(app, own(post(&page, typed()))).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let shown = send(app, own(get(&page))).await.body;
    assert!(shown.contains(CANARY) && shown.contains(PHONE), "it was typed, and is shown to who typed it");
    // A wrong look-up is kept, to be shown again.
    let look_up = format!("number={CANARY}&tail={PHONE}");
    assert_eq!(send(app, own(post("/track", look_up.clone()))).await.status, StatusCode::SEE_OTHER);
    let multipart = |body: &str| {
        with(post("/cases/x/messages", body.to_owned()), "content-type", "multipart/form-data; boundary=b")
    };
    let big = format!("words={CANARY}{}", "x".repeat(3 << 20));
    for (what, request) in [
        ("another's draft", post(&page, typed())),
        ("no such page", own(post(&format!("{page}x"), typed()))),
        ("no such address", own(post("/no/such/address", typed()))),
        (
            "another site",
            with(with(own(post(&page, typed())), "origin", "https://evil.example"), "sec-fetch-site", "cross-site"),
        ),
        ("a form that is none", with(own(post(&page, typed())), "content-type", "text/plain")),
        (
            "a form that breaks off",
            own(multipart(&format!("--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{CANARY}"))),
        ),
        ("too much", own(post(&page, big))),
    ] {
        answers.push((what, send(app, request).await));
    }
    // The database fails in the midst of it.
    let db = Database::connect(&fixture.state.process.config.service.database_url).await.expect("another connection");
    db.execute_unprepared("ALTER TABLE draft RENAME TO gone").await.expect("renamed");
    answers.push(("a broken database", send(app, own(post(&page, typed()))).await));
    assert_eq!(answers.last().map(|(_, answer)| answer.status), Some(StatusCode::INTERNAL_SERVER_ERROR));
    for (what, answer) in &answers {
        assert!(answer.status.is_client_error() || answer.status.is_server_error(), "{what}: {}", answer.status);
        none_in(what, &answer.body);
        none_in(what, &format!("{:?}", answer.headers));
    }
    let said = said.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("no such table"), "it was listened to: what failed stands there");
    none_in("what the process said", &said);
}
