//! The citizen identity number of GB 11643: 6 digits of area, 8 of birth, 3 of order, 1 check character.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::text::compact;

/// A valid identity number: 18 characters, check character right, birth date real and not in the future.
///
/// Area codes are not compared with today's table: a card keeps the code of the place where it was first
/// issued, also when that place was renamed or abolished (for instance 210112 for the former 东陵区).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdNumber(String);

/// What is wrong with an identity number, each with a sentence for the person who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdNumberFault {
    Length,
    Characters,
    Area,
    BirthDate,
    CheckCharacter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Female,
    Male,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS: &[u8; 11] = b"10X98765432";

/// First two digits of every provincial code, past and present, and of the residence permits of
/// Hong Kong (81), Macao (82) and Taiwan (83) residents.
const PROVINCES: [u8; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 81, 82, 83,
];

impl IdNumber {
    /// Reads a number as typed: spaces, hyphens, full-width digits and a small `x` are accepted.
    ///
    /// # Errors
    /// The first [`IdNumberFault`] found. `today` is the date in Shenyang.
    pub fn parse(typed: &str, today: NaiveDate) -> Result<Self, IdNumberFault> {
        let text = compact(typed);
        if text.len() != 18 {
            return Err(IdNumberFault::Length);
        }
        let (body, check) = text.split_at(17);
        if !body.bytes().all(|b| b.is_ascii_digit()) || !matches!(check.as_bytes()[0], b'0'..=b'9' | b'X') {
            return Err(IdNumberFault::Characters);
        }
        if !PROVINCES.contains(&body[..2].parse().map_err(|_| IdNumberFault::Area)?) {
            return Err(IdNumberFault::Area);
        }
        let birth = birth_date(body).ok_or(IdNumberFault::BirthDate)?;
        if birth > today || birth.year() < 1850 {
            return Err(IdNumberFault::BirthDate);
        }
        if check_character(body) != check.as_bytes()[0] {
            return Err(IdNumberFault::CheckCharacter);
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn birth_date(&self) -> NaiveDate {
        birth_date(&self.0).unwrap_or_default()
    }

    pub fn sex(&self) -> Sex {
        if (self.0.as_bytes()[16] - b'0').is_multiple_of(2) { Sex::Female } else { Sex::Male }
    }

    /// Full years on `today` (周岁): the birthday itself counts.
    pub fn age(&self, today: NaiveDate) -> i64 {
        let birth = self.birth_date();
        let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
        i64::from(today.year() - birth.year()) - i64::from(!had_birthday)
    }
}

/// Never shows the number: a debug print must not carry personal data into a log.
impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdNumber(…)")
    }
}

impl IdNumberFault {
    /// What the person should do.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Length => "身份证号码是18位，请数一数有没有多写或少写",
            Self::Characters => "身份证号码前17位是数字，最后一位是数字或X，请检查",
            Self::Area => "身份证号码开头两位不对，请对照身份证检查",
            Self::BirthDate => "身份证号码中间的出生日期不对，请对照身份证检查第7到14位",
            Self::CheckCharacter => "身份证号码有一位写错了，请对照身份证逐位检查",
        }
    }
}

fn birth_date(body: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(body[6..10].parse().ok()?, body[10..12].parse().ok()?, body[12..14].parse().ok()?)
}

/// ISO 7064 MOD 11-2 over the first 17 digits.
fn check_character(body: &str) -> u8 {
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
    CHECK_CHARACTERS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date")
    }

    #[test]
    fn published_samples_are_valid() {
        for sample in ["11010519491231002X", "440524188001010014", "210103195001019018", "210112198806159026"] {
            assert!(IdNumber::parse(sample, today()).is_ok(), "{sample}");
        }
    }

    #[test]
    fn spaces_full_width_and_small_x_are_accepted() {
        let id = IdNumber::parse("１１０１０５ 19491231-002x", today()).expect("valid");
        assert_eq!(id.as_str(), "11010519491231002X");
        assert_eq!(id.sex(), Sex::Female);
    }

    #[test]
    fn faults_are_told_apart() {
        let fault = |text: &str| IdNumber::parse(text, today()).err();
        assert_eq!(fault("1234"), Some(IdNumberFault::Length));
        assert_eq!(fault("2101031950010190AB"), Some(IdNumberFault::Characters));
        assert_eq!(fault("990103195001019018"), Some(IdNumberFault::Area));
        assert_eq!(fault("210103195002309018"), Some(IdNumberFault::BirthDate));
        assert_eq!(fault("210103205001019018"), Some(IdNumberFault::BirthDate));
        assert_eq!(fault("210103195001019019"), Some(IdNumberFault::CheckCharacter));
    }

    #[test]
    fn former_codes_are_accepted() {
        for area in ["210121", "210122", "210112", "210113", "210101"] {
            let body = format!("{area}19600229001");
            let number = format!("{body}{}", check_character(&body) as char);
            assert!(IdNumber::parse(&number, today()).is_ok(), "{area}");
        }
    }

    #[test]
    fn a_leap_day_child_has_its_birthday_on_the_first_of_march() {
        let body = "21010320080229001";
        let id = IdNumber::parse(&format!("{body}{}", check_character(body) as char), today()).expect("valid");
        let on = |y, m, d| id.age(NaiveDate::from_ymd_opt(y, m, d).expect("a date"));
        assert_eq!((on(2026, 2, 28), on(2026, 3, 1)), (17, 18));
    }

    proptest! {
        #[test]
        fn any_single_wrong_digit_is_found(days in 0_i32..40_000, order in 0_u32..1000, at in 0_usize..17, add in 1_u8..10) {
            let birth = NaiveDate::from_num_days_from_ce_opt(695_000 + days).expect("in range");
            let body = format!("210103{}{order:03}", birth.format("%Y%m%d"));
            let number = format!("{body}{}", check_character(&body) as char);
            let mut wrong = number.into_bytes();
            wrong[at] = b'0' + (wrong[at] - b'0' + add) % 10;
            let wrong = String::from_utf8(wrong).expect("digits");
            prop_assert!(IdNumber::parse(&wrong, NaiveDate::MAX).is_err());
        }

        #[test]
        fn reading_never_panics(text in "\\PC*") {
            let _ = IdNumber::parse(&text, today());
        }
    }
}
