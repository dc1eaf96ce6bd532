//! Submission: a draft becomes a case, or the answer to a correction, exactly once.

use domain::audit::Plain;
use domain::forms::{Entries, REST, check, normalise};

use super::draft::{Draft, path_of_sent, read_json, write_json};
use super::routing::route;
use super::scan::require_clean;
use super::store;
use crate::audit::{Entry, audited};
use crate::bundles::insert_bundle;
use crate::cases::{NewCase, answer_correction, insert_case, number_of, path_after_submission, path_of};
use crate::error::Error;
use crate::identity::{Moved, Visitor};
use crate::mandates::must_hold;
use crate::service::Service;

/// Submits a draft. A second call (a double tap, a resent post, another tab) leads to the same receipt.
///
/// # Errors
/// [`Error::NotFound`] for a draft that is not there for this visitor.
pub async fn submit(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let draft = Draft::open(service, visitor, id).await?;
    if let Some(path) = path_of_sent(service, &draft.row).await? {
        return Ok(Moved::to(path));
    }
    // Another revision began since the resident looked: first they are told what changed.
    if draft.carried_now && draft.row.news.is_some() {
        return Ok(Moved::to(draft.review_path()));
    }
    let answers = match check(&draft.form, &draft.entries, &draft.given(service)) {
        Ok(answers) => answers,
        Err(findings) => {
            show_findings(service, visitor, &draft, &findings).await?;
            return Ok(Moved::to(draft.review_path()));
        }
    };
    if let Some(mandate) = draft.row.mandate_id {
        must_hold(service, mandate, &draft.form, &answers).await?;
    }
    require_clean(service, &draft).await?;
    match draft.row.correction_of {
        Some(case) => submit_correction(service, visitor, &draft, case).await,
        None => submit_new(service, visitor, &draft, &answers).await,
    }
}

/// Every page with findings shows them from now on.
async fn show_findings(
    service: &Service,
    visitor: &Visitor,
    draft: &Draft,
    findings: &[domain::forms::Finding],
) -> Result<(), Error> {
    let mut attempted = draft.attempted();
    attempted.extend(findings.iter().filter_map(|f| draft.form.page_of(&f.path)).map(|page| page.key.clone()));
    attempted.sort();
    attempted.dedup();
    let attempted = write_json(&attempted)?;
    let entry = Entry::by(visitor, Plain::TriedToSubmit).draft(draft.row.id);
    audited!(service, entry, |tx| { store::draft_set_attempted(tx, draft.row.id, attempted.clone()).await })
}

/// One case, or a case for each item of a life event; all of them or none.
async fn submit_new(service: &Service, visitor: &Visitor, draft: &Draft, answers: &Entries) -> Result<Moved, Error> {
    let window = draft.row.office.as_deref();
    let mut routed = Vec::new();
    for application in draft.applications(answers) {
        let competence = route(service, &application.revision.item, &application.answers, window)
            .map_err(|_| Error::Refused("还不知道该由哪里办，请回去把地区选到社区。".to_owned()))?;
        routed.push((application, competence));
    }
    let worker = visitor.worker.as_ref();
    let resident = visitor.resident.as_ref().map(|resident| resident.id);
    let entry = Entry::by(visitor, Plain::Submitted).draft(draft.row.id);
    let path = audited!(service, entry, |tx| {
        let row = store::draft_lock(tx, draft.row.id).await?.ok_or(Error::NotFound)?;
        // Somebody was quicker between our look and our lock: the same tap, twice.
        if let Some(sent) = row.case_id {
            return match row.event {
                Some(_) => crate::bundles::path_after_submission(tx, sent).await,
                None => Ok(path_after_submission(&number_of(tx, sent).await?)),
            };
        }
        if row.version != draft.row.version {
            return Err(Error::Conflict("内容在别处刚改过，请核对后再提交。".to_owned()));
        }
        if let Some(event) = &draft.event {
            let bundle = insert_bundle(service, tx, draft, event, &routed, (worker, resident)).await?;
            store::draft_set_case(tx, draft.row.id, bundle).await?;
            return crate::bundles::path_after_submission(tx, bundle).await;
        }
        let (application, competence) = routed.first().ok_or(Error::NotFound)?;
        let (revision, answers) = (&application.revision, &application.answers);
        let new = NewCase { draft: &draft.row, revision, answers, competence, worker, resident, bundle: None };
        let (case, number) = insert_case(service, tx, &new).await?;
        store::draft_set_case(tx, draft.row.id, case).await?;
        Ok(path_after_submission(&number))
    })?;
    Ok(Moved::to(path))
}

/// What the check of the whole form is given: a paper that the case has need not be sent again, one that a corrected
/// answer asks for must be there.
async fn given_of_case(service: &Service, draft: &Draft, case: uuid::Uuid) -> Result<domain::forms::Given, Error> {
    let mut given = draft.given(service);
    given.at_window = crate::cases::was_taken_at_window(service, case).await?;
    for file in crate::cases::store::files_of_case(&service.db.read, case).await? {
        given.files.entry(file.path).or_insert(1);
    }
    Ok(given)
}

async fn submit_correction(
    service: &Service,
    visitor: &Visitor,
    draft: &Draft,
    case: uuid::Uuid,
) -> Result<Moved, Error> {
    // The whole form again: an answer that was opened may ask for more elsewhere.
    let full = &draft.revision.form;
    let open: Vec<String> = read_json(draft.row.open_fields.as_deref().unwrap_or("[]"))?;
    let given = given_of_case(service, draft, case).await?;
    let answers = match check(full, &draft.entries, &given) {
        Ok(answers) => answers,
        Err(findings) => {
            let mut open = open;
            open.extend(findings.into_iter().map(|finding| finding.path));
            let open = write_json(&open)?;
            let entry = Entry::by(visitor, Plain::TriedToSubmit).draft(draft.row.id);
            audited!(service, entry, |tx| { store::draft_set_open_fields(tx, draft.row.id, open.clone()).await })?;
            return Ok(Moved::to(draft.review_path()));
        }
    };
    let answers = normalise(full, &answers, draft.day);
    debug_assert!(!answers.iter().any(|(path, _)| path.starts_with(REST)));
    let entry = Entry::by(visitor, Plain::Corrected).draft(draft.row.id).case(case);
    let version = audited!(service, entry, |tx| {
        let row = store::draft_lock(tx, draft.row.id).await?.ok_or(Error::NotFound)?;
        if row.case_id.is_some() {
            return Ok(None);
        }
        if row.version != draft.row.version {
            return Err(Error::Conflict("内容在别处刚改过，请核对后再提交。".to_owned()));
        }
        let version = answer_correction(service, tx, case, &answers).await?;
        store::draft_set_case(tx, draft.row.id, case).await?;
        store::close_corrections(tx, case).await?;
        Ok(Some(version))
    })?;
    if let Some(version) = version {
        service.bus.changed(case, version);
    }
    Ok(Moved::to(path_of(service, case).await?))
}
