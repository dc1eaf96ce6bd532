//! A limit on how often something may be done: a pause between two times, so many in an hour, so many in a day.

use chrono::{DateTime, Duration, Utc};

#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Seconds between two times.
    pub pause: i64,
    pub hour: i32,
    pub day: i32,
}

/// What of an allowance was used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    pub hour: i32,
    pub hour_since: DateTime<Utc>,
    pub day: i32,
    pub day_since: DateTime<Utc>,
    pub last: DateTime<Utc>,
}

/// Why it may not be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    Seconds(i64),
    Hour,
    Day,
}

impl Allowance {
    /// One time more, if it may be.
    ///
    /// # Errors
    /// For how long it may not.
    pub fn spend(&self, spent: Option<Spent>, now: DateTime<Utc>) -> Result<Spent, Pause> {
        let new = Spent { hour: 0, hour_since: now, day: 0, day_since: now, last: now };
        let Some(mut spent) = spent else { return Ok(Spent { hour: 1, day: 1, ..new }) };
        if now - spent.hour_since >= Duration::hours(1) {
            (spent.hour, spent.hour_since) = (0, now);
        }
        if now - spent.day_since >= Duration::days(1) {
            (spent.day, spent.day_since) = (0, now);
        }
        if spent.day >= self.day {
            return Err(Pause::Day);
        }
        if spent.hour >= self.hour {
            return Err(Pause::Hour);
        }
        let waits = self.pause - (now - spent.last).num_seconds();
        if waits > 0 {
            return Err(Pause::Seconds(waits));
        }
        Ok(Spent { hour: spent.hour + 1, day: spent.day + 1, last: now, ..spent })
    }
}

impl Pause {
    /// What the person should do.
    pub fn advice(self) -> String {
        match self {
            Self::Seconds(seconds) => format!("刚刚操作过，请等{seconds}秒再试"),
            Self::Hour => "这一小时里次数太多了，请过一小时再试，或到社区窗口办理".to_owned(),
            Self::Day => "今天次数太多了，请明天再试，或到社区窗口办理".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SOME: Allowance = Allowance { pause: 60, hour: 3, day: 5 };

    #[test]
    fn pause_hour_and_day_hold_each_by_itself() {
        let at = |seconds| DateTime::UNIX_EPOCH + Duration::seconds(seconds);
        let first = SOME.spend(None, at(0)).expect("the first");
        assert_eq!(SOME.spend(Some(first), at(10)), Err(Pause::Seconds(50)));
        let second = SOME.spend(Some(first), at(60)).expect("after the pause");
        let third = SOME.spend(Some(second), at(120)).expect("the last of the hour");
        assert_eq!(SOME.spend(Some(third), at(180)), Err(Pause::Hour));
        let fourth = SOME.spend(Some(third), at(3_600)).expect("in the next hour");
        let fifth = SOME.spend(Some(fourth), at(3_700)).expect("the last of the day");
        assert_eq!(SOME.spend(Some(fifth), at(9_000)), Err(Pause::Day));
        assert!(SOME.spend(Some(fifth), at(86_400)).is_ok());
    }

    proptest! {
        #[test]
        fn nobody_gets_more_than_the_day_allows(steps in proptest::collection::vec(0_i64..5_000, 1..200)) {
            let (mut spent, mut now, mut given) = (None, DateTime::UNIX_EPOCH, Vec::new());
            for step in steps {
                now += Duration::seconds(step);
                if let Ok(new) = SOME.spend(spent, now) {
                    spent = Some(new);
                    given.push(now);
                }
            }
            // A window that begins with its first: within any day at most twice as many.
            for at in &given {
                let within = given.iter().filter(|other| **other >= *at && **other - *at < Duration::days(1)).count();
                prop_assert!(within <= 10);
            }
            for pair in given.windows(2) {
                prop_assert!(pair[1] - pair[0] >= Duration::seconds(60));
            }
        }
    }
}
