//! Rights as they are given, taken back and run out: they hold from the next request on.

use crate::acting::*;
use crate::common::{engines, service};
use domain::cases::QueueQuery;
use domain::desk::{Items, Role, Scope};
use sea_orm::{ConnectionTrait, Statement};
use service::grants::{NewGrant, approve, give, list, proposals, propose, revoke};
use service::identity::Visitor;
use service::{Error, Service, desk, forms, recusal, staff};

/// What makes an administrator is proposed by one, and given when another agrees.
async fn give_by_two(service: &Service, who: &Visitor, to: &str, new: NewGrant) {
    propose(service, who, to, new.clone(), "换岗").await.expect("proposed");
    let alone = give(service, who, to, new).await;
    assert!(matches!(alone, Err(Error::Refused(_))), "one alone does not give it");
    let second = worker(service, "xitong-1").await;
    let waiting = proposals(service, who).await.expect("a list").proposals;
    assert!(waiting.iter().all(|one| !one.may_approve), "not by who proposed it");
    let one = waiting.last().expect("one");
    let own = approve(service, who, &one.id).await;
    assert!(matches!(own, Err(Error::Refused(_))), "not by who proposed it");
    approve(service, &second, &one.id).await.expect("agreed");
    assert!(matches!(approve(service, &second, &one.id).await, Err(Error::NotFound)), "once");
}

fn id(who: &Visitor) -> String {
    who.worker.as_ref().expect("a worker").id.to_string()
}

async fn sees(service: &Service, who: &Visitor, number: &str) -> bool {
    match desk::case(service, who, number).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

/// How many cases the queue lists, and how many it counts as late: with the clock far on, all that are open are late.
async fn listed(service: &Service, who: &Visitor) -> (usize, usize) {
    let queue = desk::queue(service, who, QueueQuery::default()).await.expect("a queue");
    (queue.cases.len(), queue.late)
}

#[tokio::test]
async fn a_change_holds_on_the_next_request() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let security = worker(&service, "anquan-1").await;
        let other = desk_token(&service, "heping-mz-1").await;
        assert!(!sees(&service, &now(&service, &other).await, &number).await);
        let new = NewGrant::new(Role::Window, Scope::office("210103005"));
        let other_id = id(&now(&service, &other).await);
        give(&service, &security, &other_id, new.clone()).await.expect("given");
        assert!(sees(&service, &now(&service, &other).await, &number).await);
        assert_eq!(listed(&service, &now(&service, &other).await).await.0, 1);
        let given = list(&service, &security, &other_id).await.expect("a list");
        let given = given.iter().find(|one| one.place == "滨河街道办事处").expect("what was given");
        assert!(given.in_force && given.given_by == "韩雪");
        revoke(&service, &security, &other_id, &given.id).await.expect("taken back");
        assert!(!sees(&service, &now(&service, &other).await, &number).await);
        assert_eq!(listed(&service, &now(&service, &other).await).await.0, 0);
        let again = revoke(&service, &security, &other_id, &given.id).await;
        assert!(matches!(again, Err(Error::NotFound)), "once");

        // For a day: it ends by itself.
        let today = Some(service.today());
        give(&service, &security, &other_id, NewGrant { from: today, until: today, ..new }).await.expect("given");
        assert!(sees(&service, &now(&service, &other).await, &number).await);
        clock.advance(chrono::TimeDelta::days(1));
        let other = desk_token(&service, "heping-mz-1").await;
        assert!(!sees(&service, &now(&service, &other).await, &number).await);
    }
}

