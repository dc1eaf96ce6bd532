//! Measures nothing: fills the data folder of a demo with as many cases as a city has after a while, for
//! `scripts/bench`, which starts it: `fill_desk FOLDER CASES DRAFTS`.
//!
//! Half of the cases are those of one street office. The people are made up: all have the identity number and the
//! phone of the tests. DRAFTS complete drafts wait to be submitted. What the load needs to know is written to
//! FOLDER/load: tokens of sessions, ids of drafts, the number of a case.

#[path = "filled/pages.rs"]
mod pages;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use domain::cases::{
    Action, Actor, Case, CaseNumber, Channel, CorrectionAsk, Event, EventKind, Outcome, Rules, Ruling, act, fold,
    local_day,
};
use domain::catalogue::{Competence, Delivery, Item, competent};
use domain::forms::{Definition, Entries, Given, check, normalise};
use domain::identity::mask_name;
use entity::{access, case_event, case_sequence, cases, draft, file};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use service::db::Tx;
use service::identity::Visitor;
use service::vault::{self, Purpose, Sealed, Suite};
use service::{Error, Service, Settings, forms};
use uuid::Uuid;

use pages::PAGES;

/// 滨河街道; its workers are those of the demo.
const OFFICE: &str = "210103005";
const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Cases, or drafts, of one transaction.
const BATCH: usize = 2_000;
/// Rows of one statement: SQLite binds 32,766 values at most.
const ROWS: usize = 1_000;
/// Drafts whose pages are saved again and again.
const SAVED: usize = 64;
const NEVER: &str = "9999-12-31";

const FILES: [&str; 3] = ["file_id_card", "file_household_book", "file_card"];

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let [folder, cases, drafts] = arguments.as_slice() else {
        println!("fill_desk FOLDER CASES DRAFTS; scripts/bench starts it");
        return;
    };
    let (cases, drafts) = (cases.parse().expect("a number of cases"), drafts.parse().expect("a number of drafts"));
    let begun = Instant::now();
    let folder = PathBuf::from(folder);
    let service = open(&folder).await.expect("a migrated and seeded database");
    Filling::new(&service).fill(cases).await.expect("cases");
    prepare(&service, &folder.join("load"), drafts).await.expect("drafts");
    service.db.close().await.expect("closed");
    println!("{cases} cases and {drafts} complete drafts in {} s", begun.elapsed().as_secs());
}

async fn open(folder: &Path) -> Result<Service, Error> {
    let settings = Settings {
        database_url: format!("sqlite://{}?mode=rw", folder.join("tongban.db").display()),
        data_dir: folder.to_owned(),
        public_url: "http://127.0.0.1:3000".to_owned(),
        key_file: folder.join("key"),
        key_ring: folder.join("keys"),
        suite: Suite::International,
        sms: None,
        register: None,
        city: None,
        font_file: None,
        clamd: None,
        audit_hash: service::audit::Algorithm::default(),
        inbox: false,
    };
    Service::open(settings).await
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("JSON")
}

fn seal(service: &Service, place: vault::Place, text: &str) -> Sealed {
    service.vault.seal(place, text).expect("sealed")
}

// ---- cases ----

/// The same numbers in every run, spread evenly.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        // SplitMix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

/// What one kind of case has in common.
struct Kind {
    revision: i32,
    item: Item,
    answers: Entries,
}

#[derive(Clone, Default)]
struct Rows {
    drafts: Vec<draft::Model>,
    files: Vec<file::Model>,
    access: Vec<access::Model>,
    cases: Vec<cases::Model>,
    events: Vec<case_event::Model>,
}

struct Filling<'s> {
    service: &'s Service,
    dice: Dice,
    now: DateTime<Utc>,
    kinds: Vec<Kind>,
    /// Communities: of the office, and of other streets.
    here: Vec<String>,
    elsewhere: Vec<String>,
    serials: BTreeMap<(String, String, chrono::NaiveDate), u32>,
}

