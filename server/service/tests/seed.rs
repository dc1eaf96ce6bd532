//! What the seed data brings, on both engines.

use std::collections::BTreeSet;

use crate::common::{empty, engines, seeded};
use domain::areas::{self, Area, CITY};
use domain::catalogue::{Department, Level, office_code, quality};
use domain::desk::Role;
use sea_orm::{ConnectionTrait, Statement};
use service::areas::AreaRegister;
use service::db::{Db, migrate};
use service::identity::password;
use service::seed::{read_items, seed_base, seed_demo};

/// The items of the admission list: the letters of the department, and the last number.
const ITEMS: [(&str, u32); 12] = [
    ("MZ", 30),
    ("RS", 34),
    ("YB", 15),
    ("WJ", 13),
    ("CL", 14),
    ("TY", 10),
    ("FC", 10),
    ("GA", 10),
    ("SF", 6),
    ("JY", 6),
    ("GH", 5),
    ("SQ", 6),
];

async fn count(db: &Db, from: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM {from}");
    let row = db.read.query_one_raw(Statement::from_string(db.backend(), sql)).await.expect("query");
    row.expect("a row").try_get("", "n").expect("a number")
}

async fn text(db: &Db, sql: &str) -> String {
    let row = db.read.query_one_raw(Statement::from_string(db.backend(), sql)).await.expect("query");
    row.expect("a row").try_get_by_index(0).expect("text")
}

async fn run(db: &Db, sql: &str) {
    let done = db.write(|tx| {
        Box::pin(async move {
            tx.execute_unprepared(sql).await?;
            Ok(())
        })
    });
    done.await.expect("write");
}

/// Every area below the city, with the one that contains it.
fn all(register: &AreaRegister) -> Vec<(String, Area)> {
    let mut out = Vec::new();
    let mut open = vec![CITY.to_owned()];
    while let Some(parent) = open.pop() {
        for area in register.children(&parent) {
            open.push(area.code.clone());
            out.push((parent.clone(), area));
        }
    }
    out
}

#[tokio::test]
async fn areas_are_complete_and_each_lies_in_its_parent() {
    for engine in engines() {
        let place = seeded(engine).await;
        let db = Db::open(&place.url).await.expect("open");
        let register = AreaRegister::load(&db).await.expect("load");
        let areas = all(&register);
        let level = |length: usize| areas.iter().filter(|(_, area)| area.code.len() == length).count();
        assert_eq!((level(6), level(9), level(12)), (13, 190, 2703), "{engine:?}");
        for (parent, area) in &areas {
            let prefix = areas::prefix(parent);
            assert!(area.code.starts_with(prefix), "{parent} contains {}", area.code);
        }
        assert_eq!(count(&db, "area WHERE valid_to IS NULL").await, 1 + 13 + 190 + 2703);
        // 大南街道 and its communities: in no list any more, but addresses still name them.
        assert_eq!(count(&db, "area WHERE successor IS NOT NULL").await, 1 + 8);
        assert_eq!(register.area_now("210103010"), "210103005");
    }
}

#[tokio::test]
async fn areas_have_their_names() {
    let place = seeded(crate::common::Engine::Sqlite).await;
    let db = Db::open(&place.url).await.expect("open");
    let register = AreaRegister::load(&db).await.expect("load");
    // The four pilot communities.
    assert_eq!(register.full_name("210103005024"), "沈河区 滨河街道 多福社区");
    assert_eq!(register.full_name("210103005026"), "沈河区 滨河街道 怡静园社区");
    assert_eq!(register.full_name("210112010040"), "浑南区 五三街道 美好社区");
    assert_eq!(register.full_name("210112012017"), "浑南区 浑河站东街道 浑河堡社区");
    assert_eq!(register.full_name("210103005"), "沈河区 滨河街道");
    assert_eq!(register.full_name("210100"), "沈阳市");
    assert_eq!(register.full_name("110101"), "110101");
    assert_eq!(register.name("210102019006"), Some("三好街社区"));
    assert!(register.exists("210181") && !register.exists("210121"));
    let districts: Vec<String> = register.districts().into_iter().map(|area| area.name).collect();
    assert_eq!(districts[..3], ["和平区", "沈河区", "大东区"]);
    let last = register.children("210106").pop().expect("a street");
    assert_eq!(last.name, "沈阳市经济技术开发区", "statistical areas come last");
    assert!(register.children("210103005024").is_empty());
}

#[tokio::test]
async fn each_area_has_its_office() {
    for engine in engines() {
        let place = seeded(engine).await;
        let db = Db::open(&place.url).await.expect("open");
        let register = AreaRegister::load(&db).await.expect("load");
        for (_, area) in all(&register) {
            let levels: &[Level] = match area.code.len() {
                6 => &[Level::District, Level::City],
                9 => &[Level::Street],
                _ => &[Level::Community],
            };
            for level in levels {
                for department in Department::ALL {
                    let code = office_code(*level, department, &area.code).expect("deep enough");
                    assert!(register.office(&code).is_some(), "{code}");
                }
            }
        }
        assert_eq!(
            count(&db, "office WHERE valid_to IS NULL AND code NOT LIKE '%-ZZ%'").await,
            2703 + 190 + 12 * 13 + 12
        );
        assert_eq!(register.office_name("210103-RS"), "沈河区人力资源和社会保障局");
        assert_eq!(register.office_name("210103005024"), "多福社区便民服务窗口");
        assert_eq!(register.office("210103005").map(|office| office.area.as_str()), Some("210103005"));
        assert_eq!(register.office_name("x"), "x");
    }
}

