//! Certificates that communities must not issue (民发〔2020〕20号): what is not on the admission list, with where to go.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Stable: stands in answers.
    pub key: String,
    pub name: String,
    /// What people want it for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// Why not here, and where to go instead.
    pub instead: String,
    /// Everyday words that it is searched by, besides its name.
    #[serde(default)]
    pub words: Vec<String>,
    /// An item of the list that does what is really wanted: `SQ…`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
}

/// All of them, with the rule that names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateList {
    pub rule: String,
    pub certificates: Vec<Certificate>,
}
