//! Beginning: a new draft, the answer to a correction, and what this browser has begun before.

use domain::audit::Plain;
use domain::cases::{DraftBrief, Home};
use domain::forms::{Entries, REST, restrict};
use uuid::Uuid;

use super::draft::{Draft, write_json};
use super::store::{self, DraftRow};
use crate::audit::{Entry, audited};
use crate::catalogue::Revision;
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker, grant_own, may_open, session_of, subjects};
use crate::service::Service;
use crate::vault::DRAFT_ENTRIES;
use crate::words;

/// Begins a draft on the resident's own device.
///
/// # Errors
/// [`Error::NotFound`] for an item without a form, [`Error::Busy`] after too many drafts from one address.
pub async fn begin(service: &Service, visitor: &Visitor, code: &str) -> Result<Moved, Error> {
    let revision = with_form(service, code)?;
    service.limits.draft(visitor.address, service.clock.now())?;
    let (session, new_session) = session_of(service, visitor).await?;
    let row = new_row(service, &revision, "phone")?;
    let path = first_page(&row);
    let now = service.clock.now();
    audited!(service, Entry::session(&session, Plain::BeganDraft).draft(row.id), |tx| {
        store::draft_insert(tx, row.clone()).await?;
        grant_own(tx, &session, visitor, ("draft", row.id), now).await
    })?;
    Ok(Moved::with(path, new_session))
}

/// Begins a draft that a worker fills in for a resident at the window.
///
/// # Errors
/// As [`begin`]; [`Error::Forbidden`] for a worker who takes no applications.
pub async fn begin_at_window(service: &Service, visitor: &Visitor, code: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let revision = with_form(service, code)?;
    crate::desk::require_start(worker, Some(&revision.item.code))?;
    insert_at_window(service, worker, new_row(service, &revision, "window")?).await
}

async fn insert_at_window(service: &Service, worker: &Worker, mut row: DraftRow) -> Result<Moved, Error> {
    row.worker_id = Some(worker.id);
    row.office = Some(worker.office.clone());
    let path = first_page(&row);
    let entry = Entry::worker(worker, Plain::BeganDraft).draft(row.id);
    audited!(service, entry, |tx| { store::draft_insert(tx, row.clone()).await })?;
    Ok(Moved::to(path))
}

/// Begins a draft of a life event with the chosen items on the resident's own device. A choice that cannot be is
/// shown again; a single item is an application of its own.
///
/// # Errors
/// [`Error::NotFound`] for an event that is not there, [`Error::Busy`] after too many drafts from one address.
pub async fn begin_event(service: &Service, visitor: &Visitor, key: &str, codes: &[String]) -> Result<Moved, Error> {
    let row = match event_row(service, key, codes, "phone")? {
        Chosen::Again(query) => return Ok(Moved::to(format!("/events/{key}?{query}"))),
        Chosen::One(code) => return begin(service, visitor, &code).await,
        Chosen::Several(row) => row,
    };
    service.limits.draft(visitor.address, service.clock.now())?;
    let (session, new_session) = session_of(service, visitor).await?;
    let path = first_page(&row);
    let now = service.clock.now();
    audited!(service, Entry::session(&session, Plain::BeganDraft).draft(row.id), |tx| {
        store::draft_insert(tx, row.as_ref().clone()).await?;
        grant_own(tx, &session, visitor, ("draft", row.id), now).await
    })?;
    Ok(Moved::with(path, new_session))
}

/// The same by a worker for a resident at the window.
///
/// # Errors
/// As [`begin_event`]; [`Error::Forbidden`] for a worker who takes no applications.
pub async fn begin_event_at_window(
    service: &Service,
    visitor: &Visitor,
    key: &str,
    codes: &[String],
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    for code in codes {
        crate::desk::require_start(worker, Some(code))?;
    }
    crate::desk::require_start(worker, None)?;
    match event_row(service, key, codes, "window")? {
        Chosen::Again(query) => Ok(Moved::to(format!("/desk/events/{key}?{query}"))),
        Chosen::One(code) => begin_at_window(service, visitor, &code).await,
        Chosen::Several(row) => insert_at_window(service, worker, *row).await,
    }
}

/// What became of a choice of items of a life event.
pub(crate) enum Chosen {
    /// The choice, as the page's address has it, where it is said why it cannot be.
    Again(String),
    One(String),
    Several(Box<DraftRow>),
}

pub(crate) fn event_row(service: &Service, key: &str, codes: &[String], channel: &str) -> Result<Chosen, Error> {
    let event = service.catalogue.event(key)?;
    let chosen: Vec<String> = event.chosen(codes).into_iter().map(|part| part.code.clone()).collect();
    if !service.catalogue.finding(event, &chosen).is_empty() {
        return Ok(Chosen::Again(format!("items={}", chosen.join("."))));
    }
    if let [code] = chosen.as_slice() {
        return Ok(Chosen::One(code.clone()));
    }
    let revisions = chosen.iter().map(|code| with_form(service, code)).collect::<Result<Vec<_>, _>>()?;
    let parts: Vec<(String, i32)> = revisions.iter().map(|one| (one.item.code.clone(), one.number)).collect();
    let whole = service.catalogue.whole(key, &parts)?;
    let first = revisions.first().ok_or(Error::NotFound)?;
    Ok(Chosen::Several(Box::new(DraftRow {
        event: Some(key.to_owned()),
        parts: Some(write_json(&parts)?),
        page: whole.merged.form.pages.first().map(|page| page.key.clone()).unwrap_or_default(),
        ..new_row(service, first, channel)?
    })))
}

