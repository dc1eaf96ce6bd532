//! Mandates (授权委托): given and taken back by residents, asked for on every request of a helper; and the codes by
//! which a resident takes over what a helper filed.

mod begin;
mod claim;
mod give;
mod list;
mod store;

use std::collections::BTreeSet;

use domain::cases::local_day;
use domain::mandates::Mandate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

pub use begin::{begin, held_for};
pub use claim::{claim, code_for};
pub use give::{declare_guardian, give, revoke};
pub use list::list;

pub(crate) use claim::make_claim;

use self::store::MandateRow;
use crate::error::Error;
use crate::forms::read_json;
use crate::identity::Visitor;
use crate::residents::Account;
use crate::service::Service;
use crate::vault::Purpose;

/// What a row allows.
fn mandate_of(row: &MandateRow) -> Result<Mandate, Error> {
    let covers: BTreeSet<String> = read_json(&row.items)?;
    Ok(Mandate { covers, from: local_day(row.given_at), until: row.until, revoked: row.revoked_at.is_some() })
}

/// Whether a visitor is kept from a draft or case that is under a mandate: the helper, once it is not in force. Who
/// gave it is never kept from it.
pub(crate) async fn bars(
    service: &Service,
    visitor: &Visitor,
    kind: &'static str,
    subject: Uuid,
) -> Result<bool, Error> {
    let Some(row) = store::of_subject(&service.db.read, kind, subject).await? else { return Ok(false) };
    let is_giver = visitor.resident.as_ref().is_some_and(|resident| resident.id == row.resident_id);
    if is_giver && row.kind == HELPER {
        return Ok(false);
    }
    Ok(mandate_of(&row)?.in_force(service.today()).is_err())
}

const PAGE: &str = "/me/mandates";
const HELPER: &str = "helper";
const GUARDIAN: &str = "guardian";

/// On what the helper of a case rests, to stand after the name; empty without a mandate.
pub(crate) async fn basis(db: &impl ConnectionTrait, case: Uuid) -> Result<&'static str, Error> {
    Ok(match store::of_subject(db, "case", case).await? {
        Some(row) if row.kind == GUARDIAN => "，是孩子的监护人",
        Some(_) => "，凭申请人的授权",
        None => "",
    })
}

/// Whether the resident who is signed in is the helper that a mandate names: whoever holds that phone.
async fn is_helper(service: &Service, visitor: &Visitor, row: &MandateRow) -> Result<bool, Error> {
    let resident = visitor.resident()?;
    if row.kind == GUARDIAN {
        return Ok(row.resident_id == resident.id);
    }
    let account = Account::fetch(service, &service.db.read, resident.id).await?;
    let Some(phone) = account.phone else { return Ok(false) };
    Ok(service.vault.is_blind(Purpose::Phone, phone.as_str(), &row.helper_blind))
}
