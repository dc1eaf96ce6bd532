//! Which office decides: one function of the item and the answers, with its reason.

use super::item::{Basis, Item, Level};
use super::office::office_code;
use crate::areas;
use crate::forms::Entries;

/// The competent office and the sentence that says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Competence {
    /// See [`super::Office::code`].
    pub office: String,
    /// The area that decided it.
    pub area: String,
    pub reason: String,
}

/// The answers do not say an area that is deep enough. The check of the form prevents it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoutingFault;

/// Finds the office that decides. `received_at` is the area of the window that takes the case, if one does.
///
/// # Errors
/// [`RoutingFault`] when neither the answers nor the window give an area deep enough.
pub fn competent(item: &Item, answers: &Entries, received_at: Option<&str>) -> Result<Competence, RoutingFault> {
    let answered = areas::deepest(answers.all(&item.routing.area_field).iter().map(String::as_str));
    let chosen = match item.routing.basis {
        Basis::Any => answered.or(received_at),
        _ => answered,
    };
    let area = match (chosen, item.routing.level) {
        (Some(area), _) => area,
        (None, Level::City) => areas::CITY,
        (None, _) => return Err(RoutingFault),
    };
    let office = office_code(item.routing.level, item.department, area).ok_or(RoutingFault)?;
    Ok(Competence { office, area: area.to_owned(), reason: reason(item) })
}

fn reason(item: &Item) -> String {
    let place = match item.routing.basis {
        Basis::Household => "户口所在地",
        Basis::Residence => "居住地",
        Basis::Insured => "参保地",
        Basis::Work => "工作单位所在地",
        Basis::House => "房屋所在地",
        Basis::Incident => "事情发生地",
        Basis::Any => "您选择的地方",
    };
    let level = match item.routing.level {
        Level::City => "全市统一由市级部门",
        Level::District => "区（县、市）的主管部门",
        Level::Street => "街道办事处（乡镇政府）",
        Level::Community => "社区（村）",
    };
    if item.routing.level == Level::City {
        format!("这件事{level}决定")
    } else {
        format!("这件事按{place}，由当地{level}决定")
    }
}
