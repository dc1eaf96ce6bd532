//! What may happen next to a case, and the events that follow from it.

use chrono::{DateTime, NaiveDate, Utc};

use super::action::{Action, Objections, Outstanding, Refusal, Step};
use super::clock::{Period, Stop, counts_from, lengthened, local_day};
use super::event::{Actor, CorrectionAsk, Deferral, EndCause, Event, EventKind, Outcome, Request, Ruling, Terms};
use super::fold::Case;
use super::state::{State, allowed};
use crate::calendar::Workdays;
use crate::catalogue::{Delivery, Item, Mode, Necessity, SecondPerson, Unanswered};
use crate::forms::{Given, Kind, check};
use crate::text::clean;

/// Most working days by which a period may be extended, once.
const EXTENSION_MAX: u32 = 10;
/// Most days that a suspension may be announced for.
const SUSPENSION_MAX: u32 = 90;
/// Most working days in which deferred materials must follow.
const DEFERRAL_MAX: u32 = 15;
/// Working days that an office has to give its opinion.
const OPINION_DAYS: u32 = 5;
/// So often a case may be sent on; the next time it goes to the supervisor.
const REROUTES_MAX: usize = 2;

/// What a transition is judged by besides the case.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    pub item: &'a Item,
    pub calendar: &'a Workdays,
    /// The office that decides.
    pub office: &'a str,
    /// How the resident wants the result.
    pub delivery: Option<Delivery>,
    /// The window that received it only collects (收受分离).
    pub hands_over: bool,
}

/// The steps that are open now, before the question of who may do them.
pub fn open_steps(case: &Case, rules: &Rules<'_>) -> Vec<Step> {
    let item = rules.item;
    let procedure = &item.procedure;
    let open = |step: &Step| match step {
        Step::Complete => item.mode == Mode::D,
        Step::HandOver => rules.hands_over && !case.handed_over,
        // A window that only collects neither accepts nor refuses.
        Step::Accept | Step::AskCorrection | Step::RefuseAcceptance => {
            !(rules.hands_over && case.state == State::Received)
        }
        Step::Visit => item.flag('H'),
        Step::Announce => procedure.announcement.is_some() && case.announcement.as_ref().is_none_or(|a| a.ended),
        Step::EndAnnouncement => case.announcement.as_ref().is_some_and(|a| !a.ended),
        Step::GiveOpinion => case.opinions.iter().any(|asked| asked.answer.is_none()),
        Step::Extend => case.extended == 0,
        Step::Suspend => !case.stands_still(),
        Step::AnswerDeferral | Step::LapseDeferral => case.deferral.is_some(),
        Step::CheckPromise => {
            case.promise_kept.is_none()
                && case.outcome() == Some(Outcome::Approved)
                && item.materials.iter().any(|material| material.promise)
        }
        _ => true,
    };
    let steps = allowed(case.state).into_iter().filter(open);
    if case.pending.is_some() {
        return [Step::Approve, Step::RefuseApproval].into_iter().chain(steps.filter(|step| goes_on(*step))).collect();
    }
    steps.collect()
}

/// What does not wait for the head of the office: what others owe or may do, what the clock does, and the ends.
fn goes_on(step: Step) -> bool {
    matches!(
        step,
        Step::Withdraw
            | Step::End
            | Step::DeemAccepted
            | Step::AnswerDeferral
            | Step::LapseDeferral
            | Step::EndAnnouncement
            | Step::GiveOpinion
    )
}

/// What must be done before the application can be granted.
pub fn outstanding(case: &Case, item: &Item) -> Vec<Outstanding> {
    let procedure = &item.procedure;
    let agreeing = case.reviews.values().filter(|agrees| **agrees).count();
    let mut list = Vec::new();
    let mut add = |missing: bool, what: Outstanding| {
        if missing {
            list.push(what);
        }
    };
    add(case.deferral.is_some(), Outstanding::Deferral);
    add(procedure.home_visit && !case.visited, Outstanding::Visit);
    add(case.opinions.iter().any(|asked| asked.answer.is_none()), Outstanding::Opinions);
    add(procedure.announcement.is_some() && !case.was_announced(), Outstanding::Announcement);
    add(agreeing + 1 < procedure.reviewers as usize, Outstanding::Reviews);
    list
}

