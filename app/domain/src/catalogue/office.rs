//! Offices (机构): community windows, street offices, bureaus of districts and of the city, contracted organisations.

use serde::{Deserialize, Serialize};

use super::department::Department;
use super::routing::Level;
use crate::areas::{self, AreaLevel};

/// An office that can receive, accept or decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// `210103005024` community, `210103005` street, `210103-MZ` district bureau, `210100-MZ` city bureau,
    /// `210103-ZZ01` an organisation under contract.
    pub code: String,
    pub name: String,
    /// The area it serves.
    pub area: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficeKind {
    Community,
    Street,
    Bureau,
    /// 承接组织: takes in what its contract names, and decides nothing.
    Organisation,
}

/// What the letters of an organisation begin with, before its two digits.
const ORGANISATION: &str = "ZZ";

/// The office of a level for a department in an area that is at least as deep. `None`: the area is not deep enough.
pub fn office_code(level: Level, department: Department, area: &str) -> Option<String> {
    let bureau = |area: &str| format!("{area}-{}", department.letters());
    match level {
        Level::City => Some(bureau(areas::CITY)),
        Level::District => areas::at_level(area, AreaLevel::District).map(bureau),
        Level::Street => areas::at_level(area, AreaLevel::Street).map(str::to_owned),
        Level::Community => areas::at_level(area, AreaLevel::Community).map(str::to_owned),
    }
}

/// The kind and area of an office by its code. `None`: not an office's code.
pub fn office_of_code(code: &str) -> Option<(OfficeKind, &str)> {
    let (area, letters) = code.split_once('-').unwrap_or((code, ""));
    match (areas::level(area)?, letters) {
        (AreaLevel::Community, "") => Some((OfficeKind::Community, area)),
        (AreaLevel::Street, "") => Some((OfficeKind::Street, area)),
        (AreaLevel::District | AreaLevel::City, letters) if letters.len() == 2 => Some((OfficeKind::Bureau, area)),
        (AreaLevel::District | AreaLevel::City, letters) if is_number(letters) => {
            Some((OfficeKind::Organisation, area))
        }
        _ => None,
    }
}

fn is_number(letters: &str) -> bool {
    let digits = letters.strip_prefix(ORGANISATION);
    digits.is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit()))
}

/// An organisation under contract, by its code.
pub fn is_organisation(code: &str) -> bool {
    matches!(office_of_code(code), Some((OfficeKind::Organisation, _)))
}
