//! Who may do what: one policy, asked by every use case; and what is filled in for each step.

mod policy;
mod step_form;

pub use policy::{Offices, Relation, Right, Role, may, relation};
pub use step_form::{TICKED, may_follow, step_action, step_form};
