//! The first administrators: an address for each kind that nobody is, used once, within half an hour.

use chrono::Duration;
use domain::audit::Plain;
use domain::desk::Role;
use uuid::Uuid;

use super::{invitations, store};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::token_hash;
use crate::service::Service;

const MINUTES: i64 = 30;
/// They keep an eye on each other: three persons.
const ADMINISTRATORS: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];

/// An administrator who is still to come.
#[derive(Clone, Debug)]
pub struct First {
    pub role: Role,
    pub address: String,
}

/// Nobody who could sign in has this role.
pub(super) async fn is_missing(service: &Service, role: Role) -> Result<bool, Error> {
    Ok(store::count_of_role(&service.db.read, role.key()).await? == 0)
}

/// Makes the addresses. Those that were made before are good no more. None when every kind is there.
///
/// # Errors
/// [`Error::Refused`] when there is no such office.
pub async fn bootstrap(service: &Service, office: &str) -> Result<Vec<First>, Error> {
    if service.areas.office(office).is_none() {
        return Err(Error::Refused(format!("there is no office {office}")));
    }
    let (mut rows, mut first) = (Vec::new(), Vec::new());
    for role in ADMINISTRATORS {
        if !is_missing(service, role).await? {
            continue;
        }
        let id = Uuid::new_v4();
        let address = invitations::address(service, id);
        let token = address.rsplit('/').next().unwrap_or_default();
        rows.push(store::InvitationRow {
            id,
            token_hash: token_hash(token),
            worker_id: None,
            role: Some(role.key().to_owned()),
            office: Some(office.to_owned()),
            expires_at: service.clock.now() + Duration::minutes(MINUTES),
        });
        first.push(First { role, address });
    }
    let rows = &rows;
    audited!(service, Entry::system(Plain::InvitedFirstAdministrators), |tx| {
        store::end_first_invitations(tx).await?;
        for row in rows {
            store::invitation_insert(tx, row.clone()).await?;
        }
        Ok(())
    })?;
    Ok(first)
}
