//! Areas, offices and the calendar, read once: they change rarely and every page needs them.

mod store;

use std::collections::{BTreeMap, HashMap};

use domain::areas::{Area, AreaLevel, CITY, at_level};
use domain::calendar::Workdays;
use domain::catalogue::Office;

use crate::db::Db;
use crate::error::Error;

#[derive(Clone, Debug)]
pub struct AreaRegister {
    names: BTreeMap<String, String>,
    children: HashMap<String, Vec<Area>>,
    offices: HashMap<String, Office>,
    pub calendar: Workdays,
}

impl AreaRegister {
    /// # Errors
    /// When the database does not answer.
    pub async fn load(db: &Db) -> Result<Self, Error> {
        let mut names = BTreeMap::new();
        let mut children: HashMap<String, Vec<Area>> = HashMap::new();
        for row in store::areas(db).await? {
            if let Some(parent) = row.parent {
                children.entry(parent).or_default().push(Area { code: row.code.clone(), name: row.name.clone() });
            }
            names.insert(row.code, row.name);
        }
        for list in children.values_mut() {
            list.sort_by(|a, b| (is_statistical(&a.code), &a.code).cmp(&(is_statistical(&b.code), &b.code)));
        }
        let offices = store::offices(db).await?.into_iter().map(|office| (office.code.clone(), office)).collect();
        Ok(Self { names, children, offices, calendar: store::calendar(db).await? })
    }

    pub fn exists(&self, code: &str) -> bool {
        self.names.contains_key(code)
    }

    /// `多福社区`
    pub fn name(&self, code: &str) -> Option<&str> {
        self.names.get(code).map(String::as_str)
    }

    /// `沈河区 滨河街道 多福社区`; of the city alone `沈阳市`; of a code that does not exist the code itself.
    pub fn full_name(&self, code: &str) -> String {
        if code == CITY {
            return self.name(code).unwrap_or(code).to_owned();
        }
        let levels = [AreaLevel::District, AreaLevel::Street, AreaLevel::Community];
        let names: Vec<&str> =
            levels.into_iter().filter_map(|level| at_level(code, level)).filter_map(|code| self.name(code)).collect();
        if names.is_empty() { code.to_owned() } else { names.join(" ") }
    }

    pub fn districts(&self) -> Vec<Area> {
        self.children(CITY)
    }

    /// The areas directly in an area by their codes; those that exist for statistics alone come last.
    pub fn children(&self, code: &str) -> Vec<Area> {
        self.children.get(code).cloned().unwrap_or_default()
    }

    pub fn office(&self, code: &str) -> Option<&Office> {
        self.offices.get(code)
    }

    /// `多福社区便民服务窗口`; of an office that does not exist the code itself.
    pub fn office_name(&self, code: &str) -> String {
        self.office(code).map_or_else(|| code.to_owned(), |office| office.name.clone())
    }
}

/// Development zones, farms and the like that count as a street, or their homes as a community, in the statistics
/// alone: the part of the code that is their own begins with 4 or more.
fn is_statistical(code: &str) -> bool {
    matches!(code.len(), 9 | 12) && code.as_bytes().get(code.len() - 3).is_some_and(|digit| *digit >= b'4')
}

#[cfg(test)]
mod tests {
    use super::is_statistical;

    #[test]
    fn statistical_areas_are_told_by_their_code() {
        assert!(is_statistical("210106401"));
        assert!(is_statistical("210123001400"));
        assert!(!is_statistical("210103005"));
        assert!(!is_statistical("210103005024"));
        assert!(!is_statistical("210181"));
    }
}
