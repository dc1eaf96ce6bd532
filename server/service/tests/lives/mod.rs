//! Cases of any item with random valid answers, from the first page of the form on; and what may be done with them.

#![allow(dead_code, reason = "each test program uses a part")]

mod staff;

pub use crate::filled::answers;

use std::sync::Arc;

use chrono::{Days, NaiveDate, TimeDelta};
use domain::areas::{AreaLevel, at_level, deepest};
use domain::calendar::{DayUnit, Workdays};
use domain::cases::{CaseDesk, CaseTrack, State, Step, local_day};
use domain::catalogue::{Intake, Item, Mode, competent, intake, office_of_code};
use domain::forms::{Definition, Entries, Kind, accepts, restrict};
use domain::notices::NoticeKind;
use entity::cases;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use service::identity::Visitor;
use service::ports::FixedClock;
use service::vault::CASES_ANSWERS;
use service::{Error, Service, forms};

use crate::acting::{draft_id, number_of, png, stranger, track, with_cookie};
use crate::filled::answers::draw::Dice;
use crate::filled::answers::{Filled, Form, answers};
pub use staff::{Post, Staff};

/// A city with its clock and the workers who were needed so far.
pub struct City {
    pub service: Service,
    pub clock: FixedClock,
    pub staff: Staff,
    pub communities: Vec<String>,
    pub photograph: Vec<u8>,
}

impl City {
    pub fn new(service: Service, clock: FixedClock) -> Self {
        let below = |code: String| service.areas.children(&code).into_iter().map(|area| area.code);
        let streets: Vec<String> = service.areas.districts().into_iter().flat_map(|area| below(area.code)).collect();
        let communities = streets.into_iter().flat_map(below).collect();
        Self { service, clock, staff: Staff::default(), communities, photograph: png() }
    }

    /// Mid-morning of a day.
    pub fn set(&self, day: &str) {
        self.clock.set(format!("{day}T02:00:00Z").parse().expect("a time"));
    }

    pub fn today(&self) -> NaiveDate {
        local_day(self.clock.now_is())
    }

    pub fn pass_days(&self, days: i64) {
        self.clock.advance(TimeDelta::days(days));
    }

    pub async fn row(&self, number: &str) -> cases::Model {
        let find = cases::Entity::find().filter(cases::Column::Number.eq(number));
        find.one(&self.service.db.read).await.expect("read").expect("a case")
    }
}

/// What the clock shows.
trait Now {
    fn now_is(&self) -> chrono::DateTime<chrono::Utc>;
}

impl Now for FixedClock {
    fn now_is(&self) -> chrono::DateTime<chrono::Utc> {
        service::ports::Clock::now(self)
    }
}

/// A case for which nothing is due.
pub const NEVER: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date");

/// The end of a period that did not stand still.
pub fn counted(calendar: &Workdays, from: NaiveDate, days: u32, unit: DayUnit) -> NaiveDate {
    match unit {
        DayUnit::Working => calendar.due(from, days),
        DayUnit::Natural => calendar.on_or_after(from + Days::new(u64::from(days))),
    }
}

/// A case on its way.
pub struct Life<'a> {
    pub city: &'a City,
    pub item: Arc<Item>,
    pub seed: u64,
    pub definition: Definition,
    pub dice: Dice,
    pub filled: Filled,
    /// The window that took it in.
    pub window: Option<String>,
    /// The office that decides.
    pub office: String,
    pub number: String,
    pub resident: Visitor,
    pub submitted: NaiveDate,
    /// The day after which the promised period runs.
    pub accepted: NaiveDate,
    /// The notices that must have been issued by now.
    pub papers: Vec<NoticeKind>,
    /// The labels of what the decision laid down.
    pub laid_down: Vec<String>,
}

/// Days to begin on: some items have a season.
const DAYS: [&str; 4] = ["2026-09-21", "2026-11-16", "2026-05-18", "2026-12-28"];

impl<'a> Life<'a> {
    /// Fills the item's form in with random valid answers and submits it, online or at a random window, on one of
    /// [`DAYS`].
    pub async fn begin(city: &'a City, code: &str, seed: u64) -> Self {
        let start = usize::try_from(seed % 2).unwrap_or(0);
        for day in DAYS.iter().cycle().skip(start).take(DAYS.len()) {
            city.set(day);
            if let Some(life) = Self::begin_today(city, code, seed).await {
                return life;
            }
        }
        panic!("{code} cannot be filled in on any day")
    }

