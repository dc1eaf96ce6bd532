//! What a form page holds while it is filled in: the texts, the questions that follow from them, what is wrong.

use std::collections::BTreeSet;

use domain::areas::Area;
use domain::cases::{AreaLists, DraftPage, FileView};
use domain::forms::{Definition, Entries, Field, Finding, Kind, check_page, shown};
use leptos::prelude::*;

use crate::browser;

/// The state of one page. The same rules as on the server say what is asked and what is wrong.
#[derive(Clone, Copy)]
pub(super) struct Form {
    page: StoredValue<DraftPage>,
    entries: RwSignal<Entries>,
    asked: Memo<Asked>,
    /// What was found when the person last left a control; at first what the server found.
    findings: RwSignal<Vec<Finding>>,
    /// Controls that the person has left: only these are blamed, unless the page was sent already.
    left: RwSignal<BTreeSet<String>>,
    sent: bool,
}

/// The questions of the page, and the entries that count.
#[derive(Clone, PartialEq)]
struct Asked {
    paths: Vec<String>,
    kept: Entries,
}

impl Form {
    pub fn new(page: DraftPage) -> Self {
        let entries = RwSignal::new(page.entries.clone());
        let findings = RwSignal::new(page.findings.clone());
        let sent = !page.findings.is_empty();
        let page = StoredValue::new(page);
        let asked = Memo::new(move |_| {
            page.with_value(|page| {
                let (list, kept) = entries.with(|entries| shown(&page.definition, entries, page.given.today));
                let paths = list.into_iter().filter(|item| item.page.key == page.key).map(|item| item.path).collect();
                Asked { paths, kept }
            })
        });
        Self { page, entries, asked, findings, left: RwSignal::default(), sent }
    }

    /// Something of the page that does not change while it is filled in.
    pub fn with<T>(self, read: impl FnOnce(&DraftPage) -> T) -> T {
        self.page.with_value(read)
    }

    /// The paths of all questions that are asked, as the server wants to know them.
    pub fn asked_paths(self) -> Signal<String> {
        Signal::derive(move || self.asked.with(|asked| asked.paths.join(",")))
    }

    /// The paths of the questions directly below `inside` (empty: of the page), but not those that only take files.
    pub fn questions(self, inside: String) -> Memo<Vec<String>> {
        let below = if inside.is_empty() { inside } else { format!("{inside}.") };
        Memo::new(move |_| {
            let is_here = |path: &&String| path.strip_prefix(below.as_str()).is_some_and(|rest| !rest.contains('.'));
            let typed = |path: &&String| !self.is_material(path);
            self.asked.with(|asked| asked.paths.iter().filter(is_here).filter(typed).cloned().collect())
        })
    }

    /// The paths of the questions that take files.
    pub fn materials(self) -> Memo<Vec<String>> {
        Memo::new(move |_| {
            self.asked.with(|asked| asked.paths.iter().filter(|path| self.is_material(path)).cloned().collect())
        })
    }

    fn is_material(self, path: &str) -> bool {
        self.field(path).is_some_and(|field| matches!(field.kind, Kind::Material { .. }))
    }

    pub fn field(self, path: &str) -> Option<Field> {
        self.with(|page| field_at(&page.definition, path).cloned())
    }

    pub fn text(self, path: String) -> Signal<String> {
        Memo::new(move |_| self.entries.with(|entries| entries.get(&path).to_owned())).into()
    }

    pub fn texts(self, path: String) -> Signal<Vec<String>> {
        Memo::new(move |_| self.entries.with(|entries| entries.all(&path).to_vec())).into()
    }

    pub fn set(self, path: &str, text: String) {
        self.entries.update(|entries| entries.set(path, text));
    }

    pub fn set_all(self, path: &str, texts: Vec<String>) {
        self.entries.update(|entries| entries.set_all(path, texts));
    }

    /// For `on_input`: the text is taken over.
    pub fn typing(self, path: String) -> Callback<String> {
        Callback::new(move |text| self.set(&path, text))
    }

    /// For `on_change`: the text is taken over and looked at.
    pub fn leaving(self, path: String) -> Callback<String> {
        Callback::new(move |text| {
            self.set(&path, text);
            self.leave(&path);
        })
    }