impl<'s> Filling<'s> {
    fn new(service: &'s Service) -> Self {
        let children = |code: &str| service.areas.children(code).into_iter().map(|area| area.code);
        let streets = service.areas.districts().into_iter().flat_map(|district| children(&district.code));
        let elsewhere =
            streets.filter(|street| street != OFFICE).flat_map(|street| children(&street).take(1)).collect();
        // The first is the item whose form was filled in; of the others a list shows the same.
        let kinds = ["MZ07", "MZ07", "MZ07", "MZ04"].map(|code| kind(service, code)).into();
        Self {
            dice: Dice(1),
            now: service.clock.now(),
            kinds,
            here: children(OFFICE).collect(),
            elsewhere,
            serials: BTreeMap::new(),
            service,
        }
    }

    async fn fill(mut self, count: usize) -> Result<(), Error> {
        let mut left = count;
        while left > 0 {
            let mut rows = Rows::default();
            for _ in 0..left.min(BATCH) {
                self.add(&mut rows);
            }
            left -= left.min(BATCH);
            store(self.service, &rows).await?;
        }
        let serial = |((area, item_code, day), last): ((String, String, chrono::NaiveDate), u32)| {
            case_sequence::Model { area, item_code, day, last: i32::try_from(last).expect("a serial") }
        };
        let serials: Vec<_> = self.serials.into_iter().map(serial).collect();
        let serials = &serials;
        self.service.db.write(|tx| Box::pin(async move { insert(tx, serials).await })).await
    }

    fn add(&mut self, rows: &mut Rows) {
        let here = self.dice.below(2) == 0;
        let community = self.dice.of(if here { &self.here } else { &self.elsewhere }).clone();
        let kind = self.dice.below(self.kinds.len());
        let kind = &self.kinds[kind];
        let mut answers = kind.answers.clone();
        answers.set(kind.item.routing.area_field.clone(), community);
        answers.set("applicant.name", name(&mut self.dice));
        let competence = competent(&kind.item, &answers, None, local_day(self.now)).expect("an office");
        let events = life(&mut self.dice, self.now, &self.service.areas.calendar, &kind.item);
        let case = fold(&events).expect("events that begin with a submission");
        let district: String = competence.area.chars().take(6).collect();
        let day = local_day(case.submitted_at);
        let serial = self.serials.entry((district.clone(), kind.item.code.clone(), day)).or_insert(0);
        *serial += 1;
        let number = CaseNumber::new(&district, &kind.item.code, day, *serial).to_string();
        let row = case_row(self.service, kind, (number, district, competence), &answers, &case, &events);
        rows.drafts.push(draft_of(self.service, &row, &answers));
        rows.events.extend((0..).zip(&events).map(|(seq, event)| event_row(self.service, row.id, seq, event)));
        rows.cases.push(row);
    }
}

fn kind(service: &Service, code: &str) -> Kind {
    let revision = service.catalogue.latest(code).unwrap_or_else(|| panic!("no item {code}"));
    let typed: Entries = PAGES.iter().flat_map(|(_, entries)| entries.iter().copied()).collect();
    let files = FILES.map(|path| (path.to_owned(), 1)).into();
    let given = Given { today: service.today(), files, ..Given::default() };
    let form: &Definition = &revision.form;
    let answers = check(form, &typed, &given).unwrap_or_else(|_| normalise(form, &typed, given.today));
    Kind { revision: revision.number, item: revision.item.clone(), answers }
}

fn name(dice: &mut Dice) -> String {
    const FAMILY: [&str; 20] = [
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭",
        "马", "罗",
    ];
    const GIVEN: [&str; 16] =
        ["秀", "英", "国", "强", "桂", "兰", "玉", "梅", "建", "华", "志", "明", "淑", "珍", "文", "德"];
    [dice.of(&FAMILY), dice.of(&GIVEN), dice.of(&GIVEN)].into_iter().copied().collect()
}

