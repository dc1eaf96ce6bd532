//! A mobile phone number of mainland China.

use crate::text::compact;

/// Eleven digits, `1[3-9]` first. `+86` and `86` before it are dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads a number as typed. `None`: not a mobile number.
    pub fn parse(typed: &str) -> Option<Self> {
        let text = compact(typed.trim().trim_start_matches('+'));
        let text = if text.len() == 13 { text.strip_prefix("86").unwrap_or(&text) } else { &text };
        let bytes = text.as_bytes();
        let right = bytes.len() == 11
            && bytes[0] == b'1'
            && matches!(bytes[1], b'3'..=b'9')
            && bytes.iter().all(u8::is_ascii_digit);
        right.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four digits: the second fact that a person gives to track a case.
    pub fn tail(&self) -> &str {
        &self.0[7..]
    }
}

/// Never shows the number: a debug print must not carry personal data into a log.
impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phone(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_ways_of_writing_are_read() {
        for typed in ["13800138000", "+86 138 0013 8000", "86-13800138000", "１３８００１３８０００"] {
            assert_eq!(Phone::parse(typed).expect(typed).as_str(), "13800138000");
        }
        assert_eq!(Phone::parse("13800138000").expect("valid").tail(), "8000");
    }

    #[test]
    fn other_numbers_are_refused() {
        for typed in ["", "12800138000", "1380013800", "138001380000", "024-23468801", "1380013800a"] {
            assert!(Phone::parse(typed).is_none(), "{typed}");
        }
    }
}
