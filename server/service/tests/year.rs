//! A year of clock: cases of many items, offices that do something now and then or nothing at all, residents who answer
//! or do not, neighbours who object. Every day the clock has done what was due, once, and what is late is shown as late.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{Engine, engines, open_service, service};
use crate::lives::answers::draw::Dice;
use crate::lives::answers::{Form, answers};
use crate::lives::{City, Life, NEVER, Post};
use chrono::{Datelike, NaiveDate};
use domain::cases::{DeskStep, QueueQuery, State, Step, Warning};
use domain::desk::TICKED;
use domain::forms::{Entries, Kind};
use entity::{case_event, cases as case_rows, objection, outbox, supervision as warnings};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::identity::Visitor;
use service::vault::CASE_EVENT_CONTENT;
use service::{announcements, cases, sms, supervision};

/// Items of every mode, with visits, announcements, several reviewers, heads and papers that may follow.
const ITEMS: [&str; 14] =
    ["MZ01", "MZ07", "MZ10", "RS12", "YB01", "MZ02", "CL01", "TY04", "FC01", "SQ01", "RS31", "WJ01", "CL10", "GH02"];
/// New cases of the year: one every few days.
const CASES: usize = 80;
const EVERY: usize = 4;
/// What people do on a working day: too little for all that there is to do.
const DEEDS: usize = 5;
/// Days after the year on which nobody does anything.
const AFTERWARDS: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_year_passes_and_nothing_is_forgotten() {
    let years: Vec<_> = engines().into_iter().map(|engine| tokio::spawn(year(engine))).collect();
    let mut passed = Vec::new();
    for year in years {
        passed.push(year.await.expect("passed"));
    }
    assert!(passed.windows(2).all(|two| two[0] == two[1]), "the same happens on both engines: {passed:?}");
}

/// How often each kind of event happened.
async fn year(engine: Engine) -> BTreeMap<String, usize> {
    let (service, clock, place) = service(engine).await;
    let second = open_service(&place, &clock).await;
    let city = City::new(service, clock);
    city.set("2026-01-05");
    let mut dice = Dice::new(2027);
    let mut lives: Vec<Life<'_>> = Vec::new();
    let (mut open, mut late) = (BTreeSet::new(), 0);
    for day in 0..365 + AFTERWARDS {
        let today = city.today();
        if day < 365 {
            if day % EVERY == 0 && lives.len() < CASES {
                let code = ITEMS[lives.len() % ITEMS.len()];
                let seed = u64::try_from(day).expect("a day") + 77;
                let life = Life::begin_today(&city, code, seed).await.expect("no item of these has a season");
                open.insert(life.number.clone());
                lives.push(life);
            }
            if city.service.areas.calendar.is_workday(today) {
                let mut around: Vec<_> = lives.iter_mut().filter(|life| open.contains(&life.number)).collect();
                for _ in 0..DEEDS.min(around.len()) {
                    let at = dice.below(around.len());
                    deed(around[at], &mut dice).await;
                }
            }
        }
        cases::tick(&city.service).await.expect("looked");
        assert_eq!(cases::tick(&second).await.expect("looked"), 0, "done once on {today}");
        supervision::recolour(&city.service).await.expect("coloured");
        assert_eq!(supervision::recolour(&second).await.expect("coloured"), 0, "coloured once on {today}");
        sms::remind(&city.service).await.expect("reminded");
        assert_eq!(sms::remind(&second).await.expect("reminded"), 0, "reminded once on {today}");
        late += look_around(&city, today, &mut open).await;
        city.pass_days(1);
    }
    let happened = happened(&city).await;
    let count = |kind: &str| happened.get(kind).copied().unwrap_or(0);
    println!(
        "{engine:?}: {} days, {CASES} cases, {} events of {} kinds, {late} times late in the evening",
        365 + AFTERWARDS,
        happened.values().sum::<usize>(),
        happened.len()
    );
    assert_eq!(lives.len(), CASES);
    for kind in [
        "deemed_accepted",
        "correction_answered",
        "correction_lapsed",
        "deferral_answered",
        "deferral_lapsed",
        "announcement_ended",
        "suspended",
        "extended",
        "decided",
        "withdrawn",
    ] {
        assert!(count(kind) > 0, "{engine:?}: {kind} never happened: {happened:?}");
    }
    assert!(late > 0, "somebody was late");
    for row in case_rows::Entity::find().all(&city.service.db.read).await.expect("cases") {
        let nothing = (row.due, row.wake) == (NEVER, None);
        assert!(nothing || open.contains(&row.number), "{} is over", row.number);
    }
    assert!(count("objection") > 0, "a neighbour objected");
    who_lost_something_was_reminded(&city).await;
    happened
}