/// The events that an action leads to.
///
/// # Errors
/// A [`Refusal`] when the state, or what the action brings, does not allow it.
pub fn act(
    case: &Case,
    action: Action,
    by: &Actor,
    at: DateTime<Utc>,
    rules: &Rules<'_>,
) -> Result<Vec<Event>, Refusal> {
    let step = action.step();
    if !open_steps(case, rules).contains(&step) {
        return Err(refusal(case, step));
    }
    let today = local_day(at);
    let kinds = match action {
        Action::AskCorrection(ask) => ask_correction(case, ask, today, rules)?,
        Action::Accept { deferred } => vec![accept(deferred, today, rules)?],
        Action::DeemAccepted => vec![deem(case, today, rules)?],
        Action::Approve => approve(case, by, today, rules)?,
        Action::Decide(ruling) => decide(case, ruling, by, today, rules)?,
        Action::Complete(ruling) => complete(case, ruling, by, today, rules)?,
        Action::Close => close(rules),
        Action::Reroute { to, common, reason } => vec![reroute(case, to, common, reason, rules)?],
        action => vec![plain(case, action, by, today, rules)?],
    };
    Ok(kinds.into_iter().map(|kind| Event { at, by: by.clone(), kind }).collect())
}

fn refusal(case: &Case, step: Step) -> Refusal {
    match step {
        Step::Approve | Step::RefuseApproval => Refusal::NothingPending,
        _ if !allowed(case.state).contains(&step) => Refusal::State(case.state),
        _ if case.pending.is_some() => Refusal::Pending,
        Step::Complete => Refusal::NotAtOnce,
        Step::Extend => Refusal::ExtendedBefore,
        Step::GiveOpinion => Refusal::NotAsked,
        _ => Refusal::NotForThisItem,
    }
}

fn given(reason: &str) -> Result<String, Refusal> {
    let reason = clean(reason);
    if reason.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason) }
}

