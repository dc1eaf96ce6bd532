//! Appointments as pages show them.

use serde::{Deserialize, Serialize};

use super::hours::Slot;
use crate::areas::Area;
use crate::calls::CallEntry;
use crate::cases::{Flash, WorkerView};
use crate::forms::Definition;

/// A time with the places that are left.
pub type FreeSlot = (Slot, u16);

/// The page on which a resident books: areas to choose from, or the times of an office.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BookView {
    pub chosen: Vec<Area>,
    pub below: Vec<Area>,
    /// Code and everyday name.
    pub item: Option<(String, String)>,
    /// Code and name, once it is chosen.
    pub office: Option<(String, String)>,
    /// Nothing can be booked without: a code to the phone proves it.
    pub signed_in: bool,
    pub form: Definition,
    pub none_free: bool,
    pub today: chrono::NaiveDate,
    pub flash: Flash,
}

/// One of a resident's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyVisit {
    pub code: String,
    pub when: String,
    pub manner: String,
    /// The office, or the own address.
    pub place: String,
    pub about: String,
    pub bring: Vec<String>,
    /// In words.
    pub state: String,
    /// It can be moved or cancelled.
    pub open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyVisits {
    pub visits: Vec<MyVisit>,
    pub calls: Vec<CallEntry>,
    pub flash: Flash,
}

/// Another time for one of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoveView {
    pub visit: MyVisit,
    pub form: Definition,
    pub today: chrono::NaiveDate,
    pub flash: Flash,
}

/// Appointments at a worker's office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentsView {
    pub worker: WorkerView,
    pub booked: Vec<AppointmentEntry>,
    /// The worker may set the office's hours.
    pub keeps_hours: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentEntry {
    pub code: String,
    /// `12月1日（周二）`
    pub day: String,
    /// Everyday name, and what the resident wrote.
    pub item: String,
    /// Masked name.
    pub applicant: String,
    /// `12月1日（周二）上午8:30—12:00`
    pub when: String,
    pub manner: String,
    /// The window that made it; empty: the resident did.
    pub referred_by: String,
    pub booked: bool,
}

/// What the resident is given, and what a worker of the office needs to prepare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentSlip {
    pub worker: WorkerView,
    /// Where to go.
    pub office: String,
    pub entry: AppointmentEntry,
    /// Of a visit at home.
    pub address: String,
    /// To reach the resident by; for the office of the appointment alone.
    pub phone: String,
    pub bring: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursEntry {
    pub id: String,
    /// `周一 上午8:30—12:00`
    pub when: String,
    pub manner: String,
    pub places: u16,
    pub holidays: bool,
}

/// The hours that an office keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HoursView {
    pub worker: WorkerView,
    pub office: String,
    pub office_code: String,
    pub hours: Vec<HoursEntry>,
    /// The office has set none: these are the usual ones.
    pub usual: bool,
    pub today: chrono::NaiveDate,
    pub flash: Flash,
}
