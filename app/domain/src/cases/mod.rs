//! Cases (办件): what happened to an application, what state that makes, and until when the next thing is due.

mod event;
mod number;
mod state;
mod transition;
mod view;

pub use event::{Actor, Channel, Event, EventKind, Outcome};
pub use number::CaseNumber;
pub use state::{Case, Due, OpenCorrection, State, fold};
pub use transition::local_day;
pub use transition::{Action, Refusal, Step, act, allowed};
pub use view::{
    AreaLists, CaseBrief, CaseDesk, CaseFile, CaseTrack, CheckView, CorrectionView, DeskStart, DraftBrief, DraftPage,
    DraftReview, FileView, Flash, Home, QueueQuery, QueueView, Receipt, ResumeCode, TimelineEntry, WorkerView,
};
