//! Random sequences of actions against a small independent model of a case, and the clock.

#[path = "support/item.rs"]
mod item;
#[path = "support/model.rs"]
mod model;
#[path = "support/office.rs"]
mod office;

use chrono::{Duration, TimeZone, Utc};
use domain::cases::{
    Action, Actor, Case, Channel, CorrectionAsk, Due, Event, EventKind, Outcome, Outstanding, Period, Refusal, Ruling,
    State, Step, Warning, act, allowed, fold, local_day, open_steps,
};
use domain::catalogue::{Item, Mode, Procedure, SecondPerson};
use domain::forms::Entries;
use proptest::prelude::*;

use item::{plain_item, whole_item};
use model::Model;
use office::{Office, action, calendar, date, end_announcement, ruling, start, submitted, worker};

/// The actions of the walks. Two people, so that approvals can be given.
const ACTIONS: [&str; 32] = [
    "receive",
    "hand_over",
    "ask",
    "answer",
    "lapse",
    "accept",
    "accept_deferred",
    "deem",
    "refuse",
    "start_review",
    "suspend",
    "resume",
    "extend",
    "visit",
    "ask_opinion",
    "announce",
    "end_announcement",
    "end_announcement_upheld",
    "end_announcement_open",
    "review",
    "approve",
    "refuse_approval",
    "decide",
    "deny",
    "complete",
    "close",
    "deliver",
    "answer_deferral",
    "lapse_deferral",
    "reroute",
    "withdraw",
    "end",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_step_is_skipped_or_repeated(
        names in proptest::collection::vec((proptest::sample::select(&ACTIONS[..]), 0_i64..12), 0..40),
        kind in 0..4,
        hands_over: bool,
    ) {
        let item = match kind {
            0 => whole_item(),
            1 => whole_item_announced_meanwhile(),
            2 => plain_item(Mode::F, 5),
            _ => plain_item(Mode::D, 0),
        };
        let office = Office { hands_over, ..Office::new(item) };
        let mut events = submitted();
        let mut model = Model::new(kind == 3, kind < 2, kind == 0);
        let mut at = start();
        for (turn, (name, days)) in names.into_iter().enumerate() {
            at += Duration::days(days);
            // The head approves; somebody else writes the opinion; the rest is one reviewer's.
            let by = match name {
                "approve" | "refuse_approval" => worker("head"),
                "review" => worker("second"),
                _ => worker("first"),
            };
            let before = events.len();
            let done = office.act(&mut events, action(name, local_day(at)), &by, at);
            let was = model.clone();
            let expected = model.step(name, local_day(at), &calendar(), hands_over);
            prop_assert_eq!(done.is_ok(), expected, "turn {}: {} in {:?}: {:?}", turn, name, was, done);
            prop_assert_eq!(events.len() > before, expected);
            let case = fold(&events).expect("begun");
            prop_assert_eq!(case.state.key(), model.state, "{} in {:?}", name, was);
            prop_assert_eq!(usize::try_from(case.events).expect("few"), events.len());
            prop_assert_eq!(case.correction.is_some(), model.state == "correction");
            prop_assert_eq!(case.pending.is_some(), model.pending.is_some());
            let over = case.state.is_final() || matches!(case.state, State::Decided | State::Closed);
            let announced = case.announcement.as_ref().is_some_and(|announcement| !announcement.ended);
            prop_assert_eq!(announced, model.announced_until.is_some() && !over, "{} in {:?}", name, was);
            // The clock leaves alone what has ended.
            prop_assert!(!over || case.wake(&office.calendar).is_none(), "{} in {:?}", name, was);
            if case.state.is_final() {
                prop_assert!(open_steps(&case, &office.rules()).iter().all(|step| *step == Step::CheckPromise));
                prop_assert_eq!(case.due(&office.calendar, hands_over), Due::Nothing);
            }
        }
        let text = serde_json::to_string(&events).expect("written");
        prop_assert_eq!(serde_json::from_str::<Vec<Event>>(&text).expect("read"), events);
    }
}

/// The clock goes on while it is announced.
fn whole_item_announced_meanwhile() -> Item {
    let mut item = whole_item();
    item.procedure.announcement.iter_mut().for_each(|period| period.stops_clock = false);
    item
}

/// A case of a plain item after these actions, all at the start.
fn after(names: &[&str]) -> Case {
    let office = Office::new(plain_item(Mode::Z, 20));
    let mut events = submitted();
    for name in names {
        office.act(&mut events, action(name, local_day(start())), &worker("first"), start()).expect("allowed");
    }
    fold(&events).expect("begun")
}