/// What happened to a case until now: six of seven are closed, the others stand somewhere on the way. None is so late
/// that it would be accepted by law while the load runs.
fn life(dice: &mut Dice, now: DateTime<Utc>, calendar: &domain::calendar::Workdays, item: &Item) -> Vec<Event> {
    let because = |text: &str| text.to_owned();
    let asked = Action::AskCorrection(CorrectionAsk {
        fields: vec![because("account_number")],
        reason: because("卡号照片不清楚，请重新拍"),
        ..CorrectionAsk::default()
    });
    let data: &[(&str, &str)] = match item.code.as_str() {
        "MZ04" => &[("aid_form", "money"), ("amount", "2000")],
        _ => &[("amount", "200"), ("from", "2026-01-01")],
    };
    let data = data.iter().copied().collect();
    let decide = Action::Decide(Ruling { outcome: Outcome::Approved, reason: because("符合条件"), data });
    let accept = Action::Accept { deferred: Vec::new() };
    let refused = Action::RefuseAcceptance { reason: because("户口不在本市"), apply_to: String::new() };
    let whole = [Action::Receive, accept, Action::StartReview, decide, Action::Close];
    let rules = Rules { item, calendar, office: OFFICE, delivery: Some(Delivery::Electronic), hands_over: false };
    let steps = |count: usize| whole[..count].to_vec();
    // Days since the submission, at least and at most, and what was done since.
    let (least, most, done) = match dice.below(100) {
        0..74 => (20, 380, steps(5)),
        74..84 => (30, 380, [vec![Action::Receive, asked, Action::AnswerCorrection], steps(5)[1..].to_vec()].concat()),
        84..87 => (20, 380, vec![Action::Receive, Action::Withdraw { reason: String::new() }]),
        87 => (20, 380, vec![Action::Receive, refused]),
        88..90 => (0, 4, Vec::new()),
        90..92 => (1, 4, steps(1)),
        92 => (1, 6, vec![Action::Receive, asked]),
        93..96 => (2, 12, steps(2)),
        96..99 => (3, 12, steps(3)),
        _ => (4, 12, steps(4)),
    };
    let age =
        TimeDelta::days((least + dice.below(most - least + 1)) as i64) + TimeDelta::minutes(dice.below(600) as i64);
    let begun = now - age;
    let submitted = EventKind::Submitted { channel: Channel::Phone };
    let mut events = vec![Event { at: begun, by: Actor::Resident, kind: submitted }];
    let worker = Actor::Worker { id: Uuid::nil().to_string(), name: "王建国".to_owned(), office: OFFICE.to_owned() };
    let visit = Action::Visit {
        day: begun.date_naive(),
        visitors: because("王建国"),
        findings: because("情况属实"),
        agrees: true,
    };
    // What the item asks for besides.
    let around = |action: Action| {
        let decides = matches!(action, Action::Decide(_));
        let visit = (decides && item.procedure.home_visit).then(|| visit.clone());
        let approval = (decides && item.procedure.head_approval).then_some(Action::Approve);
        visit.into_iter().chain([action]).chain(approval)
    };
    let done: Vec<Action> = done.into_iter().flat_map(around).collect();
    let head = Actor::Worker { id: Uuid::max().to_string(), name: "李敏".to_owned(), office: OFFICE.to_owned() };
    let between = age / (i32::try_from(done.len()).expect("few") + 1);
    let between = between.min(TimeDelta::hours(20));
    for (index, action) in (1..).zip(done) {
        let by = match action {
            Action::AnswerCorrection | Action::Withdraw { .. } => Actor::Resident,
            Action::Approve => head.clone(),
            _ => worker.clone(),
        };
        let case = fold(&events).expect("a case");
        let done = act(&case, action, &by, begun + between * index, &rules);
        events.extend(done.unwrap_or_else(|refusal| panic!("{refusal:?} after {events:?}")));
    }
    events
}

