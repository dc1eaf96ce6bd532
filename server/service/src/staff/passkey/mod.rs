//! Passkeys (WebAuthn): a key in a worker's computer, phone or security key, that signs what we ask once it has made
//! sure who is there. They take the place of the code of the phone; password, code and recovery codes stay.
//!
//! What was asked stands in the database, bound to the sign-in under way or to the session: it is good for one answer
//! and for five minutes.

mod ceremony;
pub(super) mod store;

use chrono::{DateTime, Duration, Utc};
use domain::audit::Plain;
use domain::staff::{NewPasskeyPage, PASSKEYS_MOST, PasskeyView, passkey_name};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use self::ceremony::{Asked, Party};
use self::store::{ChallengeRow, PasskeyRow};
use super::{Browser, is_fresh, prove_first};
use crate::audit::{Entry, audited};
use crate::desk::worker_view;
use crate::error::Error;
use crate::identity::{Moved, Pending, Visitor};
use crate::service::Service;
use crate::vault::WORKER_PASSKEY_NAME;
use crate::words;

/// An answer is waited for so long.
const MINUTES: i64 = 5;
const ACCOUNT: &str = "/desk/account";
const PAGE: &str = "/desk/account/passkeys";

/// Browsers give passkeys at the public address.
pub(super) fn possible(service: &Service) -> bool {
    Party::of(service).is_some()
}

fn challenge(service: &Service, token_hash: &str, asked: Asked) -> ChallengeRow {
    let expires_at = service.clock.now() + Duration::minutes(MINUTES);
    ChallengeRow { token_hash: token_hash.to_owned(), state: asked.state, ask: asked.ask, expires_at }
}

// ---- signing in ----

/// A new challenge for a sign-in under way; none for a worker without passkeys.
pub(super) async fn ask(service: &Service, worker: Uuid, token_hash: &str) -> Result<Option<ChallengeRow>, Error> {
    let Some(party) = Party::of(service) else { return Ok(None) };
    let rows = store::passkeys(&service.db.read, worker).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    Ok(Some(challenge(service, token_hash, party.ask_proof(&rows)?)))
}

/// What the browser of a sign-in under way is asked, if anything.
pub(super) async fn asked(service: &Service, pending: &Pending) -> Result<Option<String>, Error> {
    let kept = store::challenge(&service.db.read, &pending.token_hash, service.clock.now()).await?;
    Ok(kept.map(|kept| kept.ask))
}

/// An answer that holds, to be taken in the transaction that makes the session.
pub(super) struct Proof {
    answered: ChallengeRow,
    passkey: Uuid,
    before: String,
    after: String,
}

/// Judges an answer. None for every fault alike: another's or a removed passkey, another site, another challenge or
/// one that is over, nobody who proved to be there, a wrong signature, a counter that did not move on.
pub(super) async fn judge(service: &Service, pending: &Pending, answer: &str) -> Result<Option<Proof>, Error> {
    let kept = store::challenge(&service.db.read, &pending.token_hash, service.clock.now()).await?;
    let (Some(party), Some(answered)) = (Party::of(service), kept) else { return Ok(None) };
    let Some((answer, credential)) = ceremony::read_answer(answer) else { return Ok(None) };
    let Some(row) = store::passkey_of(&service.db.read, pending.worker, &credential).await? else { return Ok(None) };
    let after = party.proved(&answered.state, &row, &answer)?;
    Ok(after.map(|after| Proof { answered, passkey: row.id, before: row.changing, after }))
}

/// No: the challenge or the counter was used up meanwhile.
pub(super) async fn take(tx: &DatabaseTransaction, proof: &Proof, now: DateTime<Utc>) -> Result<bool, Error> {
    if !store::take_challenge(tx, &proof.answered).await? {
        return Ok(false);
    }
    store::passkey_used(tx, proof.passkey, (&proof.before, &proof.after), now).await
}

// ---- the own account ----

/// The worker's own, as the page of the account shows them.
pub(super) async fn list(service: &Service, worker: Uuid) -> Result<Vec<PasskeyView>, Error> {
    let view = |row: PasskeyRow| {
        Ok(PasskeyView {
            id: row.id.to_string(),
            name: service.vault.open(WORKER_PASSKEY_NAME.of(row.id), &row.name)?,
            since: words::local_day(row.added_at),
            used: row.used_at.map(words::local_day).unwrap_or_default(),
        })
    };
    store::passkeys(&service.db.read, worker).await?.into_iter().map(view).collect()
}