/// Actions that lead to one event and ask nothing of other rules.
fn plain(case: &Case, action: Action, by: &Actor, today: NaiveDate, rules: &Rules<'_>) -> Result<EventKind, Refusal> {
    let past = |day: NaiveDate| if today > day { Ok(()) } else { Err(Refusal::TooEarly) };
    Ok(match action {
        Action::Receive => EventKind::Received,
        Action::HandOver => EventKind::HandedOver,
        Action::AnswerCorrection => EventKind::CorrectionAnswered,
        Action::LapseCorrection => {
            case.correction.as_ref().map_or(Err(Refusal::TooEarly), |open| past(open.due))?;
            lapsed(rules.item.procedure.unanswered)
        }
        Action::LapseDeferral => {
            case.deferral.as_ref().map_or(Err(Refusal::TooEarly), |deferral| past(deferral.due))?;
            let reason = "承诺后补的材料没有按时交，按容缺受理承诺书终止办理。材料备齐后可以重新申请。".to_owned();
            EventKind::Ended { cause: EndCause::DeferralLapsed, reason }
        }
        Action::AnswerDeferral => EventKind::DeferralAnswered,
        Action::RefuseAcceptance { reason, apply_to } => {
            EventKind::NotAccepted { reason: given(&reason)?, apply_to: clean(&apply_to) }
        }
        Action::StartReview => EventKind::ReviewStarted,
        Action::Suspend { days, .. } if !(1..=SUSPENSION_MAX).contains(&days) => return Err(Refusal::DaysWrong),
        Action::Suspend { why, days, reason } => EventKind::Suspended { why, days, reason: given(&reason)? },
        Action::Resume { result } => EventKind::Resumed { result: given(&result)? },
        Action::Extend { days, .. } if !(1..=EXTENSION_MAX).contains(&days) => return Err(Refusal::DaysWrong),
        Action::Extend { days, reason } => {
            EventKind::ApprovalAsked { request: Request::Extension { days, reason: given(&reason)? } }
        }
        Action::Visit { day, .. } if day > today => return Err(Refusal::TooEarly),
        Action::Visit { day, visitors, findings, agrees } => {
            EventKind::VisitRecorded { day, visitors: given(&visitors)?, findings: given(&findings)?, agrees }
        }
        Action::AskOpinion { office, question } => {
            let due = rules.calendar.due(today, OPINION_DAYS);
            EventKind::OpinionAsked { office, question: given(&question)?, due }
        }
        Action::GiveOpinion { text, agrees } => {
            let Actor::Worker { office, .. } = by else { return Err(Refusal::NotAsked) };
            if !case.opinions.iter().any(|asked| asked.office == *office && asked.answer.is_none()) {
                return Err(Refusal::NotAsked);
            }
            EventKind::OpinionGiven { office: office.clone(), text: given(&text)?, agrees }
        }
        Action::Announce { text } => announce(text, today, rules)?,
        Action::EndAnnouncement { objections } => {
            let until = case.announcement.as_ref().map(|announcement| announcement.until);
            end_announcement(objections, until.ok_or(Refusal::TooEarly).and_then(past))?
        }
        Action::Review { .. } if case.reviews.contains_key(by.id()) => return Err(Refusal::TwiceReviewed),
        Action::Review { agrees, opinion } => EventKind::Reviewed { agrees, opinion: given(&opinion)? },
        Action::RefuseApproval { reason } => EventKind::ApprovalRefused { reason: given(&reason)? },
        Action::Deliver { way, note } => deliver(way, &note, rules)?,
        Action::CheckPromise { kept, findings } => EventKind::PromiseChecked { kept, findings: given(&findings)? },
        Action::Withdraw { reason } => EventKind::Withdrawn { reason: clean(&reason) },
        Action::End { cause, reason } => EventKind::Ended { cause, reason: given(&reason)? },
        _ => return Err(Refusal::State(case.state)),
    })
}

fn lapsed(unanswered: Unanswered) -> EventKind {
    let reason = "没有在限期内补好材料。材料备齐后可以重新申请，不影响您的权利。".to_owned();
    match unanswered {
        Unanswered::Withdrawn => EventKind::Ended { cause: EndCause::CorrectionLapsed, reason },
        Unanswered::NotAccepted => EventKind::NotAccepted { reason, apply_to: String::new() },
    }
}

fn ask_correction(
    case: &Case,
    ask: CorrectionAsk,
    today: NaiveDate,
    rules: &Rules<'_>,
) -> Result<Vec<EventKind>, Refusal> {
    if ask.fields.is_empty() {
        return Err(Refusal::NothingNamed);
    }
    let cleaned = ask.reasons.iter().map(|(path, reason)| (path.clone(), clean(reason)));
    let reasons = cleaned.filter(|(path, reason)| !reason.is_empty() && ask.fields.contains(path)).collect();
    let ask = CorrectionAsk { reason: clean(&ask.reason), reasons, fields: ask.fields };
    if ask.reason.is_empty() && !ask.fields.iter().all(|path| ask.reasons.contains_key(path)) {
        return Err(Refusal::ReasonMissing);
    }
    // Everything is asked at once: a second round is an exception that the head answers for, with a reason.
    if case.corrections > 0 {
        given(&ask.reason)?;
        return Ok(vec![EventKind::ApprovalAsked { request: Request::Correction(ask) }]);
    }
    Ok(vec![correction(ask, today, rules)])
}

fn correction(ask: CorrectionAsk, today: NaiveDate, rules: &Rules<'_>) -> EventKind {
    EventKind::CorrectionAsked { ask, due: rules.calendar.due(today, rules.item.procedure.correction_days) }
}

fn terms(item: &Item) -> Terms {
    Terms {
        promised: item.promised_days,
        promised_unit: item.promised_unit,
        legal: item.legal_days,
        legal_unit: item.legal_unit,
    }
}

