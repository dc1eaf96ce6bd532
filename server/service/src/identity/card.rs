//! The identity card that was laid on a kiosk's reader, in the session that it began, and gone with it.
//!
//! It is the least of all proofs: that somebody holds the card. So it opens nothing, neither an account nor a case, and
//! only what is printed on it is filled in. Who wants to see what was filed before has to have the phone, too.

use domain::audit::Plain;
use domain::forms::Card;

use super::sessions::{Moved, Visitor, session_of};
use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;
use crate::vault::SESSION_CARD;

/// Takes a card that was read at a kiosk, for the forms that are begun from now on.
///
/// # Errors
/// [`Error::NotFound`] for a browser that is no kiosk's, [`Error::Refused`] for what cannot be a card.
pub async fn lay_card(
    service: &Service,
    visitor: &Visitor,
    (name, id_number, address): (&str, &str, &str),
) -> Result<Moved, Error> {
    visitor.kiosk()?;
    let card = Card::read(name, id_number, address, service.today())
        .ok_or_else(|| Error::Refused("这张卡上的姓名或者号码读得不对，请再放一次，或者自己填。".to_owned()))?;
    let (session, new_session) = session_of(service, visitor).await?;
    let sealed = service.vault.write(SESSION_CARD.of(&session), &card)?;
    audited!(service, Entry::session(&session, Plain::LaidCard), |tx| {
        store::session_set_card(tx, &session, sealed.clone()).await
    })?;
    Ok(Moved::with("/kiosk?card=1", new_session))
}

/// The card that lies in the visitor's session.
pub(crate) async fn card_of(service: &Service, visitor: &Visitor) -> Result<Option<Card>, Error> {
    let (Some(session), Some(_)) = (&visitor.session, &visitor.kiosk) else { return Ok(None) };
    let row = store::session_fetch(&service.db.read, session).await?;
    let Some(sealed) = row.and_then(|row| row.card) else { return Ok(None) };
    service.vault.read(SESSION_CARD.of(session), &sealed).map(Some)
}
