//! Areas and working days as lists, read from text alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::areas::{Area, CITY, Validity};
use serde::Deserialize;
use serde::de::DeserializeOwned;

const CITY_NAME: &str = "沈阳市";

pub struct AreaEntry {
    pub area: Area,
    pub parent: Option<String>,
    pub validity: Validity,
}

/// The name of a list, and what is wrong with it.
type Faulty = (&'static str, String);
type List<'a> = (&'static str, &'a str);

/// Districts, streets, communities and what changed, each list with its name.
///
/// # Errors
/// The first list with a fault.
pub fn areas([districts, streets, communities, changed]: [List<'_>; 4]) -> Result<Vec<AreaEntry>, Faulty> {
    #[derive(Deserialize)]
    struct District {
        code: String,
        name: String,
    }
    #[derive(Deserialize)]
    struct Street {
        code: String,
        name: String,
        area_code: String,
    }
    #[derive(Deserialize)]
    struct Community {
        code: String,
        name: String,
        street_code: String,
    }
    let entry = |code, name, parent| AreaEntry { area: Area { code, name }, parent, validity: Validity::default() };
    let mut out = vec![entry(CITY.to_owned(), CITY_NAME.to_owned(), None)];
    let mut add = |code, name, parent: String| out.push(entry(code, name, Some(parent)));
    for row in rows::<District>(districts)? {
        add(row.code, row.name, CITY.to_owned());
    }
    for row in rows::<Street>(streets)? {
        add(row.code, row.name, row.area_code);
    }
    for row in rows::<Community>(communities)? {
        add(row.code, row.name, row.street_code);
    }
    changes(&mut out, changed)?;
    Ok(out)
}

/// What is over, and what took its place: of an area in the lists its last day, or an area that stands in no list any
/// more. `source` says where that is known from.
fn changes(areas: &mut Vec<AreaEntry>, list: List<'_>) -> Result<(), Faulty> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Change {
        code: String,
        name: String,
        parent: String,
        valid_to: NaiveDate,
        successor: String,
        source: String,
    }
    for change in rows::<Change>(list)? {
        let successor = areas.iter().any(|entry| entry.area.code == change.successor);
        let same_level = change.code.len() == change.successor.len();
        if !successor || !same_level || change.source.is_empty() {
            return Err((list.0, format!("{} needs a successor of its level and a source", change.code)));
        }
        let validity = Validity { from: None, to: Some(change.valid_to), successor: Some(change.successor) };
        match areas.iter_mut().find(|entry| entry.area.code == change.code) {
            Some(entry) => entry.validity = validity,
            None => {
                let area = Area { code: change.code, name: change.name };
                areas.push(AreaEntry { area, parent: Some(change.parent), validity });
            }
        }
    }
    Ok(())
}

/// Days that differ from the plain week, and whether they are worked.
///
/// # Errors
/// What is wrong with the text.
pub fn workdays(text: &str) -> Result<Vec<(NaiveDate, bool)>, String> {
    #[derive(Deserialize)]
    struct Calendar {
        years: BTreeMap<String, Year>,
    }
    #[derive(Deserialize)]
    struct Year {
        holidays: Vec<NaiveDate>,
        makeup_workdays: Vec<NaiveDate>,
    }
    let calendar: Calendar = serde_json::from_str(text).map_err(|fault| fault.to_string())?;
    let mut days = Vec::new();
    for year in calendar.years.into_values() {
        days.extend(year.holidays.into_iter().map(|day| (day, false)));
        days.extend(year.makeup_workdays.into_iter().map(|day| (day, true)));
    }
    Ok(days)
}

fn rows<T: DeserializeOwned>((name, text): List<'_>) -> Result<Vec<T>, Faulty> {
    let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize().collect::<Result<_, _>>();
    rows.map_err(|fault: csv::Error| (name, fault.to_string()))
}
