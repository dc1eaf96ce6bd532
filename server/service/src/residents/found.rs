//! Cases of the same identity number that were asked for elsewhere: at a window, or without signing in.

use domain::audit::Plain;
use domain::residents::{Found, FoundView};
use uuid::Uuid;

use super::account::Account;
use crate::audit::{Entry, audited};
use crate::cases;
use crate::error::Error;
use crate::identity::{Moved, Visitor, hold, holdings};
use crate::service::Service;

/// What a proven number finds. With the account's phone it is shown; what was asked for with another phone is only
/// counted: a register of two facts can be told both by somebody else.
pub(super) async fn found(service: &Service, account: &Account) -> Result<FoundView, Error> {
    let mut view = FoundView::default();
    if account.id_number.is_empty() {
        return Ok(view);
    }
    let held = holdings(&service.db.read, account.id).await?;
    let tail = account.phone.as_ref().map_or("", |phone| phone.tail());
    for row in cases::of_applicant(service, &account.id_number).await? {
        if held.iter().any(|(kind, subject)| kind == "case" && *subject == row.id) {
            continue;
        }
        if tail.is_empty() || !cases::tail_is(service, &row, tail) {
            view.others += 1;
            continue;
        }
        if let Some((name, more)) = cases::said_of(service, row.id).await? {
            view.own.push(Found { id: row.id.to_string(), name, number: row.number, more });
        }
    }
    Ok(view)
}

/// Gives the chosen ones of what was found to the account.
///
/// # Errors
/// [`Error::SignIn`]
pub async fn claim(service: &Service, visitor: &Visitor, chosen: &[String]) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    let account = Account::fetch(service, &service.db.read, resident.id).await?;
    let found = found(service, &account).await?.own;
    let ids = found.into_iter().map(|found| found.id).filter(|id| chosen.contains(id));
    let ids: Vec<Uuid> = ids.filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(Moved::to("/me/real-name"));
    }
    let now = service.clock.now();
    let entries: Vec<Entry> = ids.iter().map(|id| Entry::resident(resident.id, Plain::Joined).case(*id)).collect();
    audited!(service, entries, |tx| {
        for id in &ids {
            hold(tx, resident.id, ("case", *id), "found", now).await?;
        }
        Ok(())
    })?;
    Ok(Moved::to("/me"))
}
