//! Days and sizes as people say them.

use chrono::{Datelike, NaiveDate};

/// `12月1日`
pub(super) fn day(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// `820 KB`, `3.4 MB`
pub(super) fn size(bytes: u64) -> String {
    const MB: u64 = 1024 * 1024;
    if bytes < MB {
        format!("{} KB", bytes.div_ceil(1024))
    } else {
        format!("{}.{} MB", bytes / MB, bytes % MB * 10 / MB)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(819_200), "800 KB");
        assert_eq!(size(10 * 1024 * 1024), "10.0 MB");
        assert_eq!(size(3_600_000), "3.4 MB");
    }
}
