//! Ways to a bundle for its resident: number and phone, the private link, this browser.

use domain::audit::Plain;
use domain::cases::{CaseNumber, State, slowest};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store;
use crate::audit::{Entry, audited};
use crate::cases::store::{CaseRow, cases_of_bundle, cases_of_bundles};
use crate::cases::tail_is;
use crate::error::Error;
use crate::identity::{Moved, Visitor, grant, session_of, subjects};
use crate::service::Service;
use crate::words;

/// Opens a bundle by its private link, and with it its cases.
///
/// # Errors
/// [`Error::NotFound`] when the link proves nothing. There is no limit: 160 bits are not guessed.
pub async fn open_link(service: &Service, visitor: &Visitor, number: &str, token: &str) -> Result<Moved, Error> {
    let number = CaseNumber::parse(number).ok_or(Error::NotFound)?;
    let row = store::by_number(&service.db.read, number.as_str()).await?.ok_or(Error::NotFound)?;
    if !service.keys.is_case_link(row.id, token) {
        return Err(Error::NotFound);
    }
    let (session, new_session) = session_of(service, visitor).await?;
    let now = service.clock.now();
    let cases = cases_of_bundle(&service.db.read, row.id).await?;
    let opened = |case: &CaseRow| Entry::session(&session, Plain::OpenedLink).case(case.id);
    let opened: Vec<Entry> = cases.iter().map(opened).collect();
    audited!(service, opened, |tx| {
        for case in &cases {
            grant(tx, &session, "case", case.id, now).await?;
        }
        grant(tx, &session, "bundle", row.id, now).await
    })?;
    Ok(Moved::with(format!("/bundles/{number}"), new_session))
}

/// The bundle of this number, if one of its cases was asked for from a phone that ends so: its id, and those of its
/// cases.
pub(crate) async fn bundle_of_tail(
    service: &Service,
    number: &str,
    tail: &str,
) -> Result<Option<(Uuid, Vec<Uuid>)>, Error> {
    let Some(row) = store::by_number(&service.db.read, number).await? else { return Ok(None) };
    let cases = cases_of_bundle(&service.db.read, row.id).await?;
    // A corrected phone counts as well.
    let right = cases.iter().any(|case| tail_is(service, case, tail));
    Ok(right.then(|| (row.id, cases.into_iter().map(|case| case.id).collect())))
}

/// The last bundles that a visitor may open: number, name, and the state of the slowest case.
pub(crate) async fn bundles_of(
    service: &Service,
    visitor: &Visitor,
    limit: u64,
) -> Result<Vec<(String, String, Option<State>)>, Error> {
    let ids = subjects(service, visitor, "bundle", limit).await?;
    let mut rows = store::fetch_all(&service.db.read, ids).await?;
    rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    let cases = cases_of_bundles(&service.db.read, rows.iter().map(|row| row.id).collect()).await?;
    let brief = |row: store::BundleRow| {
        let own = cases.iter().filter(|case| case.bundle_id == Some(row.id));
        (row.number, name(service, &row.event), state_of(own))
    };
    Ok(rows.into_iter().map(brief).collect())
}

/// That of the slowest case; none when all are over.
fn state_of<'a>(cases: impl Iterator<Item = &'a CaseRow>) -> Option<State> {
    let states: Vec<_> = cases.filter_map(|case| Some((State::from_key(&case.state)?, case.due))).collect();
    slowest(&states).map(|at| states[at].0)
}

/// An event that is offered no more still has its cases.
pub(super) fn name(service: &Service, event: &str) -> String {
    service.catalogue.event(event).map_or_else(|_| "一件事".to_owned(), |event| event.name.clone())
}

/// A bundle in words: its name, and when it was sent under which number.
pub(crate) async fn said_of(service: &Service, bundle: Uuid) -> Result<Option<(String, String)>, Error> {
    let row = store::fetch(&service.db.read, bundle).await?;
    let more = |row: &store::BundleRow| format!("{}提交，一件事编号 {}", words::time(row.created_at), row.number);
    Ok(row.map(|row| (format!("一件事：{}", name(service, &row.event)), more(&row))))
}

/// The page of a bundle for its resident.
pub(crate) async fn path_of(service: &Service, bundle: Uuid) -> Result<String, Error> {
    let row = store::fetch(&service.db.read, bundle).await?.ok_or(Error::NotFound)?;
    Ok(format!("/bundles/{}", row.number))
}

/// Where a submission leads: the receipt, opened as a fresh one.
pub(crate) async fn path_after_submission(db: &impl ConnectionTrait, bundle: Uuid) -> Result<String, Error> {
    let row = store::fetch(db, bundle).await?.ok_or(Error::NotFound)?;
    Ok(format!("/bundles/{}?new=1", row.number))
}
