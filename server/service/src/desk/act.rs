//! A step on a case: asked of the policy, made by the rule, stored once.

use domain::cases::{Action, Flash, Outcome, Step};
use domain::desk::Right;
use domain::forms::{ENTRY_LENGTH_MAX, Entries, Finding, outline};

use super::case::{ABOUT, open};
use crate::cases::store;
use crate::cases::{Record, actor, append, worker_may};
use crate::db::transact;
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker, set_flash};
use crate::service::Service;

/// What the form of a step sends.
#[derive(Clone, Debug, Default)]
pub struct ActForm {
    /// The version of the case on the page; another one means that somebody else was quicker.
    pub version: u32,
    pub reason: String,
    pub outcome: Option<Outcome>,
    /// Paths of what is to be corrected.
    pub fields: Vec<String>,
}

/// Does a step. What the rule refuses is shown on the case's page with all that was typed.
///
/// `step`: `receive`, `ask-correction`, `accept`, `refuse`, `review`, `decide`, `close`.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for a case or step that is not there for this worker;
/// [`Error::Forbidden`] for a step that is another's.
pub async fn act(
    service: &Service,
    visitor: &Visitor,
    number: &str,
    step: &str,
    form: ActForm,
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let record = open(service, worker, number).await?;
    let path = Moved::to(format!("/desk/cases/{}", record.row.number));
    let kept = kept(&record.row.number, step, &form);
    let action = action(step, form.clone()).ok_or(Error::NotFound)?;
    if !worker_may(worker, &record.row, Right::Do(action.step())) {
        return Err(Error::Forbidden);
    }
    if let Some(findings) = findings(&action, &form) {
        say(service, worker, Flash { entries: kept, findings, ..Flash::default() }).await?;
        return Ok(path);
    }
    let action = only_asked_fields(&record, action);
    let done = transact!(service.db, |tx| {
        let row = store::case_lock(tx, record.row.id).await?.ok_or(Error::NotFound)?;
        let now = Record::of_row(service, tx, row).await?;
        if now.case.events != form.version {
            return Err(Error::Conflict(quicker(service, &now)));
        }
        append(service, tx, &now, action.clone(), actor(worker), None).await
    });
    match done {
        Ok(version) => {
            service.bus.changed(record.row.id, version);
            let about = [(ABOUT, record.row.number.as_str())].into_iter().collect();
            let message = format!("已完成：{}", name(action.step()));
            say(service, worker, Flash { entries: about, message, good: true, ..Flash::default() }).await?;
            Ok(path)
        }
        Err(Error::Refused(message) | Error::Conflict(message)) => {
            say(service, worker, Flash { entries: kept, message, ..Flash::default() }).await?;
            Ok(path)
        }
        Err(error) => Err(error),
    }
}

async fn say(service: &Service, worker: &Worker, flash: Flash) -> Result<(), Error> {
    set_flash(service, &worker.session, &flash).await
}

fn action(step: &str, form: ActForm) -> Option<Action> {
    let reason: String = form.reason.chars().take(ENTRY_LENGTH_MAX).collect();
    Some(match step {
        "receive" => Action::Receive,
        "ask-correction" => Action::AskCorrection { fields: form.fields, reason },
        "accept" => Action::Accept,
        "refuse" => Action::RefuseAcceptance { reason },
        "review" => Action::StartReview,
        // Without a choice it is refused below, before anything is stored.
        "decide" => Action::Decide { outcome: form.outcome.unwrap_or(Outcome::Denied), reason },
        "close" => Action::Close,
        _ => return None,
    })
}

/// What the person has to add before the rule is asked.
fn findings(action: &Action, form: &ActForm) -> Option<Vec<Finding>> {
    let finding = |path: &str, message: &str| Finding { path: path.to_owned(), message: message.to_owned() };
    let no_reason = domain::text::clean(&form.reason).is_empty();
    let mut found = Vec::new();
    match action {
        Action::AskCorrection { fields, .. } => {
            if fields.is_empty() {
                found.push(finding("field", "请至少勾选一项要补正的内容"));
            }
            if no_reason {
                found.push(finding("reason", "请写明要补什么、怎么补，申请人会看到"));
            }
        }
        Action::RefuseAcceptance { .. } if no_reason => {
            found.push(finding("reason", "请写明不予受理的理由，以及应向哪里申请"));
        }
        Action::Decide { .. } if form.outcome.is_none() => found.push(finding("outcome", "请选择批准或不批准")),
        Action::Decide { outcome: Outcome::Denied, .. } if no_reason => {
            found.push(finding("reason", "不批准要写明理由，申请人会看到"));
        }
        _ => {}
    }
    (!found.is_empty()).then_some(found)
}

/// A correction opens only what the form asked for.
fn only_asked_fields(record: &Record, action: Action) -> Action {
    let Action::AskCorrection { fields, reason } = action else { return action };
    let day = domain::cases::local_day(record.case.submitted_at);
    let pages = outline(&record.revision.form, &record.answers, day, &|_| String::new());
    let asked = |path: &String| pages.iter().flat_map(|page| &page.rows).any(|row| row.path == *path);
    Action::AskCorrection { fields: fields.into_iter().filter(asked).collect(), reason }
}

fn kept(number: &str, step: &str, form: &ActForm) -> Entries {
    let mut entries: Entries = [(ABOUT, number), ("_step", step), ("reason", &form.reason)].into_iter().collect();
    entries.set_all("field", form.fields.clone());
    if let Some(outcome) = form.outcome {
        entries.set("outcome", if outcome == Outcome::Approved { "approved" } else { "denied" });
    }
    entries
}

fn quicker(service: &Service, now: &Record) -> String {
    let last = crate::cases::timeline(service, now, true).into_iter().next();
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

fn name(step: Step) -> &'static str {
    match step {
        Step::Receive => "收件",
        Step::AskCorrection => "要求补正",
        Step::AnswerCorrection => "补正",
        Step::Accept | Step::DeemAccepted => "受理",
        Step::RefuseAcceptance => "不予受理",
        Step::StartReview => "开始审查",
        Step::Decide => "决定",
        Step::Close => "办结",
        Step::Withdraw => "撤回",
    }
}