#[tokio::test]
async fn the_calendar_gives_the_seven_due_dates() {
    for engine in engines() {
        let place = seeded(engine).await;
        let db = Db::open(&place.url).await.expect("open");
        let calendar = AreaRegister::load(&db).await.expect("load").calendar;
        for (start, days, due) in [
            ("2026-09-18", 5, "2026-09-24"),
            ("2026-09-24", 5, "2026-10-09"),
            ("2026-09-28", 20, "2026-10-30"),
            ("2026-02-13", 5, "2026-02-27"),
            ("2026-04-30", 5, "2026-05-11"),
            ("2026-10-09", 1, "2026-10-10"),
            ("2026-11-20", 20, "2026-12-18"),
        ] {
            let found = calendar.due(start.parse().expect("a date"), days);
            assert_eq!(found.to_string(), due, "{days} days from {start}");
        }
    }
}

#[test]
fn every_item_of_the_list_has_a_file_without_faults() {
    let mut codes = BTreeSet::new();
    let mut faults = Vec::new();
    for (name, item) in read_items() {
        codes.insert(name.trim_start_matches("items/").trim_end_matches(".toml").to_owned());
        let found = item.map_or_else(|faults| faults, |item| quality(&item));
        faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let wanted: BTreeSet<String> = ITEMS
        .iter()
        .flat_map(|(letters, last)| (1..=*last).map(move |number| format!("{letters}{number:02}")))
        .collect();
    assert_eq!(wanted.len(), 159);
    assert_eq!(codes, wanted);
}

#[tokio::test]
async fn seeding_again_changes_nothing() {
    for engine in engines() {
        let place = empty(engine).await;
        migrate(&place.url).await.expect("migrate");
        let db = Db::open(&place.url).await.expect("open");
        seed_base(&db).await.expect("seed");
        let shape = async || {
            let newest = text(&db, "SELECT CAST(MAX(published_at) AS TEXT) FROM item").await;
            (
                count(&db, "area").await,
                count(&db, "office").await,
                count(&db, "workday").await,
                count(&db, "item").await,
                newest,
            )
        };
        let before = shape().await;
        seed_base(&db).await.expect("seed again");
        assert_eq!(shape().await, before);
        // The same with the digest forgotten: everything is looked at, nothing is changed.
        run(&db, "DELETE FROM meta").await;
        seed_base(&db).await.expect("seed in full");
        assert_eq!(shape().await, before);
    }
}

#[tokio::test]
async fn a_changed_item_gets_a_revision_and_the_calendar_stays_the_administrators() {
    for engine in engines() {
        let place = seeded(engine).await;
        let db = Db::open(&place.url).await.expect("open");
        let items = count(&db, "item").await;
        let code = text(&db, "SELECT MIN(code) FROM item").await;
        run(&db, "DELETE FROM meta").await;
        run(&db, &format!("UPDATE item SET digest = 'old' WHERE code = '{code}'")).await;
        run(&db, "UPDATE workday SET worked = true WHERE day = '2026-01-01'").await;
        run(&db, "UPDATE office SET name = 'x' WHERE code = '210103-MZ'").await;
        seed_base(&db).await.expect("seed");
        assert_eq!(count(&db, "item").await, items + 1, "{engine:?}");
        assert_eq!(count(&db, &format!("item WHERE code = '{code}' AND revision = 2")).await, 1);
        assert_eq!(count(&db, "workday WHERE worked AND day = '2026-01-01'").await, 1);
        assert_eq!(text(&db, "SELECT name FROM office WHERE code = '210103-MZ'").await, "沈河区民政局");
    }
}

#[tokio::test]
async fn demo_workers_are_made_once() {
    for engine in engines() {
        let place = seeded(engine).await;
        let db = Db::open(&place.url).await.expect("open");
        let hash = "SELECT password_hash FROM worker WHERE login = 'duofu-1'";
        let before = text(&db, hash).await;
        let workers = seed_demo(&db).await.expect("seed");
        assert_eq!(text(&db, hash).await, before, "the password was not set again");
        assert_eq!(count(&db, "worker").await, workers.len() as i64);
        let duofu = workers.iter().find(|worker| worker.login == "duofu-1").expect("a worker");
        assert_eq!((duofu.office_name.as_str(), duofu.roles.as_slice()), ("多福社区便民服务窗口", &[Role::Window][..]));
        assert!(password::verify(duofu.password.clone(), Some(before)).await.expect("checked"));
        let office =
            |login: &str| workers.iter().find(|worker| worker.login == login).map(|worker| &*worker.office_name);
        assert_eq!(office("sanhaojie-1"), Some("三好街社区便民服务窗口"));
        assert_eq!(office("shenyang-mz-1"), Some("沈阳市民政局"));
        let his = "worker_id IN (SELECT id FROM worker WHERE login = 'duofu-1')";
        run(&db, &format!("DELETE FROM worker_grant WHERE {his}")).await;
        run(&db, &format!("DELETE FROM worker_factor WHERE {his}")).await;
        run(&db, "DELETE FROM worker WHERE login = 'duofu-1'").await;
        seed_demo(&db).await.expect("seed");
        assert_eq!(count(&db, "worker WHERE login = 'duofu-1' AND active").await, 1);
        let given = format!("worker_grant WHERE {his} AND role = 'window' AND at = '210103005024' AND NOT below");
        assert_eq!(count(&db, &given).await, 1);
    }
}

#[tokio::test]
async fn a_service_opens_on_the_seeded_database() {
    for engine in engines() {
        let (service, clock, place) = crate::common::service(engine).await;
        assert_eq!(service.today().to_string(), "2026-11-23", "{engine:?}");
        clock.advance(chrono::TimeDelta::days(1));
        let second = crate::common::open_service(&place, &clock).await;
        assert_eq!(second.today().to_string(), "2026-11-24", "{engine:?}");
        assert_eq!(second.areas.name(CITY), Some("沈阳市"));
    }
}
