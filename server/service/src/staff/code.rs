//! One-time codes of a phone (TOTP, RFC 6238): six digits, a new one every thirty seconds, each good once.

use chrono::{DateTime, Utc};
use domain::audit::Plain;
use domain::staff::{DemoCode, NewCode, NewCodePage};
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use super::tries::{What, take};
use super::{Browser, is_fresh, prove_first, store};
use crate::audit::{Entry, audited};
use crate::cases::qr;
use crate::desk::worker_view;
use crate::error::Error;
use crate::identity::{Moved, Visitor, random};
use crate::service::Service;
use crate::vault::{Column, Sealed, WORKER_FACTOR_NEXT_SECRET, WORKER_FACTOR_SECRET};

const STEP_SECONDS: u64 = 30;
const PAGE: &str = "/desk/account/code";

/// 160 bits, as they are kept in this column.
pub(super) fn new_secret(service: &Service, column: Column, worker: Uuid) -> Result<Sealed, Error> {
    let bytes = random()?;
    service.vault.seal(column.of(worker), &Secret::from(&bytes[..20]).to_base32())
}

/// The secret of a worker's codes, if one is kept.
pub(super) fn secret_of(service: &Service, factor: &store::FactorRow) -> Result<Option<String>, Error> {
    let open = |secret| service.vault.open(WORKER_FACTOR_SECRET.of(factor.worker_id), secret);
    factor.secret.as_ref().map(open).transpose()
}

/// The one that will take its place.
fn next_secret_of(service: &Service, factor: &store::FactorRow) -> Result<Option<String>, Error> {
    let open = |secret| service.vault.open(WORKER_FACTOR_NEXT_SECRET.of(factor.worker_id), secret);
    factor.next_secret.as_ref().map(open).transpose()
}

/// The codes of a secret. Nothing is kept for workers of the demo.
fn totp(row: &store::WorkerRow, kept: Option<&String>) -> Result<Totp, Error> {
    let broken = |fault: &dyn std::fmt::Display| Error::internal("a secret of codes", fault);
    let secret = match kept {
        Some(kept) => kept.clone(),
        None if row.demo => demo_secret(&row.login),
        None => return Err(broken(&"is not there")),
    };
    let secret = Secret::try_from_base32(secret).map_err(|_| broken(&"is none"))?;
    // One step before and after: clocks of phones are not exact.
    Builder::new().with_secret(secret).with_skew(1).build().map_err(|fault| broken(&fault))
}

