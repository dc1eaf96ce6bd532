//! The page on which a form asks for the consents that its questions need, and which questions need one.

use crate::consents::{MINOR_BELOW, Sensitive};
use crate::forms::{Condition, CountWhere, Field, FieldTest, Formula, Kind, Page, ValueTest};

/// The key of that page.
pub const CONSENTS: &str = "consents";

/// One box for each kind of protected data, asked when one of the questions of that kind is.
pub(super) fn consents_page<'a>(pages: impl Iterator<Item = &'a Page>) -> Option<Page> {
    let pages: Vec<&Page> = pages.collect();
    let fields: Vec<Field> = Sensitive::ALL.into_iter().filter_map(|kind| consent(kind, &pages)).collect();
    let page = Page {
        key: CONSENTS.to_owned(),
        title: "单独同意".to_owned(),
        intro: "办这件事要用到下面这些更私密的信息，每一样都要您单独同意。不同意就没法在网上办，可以到窗口问一问。"
            .to_owned(),
        when: None,
        fields,
    };
    (!page.fields.is_empty()).then_some(page)
}

fn consent(kind: Sensitive, pages: &[&Page]) -> Option<Field> {
    let mut asked: Vec<Option<Condition>> = Vec::new();
    for page in pages {
        for field in &page.fields {
            for one in needed_when(kind, field) {
                let all: Vec<Condition> = page.when.iter().chain(&field.when).cloned().chain(one).collect();
                let when = all_of(all);
                if !asked.contains(&when) {
                    asked.push(when);
                }
            }
        }
    }
    if asked.is_empty() {
        return None;
    }
    let always = asked.iter().any(Option::is_none);
    Some(Field {
        key: kind.field(),
        label: kind.label(),
        hint: String::new(),
        kind: Kind::Declaration { text: kind.text().to_owned() },
        optional: false,
        required_when: None,
        when: if always { None } else { any_of(asked.into_iter().flatten().collect()) },
        rules: Vec::new(),
        sensitive: None,
    })
}

/// For each question of this kind in a field, what must hold besides the field's being asked.
fn needed_when(kind: Sensitive, field: &Field) -> Vec<Option<Condition>> {
    let inside: &[Field] = match &field.kind {
        Kind::Group { fields, .. } => fields,
        _ => &[],
    };
    let own = (field.sensitive == Some(kind)).then(|| is_child(field).map(Condition::Field));
    let of_group = inside.iter().filter(|sub| sub.sensitive == Some(kind)).map(|sub| {
        let when = Condition::Field(is_child(sub)?);
        let value = Formula::CountWhere(Box::new(CountWhere { group: field.key.clone(), when }));
        let at_least = Some(Formula::Number(1));
        Some(Condition::Value(ValueTest { value, at_least, at_most: None, equals: None }))
    });
    own.into_iter().chain(of_group).collect()
}

/// Of a person by the age in the number; of other questions about children, nothing.
fn is_child(field: &Field) -> Option<FieldTest> {
    let has_age = matches!(field.kind, Kind::Person { .. } | Kind::IdentityNumber);
    (has_age && field.sensitive == Some(Sensitive::Minors)).then(|| FieldTest {
        field: field.key.clone(),
        age_below: Some(MINOR_BELOW),
        ..FieldTest::default()
    })
}

fn all_of(mut list: Vec<Condition>) -> Option<Condition> {
    if list.len() > 1 { Some(Condition::All { all: list }) } else { list.pop() }
}

fn any_of(mut list: Vec<Condition>) -> Option<Condition> {
    if list.len() > 1 { Some(Condition::Any { any: list }) } else { list.pop() }
}

/// What is not marked as protected though its words say that it is, a sentence each for its author.
pub(super) fn unmarked<'a>(pages: impl Iterator<Item = &'a Page>) -> Vec<String> {
    let fields = pages.flat_map(|page| &page.fields).flat_map(|field| match &field.kind {
        Kind::Group { fields, .. } => fields.iter().collect(),
        _ => vec![field],
    });
    let unmarked = fields.filter(|field| field.sensitive.is_none());
    unmarked
        .filter_map(|field| {
            let kind = looks_like(field)?;
            Some(format!("`{}` asks for {} and is not marked `sensitive`", field.key, kind.key()))
        })
        .collect()
}

/// By words that leave no doubt.
fn looks_like(field: &Field) -> Option<Sensitive> {
    const WORDS: [(Sensitive, &[&str]); 3] = [
        (Sensitive::Health, &["什么病", "病历", "残疾类别", "残疾等级", "怀孕", "诊断证明", "身体怎么样"]),
        (Sensitive::Finance, &["每月收入", "银行卡号", "银行存款", "收入证明"]),
        (Sensitive::Biometrics, &["近期照片", "证件照"]),
    ];
    match field.kind {
        Kind::BankAccount => Some(Sensitive::Finance),
        Kind::Declaration { .. } | Kind::Computed { .. } => None,
        _ => WORDS.iter().find(|(_, words)| words.iter().any(|w| field.label.contains(w))).map(|(kind, _)| *kind),
    }
}
