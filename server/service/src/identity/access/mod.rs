//! What a visitor may open: by the browser's session what was begun or opened in it, by the account what belongs to the
//! resident, from every device.

mod store;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use super::Visitor;
use crate::error::Error;
use crate::service::Service;

pub(super) use store::move_access;
pub(crate) use store::{
    BEGAN, CLAIMED, JOINED, MANDATE, access_of, hold, holdings, move_holdings, pass_on, shut_draft,
};

/// Lets a session open a draft or a case.
pub(crate) async fn grant(
    tx: &DatabaseTransaction,
    session: &str,
    kind: &'static str,
    subject: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    store::access_insert(tx, session, kind, subject, now).await
}

/// The same for what a visitor begins: of a resident who signed in, it belongs to the account.
pub(crate) async fn grant_own(
    tx: &DatabaseTransaction,
    session: &str,
    visitor: &Visitor,
    (kind, subject): (&'static str, Uuid),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    grant(tx, session, kind, subject, now).await?;
    match &visitor.resident {
        Some(resident) => hold(tx, resident.id, (kind, subject), BEGAN, now).await,
        None => Ok(()),
    }
}

/// Whether the visitor may open a draft or a case.
pub(crate) async fn may_open(
    service: &Service,
    visitor: &Visitor,
    kind: &'static str,
    subject: Uuid,
) -> Result<bool, Error> {
    let db = &service.db.read;
    let by_account = match &visitor.resident {
        Some(resident) => store::held(db, resident.id, kind, subject).await?,
        None => false,
    };
    let open = match session_for(visitor, kind) {
        Some(session) if !by_account => store::access_exists(db, session, kind, subject).await?,
        _ => by_account,
    };
    // Asked on every request: a mandate that was taken back opens nothing any more.
    Ok(open && crate::mandates::barred(service, visitor, kind, &[subject]).await?.is_empty())
}

/// The stored hashes of the browsers in which a resident is signed in.
pub(crate) async fn session_hashes(service: &Service, resident: Uuid) -> Result<Vec<String>, Error> {
    store::session_hashes(&service.db.read, resident).await
}

/// What an account holds of a kind, the latest first, with how it came to it.
pub(crate) async fn held_of_kind(
    db: &impl ConnectionTrait,
    resident: Uuid,
    kind: &str,
    limit: u64,
) -> Result<Vec<(Uuid, String)>, Error> {
    let held = store::holdings_of_kind(db, resident, kind, limit).await?;
    Ok(held.into_iter().map(|row| (row.subject, row.origin)).collect())
}

/// What of a kind [`may_open`] lets the visitor open, the latest first.
pub(crate) async fn subjects(
    service: &Service,
    visitor: &Visitor,
    kind: &'static str,
    limit: u64,
) -> Result<Vec<Uuid>, Error> {
    let db = &service.db.read;
    let mut found = match session_for(visitor, kind) {
        Some(session) => store::accesses(db, session, kind, limit).await?,
        None => Vec::new(),
    };
    if let Some(resident) = &visitor.resident {
        let held = store::holdings_of_kind(db, resident.id, kind, limit).await?;
        found.extend(held.into_iter().map(|row| (row.subject, row.created_at)));
    }
    found.sort_by_key(|(subject, at)| (std::cmp::Reverse(*at), *subject));
    let mut ids = Vec::new();
    for (subject, _) in found {
        if !ids.contains(&subject) {
            ids.push(subject);
        }
    }
    let barred = crate::mandates::barred(service, visitor, kind, &ids).await?;
    ids.retain(|id| !barred.contains(id));
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(ids)
}

/// Where a resident signed in too long ago, a browser opens its drafts alone.
fn session_for<'v>(visitor: &'v Visitor, kind: &str) -> Option<&'v str> {
    visitor.session.as_deref().filter(|_| !visitor.lapsed || kind == "draft")
}
