//! Residents who signed in: for how long, and what of it lapses first.
//!
//! On a device of one's own the browser stays known, but looking at personal data wants a new code now and then. On a
//! device that others use too, the session ends soon and whole.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use domain::audit::Plain;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::sessions::{RESIDENT_IDLE_DAYS, Visitor};
use super::store::{self, SessionRow};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;
use crate::vault::SESSION_FLASH;

/// A code proves for so long, on a device of one's own, who looks at personal data.
const PROOF_DAYS: i64 = 30;
/// A device of one's own is forgotten so long after its last visit.
const OWN_IDLE_DAYS: i64 = 60;
/// On a device that others use too.
const SHARED_IDLE_MINUTES: i64 = 30;
const SHARED_LONGEST_HOURS: i64 = 12;
/// Grave changes want a proof that is not older.
const FRESH_MINUTES: i64 = 30;

/// A resident who signed in and proved it lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resident {
    pub id: Uuid,
    /// Name and identity number are proven.
    pub real: bool,
    pub proven_at: DateTime<Utc>,
    /// On a device that others use too.
    pub shared: bool,
}

impl Resident {
    /// Proved so lately that grave changes may be made.
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        now - self.proven_at <= Duration::minutes(FRESH_MINUTES)
    }
}

/// When a new session of a resident ends, unless it is kept up.
pub(super) fn end(shared: bool, now: DateTime<Utc>) -> DateTime<Utc> {
    if shared { now + Duration::hours(SHARED_LONGEST_HOURS) } else { now + Duration::days(OWN_IDLE_DAYS) }
}

/// Whether a resident's session has ended by itself.
pub(crate) fn is_over(session: &SessionRow, now: DateTime<Utc>) -> bool {
    let idle = now - session.seen_at;
    session.expires_at <= now || (session.shared && idle > Duration::minutes(SHARED_IDLE_MINUTES))
}

/// Where a resident signs in.
#[derive(Clone, Debug)]
pub(crate) struct NewDevice {
    pub resident: Uuid,
    pub shared: bool,
    /// Kind of device and browser, in words.
    pub words: String,
    /// When it was proven who it is.
    pub proven_at: DateTime<Utc>,
    pub signed_in_at: DateTime<Utc>,
}

/// A fresh session takes the place of the one that asked, which ends: a token that was planted before a sign-in opens
/// nothing. What the browser could open goes along, unless that was another resident's.
pub(crate) async fn begin_session(
    service: &Service,
    tx: &DatabaseTransaction,
    visitor: &Visitor,
    hash: &str,
    device: &NewDevice,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let before = match &visitor.session {
        Some(session) => store::session_fetch(tx, session).await?,
        None => None,
    };
    let expires = if device.shared { end(true, device.signed_in_at) } else { end(false, now) };
    let place = domain::residents::place(visitor.address);
    store::session_insert(
        tx,
        store::NewSession { device: Some((device, place)), ..store::NewSession::of(hash, now, expires) },
    )
    .await?;
    let Some(before) = before else { return Ok(()) };
    if before.resident_id.is_none_or(|resident| resident == device.resident) {
        super::access::move_access(tx, &before.token_hash, hash).await?;
        if let Some(flash) = &before.flash {
            // Bound to the session that ends.
            let said = service.vault.open(SESSION_FLASH.of(&before.token_hash), flash)?;
            store::session_set_flash(tx, hash, service.vault.seal(SESSION_FLASH.of(hash), &said)?).await?;
        }
    }
    store::session_delete(tx, &before.token_hash).await
}

impl Service {
    /// Finds out what a browser's session still is. One that is unknown or too old counts as none.
    pub(super) async fn resume_resident(&self, visitor: &mut Visitor, hash: String) -> Result<(), Error> {
        let now = self.clock.now();
        let Some(session) = store::session_fetch(&self.db.read, &hash).await? else { return Ok(()) };
        if session.worker_id.is_some() || is_over(&session, now) {
            return Ok(());
        }
        let signed_in = match session.resident_id {
            Some(id) => store::resident_fetch(&self.db.read, id).await?.filter(|row| row.merged_into.is_none()),
            None => None,
        };
        if session.resident_id.is_some() && signed_in.is_none() {
            return Ok(());
        }
        if now - session.seen_at > keeps_for(&session) {
            self.keep_session(&session, visitor.address).await?;
        }
        let proven = session.proven_at.filter(|at| now - *at <= Duration::days(PROOF_DAYS));
        visitor.lapsed = signed_in.is_some() && proven.is_none();
        visitor.resident = signed_in.zip(proven).map(|(row, proven_at)| Resident {
            id: row.id,
            real: row.real_at.is_some(),
            proven_at,
            shared: session.shared,
        });
        visitor.session = Some(hash);
        Ok(())
    }

    async fn keep_session(&self, session: &SessionRow, address: IpAddr) -> Result<(), Error> {
        let now = self.clock.now();
        let hash = &session.token_hash;
        let expires = match (session.resident_id, session.shared) {
            (None, _) => now + Duration::days(RESIDENT_IDLE_DAYS),
            (Some(_), false) => end(false, now),
            (Some(_), true) => session.expires_at,
        };
        let place = session.resident_id.map(|_| domain::residents::place(address));
        audited!(self, Entry::session(hash, Plain::KeptSession), |tx| {
            store::session_touch(tx, hash, now, expires).await?;
            match &place {
                Some(place) => store::session_set_place(tx, hash, place).await,
                None => Ok(()),
            }
        })
    }
}

/// A write each time that a session is used would be many: so much is enough to keep it alive and tell when it was.
fn keeps_for(session: &SessionRow) -> Duration {
    match (session.resident_id, session.shared) {
        (None, _) => Duration::days(1),
        (Some(_), false) => Duration::hours(1),
        (Some(_), true) => Duration::minutes(1),
    }
}
