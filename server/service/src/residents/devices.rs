//! Where a resident is signed in, and how that ends.

use domain::audit::Plain;
use domain::residents::{DeviceView, DevicesView};
use uuid::Uuid;

use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Visitor, is_over};
use crate::service::Service;
use crate::words;

/// Said after signing out.
const OUT: &str = "/sign-in?out=1";

/// The devices of the account, the last used first.
///
/// # Errors
/// [`Error::SignIn`]
pub async fn devices(service: &Service, visitor: &Visitor) -> Result<DevicesView, Error> {
    let resident = visitor.resident()?;
    let now = service.clock.now();
    let rows = store::sessions_of(&service.db.read, resident.id, now).await?;
    let rows = rows.into_iter().filter(|row| !is_over(row, now));
    let view = |row: store::SessionRow| DeviceView {
        id: row.device_id.unwrap_or_default().to_string(),
        here: visitor.session.as_deref() == Some(row.token_hash.as_str()),
        words: row.device,
        place: row.place,
        signed_in: row.signed_in_at.map(words::time).unwrap_or_default(),
        seen: words::time(row.seen_at),
        shared: row.shared,
    };
    Ok(DevicesView { list: rows.map(view).collect(), ..DevicesView::default() })
}

/// Ends the session of this browser, also of one that nobody signed in to, with all that it may open.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    if let Some(session) = &visitor.session {
        audited!(service, Entry::by_session(visitor, session, Plain::ResidentSignedOut), |tx| {
            store::session_delete(tx, session).await
        })?;
    }
    Ok(Moved::to(OUT))
}

/// Ends one session of the account. The second value: it was that of this browser.
///
/// # Errors
/// [`Error::SignIn`]; [`Error::NotFound`] for a device that is not the resident's.
pub async fn sign_out_device(service: &Service, visitor: &Visitor, device: &str) -> Result<(Moved, bool), Error> {
    let resident = visitor.resident()?;
    let device: Uuid = device.parse().map_err(|_| Error::NotFound)?;
    let rows = store::sessions_of(&service.db.read, resident.id, service.clock.now()).await?;
    let row = rows.iter().find(|row| row.device_id == Some(device)).ok_or(Error::NotFound)?;
    let here = visitor.session.as_deref() == Some(row.token_hash.as_str());
    audited!(service, Entry::resident(resident.id, Plain::DeviceSignedOut), |tx| {
        store::device_delete(tx, resident.id, device).await
    })?;
    Ok((Moved::to(if here { OUT } else { "/me/devices" }), here))
}

/// Ends every session of the account, also this one.
///
/// # Errors
/// [`Error::SignIn`]
pub async fn sign_out_everywhere(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    audited!(service, Entry::resident(resident.id, Plain::DeviceSignedOut), |tx| {
        store::sessions_delete(tx, resident.id).await
    })?;
    Ok(Moved::to(OUT))
}
