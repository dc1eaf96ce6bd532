//! Accounts, cases and declared relatives are found by values that a key makes. The key is changed while they are looked
//! for: everybody is still found, and nobody is there twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::acting::accounts::*;
use crate::acting::*;
use crate::common::{Engine, Place, engines, open_service, service};
use chrono::TimeDelta;
use domain::desk::{Role, Scope};
use sea_orm::{ConnectionTrait, Database, Statement};
use service::grants::{NewGrant, list, propose, revoke};
use service::identity::Visitor;
use service::ports::FixedClock;
use service::vault::{Rewrapped, Suite, Use, add_key, retire_key, rewrap};
use service::{Error, Service, cases, mandates, recusal, residents};
use uuid::Uuid;

const PHONE: &str = "13800138000";
const OTHER: &str = "13900139000";
const NAME: &str = "张小三";
/// That of the applicant of every case here.
const ID_NUMBER: &str = "210103194001019013";

async fn count(place: &Place, sql: &str) -> i64 {
    let db = Database::connect(&place.url).await.expect("open");
    let found = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("asked");
    let number = found.expect("a row").try_get_by_index(0).expect("a number");
    db.close().await.expect("closed");
    number
}

fn id(who: &Visitor) -> Uuid {
    who.resident.as_ref().expect("signed in").id
}

fn worker_id(who: &Visitor) -> String {
    who.worker.as_ref().expect("a worker").id.to_string()
}

/// Adds keys of the other suite; the ids of those that they replace.
async fn replace_keys(service: &Service) -> Vec<String> {
    let old = service.vault.ring().keys.iter().map(|key| key.id.clone()).collect();
    for purpose in [Use::Data, Use::Blind] {
        add_key(service, purpose, Suite::National).await.expect("added");
    }
    old
}

async fn retire(service: &Service, clock: &FixedClock, old: &[String]) {
    clock.advance(TimeDelta::minutes(3));
    rewrap(service).await.expect("what was written behind our back");
    for id in old {
        retire_key(service, id).await.expect("destroyed");
    }
}

/// Residents sign in for the first time, and once more, until it is told to stop; the phones with their accounts.
async fn sign_in_on_and_on(service: Arc<Service>, clock: FixedClock, stop: Arc<AtomicBool>) -> Vec<(String, Uuid)> {
    let mut done: Vec<(String, Uuid)> = Vec::new();
    // One address gets 300 codes a day.
    while done.len() < 100 && (!stop.load(Ordering::Relaxed) || done.len() < 3) {
        let phone = format!("137{:08}", done.len());
        let account = id(&signed_in(&service, &phone).await);
        clock.advance(TimeDelta::minutes(2));
        assert_eq!(id(&signed_in(&service, &phone).await), account, "{phone} has one account");
        clock.advance(TimeDelta::minutes(2));
        done.push((phone, account));
    }
    done
}

