//! Limits on guessing, in this process's memory.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota};

use crate::error::Error;

type Limiter = DefaultKeyedRateLimiter<String>;

/// Each limit counts attempts by one key; a key that is used up gets one more attempt every few minutes.
pub struct Limits {
    /// Looking up cases and drafts, by network address.
    lookups: Limiter,
    /// Looking up one case, by its number: from however many addresses.
    numbers: Limiter,
    /// Signing in, by network address and by login.
    sign_ins: Limiter,
    /// New drafts, by network address: nobody fills the disk.
    drafts: Limiter,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            lookups: limiter(20, 20),
            numbers: limiter(10, 10),
            sign_ins: limiter(20, 30),
            drafts: limiter(120, 600),
        }
    }
}

fn limiter(at_once: u32, per_hour: u32) -> Limiter {
    let count = |n: u32| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
    Limiter::keyed(Quota::per_hour(count(per_hour)).allow_burst(count(at_once)))
}

fn pass(limiter: &Limiter, key: &str) -> Result<(), Error> {
    if limiter.len() > 100_000 {
        limiter.retain_recent();
    }
    limiter.check_key(&key.to_owned()).map_err(|_| Error::Busy)
}

impl Limits {
    pub(crate) fn look_up(&self, address: IpAddr) -> Result<(), Error> {
        pass(&self.lookups, &address.to_string())
    }

    pub(crate) fn look_up_number(&self, number: &str) -> Result<(), Error> {
        pass(&self.numbers, number)
    }

    pub(crate) fn sign_in(&self, address: IpAddr, login: &str) -> Result<(), Error> {
        pass(&self.sign_ins, &address.to_string())?;
        pass(&self.sign_ins, &format!("login {login}"))
    }

    pub(crate) fn draft(&self, address: IpAddr) -> Result<(), Error> {
        pass(&self.drafts, &address.to_string())
    }
}