#[test]
fn each_state_says_what_is_due() {
    let due = |names: &[&str]| after(names).due(&calendar(), false);
    assert_eq!(due(&[]), Due::Receive(date("2026-09-29")));
    assert_eq!(after(&["receive"]).due(&calendar(), true), Due::HandOver(date("2026-09-28")));
    assert_eq!(due(&["receive"]), Due::Notice(date("2026-10-09")));
    assert!(matches!(due(&["receive", "ask"]), Due::Correction(_)));
    // Twenty working days from 24 September over both holidays.
    assert_eq!(due(&["receive", "accept"]), Due::Decision(calendar().due(date("2026-09-24"), 20)));
    assert_eq!(due(&["receive", "accept", "start_review"]), due(&["receive", "accept"]));
    assert_eq!(due(&["receive", "accept", "start_review", "suspend"]), Due::Standing(20));
    let decided = ["receive", "accept", "start_review", "decide"];
    assert_eq!(due(&decided), Due::Delivery(calendar().due(date("2026-09-24"), 10)));
    assert_eq!(due(&["withdraw"]), Due::Nothing);
}

#[test]
fn what_comes_in_outside_office_hours_counts_from_the_next_working_day() {
    let due = |day: u32, hour: u32| {
        let at = Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).single().expect("a time");
        let events = [Event { at, by: Actor::Resident, kind: EventKind::Submitted { channel: Channel::Phone } }];
        fold(&events).expect("begun").due(&calendar(), false)
    };
    // Saturday evening; Friday at four and at six in the evening.
    assert_eq!(due(21, 13), Due::Receive(date("2026-11-25")));
    assert_eq!(due(20, 8), Due::Receive(date("2026-11-24")));
    assert_eq!(due(20, 10), Due::Receive(date("2026-11-25")));
}

#[test]
fn silence_for_five_working_days_is_acceptance_from_the_day_of_receipt() {
    let office = Office::new(plain_item(Mode::Z, 5));
    let deem = |day: u32| {
        let mut events = submitted();
        office.act(&mut events, Action::Receive, &worker("first"), start()).expect("received");
        let at = Utc.with_ymd_and_hms(2026, 10, day, 1, 0, 0).single().expect("a time");
        office.act(&mut events, Action::DeemAccepted, &Actor::System, at).map(|()| events)
    };
    assert_eq!(deem(9).expect_err("the last day has not passed"), Refusal::TooEarly);
    let events = deem(10).expect("too late");
    let case = fold(&events).expect("begun");
    assert_eq!(case.due(&calendar(), false), Due::Decision(date("2026-10-09")));
    assert_eq!(case.wake(&calendar()), None);
}

#[test]
fn the_clock_stands_still_meanwhile_and_goes_on_where_it_was() {
    let office = Office::new(plain_item(Mode::Z, 10));
    let mut events = submitted();
    let mut step = |name: &str, day: u32| {
        let at = Utc.with_ymd_and_hms(2026, 11, day, 1, 0, 0).single().expect("a time");
        office.act(&mut events, action(name, local_day(at)), &worker("first"), at).expect("allowed");
        fold(&events).expect("begun").due(&calendar(), false)
    };
    step("receive", 2);
    assert_eq!(step("accept", 2), Due::Decision(date("2026-11-16")));
    step("start_review", 3);
    // Tuesday the 3rd is the first day that counts; from the 4th on it stands still.
    assert_eq!(step("suspend", 3), Due::Standing(9));
    // Monday the 16th still stands; nine days from the 17th.
    assert_eq!(step("resume", 16), Due::Decision(date("2026-11-27")));
}

#[test]
fn an_extension_needs_another_persons_approval_and_comes_once() {
    let office = Office::new(plain_item(Mode::Z, 10));
    let mut events = submitted();
    let mut step =
        |name: &str, who: &str| office.act(&mut events, action(name, date("2026-09-24")), &worker(who), start());
    for name in ["receive", "accept", "start_review", "extend"] {
        step(name, "first").expect("allowed");
    }
    assert_eq!(step("decide", "first"), Err(Refusal::Pending));
    assert_eq!(step("approve", "first"), Err(Refusal::OwnRequest));
    step("approve", "head").expect("approved");
    assert_eq!(step("extend", "first"), Err(Refusal::ExtendedBefore));
    let case = fold(&events).expect("begun");
    let end = calendar().due(date("2026-09-24"), 15);
    assert_eq!(case.promised(&calendar()), Some(Period::Ends(end)));
    assert!(events.iter().any(|event| matches!(event.kind, EventKind::Extended { due, .. } if due == end)));
}

