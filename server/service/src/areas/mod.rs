//! Areas, offices and the calendar, held in memory: they change rarely and every page needs them.

mod current;
mod store;
mod workday;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::areas::{Area, AreaLevel, CITY, Validity, at_level, in_force};
use domain::calendar::Workdays;
use domain::catalogue::Office;

use crate::db::Db;
use crate::error::Error;
use crate::ports::{Clock, SystemClock};
use crate::service::Service;

pub use current::Current;
pub(crate) use store::{organisation_insert, organisation_rename};
pub use workday::set_workday;
pub(crate) use workday::{mark_applied, needs_recomputing};

/// Looks again what there is; other nodes do so by themselves ([`crate::upkeep`]).
pub(crate) async fn reload(service: &Service) -> Result<(), Error> {
    service.areas.replace(AreaRegister::load_by(&service.db, Arc::clone(&service.clock)).await?);
    Ok(())
}

/// What there is today, by the clock; and what there was.
#[derive(Clone)]
pub struct AreaRegister {
    places: Arc<Places>,
    pub calendar: Workdays,
    clock: Arc<dyn Clock>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Places {
    areas: BTreeMap<String, (String, Validity)>,
    /// Those directly in an area, also former and coming ones.
    children: HashMap<String, Vec<Area>>,
    offices: HashMap<String, (Office, Validity)>,
}

impl AreaRegister {
    /// By the clock of the machine.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(db: &Db) -> Result<Self, Error> {
        Self::load_by(db, Arc::new(SystemClock)).await
    }

    /// # Errors
    /// When the database does not answer.
    pub async fn load_by(db: &Db, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        let mut places = Places::default();
        for row in store::areas(db).await? {
            if let Some(parent) = row.parent {
                let area = Area { code: row.code.clone(), name: row.name.clone() };
                places.children.entry(parent).or_default().push(area);
            }
            let validity = Validity { from: row.valid_from, to: row.valid_to, successor: row.successor };
            places.areas.insert(row.code, (row.name, validity));
        }
        for list in places.children.values_mut() {
            list.sort_by(|a, b| (is_statistical(&a.code), &a.code).cmp(&(is_statistical(&b.code), &b.code)));
        }
        let offices = store::offices(db).await?.into_iter();
        places.offices = offices.map(|office| (office.0.code.clone(), office)).collect();
        Ok(Self { places: Arc::new(places), calendar: store::calendar(db).await?, clock })
    }

    /// Says the same as another, whatever the clock.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        self.calendar == other.calendar && self.places == other.places
    }

    fn today(&self) -> NaiveDate {
        domain::cases::local_day(self.clock.now())
    }

    /// There is such an area, or there was: an old address still says where somebody lives.
    pub fn exists(&self, code: &str) -> bool {
        self.places.areas.contains_key(code)
    }

    /// `多福社区`
    pub fn name(&self, code: &str) -> Option<&str> {
        self.places.areas.get(code).map(|(name, _)| name.as_str())
    }

    /// The area that an address lies in today: where a merged one went.
    pub fn area_now<'a>(&'a self, code: &'a str) -> &'a str {
        in_force(code, self.today(), |code| self.places.areas.get(code).map(|(_, validity)| validity))
    }

    /// `沈河区 滨河街道 多福社区`; of the city alone `沈阳市`; of a code that does not exist the code itself. What is
    /// called otherwise today says so.
    pub fn full_name(&self, code: &str) -> String {
        let now = self.area_now(code);
        if now == code {
            return self.plain_name(code);
        }
        format!("{}（现在是{}）", self.plain_name(code), self.plain_name(now))
    }

    fn plain_name(&self, code: &str) -> String {
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

    /// The areas that are directly in an area today, by their codes; those that exist for statistics alone come last.
    pub fn children(&self, code: &str) -> Vec<Area> {
        let today = self.today();
        let is_there = |area: &&Area| self.places.areas.get(&area.code).is_some_and(|(_, valid)| valid.holds(today));
        self.places.children.get(code).into_iter().flatten().filter(is_there).cloned().collect()
    }

    /// An office, also one that is no more: cases say who decided them.
    pub fn office(&self, code: &str) -> Option<&Office> {
        self.places.offices.get(code).map(|(office, _)| office)
    }

    /// An office that works today.
    pub fn is_open(&self, code: &str) -> bool {
        self.places.offices.get(code).is_some_and(|(_, validity)| validity.holds(self.today()))
    }

    /// The office that does the work of an office today.
    pub fn office_now<'a>(&'a self, code: &'a str) -> &'a str {
        in_force(code, self.today(), |code| self.places.offices.get(code).map(|(_, validity)| validity))
    }

    /// Offices that are no more, each with the one that does their work today.
    pub(crate) fn followed_offices(&self) -> Vec<(String, String)> {
        let followed = |code: &String| {
            let now = self.office_now(code);
            (now != code).then(|| (code.clone(), now.to_owned()))
        };
        self.places.offices.keys().filter_map(followed).collect()
    }

    /// `多福社区便民服务窗口`; of an office that does not exist the code itself.
    pub fn office_name(&self, code: &str) -> String {
        self.office(code).map_or_else(|| code.to_owned(), |office| office.name.clone())
    }

    /// The codes of offices whose name or code has these characters; of none when nothing is asked for.
    pub(crate) fn find_offices(&self, sought: &str) -> Vec<String> {
        let has = |office: &&Office| !sought.is_empty() && (office.name.contains(sought) || office.code == sought);
        self.places.offices.values().map(|(office, _)| office).filter(has).map(|office| office.code.clone()).collect()
    }

    /// Codes of the offices that fit, former and coming ones included.
    pub(crate) fn offices_where(&self, fits: impl Fn(&str) -> bool) -> Vec<String> {
        self.places.offices.keys().filter(|code| fits(code)).cloned().collect()
    }

    /// Why an office does the work of another: `大南街道办事处已经并入滨河街道办事处`.
    pub(crate) fn merged(&self, from: &str, to: &str) -> String {
        format!("{}已经并入{}", self.office_name(from), self.office_name(to))
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
