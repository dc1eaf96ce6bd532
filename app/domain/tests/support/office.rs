//! An office that acts on cases by the rules alone: no database, no clock.

#![allow(dead_code, reason = "each test program uses a part")]

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use domain::calendar::Workdays;
use domain::cases::{
    Action, Actor, Channel, CorrectionAsk, Event, EventKind, Objections, Outcome, Refusal, Rules, Ruling, act, fold,
};
use domain::catalogue::{Delivery, Item, SuspensionKind};
use domain::forms::Entries;

pub fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 9, 24, 2, 0, 0).single().expect("a time")
}

pub fn submitted() -> Vec<Event> {
    vec![Event { at: start(), by: Actor::Resident, kind: EventKind::Submitted { channel: Channel::Phone } }]
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn worker(id: &str) -> Actor {
    Actor::Worker { id: id.to_owned(), name: "张三".to_owned(), office: "210103-MZ".to_owned() }
}

/// The holidays around the start.
pub fn calendar() -> Workdays {
    let holidays = (25..=27).map(|d| format!("2026-09-{d}")).chain((1..=7).map(|d| format!("2026-10-0{d}")));
    Workdays {
        holidays: holidays.map(|d| date(&d)).collect(),
        makeup_workdays: [date("2026-09-20"), date("2026-10-10")].into(),
    }
}

pub struct Office {
    pub item: Item,
    pub calendar: Workdays,
    pub hands_over: bool,
}

impl Office {
    pub fn new(item: Item) -> Self {
        Self { item, calendar: calendar(), hands_over: false }
    }

    pub fn rules(&self) -> Rules<'_> {
        Rules {
            item: &self.item,
            calendar: &self.calendar,
            office: "210103-MZ",
            delivery: None,
            hands_over: self.hands_over,
        }
    }

    pub fn act(&self, events: &mut Vec<Event>, action: Action, by: &Actor, at: DateTime<Utc>) -> Result<(), Refusal> {
        let case = fold(events).expect("begun");
        events.extend(act(&case, action, by, at, &self.rules())?);
        Ok(())
    }
}

pub fn ruling(outcome: Outcome) -> Ruling {
    let data: Entries = [("amount", "100")].into_iter().collect();
    Ruling { outcome, reason: "理由".to_owned(), data }
}

pub fn ask() -> CorrectionAsk {
    CorrectionAsk { fields: vec!["applicant".to_owned()], reason: "请补".to_owned(), ..CorrectionAsk::default() }
}

pub fn action(name: &str, today: NaiveDate) -> Action {
    let reason = "理由".to_owned();
    match name {
        "receive" => Action::Receive,
        "hand_over" => Action::HandOver,
        "ask" => Action::AskCorrection(ask()),
        "answer" => Action::AnswerCorrection,
        "lapse" => Action::LapseCorrection,
        "accept" => Action::Accept { deferred: Vec::new() },
        "accept_deferred" => Action::Accept { deferred: vec!["file_later".to_owned()] },
        "deem" => Action::DeemAccepted,
        "refuse" => Action::RefuseAcceptance { reason, apply_to: String::new() },
        "start_review" => Action::StartReview,
        "suspend" => Action::Suspend { why: SuspensionKind::Hearing, days: 10, reason },
        "resume" => Action::Resume { result: reason },
        "extend" => Action::Extend { days: 5, reason },
        "visit" => Action::Visit { day: today, visitors: reason.clone(), findings: reason, agrees: true },
        "ask_opinion" => Action::AskOpinion { office: "210103-CL".to_owned(), question: reason },
        "announce" => Action::Announce { text: reason },
        "end_announcement" => end_announcement(0, 3, 0),
        "end_announcement_upheld" => end_announcement(0, 3, 1),
        "end_announcement_open" => end_announcement(1, 3, 1),
        "review" => Action::Review { agrees: true, opinion: reason },
        "approve" => Action::Approve,
        "refuse_approval" => Action::RefuseApproval { reason },
        "decide" => Action::Decide(ruling(Outcome::Approved)),
        "deny" => Action::Decide(ruling(Outcome::Denied)),
        "complete" => Action::Complete(ruling(Outcome::Approved)),
        "close" => Action::Close,
        "deliver" => Action::Deliver { way: Delivery::Hand, note: String::new() },
        "answer_deferral" => Action::AnswerDeferral,
        "lapse_deferral" => Action::LapseDeferral,
        "reroute" => Action::Reroute { to: "210102-MZ".to_owned(), common: "210100-MZ".to_owned(), reason },
        "withdraw" => Action::Withdraw { reason },
        _ => Action::End { cause: domain::cases::EndCause::Died, reason },
    }
}

pub fn end_announcement(open: u32, settled: u32, upheld: u32) -> Action {
    Action::EndAnnouncement { objections: Objections { open, settled, upheld } }
}