    /// The same on the day that it is; none when that is not the season.
    pub async fn begin_today(city: &'a City, code: &str, seed: u64) -> Option<Self> {
        let mut dice = Dice::new(seed);
        let revision = city.service.catalogue.latest(code).expect("an item");
        let item = Arc::new(revision.item.clone());
        let definition = item.definition();
        let at_window = !dice.once_in(3);
        let form = Form { definition: &definition, today: city.today(), communities: &city.communities, at_window };
        let filled = answers(form, seed, None).ok()?;
        let mut life = Self {
            city,
            item,
            seed,
            definition,
            dice,
            filled,
            window: None,
            office: String::new(),
            number: String::new(),
            resident: stranger(),
            submitted: city.today(),
            accepted: city.today(),
            papers: Vec::new(),
            laid_down: Vec::new(),
        };
        if at_window {
            life.window = Some(life.some_window());
        }
        life.office = life.competent();
        life.submit().await;
        Some(life)
    }

    /// Where it goes before anybody sends it on.
    pub fn competent(&self) -> String {
        let found = competent(&self.item, &self.filled.answers, self.window.as_deref(), self.submitted);
        found.unwrap_or_else(|_| panic!("{}: nobody is competent", self.item.code)).office
    }

    /// Anywhere in the city; for what only the own community takes, there.
    fn some_window(&mut self) -> String {
        let service = &self.city.service;
        let answered = deepest(self.filled.answers.all(&self.item.routing.area_field).iter().map(String::as_str));
        let lives = answered.filter(|code| code.len() == 12).map(str::to_owned);
        let other = self.dice.pick(&self.city.communities).cloned().expect("a community");
        if self.item.mode == Mode::L {
            let decides = self.competent();
            let (_, area) = office_of_code(&decides).expect("an office");
            let inside = self.city.communities.iter().find(|code| domain::areas::contains(area, code));
            return inside.cloned().expect("a community");
        }
        let place = if self.dice.once_in(2) { lives.unwrap_or(other) } else { other };
        let district = at_level(&place, AreaLevel::District).expect("a district");
        let offices = [
            place.clone(),
            at_level(&place, AreaLevel::Street).expect("a street").to_owned(),
            format!("{district}-{}", self.item.department.letters()),
            format!("{district}-RS"),
        ];
        let office = self.dice.pick(&offices).cloned().expect("an office");
        assert!(service.areas.office(&office).is_some(), "{office} does not exist");
        office
    }

    pub fn intake(&self) -> Intake {
        intake(&self.item, &self.office, self.window.as_deref())
    }

    async fn submit(&mut self) {
        let City { service, staff, .. } = self.city;
        let code = &self.item.code;
        let (who, begun) = match &self.window {
            Some(office) => {
                let worker = staff.at(service, office, Post::Window).await;
                let begun = forms::begin_at_window(service, &worker, code).await.expect("begun");
                (worker, begun)
            }
            None => {
                let begun = forms::begin(service, &stranger(), code).await.expect("begun");
                (with_cookie(service, &begun).await, begun)
            }
        };
        let id = draft_id(&begun.location);
        let first = page_of(&begun.location).expect("a first page");
        self.fill_in(&who, &id, first, &self.definition, &self.filled.entries).await;
        let review = forms::review(service, &who, &id).await.expect("a review");
        assert_eq!(review.unfinished, [], "{code}");
        let offices: Vec<&str> = review.deciders.iter().map(|decider| decider.office.as_str()).collect();
        assert_eq!(offices, [service.areas.office_name(&self.office)], "{code}");
        let moved = forms::submit(service, &who, &id).await.unwrap_or_else(|error| panic!("{code}: {error}"));
        self.number = number_of(&moved.location);
        self.is_stored_as_filled_in().await;
        self.resident = who;
        if self.window.is_some() {
            self.papers.push(NoticeKind::Receipt);
            let link = track(service, &self.resident, &self.number).await.receipt.link;
            let token = link.rsplit('/').next().expect("a link");
            let moved = service::cases::open_link(service, &stranger(), &self.number, token).await.expect("opened");
            self.resident = with_cookie(service, &moved).await;
        }
    }