/// An extension is told in working days, also where the promise is not counted in them.
#[test]
fn a_promise_in_natural_days_is_extended_by_working_days() {
    let mut item = plain_item(Mode::Z, 10);
    item.promised_unit = domain::calendar::DayUnit::Natural;
    let office = Office::new(item);
    let mut events = submitted();
    for (name, who) in [("receive", "a"), ("accept", "a"), ("start_review", "a"), ("extend", "a"), ("approve", "head")]
    {
        office.act(&mut events, action(name, date("2026-09-24")), &worker(who), start()).expect("allowed");
    }
    // Ten days end in the holidays, so on the 8th; five working days more, of which Saturday the 10th is one.
    let end = date("2026-10-14");
    assert_eq!(fold(&events).expect("begun").promised(&calendar()), Some(Period::Ends(end)));
    assert!(events.iter().any(|event| matches!(event.kind, EventKind::Extended { due, .. } if due == end)));
}

/// While the head is asked for an extension, residents, other offices and the clock go on.
#[test]
fn what_waits_for_the_head_keeps_nobody_else_waiting() {
    let office = Office::new(whole_item_announced_meanwhile());
    let mut events = submitted();
    for name in ["receive", "accept_deferred", "start_review", "announce", "ask_opinion", "extend"] {
        office.act(&mut events, action(name, date("2026-09-24")), &worker("a"), start()).expect(name);
    }
    let asked = Actor::Worker { office: "210103-CL".to_owned(), id: "b".to_owned(), name: "李四".to_owned() };
    let opinion = Action::GiveOpinion { text: "属实".to_owned(), agrees: true };
    office.act(&mut events, opinion, &asked, start()).expect("its opinion is due");
    let mut late = events.clone();
    let at = start() + Duration::days(30);
    office.act(&mut late, Action::LapseDeferral, &Actor::System, at).expect("the papers did not come");
    office.act(&mut events, Action::AnswerDeferral, &Actor::Resident, start()).expect("the papers came");
    office.act(&mut events, end_announcement(0, 0, 0), &Actor::System, at).expect("its days are over");
    let case = fold(&events).expect("begun");
    assert!(case.pending.is_some() && case.was_announced() && case.wake(&calendar()).is_none());
    assert_eq!(
        office.act(&mut events, action("suspend", local_day(at)), &worker("a"), at),
        Err(Refusal::Pending),
        "the office itself waits"
    );
}

/// The day that is told at an extension is the one that holds if the clock goes on today.
#[test]
fn an_extension_while_the_clock_stands_still_is_told_as_if_it_went_on() {
    let office = Office::new(whole_item());
    let mut events = submitted();
    for (name, days, who) in [
        ("receive", 0, "a"),
        ("accept", 0, "a"),
        ("start_review", 0, "a"),
        ("announce", 0, "a"),
        ("extend", 1, "a"),
        ("approve", 18, "head"),
        ("end_announcement", 18, "a"),
    ] {
        let at = start() + Duration::days(days);
        office.act(&mut events, action(name, local_day(at)), &worker(who), at).expect(name);
    }
    let end = calendar().due(date("2026-10-12"), 10);
    assert!(events.iter().any(|event| matches!(event.kind, EventKind::Extended { due, .. } if due == end)));
    assert_eq!(fold(&events).expect("begun").promised(&calendar()), Some(Period::Ends(end)));
}

/// A decision may say what happened since the acceptance.
#[test]
fn a_decision_is_judged_by_the_day_on_which_it_is_made() {
    let mut item = plain_item(Mode::Z, 10);
    let decision = r#"{ "kind": "record", "name": "登记", "delivery": ["hand"],
        "fields": [{ "key": "done_on", "label": "哪天办的", "kind": "date", "past": true }] }"#;
    item.decision = Some(serde_json::from_str(decision).expect("a decision"));
    let office = Office::new(item);
    let decide_on = |day: &str| {
        let mut events = submitted();
        for name in ["receive", "accept", "start_review"] {
            office.act(&mut events, action(name, date("2026-09-24")), &worker("a"), start()).expect("allowed");
        }
        let data: Entries = [("done_on", day)].into_iter().collect();
        let ruling = Ruling { outcome: Outcome::Approved, reason: String::new(), data };
        office.act(&mut events, Action::Decide(ruling), &worker("a"), start() + Duration::days(4))
    };
    assert_eq!(decide_on("2026-09-28"), Ok(()));
    assert_eq!(decide_on("2026-09-29"), Err(Refusal::DataWrong));
}

