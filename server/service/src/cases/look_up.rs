//! Ways to a case for its resident: number and phone, the private link, this browser.

use domain::audit::Plain;
use domain::cases::{CaseNumber, Flash, State};
use domain::forms::{Entries, Finding};
use domain::identity::IdNumber;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, CaseRow};
use crate::audit::{Entry, audited};
use crate::bundles::bundle_of_tail;
use crate::error::Error;
use crate::identity::{Moved, Visitor, grant, session_of, set_flash, subjects};
use crate::service::Service;
use crate::vault::Purpose;
use crate::words;

/// Opens a case, or a whole life event, by its number and the last four digits of the applicant's phone.
///
/// A miss is no error: the form is shown again, with the same sentence whatever was wrong.
///
/// # Errors
/// [`Error::Busy`] after too many tries from one address or for one number.
pub async fn look_up(service: &Service, visitor: &Visitor, number: &str, tail: &str) -> Result<Moved, Error> {
    let parsed = CaseNumber::parse(number);
    let limited = parsed.as_ref().map(CaseNumber::as_str);
    service.limits.look_up(visitor.address, limited, service.clock.now())?;
    let digits = domain::text::compact(tail);
    let key = limited.unwrap_or("-");
    let (session, new_session) = session_of(service, visitor).await?;
    // The same work for every miss.
    let row = store::case_by_number(&service.db.read, key).await?;
    let cases: Vec<Uuid> = row.iter().filter(|row| tail_is(service, row, &digits)).map(|row| row.id).collect();
    let whole = bundle_of_tail(service, key, &digits).await?;
    let (bundle, cases) = whole.map_or((None, cases), |(bundle, cases)| (Some(bundle), cases));
    if !cases.is_empty() && digits.len() == 4 {
        service.limits.look_up_was_right(visitor.address, limited);
        let now = service.clock.now();
        let found = |case: &Uuid| Entry::session(&session, Plain::FoundCase).case(*case);
        let found: Vec<Entry> = cases.iter().map(found).collect();
        audited!(service, found, |tx| {
            for case in &cases {
                grant(tx, &session, "case", *case, now).await?;
            }
            match bundle {
                Some(bundle) => grant(tx, &session, "bundle", bundle, now).await,
                None => Ok(()),
            }
        })?;
        set_flash(service, &session, &Flash::default()).await?;
        let kind = if bundle.is_some() { "bundles" } else { "cases" };
        return Ok(Moved::with(format!("/{kind}/{key}"), new_session));
    }
    let kept = |text: &str| text.chars().take(60).collect::<String>();
    let entries: Entries = [("number", kept(number)), ("tail", kept(tail))].into_iter().collect();
    set_flash(service, &session, &Flash { entries, findings: miss(&parsed, &digits), ..Flash::default() }).await?;
    Ok(Moved::with("/track?again=1", new_session))
}

/// Whether a case was asked for from a phone that ends so.
pub(crate) fn tail_is(service: &Service, row: &CaseRow, tail: &str) -> bool {
    service.vault.is_blind(Purpose::PhoneTail, &format!("{}|{tail}", row.number), &row.phone_tail)
}

/// What can be told without telling whether the case exists: only the form of what was typed.
fn miss(number: &Option<CaseNumber>, tail: &str) -> Vec<Finding> {
    let finding = |path: &str, message: &str| Finding { path: path.to_owned(), message: message.to_owned() };
    let mut findings = Vec::new();
    if number.is_none() {
        findings.push(finding("number", "办件编号不对，请对照回执逐位检查"));
    }
    if tail.len() != 4 || !tail.bytes().all(|b| b.is_ascii_digit()) {
        findings.push(finding("tail", "请填申请时所留手机号的最后4位数字"));
    }
    if findings.is_empty() {
        findings.push(finding("number", "没有找到。请核对办件编号和手机号后四位，两样都要对"));
    }
    findings
}

/// Opens a case by its private link.
///
/// # Errors
/// [`Error::NotFound`] when the link proves nothing. There is no limit: 160 bits are not guessed.
pub async fn open_link(service: &Service, visitor: &Visitor, number: &str, token: &str) -> Result<Moved, Error> {
    let number = CaseNumber::parse(number).ok_or(Error::NotFound)?;
    let row = store::case_by_number(&service.db.read, number.as_str()).await?.ok_or(Error::NotFound)?;
    if !service.keys.is_case_link(row.id, token) {
        return Err(Error::NotFound);
    }
    let (session, new_session) = session_of(service, visitor).await?;
    let now = service.clock.now();
    let entry = Entry::session(&session, Plain::OpenedLink).case(row.id);
    audited!(service, entry, |tx| { grant(tx, &session, "case", row.id, now).await })?;
    Ok(Moved::with(format!("/cases/{number}"), new_session))
}

/// The last cases that a visitor may open: number, name of the item, state.
pub(crate) async fn cases_of(
    service: &Service,
    visitor: &Visitor,
    limit: u64,
) -> Result<Vec<(String, String, State)>, Error> {
    let ids = subjects(service, visitor, "case", 60).await?;
    let bundles = subjects(service, visitor, "bundle", 60).await?;
    let rows = store::cases_listed(&service.db.read, ids, bundles, limit).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let revision = service.catalogue.revision(&row.item_code, row.item_revision)?;
            Some((row.number, revision.item.everyday.clone(), State::from_key(&row.state)?))
        })
        .collect())
}

/// The last cases that were asked for with this identity number.
pub(crate) async fn of_applicant(service: &Service, number: &str) -> Result<Vec<CaseRow>, Error> {
    let Ok(number) = IdNumber::parse(number, service.today()) else { return Ok(Vec::new()) };
    let blinds = service.vault.blinds(Purpose::Applicant, number.as_str())?;
    store::of_applicant(&service.db.read, blinds).await
}

/// A case in words: its name, and when it was sent under which number.
pub(crate) async fn said_of(service: &Service, case: Uuid) -> Result<Option<(String, String)>, Error> {
    let Some(row) = store::case_fetch(&service.db.read, case).await? else { return Ok(None) };
    let name = service.catalogue.revision(&row.item_code, row.item_revision).map(|one| one.item.everyday.clone());
    Ok(name.map(|name| (name, format!("{}提交，办件编号 {}", words::time(row.submitted_at), row.number))))
}

/// Whether a case is part of a life event that is among these as a whole.
pub(crate) async fn is_part_of(service: &Service, case: Uuid, among: &[(String, Uuid)]) -> Result<bool, Error> {
    let bundle = store::case_fetch(&service.db.read, case).await?.and_then(|row| row.bundle_id);
    Ok(bundle.is_some_and(|bundle| among.iter().any(|(kind, subject)| kind == "bundle" && *subject == bundle)))
}

pub(crate) async fn number_of(db: &impl ConnectionTrait, case: Uuid) -> Result<String, Error> {
    store::case_fetch(db, case).await?.map(|row| row.number).ok_or(Error::NotFound)
}

/// The page of a case for its resident.
pub(crate) async fn path_of(service: &Service, case: Uuid) -> Result<String, Error> {
    Ok(format!("/cases/{}", number_of(&service.db.read, case).await?))
}

/// Where a submission leads: the receipt, opened as a fresh one.
pub(crate) fn path_after_submission(number: &str) -> String {
    format!("/cases/{number}?new=1")
}
