//! Whose rows a resident's number leads to. The number itself is stored nowhere.

use std::collections::BTreeSet;

use domain::forms::Entries;
use domain::identity::{IdNumber, Phone};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::store::{self, Subject};
use crate::error::Error;
use crate::forms::store::drafts_of_cases;
use crate::service::Service;

/// Lets a case be found by the numbers of the people in its answers: whoever asked, lives there or is cared for.
pub(crate) async fn remember(
    service: &Service,
    tx: &DatabaseTransaction,
    case: Uuid,
    answers: &Entries,
) -> Result<(), Error> {
    let texts = answers.iter().flat_map(|(_, texts)| texts);
    let blinds: BTreeSet<String> = texts.filter_map(|text| blind(service, text)).collect();
    store::persons_insert(tx, case, blinds).await
}

pub(super) async fn subject(service: &Service, number: &str) -> Result<Subject, Error> {
    let Some(blind) = blind(service, number) else { return Ok(Subject::default()) };
    let db = &service.db.read;
    let cases = store::cases_of_person(db, &blind).await?;
    let drafts = drafts_of_cases(db, &cases).await?;
    Ok(Subject { actors: Vec::new(), cases, drafts })
}

/// None for what is neither an identity number nor a mobile phone.
fn blind(service: &Service, text: &str) -> Option<String> {
    let number = match IdNumber::parse(text, service.today()) {
        Ok(number) => number.as_str().to_owned(),
        Err(_) => Phone::parse(text)?.as_str().to_owned(),
    };
    Some(service.keys.blind("audit-person", &number))
}
