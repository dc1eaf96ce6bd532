//! The small typed expression: conditions for showing and requiring, and sums.
//!
//! In a definition: `{ field = "payee", is = "agent" }`, `{ field = "id", age_at_least = 80 }`,
//! `{ all = [ … ] }`, `{ value = { sum = "members.income" }, at_most = 1000 }`.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::definition::{Definition, Field, Kind};
use super::entries::{Entries, path};
use crate::areas;
use crate::identity::{IdNumber, Sex};
use crate::text::parse_yuan;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Condition {
    All {
        all: Vec<Condition>,
    },
    Any {
        any: Vec<Condition>,
    },
    Not {
        not: Box<Condition>,
    },
    /// Today lies in this part of the year, both ends included: `{ season = ["09-01", "12-31"] }`.
    Season {
        season: [MonthDay; 2],
    },
    Field(FieldTest),
    Value(ValueTest),
}

/// A test of one field. Exactly one of the tests is given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldTest {
    pub field: String,
    /// Equals this choice (`yes` and `no` for yes/no).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// Is one of these choices.
    #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<String>>,
    /// Among the ticked choices is this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has: Option<String>,
    /// Something (`true`) or nothing (`false`) was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<bool>,
    /// The age by the identity number, in full years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_at_least: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_below: Option<i64>,
    /// Fewer full days have passed since the birth that the identity number names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_days_below: Option<i64>,
    /// The sex by the identity number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// The area lies in this one (a code).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// The date is not before the date of this other field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// The text differs from that of this other field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs_from: Option<String>,
    /// The date is at most so many days ago.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<i64>,
}

/// A comparison of a worked-out number: money in fen on both sides, else plain numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueTest {
    pub value: Formula,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Formula>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Formula>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equals: Option<Formula>,
}

/// A number worked out from answers. Money counts in fen. What is not filled in counts as 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    Number(i64),
    Yuan(i64),
    /// A whole number to compare a decimal with: `13` is 13.00.
    Whole(i64),
    /// A number or an amount field, or another computed field.
    Field(String),
    /// The sum of one field over a group: `members.income`.
    Sum(String),
    /// How many of a group there are.
    Count(String),
    /// How many of a group there are for which this holds; it looks at fields of the group alone.
    CountWhere(Box<CountWhere>),
    Add(Vec<Formula>),
    /// The first less the others.
    Subtract(Vec<Formula>),
    /// The first by the second, rounded down; 0 when the second is 0.
    Divide(Box<(Formula, Formula)>),
    Multiply(Vec<Formula>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountWhere {
    pub group: String,
    pub when: Condition,
}

/// A day of any year: `09-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl TryFrom<String> for MonthDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        // A leap year, so that 02-29 is a day.
        let day =
            format!("2024-{text}").parse::<NaiveDate>().map_err(|_| format!("`{text}` is not a day like 09-01"))?;
        Ok(Self::of(day))
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> Self {
        format!("{:02}-{:02}", day.month, day.day)
    }
}

impl MonthDay {
    fn of(day: NaiveDate) -> Self {
        Self { month: day.month(), day: day.day() }
    }

    /// Whether a day lies between two, over the turn of the year if the first is the later one.
    fn between([from, to]: [Self; 2], day: NaiveDate) -> bool {
        let day = Self::of(day);
        if from <= to { from <= day && day <= to } else { day >= from || day <= to }
    }
}

/// Where a condition looks its fields up: inside one of a group first, then in the form.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub definition: &'a Definition,
    pub entries: &'a Entries,
    /// The date in Shenyang.
    pub today: NaiveDate,
    /// `members.0` inside a group, else empty.
    pub inside: &'a str,
    /// The fields of that group.
    pub siblings: &'a [Field],
}

impl<'a> Scope<'a> {
    pub fn of_form(definition: &'a Definition, entries: &'a Entries, today: NaiveDate) -> Self {
        Self { definition, entries, today, inside: "", siblings: &[] }
    }

