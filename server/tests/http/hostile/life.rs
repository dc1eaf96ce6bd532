//! Cases on their way: everything that residents, neighbours and offices write about them, shown wherever it is shown.

use service::identity::Visitor;
use service::ratings::RatingForm;
use service::{Error, Service, announcements, cases, messages, ratings};

use super::browser::Browser;
use super::texts::Texts;
use crate::acting::{announced, begin, fill_in, png, step, stranger, submit, submitted, worker};
use crate::common::Fixture;

/// What came of each thing that was said, to compare it with that of another database.
type Said = Vec<String>;

fn note<T>(said: &mut Said, what: &str, done: &Result<T, Error>) {
    let how = match done {
        Ok(_) => "done".to_owned(),
        Err(Error::Refused(words)) => format!("refused: {words}"),
        Err(error) => format!("{error:?}"),
    };
    assert!(!matches!(done, Err(Error::Internal(_) | Error::Database(_))), "{what}: {how}");
    said.push(format!("{what}: {how}"));
}

/// A case of a street office: asked to correct, written about, decided, rated.
pub async fn of_a_street(fixture: &Fixture, texts: &mut Texts, said: &mut Said) {
    let service = &fixture.state.service;
    let desk = worker(service, "binhe-3").await;
    let (who, number) = submitted(service).await;
    speak(service, &who, &desk, &number, texts, said).await;
    step(service, &desk, &number, "receive", &[]).await.expect("received");
    let reason = texts.several(1_000);
    let ask = [("field", "account_number"), ("field", "file_card"), ("reason", reason.as_str())];
    note(said, "ask", &step(service, &desk, &number, "ask-correction", &ask).await);
    look(fixture, &who, &number, "binhe-3").await;
    let reason = texts.several(500);
    note(said, "withdraw", &cases::withdraw(service, &who, &number, &reason).await);
    look(fixture, &who, &number, "binhe-3").await;

    let (who, number) = submitted(service).await;
    for name in ["receive", "accept", "review"] {
        step(service, &desk, &number, name, &[]).await.expect(name);
    }
    let (visitors, findings) = (texts.one(60), texts.several(1_000));
    let visit =
        [("day", "2026-11-22"), ("visitors", visitors.as_str()), ("findings", findings.as_str()), ("agrees", "no")];
    note(said, "visit", &step(service, &desk, &number, "visit", &visit).await);
    let opinion = texts.several(1_000);
    note(
        said,
        "opinion",
        &step(service, &desk, &number, "opinion", &[("opinion", opinion.as_str()), ("agrees", "no")]).await,
    );
    let reason = texts.several(1_000);
    note(
        said,
        "decide",
        &step(service, &desk, &number, "decide", &[("outcome", "denied"), ("reason", reason.as_str())]).await,
    );
    look(fixture, &who, &number, "binhe-3").await;
    note(said, "close", &step(service, &desk, &number, "close", &[]).await);
    for stage in ["accepted", "closed", texts.one(20).as_str()] {
        let (words, tag) = (texts.several(500), texts.one(30));
        let form = RatingForm { stage: stage.to_owned(), grade: "5".to_owned(), tags: vec![tag], words, again: false };
        note(said, "rate", &ratings::rate(service, &who, &number, form).await);
    }
    let reviewer = worker(service, "binhe-2").await;
    for entry in ratings::desk(service, &reviewer).await.expect("a list").entries {
        note(said, "rectify", &ratings::rectify(service, &reviewer, &entry.id, &texts.several(500)).await);
    }
    look(fixture, &who, &number, "binhe-2").await;
}

/// Messages both ways, with files, and a note.
async fn speak(service: &Service, who: &Visitor, desk: &Visitor, number: &str, texts: &mut Texts, said: &mut Said) {
    let files = |texts: &mut Texts| vec![(texts.one(60).into(), png())];
    let (words, sent) = (texts.several(500), files(texts));
    note(said, "write", &messages::write(service, who, number, &words, sent).await);
    let (words, sent) = (texts.several(500), files(texts));
    note(said, "reply", &messages::reply(service, desk, number, &words, sent).await);
    note(said, "note", &messages::note(service, desk, number, &texts.several(500)).await);
}

