//! Life events: one form, one receipt, and a case for each item that goes its own way.

use std::collections::BTreeSet;

use crate::acting::*;
use crate::common::{engines, service};
use crate::filled::answers::{Form, answers};
use chrono::TimeDelta;
use domain::cases::{BundleTrack, State};
use domain::catalogue::Mode;
use domain::desk::TICKED;
use sea_orm::{ConnectionTrait, EntityTrait};
use service::identity::Visitor;
use service::{Error, Service, appointments, bundles, cases, desk as at_desk, forms, sms};

/// 滨河街道 多福社区.
const DUOFU: &str = "210103005024";
const PHONE: &str = "13800138000";

/// Somebody has died: collected and handed over (F), accepted anywhere (Z), three bureaus more.
const BEREAVED: [&str; 4] = ["GA08", "RS30", "YB12", "MZ15"];
/// Retired: done at once (D), handed over (F), and two that only the own community takes (L).
const RETIRED: [&str; 4] = ["MZ09", "RS22", "WJ03", "WJ06"];

fn codes(list: &[&str]) -> Vec<String> {
    list.iter().map(|code| (*code).to_owned()).collect()
}

async fn begin_event(service: &Service, event: &str, items: &[&str]) -> (Visitor, String) {
    let moved = forms::begin_event(service, &stranger(), event, &codes(items)).await.expect("begun");
    let id = draft_id(&moved.location);
    (with_cookie(service, &moved).await, id)
}

/// Fills a draft of an event in with valid answers: every area is 多福社区, the phone is [`PHONE`].
async fn fill(service: &Service, who: &Visitor, id: &str, (event, items): (&str, &[&str]), at_window: bool) {
    let latest = |code: &&str| (code.to_string(), service.catalogue.latest(code).expect("an item").number);
    let parts: Vec<(String, i32)> = items.iter().map(latest).collect();
    let definition = service.catalogue.whole(event, &parts).expect("a form").merged.form;
    let communities = [DUOFU.to_owned()];
    let form = Form { definition: &definition, today: service.today(), communities: &communities, at_window };
    let mut filled = answers(form, 11, None).expect("valid answers");
    filled.entries.set("applicant.phone", PHONE);
    for page in &definition.pages {
        let keys: Vec<&str> = page.fields.iter().map(|field| field.key.as_str()).collect();
        let of_page = |path: &str| keys.contains(&path.split('.').next().unwrap_or(path));
        let entries = filled.entries.iter().filter(|(path, _)| of_page(path));
        let posted: Vec<(String, String)> =
            entries.flat_map(|(path, texts)| texts.iter().map(|text| (path.to_string(), text.clone()))).collect();
        if !posted.is_empty() {
            // A page that these answers do not bring up is not there.
            let _ = forms::save_page(service, who, id, &page.key, &posted).await;
        }
    }
    for path in filled.given.files.iter().filter(|(_, count)| **count > 0).map(|(path, _)| path) {
        if !at_window {
            forms::add_file(service, who, id, path, "照片.png", png()).await.expect("taken in");
        }
    }
    let unfinished = forms::review(service, who, id).await.expect("a review").unfinished;
    assert_eq!(unfinished, []);
}

async fn send(service: &Service, who: &Visitor, id: &str) -> BundleTrack {
    let location = forms::submit(service, who, id).await.expect("submitted").location;
    let number = location.strip_prefix("/bundles/").and_then(|rest| rest.strip_suffix("?new=1"));
    let number = number.unwrap_or_else(|| panic!("not submitted: {location}"));
    bundles::track(service, who, number).await.expect("a bundle")
}

async fn bereaved(service: &Service) -> (Visitor, BundleTrack) {
    let (who, id) = begin_event(service, "bereavement", &BEREAVED).await;
    fill(service, &who, &id, ("bereavement", &BEREAVED), false).await;
    let sent = send(service, &who, &id).await;
    (who, sent)
}

/// The number of an item's case.
fn number<'a>(bundle: &'a BundleTrack, code: &str) -> &'a str {
    let part = bundle.parts.iter().find(|part| part.number.contains(code));
    part.map(|part| part.number.as_str()).unwrap_or_else(|| panic!("no case of {code}"))
}

