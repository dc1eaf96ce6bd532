//! What this browser began before the resident signed in may join the account: asked plainly, never done by itself.

use std::collections::BTreeSet;

use domain::audit::Plain;
use domain::residents::{Goal, JoinView, Joinable};
use uuid::Uuid;

use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{JOINED, Moved, Visitor, access_of, hold, holdings};
use crate::service::Service;
use crate::{bundles, cases, forms};

/// What a session may open and an account does not hold: kind and subject.
pub(super) async fn joinable(service: &Service, session: &str, resident: Uuid) -> Result<Vec<(String, Uuid)>, Error> {
    let db = &service.db.read;
    let held: BTreeSet<(String, Uuid)> = holdings(db, resident).await?.into_iter().collect();
    let mut open = access_of(db, session).await?;
    open.retain(|one| !held.contains(one));
    // Of what was sent and of what is corrected only the case is spoken of; of life events only the whole.
    let mut list = Vec::new();
    for (kind, subject) in &open {
        let stands = match kind.as_str() {
            "draft" => forms::is_open_draft(service, *subject).await?,
            "case" => !cases::is_part_of(service, *subject, &open).await?,
            _ => true,
        };
        if stands {
            list.push((kind.clone(), *subject));
        }
    }
    Ok(list)
}

/// The page that asks.
///
/// # Errors
/// [`Error::SignIn`]
pub async fn join_page(service: &Service, visitor: &Visitor, goal: &str) -> Result<JoinView, Error> {
    let resident = visitor.resident()?;
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let mut list = Vec::new();
    for (kind, subject) in joinable(service, session, resident.id).await? {
        let said = match kind.as_str() {
            "draft" => forms::said_of(service, subject).await?,
            "case" => cases::said_of(service, subject).await?,
            _ => bundles::said_of(service, subject).await?,
        };
        if let Some((name, more)) = said {
            list.push(Joinable { key: format!("{kind}:{subject}"), name, more });
        }
    }
    let goal = Goal::from_key(goal).unwrap_or(Goal::Me).key().to_owned();
    Ok(JoinView { list, shared: resident.shared, goal })
}

/// Gives the chosen ones to the account. What this browser may not open is left out.
///
/// # Errors
/// [`Error::SignIn`]
pub async fn join(service: &Service, visitor: &Visitor, chosen: &[String], goal: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let now = service.clock.now();
    let chosen: Vec<(String, Uuid)> = joinable(service, session, resident.id)
        .await?
        .into_iter()
        .filter(|(kind, subject)| chosen.contains(&format!("{kind}:{subject}")))
        .collect();
    let goal = Goal::from_key(goal).unwrap_or(Goal::Me);
    if chosen.is_empty() {
        return Ok(Moved::to(goal.path()));
    }
    let mut all = Vec::new();
    for (kind, subject) in chosen {
        if kind == "bundle" {
            let parts = cases::store::cases_of_bundle(&service.db.read, subject).await?;
            all.extend(parts.into_iter().map(|case| ("case".to_owned(), case.id)));
        }
        all.push((kind, subject));
    }
    let entry = |(kind, subject): &(String, Uuid)| {
        let entry = Entry::resident(resident.id, Plain::Joined);
        match kind.as_str() {
            "case" => entry.case(*subject),
            "draft" => entry.draft(*subject),
            _ => entry,
        }
    };
    let entries: Vec<Entry> = all.iter().map(entry).collect();
    audited!(service, entries, |tx| {
        for (kind, subject) in &all {
            hold(tx, resident.id, (kind.as_str(), *subject), JOINED, now).await?;
        }
        Ok(())
    })?;
    Ok(Moved::to(goal.path()))
}