#[tokio::test]
async fn a_grant_for_some_items_lists_counts_and_starts_those_alone() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        submitted(&service).await;
        let security = worker(&service, "anquan-1").await;
        let street = desk_token(&service, "sanhaojie-1").await;
        let street_id = id(&now(&service, &street).await);
        let items = |code: &str| Items::Listed([code.to_owned()].into());
        let at = |code| NewGrant { items: items(code), ..NewGrant::new(Role::Window, Scope::office("210103005")) };
        give(&service, &security, &street_id, at("MZ24")).await.expect("given");
        clock.advance(chrono::TimeDelta::days(20));
        let street = desk_token(&service, "sanhaojie-1").await;
        assert_eq!(listed(&service, &now(&service, &street).await).await, (0, 0), "another item");
        service::supervision::recolour(&service).await.expect("coloured");
        let security = worker(&service, "anquan-1").await;
        give(&service, &security, &street_id, at("MZ07")).await.expect("given");
        assert_eq!(listed(&service, &now(&service, &street).await).await, (1, 1));

        // Taken away from the own window but for one item.
        let own = list(&service, &security, &street_id).await.expect("a list");
        let own = own.iter().find(|one| one.items.is_empty()).expect("what came with the worker");
        revoke(&service, &security, &street_id, &own.id).await.expect("taken back");
        let new = NewGrant { items: items("MZ09"), ..NewGrant::new(Role::Window, Scope::office("210102019006")) };
        give(&service, &security, &street_id, new).await.expect("given");
        let who = now(&service, &street).await;
        assert!(forms::begin_at_window(&service, &who, "MZ09").await.is_ok());
        assert!(matches!(forms::begin_at_window(&service, &who, "MZ07").await, Err(Error::Forbidden)));
        let offered = desk::start(&service, &who, "").await.expect("a page").items;
        assert_eq!(offered.iter().map(|item| item.code.as_str()).collect::<Vec<_>>(), ["MZ09"]);
    }
}

#[tokio::test]
async fn only_the_security_administrator_gives_and_never_to_oneself() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let security = worker(&service, "anquan-1").await;
        let window = worker(&service, "duofu-1").await;
        let new = || NewGrant::new(Role::Reviewer, Scope::office("210103005024"));
        for login in ["xitong-1", "shenji-1", "binhe-4", "shenyang-mz-1", "nuanyang-1"] {
            let who = worker(&service, login).await;
            for result in [
                give(&service, &who, &id(&window), new()).await,
                revoke(&service, &who, &id(&window), &id(&window)).await,
                list(&service, &who, &id(&window)).await.map(|_| ()),
            ] {
                assert!(matches!(result, Err(Error::NotFound)), "{login}");
            }
        }
        let own = give(&service, &security, &id(&security), new()).await;
        assert!(matches!(own, Err(Error::Refused(_))), "nobody gives anything to themselves");
        let own = list(&service, &security, &id(&security)).await.expect("a list");
        let own = revoke(&service, &security, &id(&security), &own[0].id).await;
        assert!(matches!(own, Err(Error::Refused(_))), "nor takes");
        assert!(matches!(give(&service, &stranger(), &id(&window), new()).await, Err(Error::Unauthenticated)));
        give(&service, &security, &id(&window), new()).await.expect("given");
    }
}

#[tokio::test]
async fn administrators_exclude_each_other_and_every_desk_role() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let security = worker(&service, "anquan-1").await;
        let city = || Scope::below("210100");
        let refused = |login: &'static str, role: Role| {
            let (service, security) = (&service, &security);
            async move {
                let who = worker(service, login).await;
                let scope = if role.is_administrator() { city() } else { Scope::office("210103005") };
                let new = NewGrant::new(role, scope);
                let given = match role.is_administrator() {
                    true => propose(service, security, &id(&who), new, "换岗").await,
                    false => give(service, security, &id(&who), new).await,
                };
                matches!(given, Err(Error::Refused(why)) if why.contains("不能同时"))
            }
        };
        for (login, role) in [
            ("xitong-1", Role::SecurityAdmin),
            ("xitong-1", Role::Auditor),
            ("xitong-1", Role::Window),
            ("shenji-1", Role::SystemAdmin),
            ("shenji-1", Role::SecurityAdmin),
            ("shenji-1", Role::Supervisor),
            ("duofu-1", Role::SystemAdmin),
            ("duofu-1", Role::Auditor),
            ("binhe-4", Role::SecurityAdmin),
        ] {
            assert!(refused(login, role).await, "{login} must not be {role:?} too");
        }
        // What was taken back no longer stands in the way.
        let window = worker(&service, "duofu-1").await;
        let held = list(&service, &security, &id(&window)).await.expect("a list");
        revoke(&service, &security, &id(&window), &held[0].id).await.expect("taken back");
        give_by_two(&service, &security, &id(&window), NewGrant::new(Role::Auditor, city())).await;
        let (_, number) = submitted(&service).await;
        let auditor = worker(&service, "duofu-1").await;
        assert!(!sees(&service, &auditor, &number).await, "an administrator sees no case");
        assert_eq!(listed(&service, &auditor).await, (0, 0));
    }
}

