//! "Can I apply?" — at most five questions before anything is typed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::forms::{Condition, Definition, Entries, Field, Page, Scope};

/// Questions and the rules over their answers. The first rule that holds decides, else `otherwise`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    pub questions: Vec<Field>,
    #[serde(default)]
    pub rules: Vec<EligibilityRule>,
    pub otherwise: Outlook,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EligibilityRule {
    pub when: Condition,
    pub then: Likelihood,
    pub reason: String,
}

/// What the answers suggest, and why, in plain words. It binds nobody: the competent office decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlook {
    pub then: Likelihood,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likelihood {
    Likely,
    /// Not to be had: the reason says what to do instead.
    Not,
    /// Ask a person.
    Ask,
}

impl Eligibility {
    /// The questions as a form of one page, so that they are shown and checked like any other.
    pub fn definition(&self) -> Definition {
        let fields = self.questions.clone();
        let (key, title) = ("check".to_owned(), "看看您能不能办".to_owned());
        Definition { pages: vec![Page { key, title, intro: String::new(), when: None, fields }] }
    }

    /// `answers` have passed the check of [`Self::definition`].
    pub fn outlook(&self, answers: &Entries, today: NaiveDate) -> Outlook {
        let definition = self.definition();
        let scope = Scope::of_form(&definition, answers, today);
        let rule = self.rules.iter().find(|rule| rule.when.holds(scope));
        rule.map_or_else(|| self.otherwise.clone(), |rule| Outlook { then: rule.then, reason: rule.reason.clone() })
    }
}
