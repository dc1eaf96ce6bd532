//! Submission: a draft becomes a case, or the answer to a correction, exactly once.

use domain::forms::{REST, check, normalise};

use super::draft::{Draft, read_json, write_json};
use super::routing::route;
use super::store;
use crate::cases::{NewCase, answer_correction, insert_case, path_of};
use crate::db::transact;
use crate::error::Error;
use crate::identity::{Moved, Visitor};
use crate::service::Service;

/// Submits a draft. A second call (a double tap, a resent post, another tab) leads to the same receipt.
///
/// # Errors
/// [`Error::NotFound`] for a draft that is not there for this visitor.
pub async fn submit(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let draft = Draft::open(service, visitor, id).await?;
    if let Some(case) = draft.row.case_id {
        return Ok(Moved::to(path_of(service, case).await?));
    }
    // Another revision began since the resident looked: first they are told what changed.
    if draft.carried_now && draft.row.news.is_some() {
        return Ok(Moved::to(draft.review_path()));
    }
    let answers = match check(&draft.form, &draft.entries, &draft.given(service)) {
        Ok(answers) => answers,
        Err(findings) => {
            show_findings(service, &draft, &findings).await?;
            return Ok(Moved::to(draft.review_path()));
        }
    };
    match draft.row.correction_of {
        Some(case) => submit_correction(service, &draft, case).await,
        None => submit_new(service, visitor, &draft, answers).await,
    }
}

/// Every page with findings shows them from now on.
async fn show_findings(service: &Service, draft: &Draft, findings: &[domain::forms::Finding]) -> Result<(), Error> {
    let mut attempted = draft.attempted();
    attempted.extend(findings.iter().filter_map(|f| draft.form.page_of(&f.path)).map(|page| page.key.clone()));
    attempted.sort();
    attempted.dedup();
    let attempted = write_json(&attempted)?;
    transact!(service.db, |tx| { store::draft_set_attempted(tx, draft.row.id, attempted.clone()).await })
}

async fn submit_new(
    service: &Service,
    visitor: &Visitor,
    draft: &Draft,
    answers: domain::forms::Entries,
) -> Result<Moved, Error> {
    let competence = route(service, draft, &answers)
        .map_err(|_| Error::Refused("还不知道该由哪里办，请回去把地区选到社区。".to_owned()))?;
    let new = NewCase { draft, answers: &answers, competence: &competence, worker: visitor.worker.as_ref() };
    let number = transact!(service.db, |tx| {
        let row = store::draft_lock(tx, draft.row.id).await?.ok_or(Error::NotFound)?;
        // Somebody was quicker between our look and our lock: the same tap, twice.
        if let Some(case) = row.case_id {
            return crate::cases::number_of(tx, case).await;
        }
        if row.version != draft.row.version {
            return Err(Error::Conflict("内容在别处刚改过，请核对后再提交。".to_owned()));
        }
        let (case, number) = insert_case(service, tx, &new).await?;
        store::draft_set_case(tx, draft.row.id, case).await?;
        Ok(number)
    })?;
    Ok(Moved::to(crate::cases::path_after_submission(&number)))
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

async fn submit_correction(service: &Service, draft: &Draft, case: uuid::Uuid) -> Result<Moved, Error> {
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
            transact!(service.db, |tx| { store::draft_set_open_fields(tx, draft.row.id, open.clone()).await })?;
            return Ok(Moved::to(draft.review_path()));
        }
    };
    let answers = normalise(full, &answers, draft.day);
    debug_assert!(!answers.iter().any(|(path, _)| path.starts_with(REST)));
    let version = transact!(service.db, |tx| {
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
