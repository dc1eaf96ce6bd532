//! Workers' accounts: signing in takes two proofs, guessing is limited, and what is over is over at once.

use std::net::{IpAddr, Ipv4Addr};

use crate::acting::*;
use crate::common::{Engine, engines, open_service, service};
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use service::identity::{Visitor, password};
use service::staff::{self, Browser, Entered};
use service::{Error, Service};

const LOGIN: &str = "faku-mz-2";
const PASSWORD: &str = "tongban-2026";
const NEW: &str = "雨伞 胡同 二十三 铁锅 慢慢走";

async fn sql(service: &Service, text: &'static str) {
    let done = service.db.write(|tx| {
        Box::pin(async move {
            tx.execute_unprepared(text).await?;
            Ok(())
        })
    });
    done.await.expect("done");
}

async fn number(service: &Service, text: &str) -> i64 {
    let statement = Statement::from_string(service.db.backend(), format!("SELECT COUNT(*) AS n FROM {text}"));
    let row = service.db.read.query_one_raw(statement).await.expect("query").expect("a row");
    row.try_get("", "n").expect("a number")
}

async fn with_desk(service: &Service, token: Option<&str>) -> Visitor {
    service.visitor(None, token, ADDRESS).await.expect("a visitor")
}

async fn enter(service: &Service, who: &Visitor, browser: &Browser, password: &str) -> Result<Entered, Error> {
    staff::enter_password(service, who, browser, LOGIN, password).await
}

/// A right password, and who then has to enter a code.
async fn half(service: &Service) -> Visitor {
    let entered = enter(service, &stranger(), &Browser::default(), PASSWORD).await.expect("entered");
    let who = with_desk(service, entered.desk.as_deref()).await;
    assert!(who.pending.is_some() && who.worker.is_none(), "a password alone is no session");
    who
}

fn code(service: &Service, seconds: i64) -> String {
    staff::demo_code(LOGIN, service.clock.now() + TimeDelta::seconds(seconds)).expect("a code")
}

async fn second(service: &Service, who: &Visitor, code: &str) -> Entered {
    staff::enter_code(service, who, &Browser::default(), code).await.expect("answered")
}

#[tokio::test]
async fn a_code_is_good_once_and_for_its_time() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let who = half(&service).await;
        assert!(matches!(service::desk::queue(&service, &who, Default::default()).await, Err(Error::Unauthenticated)));
        for wrong in ["000000", "", "123", &code(&service, 90), &code(&service, -90)] {
            let answer = second(&service, &who, wrong).await;
            if *wrong == code(&service, 90) {
                assert_eq!(answer.moved.location, "/desk/sign-in/code?again=1");
            }
            assert!(answer.desk.is_none(), "{wrong}");
        }
        let ended = second(&service, &half(&service).await, &code(&service, -30)).await;
        let token = ended.desk.expect("the clock of a phone may be half a minute late");
        assert!(with_desk(&service, Some(&token)).await.worker.is_some());
        let who = half(&service).await;
        let entered = number(&service, "audit WHERE deed = 'signed-in'").await;
        for used in [-30, -30] {
            let again = second(&service, &who, &code(&service, used)).await;
            assert_eq!(again.moved.location, "/desk/sign-in/code?used=1", "{engine:?}");
        }
        assert_eq!(number(&service, "audit WHERE deed = 'signed-in'").await, entered, "nobody signed in");
        clock.advance(TimeDelta::seconds(30));
        assert!(second(&service, &who, &code(&service, -30)).await.desk.is_some(), "it was the next one");
        let replayed = staff::enter_code(&service, &who, &Browser::default(), &code(&service, 0)).await;
        assert!(matches!(replayed, Err(Error::Unauthenticated)), "a sign-in under way ends with its session");
    }
}

#[tokio::test]
async fn two_with_the_same_code_at_once_make_one_session() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (one, other) = (half(&service).await, half(&service).await);
        let code = code(&service, 0);
        let (one, other) = tokio::join!(second(&service, &one, &code), second(&service, &other, &code));
        assert_eq!(u8::from(one.desk.is_some()) + u8::from(other.desk.is_some()), 1, "{engine:?}");
    }
}

