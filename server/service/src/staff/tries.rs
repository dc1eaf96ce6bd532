//! Limits on guessing passwords and codes. They stand in the database: a restart forgets nothing, and all nodes count
//! together.
//!
//! Only misses count. A browser from which the worker has signed in before has a budget of its own, so that whoever
//! guesses elsewhere locks nobody out.

use chrono::TimeDelta;
use domain::audit::Plain;
use uuid::Uuid;

use super::{Browser, store};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Visitor, token_hash};
use crate::service::Service;

/// Misses in an hour by one worker's known device, or for one worker from everywhere else.
const WORKER_MOST: i32 = 10;
/// Misses in an hour from one network address.
const ADDRESS_MOST: i32 = 50;

/// What is guessed at.
#[derive(Clone, Copy)]
pub(super) enum What {
    Password,
    Code,
    /// Stands for a code, and has its budget.
    Passkey,
}

/// Budgets of which one try was taken.
pub(super) struct Taken(pub Vec<String>);

/// Takes a try. To be given back when it was right.
///
/// # Errors
/// [`Error::Busy`] when a budget is used up; nothing is looked at then.
pub(super) async fn take(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    (what, login, worker): (What, &str, Option<Uuid>),
) -> Result<Taken, Error> {
    let budgets = budgets(service, visitor, browser, what, login, worker).await?;
    let (now, hour) = (service.clock.now(), TimeDelta::hours(1));
    let used_up = |row: Option<(i32, _)>, most| row.is_some_and(|(count, since)| count >= most && now - since < hour);
    for (key, most) in &budgets {
        let row = store::tries(&service.db.read, key).await?.map(|row| (row.count, row.since));
        if used_up(row, *most) {
            return Err(Error::Busy);
        }
    }
    let deed = match what {
        What::Password => Plain::TriedPassword,
        What::Code => Plain::TriedDeskCode,
        What::Passkey => Plain::TriedPasskey,
    };
    audited!(service, Entry::by(visitor, deed), |tx| {
        for (key, most) in &budgets {
            let row = store::tries(tx, key).await?.map(|row| (row.count, row.since));
            if used_up(row, *most) {
                return Err(Error::Busy);
            }
            let (count, since) = row.filter(|(_, since)| now - *since < hour).unwrap_or((0, now));
            store::set_tries(tx, key, count + 1, since).await?;
        }
        Ok(())
    })?;
    Ok(Taken(budgets.into_iter().map(|(key, _)| key).collect()))
}

/// An unknown login is looked for like a known one.
async fn budgets(
    service: &Service,
    visitor: &Visitor,
    browser: &Browser,
    what: What,
    login: &str,
    worker: Option<Uuid>,
) -> Result<Vec<(String, i32)>, Error> {
    let kind = match what {
        What::Password => "password",
        What::Code | What::Passkey => "code",
    };
    let device = token_hash(browser.known.as_deref().unwrap_or_default());
    let key = |of: &str, value: &str| service.keys.blind("tries", &format!("{kind}|{of}|{value}"));
    if store::is_known(&service.db.read, &device, worker.unwrap_or_default()).await? {
        return Ok(vec![(key("device", &format!("{device}|{login}")), WORKER_MOST)]);
    }
    Ok(vec![(key("login", login), WORKER_MOST), (key("address", &visitor.address.to_string()), ADDRESS_MOST)])
}