/// What the day must have brought. How many cases are late; `open` are those that are not over.
async fn look_around(city: &City, today: NaiveDate, open: &mut BTreeSet<String>) -> usize {
    let db = &city.service.db.read;
    open.clear();
    let objections = objection::Entity::find().filter(objection::Column::SettledAt.is_null()).all(db);
    let objections = objections.await.expect("objections");
    let warnings = warnings::Entity::find().filter(warnings::Column::SettledAt.is_null()).all(db);
    let warnings = warnings.await.expect("warnings");
    let over = State::ALL.into_iter().filter(|state| state.is_final()).map(State::key);
    let rows = case_rows::Entity::find().filter(case_rows::Column::State.is_not_in(over)).all(db).await;
    let rows = rows.expect("cases");
    assert!(warnings.iter().all(|one| rows.iter().any(|row| row.id == one.case_id)), "what is over is late no more");
    let mut late = 0;
    for row in rows {
        let state = State::from_key(&row.state).expect("a state");
        // An announcement waits for the office to settle what was said against it.
        let held = objections.iter().any(|one| one.case_id == row.id);
        let done = row.wake.is_none_or(|day| day > today);
        assert!(done || held, "{} of {today} waits for the clock since {:?}", row.number, row.wake);
        let warned = warnings.iter().any(|one| one.case_id == row.id);
        let red = Warning::from_key(&row.colour).expect("a colour") >= Warning::Red;
        assert_eq!((red, warned), (row.due < today, row.due < today), "{} of {today} is told above", row.number);
        open.insert(row.number.clone());
        if state == State::Correction {
            assert!(row.due >= today, "{} was not answered until {}", row.number, row.due);
        }
        if row.due < today {
            late += 1;
            // On one day of each quarter, for it takes time.
            let monday = today.weekday() == chrono::Weekday::Mon && today.day() <= 7 && today.month().is_multiple_of(3);
            if monday && city.service.areas.calendar.is_workday(today) {
                is_shown_as_late(city, &row).await;
            }
        }
    }
    late
}

async fn is_shown_as_late(city: &City, row: &case_rows::Model) {
    let query = || QueueQuery { due: "overdue".to_owned(), ..QueueQuery::default() };
    let worker = city.staff.at(&city.service, &row.office, Post::Reviewer).await;
    let queue = service::desk::queue(&city.service, &worker, query()).await.expect("a queue");
    assert!(queue.cases.iter().any(|case| case.number == row.number), "{} is late", row.number);
    let case = service::desk::case(&city.service, &worker, &row.number).await.expect("the case");
    assert!(case.file.warning >= Warning::Red && case.file.days_left.is_some_and(|days| days < 0), "{}", row.number);
}

