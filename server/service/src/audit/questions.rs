//! What residents ask about looks at their data, and the auditor's answers.

use domain::audit::AuditQuestion;
use domain::cases::Flash;
use domain::desk::Duty;
use uuid::Uuid;

use super::lines::Known;
use super::search::{ABOUT, HOME};
use super::store::AuditRow;
use crate::error::Error;
use crate::identity::{Moved, Visitor, set_flash};
use crate::looks;
use crate::service::Service;

/// Those that wait first, each with the row that it is about.
pub(super) async fn list(service: &Service) -> Result<Vec<AuditQuestion>, Error> {
    let asked = looks::questions(service).await?;
    let rows: Vec<AuditRow> = asked.iter().filter_map(|question| question.row.clone()).collect();
    let shown: Vec<_> = rows.iter().map(|row| (row, Vec::new())).collect();
    let mut lines = Known::of(service, &rows).await?.lines(service, &shown).await?.into_iter();
    let view = |question: looks::Question| AuditQuestion {
        id: question.id.to_string(),
        line: question.row.as_ref().and_then(|_| lines.next()),
        asked: question.asked,
        words: question.words,
        answer: question.answer,
    };
    Ok(asked.into_iter().map(view).collect())
}

/// Answers a resident, once.
///
/// # Errors
/// [`Error::NotFound`] for who is not the auditor, and for a question that is not there; [`Error::Refused`] without
/// words; [`Error::Conflict`] when it was answered before.
pub async fn answer(service: &Service, visitor: &Visitor, id: &str, words: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    worker.must(Duty::Questions)?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    looks::answer(service, worker, id, words).await?;
    let about = [(crate::desk::ABOUT, ABOUT)].into_iter().collect();
    let message = "已经答复，居民在“我的”里看得到。".to_owned();
    set_flash(service, &worker.session, &Flash { entries: about, message, good: true, ..Flash::default() }).await?;
    Ok(Moved::to(HOME))
}
