//! Workers to try the desk with. Their passwords and codes are no secrets: they are never seeded where others can come,
//! and with them no server starts there.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::areas::CITY;
use domain::desk::{Role, Scope};
use serde::Deserialize;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{data, store};
use crate::areas::AreaRegister;
use crate::db::{Db, transact};
use crate::error::Error;
use crate::grants::{NewGrant, plant};
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
    organisations: Vec<Organisation>,
}

/// An organisation under contract (承接组织).
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisation {
    pub code: String,
    pub name: String,
    pub items: Vec<String>,
    pub areas: Vec<String>,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

const FILE: &str = "demo_workers.toml";

/// Creates the workers of `demo_workers.toml` that are missing; those that exist stay as they are, with whatever
/// password they have. The base must have been seeded.
///
/// # Errors
/// When the file has faults or the database does not answer.
pub async fn seed_demo(db: &Db) -> Result<Vec<DemoWorker>, Error> {
    let file: File = toml::from_str(data::text(FILE)?).map_err(|fault| data::faulty(FILE, fault))?;
    transact!(db, |tx| {
        for one in &file.organisations {
            store::save_organisation(tx, one).await?;
        }
        Ok(())
    })?;
    let register = AreaRegister::load(db).await?;
    if let Some(entry) = file.workers.iter().find(|entry| register.office(&entry.office).is_none()) {
        return Err(data::faulty(FILE, format!("there is no office {}", entry.office)));
    }
    let known: HashSet<String> = store::logins(db).await?.into_iter().collect();
    let missing: Vec<Entry> = file.workers.iter().filter(|entry| !known.contains(&entry.login)).cloned().collect();
    let (rows, now) = (rows(missing).await?, SystemClock.now());
    transact!(db, |tx| {
        for (row, grants) in &rows {
            store::save_worker(tx, row).await?;
            for grant in grants {
                plant(tx, row.id, grant, now).await?;
            }
        }
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

async fn rows(entries: Vec<Entry>) -> Result<Vec<(store::WorkerRow, Vec<NewGrant>)>, Error> {
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
        let grants = entry.roles.iter().map(|role| NewGrant::new(*role, scope_of(*role, &entry.office))).collect();
        let row = store::WorkerRow {
            id: Uuid::now_v7(),
            login: entry.login,
            name: entry.name,
            office: entry.office,
            password_hash,
            active: true,
            demo: true,
            created_at: now,
            rights: 0,
        };
        rows.push((row, grants));
    }
    Ok(rows)
}

/// Of the office alone; a supervisor's also below it, an administrator's in the whole city.
fn scope_of(role: Role, office: &str) -> Scope {
    match role {
        Role::Supervisor => Scope::below(office),
        role if role.is_administrator() => Scope::below(CITY),
        _ => Scope::office(office),
    }
}
