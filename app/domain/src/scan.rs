//! What the virus scanner has said of a file. Nobody reads a file that it has not found clean.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scan {
    /// The scanner was away: it is asked again.
    #[default]
    Pending,
    Clean,
    Infected,
}

impl Scan {
    pub const ALL: [Self; 3] = [Self::Pending, Self::Clean, Self::Infected];

    /// As it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Clean => "clean",
            Self::Infected => "infected",
        }
    }

    /// A word that is not known lets nobody read.
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|scan| scan.key() == key).unwrap_or_default()
    }

    /// What stands beside a file that cannot be opened.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pending => "正在查毒，过几分钟就能打开",
            Self::Clean => "",
            Self::Infected => "发现病毒，不能用。请删掉，重新拍一张再传",
        }
    }
}
