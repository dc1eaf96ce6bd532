//! Carrying on with a draft on another device: by an address or by a code to type.

use chrono::Days;
use domain::audit::Plain;
use domain::cases::{Flash, ResumeCode};
use domain::forms::{Entries, Finding};

use super::draft::Draft;
use super::start::first_page;
use super::store::{self, DraftRow};
use crate::audit::{Entry, audited};
use crate::cases::qr;
use crate::error::Error;
use crate::identity::{Keys, Moved, Visitor, grant, same, session_of, set_flash};
use crate::kiosk;
use crate::service::Service;

/// Codes and links are good for so many days.
const GOOD_FOR_DAYS: u64 = 7;
const MISS: &str = "没有找到。请核对10位代码；代码过期了，要在原来的设备上重新生成。";

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
    if visitor.kiosk.is_some() {
        kiosk::carry(service, visitor, draft.row.id).await?;
        return Ok(Moved::to(format!("/drafts/{}/resume", draft.row.id)));
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
    if visitor.kiosk.is_some() {
        let (link, seconds) = kiosk::carry_link(service, visitor, draft.row.id).await?.ok_or(Error::NotFound)?;
        let (id, page, code) = (draft.row.id.to_string(), draft.row.page, String::new());
        return Ok(ResumeCode { id, page, code, qr: qr(&link), link, until: service.today(), once: Some(seconds) });
    }
    let until = good_until(service, &draft.row).ok_or(Error::NotFound)?;
    let code = service.keys.resume_code(draft.row.id, until);
    let link = format!("{}/resume/{}", service.settings.public_url, service.keys.resume_link(draft.row.id, until));
    let grouped = [&code[..5], &code[5..]].join(" ");
    let (id, page) = (draft.row.id.to_string(), draft.row.page.clone());
    Ok(ResumeCode { id, page, code: grouped, qr: qr(&link), link, until, once: None })
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
    let path = match find(service, &typed).await? {
        Some(row) => {
            let now = service.clock.now();
            let entry = Entry::session(&session, Plain::ResumedDraft).draft(row.id);
            audited!(service, entry, |tx| { grant(tx, &session, "draft", row.id, now).await })?;
            Some(first_page(&row))
        }
        None => by_once(service, visitor, &session, &typed).await?,
    };
    let Some(path) = path else {
        let entries: Entries = [("code", code.chars().take(40).collect::<String>())].into_iter().collect();
        let findings = vec![Finding { path: "code".to_owned(), message: MISS.to_owned() }];
        set_flash(service, &session, &Flash { entries, findings, ..Flash::default() }).await?;
        return Ok(Moved::with("/resume?again=1", new_session));
    };
    service.limits.look_up_was_right(visitor.address, None);
    set_flash(service, &session, &Flash::default()).await?;
    Ok(Moved::with(path, new_session))
}

/// By a code that is good once: where it leads.
async fn by_once(service: &Service, visitor: &Visitor, session: &str, typed: &str) -> Result<Option<String>, Error> {
    let Some(carried) = kiosk::find(service, visitor, typed).await? else { return Ok(None) };
    let (now, subject) = (service.clock.now(), carried.subject);
    let (entry, path) = if carried.kind == "case" {
        let entry = Entry::by_session(visitor, session, Plain::FetchedAtKiosk).case(subject);
        (entry, crate::cases::path_of(service, subject).await?)
    } else {
        let row = store::draft_fetch(&service.db.read, subject).await?.filter(|row| row.case_id.is_none());
        let Some(row) = row else { return Ok(None) };
        (Entry::by_session(visitor, session, Plain::CarriedAway).draft(subject), first_page(&row))
    };
    let taken = audited!(service, entry, |tx| {
        // Whoever leaves the kiosk at the same moment has deleted it, or finds it taken.
        if carried.kind == "draft" && store::draft_lock(tx, subject).await?.is_none() {
            return Ok(false);
        }
        let taken = kiosk::take(tx, &carried).await?;
        if taken {
            grant(tx, session, carried.kind, subject, now).await?;
        }
        Ok(taken)
    })?;
    Ok(taken.then_some(path))
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
