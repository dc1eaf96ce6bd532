//! The end of somebody's time at a kiosk: by the button, or because nobody is there any more.

use chrono::Duration;
use domain::audit::Plain;
use domain::kiosk::IDLE_SECONDS;
use uuid::Uuid;

use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::forms::store::{draft_delete, draft_lock};
use crate::identity::{Moved, Visitor};
use crate::service::Service;

/// So many at a time: the next run goes on.
const AT_ONCE: u64 = 200;

/// Ends what is under way at a kiosk and deletes what nobody took along.
///
/// # Errors
/// [`Error::NotFound`] for a browser that is no kiosk's.
pub async fn leave(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    let kiosk = visitor.kiosk()?;
    if let Some(session) = &visitor.session {
        end(service, session, Entry::kiosk(kiosk.id, &kiosk.office, Plain::LeftKiosk)).await?;
    }
    Ok(Moved::to("/kiosk?left=1"))
}

/// The same for a session at a kiosk that has ended by itself.
pub(crate) async fn clear(service: &Service, session: &str) -> Result<(), Error> {
    end(service, session, Entry::system(Plain::ClearedKiosk)).await
}

async fn end(service: &Service, session: &str, entry: Entry) -> Result<(), Error> {
    let unused: Vec<Uuid> = audited!(service, entry, |tx| {
        let mut unused = Vec::new();
        for id in store::drafts_of(tx, session).await? {
            // Submitted, or taken along, by somebody who was quicker: locked, it is what it stays.
            let Some(row) = draft_lock(tx, id).await? else { continue };
            if store::is_begun_here(&row) && !store::is_of_others(tx, id, session).await? {
                unused.extend(draft_delete(tx, id).await?);
            }
        }
        store::session_delete(tx, session).await?;
        Ok(unused)
    })?;
    remove(service, unused).await
}

/// Clears kiosks where nobody is any more, also those that are switched off, and deletes codes that are over. Returns how
/// many sessions and drafts there were.
///
/// # Errors
/// When the database or the store of files does not answer; the next run goes on.
pub async fn forget(service: &Service) -> Result<usize, Error> {
    let now = service.clock.now();
    let idle = now - Duration::seconds(IDLE_SECONDS);
    let sessions = store::sessions_idle(&service.db.read, idle, AT_ONCE).await?;
    for session in &sessions {
        clear(service, session).await?;
    }
    // Of sessions that ended in another way: signed out from elsewhere, or deleted with their account.
    let drafts = store::drafts_left(&service.db.read, idle, AT_ONCE).await?;
    for id in &drafts {
        let unused: Vec<Uuid> = audited!(service, Entry::system(Plain::ClearedKiosk).draft(*id), |tx| {
            match draft_lock(tx, *id).await? {
                Some(row) if store::is_begun_here(&row) && !store::is_of_others(tx, *id, "").await? => {
                    draft_delete(tx, *id).await
                }
                _ => Ok(Vec::new()),
            }
        })?;
        remove(service, unused).await?;
    }
    if store::codes_over(&service.db.read, now).await? > 0 {
        audited!(service, Entry::system(Plain::ClearedKiosk), |tx| { store::codes_delete(tx, now).await })?;
    }
    Ok(sessions.len() + drafts.len())
}

async fn remove(service: &Service, blobs: Vec<Uuid>) -> Result<(), Error> {
    for blob in blobs {
        service.blobs.delete(blob).await?;
    }
    Ok(())
}
