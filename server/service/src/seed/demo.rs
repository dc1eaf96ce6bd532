//! Workers to try the desk with. Their passwords and codes are no secrets: they are never seeded where others can come,
//! and with them no server starts there.

use std::collections::HashSet;

use domain::desk::Role;
use serde::Deserialize;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{data, store};
use crate::areas::AreaRegister;
use crate::db::{Db, transact};
use crate::error::Error;
use crate::identity::password;
use crate::ports::{Clock, SystemClock};

/// A worker, as printed at the start.
#[derive(Clone, Debug)]
pub struct DemoWorker {
    pub login: String,
    pub password: String,
    pub name: String,
    pub office_name: String,
    pub roles: Vec<Role>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    login: String,
    password: String,
    name: String,
    office: String,
    roles: Vec<Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    workers: Vec<Entry>,
}

const FILE: &str = "demo_workers.toml";

/// Creates the workers of `demo_workers.toml` that are missing; those that exist stay as they are, with whatever
/// password they have. The base must have been seeded.
///
/// # Errors
/// When the file has faults or the database does not answer.
pub async fn seed_demo(db: &Db) -> Result<Vec<DemoWorker>, Error> {
    let file: File = toml::from_str(data::text(FILE)?).map_err(|fault| data::faulty(FILE, fault))?;
    let register = AreaRegister::load(db).await?;
    if let Some(entry) = file.workers.iter().find(|entry| register.office(&entry.office).is_none()) {
        return Err(data::faulty(FILE, format!("there is no office {}", entry.office)));
    }
    let known: HashSet<String> = store::logins(db).await?.into_iter().collect();
    let missing: Vec<Entry> = file.workers.iter().filter(|entry| !known.contains(&entry.login)).cloned().collect();
    let (rows, now) = (rows(missing).await?, SystemClock.now());
    transact!(db, |tx| {
        store::save_workers(tx, &rows).await?;
        store::save_demo_factors(tx, now).await
    })?;
    let shown = |entry: Entry| DemoWorker {
        office_name: register.office_name(&entry.office),
        login: entry.login,
        password: entry.password,
        name: entry.name,
        roles: entry.roles,
    };
    Ok(file.workers.into_iter().map(shown).collect())
}

async fn rows(entries: Vec<Entry>) -> Result<Vec<store::WorkerRow>, Error> {
    let now = SystemClock.now();
    let mut hashing = JoinSet::new();
    for entry in entries {
        hashing.spawn(async move {
            let hash = password::hash(&entry.password).await?;
            Ok::<_, Error>((entry, hash))
        });
    }
    let mut rows = Vec::new();
    while let Some(hashed) = hashing.join_next().await {
        let (entry, password_hash) = hashed.map_err(|fault| Error::internal("hash a password", fault))??;
        let roles: Vec<&str> = entry.roles.iter().map(|role| role.key()).collect();
        rows.push(store::WorkerRow {
            id: Uuid::now_v7(),
            login: entry.login,
            name: entry.name,
            office: entry.office,
            password_hash,
            roles: roles.join(","),
            active: true,
            demo: true,
            created_at: now,
        });
    }
    Ok(rows)
}
