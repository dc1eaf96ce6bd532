//! Mandates (授权委托): given and taken back by residents, asked for on every request of a helper; and the codes by
//! which a resident takes over what a helper filed.

mod begin;
mod claim;
mod give;
mod list;
mod store;

use std::collections::{BTreeSet, HashSet};

use domain::cases::local_day;
use domain::forms::{Definition, Entries};
use domain::mandates::Mandate;
use domain::text::compact;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

pub use begin::{begin, begin_event, held_for, held_in_force};
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

/// From which of these drafts or cases a visitor is kept that are under a mandate: the helper, once it is not in force.
/// Who gave it is never kept from them, nor who took them over by the code on the receipt: then nobody else opens them.
pub(crate) async fn barred(
    service: &Service,
    visitor: &Visitor,
    kind: &'static str,
    subjects: &[Uuid],
) -> Result<HashSet<Uuid>, Error> {
    let db = &service.db.read;
    let mut barred = HashSet::new();
    for (subject, row) in store::of_subjects(db, kind, subjects).await? {
        let is_giver = visitor.resident.as_ref().is_some_and(|resident| resident.id == row.resident_id);
        let is_over = mandate_of(&row)?.in_force(service.today()).is_err();
        if is_over && !(is_giver && row.kind == HELPER) && !claim::was_used(db, subject).await? {
            barred.insert(subject);
        }
    }
    Ok(barred)
}

/// Whether an application says what its mandate allows: filled in by a helper, for who gave it.
///
/// # Errors
/// [`Error::Refused`] in words, when it does not.
pub(crate) async fn must_hold(
    service: &Service,
    mandate: Uuid,
    form: &Definition,
    said: &Entries,
) -> Result<(), Error> {
    let row = store::fetch(&service.db.read, mandate).await?.ok_or(Error::NotFound)?;
    let mut known = Entries::default();
    begin::person(service, &row, &mut known).await?;
    let same = |part: &str| {
        let path = format!("applicant.{part}");
        let known = known.get(&path);
        form.field("applicant").is_none() || known.is_empty() || compact(said.get(&path)) == known
    };
    let by_helper = form.field("filled_by").is_none() || said.get("filled_by") == "agent";
    if by_helper && same("id_number") && same("phone") {
        return Ok(());
    }
    Err(Error::Refused(
        "这份申请是凭授权替别人填的：申请人要是给您授权的人（或者您的孩子），身份证号码和手机号码要和他（她）账号里的一样，“谁来填”要选替别人填。请改回去再提交。"
            .to_owned(),
    ))
}

const PAGE: &str = "/me/mandates";
const HELPER: &str = "helper";
const GUARDIAN: &str = "guardian";

/// Who gave a mandate, or the guardian.
pub(crate) async fn giver_of(db: &impl ConnectionTrait, mandate: Uuid) -> Result<Uuid, Error> {
    Ok(store::fetch(db, mandate).await?.ok_or(Error::NotFound)?.resident_id)
}

/// On what the helper of a case rests, to stand after the name; empty without a mandate.
pub(crate) async fn basis(db: &impl ConnectionTrait, case: Uuid) -> Result<&'static str, Error> {
    Ok(match store::of_subjects(db, "case", &[case]).await?.first() {
        Some((_, row)) if row.kind == GUARDIAN => "，是孩子的监护人",
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