/// Looks a case up by number and phone until it is told to stop; how often.
async fn look_up_on_and_on(service: Arc<Service>, number: String, stop: Arc<AtomicBool>) -> usize {
    let mut done = 0;
    while !stop.load(Ordering::Relaxed) || done < 3 {
        let found = cases::look_up(&service, &stranger(), &number, "8000").await.expect("looked");
        assert_eq!(found.location, format!("/cases/{number}"), "found at every moment");
        done += 1;
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everybody_is_found_while_keys_change_and_after_the_old_ones_are_destroyed() {
    for engine in engines() {
        let (serving, clock, place) = service(engine).await;
        let (_, number) = submitted(&serving).await;
        let owner = id(&proven(&serving, PHONE, NAME, ID_NUMBER).await);
        let other = open_service(&place, &clock).await;
        let (serving, stop) = (Arc::new(serving), Arc::new(AtomicBool::new(false)));
        let comes = tokio::spawn(sign_in_on_and_on(Arc::clone(&serving), clock.clone(), Arc::clone(&stop)));
        let looks = tokio::spawn(look_up_on_and_on(Arc::clone(&serving), number.clone(), Arc::clone(&stop)));
        let old = replace_keys(&other).await;
        assert!(rewrap(&other).await.expect("made anew").rows > 0);
        stop.store(true, Ordering::Relaxed);
        let accounts = comes.await.expect("they came");
        assert!(looks.await.expect("they looked") > 0);
        retire(&other, &clock, &old).await;

        // A process that never knew the old keys, and the one that served all the time.
        let fresh = open_service(&place, &clock).await;
        for service in [&fresh, &*serving] {
            clock.advance(TimeDelta::hours(1));
            let (phone, account) = &accounts[0];
            assert_eq!(id(&signed_in(service, phone).await), *account, "{engine:?}");
            let who = signed_in(service, PHONE).await;
            assert_eq!(id(&who), owner);
            let found = residents::real_name_page(service, &who, false).await.expect("a page").found;
            assert_eq!(found.own.iter().map(|one| &one.number).collect::<Vec<_>>(), [&number], "by the number");
            let found = cases::look_up(service, &stranger(), &number, "8000").await.expect("looked");
            assert_eq!(found.location, format!("/cases/{number}"), "by the phone");
        }
        // The number is the first account's, whatever key it is kept under.
        let twin = signed_in(&fresh, OTHER).await;
        let moved = residents::prove_name(&fresh, &twin, NAME, ID_NUMBER).await.expect("answered");
        assert_eq!(moved.location, "/me/merge?again=1");
        let expected = i64::try_from(accounts.len()).expect("few") + 2;
        assert_eq!(count(&place, "SELECT COUNT(*) FROM resident").await, expected, "nobody is there twice");
    }
}

/// A code that was asked for, with the browser that asked.
async fn asked(service: &Service, clock: &FixedClock, phone: &str) -> (Visitor, String) {
    clock.advance(TimeDelta::seconds(61));
    let asked = residents::ask_sign_in(service, &stranger(), phone, false, "me").await.expect("asked");
    (with_cookie(service, &asked).await, last_code(service).await)
}

/// Types the code in; the account that it leads to.
async fn enter(service: &Service, (who, code): (Visitor, String)) -> Uuid {
    let moved = residents::check_code(service, &who, &code, WECHAT).await.expect("checked");
    let who = service.visitor(moved.new_session.as_deref(), None, ADDRESS).await.expect("a visitor");
    id(&who)
}

/// The unique column holds one value of a key: two processes that seal with two keys could each make an account.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_phone_has_one_account_also_under_two_keys() {
    for engine in engines() {
        let (late, clock, place) = service(engine).await;
        let early = open_service(&place, &clock).await;
        let phone = |at: usize| format!("1370000{at:04}");
        // In turn: first the one that has not noticed the new key, then the other way round.
        for turn in [0, 1] {
            let late_too = open_service(&place, &clock).await;
            let before = late_too.vault.ring().active(Use::Blind).expect("a key").id.clone();
            add_key(&early, Use::Blind, Suite::International).await.expect("added");
            assert_eq!(late_too.vault.ring().active(Use::Blind).expect("a key").id, before, "not noticed yet");
            let (first, second) = if turn == 0 { (&late_too, &early) } else { (&early, &late_too) };
            let browsers = (asked(&early, &clock, &phone(turn)).await, asked(&early, &clock, &phone(turn)).await);
            let account = enter(first, browsers.0).await;
            assert_eq!(enter(second, browsers.1).await, account, "{engine:?}, {turn}");
        }
        // At once.
        for at in 2..8 {
            add_key(&early, Use::Blind, Suite::International).await.expect("added");
            let browsers = (asked(&early, &clock, &phone(at)).await, asked(&early, &clock, &phone(at)).await);
            let (one, two) = tokio::join!(enter(&late, browsers.0), enter(&early, browsers.1));
            assert_eq!(one, two, "{engine:?}, {at}");
        }
        assert_eq!(count(&place, "SELECT COUNT(*) FROM resident").await, 8, "{engine:?}");
        rewrap(&early).await.expect("no two are alike");
    }
}

#[tokio::test]
async fn declared_people_are_known_under_every_key() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let declare = async |service: &Service, login: &str, own: bool, number: &str| {
            let who = worker(service, login).await;
            let name = if own { "" } else { NAME };
            recusal::declare(service, &who, own, name, number).await.expect("declared");
            recusal::view(service, &worker(service, login).await).await.expect("a page").entries
        };
        let same = "11010519491231002X";
        declare(&service, "binhe-1", false, ID_NUMBER).await;
        declare(&service, "shenji-1", true, same).await;
        let old = replace_keys(&service).await;
        // Before what there is was made anew: once is once, and two accounts are one person.
        declare(&service, "heping-mz-1", true, same).await;
        let between = declare(&service, "binhe-1", false, ID_NUMBER).await;
        assert_eq!(between.len(), 1, "{engine:?}");
        let security = worker(&service, "anquan-1").await;
        let second = worker(&service, "heping-mz-1").await;
        for one in list(&service, &security, &worker_id(&second)).await.expect("a list") {
            revoke(&service, &security, &worker_id(&second), &one.id).await.expect("taken back");
        }
        let excluded = async |service: &Service| {
            let security = worker(service, "anquan-1").await;
            let new = NewGrant::new(Role::SystemAdmin, Scope::below("210100"));
            let given = propose(service, &security, &worker_id(&second), new, "换岗").await;
            assert!(matches!(&given, Err(Error::Refused(why)) if why.contains("审计管理员")), "{given:?}");
        };
        excluded(&service).await;
        retire(&service, &clock, &old).await;
        let fresh = open_service(&place, &clock).await;
        excluded(&fresh).await;
        let after = declare(&fresh, "binhe-1", false, ID_NUMBER).await;
        assert_eq!(after.iter().map(|one| one.shown.as_str()).collect::<Vec<_>>(), ["张*三 210103********9013"]);
        let case = desk(&fresh, &worker(&fresh, "binhe-1").await, &number).await;
        assert!(case.tie.contains("请回避"), "{engine:?}: {}", case.tie);
    }
}

