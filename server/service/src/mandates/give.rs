//! Giving a mandate and taking it back; saying that one is a child's guardian.

use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::{Entries, Finding, Given, check};
use domain::identity::{IdNumber, Phone};
use domain::mandates::{MANDATES_MAX, ONE_ITEM, guardian_form, latest_end, mandate_form, minority_ends};
use uuid::Uuid;

use super::store::{self, MandateRow};
use super::{GUARDIAN, HELPER, PAGE};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::forms::write_json;
use crate::identity::{Moved, Visitor};
use crate::residents::Account;
use crate::said::{good, said};
use crate::service::Service;
use crate::vault::{MANDATE_HELPER_NAME, MANDATE_HELPER_PHONE, MANDATE_WARD_ID_NUMBER, MANDATE_WARD_NAME, Purpose};

/// Lets somebody act. `item`: that from whose page it is given.
///
/// # Errors
/// [`Error::SignIn`] without a resident; [`Error::Refused`] with too many in force.
pub async fn give(service: &Service, visitor: &Visitor, item: &str, entries: Entries) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let revision = service.catalogue.latest(item);
    let offered = revision.as_ref().map(|found| (found.item.code.as_str(), found.item.everyday.as_str()));
    let own = Account::fetch(service, &service.db.read, resident).await?.phone;
    let answers = match checked(service, &mandate_form(offered), &entries, |answers| wrong(service, answers, &own)) {
        Ok(answers) => answers,
        Err(findings) => {
            let back = if item.is_empty() { format!("{PAGE}/new") } else { format!("{PAGE}/new?item={item}") };
            return said(service, visitor, Flash { entries, findings, ..Flash::default() }, back).await;
        }
    };
    room(service, resident).await?;
    let id = Uuid::now_v7();
    let covers: Vec<String> = match answers.get("scope") {
        "all" => Vec::new(),
        "some" => answers.all("categories").to_vec(),
        one => vec![one.strip_prefix(ONE_ITEM).unwrap_or_default().to_owned()],
    };
    let row = MandateRow {
        helper_name: Some(service.vault.seal(MANDATE_HELPER_NAME.of(id), answers.get("name"))?),
        helper_phone: Some(service.vault.seal(MANDATE_HELPER_PHONE.of(id), answers.get("phone"))?),
        helper_blind: service.vault.blind(Purpose::Phone, answers.get("phone"))?,
        relation: answers.get("relation").to_owned(),
        items: write_json(&covers)?,
        until: answers.get("until").parse().map_err(|error| Error::internal("a date that was checked", error))?,
        ..empty(service, id, resident, HELPER)
    };
    audited!(service, Entry::by(visitor, Plain::GaveMandate), |tx| { store::insert(tx, row.clone()).await })?;
    said(service, visitor, good("授权已经生效。他（她）用自己的手机号登录，就能替您办了。"), PAGE).await
}

fn empty(service: &Service, id: Uuid, resident: Uuid, kind: &str) -> MandateRow {
    MandateRow {
        id,
        resident_id: resident,
        kind: kind.to_owned(),
        helper_name: None,
        helper_phone: None,
        helper_blind: String::new(),
        relation: String::new(),
        items: "[]".to_owned(),
        ward_name: None,
        ward_id_number: None,
        until: service.today(),
        given_at: service.clock.now(),
        revoked_at: None,
    }
}

/// What no field can see by itself.
fn wrong(service: &Service, answers: &Entries, own: &Option<Phone>) -> Vec<Finding> {
    let finding = |path: &str, message: &str| Finding { path: path.to_owned(), message: message.to_owned() };
    let mut findings = Vec::new();
    if own.as_ref().is_some_and(|own| own.as_str() == answers.get("phone")) {
        findings.push(finding("phone", "这是您自己的手机号。请写对方的手机号"));
    }
    let latest = latest_end(service.today());
    if answers.get("until").parse::<chrono::NaiveDate>().is_ok_and(|until| until > latest) {
        findings.push(finding("until", "最长两年，请选早一点的日子"));
    }
    findings
}

fn checked(
    service: &Service,
    form: &domain::forms::Definition,
    entries: &Entries,
    more: impl Fn(&Entries) -> Vec<Finding>,
) -> Result<Entries, Vec<Finding>> {
    let answers = check(form, entries, &Given { today: service.today(), ..Given::default() })?;
    let findings = more(&answers);
    if findings.is_empty() { Ok(answers) } else { Err(findings) }
}

async fn room(service: &Service, resident: Uuid) -> Result<(), Error> {
    if store::count_open(&service.db.read, resident, service.today()).await? >= MANDATES_MAX as u64 {
        return Err(Error::Refused(format!("最多{MANDATES_MAX}份授权，请先撤回不用的。")));
    }
    Ok(())
}

/// Takes a mandate back. It holds on the helper's next request.
///
/// # Errors
/// [`Error::NotFound`] for one that is not the resident's, or was taken back.
pub async fn revoke(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let now = service.clock.now();
    audited!(service, Entry::by(visitor, Plain::RevokedMandate), |tx| {
        if store::revoke(tx, (id, resident), now).await? { Ok(()) } else { Err(Error::NotFound) }
    })?;
    said(service, visitor, good("已经撤回，马上生效。"), PAGE).await
}

/// A guardian says for which child. Ends by itself when the child comes of age.
///
/// # Errors
/// As for [`give`].
pub async fn declare_guardian(service: &Service, visitor: &Visitor, entries: Entries) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let today = service.today();
    let ends = |answers: &Entries| {
        let child = IdNumber::parse(answers.get("id_number"), today).ok()?;
        minority_ends(&child, today)
    };
    let of_age = |answers: &Entries| {
        let message = "已经满18岁了，不能用监护人的身份办。请他（她）自己登录，或者给您授权。".to_owned();
        let finding = Finding { path: "id_number".to_owned(), message };
        if ends(answers).is_none() { vec![finding] } else { Vec::new() }
    };
    let answers = match checked(service, &guardian_form(), &entries, of_age) {
        Ok(answers) => answers,
        Err(findings) => {
            let flash = Flash { entries, findings, ..Flash::default() };
            return said(service, visitor, flash, format!("{PAGE}/guardian")).await;
        }
    };
    room(service, resident).await?;
    let id = Uuid::now_v7();
    let row = MandateRow {
        relation: answers.get("relation").to_owned(),
        ward_name: Some(service.vault.seal(MANDATE_WARD_NAME.of(id), answers.get("name"))?),
        ward_id_number: Some(service.vault.seal(MANDATE_WARD_ID_NUMBER.of(id), answers.get("id_number"))?),
        until: ends(&answers).unwrap_or(today),
        ..empty(service, id, resident, GUARDIAN)
    };
    audited!(service, Entry::by(visitor, Plain::DeclaredGuardian), |tx| { store::insert(tx, row.clone()).await })?;
    said(service, visitor, good("记好了。以后给孩子办事，开始填表时选孩子的名字。"), PAGE).await
}