    async fn is_stored_as_filled_in(&self) {
        let row = self.city.row(&self.number).await;
        let stored = self.city.service.vault.open(CASES_ANSWERS.of(row.id), &row.answers).expect("opened");
        let stored: Entries = serde_json::from_str(&stored).expect("answers");
        // Of an area's lists, the deepest is kept.
        let mut wanted = self.filled.answers.clone();
        for (path, texts) in self.filled.answers.iter().filter(|(_, texts)| texts.len() > 1) {
            if let Some(code) = deepest(texts.iter().map(String::as_str)) {
                wanted.set(path, code);
            }
        }
        assert_eq!(stored, wanted, "{} {}", self.item.code, self.number);
    }

    /// The resident answers what is asked for, or hands in what was to follow: with another phone, if that is asked.
    pub async fn answer(&mut self) {
        let service = &self.city.service;
        let open = self.track().await.correction.expect("a correction").fields;
        let moved = service::cases::correct(service, &self.resident, &self.number).await.expect("a form");
        let (id, first) = (draft_id(&moved.location), page_of(&moved.location).expect("a page"));
        if open.iter().any(|path| path == "applicant") {
            let phone = format!("139{:08}", self.dice.below(100_000_000));
            self.filled.entries.set("applicant.phone", phone.as_str());
            self.filled.answers.set("applicant.phone", phone.as_str());
        }
        // A paper that is asked for must be sent, also by whom the window had spared it.
        self.filled.given.files = open.iter().map(|path| (path.clone(), 1)).collect();
        let form = restrict(&self.definition, &open);
        self.fill_in(&self.resident, &id, first, &form, &self.filled.entries).await;
        let moved = forms::submit(service, &self.resident, &id).await.expect("submitted");
        if moved.location.ends_with("/review") {
            let review = forms::review(service, &self.resident, &id).await.expect("a review");
            panic!("{}: a right correction is refused: {:?}", self.item.code, review.unfinished);
        }
        self.is_stored_as_filled_in().await;
    }

    /// What only the own community takes is refused at the window of another, which is told what to do instead.
    pub async fn is_refused_elsewhere(&self) {
        let City { service, staff, communities, .. } = self.city;
        let (_, area) = office_of_code(&self.office).expect("an office");
        let elsewhere = communities.iter().find(|code| !domain::areas::contains(area, code));
        let worker = staff.at(service, elsewhere.expect("another community"), Post::Window).await;
        let begun = forms::begin_at_window(service, &worker, &self.item.code).await.expect("begun");
        let (id, first) = (draft_id(&begun.location), page_of(&begun.location).expect("a first page"));
        self.fill_in(&worker, &id, first, &self.definition, &self.filled.entries).await;
        let refused = forms::submit(service, &worker, &id).await;
        assert!(
            matches!(&refused, Err(Error::Refused(why)) if why.contains("预约")),
            "{}: {refused:?}",
            self.item.code
        );
    }

    /// Page by page, as the answer to each says, with the files of the materials.
    pub async fn fill_in(&self, who: &Visitor, id: &str, first: String, form: &Definition, entries: &Entries) {
        let service = &self.city.service;
        let mut at = first;
        loop {
            let page = form.page(&at).expect("a page of the form");
            for field in page.fields.iter().filter(|field| matches!(field.kind, Kind::Material { .. })) {
                for number in 0..self.filled.given.files.get(&field.key).copied().unwrap_or(0) {
                    let name = format!("{number}.png");
                    let taken =
                        forms::add_file(service, who, id, &field.key, name.as_str(), self.city.photograph.clone())
                            .await;
                    // Drawn for an answer that was drawn anew since: nobody asks for it any more.
                    assert!(taken.is_ok() || matches!(taken, Err(Error::NotFound)), "{}: {taken:?}", field.key);
                }
            }
            let posted: Vec<(String, String)> = entries
                .iter()
                .filter(|(name, _)| page.fields.iter().any(|field| accepts(field, name)))
                .flat_map(|(name, texts)| texts.iter().map(|text| (name.to_owned(), text.clone())))
                .collect();
            let moved = forms::save_page(service, who, id, &at, &posted).await.expect("saved");
            let Some(next) = page_of(&moved.location) else { return };
            assert_ne!(
                next,
                at,
                "{} stays on a page: {:?}",
                self.item.code,
                crate::acting::findings(service, who, id, &at).await
            );
            at = next;
        }
    }