    fn resolve(&self, key: &str) -> (String, Option<&'a Field>) {
        let head = key.split('.').next().unwrap_or(key);
        match self.siblings.iter().find(|field| field.key == head) {
            Some(sibling) => (path(self.inside, key), Some(sibling)),
            None => (key.to_owned(), self.definition.field(head)),
        }
    }

    fn text(&self, key: &str) -> &'a str {
        let (path, field) = self.resolve(key);
        let text = self.entries.get(&path);
        // A person and an address are asked for by their telling part.
        match field.map(|f| &f.kind) {
            Some(Kind::Person { .. }) if text.is_empty() && !key.contains('.') => {
                self.entries.get(&format!("{path}.id_number"))
            }
            Some(Kind::Address) if text.is_empty() && !key.contains('.') => self.entries.get(&format!("{path}.area")),
            _ => text,
        }
    }
}

impl Condition {
    pub fn holds(&self, scope: Scope<'_>) -> bool {
        match self {
            Self::All { all } => all.iter().all(|c| c.holds(scope)),
            Self::Any { any } => any.iter().any(|c| c.holds(scope)),
            Self::Not { not } => !not.holds(scope),
            Self::Season { season } => MonthDay::between(*season, scope.today),
            Self::Field(test) => test.holds(scope),
            Self::Value(test) => test.holds(scope),
        }
    }

    /// Every field that the condition looks at, as written.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::All { all: list } | Self::Any { any: list } => list.iter().flat_map(Self::fields).collect(),
            Self::Not { not } => not.fields(),
            Self::Season { .. } => Vec::new(),
            Self::Field(test) => std::iter::once(test.field.as_str())
                .chain(test.not_before.as_deref())
                .chain(test.differs_from.as_deref())
                .collect(),
            Self::Value(_) => self.formulas().into_iter().flat_map(Formula::fields).collect(),
        }
    }
}

impl Condition {
    /// The formulas that it compares.
    pub(super) fn formulas(&self) -> Vec<&Formula> {
        match self {
            Self::All { all: list } | Self::Any { any: list } => list.iter().flat_map(Self::formulas).collect(),
            Self::Not { not } => not.formulas(),
            Self::Value(test) => {
                std::iter::once(&test.value).chain(&test.at_least).chain(&test.at_most).chain(&test.equals).collect()
            }
            Self::Season { .. } | Self::Field(_) => Vec::new(),
        }
    }
}

impl FieldTest {
    fn holds(&self, scope: Scope<'_>) -> bool {
        let text = scope.text(&self.field);
        let (path, _) = scope.resolve(&self.field);
        let id = || IdNumber::parse(text, scope.today).ok();
        let age = || id().map(|id| id.age(scope.today));
        let date = |text: &str| text.trim().parse::<NaiveDate>().ok();
        let given = |test: Option<bool>| test.unwrap_or(true);
        given(self.is.as_ref().map(|want| text == want))
            && given(self.one_of.as_ref().map(|want| want.iter().any(|w| w == text)))
            && given(self.has.as_ref().map(|want| scope.entries.all(&path).contains(want)))
            && given(self.filled.map(|want| text.trim().is_empty() != want))
            && given(self.age_at_least.map(|want| age().is_some_and(|age| age >= want)))
            && given(self.age_below.map(|want| age().is_some_and(|age| age < want)))
            && given(
                self.age_days_below
                    .map(|days| id().is_some_and(|id| (scope.today - id.birth_date()).num_days() < days)),
            )
            && given(self.sex.map(|want| id().is_some_and(|id| id.sex() == want)))
            && given(self.within.as_ref().map(|outer| areas::contains(outer, text)))
            && given(self.not_before.as_ref().map(|other| match (date(text), date(scope.text(other))) {
                (Some(this), Some(that)) => this >= that,
                _ => true,
            }))
            && given(self.differs_from.as_ref().map(|other| text.is_empty() || text != scope.text(other)))
            && given(self.within_days.map(|days| date(text).is_some_and(|d| (scope.today - d).num_days() <= days)))
    }
}

