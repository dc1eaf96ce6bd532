//! The role that serves, on PostgreSQL: it can do all that the product does, and nothing to the audit but add to it.

use crate::acting::*;
use crate::common::{Engine, engines, open_service, service};
use sea_orm::{ConnectionTrait, Database};
use service::db::{Db, grant, migrate};

/// A role of this test alone, dropped with what it was given.
struct Role {
    name: String,
    url: String,
}

impl Role {
    async fn new(owner_url: &str) -> Self {
        let name = format!("tongban_serve_{}", uuid::Uuid::new_v4().simple());
        let owner = Database::connect(owner_url).await.expect("the owner");
        owner.execute_unprepared(&format!("CREATE ROLE {name} LOGIN PASSWORD 'x'")).await.expect("a role");
        let (scheme, rest) = owner_url.split_once("://").expect("a URL");
        let server = rest.rsplit_once('@').map_or(rest, |(_, server)| server);
        Self { url: format!("{scheme}://{name}:x@{server}"), name }
    }

    async fn drop_by(self, owner_url: &str) {
        let owner = Database::connect(owner_url).await.expect("the owner");
        let name = self.name;
        owner.execute_unprepared(&format!("DROP OWNED BY {name}; DROP ROLE {name}")).await.expect("dropped");
    }
}

const REFUSED: &[&str] = &[
    "UPDATE audit SET office = 'x'",
    "DELETE FROM audit",
    "TRUNCATE audit",
    "TRUNCATE audit, audit_head",
    "DROP TABLE audit",
    "DROP TRIGGER audit_no_update ON audit",
    "ALTER TABLE audit DISABLE TRIGGER ALL",
    "ALTER TABLE audit DISABLE TRIGGER audit_no_delete",
    "ALTER TABLE audit RENAME TO other",
    "ALTER TABLE audit OWNER TO CURRENT_USER",
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "CREATE RULE quiet AS ON INSERT TO audit DO INSTEAD NOTHING",
    "CREATE TRIGGER quiet BEFORE INSERT ON audit EXECUTE FUNCTION audit_refuse()",
    "INSERT INTO audit_head VALUES (99, 0, '', '')",
    "DELETE FROM audit_head",
    "DELETE FROM seaql_migrations",
    "CREATE TABLE mine (x int)",
    "DROP TABLE draft",
    "SET session_replication_role = 'replica'",
];

#[tokio::test]
async fn the_serving_role_adds_to_the_audit_and_no_more() {
    if !engines().contains(&Engine::Postgres) {
        eprintln!("SKIPPED: no PostgreSQL (TONGBAN_TEST_POSTGRES), and SQLite has no roles");
        return;
    }
    let (owner, clock, mut place) = service(Engine::Postgres).await;
    assert!(owner.db.owns_audit().await.expect("asked"), "a new database belongs to who made it");
    let owner_url = place.url.clone();
    let role = Role::new(&owner_url).await;
    for _ in 0..2 {
        migrate(&owner_url).await.expect("migrated");
        grant(&owner_url, &role.name).await.expect("given");
    }
    place.url.clone_from(&role.url);
    let serving = open_service(&place, &clock).await;
    assert!(!serving.db.owns_audit().await.expect("asked"));
    // A life from the first page to the desk, and what the clock does by itself.
    let (who, number) = submitted(&serving).await;
    let window = worker(&serving, "binhe-3").await;
    track(&serving, &who, &number).await;
    step(&serving, &window, &number, "receive", &[]).await.expect("received");
    service::upkeep(&serving).await.expect("kept up");
    service::cases::tick(&serving).await.expect("ticked");
    let found = service::audit::verify(&serving.db, Some(&serving.keys), Default::default()).await.expect("read");
    assert!(found.rows > 10 && found.faults.is_empty(), "{found:?}");
    let direct = Database::connect(&role.url).await.expect("the role");
    // Of a role that may give nothing away it is no error, and gives nothing.
    direct.execute_unprepared("GRANT ALL ON audit TO CURRENT_USER").await.expect("a warning");
    for sql in REFUSED {
        let fault = direct.execute_unprepared(sql).await.expect_err(sql).to_string();
        assert!(fault.contains("permission denied") || fault.contains("must be owner"), "{sql}: {fault}");
    }
    direct.close().await.expect("closed");
    serving.db.close().await.expect("closed");
    place.url.clone_from(&owner_url);
    role.drop_by(&owner_url).await;
}

#[tokio::test]
async fn who_owns_the_tables_cannot_be_the_serving_role() {
    if !engines().contains(&Engine::Postgres) {
        eprintln!("SKIPPED: no PostgreSQL (TONGBAN_TEST_POSTGRES)");
        return;
    }
    let (owner, _clock, place) = service(Engine::Postgres).await;
    let role = Role::new(&place.url).await;
    let db = Database::connect(&place.url).await.expect("the owner");
    db.execute_unprepared(&format!("ALTER TABLE audit OWNER TO {}", role.name)).await.expect("owned");
    let fault = grant(&place.url, &role.name).await.expect_err("it owns them");
    assert!(fault.to_string().contains("owns the tables"), "{fault}");
    let fault = grant(&place.url, "nobody\"; DROP TABLE audit; --").await.expect_err("it is not there");
    assert!(fault.to_string().contains("is not there"), "{fault}");
    assert!(Db::open(&role.url).await.expect("open").owns_audit().await.expect("asked"));
    db.execute_unprepared("ALTER TABLE audit OWNER TO CURRENT_USER").await.expect("owned");
    owner.db.close().await.expect("closed");
    role.drop_by(&place.url).await;
}
