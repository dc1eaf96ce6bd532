//! Notices as they are shown: to those who may see the case, and masked to anybody who has the code.

use domain::audit::Plain;
use domain::desk::Right;
use domain::notices::{IssuedNotice, Notice, NoticeBrief, NoticeKind, Verification};
use domain::text::compact;
use uuid::Uuid;

use super::store;
use crate::audit::{Entry, look};
use crate::cases::may_see;
use crate::error::Error;
use crate::identity::Visitor;
use crate::service::Service;
use crate::vault::NOTICE_CONTENT;

/// The notices of a case, the first first.
pub(crate) async fn briefs(service: &Service, case: Uuid) -> Result<Vec<NoticeBrief>, Error> {
    let rows = store::of_case(&service.db.read, case).await?;
    let brief = |row: store::NoticeRow| {
        Some(NoticeBrief {
            kind: NoticeKind::from_key(&row.kind)?,
            id: row.id.to_string(),
            number: row.number,
            day: domain::cases::local_day(row.issued_at),
        })
    };
    Ok(rows.into_iter().filter_map(brief).collect())
}

/// A notice as it was issued.
///
/// # Errors
/// [`Error::NotFound`], the same for one that is not there and for one of another's case.
pub async fn notice(service: &Service, visitor: &Visitor, id: &str) -> Result<IssuedNotice, Error> {
    let row = seen(service, visitor, id).await?;
    let qr = crate::cases::qr(&check_address(service, &row));
    let check = check_page(service);
    Ok(IssuedNotice { id: row.id.to_string(), notice: content(service, &row)?, check, qr })
}

/// What a notice says.
pub(super) fn content(service: &Service, row: &store::NoticeRow) -> Result<Notice, Error> {
    service.vault.read(NOTICE_CONTENT.of(row.id), &row.content)
}

/// A notice that the visitor may see.
pub(super) async fn seen(service: &Service, visitor: &Visitor, id: &str) -> Result<store::NoticeRow, Error> {
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let row = store::fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    if !may_see(service, visitor, row.case_id, Right::Read).await? {
        return Err(Error::NotFound);
    }
    look(service, Entry::by(visitor, Plain::SawNotice).case(row.case_id)).await?;
    Ok(row)
}

/// Where anybody can check it.
pub(super) fn check_address(service: &Service, row: &store::NoticeRow) -> String {
    format!("{}?code={}", check_page(service), row.code)
}

fn check_page(service: &Service) -> String {
    format!("{}/verify", service.settings.public_url)
}

/// What the paper with this code should say, with names masked.
///
/// # Errors
/// [`Error::Busy`] after too many codes that do not exist from one address.
pub async fn verify(service: &Service, visitor: &Visitor, typed: &str) -> Result<Verification, Error> {
    let code = compact(typed);
    let typed: String = typed.chars().take(40).collect();
    if code.is_empty() {
        return Ok(Verification { code: typed, ..Verification::default() });
    }
    service.limits.look_up(visitor.address, None, service.clock.now())?;
    let row = store::by_code(&service.db.read, &code).await?;
    if row.is_some() {
        service.limits.look_up_was_right(visitor.address, None);
    }
    let found = row.map(|row| content(service, &row)).transpose()?.map(Notice::masked);
    Ok(Verification { code: typed, found, asked: true })
}