/// The time step of a code that is right now. Whether it was taken before is for the row to tell.
pub(super) fn step_of(
    service: &Service,
    row: &store::WorkerRow,
    kept: Option<&String>,
    code: &str,
) -> Result<Option<i64>, Error> {
    let step = totp(row, kept)?.check(&domain::text::compact(code), seconds(service.clock.now()));
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

fn seconds(now: DateTime<Utc>) -> u64 {
    u64::try_from(now.timestamp()).unwrap_or_default()
}

/// What the worker's phone is shown: a picture, and the same as text.
pub(super) fn shown(row: &store::WorkerRow, kept: Option<&String>) -> Result<NewCode, Error> {
    let totp = totp(row, kept)?;
    let secret = totp.secret().to_base32();
    // Latin letters alone: some of these programs show no others. The login is Latin, see `workers`.
    let address = format!("otpauth://totp/Tongban:{}?secret={secret}&issuer=Tongban", row.login);
    let groups: Vec<String> =
        secret.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
    Ok(NewCode { qr: qr(&address), secret: groups.join(" "), link: address })
}

/// The page on which a worker who is signed in moves the codes to another phone.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session.
pub async fn new_code(service: &Service, visitor: &Visitor) -> Result<NewCodePage, Error> {
    let worker = visitor.worker()?;
    let row = store::worker(&service.db.read, worker.id).await?.ok_or(Error::Unauthenticated)?;
    let fresh = is_fresh(service, worker).await?;
    let next = store::factor(&service.db.read, worker.id).await?;
    // Who sat down at a desk that was left alone sees no secret.
    let next = next.filter(|_| fresh).map(|factor| next_secret_of(service, &factor)).transpose()?.flatten();
    let code = next.map(|next| shown(&row, Some(&next))).transpose()?;
    Ok(NewCodePage { worker: worker_view(service, worker), code })
}

/// Makes a secret for another phone. The old phone's codes are good until one of the new is entered.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session.
pub async fn begin_new_code(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    if let Some(first) = prove_first(service, worker, "/desk/account").await? {
        return Ok(first);
    }
    let secret = new_secret(service, WORKER_FACTOR_NEXT_SECRET, worker.id)?;
    audited!(service, Entry::worker(worker, Plain::BeganSettingUpCodes), |tx| {
        store::set_next_secret(tx, worker.id, secret.clone()).await
    })?;
    Ok(Moved::to(PAGE))
}

/// The first code of the new phone: from now on it is the only one.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session, [`Error::Busy`] after too many misses.
pub async fn confirm_new_code(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    code: &str,
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    if let Some(first) = prove_first(service, worker, PAGE).await? {
        return Ok(first);
    }
    let row = store::worker(&service.db.read, worker.id).await?.ok_or(Error::Unauthenticated)?;
    let factor = store::factor(&service.db.read, worker.id).await?.ok_or(Error::NotFound)?;
    let next = next_secret_of(service, &factor)?.ok_or(Error::NotFound)?;
    let kept = service.vault.seal(WORKER_FACTOR_SECRET.of(worker.id), &next)?;
    let taken = take(service, visitor, browser, (What::Code, &worker.id.to_string(), Some(worker.id))).await?;
    let Some(step) = step_of(service, &row, Some(&next), code)? else {
        return Ok(Moved::to(format!("{PAGE}?again=1")));
    };
    audited!(service, Entry::worker(worker, Plain::SetUpCodes), |tx| {
        store::give_back(tx, &taken.0).await?;
        store::swap_secret(tx, worker.id, kept.clone(), step).await
    })?;
    Ok(Moved::to("/desk/account?done=code"))
}

/// The secret of a worker of the demo, whose codes everybody on this machine may see: it follows from the login.
fn demo_secret(login: &str) -> String {
    let digest = Sha256::digest(format!("tongban demo {login}").as_bytes());
    Secret::from(&digest[..20]).to_base32()
}

/// The code of a worker of the demo at a time, if it has not set up another phone.
///
/// # Errors
/// Never: the secret follows from the login.
pub fn demo_code(login: &str, at: DateTime<Utc>) -> Result<String, Error> {
    let secret = Secret::try_from_base32(demo_secret(login)).map_err(|_| Error::internal("a secret", "is none"))?;
    Ok(Builder::new().with_secret(secret).build_noncompliant().generate(seconds(at)).to_string())
}

/// The codes of the workers of the demo, now: for a machine without a phone beside it.
///
/// # Errors
/// [`Error::NotFound`] where others can come.
pub async fn demo_codes(service: &Service) -> Result<Vec<DemoCode>, Error> {
    if !service.settings.inbox {
        return Err(Error::NotFound);
    }
    let now = seconds(service.clock.now());
    let mut codes = Vec::new();
    for (worker, factor) in store::demo_workers(&service.db.read).await? {
        let Some(factor) = factor.filter(|factor| factor.confirmed_at.is_some()) else { continue };
        let totp = totp(&worker, secret_of(service, &factor)?.as_ref())?;
        // What was used is of no use: the next one is good already.
        let used = u64::try_from(factor.last_step).is_ok_and(|last| last >= now / STEP_SECONDS);
        let at = if used { now + STEP_SECONDS } else { now };
        codes.push(DemoCode { login: worker.login, name: worker.name, code: totp.generate(at).to_string() });
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = Builder::new().with_secret(b"12345678901234567890".to_vec()).with_skew(1).build().expect("a secret");
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(totp.generate(time).to_string(), code);
            assert_eq!(totp.check(code, time), Some(time / STEP_SECONDS));
            for (later, found) in [(30, true), (61, false)] {
                assert_eq!(totp.check(code, time + later).is_some(), found, "{later} seconds later");
            }
        }
    }
}
