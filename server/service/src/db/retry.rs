//! Which failures of a transaction pass when it is run again, and how long to wait before.

use std::borrow::Cow;
use std::time::Duration;

use sea_orm::sqlx::Error as DriverError;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};

pub const ATTEMPTS: u32 = 5;

/// PostgreSQL: serialization failure, deadlock, lock not available. SQLite: busy, busy recovering, busy snapshot.
const TRANSIENT: [&str; 6] = ["40001", "40P01", "55P03", "5", "261", "517"];

pub fn is_transient(fault: &DbErr) -> bool {
    code(fault).is_some_and(|code| TRANSIENT.contains(&code.as_ref()))
}

/// PostgreSQL: a statement was ended because it took too long.
const TOO_LONG: &str = "57014";

/// No connection became free in time, or the database has too much to do.
pub fn is_exhausted(fault: &DbErr) -> bool {
    matches!(fault, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
        || code(fault).is_some_and(|code| code == TOO_LONG)
}

/// The database's own code of a failure.
pub fn code(fault: &DbErr) -> Option<Cow<'_, str>> {
    let (DbErr::Conn(RuntimeErr::SqlxError(fault))
    | DbErr::Exec(RuntimeErr::SqlxError(fault))
    | DbErr::Query(RuntimeErr::SqlxError(fault))) = fault
    else {
        return None;
    };
    match fault.as_ref() {
        DriverError::Database(fault) => fault.code(),
        _ => None,
    }
}

/// Before the attempt of that number: 8, 16, 32, 64 ms, each between half and one and a half of it by chance, so
/// that those who collided do not collide again.
pub fn pause(attempt: u32) -> Duration {
    let middle = 4_000_u64 << attempt.min(8);
    let chance = u64::from(getrandom::u32().unwrap_or(u32::MAX / 2));
    Duration::from_micros(middle / 2 + middle * chance / u64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_differ() {
        for attempt in 1..ATTEMPTS {
            let middle = 4_000 << attempt;
            let range = Duration::from_micros(middle / 2)..=Duration::from_micros(middle * 3 / 2);
            assert!((0..100).all(|_| range.contains(&pause(attempt))));
        }
    }

    #[test]
    fn ordinary_faults_are_not_repeated() {
        assert!(!is_transient(&DbErr::RecordNotFound("x".to_owned())));
        assert!(!is_transient(&DbErr::Conn(RuntimeErr::Internal("5".to_owned()))));
    }
}
