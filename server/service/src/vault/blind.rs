//! What values can be found by, without being stored.

use domain::identity::Phone;
use domain::text::compact;

/// Each use of a blind value: one value gives other ones for other uses, so that tables cannot be laid side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Last four digits of a phone together with the number of their case.
    PhoneTail,
    /// The mobile phone number of a helper to whom a mandate was given.
    Phone,
    /// The mobile phone number of a resident's account.
    AccountPhone,
    /// The identity number that was proven for a resident's account.
    IdNumber,
    /// The identity number of the applicant of a case.
    Applicant,
    /// Whom a worker has declared: the keyed hash of an identity number, which is all that is kept of it.
    Declared,
}

impl Purpose {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::PhoneTail => "phone-tail",
            Self::Phone => "phone",
            Self::AccountPhone => "account-phone",
            Self::IdNumber => "id-number",
            Self::Applicant => "applicant",
            Self::Declared => "declared",
        }
    }

    /// However it was typed, one number is one value.
    pub(super) fn normalise(self, value: &str) -> String {
        match self {
            Self::PhoneTail | Self::Declared => value.to_owned(),
            Self::Phone | Self::AccountPhone => {
                Phone::parse(value).map_or_else(|| compact(value), |phone| phone.as_str().to_owned())
            }
            Self::IdNumber | Self::Applicant => compact(value),
        }
    }
}