#[tokio::test]
async fn a_sign_in_under_way_lasts_five_minutes_and_five_misses() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let entered = enter(&service, &stranger(), &Browser::default(), PASSWORD).await.expect("entered");
        clock.advance(TimeDelta::minutes(5));
        assert!(with_desk(&service, entered.desk.as_deref()).await.pending.is_none(), "too late");
        let who = half(&service).await;
        let mut last = String::new();
        for _ in 0..5 {
            last = second(&service, &who, "000000").await.moved.location;
        }
        assert_eq!(last, "/desk/sign-in", "the password is asked again");
        let late = staff::enter_code(&service, &who, &Browser::default(), &code(&service, 0)).await;
        assert!(late.is_err() || late.is_ok_and(|late| late.desk.is_none()));
        clock.advance(TimeDelta::hours(2));
        assert!(staff::tidy(&service).await.expect("tidied") >= 1);
        assert_eq!(number(&service, "sign_in").await + number(&service, "tries").await, 0);
    }
}

#[tokio::test]
async fn who_has_no_second_factor_can_only_set_one_up() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        sql(&service, "DELETE FROM worker_factor").await;
        let entered = enter(&service, &stranger(), &Browser::default(), PASSWORD).await.expect("entered");
        assert_eq!(entered.moved.location, "/desk/sign-in/set-up");
        let who = with_desk(&service, entered.desk.as_deref()).await;
        assert!(service::desk::queue(&service, &who, Default::default()).await.is_err());
        assert_eq!(second(&service, &who, &code(&service, 0)).await.moved.location, "/desk/sign-in/set-up");
        let page = staff::set_up_page(&service, &who).await.expect("a page");
        assert!(page.code.qr.starts_with("<svg") && page.code.link.contains(&page.code.secret.replace(' ', "")));
        let wrong = staff::set_up(&service, &who, &Browser::default(), "000000").await.expect("answered");
        assert!(wrong.desk.is_none());
        let done = staff::set_up(&service, &who, &Browser::default(), &code(&service, 0)).await.expect("set up");
        assert_eq!(done.moved.location, "/desk/account/recovery");
        let who = with_desk(&service, done.desk.as_deref()).await;
        let shown = staff::recovery(&service, &who).await.expect("codes").codes;
        assert_eq!(shown.len(), 10);
        let plain = shown[0].replace(' ', "");
        assert_eq!(number(&service, &format!("recovery_code WHERE code_hash LIKE '%{plain}%'")).await, 0, "hashed");
        staff::note_codes(&service, &who).await.expect("noted");
        assert!(staff::recovery(&service, &who).await.expect("codes").codes.is_empty(), "shown until noted");
        // The phone is lost: each code is good once, and the second factor stays.
        for (code, good) in [(&shown[0], true), (&shown[0], false), (&shown[1].to_lowercase(), true)] {
            let entered = second(&service, &half(&service).await, code).await;
            assert_eq!(entered.desk.is_some(), good, "{code} on {engine:?}");
        }
        let account = staff::account(&service, &who).await.expect("an account");
        assert_eq!(account.codes_left, 8);
        clock.advance(TimeDelta::minutes(1));
        staff::make_codes(&service, &who).await.expect("made");
        assert!(second(&service, &half(&service).await, &shown[2]).await.desk.is_none(), "replaced");
    }
}

#[tokio::test]
async fn guesses_from_elsewhere_do_not_lock_a_known_device_out() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let known = second(&service, &half(&service).await, &code(&service, 0)).await.known;
        let home = Browser { known, words: String::new() };
        let mut evaluated = 0;
        for guess in 0..1_000_u32 {
            let address = IpAddr::V4(Ipv4Addr::from(0x0A00_0000 + guess % 40));
            let from = Browser { known: Some(format!("{guess:032}")), words: String::new() };
            match enter(&service, &Visitor::stranger(address), &from, &format!("guess-{guess}")).await {
                Ok(entered) => {
                    assert!(entered.desk.is_none());
                    evaluated += 1;
                }
                Err(error) => assert!(matches!(error, Error::Busy), "{error}"),
            }
        }
        assert!((1..=100).contains(&evaluated), "{evaluated} of 1,000 guesses were looked at on {engine:?}");
        // Also for who knows the password now, elsewhere; and after a restart.
        let restarted = open_service(&place, &clock).await;
        for service in [&service, &restarted] {
            assert!(matches!(enter(service, &stranger(), &Browser::default(), PASSWORD).await, Err(Error::Busy)));
        }
        clock.advance(TimeDelta::seconds(60));
        let entered = enter(&service, &stranger(), &home, PASSWORD).await.expect("not locked out");
        let who = with_desk(&service, entered.desk.as_deref()).await;
        let done = staff::enter_code(&service, &who, &home, &code(&service, 0)).await.expect("entered");
        assert!(done.desk.is_some());
        clock.advance(TimeDelta::hours(1));
        assert!(enter(&service, &stranger(), &Browser::default(), PASSWORD).await.is_ok(), "an hour later");
    }
}

