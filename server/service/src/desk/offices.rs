//! What there is to choose from at a step: offices that a case may be sent to or asked of, papers that may follow.

use domain::areas::{self, CITY};
use domain::cases::{Step, local_day};
use domain::catalogue::{Department, office_of_code};
use domain::desk::{may_follow, step_form};
use domain::forms::Definition;

use crate::cases::Record;
use crate::service::Service;

/// The form of a step on a case.
pub(super) fn form_of(service: &Service, record: &Record, step: Step) -> Definition {
    let item = &record.revision.item;
    let choices = match step {
        Step::Accept => may_follow(item, &record.answers, local_day(record.case.submitted_at)),
        Step::AskOpinion => opinions(service, record),
        Step::Reroute => reroutes(service, record),
        _ => Vec::new(),
    };
    step_form(step, &record.case, item, &choices)
}

fn named(service: &Service, codes: Vec<String>) -> Vec<(String, String)> {
    codes
        .into_iter()
        .filter(|code| service.areas.is_open(code))
        .map(|code| {
            let name = service.areas.office_name(&code);
            (code, name)
        })
        .collect()
}

/// Bureaus of the same district, those that the item names first; and the community and street of the case's area.
fn opinions(service: &Service, record: &Record) -> Vec<(String, String)> {
    let district = district(&record.row.office);
    let wanted = &record.revision.item.procedure.opinions;
    let mut departments = wanted.clone();
    departments.extend(Department::ALL.into_iter().filter(|department| !wanted.contains(department)));
    let bureaus = departments.into_iter().map(|department| format!("{district}-{}", department.letters()));
    let codes = bureaus.filter(|code| *code != record.row.office).collect();
    named(service, codes)
}

/// The same business elsewhere: bureaus of the department in every district and the city, and for a street or a
/// community those beside it.
fn reroutes(service: &Service, record: &Record) -> Vec<(String, String)> {
    let letters = record.revision.item.department.letters();
    let mut codes: Vec<String> = Vec::new();
    if let Some((_, area)) = office_of_code(&record.row.office)
        && !record.row.office.contains('-')
    {
        let above = if area.len() == 12 { &area[..9] } else { &area[..6] };
        codes.push(above.to_owned());
        codes.extend(service.areas.children(above).into_iter().map(|area| area.code));
    }
    codes.extend(service.areas.districts().into_iter().map(|area| format!("{}-{letters}", area.code)));
    codes.push(format!("{CITY}-{letters}"));
    codes.retain(|code| *code != record.row.office);
    named(service, codes)
}

/// The office of the lowest area that contains all offices a case has been at.
pub(super) fn common_office(service: &Service, record: &Record) -> String {
    let letters = record.revision.item.department.letters();
    let offices = record.case.trail.iter().chain([&record.row.office]);
    let areas: Vec<&str> = offices.filter_map(|code| office_of_code(code)).map(|(_, area)| area).collect();
    let Some(first) = areas.first() else { return record.row.office.clone() };
    let within = |outer: &str| areas.iter().all(|area| areas::contains(outer, area));
    let street = first.get(..9).filter(|street| within(street) && *street != record.row.office);
    let above = match street {
        Some(street) => street.to_owned(),
        None if within(&first[..6]) => format!("{}-{letters}", &first[..6]),
        None => format!("{CITY}-{letters}"),
    };
    let known = service.areas.is_open(&above) && above != record.row.office;
    if known { above } else { format!("{CITY}-{letters}") }
}

fn district(office: &str) -> &str {
    office.get(..6).unwrap_or(CITY)
}