fn accept(deferred: Vec<String>, today: NaiveDate, rules: &Rules<'_>) -> Result<EventKind, Refusal> {
    let Rules { item, calendar, .. } = rules;
    let definition = item.definition();
    let deferrable = |path: &String| match definition.field(path).map(|field| &field.kind) {
        Some(Kind::Material { material, .. }) => {
            item.materials.iter().any(|m| m.key == *material && m.necessity == Necessity::Deferrable)
        }
        _ => false,
    };
    if !deferred.is_empty() && (item.promised_days == 0 || !deferred.iter().all(deferrable)) {
        return Err(Refusal::NotDeferrable);
    }
    // Not longer than the promised time itself.
    let until = calendar.due(today, item.promised_days.clamp(1, DEFERRAL_MAX));
    let deferral = (!deferred.is_empty()).then_some(Deferral { fields: deferred, due: until });
    let due = calendar.end(today, item.promised_days, item.promised_unit);
    Ok(EventKind::Accepted { due, terms: terms(item), deferral })
}

/// Accepted by law: the promised period counts from the day of receipt.
fn deem(case: &Case, today: NaiveDate, rules: &Rules<'_>) -> Result<EventKind, Refusal> {
    let (Some(end), Some(at)) = (case.notice_end(rules.calendar), case.notice_from) else {
        return Err(Refusal::TooEarly);
    };
    if today <= end {
        return Err(Refusal::TooEarly);
    }
    let from = counts_from(rules.calendar, at);
    let due = rules.calendar.end(from, rules.item.promised_days, rules.item.promised_unit);
    Ok(EventKind::DeemedAccepted { due, terms: terms(rules.item), from })
}

fn announce(text: String, today: NaiveDate, rules: &Rules<'_>) -> Result<EventKind, Refusal> {
    let announcement = rules.item.procedure.announcement.ok_or(Refusal::NotForThisItem)?;
    let until = match announcement.unit {
        // Seven days are seven days, whatever the week brings.
        crate::calendar::DayUnit::Natural => today + chrono::Days::new(u64::from(announcement.days)),
        crate::calendar::DayUnit::Working => rules.calendar.due(today, announcement.days),
    };
    Ok(EventKind::AnnouncementStarted { until, text: given(&text)?, stops_clock: announcement.stops_clock })
}

/// What is known to be wrong need not stand to the end. `over`: whether its days are.
fn end_announcement(objections: Objections, over: Result<(), Refusal>) -> Result<EventKind, Refusal> {
    let Objections { open, settled, upheld } = objections;
    if upheld == 0 {
        over?;
    }
    if open > 0 {
        Err(Refusal::ObjectionsOpen)
    } else {
        Ok(EventKind::AnnouncementEnded { objections: settled, upheld })
    }
}

fn approve(case: &Case, by: &Actor, today: NaiveDate, rules: &Rules<'_>) -> Result<Vec<EventKind>, Refusal> {
    let pending = case.pending.as_ref().ok_or(Refusal::NothingPending)?;
    if pending.by == by.id() {
        return Err(Refusal::OwnRequest);
    }
    let done = match pending.request.clone() {
        Request::Correction(ask) => correction(ask, today, rules),
        Request::Decision(ruling) => EventKind::Decided(ruling),
        Request::Extension { days, reason } => {
            let from = case.acceptance.as_ref().map_or(today, |acceptance| acceptance.from);
            let (term, extended) = ((rules.item.promised_days, rules.item.promised_unit), case.extended + days);
            // While the clock stands still, the day is told as if it went on today.
            let stops: Vec<Stop> =
                case.stops.iter().map(|stop| Stop { to: stop.to.or(Some(today)), ..*stop }).collect();
            let due = match lengthened(rules.calendar, from, term, extended, &stops) {
                Period::Ends(day) => day,
                Period::Standing(_) => today,
            };
            EventKind::Extended { days, reason, due }
        }
    };
    Ok(vec![EventKind::ApprovalGiven, done])
}

