//! What values can be found by, without being stored.

use domain::identity::Phone;
use domain::text::compact;

/// Each use of a blind value: one value gives other ones for other uses, so that tables cannot be laid side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Last four digits of a phone together with the number of their case.
    PhoneTail,
    /// A mobile phone number of a person.
    Phone,
    /// A citizen identity number.
    IdNumber,
}

impl Purpose {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::PhoneTail => "phone-tail",
            Self::Phone => "phone",
            Self::IdNumber => "id-number",
        }
    }

    /// However it was typed, one number is one value.
    pub(super) fn normalise(self, value: &str) -> String {
        match self {
            Self::PhoneTail => value.to_owned(),
            Self::Phone => Phone::parse(value).map_or_else(|| compact(value), |phone| phone.as_str().to_owned()),
            Self::IdNumber => compact(value),
        }
    }
}
