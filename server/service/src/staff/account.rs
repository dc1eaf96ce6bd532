//! A worker's own account: the devices, the password, and proving again who is there.

use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::Finding;
use domain::staff::{AccountView, DeviceView};
use uuid::Uuid;

use super::sign_in::{NewSession, begin};
use super::tries::{What, take};
use super::{Browser, Entered, is_fresh, passkey, passphrase, sign_out, store};
use crate::audit::{Entry, audited};
use crate::desk::worker_view;
use crate::error::Error;
use crate::identity::{
    Moved, Visitor, Worker, end_worker_session, end_worker_sessions, flash_of, new_token, password, set_flash,
};
use crate::service::Service;
use crate::words;

const PAGE: &str = "/desk/account";
/// Where the proof may lead on: pages of the desk.
const DESK: &str = "/desk/";

/// The page of the account.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session.
pub async fn account(service: &Service, visitor: &Visitor) -> Result<AccountView, Error> {
    let worker = visitor.worker()?;
    let row = store::worker(&service.db.read, worker.id).await?.ok_or(Error::Unauthenticated)?;
    let devices = store::devices(&service.db.read, worker.id, service.clock.now()).await?;
    let view = |(device, session): (store::DeviceRow, store::SessionRow)| DeviceView {
        id: device.id.to_string(),
        words: if device.words.is_empty() { "没有说明的设备".to_owned() } else { device.words },
        since: words::time(session.created_at),
        seen: words::time(session.seen_at),
        this: device.session_hash == worker.session,
    };
    Ok(AccountView {
        worker: worker_view(service, worker),
        login: row.login,
        devices: devices.into_iter().map(view).collect(),
        codes_left: store::codes_left(&service.db.read, worker.id).await?,
        passkeys: passkey::list(service, worker.id).await?,
        takes_passkeys: passkey::possible(service),
        flash: flash_of(service, &worker.session).await?,
    })
}

/// The worker who is signed in, for a page that shows nothing else.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session.
pub fn myself(service: &Service, visitor: &Visitor) -> Result<domain::cases::WorkerView, Error> {
    Ok(worker_view(service, visitor.worker()?))
}

/// Ends the session on another device, or this one.
///
/// # Errors
/// [`Error::NotFound`] when it is none of the worker's own.
pub async fn end_device(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let device = store::device_of(&service.db.read, worker.id, id).await?.ok_or(Error::NotFound)?;
    if device.session_hash == worker.session {
        return sign_out(service, visitor).await;
    }
    audited!(service, Entry::worker(worker, Plain::EndedSession), |tx| {
        end_worker_session(tx, &device.session_hash).await
    })?;
    Ok(Moved::to(PAGE))
}

/// Another password. It ends all other sessions, and this one goes on under a new token.
///
/// # Errors
/// [`Error::Busy`] after too many wrong ones.
pub async fn change_password(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    [old, new, again]: [&str; 3],
) -> Result<Entered, Error> {
    let worker = visitor.worker()?;
    let row = store::worker(&service.db.read, worker.id).await?.ok_or(Error::Unauthenticated)?;
    let taken = take(service, visitor, browser, (What::Password, &row.login, Some(row.id))).await?;
    if !password::verify(old.to_owned(), Some(row.password_hash.clone())).await? {
        return say(service, worker, "old", "现在的密码不对，请再输一次。").await;
    }
    let office = service.areas.office_name(&row.office);
    if let Some((path, fault)) = fault(new, again, &[&row.login, &row.name, &office]) {
        // The old one was right: no miss.
        audited!(service, Entry::worker(worker, Plain::Said), |tx| { store::give_back(tx, &taken.0).await })?;
        return say(service, worker, path, &fault).await;
    }
    let hash = password::hash(new).await?;
    let (token, known) = (new_token()?, browser.known.clone().map_or_else(new_token, Ok)?);
    let now = service.clock.now();
    let until = store::session_end(&service.db.read, &worker.session).await?.ok_or(Error::Unauthenticated)?;
    let session = &NewSession { token: &token, known: &known, words: &browser.words, until };
    audited!(service, Entry::worker(worker, Plain::ChangedPassword), |tx| {
        store::give_back(tx, &taken.0).await?;
        store::set_password(tx, worker.id, &hash).await?;
        end_everything(tx, worker.id).await?;
        begin(tx, worker.id, session, now).await
    })?;
    Ok(Entered { moved: Moved::to("/desk/account?done=password"), desk: Some(token), known: Some(known) })
}

/// What is wrong with a new password that was typed twice, and where.
pub(super) fn fault(new: &str, again: &str, about: &[&str]) -> Option<(&'static str, String)> {
    if let Some(fault) = passphrase::fault(new, about) {
        return Some(("new", fault));
    }
    (new != again).then(|| ("again", "两次输入的密码不一样，请再输一次。".to_owned()))
}

/// Nothing of before goes on: sessions, sign-ins under way, browsers that were known.
pub(super) async fn end_everything(tx: &sea_orm::DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    end_worker_sessions(tx, worker).await?;
    store::end_sign_ins_of(tx, worker).await?;
    store::forget_devices(tx, worker).await
}

async fn say(service: &Service, worker: &Worker, path: &str, message: &str) -> Result<Entered, Error> {
    let findings = vec![Finding { path: path.to_owned(), message: message.to_owned() }];
    set_flash(service, &worker.session, &Flash { findings, ..Flash::default() }).await?;
    Ok(Entered::missed(Moved::to("/desk/account?again=1#password")))
}

/// The password once more, before a grave change. The session goes on under a new token.
///
/// # Errors
/// [`Error::Busy`] after too many wrong ones.
pub async fn prove(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    password: &str,
    to: &str,
) -> Result<Entered, Error> {
    let worker = visitor.worker()?;
    // An address of another place would lead people astray.
    let to = if to.starts_with(DESK) { to } else { PAGE };
    if is_fresh(service, worker).await? {
        return Ok(Entered::missed(Moved::to(to)));
    }
    let row = store::worker(&service.db.read, worker.id).await?.ok_or(Error::Unauthenticated)?;
    let taken = take(service, visitor, browser, (What::Password, &row.login, Some(row.id))).await?;
    if !password::verify(password.to_owned(), Some(row.password_hash.clone())).await? {
        return Ok(Entered::missed(Moved::to(format!("/desk/prove?again=1&to={to}"))));
    }
    let (token, known) = (new_token()?, browser.known.clone().map_or_else(new_token, Ok)?);
    let now = service.clock.now();
    let until = store::session_end(&service.db.read, &worker.session).await?.ok_or(Error::Unauthenticated)?;
    let session = &NewSession { token: &token, known: &known, words: &browser.words, until };
    audited!(service, Entry::worker(worker, Plain::Proved), |tx| {
        store::give_back(tx, &taken.0).await?;
        end_worker_session(tx, &worker.session).await?;
        begin(tx, worker.id, session, now).await
    })?;
    Ok(Entered { moved: Moved::to(to), desk: Some(token), known: Some(known) })
}