/// A ruling with its reason, and with data as the item wants it.
fn ruled(ruling: Ruling, today: NaiveDate, item: &Item) -> Result<Ruling, Refusal> {
    let Ruling { outcome, reason, data } = ruling;
    if outcome == Outcome::Denied {
        return Ok(Ruling { outcome, reason: given(&reason)?, data: Default::default() });
    }
    let definition = item.decision.as_ref().map(crate::catalogue::DecisionForm::definition).unwrap_or_default();
    let data = check(&definition, &data, &Given { today, ..Given::default() }).map_err(|_| Refusal::DataWrong)?;
    Ok(Ruling { outcome, reason: clean(&reason), data })
}

fn decide(
    case: &Case,
    ruling: Ruling,
    by: &Actor,
    today: NaiveDate,
    rules: &Rules<'_>,
) -> Result<Vec<EventKind>, Refusal> {
    let item = rules.item;
    let ruling = ruled(ruling, today, item)?;
    let missing = outstanding(case, item);
    if ruling.outcome == Outcome::Approved
        && let Some(first) = missing.first()
    {
        return Err(Refusal::Outstanding(*first));
    }
    // The decider's own opinion does not count twice.
    if case.reviews.contains_key(by.id()) && item.procedure.reviewers > 1 {
        return Err(Refusal::TwiceReviewed);
    }
    Ok(vec![if item.procedure.head_approval || wants_second(case, by, item) {
        EventKind::ApprovalAsked { request: Request::Decision(ruling) }
    } else {
        EventKind::Decided(ruling)
    }])
}

/// Whether a decision by this worker waits for a second person, by the item's rule (双人把关).
pub fn wants_second(case: &Case, by: &Actor, item: &Item) -> bool {
    match item.second_person() {
        SecondPerson::Always => true,
        SecondPerson::Alone => case.is_alone_with(by.id()),
        SecondPerson::Never => false,
    }
}

fn complete(
    case: &Case,
    ruling: Ruling,
    by: &Actor,
    today: NaiveDate,
    rules: &Rules<'_>,
) -> Result<Vec<EventKind>, Refusal> {
    let ruling = ruled(ruling, today, rules.item)?;
    let mut kinds = Vec::new();
    if case.state == State::Submitted {
        kinds.push(EventKind::Received);
    }
    kinds.push(accept(Vec::new(), today, rules)?);
    if wants_second(case, by, rules.item) {
        kinds.push(EventKind::ReviewStarted);
        kinds.push(EventKind::ApprovalAsked { request: Request::Decision(ruling) });
        return Ok(kinds);
    }
    kinds.push(EventKind::Decided(ruling));
    kinds.push(EventKind::Closed);
    let way = rules.delivery.unwrap_or(Delivery::Hand);
    kinds.push(EventKind::Delivered { way, note: String::new() });
    Ok(kinds)
}

/// What goes to the phone is delivered as soon as it is closed.
fn close(rules: &Rules<'_>) -> Vec<EventKind> {
    let mut kinds = vec![EventKind::Closed];
    if rules.delivery == Some(Delivery::Electronic) {
        kinds.push(EventKind::Delivered { way: Delivery::Electronic, note: String::new() });
    }
    kinds
}

fn deliver(way: Delivery, note: &str, rules: &Rules<'_>) -> Result<EventKind, Refusal> {
    let offered = rules.item.decision.as_ref().is_none_or(|decision| decision.delivery.contains(&way));
    // Whoever stands at the window is handed it, whatever was chosen before.
    if !offered && way != Delivery::Hand {
        return Err(Refusal::NotDelivered);
    }
    Ok(EventKind::Delivered { way, note: clean(note) })
}

fn reroute(case: &Case, to: String, common: String, reason: String, rules: &Rules<'_>) -> Result<EventKind, Refusal> {
    let reason = given(&reason)?;
    let escalated = case.trail.len() >= REROUTES_MAX;
    let to = if escalated { common } else { to };
    if to == rules.office {
        return Err(Refusal::SameOffice);
    }
    Ok(EventKind::Rerouted { from: rules.office.to_owned(), to, reason, escalated })
}
