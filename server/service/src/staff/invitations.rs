//! One-time addresses at which somebody chooses a password: nobody else ever knows it, no administrator either.

use chrono::Duration;
use domain::audit::Plain;
use domain::cases::Flash;
use domain::desk::{Role, Scope};
use domain::forms::Finding;
use domain::staff::InvitationView;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::account::{end_everything, fault};
use super::workers::{login_fault, name_fault};
use super::{bootstrap, store};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::grants::{NewGrant, plant};
use crate::identity::{Moved, Visitor, flash, password, session_of, set_flash, token_hash};
use crate::service::Service;

/// For a worker: until it was handed over and used.
const DAYS: i64 = 3;
/// 160 bits.
const LENGTH: usize = 32;

/// Makes the one invitation of a worker; those of before are good no more.
pub(super) async fn invite(service: &Service, tx: &DatabaseTransaction, worker: Uuid) -> Result<(), Error> {
    store::end_invitations_of(tx, worker).await?;
    let id = Uuid::new_v4();
    let row = store::InvitationRow {
        id,
        token_hash: token_hash(&token(service, id)),
        worker_id: Some(worker),
        role: None,
        office: None,
        expires_at: service.clock.now() + Duration::days(DAYS),
    };
    store::invitation_insert(tx, row).await
}

fn token(service: &Service, invitation: Uuid) -> String {
    service.keys.code("invitation", &invitation.to_string(), LENGTH)
}

/// The address to hand over.
pub(super) fn address(service: &Service, invitation: Uuid) -> String {
    format!("{}/desk/invitation/{}", service.settings.public_url, token(service, invitation))
}

/// An invitation that is still good, and whose it is.
async fn find(service: &Service, token: &str) -> Result<(store::InvitationRow, Option<store::WorkerRow>), Error> {
    let row = store::invitation(&service.db.read, &token_hash(token)).await?;
    let row = row.filter(|row| row.expires_at > service.clock.now()).ok_or(Error::NotFound)?;
    match row.worker_id {
        Some(id) => {
            let worker = store::worker(&service.db.read, id).await?.filter(|worker| worker.active);
            Ok((row, Some(worker.ok_or(Error::NotFound)?)))
        }
        None => {
            let role = row.role.as_deref().and_then(Role::from_key).ok_or(Error::NotFound)?;
            // Somebody is it by now.
            if !bootstrap::is_missing(service, role).await? {
                return Err(Error::NotFound);
            }
            Ok((row, None))
        }
    }
}

/// The page at the address.
///
/// # Errors
/// [`Error::NotFound`] when it was used, is too old, or never was.
pub async fn invitation(service: &Service, visitor: &Visitor, token: &str) -> Result<InvitationView, Error> {
    let (row, worker) = find(service, token).await?;
    let office = worker.as_ref().map(|worker| worker.office.clone()).or(row.office).unwrap_or_default();
    Ok(InvitationView {
        token: token.to_owned(),
        login: worker.as_ref().map(|worker| worker.login.clone()).unwrap_or_default(),
        name: worker.map(|worker| worker.name).unwrap_or_default(),
        office: service.areas.office_name(&office),
        role: row.role.as_deref().and_then(Role::from_key),
        flash: flash(service, visitor).await?,
    })
}

/// What is typed at the address.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    /// Of the first administrators alone: others have theirs.
    pub login: &'a str,
    pub name: &'a str,
    pub new: &'a str,
    pub again: &'a str,
}

/// Sets the password. All sessions of the worker end; the second factor stays.
///
/// # Errors
/// As [`invitation`].
pub async fn accept(service: &Service, visitor: &Visitor, token: &str, chosen: Chosen<'_>) -> Result<Moved, Error> {
    let (row, worker) = find(service, token).await?;
    let login = worker.as_ref().map_or(chosen.login.trim(), |worker| &worker.login).to_lowercase();
    let name = domain::text::clean(worker.as_ref().map_or(chosen.name, |worker| &worker.name));
    let mut findings = Vec::new();
    if worker.is_none() {
        if let Some(message) = login_fault(service, &login).await? {
            findings.push(Finding { path: "login".to_owned(), message });
        }
        if let Some(message) = name_fault(&name) {
            findings.push(Finding { path: "name".to_owned(), message });
        }
    }
    let office = worker.as_ref().map(|worker| worker.office.clone()).or(row.office.clone()).unwrap_or_default();
    let office_name = service.areas.office_name(&office);
    let about = [login.as_str(), name.as_str(), office_name.as_str()];
    if let Some((path, message)) = fault(chosen.new, chosen.again, &about) {
        findings.push(Finding { path: path.to_owned(), message });
    }
    if !findings.is_empty() {
        let entries = [("login", login.as_str()), ("name", name.as_str())].into_iter().collect();
        let (session, new_session) = session_of(service, visitor).await?;
        set_flash(service, &session, &Flash { entries, findings, ..Flash::default() }).await?;
        return Ok(Moved::with(format!("/desk/invitation/{token}?again=1"), new_session));
    }
    let hash = password::hash(chosen.new).await?;
    match worker {
        Some(worker) => take_up(service, &row, &worker, &hash).await?,
        None => begin_administrator(service, &row, (login, name, office), hash).await?,
    }
    Ok(Moved::to("/desk/sign-in?chosen=1"))
}

async fn take_up(
    service: &Service,
    row: &store::InvitationRow,
    worker: &store::WorkerRow,
    hash: &str,
) -> Result<(), Error> {
    audited!(service, Entry::of_worker(worker.id, &worker.office, Plain::ChosePassword), |tx| {
        if !store::invitation_end(tx, row.id).await? {
            return Err(Error::NotFound);
        }
        store::set_password(tx, worker.id, hash).await?;
        end_everything(tx, worker.id).await
    })
}

/// One of the first three.
async fn begin_administrator(
    service: &Service,
    row: &store::InvitationRow,
    (login, name, office): (String, String, String),
    hash: String,
) -> Result<(), Error> {
    let role = row.role.as_deref().and_then(Role::from_key).ok_or(Error::NotFound)?;
    let now = service.clock.now();
    let worker = store::new_worker(Uuid::now_v7(), login, name, office, hash, now);
    let worker = &worker;
    let grant = NewGrant::new(role, Scope::below(domain::areas::CITY));
    audited!(service, Entry::of_worker(worker.id, &worker.office, Plain::BecameFirstAdministrator), |tx| {
        if !store::invitation_end(tx, row.id).await? || store::count_of_role(tx, role.key()).await? > 0 {
            return Err(Error::NotFound);
        }
        store::worker_insert(tx, worker.clone()).await?;
        plant(tx, worker.id, &grant, now).await
    })
}