/// Cases of a version that did not find them by number, and a mandate without a phone: made anew once, and then done.
#[tokio::test]
async fn what_has_no_value_yet_gets_one_and_then_nothing_is_left_to_do() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let parent = proven(&service, PHONE, NAME, ID_NUMBER).await;
        let ward = [("name", "李小花"), ("id_number", "210105201009099033"), ("relation", "parent"), ("agree", "yes")];
        mandates::declare_guardian(&service, &parent, ward.into_iter().collect()).await.expect("declared");
        assert_eq!(count(&place, "SELECT COUNT(*) FROM mandate").await, 1);
        let db = Database::connect(&place.url).await.expect("open");
        db.execute_unprepared("UPDATE cases SET applicant_blind = ''").await.expect("as it was");
        db.close().await.expect("closed");
        let found = async |service: &Service, who: &Visitor| {
            residents::real_name_page(service, who, false).await.expect("a page").found.own.len()
        };
        assert_eq!(found(&service, &parent).await, 0);
        assert_eq!(rewrap(&service).await.expect("made").rows, 1, "{engine:?}");
        assert_eq!(found(&service, &parent).await, 1, "{number}");
        assert_eq!(rewrap(&service).await.expect("again"), Rewrapped::default());

        // A key that a value names is needed, although nothing is sealed with it.
        let old = service.vault.ring().active(Use::Blind).expect("a key").id.clone();
        add_key(&service, Use::Blind, Suite::National).await.expect("added");
        clock.advance(TimeDelta::minutes(3));
        let refused = retire_key(&service, &old).await;
        assert!(matches!(&refused, Err(Error::Refused(why)) if why.contains("rewrap")), "{refused:?}");
        assert!(rewrap(&service).await.expect("made anew").rows > 1);
        assert_eq!(rewrap(&service).await.expect("again"), Rewrapped::default());
        retire_key(&service, &old).await.expect("destroyed");
        assert_eq!(found(&service, &parent).await, 1);
    }
}

/// What was found out of one table says nothing about another.
#[tokio::test]
async fn one_number_has_another_value_in_each_column() {
    let (service, _clock, place) = service(Engine::Sqlite).await;
    submitted(&service).await;
    proven(&service, PHONE, NAME, ID_NUMBER).await;
    let window = worker(&service, "binhe-1").await;
    recusal::declare(&service, &window, false, NAME, ID_NUMBER).await.expect("declared");
    let all = "SELECT applicant_blind AS blind FROM cases UNION ALL SELECT id_blind FROM resident \
               UNION ALL SELECT blind FROM worker_tie UNION ALL SELECT blind FROM case_person";
    let (rows, values) =
        (format!("SELECT COUNT(*) FROM ({all})"), format!("SELECT COUNT(DISTINCT blind) FROM ({all})"));
    assert!(count(&place, &rows).await >= 5);
    assert_eq!(count(&place, &rows).await, count(&place, &values).await);
}
