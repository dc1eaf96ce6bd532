//! What a form of one's own pages has to say, on its page alone: one session has several of them.

use domain::cases::Flash;

use crate::desk::ABOUT;
use crate::error::Error;
use crate::identity::{Moved, Visitor, flash, session_of, set_flash};
use crate::service::Service;

/// Keeps what is to be said for the page of this path, and goes there.
pub(crate) async fn said(
    service: &Service,
    visitor: &Visitor,
    mut flash: Flash,
    path: impl Into<String>,
) -> Result<Moved, Error> {
    let path = path.into();
    flash.entries.set(ABOUT, plain(&path));
    let (session, new_session) = session_of(service, visitor).await?;
    set_flash(service, &session, &flash).await?;
    Ok(Moved::with(path, new_session))
}

/// A sentence after which all is well.
pub(crate) fn good(message: impl Into<String>) -> Flash {
    Flash { message: message.into(), good: true, ..Flash::default() }
}

/// What there is to say on the page of this path.
pub(crate) async fn told(service: &Service, visitor: &Visitor, path: &str) -> Result<Flash, Error> {
    let found = flash(service, visitor).await?;
    Ok(if found.entries.get(ABOUT) == path { found } else { Flash::default() })
}

fn plain(path: &str) -> &str {
    path.split('?').next().unwrap_or(path)
}
