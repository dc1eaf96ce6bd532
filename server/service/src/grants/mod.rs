//! What workers are given: roles, where, for which items and how long. Given and taken back by the security
//! administrator (安全管理员) alone, and never to oneself.

mod contracts;
mod give;
mod second;
mod store;
mod typed;

use chrono::NaiveDate;
use domain::catalogue::is_organisation;
use domain::desk::{Grant, Items, Role, Scope, Tie, in_force};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Error;
use crate::recusal::declared;
use crate::service::Service;
use crate::vault::Purpose;

pub use contracts::{contracts, end_contract, make_contract, rename_organisation};
pub(crate) use give::plant;
pub use give::{give, list, revoke};
use second::needs_second;
pub use second::{approve, drop_proposal, proposals, propose};
pub(crate) use store::touch;
pub use typed::{give_typed, revoke_from_page};

/// What is to be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGrant {
    pub role: Role,
    pub scope: Scope,
    pub items: Items,
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

impl NewGrant {
    /// For all items and without end.
    pub fn new(role: Role, scope: Scope) -> Self {
        Self { role, scope, items: Items::All, from: None, until: None }
    }
}

/// What an organisation is contracted for: items and areas, from a day to a day.
pub(crate) async fn contract(
    tx: &DatabaseTransaction,
    office: &str,
    what: (&[String], &[String]),
    when: (NaiveDate, NaiveDate),
) -> Result<(), Error> {
    store::contract_insert(tx, office, what, when).await
}

/// What of a worker's is in force now: grants, and keyed hashes of the people whose cases the worker leaves to
/// colleagues.
pub(crate) async fn held(
    service: &Service,
    worker: Uuid,
    office: &str,
) -> Result<(Vec<Grant>, Vec<(String, Tie)>), Error> {
    let db = &service.db.read;
    let rows = store::held_by(db, vec![worker]).await?;
    let grants: Vec<Grant> = rows.iter().filter_map(store::grant_of).collect();
    let contracts = match is_organisation(office) {
        true => Some(store::contracts_of(db, office).await?),
        false => None,
    };
    let mut ties = Vec::new();
    for row in store::ties_of(db, worker).await? {
        let tie = if row.kind == store::OWN { Tie::Own } else { Tie::Relative };
        ties.push((declared(service, row.id, &row.shown)?.hash, tie));
    }
    Ok((in_force(&grants, contracts.as_deref(), service.today()), ties))
}

/// All accounts of the same person, by the identity number that was declared in each.
async fn same_person(service: &Service, db: &impl ConnectionTrait, worker: Uuid) -> Result<Vec<Uuid>, Error> {
    let mut workers = vec![worker];
    for row in store::ties_of(db, worker).await?.into_iter().filter(|row| row.kind == store::OWN) {
        let hash = declared(service, row.id, &row.shown)?.hash;
        workers.extend(store::owners(db, service.vault.blinds(Purpose::Declared, &hash)?).await?);
    }
    workers.sort();
    workers.dedup();
    Ok(workers)
}
