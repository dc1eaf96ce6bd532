//! What is shown of a case, and in which community.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::name::applicant;
use crate::areas::{AreaLevel, deepest, level};
use crate::catalogue::Item;
use crate::forms::Entries;
use crate::text::clean;

/// The group of those who live with the applicant, who is not among them.
const MEMBERS: &str = "members";
/// Where the applicant lives.
const HOME: &str = "residence.area";

/// Everything that neighbours see: only what separates people of the same name, and what is proposed. Never an
/// address, a number, an illness, a disability or a child's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// Masked.
    pub name: String,
    /// What is applied for, in everyday words.
    pub item: String,
    /// How many people the household has, where the form asks for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<usize>,
    /// What is proposed.
    pub proposed: String,
    /// The worker's words.
    pub text: String,
}

/// What is shown of a case. `day`: that of the application.
pub fn announced(item: &Item, answers: &Entries, day: NaiveDate, text: &str) -> Announced {
    let people = (!answers.get(MEMBERS).is_empty()).then(|| answers.count(MEMBERS) + 1);
    let result = item.decision.as_ref().map_or(item.name.as_str(), |decision| decision.name.as_str());
    Announced {
        name: applicant(answers, day),
        item: item.everyday.clone(),
        people,
        proposed: format!("拟同意：{result}"),
        text: clean(text),
    }
}

/// The area on whose page it stands: where the applicant lives; else the place that decides who is competent, as deep
/// as it is known. None when no area was asked.
pub fn place(item: &Item, answers: &Entries) -> Option<String> {
    let code = |path: &str| deepest(answers.all(path).iter().map(String::as_str));
    let codes = [code(HOME), code(&item.routing.area_field)];
    let community = codes.into_iter().flatten().find(|code| level(code) == Some(AreaLevel::Community));
    community.or(codes.into_iter().flatten().next()).map(str::to_owned)
}

impl Announced {
    /// Label and value, as they stand on the page.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let people = self.people.map(|people| ("家里几口人", format!("{people}人")));
        let mut rows = vec![("申请人", self.name.clone()), ("申请的事", self.item.clone())];
        rows.extend(people);
        rows.push(("打算怎么定", self.proposed.clone()));
        if !self.text.is_empty() {
            rows.push(("公示的内容", self.text.clone()));
        }
        rows
    }
}
