//! Random valid answers to any form, made from its definition alone: what is asked is drawn, and what the check finds
//! fault with is drawn anew until it finds none. The same seed gives the same answers.

#![allow(dead_code, reason = "each test program uses a part")]

pub mod draw;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::forms::{Condition, Definition, Entries, Field, FieldTest, Finding, Formula, Given, Kind, Scope, Shown};
use domain::forms::{check, check_page, path, shown};

use draw::{Around, Dice, hundredths_text, texts};

/// From so many beginnings it is tried.
const BEGINNINGS: u64 = 30;
/// So often faults are mended before it begins anew.
const ROUNDS: usize = 60;
/// So often one field is drawn until it fits.
const DRAWS: usize = 40;
/// So deep a wish may rest on others.
const DEPTH: usize = 6;

/// The form and where it is filled in.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    pub definition: &'a Definition,
    pub today: NaiveDate,
    /// Codes of all communities.
    pub communities: &'a [String],
    /// A worker sees the originals.
    pub at_window: bool,
}

/// A form that passes its check.
#[derive(Clone, Debug)]
pub struct Filled {
    /// As typed: areas as lists of codes.
    pub entries: Entries,
    pub given: Given,
    /// In their normal form.
    pub answers: Entries,
}

/// Valid answers. `toward`: a question (`key`, `group.key`) or a page (`@key`) that shall be asked.
///
/// # Errors
/// What the check still found when it was given up; nothing when only the wish was not fulfilled.
pub fn answers(form: Form<'_>, seed: u64, toward: Option<&str>) -> Result<Filled, Vec<Finding>> {
    let mut last = Vec::new();
    for beginning in 0..BEGINNINGS {
        let mut maker = Maker::new(form, seed.wrapping_mul(1_000).wrapping_add(beginning));
        maker.fill();
        if let Some(wish) = toward {
            maker.reach(wish, 0);
        }
        match maker.mend() {
            Ok(answers) if toward.is_none_or(|wish| maker.asks(wish)) => {
                return Ok(Filled { answers, given: maker.given(), entries: maker.entries });
            }
            Ok(_) => last.clear(),
            Err(findings) => last = findings,
        }
    }
    Err(last)
}

/// Every page (`@key`) and question of a form, those of groups as `group.key`.
pub fn all_of(definition: &Definition) -> Vec<String> {
    let mut all = Vec::new();
    for page in &definition.pages {
        all.push(format!("@{}", page.key));
        for field in &page.fields {
            all.push(field.key.clone());
            if let Kind::Group { fields, .. } = &field.kind {
                all.extend(fields.iter().map(|sub| format!("{}.{}", field.key, sub.key)));
            }
        }
    }
    all
}

/// What of [`all_of`] these answers were asked.
pub fn asked(definition: &Definition, entries: &Entries, today: NaiveDate) -> BTreeSet<String> {
    let (list, _) = shown(definition, entries, today);
    list.iter().flat_map(|one| [format!("@{}", one.page.key), general(&one.path)]).collect()
}

/// `members.0.income` is the question `members.income`.
fn general(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
    parts.join(".")
}

struct Maker<'a> {
    form: Form<'a>,
    dice: Dice,
    entries: Entries,
    files: BTreeMap<String, usize>,
    /// Paths that were drawn, also to nothing.
    drawn: BTreeSet<String>,
    tests: Vec<&'a FieldTest>,
    numbers: Vec<i64>,
}

/// A field and where it stands.
#[derive(Clone)]
struct Place<'a> {
    field: &'a Field,
    path: String,
    inside: String,
    siblings: &'a [Field],
}

impl<'a> Place<'a> {
    fn of(definition: &'a Definition, field: &'a Field, path: &str) -> Self {
        let inside = path.strip_suffix(&format!(".{}", field.key)).unwrap_or_default().to_owned();
        let siblings = siblings(definition, &inside);
        Self { field, path: path.to_owned(), inside, siblings }
    }
}

fn siblings<'a>(definition: &'a Definition, inside: &str) -> &'a [Field] {
    match definition.field(inside.split('.').next().unwrap_or_default()).map(|field| &field.kind) {
        Some(Kind::Group { fields, .. }) if !inside.is_empty() => fields,
        _ => &[],
    }
}

impl<'a> Maker<'a> {
    fn new(form: Form<'a>, seed: u64) -> Self {
        let (mut tests, mut numbers) = (Vec::new(), Vec::new());
        conditions(form.definition).into_iter().for_each(|condition| look(condition, &mut tests, &mut numbers));
        let (entries, files, drawn) = Default::default();
        Self { form, dice: Dice::new(seed), entries, files, drawn, tests, numbers }
    }

