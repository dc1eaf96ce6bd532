//! What an item's conditions and sums look at, in the words of the merged form.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::questions::{Mapped, Target};
use super::{Origin, head};
use crate::forms::{Condition, CountWhere, Field, FieldTest, Formula, Kind, Rule, ValueTest};

pub(super) struct Rewriter<'a> {
    part: &'a Mapped,
    /// Questions that the merged form asks also when the item's own form would not: to the item, their answer is
    /// there only under this.
    hidden: &'a BTreeMap<String, Asked>,
    pub faults: Vec<String>,
}

impl<'a> Rewriter<'a> {
    pub fn new(part: &'a Mapped, hidden: &'a BTreeMap<String, Asked>) -> Self {
        Self { part, hidden, faults: Vec::new() }
    }

    fn fault(&mut self, what: &str) {
        self.faults.push(format!("{}: {what}", self.part.code));
    }

    /// Whether the item's own form would ask this question.
    pub fn asked(&mut self, page: Option<&Condition>, field: &Field) -> Asked {
        let page = page.map_or(Asked::Always, |when| self.condition(when, &[]));
        let own = field.when.as_ref().map_or(Asked::Always, |when| self.condition(when, &[]));
        page.and(own)
    }

    /// `siblings`: the fields of the group in which the condition stands.
    pub fn condition(&mut self, condition: &Condition, siblings: &[Field]) -> Asked {
        match condition {
            Condition::All { all } => all.iter().fold(Asked::Always, |sum, one| sum.and(self.condition(one, siblings))),
            Condition::Any { any } => any.iter().fold(Asked::Never, |sum, one| sum.or(self.condition(one, siblings))),
            Condition::Not { not } => self.condition(not, siblings).negated(),
            Condition::Season { .. } => Asked::When(condition.clone()),
            Condition::Field(test) => self.test(test, siblings),
            Condition::Value(test) => Asked::When(Condition::Value(ValueTest {
                value: self.formula(&test.value, siblings),
                at_least: test.at_least.as_ref().map(|side| self.formula(side, siblings)),
                at_most: test.at_most.as_ref().map(|side| self.formula(side, siblings)),
                equals: test.equals.as_ref().map(|side| self.formula(side, siblings)),
            })),
        }
    }

    fn test(&mut self, test: &FieldTest, siblings: &[Field]) -> Asked {
        let mut new = test.clone();
        new.not_before = test.not_before.as_ref().map(|other| self.beside(&test.field, other, siblings));
        new.differs_from = test.differs_from.as_ref().map(|other| self.beside(&test.field, other, siblings));
        if is_sibling(&test.field, siblings) {
            return Asked::When(Condition::Field(new));
        }
        let asked = match self.part.target(&test.field) {
            Target::Path(path) => Asked::When(Condition::Field(FieldTest { field: path, ..new })),
            Target::Fixed(text) => self.constant(test, &text),
            Target::Chosen { of, to } => self.chosen(test, &of, &to),
        };
        match self.hidden.get(head(&test.field)) {
            None => asked,
            Some(when) if holds_for_nothing(test) => when.clone().negated().or(asked),
            Some(when) => when.clone().and(asked),
        }
    }

    /// A test of an answer that is always the same.
    fn constant(&mut self, test: &FieldTest, text: &str) -> Asked {
        let plain = FieldTest {
            field: test.field.clone(),
            is: test.is.clone(),
            one_of: test.one_of.clone(),
            ..FieldTest::default()
        };
        if *test != (FieldTest { filled: test.filled, ..plain }) {
            self.fault(&format!("`{}` is always the same and can only be compared with choices", test.field));
        }
        let holds = test.is.as_ref().is_none_or(|want| want == text)
            && test.one_of.as_ref().is_none_or(|want| want.iter().any(|one| one == text))
            && test.filled.is_none_or(|want| want != text.is_empty());
        if holds { Asked::Always } else { Asked::Never }
    }

    /// A test of an answer that follows from a choice: a test of that choice.
    fn chosen(&mut self, test: &FieldTest, of: &str, to: &BTreeMap<String, String>) -> Asked {
        let wanted: Vec<String> = to
            .iter()
            .filter(|(_, text)| self.constant(test, text) == Asked::Always)
            .map(|(from, _)| from.clone())
            .collect();
        let choice = Asked::When(Condition::Field(FieldTest {
            field: of.to_owned(),
            one_of: Some(wanted.clone()),
            ..FieldTest::default()
        }));
        match (wanted.is_empty(), holds_for_nothing(test)) {
            (true, false) => Asked::Never,
            (_, false) => choice,
            (_, true) => {
                let nothing = FieldTest { field: of.to_owned(), filled: Some(false), ..FieldTest::default() };
                choice.or(Asked::When(Condition::Field(nothing)))
            }
        }
    }

    /// What an answer is compared with: it must be there whenever that answer is.
    fn beside(&mut self, reference: &str, other: &str, siblings: &[Field]) -> String {
        if self.hidden.get(head(reference)) == self.hidden.get(head(other)) {
            self.question(other, siblings)
        } else {
            self.path(other, siblings)
        }
    }