#[tokio::test]
async fn what_cannot_be_is_not_given() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let security = worker(&service, "anquan-1").await;
        let window = id(&worker(&service, "duofu-1").await);
        let organisation = id(&worker(&service, "nuanyang-1").await);
        let at = |scope| NewGrant::new(Role::Window, scope);
        let yesterday = service.today().pred_opt();
        let unknown = Items::Listed(["XX99".to_owned()].into());
        for (worker, new) in [
            (&window, at(Scope::office("210199-MZ"))),
            (&window, at(Scope::office("nowhere"))),
            (&window, at(Scope::office("210103-ZZ01"))),
            (&window, NewGrant { until: yesterday, ..at(Scope::office("210103005")) }),
            (&window, NewGrant { items: unknown, ..at(Scope::office("210103005")) }),
            (&organisation, at(Scope::office("210103005"))),
            (&organisation, at(Scope::below("210103-ZZ01"))),
            (&organisation, NewGrant::new(Role::Reviewer, Scope::office("210103-ZZ01"))),
        ] {
            let given = give(&service, &security, worker, new.clone()).await;
            assert!(matches!(given, Err(Error::Refused(_))), "{new:?}");
        }
        // A security administrator of a district gives nothing beyond it.
        let district = NewGrant::new(Role::SecurityAdmin, Scope::below("210103"));
        let held = list(&service, &security, &window).await.expect("a list");
        revoke(&service, &security, &window, &held[0].id).await.expect("taken back");
        give_by_two(&service, &security, &window, district).await;
        let district = worker(&service, "duofu-1").await;
        let other = id(&worker(&service, "heping-mz-1").await);
        assert!(give(&service, &district, &other, at(Scope::office("210103005"))).await.is_ok());
        let beyond = give(&service, &district, &other, at(Scope::office("210102019006"))).await;
        assert!(matches!(beyond, Err(Error::Refused(_))));
        let held = list(&service, &district, &other).await.expect("a list");
        let own = held.iter().find(|one| one.place == "和平区民政局").expect("the other's own");
        let taken = revoke(&service, &district, &other, &own.id).await;
        assert!(matches!(taken, Err(Error::NotFound)), "nor takes anything beyond it");
    }
}

#[tokio::test]
async fn an_organisation_takes_in_what_its_contract_names() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let who = worker(&service, "nuanyang-1").await;
        assert!(matches!(forms::begin_at_window(&service, &who, "MZ01").await, Err(Error::Forbidden)));
        let begun = forms::begin_at_window(&service, &who, "MZ07").await.expect("begun");
        let draft = draft_id(&begun.location);
        fill_in(&service, &who, &draft).await;
        let number = submit(&service, &who, &draft).await;
        let case = crate::acting::desk(&service, &who, &number).await;
        let steps: Vec<&str> = case.steps.iter().map(|one| one.step.key()).collect();
        assert_eq!(steps, ["hand-over"], "it decides and accepts nothing");
        // The papers were seen while they were taken in.
        assert!(case.file.files["file_id_card"][0].id.is_empty());
        let decider = crate::acting::desk(&service, &worker(&service, "binhe-1").await, &number).await;
        let file = &decider.file.files["file_id_card"][0].id;
        assert!(matches!(forms::file(&service, &who, file).await, Err(Error::NotFound)));
        step(&service, &who, &number, "hand-over", &[]).await.expect("handed over");
        assert!(sees(&service, &worker(&service, "binhe-1").await, &number).await);
        assert!(!sees(&service, &worker(&service, "sanhaojie-1").await, &number).await);

        // Outside of the areas of the contract.
        let begun = forms::begin_at_window(&service, &who, "MZ07").await.expect("begun");
        let draft = draft_id(&begun.location);
        fill_in(&service, &who, &draft).await;
        let elsewhere =
            [("household_area", "210102"), ("household_area", "210102019"), ("household_area", "210102019006")];
        forms::save_page(&service, &who, &draft, "household_area", &pairs(&elsewhere)).await.expect("saved");
        let refused = forms::submit(&service, &who, &draft).await;
        assert!(matches!(&refused, Err(Error::Refused(_))), "{refused:?}");

        // When the contract is over, nothing of it is left.
        clock.set("2028-01-03T02:00:00Z".parse().expect("a time"));
        let who = worker(&service, "nuanyang-1").await;
        assert!(!sees(&service, &who, &number).await);
        assert_eq!(listed(&service, &who).await, (0, 0));
        assert!(matches!(forms::begin_at_window(&service, &who, "MZ07").await, Err(Error::Forbidden)));
    }
}