impl ValueTest {
    fn holds(&self, scope: Scope<'_>) -> bool {
        let value = self.value.value(scope);
        let given = |other: &Option<Formula>, test: fn(i64, i64) -> bool| {
            other.as_ref().is_none_or(|other| test(value, other.value(scope)))
        };
        given(&self.at_least, |a, b| a >= b)
            && given(&self.at_most, |a, b| a <= b)
            && given(&self.equals, |a, b| a == b)
    }
}

impl Formula {
    pub fn value(&self, scope: Scope<'_>) -> i64 {
        let all = |list: &[Self]| list.iter().map(|f| f.value(scope)).collect::<Vec<_>>();
        match self {
            Self::Number(number) => *number,
            Self::Yuan(whole) | Self::Whole(whole) => whole.saturating_mul(100),
            Self::Field(key) => {
                let (path, field) = scope.resolve(key);
                field.map_or(0, |field| number(field, &path, scope))
            }
            Self::Sum(column) => sum(column, scope),
            Self::CountWhere(count) => count.value(scope),
            Self::Count(group) => i64::try_from(scope.entries.count(group)).unwrap_or(0),
            Self::Add(list) => all(list).into_iter().fold(0, i64::saturating_add),
            Self::Subtract(list) => all(list).into_iter().reduce(i64::saturating_sub).unwrap_or(0),
            Self::Multiply(list) => all(list).into_iter().reduce(i64::saturating_mul).unwrap_or(0),
            Self::Divide(pair) => pair.0.value(scope).checked_div(pair.1.value(scope)).unwrap_or(0),
        }
    }

    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::Number(_) | Self::Yuan(_) | Self::Whole(_) => Vec::new(),
            Self::Field(key) | Self::Sum(key) | Self::Count(key) => vec![key],
            // All of the group comes with it: what the condition looks at is checked by `lint`.
            Self::CountWhere(count) => vec![&count.group],
            Self::Add(list) | Self::Subtract(list) | Self::Multiply(list) => {
                list.iter().flat_map(Self::fields).collect()
            }
            Self::Divide(pair) => pair.0.fields().into_iter().chain(pair.1.fields()).collect(),
        }
    }
}

impl Formula {
    /// Everything in it that counts some of a group.
    pub(super) fn counts(&self) -> Vec<&CountWhere> {
        match self {
            Self::CountWhere(count) => vec![count],
            Self::Add(list) | Self::Subtract(list) | Self::Multiply(list) => {
                list.iter().flat_map(Self::counts).collect()
            }
            Self::Divide(pair) => pair.0.counts().into_iter().chain(pair.1.counts()).collect(),
            Self::Number(_) | Self::Yuan(_) | Self::Whole(_) | Self::Field(_) | Self::Sum(_) | Self::Count(_) => {
                Vec::new()
            }
        }
    }
}

fn number(field: &Field, path: &str, scope: Scope<'_>) -> i64 {
    let text = scope.entries.get(path);
    match &field.kind {
        Kind::Money { .. } | Kind::Decimal { .. } => parse_yuan(text).unwrap_or(0),
        Kind::Computed { formula, .. } => formula.value(scope),
        _ => crate::text::half_width(text).trim().parse().unwrap_or(0),
    }
}

/// Calls `each` with the scope of every one of a group.
fn over_group(group: &str, scope: Scope<'_>, each: &mut dyn FnMut(Scope<'_>)) {
    let Some(Kind::Group { fields, max, .. }) = scope.definition.field(group).map(|field| &field.kind) else { return };
    for index in 0..scope.entries.count(group).min(*max) {
        let inside = format!("{group}.{index}");
        each(Scope { inside: &inside, siblings: fields, ..scope });
    }
}

impl CountWhere {
    fn value(&self, scope: Scope<'_>) -> i64 {
        let mut count = 0;
        over_group(&self.group, scope, &mut |one| count += i64::from(self.when.holds(one)));
        count
    }
}

fn sum(column: &str, scope: Scope<'_>) -> i64 {
    let Some((group, key)) = column.split_once('.') else { return 0 };
    let mut total = 0_i64;
    over_group(group, scope, &mut |one| {
        if let Some(field) = one.siblings.iter().find(|field| field.key == key) {
            total = total.saturating_add(number(field, &path(one.inside, key), one));
        }
    });
    total
}
