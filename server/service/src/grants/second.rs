//! Rights that make an administrator, or reach over the whole city, wait until a second administrator agrees.

use domain::areas::CITY;
use domain::audit::Plain;
use domain::desk::{Duty, reach};
use domain::staff::{ProposalView, ProposalsView};
use uuid::Uuid;

use super::give::{checked, insert_checked, must_fit, place};
use super::{NewGrant, held, same_person, store};
use crate::audit::{Entry, audited};
use crate::desk::worker_view;
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker};
use crate::service::Service;
use crate::staff::prove_first;
use crate::vault::PROPOSAL_REASON;
use crate::words;

const PAGE: &str = "/desk/admin/proposals";
const REASON_MAX: usize = 200;

/// Whether one administrator alone may not give it.
pub(super) fn needs_second(new: &NewGrant) -> bool {
    // Also a department of the city reaches into every district.
    new.role.is_administrator() || new.scope.below && new.scope.at.split('-').next() == Some(CITY)
}

/// Keeps it for the second one.
///
/// # Errors
/// As [`super::give`]; [`Error::Refused`] without a reason.
pub async fn propose(
    service: &Service,
    visitor: &Visitor,
    worker: &str,
    new: NewGrant,
    reason: &str,
) -> Result<(), Error> {
    let (by, to) = checked(service, visitor, worker, &new).await?;
    let db = &service.db.read;
    must_fit(db, same_person(service, db, to.id).await?, new.role).await?;
    let reason = words::written(reason, REASON_MAX)
        .map_err(|_| Error::Refused("这样的权限要另一位管理员批准：请写明为什么，最多200个字。".to_owned()))?;
    let grant = serde_json::to_string(&new).map_err(|fault| Error::internal("a grant", fault))?;
    let id = Uuid::new_v4();
    let row = store::ProposalRow {
        id,
        worker_id: to.id,
        grant,
        reason: service.vault.seal(PROPOSAL_REASON.of(id), &reason)?,
        by: by.id,
        made_at: service.clock.now(),
    };
    let row = &row;
    let entry = Entry::worker(by, Plain::ProposedRight).because(format!("{} {}", to.id, new.role.key()));
    audited!(service, entry, |tx| { store::proposal_insert(tx, row.clone()).await })
}

/// Who may say yes or no: administrators who keep accounts or rights.
fn second(visitor: &Visitor) -> Result<&Worker, Error> {
    let worker = visitor.worker()?;
    worker.must(Duty::Rights).or_else(|_| worker.must(Duty::Workers))?;
    Ok(worker)
}

/// What waits, the oldest first.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for who is no such administrator.
pub async fn proposals(service: &Service, visitor: &Visitor) -> Result<ProposalsView, Error> {
    let worker = second(visitor)?;
    let mut proposals = Vec::new();
    for row in store::proposals(&service.db.read).await? {
        let new = read(&row)?;
        let Some(to) = store::worker_fetch(&service.db.read, row.worker_id).await? else { continue };
        let names = store::names_of(&service.db.read, vec![row.by]).await?;
        proposals.push(ProposalView {
            id: row.id.to_string(),
            name: to.name,
            login: to.login,
            role: new.role,
            place: place(service, &new.scope.at, new.scope.below),
            reason: service.vault.open(PROPOSAL_REASON.of(row.id), &row.reason)?,
            by: names.into_iter().next().map(|(_, name)| name).unwrap_or_default(),
            at: words::time(row.made_at),
            may_approve: why_not(service, worker, &row, &new).await?.is_none(),
        });
    }
    Ok(ProposalsView { worker: worker_view(service, worker), proposals })
}

fn read(row: &store::ProposalRow) -> Result<NewGrant, Error> {
    serde_json::from_str(&row.grant).map_err(|fault| Error::internal("a grant", fault))
}

/// Why somebody may not be the second: neither who asked for it nor who would get it, under whatever account; and who
/// asked for it must still be one who could.
async fn why_not(
    service: &Service,
    worker: &Worker,
    row: &store::ProposalRow,
    new: &NewGrant,
) -> Result<Option<&'static str>, Error> {
    let db = &service.db.read;
    let mut both = same_person(service, db, row.by).await?;
    both.extend(same_person(service, db, row.worker_id).await?);
    if both.contains(&worker.id) {
        return Ok(Some("自己提出的，或者给自己的权限，要由另一位管理员批准。"));
    }
    if ![Duty::Rights, Duty::Workers].iter().any(|duty| worker.reaches_all(*duty, &new.scope)) {
        return Ok(Some("这个地方不归您管，请找负责那里的管理员批准。"));
    }
    let proposer = store::worker_fetch(db, row.by).await?.filter(|proposer| proposer.active);
    let (grants, _) = match &proposer {
        Some(proposer) => held(service, proposer.id, &proposer.office).await?,
        None => Default::default(),
    };
    let may = reach(&grants, Duty::Rights).iter().any(|scope| scope.contains(&new.scope));
    Ok((!may).then_some("提出的人现在已经没有这个权力了。请不同意，再由别人重新提出。"))
}

/// The second administrator agrees: it is given.
///
/// # Errors
/// As [`proposals`]; [`Error::Refused`] for who may not be the second, and for what cannot be given any more.
pub async fn approve(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let worker = second(visitor)?;
    if let Some(first) = prove_first(service, worker, PAGE).await? {
        return Ok(first);
    }
    let row = find(service, id).await?;
    let new = read(&row)?;
    if let Some(why) = why_not(service, worker, &row, &new).await? {
        return Err(Error::Refused(why.to_owned()));
    }
    let entry = Entry::worker(worker, Plain::ApprovedRight).because(format!("{} {}", row.worker_id, new.role.key()));
    audited!(service, entry, |tx| {
        if !store::proposal_end(tx, row.id).await? {
            return Err(Error::NotFound);
        }
        insert_checked(service, tx, row.worker_id, &new, Some(row.by)).await
    })?;
    Ok(Moved::to(PAGE))
}

/// It is not given.
///
/// # Errors
/// As [`proposals`].
pub async fn drop_proposal(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let worker = second(visitor)?;
    let row = find(service, id).await?;
    let entry = Entry::worker(worker, Plain::DroppedProposal).because(row.worker_id.to_string());
    audited!(service, entry, |tx| {
        match store::proposal_end(tx, row.id).await? {
            true => Ok(()),
            false => Err(Error::NotFound),
        }
    })?;
    Ok(Moved::to(PAGE))
}

async fn find(service: &Service, id: &str) -> Result<store::ProposalRow, Error> {
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    store::proposal(&service.db.read, id).await?.ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use domain::desk::{Role, Scope};

    use super::*;

    #[test]
    fn administrators_and_the_whole_city_need_two() {
        for role in Role::ALL {
            let city = NewGrant::new(role, Scope::below(CITY));
            let bureau = NewGrant::new(role, Scope::below(format!("{CITY}-MZ")));
            let office = NewGrant::new(role, Scope::office("210103-MZ"));
            assert!(needs_second(&bureau), "{role:?}");
            assert!(needs_second(&city), "{role:?}");
            assert_eq!(needs_second(&office), role.is_administrator(), "{role:?}");
        }
    }
}
