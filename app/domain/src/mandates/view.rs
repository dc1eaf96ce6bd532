//! Mandates as pages show them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cases::Flash;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MandateView {
    pub id: String,
    /// The helper, for who gave it; the person, for who acts. Masked but for who typed it.
    pub name: String,
    pub relation: String,
    /// What it is for, in words.
    pub covers: String,
    /// `2026年12月1日`
    pub until: String,
    /// In words when it is not in force any more.
    pub over: String,
    pub guardian: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MandatesView {
    /// Who may act for me.
    pub given: Vec<MandateView>,
    /// For whom I may act.
    pub held: Vec<MandateView>,
    /// The item that the form offers: code and name.
    pub item: Option<(String, String)>,
    pub today: NaiveDate,
    pub flash: Flash,
}