fn case_row(
    service: &Service,
    kind: &Kind,
    (number, area, competence): (String, String, Competence),
    answers: &Entries,
    case: &Case,
    events: &[Event],
) -> cases::Model {
    let never = || NEVER.parse().expect("a date");
    let schedule = case.schedule(&service.areas.calendar, false, service.today());
    let id = Uuid::now_v7();
    cases::Model {
        id,
        area,
        item_code: kind.item.code.clone(),
        item_revision: kind.revision,
        draft_id: Uuid::now_v7(),
        state: case.state.key().to_owned(),
        office: competence.office,
        office_reason: seal(service, vault::CASES_OFFICE_REASON.of(id), &competence.reason),
        received_office: None,
        channel: "phone".to_owned(),
        applicant: seal(service, vault::CASES_APPLICANT.of(id), &mask_name(answers.get("applicant.name"))),
        applicant_blind: service.vault.blind(Purpose::Applicant, &number).expect("a key"),
        phone_tail: service.vault.blind(Purpose::PhoneTail, &format!("{number}|8000")).expect("a key"),
        answers: seal(service, vault::CASES_ANSWERS.of(id), &json(answers)),
        due: schedule.due.day().unwrap_or_else(never),
        wake: schedule.wake,
        colour: schedule.warning.key().to_owned(),
        warns: schedule.warns,
        delivery: Some("electronic".to_owned()),
        bundle_id: None,
        anonymised_at: None,
        version: i32::try_from(events.len()).expect("few"),
        submitted_at: case.submitted_at,
        updated_at: events.last().map_or(case.submitted_at, |event| event.at),
        number,
    }
}

/// The draft that a case was made of.
fn draft_of(service: &Service, case: &cases::Model, answers: &Entries) -> draft::Model {
    draft::Model {
        id: case.draft_id,
        item_code: case.item_code.clone(),
        event: None,
        parts: None,
        bundle_id: None,
        item_revision: case.item_revision,
        entries: seal(service, vault::DRAFT_ENTRIES.of(case.draft_id), &json(answers)),
        attempted: json(&PAGES.iter().map(|(key, _)| *key).collect::<Vec<_>>()),
        page: "materials".to_owned(),
        channel: case.channel.clone(),
        worker_id: None,
        office: None,
        correction_of: None,
        open_fields: None,
        resume_hash: None,
        resume_until: None,
        case_id: Some(case.id),
        news: None,
        mandate_id: None,
        version: 9,
        created_at: case.submitted_at,
        saved_at: case.submitted_at,
    }
}

fn event_row(service: &Service, case_id: Uuid, seq: i32, event: &Event) -> case_event::Model {
    let content = serde_json::to_value(event).expect("JSON");
    let kind = content["what"].as_str().unwrap_or_default().to_owned();
    let content = seal(service, vault::CASE_EVENT_CONTENT.of_two(case_id, seq), &content.to_string());
    case_event::Model { case_id, seq, at: event.at, kind, content }
}

async fn store(service: &Service, rows: &Rows) -> Result<(), Error> {
    service.db.write(|tx| Box::pin(async move { store_in(tx, rows).await })).await
}

async fn store_in(tx: &Tx<'_>, rows: &Rows) -> Result<(), Error> {
    insert(tx, &rows.drafts).await?;
    insert(tx, &rows.files).await?;
    insert(tx, &rows.access).await?;
    insert(tx, &rows.cases).await?;
    insert(tx, &rows.events).await
}

