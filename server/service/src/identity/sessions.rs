//! Sessions: a random token in a cookie, of which only a hash is stored.
//!
//! A resident needs no account: the browser that began a draft may open it and the case that came of it. Who signs in
//! finds both on every device. A worker's session belongs to a worker.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::desk::{Duty, Grant, Role, Scope, Tie, has_duty, may_start, reach};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::resident::Resident;
use super::{keys, store};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;
use crate::vault::SESSION_FLASH;

/// A browser may carry on for so long after its last visit.
pub(super) const RESIDENT_IDLE_DAYS: i64 = 14;
const WORKER_IDLE_MINUTES: i64 = 15;
pub(crate) const WORKER_LONGEST_HOURS: i64 = 10;

/// Who asks. A stranger is one too: without session and worker.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The stored hash of the resident's session.
    pub session: Option<String>,
    pub worker: Option<Worker>,
    /// The resident who signed in and proved it lately.
    pub resident: Option<Resident>,
    /// A resident signed in here too long ago: the drafts of this browser stay open, cases want a new code.
    pub lapsed: bool,
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
    /// What was given and is in force now.
    pub grants: Vec<Grant>,
    /// The people whose cases are left to colleagues: blind indices of identity numbers.
    pub ties: Vec<(String, Tie)>,
    /// The stored hash of the worker's session.
    pub session: String,
}

/// What a write answers: where to go, and the token of a session that was made for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub location: String,
    /// To be set as the resident's cookie.
    pub new_session: Option<String>,
    /// The cookie is to go when the browser is closed.
    pub brief: bool,
}

impl Moved {
    pub(crate) fn to(location: impl Into<String>) -> Self {
        Self::with(location, None)
    }

    pub(crate) fn with(location: impl Into<String>, new_session: Option<String>) -> Self {
        Self { location: location.into(), new_session, brief: false }
    }
}

impl Worker {
    /// The roles of what is in force: for display and for what is offered; rights are a matter of the policy.
    pub fn roles(&self) -> Vec<Role> {
        let mut roles: Vec<Role> = self.grants.iter().map(|grant| grant.role).collect();
        roles.sort();
        roles.dedup();
        roles
    }

    /// An administrator with this duty; to others what belongs to it is not there.
    ///
    /// # Errors
    /// [`Error::NotFound`]
    pub fn must(&self, duty: Duty) -> Result<(), Error> {
        if has_duty(&self.grants, duty) { Ok(()) } else { Err(Error::NotFound) }
    }

    /// The same for what is of an office: it lies where the duty reaches.
    ///
    /// # Errors
    /// [`Error::NotFound`]
    pub fn must_at(&self, duty: Duty, office: &str) -> Result<(), Error> {
        if self.has_at(duty, office) { Ok(()) } else { Err(Error::NotFound) }
    }

    pub fn has_at(&self, duty: Duty, office: &str) -> bool {
        reach(&self.grants, duty).iter().any(|scope| scope.covers(office))
    }

    /// Whether the duty reaches all of a place.
    pub fn reaches_all(&self, duty: Duty, scope: &Scope) -> bool {
        reach(&self.grants, duty).iter().any(|own| own.contains(scope))
    }

    /// Whether applications may be taken in at the own window. `item`: a certain one.
    pub fn may_start(&self, item: Option<&str>) -> bool {
        may_start(&self.grants, &self.office, item)
    }
}

impl Visitor {
    /// Nobody in particular.
    pub fn stranger(address: IpAddr) -> Self {
        Self { session: None, worker: None, resident: None, lapsed: false, pending: None, address }
    }

    /// The resident, or the answer to who has not signed in.
    ///
    /// # Errors
    /// [`Error::SignIn`]
    pub fn resident(&self) -> Result<&Resident, Error> {
        self.resident.as_ref().ok_or(Error::SignIn)
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
            self.resume_resident(&mut visitor, keys::token_hash(token)).await?;
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
        let (grants, ties) = crate::grants::held(self, worker.id, &worker.office).await?;
        let worker = Worker { grants, ties, ..worker_of_row(worker, hash.clone()) };
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
    let new = store::NewSession { worker: Some(worker), ..store::NewSession::of(hash, now, until) };
    store::session_insert(tx, new).await
}

pub(crate) async fn end_worker_session(tx: &DatabaseTransaction, hash: &str) -> Result<(), Error> {
    store::session_delete(tx, hash).await
}

/// Ends all sessions of a worker, everywhere.
pub(crate) async fn end_worker_sessions(tx: &DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    store::sessions_delete(tx, worker).await
}

/// Without rights.
fn worker_of_row(row: store::WorkerRow, session: String) -> Worker {
    Worker { id: row.id, name: row.name, office: row.office, grants: Vec::new(), ties: Vec::new(), session }
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
        store::session_insert(tx, store::NewSession::of(&hash, now, expires)).await
    })?;
    Ok((hash, Some(token)))
}

/// Keeps what a form has to say until the page is shown: never in an address.
pub(crate) async fn set_flash(service: &Service, session: &str, flash: &Flash) -> Result<(), Error> {
    audited!(service, Entry::session(session, Plain::Said), |tx| { set_flash_with(service, tx, session, flash).await })
}

/// The same as a part of the deed that it speaks of.
pub(crate) async fn set_flash_with(
    service: &Service,
    tx: &DatabaseTransaction,
    session: &str,
    flash: &Flash,
) -> Result<(), Error> {
    store::session_set_flash(tx, session, service.vault.write(SESSION_FLASH.of(session), flash)?).await
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
    let Some(sealed) = row.and_then(|row| row.flash) else { return Ok(Flash::default()) };
    // One that an earlier version wrote may have another shape.
    Ok(serde_json::from_str(&service.vault.open(SESSION_FLASH.of(session), &sealed)?).unwrap_or_default())
}