#[tokio::test]
async fn whoever_had_a_case_alone_waits_for_a_second_person() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let ruling = [("outcome", "approved"), ("amount", "200"), ("from", "2026-12-01")];
        let (_, number) = submitted(&service).await;
        let one = worker(&service, "binhe-3").await;
        for name in ["receive", "accept", "review"] {
            step(&service, &one, &number, name, &[]).await.expect("done");
        }
        assert!(crate::acting::desk(&service, &one, &number).await.wants_second);
        step(&service, &one, &number, "decide", &ruling).await.expect("asked");
        let case = crate::acting::desk(&service, &one, &number).await;
        assert_eq!(case.file.state.key(), "reviewing");
        assert!(!case.pending.is_empty());
        let head = worker(&service, "binhe-4").await;
        step(&service, &head, &number, "approve", &[]).await.expect("approved");
        assert_eq!(crate::acting::desk(&service, &one, &number).await.file.state.key(), "decided");

        // Where a colleague had a hand in it, it is decided at once.
        let (_, number) = submitted(&service).await;
        let colleague = worker(&service, "binhe-1").await;
        for name in ["receive", "accept"] {
            step(&service, &colleague, &number, name, &[]).await.expect("done");
        }
        step(&service, &one, &number, "review", &[]).await.expect("done");
        assert!(!crate::acting::desk(&service, &one, &number).await.wants_second);
        step(&service, &one, &number, "decide", &ruling).await.expect("decided");
        assert_eq!(crate::acting::desk(&service, &one, &number).await.file.state.key(), "decided");
    }
}

#[tokio::test]
async fn nobody_has_to_do_with_the_own_case_or_the_familys() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        for (login, own) in [("binhe-1", true), ("binhe-3", false)] {
            let session = desk_token(&service, login).await;
            let who = now(&service, &session).await;
            assert!(!crate::acting::desk(&service, &who, &number).await.steps.is_empty());
            let name = if own { "" } else { "张小三" };
            recusal::declare(&service, &who, own, name, "210103 19400101 9013").await.expect("declared");
            recusal::declare(&service, &who, own, name, "210103194001019013").await.expect("once");
            let who = now(&service, &session).await;
            let declared = recusal::view(&service, &who).await.expect("a page").entries;
            assert_eq!(declared.len(), 1);
            assert!(declared[0].shown.ends_with("210103********9013"), "{}", declared[0].shown);
            // Seen from then on, masked, and nothing to be done about it.
            let case = crate::acting::desk(&service, &who, &number).await;
            assert!(case.steps.is_empty() && case.hidden.is_empty() && !case.conversation.may_write);
            assert!(case.tie.contains("请回避"), "{}", case.tie);
            let text = serde_json::to_string(&case.file.pages).expect("written");
            assert!(!text.contains("210103194001019013") && !text.contains("13800138000"));
            let before = case.version;
            step(&service, &who, &number, "receive", &[]).await.expect("told");
            let case = crate::acting::desk(&service, &who, &number).await;
            assert!(case.version == before && case.flash.message.contains("请回避"), "{}", case.flash.message);
            assert!(case.file.files["file_id_card"][0].id.is_empty());
            let colleague = crate::acting::desk(&service, &worker(&service, "binhe-2").await, &number).await;
            let file = &colleague.file.files["file_id_card"][0].id;
            assert!(matches!(forms::file(&service, &who, file).await, Err(Error::NotFound)));
            // Nor taken in at the own window.
            let begun = forms::begin_at_window(&service, &who, "MZ07").await.expect("begun");
            let draft = draft_id(&begun.location);
            fill_in(&service, &who, &draft).await;
            let refused = forms::submit(&service, &who, &draft).await;
            assert!(matches!(&refused, Err(Error::Refused(why)) if why.contains("请回避")), "{refused:?}");
        }
        let colleague = worker(&service, "binhe-2").await;
        step(&service, &colleague, &number, "receive", &[]).await.expect("a colleague does it");
        // The number is nowhere as it was typed.
        let sql = "SELECT blind || shown AS text FROM worker_tie";
        let db = &service.db.read;
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("rows");
        for row in rows {
            let text: String = row.try_get("", "text").expect("a text");
            assert!(!text.contains("19400101") && !text.contains("张小三"), "{text}");
        }
    }
}

