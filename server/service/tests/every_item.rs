//! Each of the 159 items lives through its whole life, on both databases: random valid answers, a random window, the
//! right office, whatever its mode and procedure demand, a decision, delivery, ratings; a share of them by way of
//! corrections, other offices, suspensions and heads of offices, and some to another end.

#[path = "lives/acceptance.rs"]
mod acceptance;
#[path = "lives/announced.rs"]
mod announced;
#[path = "lives/ends.rs"]
mod ends;
#[path = "lives/rated.rs"]
mod rated;
#[path = "lives/review.rs"]
mod review;

use std::collections::BTreeMap;

use crate::common::{Engine, engines, service};
use crate::lives::{City, Life, Post};
use acceptance::{accept, at_once, correct, send_on, take_up};
use domain::cases::{State, Step};
use domain::catalogue::{Intake, Mode};
use domain::notices::NoticeKind as Paper;
use domain::ratings::Stage;
use ends::{numbers_have_no_gaps, other_end, the_end};
use entity::{case_event, notice, objection, rating};
use rated::{is_not_rated_yet, rate};
use review::{decide, deliver, review};
use sea_orm::EntityTrait;

/// So many cities at once on each engine.
const CITIES: usize = 2;
/// One item in so many has a second case, which comes to another end.
const OTHER_ENDS: usize = 3;

/// What happens to a case in its life; the clock notes what the resident did not do in time under another name.
const EVENTS: &str = "
    submitted received handed_over correction_asked correction_answered accepted deemed_accepted not_accepted
    review_started suspended resumed extended visit_recorded opinion_asked opinion_given announcement_started
    announcement_ended reviewed approval_asked approval_given approval_refused decided closed delivered
    deferral_answered promise_checked rerouted withdrawn ended";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_item_lives_its_whole_life() {
    let mut cities = Vec::new();
    for engine in engines() {
        for share in 0..CITIES {
            cities.push((engine, tokio::spawn(live(engine, share))));
        }
    }
    for engine in engines() {
        let mut all = Count::default();
        for (_, city) in cities.extract_if(.., |(of, _)| *of == engine) {
            all.add(city.await.expect("lived"));
        }
        println!(
            "{engine:?}: {} items, {} other ends, {} events, {} notices, {} ratings, {} objections",
            all.lived,
            all.other_ends,
            all.events.values().sum::<usize>(),
            all.papers.values().sum::<usize>(),
            all.ratings,
            all.objections
        );
        assert_eq!(all.lived, 159, "{engine:?}");
        let missing: Vec<&str> = EVENTS.split_whitespace().filter(|one| !all.events.contains_key(*one)).collect();
        assert!(missing.is_empty(), "{engine:?}: never happened: {missing:?}");
        let missing: Vec<Paper> = Paper::ALL.into_iter().filter(|kind| !all.papers.contains_key(kind.key())).collect();
        assert!(missing.is_empty(), "{engine:?}: never issued: {missing:?}");
        assert_eq!(all.ratings, 2 * all.lived, "each case is rated at both of its stages");
        assert!(all.objections > 5, "neighbours object: {}", all.objections);
    }
}

/// What happened in a city.
#[derive(Default)]
struct Count {
    lived: usize,
    other_ends: usize,
    events: BTreeMap<String, usize>,
    papers: BTreeMap<String, usize>,
    ratings: usize,
    objections: usize,
}

impl Count {
    async fn of(city: &City, lived: usize, other_ends: usize) -> Self {
        let db = &city.service.db.read;
        let each = |kinds: Vec<String>| {
            let mut count = BTreeMap::new();
            kinds.into_iter().for_each(|kind| *count.entry(kind).or_insert(0) += 1);
            count
        };
        let events = case_event::Entity::find().all(db).await.expect("events");
        let papers = notice::Entity::find().all(db).await.expect("papers");
        Self {
            lived,
            other_ends,
            events: each(events.into_iter().map(|row| row.kind).collect()),
            papers: each(papers.into_iter().map(|row| row.kind).collect()),
            ratings: rating::Entity::find().all(db).await.expect("ratings").len(),
            objections: objection::Entity::find().all(db).await.expect("objections").len(),
        }
    }

    fn add(&mut self, other: Self) {
        self.lived += other.lived;
        self.other_ends += other.other_ends;
        self.ratings += other.ratings;
        self.objections += other.objections;
        other.events.into_iter().for_each(|(kind, count)| *self.events.entry(kind).or_default() += count);
        other.papers.into_iter().for_each(|(kind, count)| *self.papers.entry(kind).or_default() += count);
    }
}

/// Every so-maniest item in a city of its own.
async fn live(engine: Engine, share: usize) -> Count {
    let (service, clock, _place) = service(engine).await;
    let items = service.catalogue.list("", "", "", "").items;
    let city = City::new(service, clock);
    let (mut lived, mut other_ends) = (0, 0);
    for (index, item) in items.iter().enumerate().filter(|(index, _)| index % CITIES == share) {
        // The engines see other answers.
        let seed = u64::try_from(index).expect("a number") + if engine == Engine::Sqlite { 1 } else { 1_001 };
        let mut life = Life::begin(&city, &item.code, seed).await;
        if life.item.mode == Mode::L {
            life.is_refused_elsewhere().await;
        }
        whole_life(&mut life, Plan::of(index)).await;
        lived += 1;
        if index % OTHER_ENDS == 0 {
            other_end(&mut Life::begin(&city, &item.code, seed + 5_000).await, index / OTHER_ENDS).await;
            other_ends += 1;
        }
    }
    numbers_have_no_gaps(&city).await;
    Count::of(&city, lived, other_ends).await
}

/// What a case meets on its way, spread over the items.
#[derive(Clone, Copy)]
struct Plan {
    sent_on: u32,
    corrections: u32,
    by_law: bool,
    deferred: bool,
    suspended: bool,
    extended: bool,
    denied: bool,
}

impl Plan {
    fn of(index: usize) -> Self {
        let every = |times: usize, at: usize| index % times == at;
        Self {
            sent_on: if every(12, 5) { 3 } else { u32::from(every(4, 1)) * 2 },
            corrections: if every(9, 0) { 2 } else { u32::from(every(3, 0)) },
            by_law: every(10, 7),
            deferred: every(2, 0),
            suspended: every(3, 1),
            extended: every(4, 2),
            denied: every(7, 3),
        }
    }
}

async fn whole_life(life: &mut Life<'_>, plan: Plan) {
    take_up(life).await;
    is_not_rated_yet(life).await;
    if life.item.mode == Mode::D {
        if life.window.is_none() && life.state().await == State::Received {
            correct(life, plan.corrections).await;
        }
        at_once(life, plan).await;
        rate(life, Stage::Accepted).await;
    } else {
        for round in 0..plan.sent_on {
            send_on(life, round).await;
        }
        // Sent on by the window that would have decided: now it only collected.
        if let Some(window) = life.window.clone().filter(|_| plan.sent_on > 0)
            && life.intake() == Intake::HandsOver
            && life.state().await == State::Received
        {
            life.act(&window, Post::Window, Step::HandOver, &[]).await;
            life.papers.push(Paper::Transfer);
        }
        correct(life, plan.corrections).await;
        accept(life, plan).await;
        rate(life, Stage::Accepted).await;
        review(life, plan).await;
        decide(life, plan).await;
        deliver(life).await;
    }
    rate(life, Stage::Closed).await;
    the_end(life, plan).await;
}