async fn run(service: &Service, sql: &str) {
    let done = service.db.write(|tx| {
        Box::pin(async move {
            tx.execute_unprepared(sql).await?;
            Ok(())
        })
    });
    done.await.expect("write");
}

async fn count(service: &Service, table: &str) -> i64 {
    let backend = service.db.read.get_database_backend();
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    let row = service.db.read.query_one_raw(sea_orm::Statement::from_string(backend, sql)).await.expect("counted");
    row.expect("a row").try_get("", "n").expect("a number")
}

#[tokio::test]
async fn one_form_becomes_a_case_at_every_office() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, sent) = bereaved(&service).await;
        assert!(sent.number.starts_with("210100-YJ04-20261123-00001-"), "{}", sent.number);
        assert_eq!((sent.name.as_str(), sent.parts.len(), sent.state), ("亲人去世了", 4, Some(State::Submitted)));
        let numbers: BTreeSet<&str> = sent.parts.iter().map(|part| part.number.as_str()).collect();
        let offices: BTreeSet<&str> = sent.parts.iter().map(|part| part.office.as_str()).collect();
        assert_eq!((numbers.len(), offices.len()), (4, 4), "each has a number and an office of its own");
        assert!(sent.parts.iter().all(|part| !part.promise.is_empty() && !part.until.is_empty()));
        // Each office finds in its case what its own form would have asked, and nothing of the others.
        let civil = worker(&service, "shenhe-mz-1").await;
        let file = desk(&service, &civil, number(&sent, "MZ15")).await.file;
        let paths: Vec<&str> = file.pages.iter().flat_map(|page| &page.rows).map(|row| row.path.as_str()).collect();
        assert!(paths.contains(&"deceased") && paths.contains(&"funeral_paid"), "{paths:?}");
        assert!(paths.iter().all(|path| !path.contains("death_where") && !path.contains("survivors")), "{paths:?}");
        let papers: BTreeSet<&str> = file.files.keys().map(String::as_str).collect();
        assert!(papers.contains("file_relation_proof") && papers.contains("file_card"), "{papers:?}");
        let asked = |code: &str| service.catalogue.latest(code).expect("an item").form.clone();
        assert!(papers.iter().all(|path| asked("MZ15").field(path).is_some()), "{papers:?}");
        // The card was handed in once, and both offices can look at it.
        let pension = worker(&service, "shenhe-rs-1").await;
        let other = desk(&service, &pension, number(&sent, "RS30")).await.file;
        for (worker, file) in [(&civil, &file), (&pension, &other)] {
            let id = &file.files["file_card"][0].id;
            assert!(!forms::file(&service, worker, id).await.expect("a file").bytes.is_empty());
        }
        let foreign = forms::file(&service, &civil, &other.files["file_card"][0].id).await;
        assert!(matches!(foreign, Err(Error::NotFound)), "another case's copy is another's");
        // The office knows of the event, and sees no case that is not its own.
        let link = file.bundle.expect("a life event");
        assert_eq!((link.name.as_str(), link.siblings.len()), ("亲人去世了", 0));
        for code in ["GA08", "RS30", "YB12"] {
            let seen = at_desk::case(&service, &civil, number(&sent, code)).await;
            assert!(matches!(seen, Err(Error::NotFound)), "{code}");
        }
        let home = forms::home(&service, &who).await.expect("a home");
        assert_eq!((home.bundles.len(), home.cases.len(), home.drafts.len()), (1, 0, 0), "one thing, not four");
    }
}

#[tokio::test]
async fn a_double_tap_makes_one_bundle() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin_event(&service, "bereavement", &BEREAVED).await;
        fill(&service, &who, &id, ("bereavement", &BEREAVED), false).await;
        let (one, two) = tokio::join!(forms::submit(&service, &who, &id), forms::submit(&service, &who, &id));
        let third = forms::submit(&service, &who, &id).await.expect("the receipt").location;
        let path = |location: &str| location.split('?').next().unwrap_or_default().to_owned();
        let (one, two) = (path(&one.expect("sent").location), path(&two.expect("sent").location));
        assert!(one == two && one == path(&third), "{one} {two} {third}");
        assert_eq!((count(&service, "bundle").await, count(&service, "cases").await), (1, 4));
        // A page from the browser's history leads to the receipt.
        let saved = forms::save_page(&service, &who, &id, "applicant", &[]).await.expect("the receipt");
        assert_eq!(saved.location, one);
    }
}

