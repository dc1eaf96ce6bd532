//! A column that only its key makes readable.

use std::fmt;

use sea_orm::DeriveValueType;

/// What was sealed with a key of the installation, as it stands in a column of texts. It can be stored and carried
/// about, but not read: no text comes out of it but by opening it, and none goes in but by sealing.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct Sealed(String);

impl Sealed {
    /// To be called where values are sealed, and nowhere else.
    pub fn of_record(record: String) -> Self {
        Self(record)
    }

    /// The record for opening it: version, suite, key and what is sealed.
    pub fn record(&self) -> &str {
        &self.0
    }
}

/// Says nothing of what is in it, also not how long it is.
impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}
