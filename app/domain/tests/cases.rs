//! Random sequences of actions against a small independent model of a case.

use chrono::{DateTime, Duration, NaiveDate, TimeZone, Utc};
use domain::calendar::Workdays;
use domain::cases::{Action, Actor, Channel, Due, Event, EventKind, Outcome, State, act, allowed, fold, local_day};
use proptest::prelude::*;

/// The model: what may follow what, written down from the description of the procedure and not from the code.
fn follows(state: &str, action: &str) -> Option<&'static str> {
    Some(match (state, action) {
        ("submitted", "receive") => "received",
        ("received", "ask") => "correction",
        ("correction", "answer") => "received",
        ("received", "accept") => "accepted",
        ("received", "refuse") => "not_accepted",
        ("accepted", "review") => "reviewing",
        ("reviewing", "decide") => "decided",
        ("decided", "close") => "closed",
        ("submitted" | "received" | "correction" | "accepted" | "reviewing", "withdraw") => "withdrawn",
        _ => return None,
    })
}

const ACTIONS: [&str; 9] = ["receive", "ask", "answer", "accept", "refuse", "review", "decide", "close", "withdraw"];

fn action(name: &str) -> Action {
    let reason = "理由".to_owned();
    match name {
        "receive" => Action::Receive,
        "ask" => Action::AskCorrection { fields: vec!["applicant".to_owned()], reason },
        "answer" => Action::AnswerCorrection,
        "accept" => Action::Accept,
        "refuse" => Action::RefuseAcceptance { reason },
        "review" => Action::StartReview,
        "decide" => Action::Decide { outcome: Outcome::Approved, reason },
        "close" => Action::Close,
        _ => Action::Withdraw { reason },
    }
}

fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 9, 24, 2, 0, 0).single().expect("a time")
}

