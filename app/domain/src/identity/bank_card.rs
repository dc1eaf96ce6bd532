//! A bank card or the bank account of a social-security card.

use crate::text::compact;

/// 12 to 19 digits whose last is the Luhn check digit (ISO/IEC 7812-1).
#[derive(Clone, PartialEq, Eq)]
pub struct BankCard(String);

impl BankCard {
    /// Reads a number as typed, with or without spaces. `None`: not a card number.
    pub fn parse(typed: &str) -> Option<Self> {
        let text = compact(typed);
        let right = (12..=19).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && luhn(&text);
        right.then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let digit = u32::from(b - b'0') * (1 + (i as u32 % 2));
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_decides() {
        assert!(BankCard::parse("6222 0212 3456 7890 128").is_some() == luhn("6222021234567890128"));
        assert!(BankCard::parse("4111 1111 1111 1111").is_some());
        assert!(BankCard::parse("4111 1111 1111 1112").is_none());
        assert!(BankCard::parse("411").is_none());
    }
}
