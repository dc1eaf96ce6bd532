//! Limits on guessing and flooding, in this process's memory. Those on signing in are in `staff/tries.rs`.
//!
//! Only misses count against a person: a hall with one network address for three hundred people must not be locked
//! out because all of them track their cases. So an attempt is taken from a budget and given back when it was right,
//! which the rate limiters of the usual libraries cannot do.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::Visitor;
use crate::error::Error;

/// Keys that are remembered at once; beyond it, what is over is forgotten.
const KEYS_MAX: usize = 100_000;

/// So many attempts by one key in an hour.
struct Budget {
    most: u32,
    taken: Mutex<HashMap<String, (u32, DateTime<Utc>)>>,
}

impl Budget {
    fn of(most: u32) -> Self {
        Self { most, taken: Mutex::default() }
    }

    fn take(&self, key: &str, now: DateTime<Utc>) -> Result<(), Error> {
        let hour = TimeDelta::hours(1);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.len() >= KEYS_MAX {
            taken.retain(|_, (_, since)| now - *since < hour);
        }
        let (count, since) = taken.entry(key.to_owned()).or_insert((0, now));
        if now - *since >= hour {
            (*count, *since) = (0, now);
        }
        if *count >= self.most {
            return Err(Error::Busy);
        }
        *count += 1;
        Ok(())
    }

    fn give_back(&self, key: &str) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((count, _)) = taken.get_mut(key) {
            *count = count.saturating_sub(1);
        }
    }
}

/// So many bytes by one key in a day.
struct Volume {
    most: usize,
    taken: Mutex<HashMap<String, (usize, DateTime<Utc>)>>,
}

impl Volume {
    fn of(most: usize) -> Self {
        Self { most, taken: Mutex::default() }
    }

    fn take(&self, key: &str, bytes: usize, now: DateTime<Utc>) -> bool {
        let day = TimeDelta::days(1);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.len() >= KEYS_MAX {
            taken.retain(|_, (_, since)| now - *since < day);
        }
        let (sum, since) = taken.entry(key.to_owned()).or_insert((0, now));
        if now - *since >= day {
            (*sum, *since) = (0, now);
        }
        let fits = sum.saturating_add(bytes) <= self.most;
        if fits {
            *sum += bytes;
        }
        fits
    }
}

pub struct Limits {
    /// Files that one browser or worker sends.
    uploads: Volume,
    /// Files from one network address: a hall has one.
    uploads_of_address: Volume,
    /// Guesses at cases and drafts from one network address.
    lookups: Budget,
    /// Guesses at one case, from however many addresses.
    numbers: Budget,
    /// New drafts from one network address: nobody fills the disk.
    drafts: Budget,
    /// Lists of announcements read from one network address: neighbours look, nobody collects.
    boards: Budget,
    /// Single announcements read from one network address.
    announcements: Budget,
    /// Objections from one network address.
    objections: Budget,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            uploads: Volume::of(400 << 20),
            uploads_of_address: Volume::of(8 << 30),
            lookups: Budget::of(20),
            numbers: Budget::of(10),
            drafts: Budget::of(600),
            boards: Budget::of(60),
            announcements: Budget::of(120),
            objections: Budget::of(10),
        }
    }
}

impl Limits {
    pub(crate) fn look_up(&self, address: IpAddr, number: Option<&str>, now: DateTime<Utc>) -> Result<(), Error> {
        self.lookups.take(&address.to_string(), now)?;
        let number = number.map_or(Ok(()), |number| self.numbers.take(number, now));
        number.inspect_err(|_| self.lookups.give_back(&address.to_string()))
    }

    pub(crate) fn look_up_was_right(&self, address: IpAddr, number: Option<&str>) {
        self.lookups.give_back(&address.to_string());
        if let Some(number) = number {
            self.numbers.give_back(number);
        }
    }

    pub(crate) fn draft(&self, address: IpAddr, now: DateTime<Utc>) -> Result<(), Error> {
        self.drafts.take(&address.to_string(), now)
    }

    pub(crate) fn board(&self, address: IpAddr, now: DateTime<Utc>) -> Result<(), Error> {
        self.boards.take(&address.to_string(), now)
    }

    pub(crate) fn announcement(&self, address: IpAddr, now: DateTime<Utc>) -> Result<(), Error> {
        self.announcements.take(&address.to_string(), now)
    }

    pub(crate) fn upload(&self, visitor: &Visitor, bytes: usize, now: DateTime<Utc>) -> Result<(), Error> {
        let worker = visitor.worker.as_ref().map(|worker| worker.id.to_string());
        let who = worker.or_else(|| visitor.session.clone()).unwrap_or_default();
        if self.uploads.take(&who, bytes, now) && self.uploads_of_address.take(&visitor.address.to_string(), bytes, now)
        {
            return Ok(());
        }
        Err(Error::Refused("今天上传的文件太多了。请明天再传，或者带着材料到社区窗口办理。填的内容都在。".to_owned()))
    }

    pub(crate) fn objection(&self, address: IpAddr, now: DateTime<Utc>) -> Result<(), Error> {
        self.objections.take(&address.to_string(), now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_so_many_bytes() {
        let (volume, now) = (Volume::of(100), DateTime::UNIX_EPOCH);
        assert!(volume.take("a", 60, now) && volume.take("a", 40, now));
        assert!(!volume.take("a", 1, now + TimeDelta::hours(23)));
        assert!(volume.take("b", 100, now), "another key has a day of its own");
        assert!(!volume.take("c", usize::MAX, now));
        assert!(volume.take("a", 100, now + TimeDelta::hours(24)));
    }

    #[test]
    fn misses_use_the_budget_up_and_an_hour_gives_it_back() {
        let (budget, now) = (Budget::of(2), DateTime::UNIX_EPOCH);
        for _ in 0..50 {
            budget.take("hall", now).expect("right attempts are free");
            budget.give_back("hall");
        }
        assert!(budget.take("a", now).is_ok() && budget.take("a", now).is_ok());
        assert!(budget.take("a", now + TimeDelta::minutes(59)).is_err());
        assert!(budget.take("b", now).is_ok(), "another key has a budget of its own");
        assert!(budget.take("a", now + TimeDelta::minutes(60)).is_ok());
    }
}
