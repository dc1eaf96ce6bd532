//! An account as it is worked with: opened, and by which ways it is found.

use chrono::{DateTime, Utc};
use domain::identity::{Phone, mask_phone};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::sealing;
use super::store::{self, ResidentRow};
use crate::error::Error;
use crate::service::Service;
use crate::vault::{Column, RESIDENT_ID_NUMBER, RESIDENT_NAME, RESIDENT_PHONE, Sealed};

#[derive(Clone)]
pub(crate) struct Account {
    pub id: Uuid,
    pub phone: Option<Phone>,
    /// Proven, as the identity number.
    pub name: String,
    pub id_number: String,
    pub real_at: Option<DateTime<Utc>>,
    pub twin: Option<Uuid>,
}

impl Account {
    pub(super) fn of_row(service: &Service, row: ResidentRow) -> Result<Self, Error> {
        let open = |column: Column, sealed: &Option<Sealed>| match sealed {
            Some(sealed) => service.vault.open(column.of(row.id), sealed),
            None => Ok(String::new()),
        };
        Ok(Self {
            id: row.id,
            phone: Phone::parse(&open(RESIDENT_PHONE, &row.phone)?),
            name: open(RESIDENT_NAME, &row.name)?,
            id_number: open(RESIDENT_ID_NUMBER, &row.id_number)?,
            real_at: row.real_at,
            twin: row.twin,
        })
    }

    /// # Errors
    /// [`Error::NotFound`] for one that is not there or was joined to another.
    pub(crate) async fn fetch(service: &Service, db: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        let row = store::fetch(db, id).await?.filter(|row| row.merged_into.is_none()).ok_or(Error::NotFound)?;
        Self::of_row(service, row)
    }

    /// `138****5678`, or empty.
    pub(crate) fn phone_masked(&self) -> String {
        self.phone.as_ref().map(|phone| mask_phone(phone.as_str())).unwrap_or_default()
    }
}

/// The account to which a phone leads, also after its own was joined to another.
pub(super) async fn by_phone(
    service: &Service,
    db: &impl ConnectionTrait,
    phone: &Phone,
) -> Result<Option<ResidentRow>, Error> {
    let found = sealing::of_phone(service, db, phone).await?;
    lead_on(db, found).await
}

/// The account that stands for this one today.
pub(super) async fn lead_on(
    db: &impl ConnectionTrait,
    found: Option<ResidentRow>,
) -> Result<Option<ResidentRow>, Error> {
    match found.as_ref().and_then(|row| row.merged_into) {
        Some(id) => store::fetch(db, id).await,
        None => Ok(found),
    }
}
