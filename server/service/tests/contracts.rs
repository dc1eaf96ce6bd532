//! Contracts with organisations, as the security administrator keeps them.

use crate::acting::*;
use crate::common::{engines, service};
use domain::desk::{Role, Scope};
use domain::forms::Entries;
use domain::staff::ContractView;
use sea_orm::{ConnectionTrait, Statement};
use service::grants::{NewGrant, contracts, end_contract, give, make_contract, rename_organisation};
use service::{Error, forms, staff};

/// A new organisation is registered with its first contract; ended, it allows nothing on the next request.
#[tokio::test]
async fn contracts_are_kept_by_who_gives_rights() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let security = worker(&service, "anquan-1").await;
        let typed = |changes: &[(&str, &str)]| -> Entries {
            let mut entries: Entries = [
                ("office", "210103-zz02"),
                ("name", "沈河区晨光社会工作服务中心"),
                ("items", "mz07，MZ09"),
                ("areas", "210103005"),
                ("from", "2026-11-01"),
                ("until", "2027-10-31"),
            ]
            .into_iter()
            .collect();
            changes.iter().for_each(|(path, text)| entries.set(*path, *text));
            entries
        };
        for login in ["xitong-1", "shenji-1", "duofu-1"] {
            let who = worker(&service, login).await;
            assert!(matches!(contracts(&service, &who).await, Err(Error::NotFound)), "{login}");
            assert!(matches!(make_contract(&service, &who, &typed(&[])).await, Err(Error::NotFound)), "{login}");
        }
        let before = contracts(&service, &security).await.expect("a list").contracts.len();
        for (path, wrong) in [
            ("office", "210103-MZ"),
            ("office", "999999-ZZ01"),
            ("name", ""),
            ("items", "MZ07 XX99"),
            ("items", ""),
            ("areas", "999999"),
            ("from", "soon"),
            ("until", "2026-10-31"),
        ] {
            let moved = make_contract(&service, &security, &typed(&[(path, wrong)])).await.expect("answered");
            assert!(moved.location.ends_with("#create"), "{path} {wrong}");
            let told = contracts(&service, &security).await.expect("a list");
            assert!(
                told.flash.findings.iter().any(|finding| finding.path == path),
                "{path}: {:?}",
                told.flash.findings
            );
            assert_eq!((told.contracts.len(), told.flash.entries.get(path)), (before, wrong), "{engine:?}");
        }
        for tap in ["first", "second"] {
            make_contract(&service, &security, &typed(&[])).await.expect(tap);
        }
        let list = contracts(&service, &security).await.expect("a list").contracts;
        let new = list.iter().find(|one| one.office.contains("晨光")).expect("the new one").clone();
        assert!(new.open && new.items.len() == 2 && list.len() == before + 1, "{engine:?}: {new:?}");
        // Its people take in what it names.
        let system = worker(&service, "xitong-1").await;
        let made = staff::create(&service, &system, "chenguang-1", "陈光", "210103-ZZ02").await.expect("made");
        let there = made.location.rsplit('/').next().expect("an id").to_owned();
        let window = NewGrant::new(Role::Window, Scope::office("210103-ZZ02"));
        give(&service, &security, &there, window).await.expect("given");
        end_contract(&service, &security, &new.id).await.expect("ended");
        assert!(matches!(end_contract(&service, &security, &new.id).await, Err(Error::NotFound)), "once");
        let list = contracts(&service, &security).await.expect("a list").contracts;
        assert!(!list.iter().find(|one| one.id == new.id).expect("it is still listed").open);
        // That of the organisation of the demo ends: its workers take in nothing more.
        let demo = list.iter().find(|one| one.office.contains("暖阳")).expect("that of the demo").clone();
        let token = desk_token(&service, "nuanyang-1").await;
        assert!(forms::begin_at_window(&service, &now(&service, &token).await, "MZ07").await.is_ok());
        end_contract(&service, &security, &demo.id).await.expect("ended");
        let ended = forms::begin_at_window(&service, &now(&service, &token).await, "MZ07").await;
        assert!(matches!(ended, Err(Error::Forbidden)), "{engine:?}");
    }
}

/// A misspelt name is put right by who gives rights there, with a row in the audit, and is right everywhere at once.
#[tokio::test]
async fn the_name_of_an_organisation_is_put_right() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let security = worker(&service, "anquan-1").await;
        let demo = contracts(&service, &security).await.expect("a list").contracts.remove(0);
        let typed = |name: &str| -> Entries { [(ContractView::name_path(&demo.id), name)].into_iter().collect() };
        let shown = async || contracts(&service, &security).await.expect("a list");
        for login in ["xitong-1", "shenji-1", "duofu-1"] {
            let who = worker(&service, login).await;
            let tried = rename_organisation(&service, &who, &demo.id, &typed("沈河区暖阳社会工作中心")).await;
            assert!(matches!(tried, Err(Error::NotFound)), "{login}");
        }
        rename_organisation(&service, &security, &demo.id, &typed("暖")).await.expect("answered");
        let told = shown().await;
        assert_eq!(told.flash.findings[0].path, ContractView::name_path(&demo.id), "{engine:?}");
        assert_eq!(told.contracts[0].office, demo.office);
        let right = "沈河区暖阳社会工作中心";
        rename_organisation(&service, &security, &demo.id, &typed(right)).await.expect("renamed");
        let told = shown().await;
        assert!(told.flash.good && told.contracts[0].office.contains(right), "{engine:?}: {told:?}");
        assert!(service.areas.office_name("210103-ZZ01").contains(right));
        let count = "SELECT COUNT(*) AS n FROM audit WHERE deed = 'renamed-organisation' AND why = '210103-ZZ01'";
        let row = service.db.read.query_one_raw(Statement::from_string(service.db.backend(), count)).await;
        assert_eq!(row.expect("query").expect("a row").try_get::<i64>("", "n").expect("a number"), 1);
        let unknown = rename_organisation(&service, &security, &uuid::Uuid::nil().to_string(), &typed(right)).await;
        assert!(matches!(unknown, Err(Error::NotFound)));
    }
}
