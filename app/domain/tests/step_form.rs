//! The forms of the steps at the desk: they can be filled in, and what is filled in becomes the action.

#[path = "support/item.rs"]
mod item;

use chrono::{NaiveDate, TimeZone, Utc};
use domain::cases::{Action, Actor, Case, Channel, Event, EventKind, Outcome, Step, fold};
use domain::catalogue::Item;
use domain::desk::{may_follow, step_action, step_form};
use domain::forms::{Entries, Given, check, lint};
use item::whole_item;

fn case() -> Case {
    let at = Utc.with_ymd_and_hms(2026, 11, 2, 2, 0, 0).single().expect("a time");
    let kind = EventKind::Submitted { channel: Channel::Phone };
    fold(&[Event { at, by: Actor::Resident, kind }]).expect("a case")
}

fn given() -> Given {
    Given { today: NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date"), ..Given::default() }
}

fn offices() -> Vec<(String, String)> {
    vec![("210103-CL".to_owned(), "残联".to_owned()), ("210103-MZ".to_owned(), "民政局".to_owned())]
}

#[test]
fn every_form_of_a_step_is_a_right_form() {
    let mut item = whole_item();
    item.decision.as_mut().expect("a decision").refusals = vec!["收入高".to_owned(), "户口不在".to_owned()];
    for step in Step::ALL {
        let faults = lint(&step_form(step, &case(), &item, &offices()));
        assert!(faults.is_empty(), "{step:?}: {faults:?}");
    }
}

#[test]
fn a_refusal_may_take_a_usual_reason_and_a_grant_needs_its_data() {
    let mut item = whole_item();
    item.decision.as_mut().expect("a decision").refusals = vec!["收入高。".to_owned(), "户口不在。".to_owned()];
    let form = step_form(Step::Decide, &case(), &item, &[]);
    let typed = |list: &[(&str, &str)]| -> Entries { list.iter().copied().collect() };
    let answers = |list: &[(&str, &str)]| check(&form, &typed(list), &given());
    assert!(answers(&[]).is_err());
    assert!(answers(&[("outcome", "denied")]).is_err(), "without a reason");
    assert!(answers(&[("outcome", "approved")]).is_err(), "without an amount");
    let denied = answers(&[("outcome", "denied"), ("usual_reason", "2"), ("amount", "7")]).expect("enough");
    let Some(Action::Decide(ruling)) = step_action(Step::Decide, &denied, &item, "") else { panic!("a decision") };
    assert_eq!((ruling.outcome, ruling.reason.as_str()), (Outcome::Denied, "户口不在。"));
    assert!(ruling.data.is_empty(), "a refusal lays nothing down");
    let granted = answers(&[("outcome", "approved"), ("amount", "100.5"), ("usual_reason", "1")]).expect("enough");
    let Some(Action::Decide(ruling)) = step_action(Step::Decide, &granted, &item, "") else { panic!("a decision") };
    assert_eq!((ruling.reason.as_str(), ruling.data.get("amount")), ("", "100.50"));
}

/// Nobody promises to bring what nobody asks for.
#[test]
fn what_may_follow_is_what_the_answers_ask_for() {
    let mut item = whole_item();
    let somewhere = r#"{ "field": "area", "filled": true }"#;
    item.materials[1].when = Some(serde_json::from_str(somewhere).expect("a condition"));
    let follows = |item: &Item, area: &str| {
        let answers = [("area", area)].into_iter().collect();
        may_follow(item, &answers, given().today)
    };
    assert_eq!(follows(&item, ""), []);
    let later = vec![("file_later".to_owned(), "次要材料".to_owned())];
    assert_eq!(follows(&item, "210103005024"), later);
    assert!(step_form(Step::Accept, &case(), &item, &[]).pages.is_empty(), "a button alone");
    assert_eq!(step_form(Step::Accept, &case(), &item, &later).pages[0].fields.len(), 1);
    item.promised_days = 0;
    assert_eq!(follows(&item, "210103005024"), [], "what is done at once waits for nothing");
}

#[test]
fn the_steps_of_residents_and_of_the_clock_are_no_forms() {
    for step in [Step::AnswerCorrection, Step::LapseCorrection, Step::DeemAccepted, Step::LapseDeferral, Step::Withdraw]
    {
        assert_eq!(step_action(step, &Entries::default(), &whole_item(), ""), None);
    }
}