#[tokio::test]
async fn what_fails_halfway_leaves_nothing() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin_event(&service, "bereavement", &BEREAVED).await;
        fill(&service, &who, &id, ("bereavement", &BEREAVED), false).await;
        let drafts = count(&service, "draft").await;
        let files = count(&service, "file").await;
        // The second case of a bundle finds no room.
        run(&service, "CREATE UNIQUE INDEX only_one ON cases (bundle_id)").await;
        assert!(matches!(forms::submit(&service, &who, &id).await, Err(Error::Internal(_) | Error::Database(_))));
        for table in ["bundle", "cases", "case_event", "case_sequence", "outbox"] {
            assert_eq!(count(&service, table).await, 0, "{table}");
        }
        assert_eq!((count(&service, "draft").await, count(&service, "file").await), (drafts, files));
        run(&service, "DROP INDEX only_one").await;
        assert_eq!(send(&service, &who, &id).await.parts.len(), 4, "and it can be sent again");
    }
}

#[tokio::test]
async fn every_case_lives_by_itself_and_the_whole_waits_for_the_slowest() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, sent) = bereaved(&service).await;
        let civil = worker(&service, "shenhe-mz-1").await;
        let pension = worker(&service, "shenhe-rs-1").await;
        let (mz, rs) = (number(&sent, "MZ15").to_owned(), number(&sent, "RS30").to_owned());
        for one in ["receive", "accept"] {
            step(&service, &civil, &mz, one, &[]).await.expect("done");
        }
        let ask = [(TICKED, "insured_area"), ("reason", "参保的区写错了")];
        step(&service, &pension, &rs, "receive", &[]).await.expect("received");
        step(&service, &pension, &rs, "ask-correction", &ask).await.expect("asked");
        let see = async || bundles::track(&service, &who, &sent.number).await.expect("a bundle");
        let now = see().await;
        assert_eq!(now.state, Some(State::Submitted), "two have not been received");
        let todo: Vec<&str> =
            now.parts.iter().filter(|part| !part.todo.is_empty()).map(|p| p.number.as_str()).collect();
        assert_eq!(todo, [rs.as_str()], "what waits for the resident is named");
        // One is taken back: the others go on.
        for code in ["GA08", "YB12"] {
            cases::withdraw(&service, &who, number(&sent, code), "不办了").await.expect("withdrawn");
        }
        let now = see().await;
        assert_eq!(now.state, Some(State::Correction), "{}", now.headline);
        assert!(now.headline.contains("2件办完了"), "{}", now.headline);
        let state = |bundle: &BundleTrack, code: &str| {
            bundle.parts.iter().find(|part| part.number.contains(code)).map(|part| part.state)
        };
        assert_eq!((state(&now, "GA08"), state(&now, "MZ15")), (Some(State::Withdrawn), Some(State::Accepted)));
        // The answer to the correction asks for that one field of that one item.
        let moved = cases::correct(&service, &who, &rs).await.expect("a form");
        assert_eq!(moved.location.rsplit('/').next(), Some("insured_area"), "{}", moved.location);
        for number in [&rs, &mz] {
            cases::withdraw(&service, &who, number, "").await.expect("withdrawn");
        }
        let over = see().await;
        assert_eq!((over.state, over.headline.as_str()), (None, "4件都办完了"));
    }
}

