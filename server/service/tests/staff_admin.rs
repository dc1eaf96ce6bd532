//! Workers' accounts as administrators keep them: invited, reset, ended; nobody chooses another's password.

use crate::acting::*;
use crate::common::{Engine, engines, service};
use chrono::TimeDelta;
use domain::desk::Role;
use domain::staff::WorkerState;
use sea_orm::ConnectionTrait;
use service::identity::Visitor;
use service::staff::{self, Browser, Change, Chosen};
use service::{Error, Service};

const NEW: &str = "雨伞 胡同 二十三 铁锅 慢慢走";

fn chosen(new: &str) -> Chosen<'_> {
    Chosen { login: "", name: "", new, again: new }
}

async fn sign_in(service: &Service, login: &str, password: &str) -> Option<Visitor> {
    let entered = staff::enter_password(service, &stranger(), &Browser::default(), login, password).await;
    let who = service.visitor(None, entered.expect("answered").desk.as_deref(), ADDRESS).await.expect("a visitor");
    who.pending.is_some().then_some(who)
}

fn token(address: &str) -> &str {
    address.rsplit('/').next().expect("a token")
}

#[tokio::test]
async fn a_worker_is_invited_and_alone_knows_the_password() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let admin = worker(&service, "xitong-1").await;
        for (login, name, office) in
            [("x", "新来", "210103005"), ("binhe-1", "新来", "210103005"), ("new-1", "新来", "1")]
        {
            let moved = staff::create(&service, &admin, login, name, office).await.expect("answered");
            assert!(moved.location.contains("again=1"), "{login} {office}");
        }
        let made = staff::create(&service, &admin, "new-1", "新来的人", "210103005").await.expect("made");
        let id = made.location.rsplit('/').next().expect("an id").to_owned();
        let page = staff::worker_page(&service, &admin, &id).await.expect("a page");
        assert_eq!((page.state, page.has_codes), (WorkerState::Invited, false));
        assert!(sign_in(&service, "new-1", "").await.is_none(), "no password fits");
        let token = token(&page.address).to_owned();
        assert!(token.len() * 5 >= 128);
        for weak in ["short", "tongbantongban2026", "xinlaideren2026"] {
            let moved = staff::accept(&service, &stranger(), &token, chosen(weak)).await.expect("answered");
            assert!(moved.location.ends_with("?again=1"), "{weak}");
        }
        staff::accept(&service, &stranger(), &token, chosen(NEW)).await.expect("chosen");
        let again = staff::accept(&service, &stranger(), &token, chosen(NEW)).await;
        assert!(matches!(again, Err(Error::NotFound)), "once");
        assert!(sign_in(&service, "new-1", NEW).await.is_some(), "{engine:?}");
        // A reset is asked for, not chosen; the old password is over at once, the invitation in three days.
        staff::change(&service, &admin, &id, Change::Reset).await.expect("reset");
        assert!(sign_in(&service, "new-1", NEW).await.is_none());
        let page = staff::worker_page(&service, &admin, &id).await.expect("a page");
        clock.advance(TimeDelta::days(3));
        let late =
            staff::accept(&service, &stranger(), page.address.rsplit('/').next().expect("one"), chosen(NEW)).await;
        assert!(matches!(late, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_reset_keeps_the_second_factor_and_an_end_is_at_once() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (admin, security) = (worker(&service, "xitong-1").await, worker(&service, "anquan-1").await);
        let there = desk_token(&service, "faku-mz-2").await;
        let who = service.visitor(None, Some(&there), ADDRESS).await.expect("a visitor");
        let id = who.worker.as_ref().expect("a worker").id.to_string();
        let gone = async || service.visitor(None, Some(&there), ADDRESS).await.expect("a visitor").worker.is_none();
        staff::change(&service, &admin, &id, Change::Reset).await.expect("reset");
        assert!(gone().await, "{engine:?}");
        let page = staff::worker_page(&service, &admin, &id).await.expect("a page");
        assert!(page.has_codes);
        staff::accept(&service, &stranger(), token(&page.address), chosen(NEW)).await.expect("chosen");
        let half = sign_in(&service, "faku-mz-2", NEW).await.expect("the password is right");
        assert!(!staff::code_page(&service, &half).await.expect("a page").set_up, "the phone is asked for as before");
        // Who resets passwords cannot take the phone away, and the other way round.
        let not = staff::change(&service, &admin, &id, Change::ForgetCodes).await;
        assert!(matches!(not, Err(Error::NotFound)));
        assert!(matches!(staff::change(&service, &security, &id, Change::Reset).await, Err(Error::NotFound)));
        staff::change(&service, &security, &id, Change::ForgetCodes).await.expect("forgotten");
        let half = sign_in(&service, "faku-mz-2", NEW).await.expect("the password is right");
        assert!(staff::code_page(&service, &half).await.expect("a page").set_up);
        staff::change(&service, &admin, &id, Change::End).await.expect("ended");
        assert!(sign_in(&service, "faku-mz-2", NEW).await.is_none());
        staff::change(&service, &admin, &id, Change::Restore).await.expect("restored");
        assert!(sign_in(&service, "faku-mz-2", NEW).await.is_some());
    }
}

