//! Who may do what: one policy, asked by every use case.

mod policy;

pub use policy::{Relation, Right, Role, may, relation};