    /// A reference that is read without a test.
    fn path(&mut self, reference: &str, siblings: &[Field]) -> String {
        if !is_sibling(reference, siblings) && self.hidden.contains_key(head(reference)) {
            self.fault(&format!("`{reference}` is asked under other conditions elsewhere and cannot be compared"));
        }
        self.question(reference, siblings)
    }

    /// A reference that must be a question's path.
    fn question(&mut self, reference: &str, siblings: &[Field]) -> String {
        if is_sibling(reference, siblings) {
            return reference.to_owned();
        }
        match self.part.target(reference) {
            Target::Path(path) => path,
            Target::Fixed(_) | Target::Chosen { .. } => {
                self.fault(&format!("`{reference}` is no question and cannot be compared or counted"));
                reference.to_owned()
            }
        }
    }

    fn formula(&mut self, formula: &Formula, siblings: &[Field]) -> Formula {
        let mut all = |list: &[Formula]| list.iter().map(|one| self.formula(one, siblings)).collect::<Vec<_>>();
        match formula {
            Formula::Number(_) | Formula::Yuan(_) | Formula::Whole(_) => formula.clone(),
            Formula::Add(list) => Formula::Add(all(list)),
            Formula::Subtract(list) => Formula::Subtract(all(list)),
            Formula::Multiply(list) => Formula::Multiply(all(list)),
            Formula::Divide(pair) => {
                let pair = (self.formula(&pair.0, siblings), self.formula(&pair.1, siblings));
                Formula::Divide(Box::new(pair))
            }
            Formula::Field(key) => Formula::Field(self.path(key, siblings)),
            Formula::Sum(column) => Formula::Sum(self.path(column, siblings)),
            Formula::Count(group) => Formula::Count(self.path(group, siblings)),
            // It looks at fields of the group alone, and those keep their keys.
            Formula::CountWhere(count) => {
                let group = self.path(&count.group, siblings);
                Formula::CountWhere(Box::new(CountWhere { group, when: count.when.clone() }))
            }
        }
    }

    /// The field with another key: its kind and rules look at the merged form. When it is asked is left open.
    pub fn field(&mut self, field: &Field, key: &str) -> Field {
        let rules = self.rules(field, &[]);
        Field {
            key: key.to_owned(),
            kind: self.kind(&field.kind),
            when: None,
            required_when: None,
            rules,
            ..field.clone()
        }
    }

    /// What an item's question must fulfil; where only others ask it, nothing.
    fn rules(&mut self, field: &Field, siblings: &[Field]) -> Vec<Rule> {
        let unless = self.hidden.get(&field.key).filter(|_| siblings.is_empty()).cloned();
        let unless = unless.map_or(Asked::Never, Asked::negated);
        let mut rules = Vec::new();
        for rule in &field.rules {
            match unless.clone().or(self.condition(&rule.must, siblings)) {
                Asked::Always => {}
                must => rules.extend(must.condition().map(|must| Rule { must, message: rule.message.clone() })),
            }
        }
        rules
    }

    fn kind(&mut self, kind: &Kind) -> Kind {
        match kind {
            Kind::Computed { formula, money, unit } => {
                Kind::Computed { formula: self.formula(formula, &[]), money: *money, unit: unit.clone() }
            }
            Kind::Group { fields, min, max, item } => {
                let fields = fields.iter().map(|sub| self.sub_field(sub, fields)).collect();
                Kind::Group { fields, min: *min, max: *max, item: item.clone() }
            }
            other => other.clone(),
        }
    }

    fn sub_field(&mut self, sub: &Field, siblings: &[Field]) -> Field {
        let mut rewrite =
            |when: &Option<Condition>| when.as_ref().and_then(|c| self.condition(c, siblings).condition());
        let (when, required_when) = (rewrite(&sub.when), rewrite(&sub.required_when));
        let rules = self.rules(sub, siblings);
        let kind = match &sub.kind {
            Kind::Computed { formula, money, unit } => {
                Kind::Computed { formula: self.formula(formula, siblings), money: *money, unit: unit.clone() }
            }
            other => other.clone(),
        };
        Field { kind, when, required_when, rules, ..sub.clone() }
    }
}

fn is_sibling(reference: &str, siblings: &[Field]) -> bool {
    siblings.iter().any(|field| field.key == head(reference))
}

/// Whether the test holds for a question that is not asked.
fn holds_for_nothing(test: &FieldTest) -> bool {
    let FieldTest {
        is,
        one_of,
        has,
        filled,
        age_at_least,
        age_below,
        age_days_below,
        sex,
        within,
        within_days,
        field: _,
        not_before: _,
        differs_from: _,
    } = test;
    let asks_for_something = is.is_some()
        || one_of.is_some()
        || has.is_some()
        || *filled == Some(true)
        || age_at_least.is_some()
        || age_below.is_some()
        || age_days_below.is_some()
        || sex.is_some()
        || within.is_some()
        || within_days.is_some();
    !asks_for_something
}

/// Where an explicit source leads, if the reference names one.
pub(super) fn explicit<'a>(from: &'a BTreeMap<String, Origin>, reference: &str) -> Option<(&'a Origin, String)> {
    if let Some(source) = from.get(reference) {
        return Some((source, String::new()));
    }
    let (head, rest) = reference.split_once('.')?;
    from.get(head).map(|source| (source, format!(".{rest}")))
}