#[tokio::test]
async fn accounts_are_for_administrators_and_after_a_proof() {
    let (service, clock, _place) = service(Engine::Sqlite).await;
    for login in ["duofu-1", "shenhe-mz-2", "shenji-1"] {
        let who = worker(&service, login).await;
        let id = who.worker.as_ref().expect("a worker").id.to_string();
        assert!(matches!(staff::workers(&service, &who, "").await, Err(Error::NotFound)), "{login}");
        assert!(matches!(staff::worker_page(&service, &who, &id).await, Err(Error::NotFound)), "{login}");
        assert!(matches!(staff::create(&service, &who, "new-1", "新来", "210103005").await, Err(Error::NotFound)));
        assert!(matches!(staff::change(&service, &who, &id, Change::End).await, Err(Error::NotFound)), "{login}");
    }
    let admin = worker(&service, "xitong-1").await;
    let own = admin.worker.as_ref().expect("a worker").id.to_string();
    assert!(matches!(staff::change(&service, &admin, &own, Change::End).await, Err(Error::Refused(_))));
    let listed = staff::workers(&service, &admin, "210103-MZ").await.expect("a list");
    assert!(!listed.rows.is_empty() && listed.rows.iter().all(|row| row.office == "沈河区民政局"));
    clock.advance(TimeDelta::minutes(5));
    let moved = staff::create(&service, &admin, "new-1", "新来", "210103005").await.expect("answered");
    assert!(moved.location.starts_with("/desk/prove?to="), "{}", moved.location);
}

#[tokio::test]
async fn the_first_administrators_come_by_one_time_addresses() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        assert!(staff::bootstrap(&service, "210100-MZ").await.expect("asked").is_empty(), "there are some");
        let ended = service.db.write(|tx| {
            Box::pin(async move {
                tx.execute_unprepared("UPDATE worker SET active = FALSE WHERE office = '210100-MZ'").await?;
                Ok(())
            })
        });
        ended.await.expect("ended");
        let before = staff::bootstrap(&service, "210100-MZ").await.expect("made");
        let first = staff::bootstrap(&service, "210100-MZ").await.expect("made");
        assert_eq!(first.len(), 3, "{engine:?}");
        let typed = |login| Chosen { login, name: "首任管理", new: NEW, again: NEW };
        let old = staff::accept(&service, &stranger(), token(&before[0].address), typed("first-1")).await;
        assert!(matches!(old, Err(Error::NotFound)), "the last ones count");
        for (one, login) in first.iter().zip(["first-1", "first-2"]) {
            staff::accept(&service, &stranger(), token(&one.address), typed(login)).await.expect("chosen");
            let again = staff::accept(&service, &stranger(), token(&one.address), typed("first-9")).await;
            assert!(matches!(again, Err(Error::NotFound)), "once");
            let half = sign_in(&service, login, NEW).await.expect("a password");
            assert!(staff::code_page(&service, &half).await.expect("a page").set_up, "and then the phone");
        }
        clock.advance(TimeDelta::minutes(30));
        let late = staff::accept(&service, &stranger(), token(&first[2].address), typed("first-3")).await;
        assert!(matches!(late, Err(Error::NotFound)), "half an hour");
        let left = staff::bootstrap(&service, "210100-MZ").await.expect("made");
        assert_eq!(left.iter().map(|one| one.role).collect::<Vec<_>>(), [Role::Auditor]);
    }
}
