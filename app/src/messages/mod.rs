//! What residents and offices write to each other, on the page of a case and at the desk.

mod talk;

pub(crate) use talk::{notes, talk};
