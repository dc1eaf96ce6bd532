//! Giving, taking back, and what was given.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::areas;
use domain::audit::Plain;
use domain::catalogue::is_organisation;
use domain::desk::{Duty, GrantView, Items, Role, compatible, reach};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use super::{NewGrant, same_person, store};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Visitor, Worker};
use crate::service::Service;
use crate::words;

/// Gives a worker a right.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for who may not give rights, or a worker who is not there;
/// [`Error::Refused`] in plain words for what may not be given.
pub async fn give(service: &Service, visitor: &Visitor, worker: &str, new: NewGrant) -> Result<(), Error> {
    let (by, to) = checked(service, visitor, worker, &new).await?;
    if super::needs_second(&new) {
        return Err(Error::Refused("这样的权限要另一位管理员批准，请先提出。".to_owned()));
    }
    let why = format!("{} {}{}", new.role.key(), new.scope.at, if new.scope.below { "+" } else { "" });
    let entry = Entry::worker(by, Plain::GaveRight).because(format!("{} {why}", to.id));
    audited!(service, entry, |tx| { insert_checked(service, tx, to.id, &new, Some(by.id)).await })
}

/// Takes a right back: it ends with the worker's next request.
///
/// # Errors
/// As [`give`]; [`Error::NotFound`] for a grant that is not there or was taken back already.
pub async fn revoke(service: &Service, visitor: &Visitor, worker: &str, grant: &str) -> Result<(), Error> {
    let (by, from) = both(service, visitor, worker).await?;
    let grant = Uuid::parse_str(grant).map_err(|_| Error::NotFound)?;
    let held = store::held_by(&service.db.read, vec![from.id]).await?;
    let held = held.iter().find(|row| row.id == grant).and_then(store::grant_of).ok_or(Error::NotFound)?;
    if !reach(&by.grants, Duty::Rights).iter().any(|scope| scope.contains(&held.scope)) {
        return Err(Error::NotFound);
    }
    let entry = Entry::worker(by, Plain::TookRight).because(format!("{} {grant}", from.id));
    audited!(service, entry, |tx| {
        store::touch(tx, &[from.id]).await?;
        match store::revoke(tx, from.id, grant, by.id, service.clock.now()).await? {
            true => Ok(()),
            false => Err(Error::NotFound),
        }
    })
}

/// What a worker was given, the last first, also what was taken back.
///
/// # Errors
/// As [`give`].
pub async fn list(service: &Service, visitor: &Visitor, worker: &str) -> Result<Vec<GrantView>, Error> {
    let giver = visitor.worker()?;
    giver.must(Duty::Rights)?;
    let worker = Uuid::parse_str(worker).map_err(|_| Error::NotFound)?;
    let rows = store::all_of(&service.db.read, worker).await?;
    let names = store::names_of(&service.db.read, rows.iter().filter_map(|row| row.given_by).collect()).await?;
    let view = |row: &store::GrantRow| {
        let grant = store::grant_of(row)?;
        let by = row.given_by.and_then(|id| names.iter().find(|(known, _)| *known == id));
        Some(GrantView {
            id: row.id.to_string(),
            role: grant.role,
            place: place(service, &grant.scope.at, grant.scope.below),
            items: match &grant.items {
                Items::All => Vec::new(),
                Items::Listed(codes) => codes.iter().cloned().collect(),
            },
            from: grant.from,
            until: grant.until,
            given: words::time(row.given_at),
            given_by: by.map(|(_, name)| name.clone()).unwrap_or_default(),
            ended: row.revoked_at.map(words::time).unwrap_or_default(),
            in_force: row.revoked_at.is_none() && grant.holds_on(service.today()),
        })
    };
    Ok(rows.iter().filter_map(view).collect())
}

/// Gives without asking who gives: for the first administrator and the demo city, whose accounts are new. Who has
/// declared nothing yet is known as one person with no other account.
pub(crate) async fn plant(
    tx: &DatabaseTransaction,
    worker: Uuid,
    new: &NewGrant,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    insert_fitting(tx, vec![worker], worker, new, None, now).await
}

