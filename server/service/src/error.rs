//! What can go wrong in a use case. It says nothing about HTTP and is logged once, where it is turned into an answer.

use domain::forms::Finding;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is none, or the asker may not know that there is one.
    #[error("not found")]
    NotFound,
    /// No worker signed in.
    #[error("not signed in")]
    Unauthenticated,
    /// No resident signed in, or too long ago.
    #[error("no resident signed in")]
    SignIn,
    /// Known to the asker, but not theirs to do.
    #[error("forbidden")]
    Forbidden,
    /// A rule says no; the text is for the person.
    #[error("refused")]
    Refused(String),
    /// The input has findings.
    #[error("findings")]
    Findings(Vec<Finding>),
    /// Somebody else was quicker; the text is for the person.
    #[error("conflict")]
    Conflict(String),
    /// Something that it needs is not there on this machine; the text is for the person.
    #[error("unavailable")]
    Unavailable(String),
    /// Too many attempts by one who asks.
    #[error("busy")]
    Busy,
    /// Too much at once, by whomever: in a moment there is room again.
    #[error("overloaded")]
    Overloaded,
    /// Broken inside: the source goes to the log, never to the person.
    #[error("internal: {0}")]
    Internal(String),
    #[error("database: {0}")]
    Database(#[source] sea_orm::DbErr),
}

impl From<sea_orm::DbErr> for Error {
    /// Waiting in vain for a connection is no fault: there are more who ask than can be served.
    fn from(fault: sea_orm::DbErr) -> Self {
        if crate::db::is_exhausted(&fault) { Self::Overloaded } else { Self::Database(fault) }
    }
}

impl Error {
    /// Wraps a fault of ours with what was being done.
    pub fn internal(doing: &str, fault: impl std::fmt::Display) -> Self {
        Self::Internal(format!("{doing}: {fault}"))
    }
}