#[tokio::test]
async fn what_is_declared_wrongly_is_asked_again_and_one_person_is_one_administrator() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let who = worker(&service, "binhe-1").await;
        recusal::declare(&service, &who, false, " ", "12").await.expect("asked again");
        let view = recusal::view(&service, &who).await.expect("a page");
        let paths: Vec<&str> = view.flash.findings.iter().map(|one| one.path.as_str()).collect();
        assert_eq!((paths, view.entries.len()), (vec!["relative.name", "relative.id_number"], 0));
        assert_eq!(view.flash.entries.get("relative.id_number"), "12", "nothing typed is lost");
        assert!(matches!(recusal::declare(&service, &stranger(), true, "", "").await, Err(Error::Unauthenticated)));

        // The same person with two accounts.
        let number = "11010519491231002X";
        for login in ["shenji-1", "heping-mz-1"] {
            let who = worker(&service, login).await;
            recusal::declare(&service, &who, true, "", number).await.expect("declared");
        }
        let security = worker(&service, "anquan-1").await;
        let second = worker(&service, "heping-mz-1").await;
        let held = list(&service, &security, &id(&second)).await.expect("a list");
        for one in held {
            revoke(&service, &security, &id(&second), &one.id).await.expect("taken back");
        }
        let new = NewGrant::new(Role::SystemAdmin, Scope::below("210100"));
        let given = propose(&service, &security, &id(&second), new, "换岗").await;
        assert!(matches!(&given, Err(Error::Refused(why)) if why.contains("审计管理员")), "{given:?}");
    }
}

/// What was proposed by somebody who may not any more is not given, and a district's administrator agrees to nothing
/// beyond it.
#[tokio::test]
async fn a_proposal_stands_while_who_made_it_could_make_it() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (security, second) = (worker(&service, "anquan-1").await, worker(&service, "xitong-1").await);
        let window = worker(&service, "duofu-1").await;
        let held = list(&service, &security, &id(&window)).await.expect("a list");
        revoke(&service, &security, &id(&window), &held[0].id).await.expect("taken back");
        give_by_two(&service, &security, &id(&window), NewGrant::new(Role::SecurityAdmin, Scope::below("210103")))
            .await;
        let district = worker(&service, "duofu-1").await;
        let other = worker(&service, "heping-mz-1").await;
        let new = NewGrant::new(Role::Window, Scope::below("210100-MZ"));
        assert!(give(&service, &security, &id(&other), new.clone()).await.is_err(), "it reaches into every district");
        propose(&service, &security, &id(&other), new, "支援").await.expect("proposed");
        let waiting = proposals(&service, &district).await.expect("a list").proposals;
        assert!(!waiting[0].may_approve, "{engine:?}: beyond the district");
        assert!(matches!(approve(&service, &district, &waiting[0].id).await, Err(Error::Refused(_))));
        assert!(proposals(&service, &second).await.expect("a list").proposals[0].may_approve);
        staff::change(&service, &second, &id(&security), staff::Change::End).await.expect("ended");
        let refused = approve(&service, &second, &waiting[0].id).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{engine:?}: {refused:?}");
    }
}

/// An administrator of a district keeps the accounts of its offices, and sees no others.
#[tokio::test]
async fn accounts_are_kept_where_an_administrator_is_one() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (security, window) = (worker(&service, "anquan-1").await, worker(&service, "duofu-1").await);
        let held = list(&service, &security, &id(&window)).await.expect("a list");
        revoke(&service, &security, &id(&window), &held[0].id).await.expect("taken back");
        give_by_two(&service, &security, &id(&window), NewGrant::new(Role::SystemAdmin, Scope::below("210103"))).await;
        let district = worker(&service, "duofu-1").await;
        let (own, other) = (worker(&service, "binhe-1").await, worker(&service, "heping-mz-1").await);
        let listed = staff::workers(&service, &district, "").await.expect("a list").rows;
        assert!(!listed.is_empty() && listed.iter().all(|row| row.login != "heping-mz-1"), "{engine:?}");
        staff::worker_page(&service, &district, &id(&own)).await.expect("a page");
        assert!(matches!(staff::worker_page(&service, &district, &id(&other)).await, Err(Error::NotFound)));
        let ended = staff::change(&service, &district, &id(&other), staff::Change::End).await;
        assert!(matches!(ended, Err(Error::NotFound)), "{engine:?}");
        for (office, made) in [("210102019006", false), ("210103005024", true)] {
            let moved = staff::create(&service, &district, "new-1", "新来的人", office).await.expect("answered");
            assert_eq!(!moved.location.contains("again=1"), made, "{engine:?}: {office}");
        }
    }
}
