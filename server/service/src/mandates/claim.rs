//! The code on a receipt (领取码): with it and the last digits of the own phone, the resident takes over what a helper
//! filed. It is used once; from then on the helper sees it no more.

use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::{Entries, Finding};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use super::store::{self, ClaimRow};
use crate::audit::{Entry, audited};
use crate::cases::store::{CaseRow, case_fetch, cases_of_bundle};
use crate::cases::tail_is;
use crate::error::Error;
use crate::identity::{CLAIMED, Moved, Visitor, grant, hold, session_of, set_flash};
use crate::service::Service;

/// Letters and digits of a code: 40 bits, and the tries are limited.
const LENGTH: usize = 8;
const PURPOSE: &str = "claim";

fn code(service: &Service, subject: Uuid) -> String {
    service.keys.code(PURPOSE, &subject.to_string(), LENGTH)
}

fn hash(service: &Service, code: &str) -> String {
    service.keys.blind(PURPOSE, code)
}

/// With what a helper filed comes a code.
pub(crate) async fn make_claim(
    service: &Service,
    tx: &DatabaseTransaction,
    (kind, subject): (&'static str, Uuid),
) -> Result<(), Error> {
    let row = ClaimRow {
        id: Uuid::now_v7(),
        code_hash: hash(service, &code(service, subject)),
        kind: kind.to_owned(),
        subject,
        made_at: service.clock.now(),
        used_at: None,
    };
    store::claim_insert(tx, row).await
}

/// The code as it stands on a receipt; empty when there is none, or it was used.
///
/// # Errors
/// When the database does not answer.
pub async fn code_for(service: &Service, subject: Uuid) -> Result<String, Error> {
    let row = store::claim_of(&service.db.read, subject).await?.filter(|row| row.used_at.is_none());
    Ok(row.map(|_| code(service, subject)).map(|code| [&code[..4], &code[4..]].join(" ")).unwrap_or_default())
}

/// Whether it was taken over.
pub(super) async fn was_used(db: &impl ConnectionTrait, subject: Uuid) -> Result<bool, Error> {
    Ok(store::claim_of(db, subject).await?.is_some_and(|row| row.used_at.is_some()))
}

/// Takes over by the code and the last four digits of the applicant's phone. A miss is no error: the form is shown
/// again, with the same sentence whatever was wrong.
///
/// # Errors
/// [`Error::Busy`] after too many tries.
pub async fn claim(service: &Service, visitor: &Visitor, typed: &str, tail: &str) -> Result<Moved, Error> {
    let now = service.clock.now();
    let wanted = domain::text::compact(typed);
    // Of one code as many tries as of one case, from however many addresses.
    service.limits.look_up(visitor.address, Some(&wanted), now)?;
    let (session, new_session) = session_of(service, visitor).await?;
    let row = store::claim_by_hash(&service.db.read, &hash(service, &wanted)).await?;
    let found = match row.filter(|row| row.used_at.is_none()) {
        Some(row) => proven(service, &row, &domain::text::compact(tail)).await?.map(|cases| (row, cases)),
        None => None,
    };
    let Some((row, cases)) = found else {
        return missed(service, &session, new_session, (typed, tail)).await;
    };
    service.limits.look_up_was_right(visitor.address, Some(&wanted));
    let entries: Vec<Entry> = cases.iter().map(|case| Entry::by(visitor, Plain::TookOver).case(case.id)).collect();
    let mut subjects: Vec<(&'static str, Uuid)> = cases.iter().map(|case| ("case", case.id)).collect();
    if row.kind == "bundle" {
        subjects.push(("bundle", row.subject));
    }
    audited!(service, entries, |tx| {
        if !store::claim_use(tx, row.id, now).await? {
            return Err(Error::Conflict("这个领取码刚刚被用过了。".to_owned()));
        }
        store::shut(tx, subjects.iter().map(|(_, id)| *id).collect()).await?;
        for (kind, id) in &subjects {
            match &visitor.resident {
                Some(resident) => hold(tx, resident.id, (*kind, *id), CLAIMED, now).await?,
                None => grant(tx, &session, kind, *id, now).await?,
            }
        }
        Ok(())
    })?;
    set_flash(service, &session, &Flash::default()).await?;
    let path = match (row.kind.as_str(), cases.first()) {
        ("bundle", _) => crate::bundles::path_of(service, row.subject).await?,
        (_, Some(case)) => format!("/cases/{}", case.number),
        (_, None) => "/me".to_owned(),
    };
    Ok(Moved::with(path, new_session))
}

/// The cases, if the digits are those of their applicant's phone.
async fn proven(service: &Service, row: &ClaimRow, tail: &str) -> Result<Option<Vec<CaseRow>>, Error> {
    let cases = match row.kind.as_str() {
        "bundle" => cases_of_bundle(&service.db.read, row.subject).await?,
        _ => case_fetch(&service.db.read, row.subject).await?.into_iter().collect(),
    };
    let right = tail.len() == 4 && cases.iter().any(|case| tail_is(service, case, tail));
    Ok(right.then_some(cases))
}

async fn missed(
    service: &Service,
    session: &str,
    new_session: Option<String>,
    (code, tail): (&str, &str),
) -> Result<Moved, Error> {
    let kept = |text: &str| text.chars().take(40).collect::<String>();
    let entries: Entries = [("code", kept(code)), ("tail", kept(tail))].into_iter().collect();
    let message = "没有找到。请核对领取码和申请人手机号后四位，两样都要对；每个码只能用一次".to_owned();
    let findings = vec![Finding { path: "code".to_owned(), message }];
    set_flash(service, session, &Flash { entries, findings, ..Flash::default() }).await?;
    Ok(Moved::with("/claim?again=1", new_session))
}
