//! No audit, no action: with the table of the audit away, nothing that answers changes anything.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::common::{Fixture, post, send, with};
use crate::journey::{Submitted, desk_token, of_resident, with_inbox};
use crate::strangers::{request, writes};

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.expect(sql);
    rows.iter().map(|row| row.try_get("", "text").expect("a text")).collect()
}

/// Every row of every table, as text.
pub async fn everything(db: &DatabaseConnection) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for table in texts(db, "SELECT name AS text FROM sqlite_master WHERE type = 'table' ORDER BY name").await {
        let columns =
            texts(db, &format!("SELECT 'quote(\"' || name || '\")' AS text FROM pragma_table_info('{table}')")).await;
        let columns = columns.join(" || ',' || ");
        all.insert(table.clone(), texts(db, &format!("SELECT {columns} AS text FROM \"{table}\" ORDER BY 1")).await);
    }
    all
}

/// Who may do most: the resident of a case with a draft of his own, and the worker at the window, in one browser.
struct Actor {
    cookie: String,
    ids: BTreeMap<&'static str, String>,
}

impl Actor {
    async fn new(fixture: &Fixture) -> Self {
        let case: Submitted = of_resident(fixture).await;
        let begun = send(&fixture.app, case.own(post("/items/MZ07/apply", ""))).await;
        let (draft, page) = begun.header("location").split_once("/pages/").expect("a page of a draft");
        let desk = desk_token(fixture, "binhe-3").await;
        let ids = BTreeMap::from([
            ("{code}", "MZ07".to_owned()),
            ("{key}", "newborn".to_owned()),
            ("{id}", draft.strip_prefix("/drafts/").expect("a draft").to_owned()),
            ("{page}", page.to_owned()),
            ("{file}", case.file.clone()),
            ("{number}", case.number.clone()),
            ("{step}", "receive".to_owned()),
        ]);
        Self { cookie: format!("tb_session={}; tb_desk={desk}", case.token), ids }
    }

    async fn send(&self, fixture: &Fixture, path: &str, body: &str) -> u16 {
        let fill = |text: &str| self.ids.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
        // Phone and version are those of the case.
        let body = fill(body).replace("tail=0000", "tail=8000");
        let request = with(request("POST", &fill(path), &body), "cookie", &self.cookie);
        send(&fixture.app, request).await.status.as_u16()
    }
}

#[tokio::test]
async fn without_the_audit_nothing_is_changed() {
    let fixture = with_inbox().await;
    let actor = Actor::new(&fixture).await;
    let other = Database::connect(&fixture.state.service.settings.database_url).await.expect("another");
    let rename = async |from: &str, to: &str| {
        other.execute_unprepared(&format!("ALTER TABLE {from} RENAME TO {to}")).await.expect("renamed");
    };
    rename("audit", "gone").await;
    let before = everything(&other).await;
    assert!(before.len() > 20 && before["draft"].len() == 2, "{:?}", before.keys());
    let mut tried = 0;
    for (path, body) in writes() {
        let status = actor.send(&fixture, path, body).await;
        let after = everything(&other).await;
        let changed: Vec<&String> = after.keys().filter(|table| after[*table] != before[*table]).collect();
        assert!(changed.is_empty(), "{path} changed {changed:?} and answered {status}");
        tried += 1;
    }
    rename("gone", "audit").await;
    // The same requests do change something when it is there: so the test could fail.
    let mut changing = Vec::new();
    for (path, body) in writes() {
        let before = everything(&other).await;
        actor.send(&fixture, path, body).await;
        let after = everything(&other).await;
        let changed: Vec<&String> =
            after.keys().filter(|table| !table.starts_with("audit") && after[*table] != before[*table]).collect();
        if !changed.is_empty() {
            assert!(after["audit"].len() > before["audit"].len(), "{path} changed {changed:?} without a row");
            changing.push(path);
        }
    }
    assert!(tried > 40 && changing.len() >= 8, "{tried} tried, changing: {changing:?}");
}