#[test]
fn a_second_correction_is_for_the_head_to_allow() {
    let office = Office::new(plain_item(Mode::Z, 10));
    let mut events = submitted();
    let mut step =
        |name: &str, who: &str| office.act(&mut events, action(name, date("2026-09-24")), &worker(who), start());
    for name in ["receive", "ask", "answer", "ask"] {
        step(name, "first").expect("allowed");
    }
    step("approve", "head").expect("allowed");
    let case = fold(&events).expect("begun");
    assert_eq!((case.state, case.corrections), (State::Correction, 2));
}

#[test]
fn a_case_in_circles_goes_to_the_office_above() {
    let office = Office::new(plain_item(Mode::Z, 10));
    let mut events = submitted();
    for _ in 0..3 {
        office.act(&mut events, action("reroute", date("2026-09-24")), &worker("first"), start()).expect("allowed");
    }
    let ways: Vec<(String, bool)> = events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Rerouted { to, escalated, .. } => Some((to.clone(), *escalated)),
            _ => None,
        })
        .collect();
    let (right, above) = ("210102-MZ".to_owned(), "210100-MZ".to_owned());
    assert_eq!(ways, [(right.clone(), false), (right, false), (above, true)]);
}

#[test]
fn a_correction_starts_the_period_for_a_notice_anew() {
    let office = Office::new(plain_item(Mode::Z, 5));
    let mut events = submitted();
    let mut step = |name: &str, day: u32| {
        let at = Utc.with_ymd_and_hms(2026, 11, day, 1, 0, 0).single().expect("a time");
        office.act(&mut events, action(name, local_day(at)), &Actor::Resident, at).expect("allowed");
        fold(&events).expect("begun").due(&calendar(), false)
    };
    assert_eq!(step("receive", 2), Due::Notice(date("2026-11-09")));
    step("ask", 3);
    assert_eq!(step("answer", 10), Due::Notice(date("2026-11-17")));
}

#[test]
fn deferred_materials_must_be_deferrable_and_keep_the_decision_waiting() {
    let office = Office::new(plain_item(Mode::Z, 5));
    let mut events = submitted();
    let by = worker("first");
    office.act(&mut events, Action::Receive, &by, start()).expect("received");
    let main = Action::Accept { deferred: vec!["file_main".to_owned()] };
    assert_eq!(office.act(&mut events, main, &by, start()), Err(Refusal::NotDeferrable));
    let later = Action::Accept { deferred: vec!["file_later".to_owned()] };
    office.act(&mut events, later, &by, start()).expect("accepted");
    office.act(&mut events, Action::StartReview, &by, start()).expect("reviewed");
    let decide = Action::Decide(ruling(Outcome::Approved));
    assert!(matches!(office.act(&mut events, decide.clone(), &by, start()), Err(Refusal::Outstanding(_))));
    assert_eq!(office.act(&mut events, Action::LapseDeferral, &Actor::System, start()), Err(Refusal::TooEarly));
    let mut late = events.clone();
    office.act(&mut late, Action::LapseDeferral, &Actor::System, start() + Duration::days(30)).expect("over");
    assert_eq!(fold(&late).expect("begun").state, State::Ended);
    office.act(&mut events, Action::AnswerDeferral, &by, start()).expect("handed in");
    office.act(&mut events, decide, &by, start()).expect("decided");
}

#[test]
fn an_objection_that_was_right_is_announced_anew() {
    let mut item = whole_item();
    item.procedure = domain::catalogue::Procedure { announcement: item.procedure.announcement, ..Default::default() };
    let office = Office::new(item);
    let mut events = submitted();
    let mut step = |action: Action, days: i64| {
        let at = start() + Duration::days(days);
        office.act(&mut events, action, &worker("first"), at).map(|()| fold(&events).expect("begun"))
    };
    for name in ["receive", "accept", "start_review", "announce"] {
        step(action(name, date("2026-09-24")), 0).expect("allowed");
    }
    let grant = || Action::Decide(ruling(Outcome::Approved));
    assert_eq!(step(end_announcement(0, 0, 0), 7), Err(Refusal::TooEarly), "the seventh day has not passed");
    assert_eq!(step(end_announcement(1, 0, 0), 8), Err(Refusal::ObjectionsOpen));
    let case = step(end_announcement(0, 2, 1), 2).expect("known to be wrong");
    assert!(case.announcement.is_some_and(|announcement| announcement.ended && announcement.upheld == 1));
    assert_eq!(step(grant(), 9), Err(Refusal::Outstanding(Outstanding::Announcement)));
    step(Action::Announce { text: "核查后重新公示".to_owned() }, 9).expect("anew");
    step(end_announcement(0, 1, 0), 17).expect("over");
    step(grant(), 17).expect("granted");
}