/// A case that is announced, and what a neighbour says.
pub async fn of_a_neighbourhood(fixture: &Fixture, texts: &mut Texts, said: &mut Said) {
    let service = &fixture.state.service;
    let (who, number, bureau) = announced(service).await;
    let list = announcements::board(service, &stranger(), "210103005024", "").await.expect("a board").entries;
    let id = list.first().expect("an announcement").id.clone();
    for contact in ["13800138000", texts.one(40).as_str()] {
        let words = texts.several(500);
        let entries = [("words", words.as_str()), ("contact", contact)].into_iter().collect();
        note(said, "object", &announcements::object(service, &stranger(), &id, entries).await);
    }
    let seen = crate::acting::desk(service, &bureau, &number).await.announcement.expect("an announcement");
    for objection in &seen.objections {
        let answer = texts.several(500);
        let entries = [("upheld", "no"), ("answer", answer.as_str())].into_iter().collect();
        note(said, "settle", &announcements::settle(service, &bureau, &number, &objection.id, entries).await);
    }
    Browser::new(&fixture.app).look(&format!("/announcements/{id}")).await;
    look(fixture, &who, &number, "shenhe-mz-1").await;
}

/// The announced text itself may be any that tells nothing personal.
pub async fn of_an_announcement(fixture: &Fixture, texts: &mut Texts, said: &mut Said) {
    let service = &fixture.state.service;
    let (who, number, bureau) = crate::acting::reviewed(service).await;
    let text = texts.several(300);
    note(said, "announce", &step(service, &bureau, &number, "announce", &[("text", text.as_str())]).await);
    look(fixture, &who, &number, "shenhe-mz-1").await;
    Browser::new(&fixture.app).look("/announcements?area=210103005024").await;
}

/// A name of letters that nobody has: through the whole form, onto a paper.
pub async fn of_a_name(fixture: &Fixture, texts: &mut Texts, said: &mut Said) {
    let service = &fixture.state.service;
    let (who, id) = begin(service, "MZ07").await;
    fill_in(service, &who, &id).await;
    let name = texts.one(50);
    let pairs: Vec<(String, String)> = crate::acting::pairs(crate::acting::MZ07[0].1);
    let named =
        |(key, value): (String, String)| if key == "applicant.name" { (key, name.clone()) } else { (key, value) };
    let pairs: Vec<(String, String)> = pairs.into_iter().map(named).collect();
    note(said, "name", &service::forms::save_page(service, &who, &id, "applicant", &pairs).await);
    let number = submit(service, &who, &id).await;
    let desk = worker(service, "binhe-3").await;
    step(service, &desk, &number, "receive", &[]).await.expect("received");
    look(fixture, &who, &number, "binhe-3").await;
    let track = crate::acting::track(service, &who, &number).await;
    said.push(format!("masked: {}", track.applicant));
}

/// The page of the resident with its papers, and that of the desk with its lists.
async fn look(fixture: &Fixture, who: &Visitor, number: &str, login: &str) {
    let service = &fixture.state.service;
    let link = crate::acting::track(service, who, number).await.receipt.link;
    let mut browser = Browser::new(&fixture.app);
    browser.look(link.strip_prefix("http://tongban.test").expect("an address of ours")).await;
    let page = browser.look(&format!("/cases/{number}")).await;
    for (at, _) in page.body.match_indices("href=\"/notices/") {
        let path = page.body[at + 6..].split('"').next().expect("an address").to_owned();
        browser.look(&path).await;
    }
    let mut desk = Browser::signed_in(fixture, login).await;
    for path in [format!("/desk/cases/{number}"), "/desk".to_owned(), "/desk/ratings".to_owned(), "/ratings".to_owned()]
    {
        desk.look(&path).await;
    }
}
