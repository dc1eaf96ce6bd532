//! Sessions: a random token in a cookie, of which only a hash is stored.
//!
//! A resident needs no account: the browser that began a draft may open it and the case that came of it. A worker's
//! session belongs to a worker.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::desk::Role;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{keys, store};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;

/// A browser may carry on for so long after its last visit.
const RESIDENT_IDLE_DAYS: i64 = 14;
const WORKER_IDLE_MINUTES: i64 = 15;
pub(crate) const WORKER_LONGEST_HOURS: i64 = 10;

/// Who asks. A stranger is one too: without session and worker.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The stored hash of the resident's session.
    pub session: Option<String>,
    pub worker: Option<Worker>,
    /// A worker whose password was right and who has yet to prove the second factor: it opens nothing.
    pub pending: Option<Pending>,
    pub address: IpAddr,
}

/// A sign-in under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub worker: Uuid,
    /// The stored hash of its token.
    pub token_hash: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    pub id: Uuid,
    pub name: String,
    pub office: String,
    pub roles: Vec<Role>,
    /// The stored hash of the worker's session.
    pub session: String,
}

/// What a write answers: where to go, and the token of a session that was made for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub location: String,
    /// To be set as the resident's cookie.
    pub new_session: Option<String>,
}

impl Moved {
    pub(crate) fn to(location: impl Into<String>) -> Self {
        Self { location: location.into(), new_session: None }
    }

    pub(crate) fn with(location: impl Into<String>, new_session: Option<String>) -> Self {
        Self { location: location.into(), new_session }
    }
}

impl Visitor {
    /// Nobody in particular.
    pub fn stranger(address: IpAddr) -> Self {
        Self { session: None, worker: None, pending: None, address }
    }

    /// The worker, or the answer to who is none.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`]
    pub fn worker(&self) -> Result<&Worker, Error> {
        self.worker.as_ref().ok_or(Error::Unauthenticated)
    }
}

impl Service {
    /// Finds out who asks by the tokens of the two cookies. A token that is unknown or too old counts as none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn visitor(
        &self,
        resident_token: Option<&str>,
        desk_token: Option<&str>,
        address: IpAddr,
    ) -> Result<Visitor, Error> {
        let now = self.clock.now();
        let mut visitor = Visitor::stranger(address);
        if let Some(token) = resident_token {
            let hash = keys::token_hash(token);
            if let Some(session) = store::session_fetch(&self.db.read, &hash).await?
                && session.worker_id.is_none()
                && session.expires_at > now
            {
                // One write a day is enough to keep a session alive.
                if now - session.seen_at > Duration::days(1) {
                    let expires = now + Duration::days(RESIDENT_IDLE_DAYS);
                    audited!(self, Entry::session(&hash, Plain::KeptSession), |tx| {
                        store::session_touch(tx, &hash, now, expires).await
                    })?;
                }
                visitor.session = Some(hash);
            }
        }
        if let Some(token) = desk_token {
            visitor.worker = self.worker_of(token, now).await?;
            if visitor.worker.is_none() {
                visitor.pending = self.pending_of(token, now).await?;
            }
        }
        Ok(visitor)
    }

    async fn worker_of(&self, token: &str, now: DateTime<Utc>) -> Result<Option<Worker>, Error> {
        let hash = keys::token_hash(token);
        let Some(session) = store::session_fetch(&self.db.read, &hash).await? else { return Ok(None) };
        let idle = now - session.seen_at;
        if session.expires_at <= now || idle > Duration::minutes(WORKER_IDLE_MINUTES) {
            return Ok(None);
        }
        let Some(id) = session.worker_id else { return Ok(None) };
        let Some(worker) = store::worker_fetch(&self.db.read, id).await?.filter(|worker| worker.active) else {
            return Ok(None);
        };
        let worker = worker_of_row(worker, hash.clone());
        if idle > Duration::minutes(1) {
            audited!(self, Entry::worker(&worker, Plain::KeptSession), |tx| {
                store::session_touch(tx, &hash, now, session.expires_at).await
            })?;
        }
        Ok(Some(worker))
    }

    async fn pending_of(&self, token: &str, now: DateTime<Utc>) -> Result<Option<Pending>, Error> {
        let token_hash = keys::token_hash(token);
        let found = store::sign_in_fetch(&self.db.read, &token_hash).await?.filter(|row| row.expires_at > now);
        Ok(found.map(|row| Pending { worker: row.worker_id, token_hash }))
    }
}

/// A worker's session.
pub(crate) async fn begin_worker_session(
    tx: &DatabaseTransaction,
    hash: &str,
    worker: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(), Error> {
    store::session_insert(tx, hash, Some(worker), now, until).await
}

pub(crate) async fn end_worker_session(tx: &DatabaseTransaction, hash: &str) -> Result<(), Error> {
    store::session_delete(tx, hash).await
}

/// Ends all sessions of a worker, everywhere.
pub(crate) async fn end_worker_sessions(tx: &DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    store::sessions_delete(tx, worker).await
}

fn worker_of_row(row: store::WorkerRow, session: String) -> Worker {
    let roles = row.roles.split(',').filter_map(Role::from_key).collect();
    Worker { id: row.id, name: row.name, office: row.office, roles, session }
}

/// The visitor's session, made if there is none yet. The second value is then the token for the cookie.
pub(crate) async fn session_of(service: &Service, visitor: &Visitor) -> Result<(String, Option<String>), Error> {
    if let Some(hash) = &visitor.session {
        return Ok((hash.clone(), None));
    }
    let token = keys::new_token()?;
    let hash = keys::token_hash(&token);
    let now = service.clock.now();
    let expires = now + Duration::days(RESIDENT_IDLE_DAYS);
    audited!(service, Entry::session(&hash, Plain::BeganSession), |tx| {
        store::session_insert(tx, &hash, None, now, expires).await
    })?;
    Ok((hash, Some(token)))
}

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

/// Whether the visitor's session may open a draft or a case.
pub(crate) async fn may_open(
    service: &Service,
    visitor: &Visitor,
    kind: &'static str,
    subject: Uuid,
) -> Result<bool, Error> {
    match &visitor.session {
        Some(session) => store::access_exists(&service.db.read, session, kind, subject).await,
        None => Ok(false),
    }
}

/// Keeps what a form has to say until the page is shown: never in an address.
pub(crate) async fn set_flash(service: &Service, session: &str, flash: &Flash) -> Result<(), Error> {
    let text = serde_json::to_string(flash).map_err(|error| Error::internal("a flash", error))?;
    audited!(service, Entry::session(session, Plain::Said), |tx| {
        store::session_set_flash(tx, session, Some(text.clone())).await
    })
}

/// What the last form of this visitor said.
///
/// # Errors
/// When the database does not answer.
pub async fn flash(service: &Service, visitor: &Visitor) -> Result<Flash, Error> {
    let Some(session) = &visitor.session else { return Ok(Flash::default()) };
    flash_of(service, session).await
}

/// What the last form of this session said. It stays until the next one says something.
pub(crate) async fn flash_of(service: &Service, session: &str) -> Result<Flash, Error> {
    let row = store::session_fetch(&service.db.read, session).await?;
    Ok(row.and_then(|row| row.flash).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}