    /// Does a step at the desk and insists that it was done.
    pub async fn act(&self, office: &str, post: Post, step: Step, form: &[(&str, &str)]) {
        if let Some(why) = self.try_act(office, post, step, form).await {
            panic!("{} {}: {step:?} by {post:?} of {office}: {why}", self.item.code, self.number);
        }
    }

    /// Tries a step: what the worker is told when it was not done.
    pub async fn try_act(&self, office: &str, post: Post, step: Step, form: &[(&str, &str)]) -> Option<String> {
        let mut entries = Entries::default();
        form.iter().for_each(|(name, value)| entries.push(*name, *value));
        self.try_entries(office, post, step, entries).await
    }

    pub async fn try_entries(&self, office: &str, post: Post, step: Step, entries: Entries) -> Option<String> {
        let City { service, staff, .. } = self.city;
        let worker = staff.at(service, office, post).await;
        let version = u32::try_from(self.city.row(&self.number).await.version).expect("a version");
        match service::desk::act(service, &worker, &self.number, step.key(), version, entries).await {
            Err(error) => return Some(format!("{error:?}")),
            Ok(_) if u32::try_from(self.city.row(&self.number).await.version) != Ok(version) => return None,
            Ok(_) => {}
        }
        let flash = service::desk::case(service, &worker, &self.number).await.expect("the case").flash;
        Some(format!("{}{:?}", flash.message, flash.findings))
    }

    /// The case as somebody sees it at the desk.
    pub async fn desk(&self, office: &str, post: Post) -> CaseDesk {
        let worker = self.city.staff.at(&self.city.service, office, post).await;
        service::desk::case(&self.city.service, &worker, &self.number).await.expect("the case")
    }

    /// The steps that are offered to somebody.
    pub async fn offered(&self, office: &str, post: Post) -> Vec<Step> {
        self.desk(office, post).await.steps.iter().map(|one| one.step).collect()
    }

    /// Where the office may send it, or whom it may ask.
    pub async fn choices(&self, step: Step, key: &str) -> Vec<String> {
        self.choices_of(&self.office, Post::Reviewer, step, key).await
    }

    pub async fn choices_of(&self, office: &str, post: Post, step: Step, key: &str) -> Vec<String> {
        let case = self.desk(office, post).await;
        let form = &case.steps.iter().find(|one| one.step == step).expect("an offered step").form;
        match form.field(key).map(|field| &field.kind) {
            Some(Kind::OneOf { options } | Kind::SeveralOf { options }) => {
                options.iter().map(|option| option.value.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    pub fn calendar(&self) -> &Workdays {
        &self.city.service.areas.calendar
    }

    /// Somebody of the city, at an address of their own.
    pub fn neighbour(&mut self) -> Visitor {
        let address = u32::try_from(self.dice.next() >> 32).expect("half of it");
        Visitor { address: std::net::Ipv4Addr::from(address).into(), ..stranger() }
    }

    pub async fn due(&self) -> NaiveDate {
        self.city.row(&self.number).await.due
    }

    pub async fn state(&self) -> State {
        State::from_key(&self.city.row(&self.number).await.state).expect("a state")
    }

    pub async fn track(&self) -> CaseTrack {
        track(&self.city.service, &self.resident, &self.number).await
    }

    /// Exactly the notices that must have been issued, in their order.
    pub async fn check_papers(&self) {
        let issued: Vec<NoticeKind> = self.track().await.notices.iter().map(|paper| paper.kind).collect();
        assert_eq!(issued, self.papers, "{} {}", self.item.code, self.number);
    }
}

/// The page of a draft that an answer leads to; none for the review.
pub fn page_of(location: &str) -> Option<String> {
    let mut parts = location.split(['/', '?', '#']).skip(3);
    (parts.next() == Some("pages")).then(|| parts.next().unwrap_or_default().to_owned())
}