async fn insert<M, A, E>(tx: &Tx<'_>, rows: &[M]) -> Result<(), Error>
where
    M: IntoActiveModel<A> + Clone,
    A: ActiveModelTrait<Entity = E>,
    E: EntityTrait,
{
    for chunk in rows.chunks(ROWS) {
        let chunk = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        E::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}

// ---- what the load needs ----

/// Makes, through the use cases: a resident with a draft and a case. Then copies of a complete draft for another
/// resident: to be saved, to be submitted.
async fn prepare(service: &Service, folder: &Path, count: usize) -> Result<(), Error> {
    let mut written: HashMap<&str, String> = HashMap::new();
    let (resident, token) = newcomer(service).await?;
    let open = complete(service, &resident).await?;
    let handed_in = complete(service, &resident).await?;
    let moved = forms::submit(service, &resident, &handed_in.to_string()).await?;
    let number = moved.location.trim_start_matches("/cases/").split('?').next().unwrap_or_default().to_owned();
    written.insert("resident", token);
    written.insert("form", open.to_string());
    written.insert("case", number);

    let (busy, token) = newcomer(service).await?;
    let model = complete(service, &busy).await?;
    let row = draft::Entity::find_by_id(model).one(&service.db.read).await?.ok_or(Error::NotFound)?;
    let files = file::Entity::find().filter(file::Column::DraftId.eq(model)).all(&service.db.read).await?;
    let session = busy.session.clone().unwrap_or_default();
    let copies: Vec<Rows> =
        (0..count + SAVED).map(|_| copy(service, &row, &files, &session)).collect::<Result<_, _>>()?;
    for batch in copies.chunks(BATCH) {
        let mut rows = Rows::default();
        for one in batch {
            rows.drafts.extend(one.drafts.iter().cloned());
            rows.files.extend(one.files.iter().cloned());
            rows.access.extend(one.access.iter().cloned());
        }
        store(service, &rows).await?;
    }
    let ids: Vec<String> = copies.iter().flat_map(|rows| &rows.drafts).map(|draft| draft.id.to_string()).collect();
    let (saved, submitted) = ids.split_at(SAVED);
    written.insert("busy", token);
    written.insert("save", saved.join("\n"));
    written.insert("submit", submitted.join("\n"));
    fs::create_dir_all(folder).map_err(|fault| Error::internal("a folder", fault))?;
    for (name, text) in written {
        fs::write(folder.join(name), text + "\n").map_err(|fault| Error::internal("a file", fault))?;
    }
    Ok(())
}

/// A browser that was not here before, and its cookie.
async fn newcomer(service: &Service) -> Result<(Visitor, String), Error> {
    let stranger = Visitor::stranger(ADDRESS);
    let begun = forms::begin(service, &stranger, "MZ07").await?;
    let token = begun.new_session.unwrap_or_default();
    Ok((service.visitor(Some(&token), None, ADDRESS).await?, token))
}

/// A draft of MZ07 in which nothing is missing.
async fn complete(service: &Service, who: &Visitor) -> Result<Uuid, Error> {
    let begun = forms::begin(service, who, "MZ07").await?;
    let id = begun.location.split('/').nth(2).unwrap_or_default().to_owned();
    for (page, entries) in PAGES {
        let posted: Vec<_> = entries.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        forms::save_page(service, who, &id, page, &posted).await?;
    }
    for path in FILES {
        forms::add_file(service, who, &id, path, "照片.png", photograph()).await?;
    }
    let review = forms::review(service, who, &id).await?;
    assert!(review.unfinished.is_empty(), "{:?}", review.unfinished);
    Uuid::parse_str(&id).map_err(|fault| Error::internal("an id", fault))
}

fn copy(service: &Service, row: &draft::Model, files: &[file::Model], session: &str) -> Result<Rows, Error> {
    let id = Uuid::now_v7();
    let vault = &service.vault;
    let entries = vault.open(vault::DRAFT_ENTRIES.of(row.id), &row.entries)?;
    let entries = vault.seal(vault::DRAFT_ENTRIES.of(id), &entries)?;
    let file = |file: &file::Model| -> Result<file::Model, Error> {
        let id_of_file = Uuid::now_v7();
        let name = vault.open(vault::FILE_NAME.of(file.id), &file.name)?;
        let name = vault.seal(vault::FILE_NAME.of(id_of_file), &name)?;
        Ok(file::Model { id: id_of_file, draft_id: id, name, ..file.clone() })
    };
    let access = access::Model {
        session_hash: session.to_owned(),
        kind: "draft".to_owned(),
        subject: id,
        created_at: row.created_at,
    };
    Ok(Rows {
        drafts: vec![draft::Model { id, entries, ..row.clone() }],
        files: files.iter().map(file).collect::<Result<_, _>>()?,
        access: vec![access],
        ..Rows::default()
    })
}

fn photograph() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(64, 64).write_to(&mut out, image::ImageFormat::Png).expect("encoded");
    out.into_inner()
}
