//! A mandate is good for what it names, from the day it is given to its last day, until it is revoked, and for nothing
//! else; a guardian acts until the child comes of age.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::identity::IdNumber;
use domain::mandates::{DAYS_MAX, Mandate, Refusal, latest_end, minority_ends};
use proptest::prelude::*;

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date") + Days::new(offset)
}

fn keys() -> impl Strategy<Value = BTreeSet<String>> {
    prop::collection::btree_set(prop::sample::select(vec!["MZ07", "MZ01", "YB05", "relief", "health"]), 0..4)
        .prop_map(|keys| keys.into_iter().map(str::to_owned).collect())
}

prop_compose! {
    fn mandate()(covers in keys(), from in 0_u64..100, length in 0_u64..100, revoked: bool) -> Mandate {
        Mandate { covers, from: day(from), until: day(from + length), revoked }
    }
}

const ITEMS: [(&str, &str); 3] = [("MZ07", "elderly"), ("MZ01", "relief"), ("YB05", "health")];

proptest! {
    #[test]
    fn it_permits_exactly_what_it_names_while_it_is_in_force(
        mandate in mandate(), today in 0_u64..250, chosen in prop::collection::vec(0_usize..3, 1..4),
    ) {
        let today = day(today);
        let items: Vec<(&str, &str)> = chosen.into_iter().map(|at| ITEMS[at]).collect();
        let in_time = mandate.from <= today && today <= mandate.until;
        let named = |code: &str, category: &str| mandate.covers.contains(code) || mandate.covers.contains(category);
        let covered = mandate.covers.is_empty() || items.iter().all(|(code, category)| named(code, category));
        prop_assert_eq!(mandate.permits(items, today).is_ok(), !mandate.revoked && in_time && covered);
    }

    #[test]
    fn revoking_it_ends_it_whatever_it_said(mandate in mandate(), today in 0_u64..250) {
        let revoked = Mandate { revoked: true, ..mandate };
        prop_assert_eq!(revoked.permits([ITEMS[0]], day(today)), Err(Refusal::Revoked));
    }

    #[test]
    fn more_items_never_permit_what_fewer_do_not(mandate in mandate(), today in 0_u64..250) {
        let today = day(today);
        if mandate.permits(ITEMS, today).is_ok() {
            for item in ITEMS {
                prop_assert!(mandate.permits([item], today).is_ok());
            }
        }
    }

    #[test]
    fn a_minor_is_below_eighteen_on_the_last_day_and_not_on_the_next(days in 0_i32..9_000, today in 0_i32..9_000) {
        let birth = NaiveDate::from_num_days_from_ce_opt(730_500 + days).expect("in range");
        let today = birth + Days::new(u64::try_from(today).expect("positive"));
        let child = id_number(birth);
        match minority_ends(&child, today) {
            Some(last) => {
                prop_assert!(child.age(today) < 18 && child.age(last) == 17);
                prop_assert_eq!(child.age(last + Days::new(1)), 18);
            }
            None => prop_assert!(child.age(today) >= 18),
        }
    }
}

#[test]
fn it_lasts_two_years_at_most() {
    assert_eq!((latest_end(day(0)) - day(0)).num_days(), i64::try_from(DAYS_MAX).expect("few"));
}

fn id_number(birth: NaiveDate) -> IdNumber {
    let body = format!("210103{}001", birth.format("%Y%m%d"));
    let found = "0123456789X".chars().find_map(|check| IdNumber::parse(&format!("{body}{check}"), NaiveDate::MAX).ok());
    found.expect("one of eleven is right")
}
