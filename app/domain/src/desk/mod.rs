//! Who may do what: one policy, asked by every use case; and what is filled in for each step.

mod grant;
mod masking;
mod policy;
mod recusal;
mod relation;
mod role;
mod step_form;

pub use grant::{Contract, Grant, GrantView, Items, Scope, has_duty, in_force, reach};
pub use masking::{Guarded, MASKED, SHOWN_MINUTES, ShowReason, Sight, mask_pages, sight};
pub use policy::{Right, Subject, acts_for, may, may_start, stands};
pub use recusal::{RecusalEntry, RecusalView};
pub use relation::{Offices, Relation, Tie, relations};
pub use role::{Duty, Role, compatible};
pub use step_form::{TICKED, may_follow, step_action, step_form};