    fn given(&self) -> Given {
        let (today, at_window) = (self.form.today, self.form.at_window);
        Given { today, at_window, files: self.files.clone(), ..Given::default() }
    }

    fn shown(&self) -> Vec<Shown<'a>> {
        shown(self.form.definition, &self.entries, self.form.today).0
    }

    fn asks(&self, wish: &str) -> bool {
        asked(self.form.definition, &self.entries, self.form.today).contains(wish)
    }

    /// Draws what is asked and was not drawn yet, until an answer brings up nothing new.
    fn fill(&mut self) {
        loop {
            let new: Vec<(&Field, String)> = self
                .shown()
                .into_iter()
                .filter(|one| !self.drawn.contains(&one.path))
                .map(|s| (s.field, s.path))
                .collect();
            if new.is_empty() {
                return;
            }
            for (field, path) in new {
                let empty = field.optional && self.dice.once_in(3);
                self.draw(field, &path, empty);
            }
        }
    }

    fn draw(&mut self, field: &Field, here: &str, empty: bool) {
        self.drawn.insert(here.to_owned());
        if let Kind::Material { max_files, .. } = field.kind {
            let seen = self.form.at_window && self.dice.once_in(2);
            let count = if empty || seen { 0 } else { 1 + self.dice.below(max_files.min(2)) };
            self.files.insert(here.to_owned(), count);
            return;
        }
        if !matches!(field.kind, Kind::Group { .. }) {
            self.entries.remove(here);
        }
        if empty {
            return;
        }
        let tests = self.tests.iter().copied().filter(|test| head(&test.field) == field.key).collect();
        let dates = self.entries.iter().filter_map(|(_, texts)| texts.first()?.parse().ok()).collect();
        let (today, communities) = (self.form.today, self.form.communities);
        let around = Around { today, communities, tests, numbers: &self.numbers, dates };
        for (path, list) in texts(field, here, &around, &mut self.dice) {
            self.entries.set_all(path, list);
        }
    }

    /// Draws anew what the check finds fault with, or what its rule looks at, until it finds nothing.
    fn mend(&mut self) -> Result<Entries, Vec<Finding>> {
        let mut last = Vec::new();
        for _ in 0..ROUNDS {
            self.fill();
            match check(self.form.definition, &self.entries, &self.given()) {
                Ok(answers) => return Ok(answers),
                Err(findings) => last = findings,
            }
            let Some(finding) = self.dice.pick(&last).cloned() else { break };
            let Some(place) = self.place(&finding.path) else { break };
            match self.broken_rule(&place) {
                Some(rule) if !self.dice.once_in(3) => self.satisfy(rule, true, &place, 0),
                _ => self.redraw(&place),
            }
        }
        Err(last)
    }

    /// The field that is asked under a path or as a part of it.
    fn place(&self, at: &str) -> Option<Place<'a>> {
        let list = self.shown();
        let is_it = |one: &&Shown<'a>| at == one.path || at.starts_with(&format!("{}.", one.path));
        let one = list.iter().filter(is_it).max_by_key(|one| one.path.len())?;
        Some(Place::of(self.form.definition, one.field, &one.path))
    }

    fn broken_rule(&self, place: &Place<'a>) -> Option<&'a Condition> {
        place.field.rules.iter().map(|rule| &rule.must).find(|must| !self.holds(must, place))
    }

    fn holds(&self, condition: &Condition, place: &Place<'a>) -> bool {
        let (definition, today) = (self.form.definition, self.form.today);
        let (_, kept) = shown(definition, &self.entries, today);
        let (inside, siblings) = (place.inside.as_str(), place.siblings);
        condition.holds(Scope { definition, entries: &kept, today, inside, siblings })
    }

    /// Draws a field until the check is content with it, if it can be.
    fn redraw(&mut self, place: &Place<'a>) {
        let Some(page) = self.form.definition.page_of(&place.path) else { return };
        let below = format!("{}.", place.path);
        for _ in 0..DRAWS {
            self.draw(place.field, &place.path, false);
            let findings = check_page(self.form.definition, &page.key, &self.entries, &self.given());
            let blamed = |finding: &Finding| finding.path == place.path || finding.path.starts_with(&below);
            if !findings.iter().any(blamed) {
                return;
            }
        }
    }

    /// Changes answers so that a condition holds, or does not.
    fn satisfy(&mut self, condition: &'a Condition, want: bool, place: &Place<'a>, depth: usize) {
        if depth > DEPTH || self.holds(condition, place) == want {
            return;
        }
        match condition {
            Condition::Not { not } => self.satisfy(not, !want, place, depth + 1),
            Condition::All { all } if want => all.iter().for_each(|one| self.satisfy(one, true, place, depth + 1)),
            Condition::Any { any } if !want => any.iter().for_each(|one| self.satisfy(one, false, place, depth + 1)),
            Condition::All { all: list } | Condition::Any { any: list } => {
                let at = self.dice.below(list.len());
                self.satisfy(&list[at], want, place, depth + 1);
            }
            Condition::Season { .. } => {}
            Condition::Field(test) => self.satisfy_test(condition, test, want, place, depth),
            Condition::Value(_) => self.satisfy_sum(condition, want, place),
        }
    }

    fn satisfy_test(&mut self, condition: &Condition, test: &FieldTest, want: bool, place: &Place<'a>, depth: usize) {
        let Some(target) = self.resolve(&test.field, place) else { return };
        if !self.shown().iter().any(|one| one.path == target.path) {
            self.reach(&general(&target.path), depth + 1);
            self.fill();
        }
        let others: Vec<&str> = test.not_before.iter().chain(&test.differs_from).map(String::as_str).collect();
        for _ in 0..DRAWS {
            let other = self.dice.pick(&others).copied().filter(|_| self.dice.clone().once_in(2));
            let drawn = other.and_then(|key| self.resolve(key, place)).unwrap_or_else(|| target.clone());
            let empty = test.filled.is_some_and(|filled| filled != want);
            self.draw(drawn.field, &drawn.path, empty);
            if self.holds(condition, place) == want {
                return;
            }
        }
    }

    /// Draws the parts of a sum until its comparison holds; the difference of two sums is tried too.
    fn satisfy_sum(&mut self, condition: &Condition, want: bool, place: &Place<'a>) {
        let Condition::Value(test) = condition else { return };
        let sides: Vec<&Formula> = std::iter::once(&test.value).chain(&test.at_least).chain(&test.at_most).collect();
        let sides: Vec<&Formula> = sides.into_iter().chain(&test.equals).collect();
        for _ in 0..DRAWS * 2 {
            let parts: Vec<Place<'a>> = sides.iter().flat_map(|side| self.parts(side, place, 0)).collect();
            let Some(part) = self.dice.pick(&parts).cloned() else { return };
            let gap = self.value(sides[0], place) - sides.get(1).map_or(0, |side| self.value(side, place));
            let by = if self.dice.once_in(2) { gap } else { -gap };
            match (self.dice.once_in(2), &part.field.kind) {
                (true, Kind::Money { .. } | Kind::Decimal { .. }) => {
                    let text = hundredths_text((hundredths(self.entries.get(&part.path)) + by).max(0));
                    self.entries.set(part.path.clone(), text);
                }
                (true, Kind::WholeNumber { min, max, .. }) => {
                    let now: i64 = self.entries.get(&part.path).parse().unwrap_or(0);
                    self.entries.set(part.path.clone(), (now + by).clamp(*min, *max).to_string());
                }
                _ => self.draw(part.field, &part.path, false),
            }
            self.fill();
            if self.holds(condition, place) == want {
                return;
            }
        }
    }

    fn value(&self, formula: &Formula, place: &Place<'a>) -> i64 {
        let (definition, today) = (self.form.definition, self.form.today);
        let (inside, siblings) = (place.inside.as_str(), place.siblings);
        formula.value(Scope { definition, entries: &self.entries, today, inside, siblings })
    }

    /// The typed fields that a formula is made of.
    fn parts(&self, formula: &Formula, place: &Place<'a>, depth: usize) -> Vec<Place<'a>> {
        let mut found = Vec::new();
        for key in formula.fields().into_iter().filter(|_| depth < DEPTH) {
            let Some(target) = self.resolve(head(key), place) else { continue };
            match &target.field.kind {
                Kind::Computed { formula, .. } => found.extend(self.parts(formula, &target, depth + 1)),
                Kind::Group { fields, .. } => {
                    for index in 0..self.entries.count(&target.path) {
                        let item = path(&target.path, &index.to_string());
                        let here = |sub: &'a Field| Place::of(self.form.definition, sub, &path(&item, &sub.key));
                        let named = |sub: &&Field| !key.contains('.') || key.ends_with(&format!(".{}", sub.key));
                        found.extend(fields.iter().filter(named).map(here));
                    }
                    found.push(target);
                }
                _ => found.push(target),
            }
        }
        found
    }

    fn resolve(&self, key: &str, place: &Place<'a>) -> Option<Place<'a>> {
        let head = head(key);
        let definition = self.form.definition;
        match place.siblings.iter().find(|field| field.key == head) {
            Some(field) => Some(Place::of(definition, field, &path(&place.inside, head))),
            None => definition.field(head).map(|field| Place::of(definition, field, head)),
        }
    }

    /// Answers so that a page (`@key`) or a question is asked.
    fn reach(&mut self, wish: &str, depth: usize) {
        let definition = self.form.definition;
        let page = match wish.strip_prefix('@') {
            Some(key) => definition.page(key),
            None => definition.page_of(wish),
        };
        let Some(page) = page else { return };
        let nowhere = |field: &'a Field| Place::of(definition, field, &field.key);
        let Some(first) = page.fields.first().map(nowhere) else { return };
        if let Some(when) = &page.when {
            self.satisfy(when, true, &first, depth);
        }
        let Some(place) = definition.field(head(wish)).map(nowhere) else {
            // A page of nothing but conditional questions is asked with one of them.
            if page.fields.iter().all(|field| field.when.is_some()) && depth < DEPTH {
                let at = self.dice.below(page.fields.len());
                self.reach(&page.fields[at].key, depth + 1);
            }
            return;
        };
        if let Some(when) = &place.field.when {
            self.satisfy(when, true, &place, depth);
        }
        self.fill();
        if let (Some((group, key)), Kind::Group { fields, .. }) = (wish.split_once('.'), &place.field.kind) {
            let count = self.entries.count(group).max(1);
            self.entries.set(group, count.to_string());
            self.fill();
            let at = format!("{group}.{}.{key}", self.dice.below(count));
            let sub = fields.iter().find(|field| field.key == key).map(|field| Place::of(definition, field, &at));
            if let Some((sub, when)) = sub.and_then(|sub| Some((sub.clone(), sub.field.when.as_ref()?))) {
                self.satisfy(when, true, &sub, depth);
            }
        }
    }
}

fn head(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

fn hundredths(text: &str) -> i64 {
    domain::text::parse_yuan(text).unwrap_or(0)
}

/// Every condition of a form.
fn conditions(definition: &Definition) -> Vec<&Condition> {
    fn of_field<'a>(field: &'a Field, out: &mut Vec<&'a Condition>) {
        out.extend(field.when.iter().chain(&field.required_when).chain(field.rules.iter().map(|rule| &rule.must)));
        if let Kind::Group { fields, .. } = &field.kind {
            fields.iter().for_each(|sub| of_field(sub, out));
        }
    }
    let mut out = Vec::new();
    for page in &definition.pages {
        out.extend(&page.when);
        page.fields.iter().for_each(|field| of_field(field, &mut out));
    }
    out
}

/// The tests of fields in a condition, and the numbers that it compares with.
fn look<'a>(condition: &'a Condition, tests: &mut Vec<&'a FieldTest>, numbers: &mut Vec<i64>) {
    match condition {
        Condition::All { all: list } | Condition::Any { any: list } => {
            list.iter().for_each(|one| look(one, tests, numbers));
        }
        Condition::Not { not } => look(not, tests, numbers),
        Condition::Season { .. } => {}
        Condition::Field(test) => tests.push(test),
        Condition::Value(test) => {
            let sides = std::iter::once(&test.value).chain(&test.at_least).chain(&test.at_most).chain(&test.equals);
            sides.for_each(|side| look_formula(side, tests, numbers));
        }
    }
}

fn look_formula<'a>(formula: &'a Formula, tests: &mut Vec<&'a FieldTest>, numbers: &mut Vec<i64>) {
    match formula {
        Formula::Number(number) => numbers.push(*number),
        Formula::Yuan(whole) | Formula::Whole(whole) => numbers.push(whole * 100),
        Formula::CountWhere(count) => look(&count.when, tests, numbers),
        Formula::Add(list) | Formula::Subtract(list) | Formula::Multiply(list) => {
            list.iter().for_each(|one| look_formula(one, tests, numbers));
        }
        Formula::Divide(pair) => {
            look_formula(&pair.0, tests, numbers);
            look_formula(&pair.1, tests, numbers);
        }
        Formula::Field(_) | Formula::Sum(_) | Formula::Count(_) => {}
    }
}
