//! Administrative areas (行政区划): city, district, street, community, told apart by the length of their code.
//!
//! District codes are those of GB/T 2260; codes below are the statistical ones (9 and 12 digits). A longer code
//! begins with the code of the area that contains it, which a test of the seed data holds.

mod validity;

use serde::{Deserialize, Serialize};

pub use validity::{Validity, in_force};

/// The city that this installation serves: 沈阳市.
pub const CITY: &str = "210100";

/// Codes that older identity cards carry, with the district that the place belongs to today.
pub const FORMER_DISTRICTS: [(&str, &str); 3] = [("210122", "210115"), ("210121", "210181"), ("210101", "210100")];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaLevel {
    City,
    District,
    Street,
    Community,
}

/// An area with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub code: String,
    pub name: String,
}

/// The level of a code, by its form alone: whether the area exists is known by the register. `None`: not a code.
pub fn level(code: &str) -> Option<AreaLevel> {
    if !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match code.len() {
        6 if code == CITY => Some(AreaLevel::City),
        6 => Some(AreaLevel::District),
        9 => Some(AreaLevel::Street),
        12 => Some(AreaLevel::Community),
        _ => None,
    }
}

/// How the codes of all areas in an area begin, its own included. The districts of the city share its first four digits.
pub fn prefix(code: &str) -> &str {
    if code == CITY { &code[..4] } else { code }
}

/// The area at `level` that contains `code`. `None` when `code` is above that level or is not a code.
pub fn at_level(code: &str, wanted: AreaLevel) -> Option<&str> {
    if level(code)? < wanted {
        return None;
    }
    Some(match wanted {
        AreaLevel::City => CITY,
        AreaLevel::District => &code[..6],
        AreaLevel::Street => &code[..9],
        AreaLevel::Community => code,
    })
}

/// Whether `inner` is `outer` or lies in it.
pub fn contains(outer: &str, inner: &str) -> bool {
    level(outer).and_then(|wanted| at_level(inner, wanted)).is_some_and(|code| code == outer)
}

/// The deepest code that the three lists of an area question agree on.
///
/// A form without script sends district, street and community under one name. When the district was changed
/// after a street was chosen, the street no longer lies in it and falls away.
pub fn deepest<'a>(chosen: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<&str> = None;
    for code in chosen.into_iter().filter(|code| level(code).is_some()) {
        match best {
            None => best = Some(code),
            Some(outer) if contains(outer, code) => best = Some(code),
            Some(_) => break,
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_the_length() {
        assert_eq!(level("210100"), Some(AreaLevel::City));
        assert_eq!(level("210103"), Some(AreaLevel::District));
        assert_eq!(level("210103005"), Some(AreaLevel::Street));
        assert_eq!(level("210103005024"), Some(AreaLevel::Community));
        assert_eq!(level("2101"), None);
        assert_eq!(level("21010a"), None);
    }

    #[test]
    fn containment_follows_the_code() {
        assert!(contains("210100", "210103005024"));
        assert!(contains("210103", "210103005024"));
        assert!(!contains("210103", "210102001002"));
        assert!(!contains("210103005", "210103"));
    }

    #[test]
    fn a_changed_district_drops_the_street() {
        assert_eq!(deepest(["210103", "210103005", "210103005024"]), Some("210103005024"));
        assert_eq!(deepest(["210102", "210103005", "210103005024"]), Some("210102"));
        assert_eq!(deepest(["", "x"]), None);
    }
}