/// Begins to register a passkey.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session; [`Error::Refused`] where none can be used, and for one too many.
pub async fn begin_passkey(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let no = || Error::Refused("现在的网址用不了通行密钥，请用单位公布的正式网址登录后再登记。".to_owned());
    let party = Party::of(service).ok_or_else(no)?;
    if let Some(first) = prove_first(service, worker, ACCOUNT).await? {
        return Ok(first);
    }
    let row = super::store::worker(&service.db.read, worker.id).await?.ok_or(Error::Unauthenticated)?;
    let rows = store::passkeys(&service.db.read, worker.id).await?;
    must_have_room(rows.len())?;
    let asked = challenge(service, &worker.session, party.ask_new(worker.id, &row.login, &rows)?);
    audited!(service, Entry::worker(worker, Plain::BeganPasskey), |tx| {
        store::set_challenge(tx, asked.clone()).await
    })?;
    Ok(Moved::to(PAGE))
}

fn must_have_room(count: usize) -> Result<(), Error> {
    if count < PASSKEYS_MOST {
        return Ok(());
    }
    Err(Error::Refused(format!("最多登记{PASSKEYS_MOST}个通行密钥。请先删掉不用的。")))
}

/// The page on which the browser makes one.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session.
pub async fn new_passkey(service: &Service, visitor: &Visitor) -> Result<NewPasskeyPage, Error> {
    let worker = visitor.worker()?;
    let fresh = is_fresh(service, worker).await?;
    let kept = store::challenge(&service.db.read, &worker.session, service.clock.now()).await?;
    // Who sat down at a desk that was left alone adds none of their own.
    let ask = kept.filter(|_| fresh).map(|kept| kept.ask);
    Ok(NewPasskeyPage { worker: worker_view(service, worker), ask })
}

/// Registers the passkey that the browser made. `name`: what its worker calls it.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session; [`Error::Refused`] for one too many.
pub async fn add_passkey(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    name: &str,
    answer: &str,
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let now = service.clock.now();
    let kept = store::challenge(&service.db.read, &worker.session, now).await?;
    let (Some(party), Some(answered)) = (Party::of(service), kept) else { return Ok(Moved::to(PAGE)) };
    let answered = &answered;
    let made = party.made(&answered.state, answer)?;
    let known = match &made {
        Some(made) => store::is_registered(&service.db.read, &made.credential).await?,
        None => false,
    };
    // No two workers share a key.
    let Some(made) = made.filter(|_| !known) else {
        audited!(service, Entry::worker(worker, Plain::MissedPasskey), |tx| {
            store::take_challenge(tx, answered).await.map(drop)
        })?;
        return Ok(Moved::to(format!("{PAGE}?again=1")));
    };
    let id = Uuid::now_v7();
    let row = &PasskeyRow {
        id,
        worker_id: worker.id,
        credential: made.credential,
        transports: made.transports,
        fixed: made.fixed,
        changing: made.changing,
        name: service.vault.seal(WORKER_PASSKEY_NAME.of(id), &passkey_name(name, &browser.words))?,
        added_at: now,
        used_at: None,
    };
    let added = audited!(service, Entry::worker(worker, Plain::AddedPasskey).because(id.to_string()), |tx| {
        must_have_room(store::passkeys(tx, worker.id).await?.len())?;
        // No answer is taken twice.
        if !store::take_challenge(tx, answered).await? {
            return Err(Error::NotFound);
        }
        store::passkey_insert(tx, row.clone()).await
    });
    match added {
        Err(Error::NotFound) => Ok(Moved::to(format!("{PAGE}?again=1"))),
        added => added.map(|()| Moved::to("/desk/account?done=passkey")),
    }
}

/// Removes one of the worker's own: it proves nothing any more.
///
/// # Errors
/// [`Error::NotFound`] when it is none of them.
pub async fn remove_passkey(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    if let Some(first) = prove_first(service, worker, ACCOUNT).await? {
        return Ok(first);
    }
    audited!(service, Entry::worker(worker, Plain::RemovedPasskey).because(id.to_string()), |tx| {
        if !store::passkey_delete(tx, worker.id, id).await? {
            return Err(Error::NotFound);
        }
        Ok(())
    })?;
    Ok(Moved::to("/desk/account?done=passkey-gone"))
}
