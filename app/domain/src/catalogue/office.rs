//! Offices (机构): community windows, street offices, bureaus of districts and of the city.

use serde::{Deserialize, Serialize};

use super::department::Department;
use super::routing::Level;
use crate::areas::{self, AreaLevel};

/// An office that can receive, accept or decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// `210103005024` community, `210103005` street, `210103-MZ` district bureau, `210100-MZ` city bureau.
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
}

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
        _ => None,
    }
}
