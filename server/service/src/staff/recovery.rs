//! Recovery codes: ten, each good once, for who has lost the phone. Kept as hashes. They follow from the key of the
//! installation, so that they can be shown until they are noted, and never again.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::audit::Plain;
use domain::staff::RecoveryView;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{is_fresh, prove_first, store};
use crate::audit::{Entry, audited};
use crate::desk::worker_view;
use crate::error::Error;
use crate::identity::{Moved, Visitor};
use crate::service::Service;

const COUNT: usize = 10;
/// Rounds are seconds from here on.
const ROUNDS_BEGIN: NaiveDate = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
/// 50 bits each; guesses are limited.
const LENGTH: usize = 10;
pub(super) const PAGE: &str = "/desk/account/recovery";

fn codes(service: &Service, worker: Uuid, round: i32) -> Vec<String> {
    let code = |index| service.keys.code("recovery-code", &format!("{worker}|{round}|{index}"), LENGTH);
    (0..COUNT).map(code).collect()
}

pub(super) fn hash(service: &Service, worker: Uuid, code: &str) -> String {
    service.keys.blind("recovery-hash", &format!("{worker}|{code}"))
}

/// What is typed, if it can be such a code: it has letters that look like digits written as digits.
pub(super) fn read(typed: &str) -> Option<String> {
    let code: String = domain::text::compact(typed)
        .chars()
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    (code.len() == LENGTH).then_some(code)
}

/// Which ten: later than any before, also when the second factor was forgotten in between and `last` with it. Codes that
/// were lost must not become good again.
fn round_after(last: i32, now: DateTime<Utc>) -> i32 {
    let seconds = now.timestamp() - ROUNDS_BEGIN.and_time(NaiveTime::MIN).and_utc().timestamp();
    i32::try_from(seconds).unwrap_or(last).max(last.saturating_add(1))
}

/// Makes ten in the place of all before. `last`: the round of those, 0 for none.
pub(super) async fn renew(service: &Service, tx: &DatabaseTransaction, worker: Uuid, last: i32) -> Result<(), Error> {
    let round = round_after(last, service.clock.now());
    let hashes: Vec<String> = codes(service, worker, round).iter().map(|code| hash(service, worker, code)).collect();
    store::replace_codes(tx, worker, round, &hashes).await
}

/// The codes, as long as they are not noted.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session.
pub async fn recovery(service: &Service, visitor: &Visitor) -> Result<RecoveryView, Error> {
    let worker = visitor.worker()?;
    let factor = store::factor(&service.db.read, worker.id).await?;
    let shown = factor.filter(|factor| !factor.recovery_noted && factor.recovery_round > 0);
    let codes = match shown {
        Some(factor) if is_fresh(service, worker).await? => codes(service, worker.id, factor.recovery_round),
        _ => Vec::new(),
    };
    let spaced = |code: String| format!("{} {}", &code[..LENGTH / 2], &code[LENGTH / 2..]);
    Ok(RecoveryView { worker: worker_view(service, worker), codes: codes.into_iter().map(spaced).collect() })
}

/// The worker has them on paper: they are not shown any more.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session.
pub async fn note_codes(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    audited!(service, Entry::worker(worker, Plain::NotedRecoveryCodes), |tx| {
        store::codes_noted(tx, worker.id).await
    })?;
    Ok(Moved::to("/desk"))
}

/// Ten new ones; the old are good no more.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session.
pub async fn make_codes(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    if let Some(first) = prove_first(service, worker, "/desk/account").await? {
        return Ok(first);
    }
    let factor = store::factor(&service.db.read, worker.id).await?.ok_or(Error::NotFound)?;
    audited!(service, Entry::worker(worker, Plain::MadeRecoveryCodes), |tx| {
        renew(service, tx, worker.id, factor.recovery_round).await
    })?;
    Ok(Moved::to(PAGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_round_comes_again() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).expect("a time");
        let first = round_after(0, now);
        assert!(first > 0 && round_after(first, now) > first);
        let later = now + chrono::TimeDelta::seconds(1);
        assert!(round_after(0, later) > first, "what was forgotten meanwhile is not made again");
        assert!(round_after(0, now - chrono::TimeDelta::days(40_000)) > 0, "a clock that went wrong");
    }

    #[test]
    fn a_code_is_read_as_it_was_meant() {
        assert_eq!(read(" oil23 abcde "), Some("01123ABCDE".to_owned()));
        assert_eq!(read("123456"), None);
    }
}