/// A known device has a budget of its own, not none.
#[tokio::test]
async fn guesses_from_a_known_device_and_at_codes_have_an_end() {
    let (service, clock, _place) = service(Engine::Sqlite).await;
    let known = second(&service, &half(&service).await, &code(&service, 0)).await.known;
    let home = Browser { known, words: String::new() };
    let mut evaluated = 0;
    for guess in 0..40 {
        evaluated += u32::from(enter(&service, &stranger(), &home, &format!("guess-{guess}")).await.is_ok());
    }
    assert_eq!(evaluated, 10);
    clock.advance(TimeDelta::hours(2));
    let mut evaluated = 0;
    for _ in 0..20 {
        let who = half(&service).await;
        for _ in 0..4 {
            let answer = staff::enter_code(&service, &who, &Browser::default(), "000000").await;
            evaluated += u32::from(answer.is_ok());
        }
    }
    assert_eq!(evaluated, 10, "codes at one worker in an hour, however often the password is right");
}

#[tokio::test]
async fn an_unknown_login_is_answered_as_a_wrong_password() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        sql(&service, "UPDATE worker SET active = FALSE WHERE login = 'faku-mz-1'").await;
        let mut answers = Vec::new();
        for login in [LOGIN, "nobody-here", "faku-mz-1"] {
            let mut seen = Vec::new();
            for _ in 0..12 {
                let tried = staff::enter_password(&service, &stranger(), &Browser::default(), login, "wrong").await;
                seen.push(match tried {
                    Ok(entered) => format!("{} {:?}", entered.moved.location, entered.desk),
                    Err(error) => error.to_string(),
                });
            }
            answers.push(seen);
        }
        assert_eq!(answers[0], answers[1], "{engine:?}");
        assert_eq!(answers[0], answers[2], "{engine:?}");
        assert_eq!(answers[0].iter().filter(|answer| *answer == "busy").count(), 2);
    }
}

#[tokio::test]
async fn a_hash_of_old_parameters_is_renewed() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8192, 1, 1, None).expect("parameters"));
        let weak: argon2::password_hash::phc::PasswordHash = weak.hash_password(PASSWORD.as_bytes()).expect("a hash");
        let text: &'static str = format!("UPDATE worker SET password_hash = '{weak}' WHERE login = '{LOGIN}'").leak();
        assert!(!password::is_current(&weak.to_string()));
        sql(&service, text).await;
        assert!(enter(&service, &stranger(), &Browser::default(), "wrong").await.expect("answered").desk.is_none());
        assert_eq!(number(&service, &format!("worker WHERE password_hash = '{weak}'")).await, 1);
        half(&service).await;
        assert_eq!(number(&service, &format!("worker WHERE password_hash = '{weak}'")).await, 0);
        half(&service).await;
    }
}

/// Signs in once more with a code of its own.
async fn session(service: &Service) -> String {
    desk_token(service, LOGIN).await
}