/// Who gives, and to whom, when it may be given so.
pub(super) async fn checked<'a>(
    service: &Service,
    visitor: &'a Visitor,
    worker: &str,
    new: &NewGrant,
) -> Result<(&'a Worker, store::WorkerRow), Error> {
    let (by, to) = both(service, visitor, worker).await?;
    match refused_place(service, by, &to, new).or_else(|| refused_terms(service, new)) {
        Some(why) => Err(Error::Refused(why)),
        None => Ok((by, to)),
    }
}

/// Who gives, and to whom: never to oneself.
async fn both<'a>(
    service: &Service,
    visitor: &'a Visitor,
    worker: &str,
) -> Result<(&'a Worker, store::WorkerRow), Error> {
    let by = visitor.worker()?;
    by.must(Duty::Rights)?;
    let id = Uuid::parse_str(worker).map_err(|_| Error::NotFound)?;
    let row = store::worker_fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    if row.id == by.id {
        return Err(Error::Refused("自己的权限要由另一位安全管理员来改。".to_owned()));
    }
    Ok((by, row))
}

/// Why it may not be given there.
fn refused_place(service: &Service, by: &Worker, to: &store::WorkerRow, new: &NewGrant) -> Option<String> {
    let at = &new.scope.at;
    if service.areas.office(at).is_none() && !service.areas.exists(at) {
        return Some("没有这个机构或地区，请从列表里选。".to_owned());
    }
    if !reach(&by.grants, Duty::Rights).iter().any(|scope| scope.contains(&new.scope)) {
        return Some("这个地方不归您管，请找负责那里的安全管理员。".to_owned());
    }
    if is_organisation(&to.office) && (new.role != Role::Window || *at != to.office || new.scope.below) {
        return Some("承接组织的人员只能在本组织当窗口人员。".to_owned());
    }
    let foreign = is_organisation(at) && *at != to.office;
    foreign.then(|| "承接组织的窗口只能由本组织的人员来办。".to_owned())
}

/// Why it may not be given so.
fn refused_terms(service: &Service, new: &NewGrant) -> Option<String> {
    if new.from.zip(new.until).is_some_and(|(from, until)| until < from) {
        return Some("结束的日子在开始之前，请检查。".to_owned());
    }
    if new.until.is_some_and(|until| until < service.today()) {
        return Some("结束的日子已经过了，请检查。".to_owned());
    }
    let Items::Listed(codes) = &new.items else { return None };
    if codes.is_empty() || codes.iter().any(|code| service.catalogue.latest(code).is_none()) {
        return Some("有不认识的事项编码，请检查。".to_owned());
    }
    new.role.is_administrator().then(|| "管理员的权限不分事项。".to_owned())
}

pub(super) async fn insert_checked(
    service: &Service,
    tx: &DatabaseTransaction,
    worker: Uuid,
    new: &NewGrant,
    by: Option<Uuid>,
) -> Result<(), Error> {
    let person = same_person(service, tx, worker).await?;
    insert_fitting(tx, person, worker, new, by, service.clock.now()).await
}

/// `person`: all accounts of whoever it is.
async fn insert_fitting(
    tx: &DatabaseTransaction,
    person: Vec<Uuid>,
    worker: Uuid,
    new: &NewGrant,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    store::touch(tx, &person).await?;
    must_fit(tx, person, new.role).await?;
    store::insert(tx, worker, new, by, now).await
}

/// A person may be this beside what the person is already.
pub(super) async fn must_fit(db: &impl ConnectionTrait, person: Vec<Uuid>, role: Role) -> Result<(), Error> {
    let held = store::held_by(db, person).await?;
    let mut roles: BTreeSet<Role> = held.iter().filter_map(|row| Role::from_key(&row.role)).collect();
    roles.insert(role);
    if compatible(&roles) {
        return Ok(());
    }
    let held = roles.iter().filter(|held| **held != role).map(|held| held.name()).collect::<Vec<_>>().join("、");
    Err(Error::Refused(format!(
        "一个人不能同时是{}和{held}。三种管理员互相监督，也不能办件；请先收回原来的权限。",
        role.name()
    )))
}

/// `沈河区民政局及以下`
pub(super) fn place(service: &Service, at: &str, below: bool) -> String {
    let name = if areas::level(at).is_some() && service.areas.office(at).is_none() {
        service.areas.full_name(at)
    } else {
        service.areas.office_name(at)
    };
    if below { format!("{name}及以下") } else { name }
}
