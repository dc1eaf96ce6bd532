//! What a form asks: pages of fields with stable keys.

use serde::{Deserialize, Serialize};

use super::condition::{Condition, Formula};
use crate::consents::Sensitive;

/// A form: pages in the order in which they are filled in. One page has one subject.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    pub pages: Vec<Page>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Part of the page's address; stable over revisions.
    pub key: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub intro: String,
    /// Asked only when this holds. It may name fields of earlier pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    #[serde(default)]
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Unique in the form (in its group for the fields of a group); letters, digits and `_`; stable over revisions.
    pub key: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    #[serde(flatten)]
    pub kind: Kind,
    /// May be left empty, unless `required_when` holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<Condition>,
    /// Asked only when this holds. It may name earlier fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Further rules, checked when the field itself is right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// The kind of protected data that it asks for: it needs a consent of its own, and is offered again to nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<Sensitive>,
}

/// A rule between fields: what must hold, and the sentence for the person when it does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    pub must: Condition,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    ShortText {
        #[serde(default = "short_text_max")]
        max: usize,
    },
    LongText {
        #[serde(default = "long_text_max")]
        max: usize,
    },
    WholeNumber {
        #[serde(default)]
        min: i64,
        max: i64,
        /// What is counted, shown after the box: 人, 平方米, 个月.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
    /// A number with at most two decimal places: 平方米, 米, 吨. Formulas count it in hundredths, as money in fen.
    Decimal {
        max: i64,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
    /// Typed in yuan, at most `max_yuan`.
    Money {
        #[serde(default = "money_max")]
        max_yuan: i64,
    },
    Date {
        /// Not after today.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        past: bool,
        /// Not before today.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        future: bool,
    },
    YesNo,
    OneOf {
        options: Vec<Choice>,
    },
    SeveralOf {
        options: Vec<Choice>,
    },
    IdentityNumber,
    Phone,
    Area {
        #[serde(default)]
        depth: AreaDepth,
    },
    /// An area down to the community (`key.area`) and the rest in words (`key.detail`).
    Address,
    BankAccount,
    /// Name (`key.name`), identity number (`key.id_number`) and phone (`key.phone`).
    Person {
        /// The phone may be left empty.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        phone_optional: bool,
    },
    /// The same questions for each of several things: entries `key.0.sub`, `key.1.sub`, and the count under `key`.
    Group {
        fields: Vec<Field>,
        #[serde(default)]
        min: usize,
        max: usize,
        /// What one of them is called: 家庭成员.
        item: String,
    },
    /// Files of the item's material of this key.
    Material {
        material: String,
        #[serde(default = "files_max")]
        max_files: usize,
    },
    /// A text to agree to, ticked by the person; the entry is `yes`.
    Declaration {
        text: String,
    },
    /// Worked out from other answers, never typed.
    Computed {
        formula: Formula,
        /// Show as yuan; else as a plain number with `unit`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        money: bool,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
}

/// How far down an area must be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaDepth {
    District,
    Street,
    #[default]
    Community,
}

fn short_text_max() -> usize {
    60
}
fn long_text_max() -> usize {
    1_000
}
fn money_max() -> i64 {
    100_000_000
}
fn files_max() -> usize {
    5
}

impl Definition {
    pub fn page(&self, key: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.key == key)
    }

    /// A field outside groups.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.pages.iter().flat_map(|page| &page.fields).find(|field| field.key == key)
    }

    /// The field of a path, also inside a group: `members.0.income`.
    pub fn field_at(&self, path: &str) -> Option<&Field> {
        let mut parts = path.split('.');
        let field = self.field(parts.next()?)?;
        match &field.kind {
            Kind::Group { fields, .. } => match parts.nth(1) {
                Some(key) => fields.iter().find(|field| field.key == key),
                None => Some(field),
            },
            _ => Some(field),
        }
    }

    /// The page on which a path is asked.
    pub fn page_of(&self, path: &str) -> Option<&Page> {
        let key = path.split('.').next().unwrap_or(path);
        self.pages.iter().find(|page| page.fields.iter().any(|field| field.key == key))
    }
}

impl Field {
    /// A question that is always asked and answered.
    pub fn new(key: &str, label: &str, hint: &str, kind: Kind) -> Self {
        let (key, label, hint) = (key.to_owned(), label.to_owned(), hint.to_owned());
        let (optional, required_when, when, rules, sensitive) = (false, None, None, Vec::new(), None);
        Self { key, label, hint, kind, optional, required_when, when, rules, sensitive }
    }
}

impl Choice {
    pub fn new(value: &str, label: &str) -> Self {
        Self { value: value.to_owned(), label: label.to_owned(), hint: String::new() }
    }
}

impl Definition {
    /// A form of one page, for what is no application.
    pub fn of_fields(key: &str, fields: Vec<Field>) -> Self {
        let (key, title, intro) = (key.to_owned(), String::new(), String::new());
        Self { pages: vec![Page { key, title, intro, when: None, fields }] }
    }
}

impl Kind {
    /// A field that holds nothing typed: worked out, or shown as files.
    pub fn is_typed(&self) -> bool {
        !matches!(self, Self::Computed { .. } | Self::Material { .. })
    }
}
