//! "Check your answers": everything in words, what is missing, and who will decide.

use domain::audit::Plain;
use domain::cases::{Decider, DraftReview};
use domain::catalogue::{Intake, intake};
use domain::forms::{AnsweredPage, Entries, Finding, REST, check, normalise, outline};

use super::draft::{Application, Draft};
use super::routing::route;
use crate::audit::{Entry, look};
use crate::error::Error;
use crate::identity::Visitor;
use crate::service::Service;

/// The draft as it would be submitted.
///
/// # Errors
/// [`Error::NotFound`] for a draft that is not there for this visitor.
pub async fn review(service: &Service, visitor: &Visitor, id: &str) -> Result<DraftReview, Error> {
    let draft = Draft::open(service, visitor, id).await?;
    look(service, Entry::by(visitor, Plain::SawDraft).draft(draft.row.id)).await?;
    if draft.row.case_id.is_some() {
        return Err(Error::Refused("这份表已经提交了，不能再改。可以在“查进度”里看办到哪一步。".to_owned()));
    }
    let today = draft.day;
    let answers = normalise(&draft.form, &draft.entries, today);
    let area_name = |code: &str| service.areas.full_name(code);
    let mut pages: Vec<AnsweredPage> = outline(&draft.form, &answers, today, &area_name);
    pages.retain(|page| page.key != REST);
    let findings = check(&draft.form, &draft.entries, &draft.given(service)).err().unwrap_or_default();
    let deciders = deciders(service, &draft, &answers);
    let refers = draft.event.is_none() && deciders.iter().any(|decider| decider.refers);
    Ok(DraftReview {
        refer_days: if refers { crate::appointments::days(service) } else { Vec::new() },
        id: draft.row.id.to_string(),
        item: draft.revision.brief(),
        event: draft.event_view(),
        files: draft.files_by_path(service)?,
        unfinished: by_page(&draft, findings),
        deciders,
        last_page: draft.page_keys().last().cloned().unwrap_or_default(),
        at_window: draft.at_window(),
        news: draft.news()?,
        pages,
        correction: draft.correction,
    })
}

/// Who decides about each item that is asked for, and why.
fn deciders(service: &Service, draft: &Draft, answers: &Entries) -> Vec<Decider> {
    let window = draft.row.office.as_deref();
    let decider = |application: &Application| {
        let item = &application.revision.item;
        let name = draft.event.as_ref().and_then(|event| event.name_of(&item.code));
        let found = route(service, item, &application.answers, window).ok()?;
        Some(Decider {
            item: name.unwrap_or(&item.everyday).to_owned(),
            refers: intake(item, &found.office, window) == Intake::Refers,
            office: service.areas.office_name(&found.office),
            reason: found.reason,
        })
    };
    draft.applications(answers).iter().filter_map(decider).collect()
}

fn by_page(draft: &Draft, findings: Vec<Finding>) -> Vec<(String, Finding)> {
    let page_of = |finding: &Finding| draft.form.page_of(&finding.path).map(|page| page.key.clone());
    findings.into_iter().map(|finding| (page_of(&finding).unwrap_or_default(), finding)).collect()
}