/// Somebody does one of the things that are offered, filled in at random; or the resident does, or a neighbour.
async fn deed(life: &mut Life<'_>, dice: &mut Dice) {
    let row = life.city.row(&life.number).await;
    let state = State::from_key(&row.state).expect("a state");
    life.office = row.office;
    if !state.is_final() && dice.once_in(60) {
        // Decided cases are taken back no more.
        let _ = cases::withdraw(&life.city.service, &life.resident, &life.number, "不办了").await;
        return;
    }
    // One resident of three forgets what is asked of them.
    let asked = !life.seed.is_multiple_of(3) && life.track().await.correction.is_some();
    if asked && dice.once_in(4) {
        life.answer().await;
        return;
    }
    let post = [Post::Reviewer, Post::SecondReviewer, Post::Window, Post::Head][dice.below(4)];
    let window = life.window.clone().filter(|_| post == Post::Window);
    let office = window.unwrap_or_else(|| life.office.clone());
    let worker = life.city.staff.at(&life.city.service, &office, post).await;
    // Sent on: the window of before may see it no more.
    let Ok(case) = service::desk::case(&life.city.service, &worker, &life.number).await else { return };
    if let Some(announcement) = &case.announcement {
        let open = announcement.objections.iter().find(|one| one.upheld.is_none());
        if let Some(open) = open.filter(|_| announcement.may_settle && dice.once_in(2)) {
            return settle(life, &worker, &open.id, dice).await;
        }
        if !announcement.address.is_empty() && dice.once_in(4) {
            return object(life, announcement.address.trim_start_matches("/announcements/")).await;
        }
    }
    let Some(one) = choose(&case.steps, dice) else { return };
    let form =
        Form { definition: &one.form, today: life.city.today(), communities: &life.city.communities, at_window: false };
    let mut entries = match one.form.pages.is_empty() {
        true => Entries::default(),
        false => answers(form, dice.next(), None).expect("a form of a step can be filled in").entries,
    };
    if one.step == Step::AskCorrection {
        entries.set(TICKED, "applicant");
        entries.set("reason", "请核对");
    }
    // What may follow, mostly does.
    if let (Step::Accept, Some(Kind::SeveralOf { options })) =
        (one.step, one.form.field(TICKED).map(|field| &field.kind))
        && !dice.once_in(4)
    {
        entries.set(TICKED, options[0].value.as_str());
    }
    let said = life.try_entries(&office, post, one.step, entries).await;
    assert!(said.is_none_or(|why| !why.is_empty()), "{:?} of {} did nothing and said nothing", one.step, life.number);
}

/// What ends a case too soon comes rarely, as do papers without being asked for; an office that looks at a case at last asks for something, or mostly goes on
/// with it.
fn choose<'a>(steps: &'a [DeskStep], dice: &mut Dice) -> Option<&'a DeskStep> {
    let find = |step: Step| steps.iter().find(|one| one.step == step);
    if let Some(asks) = find(Step::AskCorrection).filter(|_| dice.once_in(3)) {
        return Some(asks);
    }
    if let Some(goes_on) = find(Step::Accept).or_else(|| find(Step::Announce)).filter(|_| !dice.once_in(3)) {
        return Some(goes_on);
    }
    let rare = |step: Step| matches!(step, Step::End | Step::RefuseAcceptance | Step::Reroute | Step::AnswerDeferral);
    let steps: Vec<&DeskStep> = steps.iter().filter(|one| !rare(one.step) || dice.once_in(8)).collect();
    dice.pick(&steps).copied()
}

async fn object(life: &mut Life<'_>, id: &str) {
    let said = [("words", "情况不是这样"), ("contact", "")].into_iter().collect();
    announcements::object(&life.city.service, &life.neighbour(), id, said).await.expect("said");
}

async fn settle(life: &Life<'_>, worker: &Visitor, objection: &str, dice: &mut Dice) {
    let form = [("upheld", if dice.once_in(3) { "yes" } else { "no" }), ("answer", "查过了")].into_iter().collect();
    announcements::settle(&life.city.service, worker, &life.number, objection, form).await.expect("settled");
}

/// How often each kind of event happened; of the ends, each cause; and what neighbours said.
async fn happened(city: &City) -> BTreeMap<String, usize> {
    let objections = objection::Entity::find().all(&city.service.db.read).await.expect("objections").len();
    let mut count = BTreeMap::from([("objection".to_owned(), objections)]);
    for row in case_event::Entity::find().all(&city.service.db.read).await.expect("events") {
        *count.entry(cause(city, &row).unwrap_or(row.kind)).or_default() += 1;
    }
    count
}

fn cause(city: &City, row: &case_event::Model) -> Option<String> {
    let content = city.service.vault.open(CASE_EVENT_CONTENT.of_two(row.case_id, row.seq), &row.content);
    let content: serde_json::Value = serde_json::from_str(&content.expect("opened")).expect("an event");
    content.get("cause").and_then(|cause| cause.as_str()).map(str::to_owned)
}

/// Nobody lost an application over a day of which no message had told.
async fn who_lost_something_was_reminded(city: &City) {
    let db = &city.service.db.read;
    let messages = outbox::Entity::find().all(db).await.expect("messages");
    let reminded: BTreeSet<_> =
        messages.iter().filter(|one| one.kind == "reminder").filter_map(|one| one.case_id).collect();
    for row in case_event::Entity::find().all(db).await.expect("events") {
        if cause(city, &row).is_some_and(|cause| cause.ends_with("_lapsed")) {
            assert!(reminded.contains(&row.case_id), "{} was not reminded", row.case_id);
        }
    }
}
