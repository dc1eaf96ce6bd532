//! Case numbers: `210103-MZ07-20261122-00017-K`.
//!
//! Area of the competent office, item, day of submission, the day's serial, and a check character by ISO 7064
//! MOD 37,36 over all before it. A number names a case and never opens it.

use chrono::NaiveDate;

use crate::text::compact;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber(String);

const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LENGTH: usize = 6 + 4 + 8 + 5 + 1;

impl CaseNumber {
    /// `district`: six digits; `item`: four characters; `serial`: below 100,000.
    pub fn new(district: &str, item: &str, day: NaiveDate, serial: u32) -> Self {
        let body = format!("{district}{item}{}{serial:05}", day.format("%Y%m%d"));
        let check = check_character(&body);
        Self(format!("{district}-{item}-{}-{serial:05}-{check}", day.format("%Y%m%d")))
    }

    /// Reads a number as typed: with or without hyphens and spaces, small letters, full-width. `None` when its form
    /// or its check character is wrong.
    pub fn parse(typed: &str) -> Option<Self> {
        let text = compact(typed);
        if text.len() != LENGTH {
            return None;
        }
        let (body, check) = text.split_at(LENGTH - 1);
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let right = digits(&body[..6]) && digits(&body[10..]) && check_character(body).to_string() == check;
        right.then(|| Self(format!("{}-{}-{}-{}-{check}", &body[..6], &body[6..10], &body[10..18], &body[18..])))
    }

    /// With hyphens, as it is shown, stored and put in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// ISO 7064 MOD 37,36 (hybrid system).
fn check_character(body: &str) -> char {
    let mut product = 36_u32;
    for byte in body.bytes() {
        let value = ALPHABET.iter().position(|a| *a == byte).unwrap_or(0) as u32;
        let sum = (product + value) % 36;
        product = (if sum == 0 { 36 } else { sum } * 2) % 37;
    }
    ALPHABET[((37 - product) % 36) as usize] as char
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(serial: u32) -> CaseNumber {
        CaseNumber::new("210103", "MZ07", NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date"), serial)
    }

    #[test]
    fn the_check_character_is_that_of_iso_7064() {
        // The standard's own example.
        assert_eq!(check_character("A12425GABC1234002"), 'M');
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let right = number(17);
        assert!(right.as_str().starts_with("210103-MZ07-20261122-00017-"));
        let typed = right.as_str().to_lowercase().replace('-', " ");
        assert_eq!(CaseNumber::parse(&typed), Some(right.clone()));
        assert_eq!(CaseNumber::parse(right.as_str()), Some(right));
        assert_eq!(CaseNumber::parse(""), None);
        assert_eq!(CaseNumber::parse("法库"), None);
    }

    proptest! {
        #[test]
        fn one_wrong_character_or_two_swapped_neighbours_are_found(serial in 0_u32..100_000, at in 0_usize..24, add in 1_usize..36) {
            let text = compact(number(serial).as_str()).into_bytes();
            let mut wrong = text.clone();
            let value = ALPHABET.iter().position(|a| *a == wrong[at]).expect("in the alphabet");
            wrong[at] = ALPHABET[(value + add) % 36];
            prop_assert_eq!(CaseNumber::parse(std::str::from_utf8(&wrong).expect("ascii")), None);
        }

        #[test]
        fn reading_never_panics(text in "\\PC*") {
            let _ = CaseNumber::parse(&text);
        }
    }
}
