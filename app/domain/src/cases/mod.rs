//! Cases (办件): what happened to an application, what state that makes, and until when the next thing is due.

mod action;
mod bundle;
mod clock;
mod effect;
mod event;
mod fold;
mod moved;
mod number;
mod state;
mod transition;
mod view;
mod wordless;

pub use action::{Action, Objections, Outstanding, Refusal, Step};
pub use bundle::{BundleLink, BundlePart, BundleTrack, LeftOut, slowest};
pub use clock::{Due, Period, Schedule, Stop, Warning, counts_from, local_day, period};
pub use effect::{Effect, MessageKind, effects};
pub use event::{
    Actor, Channel, CorrectionAsk, Deferral, EndCause, Event, EventKind, Outcome, Request, Ruling, Terms,
    why_not_accepted,
};
pub use fold::{Acceptance, Announcement, Case, OpenCorrection, Opinion, Pending, fold};
pub use moved::{due_moved, office_followed};
pub use number::CaseNumber;
pub use state::{State, TRANSITIONS, Transition, allowed, diagram};
pub use transition::{Rules, act, open_steps, outstanding, wants_second};
pub use view::{
    AppointmentEntry, AppointmentSlip, AppointmentsView, AreaLists, CaseBrief, CaseDesk, CaseFile, CaseTrack,
    CheckView, CorrectionView, CustodyEntry, CustodyView, Decider, DeskEvent, DeskStart, DeskStep, DraftBrief,
    DraftEvent, DraftNews, DraftPage, DraftReview, FileView, Flash, Hidden, Home, QueueQuery, QueueView, Receipt,
    ResumeCode, Supervision, TimelineEntry, WarningEntry, WorkerView,
};
pub use wordless::wordless;
