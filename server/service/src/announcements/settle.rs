//! The office that decides settles what was said against an announcement, one by one.

use domain::announcements::settlement_form;
use domain::audit::Plain;
use domain::cases::{Flash, Step};
use domain::desk::Right;
use domain::forms::{Entries, Given, check};
use uuid::Uuid;

use super::store;
use crate::audit::{Entry, audited};
use crate::cases::store::case_touch;
use crate::desk::{ABOUT, STEP, open};
use crate::error::Error;
use crate::identity::{Moved, Visitor, set_flash};
use crate::service::Service;
use crate::vault::OBJECTION_ANSWER;

/// Settles an objection. What is missing is said on the case's page, with all that was typed.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for a case or objection that is not there for this worker;
/// [`Error::Forbidden`] for one who may not end the announcement.
pub async fn settle(
    service: &Service,
    visitor: &Visitor,
    number: &str,
    id: &str,
    entries: Entries,
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let record = open(service, worker, number).await?;
    // Who may end an announcement settles what was said against it.
    if !record.may(worker, Right::Do(Step::EndAnnouncement)) {
        return Err(Error::Forbidden);
    }
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let case = record.row.id;
    store::objection_of(&service.db.read, case, id).await?.ok_or(Error::NotFound)?;
    let about = |entries: &mut Entries| entries.set(ABOUT, record.row.number.as_str());
    let mut flash = Flash::default();
    match check(&settlement_form(), &entries, &Given { today: service.today(), ..Given::default() }) {
        Ok(answers) => {
            let now = service.clock.now();
            let answer = service.vault.seal(OBJECTION_ANSWER.of(id), answers.get("answer"))?;
            let upheld = answers.get("upheld") == "yes";
            let entry = Entry::worker(worker, Plain::SettledObjection).case(case);
            flash.good = audited!(service, entry, |tx| {
                case_touch(tx, case, now).await?;
                store::settle(tx, id, (answer.clone(), upheld), now).await
            })?;
            let (done, late) = ("已处理这条异议", "这条异议刚刚被别人处理了，请看过再说。");
            flash.message = if flash.good { done } else { late }.to_owned();
        }
        Err(mut findings) => {
            let form = format!("objection-{id}");
            // As the controls of this form are called on the page.
            findings.iter_mut().for_each(|finding| finding.path = format!("{form}.{}", finding.path));
            flash.findings = findings;
            flash.entries = entries.clone();
            flash.entries.set(STEP, form);
        }
    }
    about(&mut flash.entries);
    set_flash(service, &worker.session, &flash).await?;
    Ok(Moved::to(format!("/desk/cases/{}", record.row.number)))
}
