//! Which office decides: one function of the item and the answers, with its reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::item::{Item, Mode};
use super::office::{is_organisation, office_code, office_of_code};
use crate::areas;
use crate::forms::{Condition, Entries, Scope};

/// Which area's office decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// 户籍地
    Household,
    /// 居住地
    Residence,
    /// 参保地
    Insured,
    /// 就业地
    Work,
    /// 房屋所在地
    House,
    /// 事发地
    Incident,
    /// 任选: any of them, the resident chooses
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    City,
    District,
    Street,
    Community,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routing {
    pub basis: Basis,
    pub level: Level,
    /// The path in the form whose area counts: `household_area`, `residence.area`. Required with a form.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub area_field: String,
    /// With the basis `any`: the question in which the resident chooses it; its choices are keys of [`Basis`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis_field: String,
    /// Exceptions, the first that holds counts: another level, area or basis for some applications.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RoutingRule>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoutingRule {
    pub when: Condition,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_field: Option<String>,
    /// Why, as half a sentence after 因为: 申请的金额不超过2000元.
    pub because: String,
}

/// The competent office and the sentence that says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Competence {
    /// See [`super::Office::code`].
    pub office: String,
    /// The area that decided it.
    pub area: String,
    pub level: Level,
    pub basis: Basis,
    pub reason: String,
}

/// The answers do not say an area that is deep enough. The check of the form prevents it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoutingFault;

/// Finds the office that decides. `window` is the office at whose window the resident stands, if there is one;
/// `answers` are in their normal form, `today` is the date in Shenyang.
///
/// # Errors
/// [`RoutingFault`] when neither the answers nor the window give an area deep enough.
pub fn competent(
    item: &Item,
    answers: &Entries,
    window: Option<&str>,
    today: NaiveDate,
) -> Result<Competence, RoutingFault> {
    if let (Mode::D, Some(office)) = (item.mode, window)
        && !is_organisation(office)
    {
        return at_once(item, office);
    }
    let routing = &item.routing;
    let received_at = window.and_then(office_of_code).map(|(_, area)| area);
    let definition = item.definition();
    let rule = routing.rules.iter().find(|rule| rule.when.holds(Scope::of_form(&definition, answers, today)));
    let level = rule.and_then(|rule| rule.level).unwrap_or(routing.level);
    let field = rule.and_then(|rule| rule.area_field.as_ref()).unwrap_or(&routing.area_field);
    let basis = rule.and_then(|rule| rule.basis).unwrap_or_else(|| routing.chosen_basis(answers));
    let answered = areas::deepest(answers.all(field).iter().map(String::as_str));
    let chosen = match basis {
        Basis::Any => answered.or(received_at),
        _ => answered,
    };
    let area = match (chosen, level) {
        (Some(area), _) => area,
        (None, Level::City) => areas::CITY,
        (None, _) => return Err(RoutingFault),
    };
    let office = office_code(level, item.department, area).ok_or(RoutingFault)?;
    let because = rule.map(|rule| rule.because.as_str()).unwrap_or_default();
    Ok(Competence { office, area: area.to_owned(), level, basis, reason: reason(basis, level, because) })
}

/// What any window does at once, the one at which the resident stands does.
fn at_once(item: &Item, office: &str) -> Result<Competence, RoutingFault> {
    let (_, area) = office_of_code(office).ok_or(RoutingFault)?;
    let reason = "这件事全市哪个窗口都能当场办，就由您来的这个窗口办结".to_owned();
    let (level, basis) = (item.routing.level, Basis::Any);
    Ok(Competence { office: office.to_owned(), area: area.to_owned(), level, basis, reason })
}

fn reason(basis: Basis, level: Level, because: &str) -> String {
    let because = if because.is_empty() { String::new() } else { format!("因为{because}，") };
    let by = level.decider();
    match level {
        Level::City => format!("{because}这件事全市统一由{by}决定"),
        _ => format!("{because}这件事按{}，由当地{by}决定", basis.name()),
    }
}

impl Routing {
    fn chosen_basis(&self, answers: &Entries) -> Basis {
        if self.basis_field.is_empty() {
            return self.basis;
        }
        Basis::from_key(answers.get(&self.basis_field)).unwrap_or(self.basis)
    }
}

impl Level {
    /// Who decides at this level.
    pub fn decider(self) -> &'static str {
        match self {
            Self::City => "市级部门",
            Self::District => "区（县、市）的主管部门",
            Self::Street => "街道办事处（乡镇政府）",
            Self::Community => "社区（村）",
        }
    }
}

impl Basis {
    pub const ALL: [Self; 7] =
        [Self::Household, Self::Residence, Self::Insured, Self::Work, Self::House, Self::Incident, Self::Any];

    pub fn key(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Residence => "residence",
            Self::Insured => "insured",
            Self::Work => "work",
            Self::House => "house",
            Self::Incident => "incident",
            Self::Any => "any",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.key() == key)
    }

    /// In everyday words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Household => "户口所在地",
            Self::Residence => "居住地",
            Self::Insured => "参保地",
            Self::Work => "工作单位所在地",
            Self::House => "房屋所在地",
            Self::Incident => "事情发生地",
            Self::Any => "您选择的地方",
        }
    }
}
