//! Whatever people type is looked for where it must not be: in the files of the database, in a backup, in what
//! PostgreSQL keeps, in the folder of data. Nothing of it is there to be read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::acting::*;
use crate::common::{Engine, Place, engines, service};
use crate::filled::{at_window, fill_form, item};
use chrono::TimeDelta;
use domain::desk::{Role, Scope};
use domain::ratings::Stage;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use service::grants::NewGrant;
use service::identity::Visitor;
use service::ports::FixedClock;
use service::ratings::RatingForm;
use service::vault::{COLUMNS, Sealed, Suite, Use, add_key};
use service::{
    Service, announcements, appointments, cases, custody, documents, forms, grants, household, looks, mandates,
    messages, ratings, recusal, supervision,
};

/// Stands in every text that this test types.
const CANARY: &str = "金丝雀";
const NAME: &str = "金丝雀甲";
const ID_NUMBER: &str = "210103194001019013";
const PHONE: &str = "13977712345";
const OTHER_PHONE: &str = "13977754321";
const ACCOUNT: &str = "4111111111111111";
/// Of a child.
const CHILD: &str = "210105201009099033";
const STREET: &str = "三好街金丝雀里1号";

/// The pages of MZ07 and MZ24 with our own person in them.
fn ours(pages: &[(&'static str, &[(&'static str, &'static str)])]) -> Vec<(&'static str, Vec<(String, String)>)> {
    let own = |(path, value): &(&str, &str)| {
        let value = match *path {
            "applicant.name" => NAME,
            "applicant.phone" => PHONE,
            "residence.detail" | "retrofit_home.detail" => STREET,
            "retrofit_why" | "elder_illness" => "摔过一次，金丝雀知道",
            _ => value,
        };
        ((*path).to_owned(), value.to_owned())
    };
    pages.iter().map(|(page, entries)| (*page, entries.iter().map(own).collect())).collect()
}

/// A PDF whose text anybody could read in the file.
fn pdf() -> Vec<u8> {
    format!("%PDF-1.4\n% {NAME} {ID_NUMBER}\n%%EOF\n").into_bytes()
}

async fn apply(
    service: &Service,
    item: &str,
    pages: &[(&'static str, &[(&'static str, &'static str)])],
) -> (Visitor, String) {
    let (who, id) = begin(service, item).await;
    fill(service, &who, &id, pages).await;
    (who, id)
}

async fn fill(service: &Service, who: &Visitor, id: &str, pages: &[(&'static str, &[(&'static str, &'static str)])]) {
    for (page, entries) in ours(pages) {
        forms::save_page(service, who, id, page, &entries).await.expect("saved");
        assert_eq!(findings(service, who, id, page).await, [], "{page}");
    }
}

async fn hand_in(service: &Service, who: &Visitor, id: &str, files: &[&str]) -> String {
    for path in files {
        forms::add_file(service, who, id, path, "金丝雀的证.pdf", pdf()).await.expect("taken in");
    }
    submit(service, who, id).await
}

/// Everything that a resident and offices can write about a case.
async fn life_of_a_case(service: &Service, clock: &FixedClock) {
    let (who, id) = apply(service, "MZ07", MZ07).await;
    let number = hand_in(service, &who, &id, &["file_id_card", "file_household_book", "file_card"]).await;
    let wrote = vec![("金丝雀.pdf".into(), pdf())];
    messages::write(service, &who, &number, "金丝雀问：要多久", wrote).await.expect("written");
    clock.advance(TimeDelta::days(7));
    supervision::recolour(service).await.expect("late");
    let (window, above) = (worker(service, "binhe-3").await, worker(service, "shenhe-mz-2").await);
    supervision::instruct(service, &above, &number, "金丝雀的事快办").await.expect("said");
    supervision::explain(service, &window, &number, "金丝雀没接电话").await.expect("said");
    messages::note(service, &window, &number, "金丝雀来过").await.expect("noted");
    let asked = [("field", "account_number"), ("reason", "金丝雀的卡号看不清")];
    // Who decides is not who received it.
    let colleague = worker(service, "binhe-1").await;
    step(service, &colleague, &number, "receive", &[]).await.expect("received");
    step(service, &window, &number, "ask-correction", &asked).await.expect("asked");
    let id = draft_id(&cases::correct(service, &who, &number).await.expect("a form").location);
    forms::save_page(service, &who, &id, "account", &pairs(&[("account_number", ACCOUNT)])).await.expect("saved");
    submit(service, &who, &id).await;
    let granted = [("outcome", "approved"), ("amount", "200"), ("from", "2026-12-01"), ("reason", "金丝雀符合条件")];
    for (name, form) in [("accept", &[][..]), ("review", &[]), ("decide", &granted), ("close", &[])] {
        step(service, &window, &number, name, form).await.expect(name);
    }
    let rating = |grade: &str, again| RatingForm {
        stage: Stage::Closed.key().to_owned(),
        grade: grade.to_owned(),
        words: "金丝雀等了很久".to_owned(),
        again,
        ..RatingForm::default()
    };
    ratings::rate(service, &who, &number, rating("5", false)).await.expect("rated");
    ratings::rate(service, &who, &number, rating("4", true)).await.expect("rated again");
    let open = ratings::desk(service, &window).await.expect("a list").entries[0].id.clone();
    for _ in 0..3 {
        ratings::rectify(service, &window, &open, "给金丝雀打了电话").await.expect("rectified");
    }
}

/// An announcement with what a neighbour says; papers kept; an appointment; a life event; a draft that stays one.
async fn other_lives(service: &Service) {
    let (who, id) = apply(service, "MZ24", MZ24).await;
    let number = hand_in(service, &who, &id, &["file_id_card", "file_household_book", "file_house_paper"]).await;
    let bureau = worker(service, "shenhe-mz-1").await;
    for (name, form) in [("receive", &[][..]), ("accept", &[]), ("review", &[]), ("announce", &[("text", MZ24_WORDS)])]
    {
        step(service, &bureau, &number, name, form).await.expect(name);
    }
    let seen = desk(service, &bureau, &number).await.announcement.expect("announced");
    let announcement = seen.address.rsplit('/').next().expect("an id").to_owned();
    let said = [("words", "金丝雀家里有电梯"), ("contact", PHONE)].into_iter().collect();
    announcements::object(service, &stranger(), &announcement, said).await.expect("said");
    let objection = desk(service, &bureau, &number).await.announcement.expect("announced").objections[0].id.clone();
    let settled = [("upheld", "no"), ("answer", "金丝雀家没有电梯")].into_iter().collect();
    announcements::settle(service, &bureau, &number, &objection, settled).await.expect("settled");

    let window = worker(service, "sanhaojie-1").await;
    let id = at_window(service, &window, &item(service, |item| item.code == "MZ01")).await;
    let number = submit(service, &window, &id).await;
    step(service, &window, &number, "hand-over", &[]).await.expect("handed over");
    let kept = custody::list(service, &window).await.expect("a list").kept[0].id.clone();
    custody::give_out(service, &window, &kept, "金丝雀的女儿").await.expect("given");

    let id = at_window(service, &window, &item(service, |item| item.code == "SQ02")).await;
    let day = forms::review(service, &window, &id).await.expect("a review").refer_days[2].0.clone();
    appointments::refer(service, &window, &id, &day, "morning").await.expect("referred");

    let codes = ["GA08", "RS30", "YB12", "MZ15"].map(str::to_owned);
    let begun = forms::begin_event(service, &stranger(), "bereavement", &codes).await.expect("begun");
    let (who, id) = (with_cookie(service, &begun).await, draft_id(&begun.location));
    let parts = codes.map(|code| (code.clone(), service.catalogue.latest(&code).expect("an item").number));
    let form = service.catalogue.whole("bereavement", &parts).expect("a form").merged.form;
    fill_form(service, &who, &id, &form, false).await;
    forms::submit(service, &who, &id).await.expect("submitted");

    let _ = apply(service, "MZ07", MZ07).await;
    service::residents::ask_sign_in(service, &stranger(), OTHER_PHONE, false, "me").await.expect("asked");
    // What is wrong is kept, too, to be shown again.
    let missed = cases::look_up(service, &stranger(), "金丝雀的编号", "0000").await.expect("answered");
    assert_eq!(missed.location, "/track?again=1");
}

/// What a resident keeps on the own page, gives, asks and is told.
async fn own_page(service: &Service) {
    let who = accounts::proven(service, PHONE, NAME, ID_NUMBER).await;
    let id = draft_id(&forms::begin(service, &who, "MZ07").await.expect("begun").location);
    fill(service, &who, &id, MZ07).await;
    forms::add_file(service, &who, &id, "file_id_card", "金丝雀的证.pdf", pdf()).await.expect("taken in");
    let page = forms::page(service, &who, &id, "materials").await.expect("a page");
    documents::keep(service, &who, &id, &page.files["file_id_card"][0].id).await.expect("kept");
    let number = hand_in(service, &who, &id, &["file_household_book", "file_card"]).await;
    let child = [("name", "金丝雀乙"), ("id_number", CHILD)];
    let member = child.into_iter().chain([("relation", "child")]).collect();
    household::add(service, &who, member).await.expect("added");
    let ward = child.into_iter().chain([("relation", "parent"), ("agree", "yes")]).collect();
    mandates::declare_guardian(service, &who, ward).await.expect("declared");
    let helper = [("name", "金丝雀丙"), ("phone", OTHER_PHONE), ("relation", "child"), ("agree", "yes")];
    let helper = helper.into_iter().chain([("scope", "item:MZ07"), ("until", "2027-01-31")]).collect();
    mandates::give(service, &who, "MZ07", helper).await.expect("given");

    let window = worker(service, "binhe-3").await;
    service::desk::show(service, &window, &number, "account", "other", "金丝雀来电询问").await.expect("shown");
    let look = looks::list(service, &who, "").await.expect("looks").others.remove(0);
    let words = [("words", "金丝雀问：为什么看")].into_iter().collect();
    looks::ask(service, &who, (look.chain, look.seq), words).await.expect("asked");
    let asked = looks::questions(service).await.expect("questions").remove(0);
    let auditor = window.worker.as_ref().expect("a worker");
    looks::answer(service, auditor, asked.id, "金丝雀的事由他们办").await.expect("answered");
}

/// What workers say about themselves and each other.
async fn among_workers(service: &Service) {
    let relative = worker(service, "binhe-2").await;
    recusal::declare(service, &relative, false, NAME, ID_NUMBER).await.expect("declared");
    let security = worker(service, "anquan-1").await;
    let to = relative.worker.as_ref().expect("a worker").id.to_string();
    let everywhere = NewGrant::new(Role::Window, Scope::below("210100"));
    grants::propose(service, &security, &to, everywhere, "金丝雀请假，由她代班").await.expect("proposed");
}

/// What people typed, as it was sealed: our own texts, and numbers from forms that were filled in at random.
async fn typed(service: &Service, db: &DatabaseConnection) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = [CANARY, ID_NUMBER, CHILD, PHONE, OTHER_PHONE, ACCOUNT].map(str::to_owned).into();
    for column in COLUMNS {
        let (table, name) = (column.table, column.name);
        let key = match table {
            "session" => "token_hash AS key, 0 AS seq",
            "case_event" => "case_id AS key, seq",
            "worker_factor" => "worker_id AS key, 0 AS seq",
            _ => "id AS key, 0 AS seq",
        };
        let sql = format!("SELECT {key}, {name} AS record FROM {table} WHERE {name} IS NOT NULL");
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("rows");
        let mut ours = 0;
        for row in &rows {
            let place = match table {
                "session" => column.of(row.try_get::<String>("", "key").expect("a key")),
                "case_event" => {
                    let seq: i32 = row.try_get("", "seq").expect("a number");
                    column.of_two(row.try_get::<uuid::Uuid>("", "key").expect("a key"), seq)
                }
                _ => column.of(row.try_get::<uuid::Uuid>("", "key").expect("a key")),
            };
            let record = Sealed::of_record(row.try_get("", "record").expect("a record"));
            let text = service.vault.open(place, &record).expect("opened");
            ours += usize::from([CANARY, ID_NUMBER, CHILD, PHONE, OTHER_PHONE].iter().any(|own| text.contains(own)));
            let digits = text
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|part| part.len() >= 11 && part.bytes().filter(u8::is_ascii_digit).count() >= part.len() - 1);
            // Codes of areas stand beside every case.
            found.extend(digits.filter(|part| service.areas.name(part).is_none()).map(str::to_owned));
        }
        // Secrets of workers are made by the program, and passkeys have tests of their own.
        if ["worker_factor", "worker_passkey"].contains(&table) {
            continue;
        }
        assert!(!rows.is_empty(), "nothing is in {table}.{name}");
        // These hold what the program or the register of workers says, or a name of which one letter is left.
        let others = ["applicant", "office_reason", "papers", "shown", "worker"];
        let told = [("appointment", "phone"), ("outbox", "text")].contains(&(table, name));
        assert!(ours > 0 || told || others.contains(&name), "nothing of what was typed is in {table}.{name}");
    }
    found
}

/// As it could stand in a file: plain, in JSON, in an address, in hexadecimal digits.
fn guises(text: &str) -> [String; 5] {
    let json: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let address: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    [text.to_owned(), json, address, hex.to_uppercase(), hex]
}

fn look_for(typed: &BTreeSet<String>, place: &str, bytes: &[u8]) {
    // Bytes that are no text become marks, which hide nothing that is.
    let kept = String::from_utf8_lossy(bytes);
    for text in typed {
        for guise in guises(text) {
            assert!(!kept.contains(&guise), "{text:?} stands in {place} as {guise:?}");
        }
    }
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() { found.extend(files_below(&entry)) } else { found.push(entry) }
    }
    found
}

async fn look_into_database(engine: Engine, db: &DatabaseConnection, place: &Place, typed: &BTreeSet<String>) {
    if engine == Engine::Sqlite {
        let backup = place.folder.path().join("data/backup.db");
        db.execute_unprepared(&format!("VACUUM INTO '{}'", backup.display())).await.expect("a backup");
        return;
    }
    let backend = db.get_database_backend();
    let tables = "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'";
    for row in db.query_all_raw(Statement::from_string(backend, tables)).await.expect("tables") {
        let name: String = row.try_get("", "name").expect("a name");
        let sql = format!("SELECT t::text AS text FROM \"{name}\" AS t");
        let rows = db.query_all_raw(Statement::from_string(backend, sql)).await.expect("rows");
        for row in rows {
            look_for(typed, &name, row.try_get::<String>("", "text").expect("a text").as_bytes());
        }
    }
}

#[tokio::test]
async fn nothing_that_was_typed_can_be_read_where_it_is_kept() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        life_of_a_case(&service, &clock).await;
        // The other suite is looked at, too.
        for purpose in [Use::Data, Use::Blind] {
            add_key(&service, purpose, Suite::National).await.expect("added");
        }
        other_lives(&service).await;
        own_page(&service).await;
        among_workers(&service).await;
        let db = Database::connect(&place.url).await.expect("another connection");
        let typed = typed(&service, &db).await;
        assert!(typed.len() > 10, "{typed:?}");
        look_into_database(engine, &db, &place, &typed).await;
        let files = files_below(&place.folder.path().join("data"));
        assert!(files.len() > 9, "{files:?}");
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        if engine == Engine::Sqlite {
            for ending in ["tongban.db", "tongban.db-wal", "tongban.db-shm", "backup.db"] {
                assert!(names.iter().any(|name| name.ends_with(ending)), "{ending} is looked into");
            }
        }
        for (file, name) in files.iter().zip(&names) {
            look_for(&typed, name, &fs::read(file).expect("a file"));
            look_for(&typed, "the name of a file", name.as_bytes());
        }
    }
}
