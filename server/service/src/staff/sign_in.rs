//! Signing in, in two steps: the password, then what the worker has.

use chrono::{DateTime, Duration, Utc};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::Finding;
use domain::staff::{CodePage, SetUpPage};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::tries::{Taken, What, take};
use super::{Browser, Entered, code, passkey, recovery, store, under_way};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{
    Moved, Visitor, WORKER_LONGEST_HOURS, begin_worker_session, end_worker_session, new_token, password, session_of,
    set_flash, token_hash,
};
use crate::service::Service;
use crate::vault::WORKER_FACTOR_SECRET;

/// From the right password to the second factor.
const UNDER_WAY_MINUTES: i64 = 5;
/// Wrong codes, then the password is asked again.
const MISSES_MOST: i32 = 5;
const SIGN_IN: &str = "/desk/sign-in";
const CODE: &str = "/desk/sign-in/code";
const SET_UP: &str = "/desk/sign-in/set-up";

/// The first step. An unknown login costs as much work as a wrong password and is answered the same. A miss is no
/// error: the form is shown again, with one sentence for every miss.
///
/// # Errors
/// [`Error::Busy`] after too many misses.
pub async fn enter_password(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    login: &str,
    password: &str,
) -> Result<Entered, Error> {
    let login: String = domain::text::clean(login).to_lowercase().chars().take(60).collect();
    let row = store::by_login(&service.db.read, &login).await?.filter(|row| row.active);
    let taken = take(service, visitor, browser, (What::Password, &login, row.as_ref().map(|row| row.id))).await?;
    let hash = row.as_ref().map(|row| row.password_hash.clone()).filter(|hash| !hash.is_empty());
    let right = password::verify(password.to_owned(), hash).await?;
    let Some(row) = row.filter(|_| right) else {
        return Ok(Entered::missed(missed(service, visitor, &login).await?));
    };
    // Hashes follow the parameters of the day.
    let renewed = match password::is_current(&row.password_hash) {
        true => None,
        false => Some(password::hash(password).await?),
    };
    let (token, desk) = new_sign_in(service, visitor, (&row, &taken), renewed).await?;
    Ok(Entered { moved: Moved::to(desk), desk: Some(token), known: None })
}

/// The password was right: a sign-in under way, and where it goes on.
async fn new_sign_in(
    service: &Service,
    visitor: &Visitor,
    (row, taken): (&store::WorkerRow, &Taken),
    renewed: Option<String>,
) -> Result<(String, &'static str), Error> {
    let token = new_token()?;
    let secret = code::new_secret(service, WORKER_FACTOR_SECRET, row.id)?;
    let under_way = store::SignInRow {
        token_hash: token_hash(&token),
        worker_id: row.id,
        misses: 0,
        expires_at: service.clock.now() + Duration::minutes(UNDER_WAY_MINUTES),
    };
    let (under_way, secret) = (&under_way, Some(&secret).filter(|_| !row.demo));
    // Asked now and not when the button is pressed: some browsers want to be asked in the moment of the press.
    let asked = passkey::ask(service, row.id, &under_way.token_hash).await?;
    let confirmed = audited!(service, Entry::of_worker(row.id, &row.office, Plain::PassedPassword), |tx| {
        if let Some(hash) = &renewed {
            store::set_password(tx, row.id, hash).await?;
        }
        store::give_back(tx, &taken.0).await?;
        // The cookie goes: what it opened, or began, must not go on without it.
        if let Some(before) = &visitor.worker {
            end_worker_session(tx, &before.session).await?;
        }
        if let Some(before) = &visitor.pending {
            store::sign_in_end(tx, &before.token_hash).await?;
        }
        store::sign_in_insert(tx, under_way.clone()).await?;
        if let Some(asked) = &asked {
            passkey::store::set_challenge(tx, asked.clone()).await?;
        }
        store::factor_begin(tx, row.id, secret.cloned()).await?;
        Ok(store::factor(tx, row.id).await?.is_some_and(|factor| factor.confirmed_at.is_some()))
    })?;
    Ok((token, if confirmed { CODE } else { SET_UP }))
}

async fn missed(service: &Service, visitor: &Visitor, login: &str) -> Result<Moved, Error> {
    let (session, new_session) = session_of(service, visitor).await?;
    let entries = [("login", login)].into_iter().collect();
    let message = "用户名或密码不对，请检查后再试。".to_owned();
    let findings = vec![Finding { path: "password".to_owned(), message }];
    set_flash(service, &session, &Flash { entries, findings, ..Flash::default() }).await?;
    Ok(Moved::with("/desk/sign-in?again=1", new_session))
}

/// What the second step shows.
///
/// # Errors
/// [`Error::Unauthenticated`] without a right password before.
pub async fn code_page(service: &Service, visitor: &Visitor) -> Result<CodePage, Error> {
    let pending = under_way(visitor)?;
    let factor = store::factor(&service.db.read, pending.worker).await?.ok_or(Error::Unauthenticated)?;
    Ok(CodePage { set_up: factor.confirmed_at.is_none(), ask: passkey::asked(service, pending).await? })
}