#[test]
fn the_colours_of_supervision() {
    let office = Office::new(plain_item(Mode::Z, 10));
    let mut events = submitted();
    for name in ["receive", "accept", "start_review"] {
        office.act(&mut events, action(name, date("2026-09-24")), &worker("first"), start()).expect("allowed");
    }
    let case = fold(&events).expect("begun");
    let colour = |used: u32| case.warning(&calendar(), false, calendar().due(date("2026-09-24"), used));
    assert_eq!(
        [colour(5), colour(6), colour(8), colour(10), colour(11), colour(21)],
        [Warning::Calm, Warning::Blue, Warning::Yellow, Warning::Yellow, Warning::Red, Warning::Black]
    );
    // From one change to the next, no day with another colour is left out.
    let mut day = date("2026-09-24");
    let mut seen = vec![case.warning(&calendar(), false, day)];
    while let Some(next) = case.warns(&calendar(), false, day) {
        let between = day.iter_days().take_while(|day| *day < next);
        assert!(between.map(|day| case.warning(&calendar(), false, day)).all(|colour| seen.last() == Some(&colour)));
        seen.push(case.warning(&calendar(), false, next));
        day = next;
    }
    assert_eq!(seen, Warning::ALL);
}

#[test]
fn reasons_must_be_given() {
    let office = Office::new(plain_item(Mode::Z, 5));
    let try_action = |case: &Case, action| act(case, action, &worker("first"), start(), &office.rules());
    let received = after(&["receive"]);
    let blank = " \u{200B} ".to_owned();
    assert!(
        try_action(&received, Action::RefuseAcceptance { reason: blank.clone(), apply_to: String::new() }).is_err()
    );
    let asked = |fields: &[&str], reasons: &[(&str, &str)], reason: &str| {
        let pairs = reasons.iter().map(|(path, why)| ((*path).to_owned(), (*why).to_owned()));
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        try_action(
            &received,
            Action::AskCorrection(CorrectionAsk { fields, reasons: pairs.collect(), reason: reason.to_owned() }),
        )
    };
    assert!(asked(&["applicant"], &[], &blank).is_err());
    assert!(asked(&[], &[], "补").is_err());
    assert!(asked(&["applicant", "area"], &[("applicant", "写错了")], "").is_err(), "one has no reason");
    assert!(asked(&["applicant"], &[("applicant", "写错了")], "").is_ok());
    let reviewing = after(&["receive", "accept", "start_review"]);
    let decide = |outcome| Action::Decide(Ruling { outcome, reason: blank.clone(), data: Entries::default() });
    assert!(try_action(&reviewing, decide(Outcome::Denied)).is_err());
    assert!(try_action(&reviewing, decide(Outcome::Approved)).is_ok());
}

#[test]
fn a_decision_lays_down_what_the_item_wants() {
    let procedure = Procedure { second_person: Some(SecondPerson::Never), ..Procedure::default() };
    let office = Office::new(Item { procedure, ..whole_item() });
    let mut events = submitted();
    for name in ["receive", "accept", "start_review"] {
        office.act(&mut events, action(name, date("2026-09-24")), &worker("first"), start()).expect("allowed");
    }
    let empty = Ruling { data: Entries::default(), ..ruling(Outcome::Approved) };
    assert_eq!(office.act(&mut events, Action::Decide(empty), &worker("first"), start()), Err(Refusal::DataWrong));
    office.act(&mut events, action("decide", date("2026-09-24")), &worker("first"), start()).expect("decided");
    assert_eq!(fold(&events).and_then(|case| case.ruling).expect("ruled").data.get("amount"), "100");
}

#[test]
fn the_day_in_shenyang_is_eight_hours_ahead() {
    let late = Utc.with_ymd_and_hms(2026, 11, 21, 16, 0, 0).single().expect("a time");
    assert_eq!(local_day(late), date("2026-11-22"));
    assert_eq!(local_day(late - Duration::seconds(1)), date("2026-11-21"));
}

#[test]
fn every_state_has_a_key_of_its_own_and_leads_somewhere_unless_final() {
    for state in State::ALL {
        assert_eq!(State::from_key(state.key()), Some(state));
        assert_eq!(state.next().is_empty(), state.is_final(), "{state:?}");
        assert!(state.is_final() || !allowed(state).is_empty());
    }
}
