//! A decision is not one person's alone, unless the item says so.

#[path = "support/item.rs"]
mod item;
#[path = "support/office.rs"]
mod office;

use std::collections::BTreeSet;

use domain::cases::{State, fold, local_day};
use domain::catalogue::{Mode, SecondPerson};
use item::plain_item;
use office::{Office, action, start, submitted, worker};
use proptest::prelude::*;

const ACTIONS: [&str; 7] = ["receive", "accept", "start_review", "review", "decide", "deny", "approve"];
const WORKERS: [&str; 3] = ["a", "b", "head"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whoever_had_a_case_alone_does_not_decide_it_alone(
        steps in proptest::collection::vec((proptest::sample::select(&ACTIONS[..]), proptest::sample::select(&WORKERS[..])), 1..24),
        rule in proptest::sample::select(&[None, Some(SecondPerson::Always), Some(SecondPerson::Alone), Some(SecondPerson::Never)][..]),
    ) {
        let mut item = plain_item(Mode::Z, 5);
        item.procedure.second_person = rule;
        let office = Office::new(item);
        let mut events = submitted();
        // Who had a hand in it so far, and who asked for the decision that waits.
        let mut hands = BTreeSet::new();
        let mut asked: Option<&str> = None;
        for (name, by) in steps {
            let was = fold(&events).expect("begun").state;
            if office.act(&mut events, action(name, local_day(start())), &worker(by), start()).is_err() {
                continue;
            }
            let case = fold(&events).expect("begun");
            if matches!(name, "decide" | "deny") {
                let alone = hands.iter().all(|hand| *hand == by);
                let waits = match rule {
                    Some(SecondPerson::Always) => true,
                    Some(SecondPerson::Never) => false,
                    None | Some(SecondPerson::Alone) => alone,
                };
                prop_assert_eq!(case.pending.is_some(), waits, "{} by {} after {:?} in {:?}", name, by, hands, was);
                prop_assert_eq!(case.state == State::Decided, !waits);
                asked = waits.then_some(by);
            }
            if name == "approve" {
                prop_assert_ne!(asked.take(), Some(by), "nobody approves what they asked for");
                prop_assert_eq!(case.state, State::Decided);
            }
            hands.insert(by);
        }
        let case = fold(&events).expect("begun");
        if case.state == State::Decided && rule != Some(SecondPerson::Never) {
            prop_assert!(case.hands.len() >= 2, "decided by one: {:?}", case.hands);
        }
    }
}

#[test]
fn what_is_done_at_once_is_done_by_one_unless_the_item_says_otherwise() {
    for (rule, state, waits) in [(None, State::Delivered, false), (Some(SecondPerson::Always), State::Reviewing, true)]
    {
        let mut item = plain_item(Mode::D, 0);
        item.procedure.second_person = rule;
        let office = Office::new(item);
        let mut events = submitted();
        let today = local_day(start());
        office.act(&mut events, action("complete", today), &worker("a"), start()).expect("done");
        let case = fold(&events).expect("begun");
        assert_eq!((case.state, case.pending.is_some()), (state, waits));
        if waits {
            assert!(office.act(&mut events, action("approve", today), &worker("a"), start()).is_err());
            office.act(&mut events, action("approve", today), &worker("head"), start()).expect("approved");
            assert_eq!(fold(&events).expect("begun").state, State::Decided);
        }
    }
}