/// The second step: a code of the phone, or one of the recovery codes.
///
/// # Errors
/// [`Error::Unauthenticated`] without a right password before, [`Error::Busy`] after too many misses.
pub async fn enter_code(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    typed: &str,
) -> Result<Entered, Error> {
    let (row, factor) = pending_worker(service, visitor).await?;
    if factor.confirmed_at.is_none() {
        return Ok(Entered::missed(Moved::to(SET_UP)));
    }
    let taken = take_code(service, visitor, browser, row.id).await?;
    if let Some(code) = recovery::read(typed) {
        let hash = recovery::hash(service, row.id, &code);
        if store::is_code(&service.db.read, row.id, &hash).await? {
            return finish(service, visitor, browser, (&row, &taken), How::Recovery(hash)).await;
        }
    }
    match code::step_of(service, &row, code::secret_of(service, &factor)?.as_ref(), typed)? {
        Some(step) => finish(service, visitor, browser, (&row, &taken), How::Code(step)).await,
        None => wrong_code(service, visitor, CODE).await,
    }
}

/// The second step with a passkey in the place of a code. `answer`: what the browser says of it, as JSON.
///
/// # Errors
/// As [`enter_code`].
pub async fn enter_passkey(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    answer: &str,
) -> Result<Entered, Error> {
    let (row, factor) = pending_worker(service, visitor).await?;
    if factor.confirmed_at.is_none() {
        return Ok(Entered::missed(Moved::to(SET_UP)));
    }
    let taken = take(service, visitor, browser, (What::Passkey, &row.id.to_string(), Some(row.id))).await?;
    match passkey::judge(service, under_way(visitor)?, answer).await? {
        Some(proof) => finish(service, visitor, browser, (&row, &taken), How::Passkey(proof)).await,
        None => wrong_passkey(service, visitor).await,
    }
}

/// What a worker who never signed in before is shown: the secret for the phone.
///
/// # Errors
/// [`Error::Unauthenticated`] without a right password before, [`Error::NotFound`] when it was set up already.
pub async fn set_up_page(service: &Service, visitor: &Visitor) -> Result<SetUpPage, Error> {
    let (row, factor) = pending_worker(service, visitor).await?;
    if factor.confirmed_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(SetUpPage { name: row.name.clone(), code: code::shown(&row, code::secret_of(service, &factor)?.as_ref())? })
}

/// The first code of the phone: the second factor stands, and the worker is signed in.
///
/// # Errors
/// As [`enter_code`].
pub async fn set_up(service: &Service, visitor: &Visitor, browser: &Browser, typed: &str) -> Result<Entered, Error> {
    let (row, factor) = pending_worker(service, visitor).await?;
    if factor.confirmed_at.is_some() {
        return Ok(Entered::missed(Moved::to(CODE)));
    }
    let taken = take_code(service, visitor, browser, row.id).await?;
    match code::step_of(service, &row, code::secret_of(service, &factor)?.as_ref(), typed)? {
        Some(step) => finish(service, visitor, browser, (&row, &taken), How::FirstCode(step)).await,
        None => wrong_code(service, visitor, SET_UP).await,
    }
}

async fn take_code(service: &Service, visitor: &Visitor, browser: &Browser, worker: Uuid) -> Result<Taken, Error> {
    take(service, visitor, browser, (What::Code, &worker.to_string(), Some(worker))).await
}

async fn pending_worker(service: &Service, visitor: &Visitor) -> Result<(store::WorkerRow, store::FactorRow), Error> {
    let worker = under_way(visitor)?.worker;
    let row = store::worker(&service.db.read, worker).await?.filter(|row| row.active).ok_or(Error::Unauthenticated)?;
    let factor = store::factor(&service.db.read, worker).await?.ok_or(Error::Unauthenticated)?;
    Ok((row, factor))
}

async fn wrong_code(service: &Service, visitor: &Visitor, page: &str) -> Result<Entered, Error> {
    missed_second(service, visitor, Plain::MissedCode, format!("{page}?again=1")).await
}

/// One answer for every fault. What was asked is not good for another try.
async fn wrong_passkey(service: &Service, visitor: &Visitor) -> Result<Entered, Error> {
    missed_second(service, visitor, Plain::MissedPasskey, format!("{CODE}?unproved=1")).await
}

