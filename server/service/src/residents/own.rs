//! What of all that a resident may open is the resident's own. What this browser merely looked up, and what was filled
//! in for somebody else, may be followed, but says nothing of the resident.

use std::collections::HashMap;

use domain::forms::Entries;
use domain::text::compact;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Account;
use crate::cases::store::{CaseRow, cases_of_bundles, cases_of_ids};
use crate::error::Error;
use crate::forms::store::{DraftRow, drafts_of_ids};
use crate::identity::{CLAIMED, JOINED, MANDATE, Visitor, held_of_kind, subjects};
use crate::service::Service;

/// All cases that a visitor may open, those of life events included.
pub(crate) async fn open_cases(service: &Service, visitor: &Visitor, limit: u64) -> Result<Vec<CaseRow>, Error> {
    let cases = subjects(service, visitor, "case", limit).await?;
    let bundles = subjects(service, visitor, "bundle", limit).await?;
    of_both(&service.db.read, cases, bundles).await
}

/// Each once, the last first.
async fn of_both(db: &impl ConnectionTrait, cases: Vec<Uuid>, bundles: Vec<Uuid>) -> Result<Vec<CaseRow>, Error> {
    let mut rows = cases_of_ids(db, cases).await?;
    rows.extend(cases_of_bundles(db, bundles).await?);
    rows.sort_by_key(|row| std::cmp::Reverse(row.id));
    rows.dedup_by_key(|row| row.id);
    Ok(rows)
}

/// Cases of an account, with how each came to it.
pub(crate) async fn held_cases(
    db: &impl ConnectionTrait,
    resident: Uuid,
    limit: u64,
) -> Result<Vec<(CaseRow, String)>, Error> {
    let cases: HashMap<Uuid, String> = held_of_kind(db, resident, "case", limit).await?.into_iter().collect();
    let bundles: HashMap<Uuid, String> = held_of_kind(db, resident, "bundle", limit).await?.into_iter().collect();
    let rows = of_both(db, cases.keys().copied().collect(), bundles.keys().copied().collect()).await?;
    let with = |row: CaseRow| {
        let came = cases.get(&row.id).or_else(|| bundles.get(&row.bundle_id?)).cloned().unwrap_or_default();
        (row, came)
    };
    Ok(rows.into_iter().map(with).collect())
}

/// Drafts of an account that were not sent, with how each came to it. What the resident fills in under somebody else's
/// mandate is left out.
pub(crate) async fn held_drafts(
    db: &impl ConnectionTrait,
    resident: Uuid,
    limit: u64,
) -> Result<Vec<(DraftRow, String)>, Error> {
    let held: HashMap<Uuid, String> = held_of_kind(db, resident, "draft", limit).await?.into_iter().collect();
    let rows = drafts_of_ids(db, held.keys().copied().collect()).await?;
    let with = |row: DraftRow| {
        let came = held.get(&row.id)?.clone();
        (row.case_id.is_none() && (row.mandate_id.is_none() || came == MANDATE)).then_some((row, came))
    };
    Ok(rows.into_iter().filter_map(with).collect())
}

/// Whether answers are the resident's own. `came`: how the case or draft came to the account.
pub(crate) fn is_own(account: &Account, came: &str, answers: &Entries) -> bool {
    match came {
        // Of who gave the mandate, and of who had the code on the receipt and the phone.
        MANDATE | CLAIMED => true,
        // Opened in this browser by whatever way.
        JOINED => is_about(account, answers) || is_nobodys(answers),
        _ => answers.get("filled_by") != "agent" || is_about(account, answers),
    }
}

/// By the identity number, where both are known: a phone may be a family's.
fn is_about(account: &Account, answers: &Entries) -> bool {
    let typed = compact(answers.get("applicant.id_number"));
    if !account.id_number.is_empty() && !typed.is_empty() {
        return typed == account.id_number;
    }
    account.phone.as_ref().is_some_and(|phone| phone.as_str() == compact(answers.get("applicant.phone")))
}

/// Whether own answers may be offered again: the applicant's, not those that the resident gave for a child.
pub(crate) fn may_be_offered(account: &Account, came: &str, answers: &Entries) -> bool {
    is_own(account, came, answers) && (answers.get("filled_by") != "agent" || [MANDATE, CLAIMED].contains(&came))
}

/// A form in which nobody is named yet.
fn is_nobodys(answers: &Entries) -> bool {
    ["name", "id_number", "phone"].iter().all(|part| answers.get(&format!("applicant.{part}")).is_empty())
}

#[cfg(test)]
mod tests {
    use domain::identity::Phone;

    use super::*;
    use crate::identity::BEGAN;

    #[test]
    fn what_was_looked_up_or_filled_in_for_another_is_not_ones_own() {
        let account = Account {
            id: Uuid::nil(),
            phone: Phone::parse("13800138000"),
            name: "张小三".to_owned(),
            id_number: "210103194001019013".to_owned(),
            real_at: None,
            twin: None,
        };
        let own = [("applicant.phone", "138 0013 8000"), ("applicant.name", "张小三")].into_iter().collect();
        let proven = [("applicant.id_number", "210103194001019013")].into_iter().collect();
        let child = [("applicant.phone", "13800138000"), ("applicant.id_number", "210105201009099033")];
        let child: Entries = child.into_iter().chain([("filled_by", "agent")]).collect();
        assert!(!is_own(&account, BEGAN, &child) && !is_own(&account, JOINED, &child), "a family has one phone");
        let unproven = Account { id_number: String::new(), ..account.clone() };
        assert!(is_own(&unproven, BEGAN, &child) && !may_be_offered(&unproven, BEGAN, &child));
        let other: Entries = [("applicant.phone", "13977712345"), ("applicant.name", "李四")].into_iter().collect();
        let mut for_other = other.clone();
        for_other.set("filled_by", "agent");
        for answers in [&own, &proven] {
            assert!([BEGAN, JOINED, CLAIMED, MANDATE].iter().all(|came| is_own(&account, came, answers)));
        }
        assert!(is_own(&account, JOINED, &Entries::default()), "just begun");
        assert!(!is_own(&account, JOINED, &other), "a neighbour's receipt");
        assert!(is_own(&account, BEGAN, &other), "with another phone");
        assert!(!is_own(&account, BEGAN, &for_other), "a helper's");
        assert!(is_own(&account, MANDATE, &for_other) && is_own(&account, CLAIMED, &for_other), "for the resident");
    }
}
