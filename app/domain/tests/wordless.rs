//! A case without its words is the same case: in the same state, due on the same day, and nothing that was typed is left.

#[path = "support/item.rs"]
mod item;
#[path = "support/office.rs"]
mod office;

use chrono::Duration;
use domain::cases::{fold, local_day, wordless};
use proptest::prelude::*;

use item::whole_item;
use office::{Office, action, start, submitted, worker};

const ACTIONS: [&str; 20] = [
    "receive",
    "accept",
    "start_review",
    "suspend",
    "resume",
    "extend",
    "visit",
    "ask_opinion",
    "announce",
    "end_announcement",
    "review",
    "approve",
    "decide",
    "deny",
    "close",
    "deliver",
    "ask",
    "answer",
    "withdraw",
    "end",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_left_folds_to_the_same_case(steps in prop::collection::vec((0_usize..20, 0_usize..2), 1..40)) {
        let office = Office::new(whole_item());
        let mut events = submitted();
        let mut now = start();
        for (step, who) in steps {
            now += Duration::hours(7);
            // Most are not allowed now: the walk goes on.
            let by = worker(["first", "second"][who]);
            let _ = office.act(&mut events, action(ACTIONS[step], local_day(now)), &by, now);
        }
        let left: Vec<_> = events.iter().cloned().map(wordless).collect();
        let (before, after) = (fold(&events).expect("a case"), fold(&left).expect("a case"));
        prop_assert_eq!((before.state, before.events), (after.state, after.events));
        prop_assert_eq!(before.due(&office.calendar, false), after.due(&office.calendar, false));
        prop_assert_eq!(before.outcome(), after.outcome());
        let text = serde_json::to_string(&left).expect("JSON");
        for typed in ["理由", "请补", "张三"] {
            prop_assert!(!text.contains(typed), "{} is left in {}", typed, text);
        }
    }
}