/// Misses end the sign-in at last: then the password is asked again.
async fn missed_second(service: &Service, visitor: &Visitor, deed: Plain, again: String) -> Result<Entered, Error> {
    let pending = under_way(visitor)?;
    let row = store::sign_in(&service.db.read, &pending.token_hash).await?.ok_or(Error::Unauthenticated)?;
    let last = row.misses + 1 >= MISSES_MOST;
    let asked = passkey::ask(service, pending.worker, &pending.token_hash).await?.filter(|_| !last);
    audited!(service, Entry::by(visitor, deed), |tx| {
        match &asked {
            Some(asked) => passkey::store::set_challenge(tx, asked.clone()).await?,
            None => passkey::store::end_challenge(tx, &pending.token_hash).await?,
        }
        if last {
            return store::sign_in_end(tx, &pending.token_hash).await.map(drop);
        }
        store::sign_in_missed(tx, &pending.token_hash).await
    })?;
    Ok(Entered::missed(Moved::to(if last { SIGN_IN.to_owned() } else { again })))
}

/// With what the second factor was proved.
pub(super) enum How {
    Code(i64),
    FirstCode(i64),
    Recovery(String),
    Passkey(passkey::Proof),
}

/// Ends the sign-in under way and makes a session of it. What proves it is good once.
pub(super) async fn finish(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    (row, taken): (&store::WorkerRow, &Taken),
    how: How,
) -> Result<Entered, Error> {
    let pending = under_way(visitor)?;
    let (token, known) = (new_token()?, browser.known.clone().map_or_else(new_token, Ok)?);
    let (now, how) = (service.clock.now(), &how);
    let until = now + Duration::hours(WORKER_LONGEST_HOURS);
    let new = &NewSession { token: &token, known: &known, words: &browser.words, until };
    let entered = audited!(service, Entry::of_worker(row.id, &row.office, Plain::SignedIn), |tx| {
        if !prove(service, tx, row.id, how, now).await? {
            // Nothing of it is kept, above all not that somebody signed in.
            return Err(Error::Forbidden);
        }
        store::give_back(tx, &taken.0).await?;
        if !store::sign_in_end(tx, &pending.token_hash).await? {
            return Err(Error::Unauthenticated);
        }
        passkey::store::end_challenge(tx, &pending.token_hash).await?;
        begin(tx, row.id, new, now).await
    });
    match (entered, how) {
        (Ok(()), _) => {}
        (Err(Error::Forbidden), How::Passkey(_)) => return wrong_passkey(service, visitor).await,
        (Err(Error::Forbidden), how) => {
            // A code that was used is no guess: it was right, once.
            audited!(service, Entry::by(visitor, Plain::MissedCode), |tx| { store::give_back(tx, &taken.0).await })?;
            let page = if matches!(how, How::FirstCode(_)) { SET_UP } else { CODE };
            return Ok(Entered::missed(Moved::to(format!("{page}?used=1"))));
        }
        (Err(fault), _) => return Err(fault),
    }
    let to = if matches!(how, How::FirstCode(_)) { recovery::PAGE } else { "/desk" };
    Ok(Entered { moved: Moved::to(to), desk: Some(token), known: Some(known) })
}

async fn prove(
    service: &Service,
    tx: &DatabaseTransaction,
    worker: Uuid,
    how: &How,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    match how {
        How::Code(step) => store::take_step(tx, worker, *step).await,
        How::Recovery(hash) => store::use_code(tx, worker, hash, now).await,
        How::Passkey(proof) => passkey::take(tx, proof, now).await,
        How::FirstCode(step) => {
            let first = store::take_step(tx, worker, *step).await?;
            if first {
                store::factor_confirm(tx, worker, now).await?;
                recovery::renew(service, tx, worker, 0).await?;
            }
            Ok(first)
        }
    }
}

/// What is new with a session.
pub(super) struct NewSession<'a> {
    pub token: &'a str,
    pub known: &'a str,
    pub words: &'a str,
    /// Also a session that goes on under another token ends when it would have ended.
    pub until: DateTime<Utc>,
}

/// A session, on a device that is known from now on.
pub(super) async fn begin(
    tx: &DatabaseTransaction,
    worker: Uuid,
    new: &NewSession<'_>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let session_hash = token_hash(new.token);
    begin_worker_session(tx, &session_hash, worker, now, new.until).await?;
    store::know(tx, &token_hash(new.known), worker, now).await?;
    let device = store::DeviceRow {
        session_hash,
        id: Uuid::new_v4(),
        worker_id: worker,
        words: new.words.chars().take(60).collect(),
        proved_at: now,
    };
    store::device_insert(tx, device).await
}

/// Ends the worker's session on the server, and a sign-in that is under way.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    if let Some(worker) = &visitor.worker {
        audited!(service, Entry::worker(worker, Plain::SignedOut), |tx| {
            end_worker_session(tx, &worker.session).await
        })?;
    }
    if let Some(pending) = &visitor.pending {
        audited!(service, Entry::by(visitor, Plain::SignedOut), |tx| {
            store::sign_in_end(tx, &pending.token_hash).await.map(drop)
        })?;
    }
    Ok(Moved::to(SIGN_IN))
}