    /// The person has left a control: from now on it is told when something is wrong with it.
    pub fn leave(self, path: &str) {
        let path = path.to_owned();
        browser::after_press(move || {
            if self.page.is_disposed() {
                return;
            }
            let found = self.with(|page| {
                self.entries.with_untracked(|entries| check_page(&page.definition, &page.key, entries, &page.given))
            });
            self.left.update(|left| {
                left.insert(path);
            });
            self.findings.set(found);
        });
    }

    /// What is wrong with the control of this path, once that may be said.
    pub fn error(self, path: String) -> Signal<Option<String>> {
        Memo::new(move |_| {
            let blamed = self.sent || self.left.with(|left| is_left(left, &path));
            let message = |list: &Vec<Finding>| list.iter().find(|f| f.path == path).map(|f| f.message.clone());
            if blamed { self.findings.with(message) } else { None }
        })
        .into()
    }

    /// For the summary: what the server found and is still wrong.
    pub fn summary(self) -> Signal<Vec<(String, String)>> {
        let first: BTreeSet<String> = self.with(|page| page.findings.iter().map(|f| f.path.clone()).collect());
        Memo::new(move |_| {
            let still = |list: &Vec<Finding>| {
                let known = list.iter().filter(|finding| first.contains(&finding.path));
                known.map(|finding| (finding.path.clone(), finding.message.clone())).collect()
            };
            self.findings.with(still)
        })
        .into()
    }

    /// The value of a computed question, in words.
    pub fn computed(self, path: String) -> Signal<String> {
        let field = self.field(&path);
        Memo::new(move |_| {
            let Some(field) = &field else { return String::new() };
            self.with(|page| {
                let no_area = |_: &str| String::new();
                let say = |asked: &Asked| {
                    domain::forms::display(&page.definition, field, &path, &asked.kept, page.given.today, &no_area)
                };
                self.asked.with(say)
            })
        })
        .into()
    }

    pub fn files(self, path: &str) -> Vec<FileView> {
        self.with(|page| page.files.get(path).cloned().unwrap_or_default())
    }

    pub fn areas(self, path: &str) -> AreaLists {
        self.with(|page| {
            let lists = page.areas.get(path).cloned();
            // The question of a group's item that was added just now: the districts are the same everywhere.
            lists.unwrap_or_else(|| AreaLists { districts: districts_of(page), ..AreaLists::default() })
        })
    }

    /// How many of a group there are.
    pub fn count(self, group: String, min: usize, max: usize) -> Memo<usize> {
        Memo::new(move |_| self.entries.with(|entries| entries.count(&group).clamp(min, max)))
    }

    pub fn add_item(self, group: &str, count: usize) {
        self.entries.update(|entries| entries.set(group, (count + 1).to_string()));
    }

    /// The later ones move up; what was wrong with any of them is found again when it is left.
    pub fn remove_item(self, group: &str, index: usize) {
        let below = format!("{group}.");
        self.entries.update(|entries| entries.remove_item(group, index));
        self.left.update(|left| left.retain(|path| !path.starts_with(&below)));
        self.findings.update(|list| list.retain(|finding| !finding.path.starts_with(&below)));
    }
}

fn districts_of(page: &DraftPage) -> Vec<Area> {
    page.areas.values().map(|lists| lists.districts.clone()).find(|list| !list.is_empty()).unwrap_or_default()
}

/// A control was left, or one of the parts of a person or an address.
fn is_left(left: &BTreeSet<String>, path: &str) -> bool {
    let below = format!("{path}.");
    let is_part = |other: &String| {
        other
            .strip_prefix(&below)
            .is_some_and(|part| matches!(part, "name" | "id_number" | "phone" | "area" | "detail"))
    };
    left.contains(path) || left.iter().any(is_part)
}

/// The field asked at a path: `members.0.income` is the field `income` of the group `members`.
fn field_at<'a>(definition: &'a Definition, path: &str) -> Option<&'a Field> {
    let mut parts = path.split('.');
    let field = definition.field(parts.next()?)?;
    match (&field.kind, parts.next(), parts.next()) {
        (_, None, _) => Some(field),
        (Kind::Group { fields, .. }, Some(_index), Some(key)) => fields.iter().find(|field| field.key == key),
        _ => None,
    }
}