#[tokio::test]
async fn what_ends_ends_at_once_and_everywhere() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (here, there, third) = (session(&service).await, session(&service).await, session(&service).await);
        let who = with_desk(&service, Some(&here)).await;
        let dead = async |token: &str| with_desk(&service, Some(token)).await.worker.is_none();
        let devices = staff::account(&service, &who).await.expect("an account").devices;
        assert_eq!((devices.len(), devices.iter().filter(|device| device.this).count()), (3, 1));
        // Another worker's device cannot be ended.
        let other = worker(&service, "binhe-1").await;
        assert!(matches!(staff::end_device(&service, &other, &devices[0].id).await, Err(Error::NotFound)));
        staff::sign_out(&service, &with_desk(&service, Some(&third)).await).await.expect("signed out");
        assert!(dead(&third).await);
        let devices = staff::account(&service, &who).await.expect("an account").devices;
        let elsewhere = devices.iter().find(|device| !device.this).expect("another");
        staff::end_device(&service, &who, &elsewhere.id).await.expect("ended");
        assert!(dead(&there).await && !dead(&here).await, "{engine:?}");
        // A new password: all others end, this one goes on under another token.
        let (there, known) = (session(&service).await, number(&service, "known_device").await);
        assert!(known > 1);
        let browser = Browser::default();
        let changed = async |typed| staff::change_password(&service, &who, &browser, typed).await.expect("answered");
        for typed in [["wrong", NEW, NEW], [PASSWORD, "tongbantongban2026", "tongbantongban2026"], [PASSWORD, NEW, "x"]]
        {
            assert!(changed(typed).await.desk.is_none(), "{typed:?}");
        }
        let next = changed([PASSWORD, NEW, NEW]).await.desk.expect("changed");
        assert!(dead(&here).await && dead(&there).await && !dead(&next).await);
        assert!(enter(&service, &stranger(), &browser, PASSWORD).await.expect("answered").desk.is_none());
        assert!(enter(&service, &stranger(), &browser, NEW).await.expect("answered").desk.is_some());
        // Who is disabled is out at the next request.
        sql(&service, "UPDATE worker SET active = FALSE WHERE login = 'faku-mz-2'").await;
        assert!(dead(&next).await);
        clock.advance(TimeDelta::minutes(1));
    }
}

#[tokio::test]
async fn a_session_ends_after_a_quarter_of_an_hour_idle_and_after_ten_hours() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let idle = session(&service).await;
        clock.advance(TimeDelta::minutes(15) + TimeDelta::seconds(1));
        assert!(with_desk(&service, Some(&idle)).await.worker.is_none(), "{engine:?}");
        let mut token = session(&service).await;
        for minute in 0..60 {
            clock.advance(TimeDelta::minutes(10));
            let who = with_desk(&service, Some(&token)).await;
            assert_eq!(who.worker.is_some(), minute < 59, "after {} minutes", (minute + 1) * 10);
            // A new proof gives a new token, and no more time.
            if minute == 30 {
                let proved = staff::prove(&service, &who, &Browser::default(), PASSWORD, "/desk").await;
                token = proved.expect("proved").desk.expect("a new token");
            }
        }
    }
}

#[tokio::test]
async fn a_grave_change_asks_for_the_password_again() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let token = session(&service).await;
        let who = with_desk(&service, Some(&token)).await;
        clock.advance(TimeDelta::minutes(5));
        for moved in [staff::make_codes(&service, &who).await, staff::begin_new_code(&service, &who).await] {
            assert_eq!(moved.expect("answered").location, "/desk/prove?to=/desk/account");
        }
        assert_eq!(number(&service, "recovery_code").await, 0);
        let browser = Browser::default();
        let wrong = staff::prove(&service, &who, &browser, "wrong", "/desk/account").await.expect("answered");
        assert_eq!(wrong.moved.location, "/desk/prove?again=1&to=/desk/account");
        let away = staff::prove(&service, &who, &browser, PASSWORD, "https://elsewhere.example").await.expect("proved");
        assert_eq!(away.moved.location, "/desk/account", "no way out to other sites");
        assert!(with_desk(&service, Some(&token)).await.worker.is_none(), "the old token is dead");
        let who = with_desk(&service, away.desk.as_deref()).await;
        staff::begin_new_code(&service, &who).await.expect("begun");
        let page = staff::new_code(&service, &who).await.expect("a page").code.expect("a secret");
        assert_ne!(page.secret, "");
        let stays = staff::confirm_new_code(&service, &who, &browser, "000000").await.expect("answered");
        assert_eq!(stays.location, "/desk/account/code?again=1");
        staff::make_codes(&service, &who).await.expect("made");
        assert_eq!(number(&service, "recovery_code").await, 10);
    }
}

/// Who signs in once more in the same browser leaves no session behind that no cookie opens.
#[tokio::test]
async fn a_new_sign_in_ends_what_this_browser_had() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let token = desk_token(&service, LOGIN).await;
        let who = with_desk(&service, Some(&token)).await;
        assert!(who.worker.is_some());
        enter(&service, &who, &Browser::default(), PASSWORD).await.expect("entered");
        assert!(with_desk(&service, Some(&token)).await.worker.is_none(), "{engine:?}");
    }
}