#[tokio::test]
async fn a_window_takes_what_it_may_and_refers_the_rest() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let window = worker(&service, "sanhaojie-1").await;
        let guide = at_desk::event(&service, &window, "retirement", None).await.expect("an event").guide;
        let own: Vec<&str> =
            guide.parts.iter().filter(|part| part.own_community).map(|part| part.item.code.as_str()).collect();
        assert_eq!(own, ["RS22", "WJ06"], "said before anything is typed");
        let begin = async |items: &[&str]| {
            let moved =
                forms::begin_event_at_window(&service, &window, "retirement", &codes(items)).await.expect("begun");
            let id = draft_id(&moved.location);
            fill(&service, &window, &id, ("retirement", items), true).await;
            id
        };
        let id = begin(&RETIRED).await;
        let review = forms::review(&service, &window, &id).await.expect("a review");
        let refers: Vec<bool> = review.deciders.iter().map(|decider| decider.refers).collect();
        assert_eq!((refers, review.refer_days.len()), (vec![false, true, false, true], 0));
        let sent = send(&service, &window, &id).await;
        let mode = |code: &str| service.catalogue.latest(code).expect("an item").item.mode;
        let taken: Vec<&str> = sent.parts.iter().map(|part| &part.number[7..11]).collect();
        assert_eq!(taken, ["MZ09", "WJ03"]);
        assert_eq!((mode("MZ09"), mode("WJ03"), sent.left_out.len()), (Mode::D, Mode::F, 2));
        assert!(sent.left_out.iter().all(|left| left.office.contains("多福")), "{:?}", sent.left_out);
        // What is done at once is decided from its own page; what is handed over goes its way.
        let card = [("outcome", "approved"), ("certificate_number", "YD20260001"), ("from", "2026-11-23")];
        step(&service, &window, number(&sent, "MZ09"), "complete", &card).await.expect("completed");
        assert_eq!(desk(&service, &window, number(&sent, "MZ09")).await.file.state, State::Delivered);
        step(&service, &window, number(&sent, "WJ03"), "hand-over", &[]).await.expect("handed over");
        // Nothing is typed twice for what is referred.
        let left = &sent.left_out[0].draft;
        let review = forms::review(&service, &window, left).await.expect("a review");
        assert_eq!(review.unfinished, []);
        let day = review.refer_days[2].0.clone();
        let slip = appointments::refer(&service, &window, left, &day, "morning").await.expect("referred").location;
        let right = worker(&service, "duofu-1").await;
        let code = slip.rsplit('/').next().expect("a code");
        let moved = appointments::settle(&service, &right, code, true).await.expect("come");
        submit(&service, &right, &draft_id(&moved.location)).await;
        let now = bundles::track(&service, &window, &sent.number).await.expect("a bundle");
        assert_eq!((now.parts.len(), now.left_out.len()), (2, 1));
        // Another window sees none of it; nothing but L cannot be taken here at all.
        assert!(matches!(bundles::track(&service, &right, &sent.number).await, Err(Error::NotFound)));
        let id = begin(&["RS22", "WJ06"]).await;
        assert!(matches!(forms::submit(&service, &window, &id).await, Err(Error::Refused(_))));
    }
}

#[tokio::test]
async fn the_resident_is_told_of_the_whole_once() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_, online) = bereaved(&service).await;
        assert_eq!(count(&service, "outbox").await, 0);
        let civil = worker(&service, "shenhe-mz-1").await;
        step(&service, &civil, number(&online, "MZ15"), "receive", &[]).await.expect("received");
        assert_eq!(count(&service, "outbox").await, 1, "later each case tells for itself");
        let window = worker(&service, "duofu-1").await;
        let moved = forms::begin_event_at_window(&service, &window, "bereavement", &codes(&BEREAVED)).await;
        let id = draft_id(&moved.expect("begun").location);
        fill(&service, &window, &id, ("bereavement", &BEREAVED), true).await;
        send(&service, &window, &id).await;
        assert_eq!(count(&service, "outbox").await, 2, "four were received, one message is sent");
        assert_eq!(sms::send(&service).await.expect("sent"), 2);
    }
}

