//! A step on a case: asked of the policy, its form checked, made by the rule, stored once.

use domain::cases::{Action, Flash, Step};
use domain::desk::{Right, TICKED, step_action};
use domain::forms::{Entries, Finding, Given, check, outline};

use super::case::{ABOUT, open};
use super::offices::{common_office, form_of};
use crate::announcements;
use crate::audit::{Entry, audited};
use crate::cases::{Record, actor, append};
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker, set_flash, set_flash_with};
use crate::service::Service;

/// Under this key a form that came back says which step it was.
pub(crate) const STEP: &str = "_step";

/// Does a step. What the rule refuses is shown on the case's page with all that was typed.
///
/// `step`: see [`Step::key`]. `version`: that of the case on the page; another one means that somebody else was
/// quicker. `entries`: what the step's form sent.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for a case or step that is not there for this worker;
/// [`Error::Forbidden`] for a step that is another's.
pub async fn act(
    service: &Service,
    visitor: &Visitor,
    number: &str,
    step: &str,
    version: u32,
    entries: Entries,
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let record = open(service, worker, number).await?;
    let path = Moved::to(format!("/desk/cases/{}", record.row.number));
    let step = Step::from_key(step).ok_or(Error::NotFound)?;
    let kept = kept(&record.row.number, step, &entries);
    if let Some(why) = record.tie(worker).words() {
        say(service, worker, Flash { entries: kept, message: why.to_owned(), ..Flash::default() }).await?;
        return Ok(path);
    }
    record.acts_for(worker, Right::Do(step)).ok_or(Error::Forbidden)?;
    let answers = match checked(service, &record, step, &entries) {
        Ok(answers) => answers,
        Err(mut findings) => {
            // As the controls of this step are called on the page.
            findings.iter_mut().for_each(|finding| finding.path = format!("{}.{}", step.key(), finding.path));
            say(service, worker, Flash { entries: kept, findings, ..Flash::default() }).await?;
            return Ok(path);
        }
    };
    let common = common_office(service, &record);
    let action = step_action(step, &answers, &record.revision.item, &common).ok_or(Error::NotFound)?;
    let message = format!("已完成：{}", step.name());
    let about = [(ABOUT, record.row.number.as_str())].into_iter().collect();
    let flash = Flash { entries: about, message, good: true, ..Flash::default() };
    let done = audited!(service, Entry::worker(worker, step).case(record.row.id), |tx| {
        set_flash_with(service, tx, &worker.session, &flash).await?;
        let now = Record::locked(service, tx, record.row.id).await?;
        if now.case.events != version {
            return Err(Error::Conflict(quicker(service, &now)));
        }
        // Of the case as it is locked: the first look may have been at another state of it.
        let office = now.acts_for(worker, Right::Do(step)).ok_or(Error::Forbidden)?;
        append(service, tx, now, action.clone(), actor(worker, &office), None).await
    });
    match done {
        Ok(version) => {
            service.bus.changed(record.row.id, version);
            Ok(left_us(service, &record, &action, worker, path).await)
        }
        Err(Error::Refused(message) | Error::Conflict(message)) => {
            say(service, worker, Flash { entries: kept, message, ..Flash::default() }).await?;
            Ok(path)
        }
        Err(error) => Err(error),
    }
}

/// A case that was sent on may be out of this worker's sight.
async fn left_us(service: &Service, record: &Record, action: &Action, worker: &Worker, path: Moved) -> Moved {
    let gone = matches!(action, Action::Reroute { .. }) && open(service, worker, &record.row.number).await.is_err();
    if gone { Moved::to("/desk".to_owned()) } else { path }
}

/// The answers of a step's form: the same check as for residents, and what is ticked is something that was asked.
fn checked(service: &Service, record: &Record, step: Step, entries: &Entries) -> Result<Entries, Vec<Finding>> {
    let form = form_of(service, record, step);
    let given = Given { today: service.today(), ..Given::default() };
    let mut answers = check(&form, entries, &given)?;
    if step == Step::AskCorrection {
        let ticked = only_asked_fields(record, entries.all(TICKED));
        if ticked.is_empty() {
            let message = "请至少勾选一项要补正的内容".to_owned();
            return Err(vec![Finding { path: TICKED.to_owned(), message }]);
        }
        let ready = |path: &String| {
            let key = path.split('.').next().unwrap_or(path);
            record.revision.item.corrections.iter().any(|template| template.field == key)
        };
        if answers.get("reason").is_empty() && !ticked.iter().all(ready) {
            let message = "请写明要补什么、怎么补，申请人会看到".to_owned();
            return Err(vec![Finding { path: "reason".to_owned(), message }]);
        }
        answers.set_all(TICKED, ticked);
    }
    if step == Step::Announce
        && let Some(message) = announcements::telling(record, answers.get("text"))
    {
        return Err(vec![Finding { path: "text".to_owned(), message }]);
    }
    Ok(answers)
}

/// A correction opens only what the form asked for.
fn only_asked_fields(record: &Record, ticked: &[String]) -> Vec<String> {
    let day = domain::cases::local_day(record.case.submitted_at);
    let pages = outline(&record.revision.form, &record.answers, day, &|_| String::new());
    let asked = |path: &&String| pages.iter().flat_map(|page| &page.rows).any(|row| row.path == **path);
    ticked.iter().filter(asked).cloned().collect()
}

async fn say(service: &Service, worker: &Worker, flash: Flash) -> Result<(), Error> {
    set_flash(service, &worker.session, &flash).await
}

fn kept(number: &str, step: Step, entries: &Entries) -> Entries {
    let mut kept = entries.clone();
    kept.set(ABOUT, number);
    kept.set(STEP, step.key());
    kept
}

fn quicker(service: &Service, now: &Record) -> String {
    let last = crate::cases::timeline(service, now, "", true).into_iter().next();
    match last {
        Some(entry) => format!(
            "您打开页面之后，{}已经在{}处理过：{}。现在是“{}”，请看过再决定下一步。",
            entry.who,
            entry.time,
            entry.title,
            now.case.state.name()
        ),
        None => "这件办件刚刚被别人处理了，请看过再决定下一步。".to_owned(),
    }
}
