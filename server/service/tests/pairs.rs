//! Two people, in two processes, want something of one case at the same moment: one gets it, the other is told.

use crate::common::{Engine, engines, open_service, service};
use crate::lives::answers::draw::Dice;
use crate::lives::{City, Life, Post};
use domain::cases::{Flash, State, Step};
use domain::forms::Entries;
use entity::session;
use sea_orm::EntityTrait;
use service::identity::Visitor;
use service::vault::SESSION_FLASH;
use service::{Error, Service, cases};

/// Pairs on each engine: on so many cases, so many on each.
const CASES: usize = 20;
const PAIRS: usize = 50;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_thousand_pairs_one_of_each_wins() {
    let runs: Vec<_> = engines().into_iter().map(|engine| tokio::spawn(pairs(engine))).collect();
    for run in runs {
        run.await.expect("done");
    }
}

async fn pairs(engine: Engine) {
    let (service, clock, place) = service(engine).await;
    let other = open_service(&place, &clock).await;
    let city = City::new(service, clock);
    let mut wins = [0, 0];
    for number in 0..CASES {
        let seed = u64::try_from(number).expect("a number");
        let life = reviewed(&city, seed).await;
        let mut dice = Dice::new(seed);
        for _ in 0..PAIRS {
            wins[usize::from(pair(&life, &other, &mut dice).await)] += 1;
        }
    }
    println!(
        "{engine:?}: {} pairs on {CASES} cases, won by the one and the other: {wins:?}",
        wins.iter().sum::<usize>()
    );
    assert_eq!(wins.iter().sum::<usize>(), 1_000);
    assert!(wins.iter().all(|count| *count > 50), "both win now and then: {wins:?}");
}

/// A case that is being reviewed.
async fn reviewed(city: &City, seed: u64) -> Life<'_> {
    let life = Life::begin(city, "MZ07", seed).await;
    if life.window.is_none() {
        life.act(&life.office, Post::Window, Step::Receive, &[]).await;
    }
    life.act(&life.office, Post::Reviewer, Step::Accept, &[]).await;
    life.act(&life.office, Post::Reviewer, Step::StartReview, &[]).await;
    life
}

/// A step that leaves the case open, as the state offers it.
fn wish(state: State, dice: &mut Dice) -> (Step, Entries) {
    let pairs: &[(&str, &str)] = match (state, dice.below(2)) {
        (State::Suspended, _) => return (Step::Resume, [("result", "属实")].into_iter().collect()),
        (_, 0) => &[("why", "hearing"), ("days", "5"), ("reason", "要听证")],
        _ => return (Step::AskOpinion, Entries::default()),
    };
    (Step::Suspend, pairs.iter().copied().collect())
}

/// Which of the two won.
async fn pair(life: &Life<'_>, other: &Service, dice: &mut Dice) -> bool {
    let City { service, staff, .. } = life.city;
    let before = life.city.row(&life.number).await;
    let state = State::from_key(&before.state).expect("a state");
    let version = u32::try_from(before.version).expect("a version");
    let one = staff.at(service, &life.office, Post::Reviewer).await;
    let two = staff.at(service, &life.office, Post::SecondReviewer).await;
    let mut wishes = [wish(state, dice), wish(state, dice)];
    for (step, entries) in &mut wishes {
        if *step == Step::AskOpinion {
            entries.set("office", format!("{}-RS", &life.office[..6]));
            entries.set("question", "属实吗？");
        }
    }
    let [(first, a), (second, b)] = wishes;
    let number = life.number.as_str();
    // Now the one begins first, now the other.
    let (done_a, done_b) = if dice.once_in(2) {
        tokio::join!(
            service::desk::act(service, &one, number, first.key(), version, a),
            service::desk::act(other, &two, number, second.key(), version, b),
        )
    } else {
        let (done_b, done_a) = tokio::join!(
            service::desk::act(other, &two, number, second.key(), version, b),
            service::desk::act(service, &one, number, first.key(), version, a),
        );
        (done_a, done_b)
    };
    done_a.expect("answered");
    done_b.expect("answered");
    let after = life.city.row(number).await;
    assert_eq!(after.version, before.version + 1, "one event alone");
    let (said_a, said_b) = (said(service, &one).await, said(service, &two).await);
    assert!(said_a.good != said_b.good, "{said_a:?} {said_b:?}");
    let loser = if said_a.good { &said_b } else { &said_a };
    assert!(loser.message.contains("处理过"), "the other is told: {loser:?}");
    said_b.good
}

async fn said(service: &Service, who: &Visitor) -> Flash {
    let worker = who.worker.as_ref().expect("a worker");
    let row = session::Entity::find_by_id(worker.session.clone()).one(&service.db.read).await.expect("read");
    let sealed = row.and_then(|row| row.flash).expect("a flash");
    let said = service.vault.open(SESSION_FLASH.of(&worker.session), &sealed).expect("opened");
    serde_json::from_str(&said).expect("a flash")
}

/// The resident takes it back while it is decided: one of both counts, on whichever side.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_decision_and_a_withdrawal_do_not_both_count() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let other = open_service(&place, &clock).await;
        let city = City::new(service, clock);
        for seed in 100..115 {
            let life = reviewed(&city, seed).await;
            let worker = city.staff.at(&city.service, &life.office, Post::Reviewer).await;
            let version = u32::try_from(city.row(&life.number).await.version).expect("a version");
            let denied = [("outcome", "denied"), ("reason", "不符合条件")].into_iter().collect();
            let (decided, withdrawn) = tokio::join!(
                service::desk::act(&city.service, &worker, &life.number, "decide", version, denied),
                cases::withdraw(&other, &life.resident, &life.number, "不办了"),
            );
            decided.expect("answered");
            let state = life.state().await;
            match withdrawn {
                Ok(_) => assert_eq!(state, State::Withdrawn),
                Err(Error::Refused(_)) => assert_eq!(state, State::Decided),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// The clock of two processes looks at the same case at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_clocks_do_everything_once() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let other = open_service(&place, &clock).await;
        let city = City::new(service, clock);
        let mut lives = Vec::new();
        for seed in 200..212 {
            let life = Life::begin(&city, "MZ07", seed).await;
            if life.window.is_none() {
                life.act(&life.office, Post::Window, Step::Receive, &[]).await;
            }
            lives.push(life);
        }
        city.set("2027-03-01");
        let (a, b) = tokio::join!(cases::tick(&city.service), cases::tick(&other));
        assert_eq!(a.expect("looked") + b.expect("looked"), lives.len(), "{engine:?}");
        for life in &lives {
            assert_eq!(life.state().await, State::Accepted);
            assert_eq!(city.row(&life.number).await.version, 3, "accepted by law once");
        }
    }
}