fn submitted() -> Vec<Event> {
    vec![Event { at: start(), by: Actor::Resident, kind: EventKind::Submitted { channel: Channel::Phone } }]
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The holidays around the start.
fn calendar() -> Workdays {
    let holidays = (25..=27).map(|d| format!("2026-09-{d}")).chain((1..=7).map(|d| format!("2026-10-0{d}")));
    Workdays {
        holidays: holidays.map(|d| date(&d)).collect(),
        makeup_workdays: [date("2026-09-20"), date("2026-10-10")].into(),
    }
}

proptest! {
    #[test]
    fn no_step_is_skipped_or_repeated(names in proptest::collection::vec(proptest::sample::select(&ACTIONS[..]), 0..40)) {
        let mut events = submitted();
        let mut model = "submitted";
        for (minute, name) in names.into_iter().enumerate() {
            let case = fold(&events).expect("begun");
            let at = start() + Duration::minutes(i64::try_from(minute).expect("few"));
            let done = act(&case, action(name), Actor::Resident, at, &calendar(), 5);
            prop_assert_eq!(done.is_ok(), follows(model, name).is_some(), "{} in {}", name, model);
            if let (Ok(event), Some(next)) = (done, follows(model, name)) {
                events.push(event);
                model = next;
            }
            let case = fold(&events).expect("begun");
            prop_assert_eq!(case.state.key(), model);
            prop_assert_eq!(usize::try_from(case.events).expect("few"), events.len());
            prop_assert_eq!(case.correction.is_some(), model == "correction");
            prop_assert_eq!(case.state.is_final(), allowed(case.state).is_empty());
        }
    }

    #[test]
    fn events_are_read_back_as_they_were_written(names in proptest::collection::vec(proptest::sample::select(&ACTIONS[..]), 0..20)) {
        let mut events = submitted();
        for name in names {
            let case = fold(&events).expect("begun");
            if let Ok(event) = act(&case, action(name), Actor::System, start(), &calendar(), 5) {
                events.push(event);
            }
        }
        let text = serde_json::to_string(&events).expect("written");
        prop_assert_eq!(serde_json::from_str::<Vec<Event>>(&text).expect("read"), events);
    }
}

/// A case after these actions, all at the start.
fn after(names: &[&str]) -> domain::cases::Case {
    let mut events = submitted();
    for name in names {
        let case = fold(&events).expect("begun");
        let event = act(&case, action(name), Actor::Resident, start(), &calendar(), 20).expect("allowed");
        events.push(event);
    }
    fold(&events).expect("begun")
}

#[test]
fn each_state_says_what_is_due() {
    let due = |names: &[&str]| after(names).due(&calendar());
    assert_eq!(due(&[]), Due::Receive(date("2026-09-29")));
    assert_eq!(due(&["receive"]), Due::Notice(date("2026-10-09")));
    assert!(matches!(due(&["receive", "ask"]), Due::Correction(_)));
    // Twenty working days from 24 September over both holidays.
    assert_eq!(due(&["receive", "accept"]), Due::Decision(calendar().due(date("2026-09-24"), 20)));
    assert_eq!(due(&["receive", "accept", "review"]), due(&["receive", "accept"]));
    assert_eq!(due(&["receive", "accept", "review", "decide"]), Due::Nothing);
    assert_eq!(due(&["withdraw"]), Due::Nothing);
}

#[test]
fn what_comes_in_on_a_free_day_counts_from_the_next_working_day() {
    let saturday_evening = Utc.with_ymd_and_hms(2026, 11, 21, 13, 0, 0).single().expect("a time");
    let events =
        [Event { at: saturday_evening, by: Actor::Resident, kind: EventKind::Submitted { channel: Channel::Phone } }];
    let case = fold(&events).expect("begun");
    assert_eq!(case.due(&calendar()), Due::Receive(date("2026-11-25")));
}

#[test]
fn silence_for_five_working_days_is_acceptance_from_the_day_of_receipt() {
    let case = after(&["receive"]);
    let deem = |day: u32| {
        let at = Utc.with_ymd_and_hms(2026, 10, day, 1, 0, 0).single().expect("a time");
        act(&case, Action::DeemAccepted, Actor::System, at, &calendar(), 5)
    };
    assert!(deem(9).is_err(), "the last day has not passed");
    let event = deem(10).expect("too late");
    assert_eq!(event.kind, EventKind::DeemedAccepted { due: date("2026-10-09") });
}

#[test]
fn a_correction_starts_the_period_for_a_notice_anew() {
    let mut events = submitted();
    let mut step = |name: &str, day: u32| {
        let at = Utc.with_ymd_and_hms(2026, 11, day, 1, 0, 0).single().expect("a time");
        let case = fold(&events).expect("begun");
        events.push(act(&case, action(name), Actor::Resident, at, &calendar(), 5).expect("allowed"));
        fold(&events).expect("begun").due(&calendar())
    };
    assert_eq!(step("receive", 2), Due::Notice(date("2026-11-09")));
    step("ask", 3);
    assert_eq!(step("answer", 10), Due::Notice(date("2026-11-17")));
}

#[test]
fn reasons_must_be_given() {
    let received = after(&["receive"]);
    let at = start();
    let try_action = |case: &domain::cases::Case, action| act(case, action, Actor::System, at, &calendar(), 5);
    let blank = " \u{200B} ".to_owned();
    assert!(try_action(&received, Action::RefuseAcceptance { reason: blank.clone() }).is_err());
    let named = vec!["applicant".to_owned()];
    assert!(try_action(&received, Action::AskCorrection { fields: named, reason: blank.clone() }).is_err());
    assert!(try_action(&received, Action::AskCorrection { fields: vec![], reason: "补".to_owned() }).is_err());
    let reviewing = after(&["receive", "accept", "review"]);
    assert!(try_action(&reviewing, Action::Decide { outcome: Outcome::Denied, reason: blank.clone() }).is_err());
    assert!(try_action(&reviewing, Action::Decide { outcome: Outcome::Approved, reason: blank }).is_ok());
}

#[test]
fn the_day_in_shenyang_is_eight_hours_ahead() {
    let late = Utc.with_ymd_and_hms(2026, 11, 21, 16, 0, 0).single().expect("a time");
    assert_eq!(local_day(late), date("2026-11-22"));
    assert_eq!(local_day(late - Duration::seconds(1)), date("2026-11-21"));
}

#[test]
fn every_state_has_a_key_of_its_own() {
    for state in State::ALL {
        assert_eq!(State::from_key(state.key()), Some(state));
    }
}