#[tokio::test]
async fn the_whole_is_found_by_its_number_and_phone_and_by_nobody_else() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, sent) = bereaved(&service).await;
        let stranger = stranger();
        let nothing = bundles::track(&service, &stranger, &sent.number).await;
        let none = bundles::track(&service, &stranger, "210100-YJ04-20261123-00002-X").await;
        assert!(matches!((nothing, none), (Err(Error::NotFound), Err(Error::NotFound))));
        let missed = cases::look_up(&service, &stranger, &sent.number, "1234").await.expect("again");
        assert_eq!(missed.location, "/track?again=1");
        let found = cases::look_up(&service, &stranger, &sent.number, "8000").await.expect("found");
        assert_eq!(found.location, format!("/bundles/{}", sent.number));
        let browser = with_cookie(&service, &found).await;
        let seen = bundles::track(&service, &browser, &sent.number).await.expect("a bundle");
        assert_eq!(seen.parts.len(), 4);
        // It opens its cases as well, and each of them leads back.
        for part in &seen.parts {
            let case = track(&service, &browser, &part.number).await;
            assert_eq!(case.bundle.map(|bundle| bundle.number), Some(sent.number.clone()));
        }
        let token = sent.link.rsplit('/').next().expect("a token");
        assert!(matches!(bundles::open_link(&service, &stranger, &sent.number, "ABC").await, Err(Error::NotFound)));
        let opened = bundles::open_link(&service, &stranger, &sent.number, token).await.expect("opened");
        let other = with_cookie(&service, &opened).await;
        assert_eq!(bundles::track(&service, &other, &sent.number).await.expect("a bundle").parts.len(), 4);
        // The number of one case opens that case, and not the whole.
        let one = cases::look_up(&service, &stranger, number(&sent, "MZ15"), "8000").await.expect("found");
        let only = with_cookie(&service, &one).await;
        assert!(track(&service, &only, number(&sent, "MZ15")).await.bundle.is_none());
        assert!(matches!(bundles::track(&service, &only, &sent.number).await, Err(Error::NotFound)));
        assert_eq!(forms::home(&service, &only).await.expect("a home").cases.len(), 1);
        assert!(bundles::track(&service, &who, &sent.number).await.is_ok());
    }
}

#[tokio::test]
async fn a_choice_that_cannot_be_is_said_before_anything_is_typed() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let begin = async |items: &[&str]| {
        forms::begin_event(&service, &stranger(), "newborn", &codes(items)).await.expect("an answer").location
    };
    assert_eq!(begin(&["GA07", "YB01"]).await, "/events/newborn?items=GA07.YB01");
    assert_eq!(begin(&[]).await, "/events/newborn?items=");
    assert_eq!(begin(&["MZ01"]).await, "/events/newborn?items=", "it is none of this event");
    let guide = service.catalogue.event_guide("newborn", Some(&codes(&["GA07", "YB01"]))).expect("a guide");
    assert!(guide.finding.contains("请先给孩子上户口"), "{}", guide.finding);
    let one = begin(&["GA07"]).await;
    assert!(one.starts_with("/drafts/") && one.ends_with("/applicant"), "a single item is its own form: {one}");
    let other = forms::begin_event(&service, &stranger(), "wedding", &codes(&["GA07"])).await;
    assert!(matches!(other, Err(Error::NotFound)));
}

/// Also the form of the whole, what a correction began, and what no window took, lose what they hold.
#[tokio::test]
async fn nothing_of_a_life_event_is_left_when_its_time_is_over() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, sent) = bereaved(&service).await;
        for part in &sent.parts {
            service::cases::withdraw(&service, &who, &part.number, "不办了").await.expect("withdrawn");
        }
        clock.advance(TimeDelta::days(366 * 40));
        service::retention::run(&service).await.expect("run");
        let rows = entity::draft::Entity::find().all(&service.db.read).await.expect("drafts");
        assert!(rows.len() > BEREAVED.len(), "the whole and its parts: {}", rows.len());
        for row in rows {
            let place = service::vault::DRAFT_ENTRIES.of(row.id);
            assert_eq!(service.vault.open(place, &row.entries).expect("opened"), "{}", "{engine:?}");
        }
        for table in ["file", "claim", "access WHERE kind <> 'draft'"] {
            assert_eq!(count(&service, table).await, 0, "{engine:?}: {table}");
        }
    }
}
