//! Mandates as their two sides see them.

use domain::audit::Plain;
use domain::catalogue::{CATEGORIES, facet_name};
use domain::identity::mask_name;
use domain::mandates::{MandateView, MandatesView, Refusal, Relation};

use super::store::{self, MandateRow};
use super::{GUARDIAN, PAGE, mandate_of};
use crate::audit::{Entry, look};
use crate::error::Error;
use crate::identity::Visitor;
use crate::residents::Account;
use crate::said::told;
use crate::service::Service;
use crate::vault::{MANDATE_HELPER_NAME, MANDATE_WARD_NAME, Purpose};
use crate::words;

/// Who may act for the resident, and for whom the resident may. `item`: the code of an item to offer in the form; `page`:
/// `new`, `guardian` or nothing.
///
/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn list(service: &Service, visitor: &Visitor, item: &str, page: &str) -> Result<MandatesView, Error> {
    let resident = visitor.resident()?.id;
    look(service, Entry::by(visitor, Plain::SawMandates)).await?;
    let mut given = Vec::new();
    for row in store::given_by(&service.db.read, resident).await? {
        given.push(view(service, &row, given_name(service, &row)?)?);
    }
    let mut held = Vec::new();
    for row in held_rows(service, visitor).await? {
        let name = giver_name(service, &row).await?;
        held.push(view(service, &row, name)?);
    }
    let item = service.catalogue.latest(item).map(|found| (found.item.code.clone(), found.item.everyday.clone()));
    let path = if page.is_empty() { PAGE.to_owned() } else { format!("{PAGE}/{page}") };
    let flash = told(service, visitor, &path).await?;
    Ok(MandatesView { given, held, item, today: service.today(), flash })
}

/// Those that name the phone of the resident who is signed in.
pub(super) async fn held_rows(service: &Service, visitor: &Visitor) -> Result<Vec<MandateRow>, Error> {
    let account = Account::fetch(service, &service.db.read, visitor.resident()?.id).await?;
    match account.phone {
        Some(phone) => store::held_by(&service.db.read, service.vault.blinds(Purpose::Phone, phone.as_str())?).await,
        None => Ok(Vec::new()),
    }
}

fn given_name(service: &Service, row: &MandateRow) -> Result<String, Error> {
    if row.kind == GUARDIAN { ward_name(service, row) } else { helper_name(service, row) }
}

pub(super) fn helper_name(service: &Service, row: &MandateRow) -> Result<String, Error> {
    let name = row.helper_name.as_ref();
    name.map_or(Ok(String::new()), |sealed| service.vault.open(MANDATE_HELPER_NAME.of(row.id), sealed))
}

pub(super) fn ward_name(service: &Service, row: &MandateRow) -> Result<String, Error> {
    let name = row.ward_name.as_ref();
    name.map_or(Ok(String::new()), |sealed| service.vault.open(MANDATE_WARD_NAME.of(row.id), sealed))
}

/// Masked: the helper knows the person, and need not learn more.
pub(super) async fn giver_name(service: &Service, row: &MandateRow) -> Result<String, Error> {
    let account = Account::fetch(service, &service.db.read, row.resident_id).await?;
    Ok(if account.name.is_empty() { account.phone_masked() } else { mask_name(&account.name) })
}

pub(super) fn relation_name(row: &MandateRow) -> &'static str {
    Relation::from_key(&row.relation).map_or("", Relation::name)
}

fn view(service: &Service, row: &MandateRow, name: String) -> Result<MandateView, Error> {
    let mandate = mandate_of(row)?;
    let called = |key: &String| {
        let category = facet_name(CATEGORIES, key).map(|name| format!("“{name}”这一类"));
        category.or_else(|| service.catalogue.latest(key).map(|found| found.item.everyday.clone()))
    };
    let covers: Vec<String> = mandate.covers.iter().filter_map(called).collect();
    let over = match mandate.in_force(service.today()) {
        Ok(()) => "",
        Err(Refusal::Revoked) => "已经撤回",
        Err(_) if row.kind == GUARDIAN => "孩子满18岁了",
        Err(_) => "已经到期",
    };
    Ok(MandateView {
        id: row.id.to_string(),
        name,
        relation: relation_name(row).to_owned(),
        covers: if mandate.covers.is_empty() { "所有的事".to_owned() } else { covers.join("、") },
        until: words::day(row.until),
        over: over.to_owned(),
        guardian: row.kind == GUARDIAN,
    })
}
