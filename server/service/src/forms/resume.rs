//! Carrying on with a draft on another device: by an address or by a code to type.

use chrono::Days;
use domain::audit::Plain;
use domain::cases::{Flash, ResumeCode};
use domain::forms::{Entries, Finding};

use super::draft::Draft;
use super::store::{self, DraftRow};
use crate::audit::{Entry, audited};
use crate::cases::qr;
use crate::error::Error;
use crate::identity::{Keys, Moved, Visitor, grant, same, session_of, set_flash};
use crate::service::Service;

/// Codes and links are good for so many days.
const GOOD_FOR_DAYS: u64 = 7;

/// Makes a code and a link, or makes them last again.
///
/// # Errors
/// [`Error::NotFound`] for a draft that is not there for this visitor.
pub async fn make_resume_code(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let draft = Draft::open(service, visitor, id).await?;
    // What a worker fills in after seeing the originals is not carried on without them.
    if draft.row.case_id.is_some() || draft.at_window() {
        return Err(Error::NotFound);
    }
    let until = service.today() + Days::new(GOOD_FOR_DAYS);
    let hash = service.keys.blind("resume", &service.keys.resume_code(draft.row.id, until));
    let entry = Entry::by(visitor, Plain::MadeResumeCode).draft(draft.row.id);
    audited!(service, entry, |tx| { store::draft_set_resume(tx, draft.row.id, hash.clone(), until).await })?;
    Ok(Moved::to(format!("/drafts/{}/resume", draft.row.id)))
}

/// The code and link that were made.
///
/// # Errors
/// [`Error::NotFound`] for a draft that is not there for this visitor, or when none were made or they are too old.
pub async fn resume_code(service: &Service, visitor: &Visitor, id: &str) -> Result<ResumeCode, Error> {
    let draft = Draft::open(service, visitor, id).await?;
    let until = good_until(service, &draft.row).ok_or(Error::NotFound)?;
    let code = service.keys.resume_code(draft.row.id, until);
    let link = format!("{}/resume/{}", service.settings.public_url, service.keys.resume_link(draft.row.id, until));
    let grouped = [&code[..5], &code[5..]].join(" ");
    let (id, page) = (draft.row.id.to_string(), draft.row.page.clone());
    Ok(ResumeCode { id, page, code: grouped, qr: qr(&link), link, until })
}

fn good_until(service: &Service, row: &DraftRow) -> Option<chrono::NaiveDate> {
    row.resume_until.filter(|until| row.resume_hash.is_some() && *until >= service.today())
}

/// Opens a draft by a typed code or by the token of a link.
///
/// # Errors
/// [`Error::Busy`] after too many tries. A wrong code is no error: the form is shown again and says so.
pub async fn resume(service: &Service, visitor: &Visitor, code: &str) -> Result<Moved, Error> {
    service.limits.look_up(visitor.address, None, service.clock.now())?;
    let (session, new_session) = session_of(service, visitor).await?;
    let typed = domain::text::compact(code);
    let Some(row) = find(service, &typed).await? else {
        let entries: Entries = [("code", code.chars().take(40).collect::<String>())].into_iter().collect();
        let message = "没有找到。请核对10位代码；代码7天内有效，过期的要在原来的设备上重新生成。".to_owned();
        let findings = vec![Finding { path: "code".to_owned(), message }];
        set_flash(service, &session, &Flash { entries, findings, ..Flash::default() }).await?;
        return Ok(Moved::with("/resume?again=1", new_session));
    };
    service.limits.look_up_was_right(visitor.address, None);
    let now = service.clock.now();
    let entry = Entry::session(&session, Plain::ResumedDraft).draft(row.id);
    audited!(service, entry, |tx| { grant(tx, &session, "draft", row.id, now).await })?;
    set_flash(service, &session, &Flash::default()).await?;
    Ok(Moved::with(format!("/drafts/{}/pages/{}", row.id, row.page), new_session))
}

async fn find(service: &Service, typed: &str) -> Result<Option<DraftRow>, Error> {
    let row = match Keys::draft_of_link(typed).filter(|_| typed.len() > 20) {
        Some(id) => store::draft_fetch(&service.db.read, id).await?,
        None => store::draft_by_resume(&service.db.read, &service.keys.blind("resume", typed)).await?,
    };
    let Some(row) = row.filter(|row| row.case_id.is_none()) else { return Ok(None) };
    let Some(until) = good_until(service, &row) else { return Ok(None) };
    let proven = typed.len() <= 20 || same(&service.keys.resume_link(row.id, until), typed);
    Ok(proven.then_some(row))
}
