//! What a visitor may open: by the browser's session what was begun or opened in it, by the account what belongs to the
//! resident, from every device.

mod store;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::Visitor;
use crate::error::Error;
use crate::service::Service;

pub(super) use store::move_access;
pub(crate) use store::{access_of, delete_draft, hold, holdings, move_holdings, pass_on};

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
        Some(resident) => hold(tx, resident.id, (kind, subject), "began", now).await,
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
    if let Some(resident) = &visitor.resident
        && store::held(db, resident.id, kind, subject).await?
    {
        return Ok(true);
    }
    match session_for(visitor, kind) {
        Some(session) => store::access_exists(db, session, kind, subject).await,
        None => Ok(false),
    }
}

/// What of a kind the visitor may open, the latest first.
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
        found.extend(store::holdings_of_kind(db, resident.id, kind, limit).await?);
    }
    found.sort_by_key(|(subject, at)| (std::cmp::Reverse(*at), *subject));
    let mut ids = Vec::new();
    for (subject, _) in found {
        if !ids.contains(&subject) {
            ids.push(subject);
        }
    }
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(ids)
}

/// Where a resident signed in too long ago, a browser opens its drafts alone.
fn session_for<'v>(visitor: &'v Visitor, kind: &str) -> Option<&'v str> {
    visitor.session.as_deref().filter(|_| !visitor.lapsed || kind == "draft")
}
