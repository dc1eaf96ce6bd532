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
    /// An organisation's: what was done under it, each with the worker's name, the last first.
    pub uses: Vec<String>,
}

/// A mandate of the organisation whose worker looks, at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskMandate {
    pub id: String,
    /// Of who gave it, masked.
    pub name: String,
    /// The last four digits of the phone.
    pub tail: String,
    /// `2026年12月1日`
    pub until: String,
    /// Codes and names of what may be begun under it: what the mandate, the contract and the worker's rights allow.
    pub items: Vec<(String, String)>,
}

/// An organisation's worker fills in a form in the stead of who gave the mandate, and who is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandIn {
    /// That worker looks at it; else the resident.
    pub by_me: bool,
    /// Of who gave the mandate, masked.
    pub person: String,
    pub office: String,
    /// Of the worker.
    pub worker: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MandatesView {
    /// Who may act for me.
    pub given: Vec<MandateView>,
    /// For whom I may act.
    pub held: Vec<MandateView>,
    /// The item that the form offers: code and name.
    pub item: Option<(String, String)>,
    /// Codes and names of the organisations under contract, where the form asks for one.
    pub organisations: Vec<(String, String)>,
    pub today: NaiveDate,
    pub flash: Flash,
}
