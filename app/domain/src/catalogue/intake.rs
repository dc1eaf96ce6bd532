//! The modes of 通办: what a window may do with an application that it takes in.

use super::item::{Item, Mode};
use super::office::{is_organisation, office_of_code};
use crate::areas;

/// What the window that takes an application in does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Intake {
    /// No window: it came in online and goes straight to the office that decides.
    Online,
    /// The window decides itself: its own business, or done at once anywhere (D).
    Own,
    /// It accepts in the name of the office that decides (Z, 直接受理).
    Accepts,
    /// It collects and hands over (F, 收受分离).
    HandsOver,
    /// Only the resident's own community takes it (L): an appointment there and a referral.
    Refers,
}

/// `decides`: the competent office; `window`: the office at whose window the resident stands.
pub fn intake(item: &Item, decides: &str, window: Option<&str>) -> Intake {
    match (window, item.mode) {
        (None, _) => Intake::Online,
        (Some(window), _) if window == decides => Intake::Own,
        // An organisation decides and accepts nothing, whatever the mode.
        (Some(window), Mode::D | Mode::Z | Mode::F) if is_organisation(window) => Intake::HandsOver,
        (Some(window), Mode::L) if is_organisation(window) => Intake::Refers,
        (Some(_), Mode::D) => Intake::Own,
        (Some(_), Mode::Z) => Intake::Accepts,
        (Some(_), Mode::F) => Intake::HandsOver,
        (Some(window), Mode::L) => match (office_of_code(window), office_of_code(decides)) {
            // The community's own window, where its street or district decides.
            (Some((_, inner)), Some((_, outer))) if areas::contains(outer, inner) => Intake::HandsOver,
            _ => Intake::Refers,
        },
    }
}

impl Intake {
    /// The window hands over what it received.
    pub fn hands_over(self) -> bool {
        self == Self::HandsOver
    }
}