/// Begins, or goes on with, the answer to a correction.
pub(crate) async fn begin_correction(
    service: &Service,
    visitor: &Visitor,
    case: Uuid,
    item: (&str, i32),
    answers: &Entries,
    open: &[String],
) -> Result<Moved, Error> {
    let revision = service.catalogue.revision(item.0, item.1).ok_or(Error::NotFound)?;
    let (session, new_session) = session_of(service, visitor).await?;
    let asked = restrict(&revision.form, open);
    let first = asked.pages.iter().find(|page| page.key != REST).map(|page| page.key.clone());
    let row = new_row(service, &revision, "phone")?;
    let fresh = DraftRow {
        correction_of: Some(case),
        entries: service.vault.write(DRAFT_ENTRIES.of(row.id), answers)?,
        open_fields: Some(write_json(&open)?),
        page: first.unwrap_or_default(),
        ..row
    };
    let now = service.clock.now();
    let entry = Entry::by(visitor, Plain::BeganDraft).case(case);
    let row = audited!(service, entry, |tx| {
        // Two taps at once: the second waits here, and finds what the first has begun.
        crate::cases::store::case_touch(tx, case, now).await?;
        let row = match store::correction_draft(tx, case).await? {
            Some(begun) => begun,
            None => {
                store::draft_insert(tx, fresh.clone()).await?;
                fresh.clone()
            }
        };
        grant_own(tx, &session, visitor, ("draft", row.id), now).await?;
        Ok(row)
    })?;
    let draft = Draft::of_row(service, row).await?;
    let first = draft.page_keys().first().map_or_else(|| draft.review_path(), |key| draft.path(key));
    Ok(Moved::with(first, new_session))
}

/// So many of one's own stand on the first page.
const HOME_SHOWN: u64 = 5;

/// What this browser, or the account that is signed in, has begun and sent.
///
/// # Errors
/// When the database does not answer.
pub async fn home(service: &Service, visitor: &Visitor) -> Result<Home, Error> {
    let events = service.catalogue.event_list("");
    let mut home = Home { items_total: service.catalogue.len(), events, ..Home::default() };
    if visitor.session.is_none() {
        return Ok(home);
    }
    home.drafts = drafts_of(service, visitor, HOME_SHOWN).await?;
    home.bundles = crate::bundles::bundles_of(service, visitor, HOME_SHOWN).await?;
    home.cases = crate::cases::cases_of(service, visitor, HOME_SHOWN).await?;
    Ok(home)
}

/// The last saved drafts that a visitor may open.
pub(crate) async fn drafts_of(service: &Service, visitor: &Visitor, limit: u64) -> Result<Vec<DraftBrief>, Error> {
    let ids = subjects(service, visitor, "draft", 50).await?;
    let mut drafts = Vec::new();
    for row in store::drafts_open(&service.db.read, ids, limit).await? {
        let Some(name) = name_of(service, &row) else { continue };
        if let Some(case) = row.correction_of
            && !(may_open(service, visitor, "case", case).await?
                && crate::cases::waits_for_correction(service, case).await?)
        {
            continue;
        }
        drafts.push(DraftBrief { id: row.id.to_string(), name, page: row.page, saved: words::time(row.saved_at) });
    }
    Ok(drafts)
}

fn name_of(service: &Service, row: &DraftRow) -> Option<String> {
    match &row.event {
        Some(key) => service.catalogue.event(key).ok().map(|event| event.name.clone()),
        None => service.catalogue.revision(&row.item_code, row.item_revision).map(|r| r.item.everyday.clone()),
    }
}

/// A draft that somebody still fills in, and that answers no correction: that one goes with its case.
pub(crate) async fn is_open_draft(service: &Service, draft: Uuid) -> Result<bool, Error> {
    let row = store::draft_fetch(&service.db.read, draft).await?;
    Ok(row.is_some_and(|row| row.case_id.is_none() && row.correction_of.is_none()))
}

/// A draft in words: its name, and how far it is.
pub(crate) async fn said_of(service: &Service, draft: Uuid) -> Result<Option<(String, String)>, Error> {
    let Some(row) = store::draft_fetch(&service.db.read, draft).await? else { return Ok(None) };
    Ok(name_of(service, &row).map(|name| (name, format!("还没提交，{}保存", words::time(row.saved_at)))))
}

pub(crate) fn with_form(service: &Service, code: &str) -> Result<std::sync::Arc<Revision>, Error> {
    service.catalogue.latest(code).filter(|revision| revision.item.has_form()).ok_or(Error::NotFound)
}

pub(crate) fn new_row(service: &Service, revision: &Revision, channel: &str) -> Result<DraftRow, Error> {
    let (now, id) = (service.clock.now(), Uuid::new_v4());
    Ok(DraftRow {
        id,
        item_code: revision.item.code.clone(),
        item_revision: revision.number,
        event: None,
        parts: None,
        bundle_id: None,
        entries: service.vault.write(DRAFT_ENTRIES.of(id), &Entries::default())?,
        attempted: "[]".to_owned(),
        page: revision.form.pages.first().map(|page| page.key.clone()).unwrap_or_default(),
        channel: channel.to_owned(),
        worker_id: None,
        office: None,
        correction_of: None,
        open_fields: None,
        resume_hash: None,
        resume_until: None,
        case_id: None,
        news: None,
        mandate_id: None,
        version: 0,
        created_at: now,
        saved_at: now,
    })
}

pub(crate) fn first_page(row: &DraftRow) -> String {
    format!("/drafts/{}/pages/{}", row.id, row.page)
}
