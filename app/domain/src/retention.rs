//! How long the data of a case that is over is kept, and what then becomes of it.

use chrono::{Days, Months, NaiveDate};

use crate::catalogue::Item;

/// Years after the end of a case, by the category of its item. 示例数据，以主管部门公布为准: an item's file may say
/// otherwise.
const YEARS: [(&str, u32); 4] = [("relief", 10), ("housing", 10), ("pension", 10), ("legal", 10)];
const YEARS_ELSE: u32 = 5;
/// What was begun and never sent is kept for so many days after it was saved last.
pub const DRAFT_DAYS: u64 = 180;

/// How many years the personal data of a case of this item is kept.
pub fn years(item: &Item) -> u32 {
    let usual = YEARS.iter().find(|(category, _)| *category == item.category).map_or(YEARS_ELSE, |(_, years)| *years);
    item.retention_years.unwrap_or(usual)
}

/// The first day on which the personal data of a case that was over on a day is taken out.
pub fn ends(over: NaiveDate, years: u32) -> NaiveDate {
    over.checked_add_months(Months::new(years.saturating_mul(12))).map_or(NaiveDate::MAX, |last| last + Days::new(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_case_is_kept_for_all_of_its_years(days in 700_000_i32..760_000, years in 0_u32..30) {
            let over = NaiveDate::from_num_days_from_ce_opt(days).expect("in range");
            let end = ends(over, years);
            prop_assert!((end - over).num_days() > i64::from(years) * 365);
            prop_assert!((end - over).num_days() <= i64::from(years) * 366 + 1);
        }
    }
}
