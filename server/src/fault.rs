//! Why the process stops: one line for the person who started it.

use std::fmt::Display;

#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A setting is unknown or wrong.
    #[error("{0}")]
    Usage(String),
    /// The settings are good, but what they name cannot be used.
    #[error("{0}")]
    Start(String),
}

impl Fault {
    pub fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    /// Wraps a fault with what was being done.
    pub fn start(doing: &str, fault: impl Display) -> Self {
        Self::Start(format!("{doing}: {fault}"))
    }

    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Start(_) => 1,
        }
    }
}
