//! The pages that every form ends with: how the result is wanted, and the materials.

use super::item::Item;
use super::material::Necessity;
use super::procedure::Delivery;
use crate::forms::{Choice, Condition, Field, FieldTest, Kind, Page};

/// The key of the page that asks how the result is wanted, and of its question.
pub const DELIVERY: &str = "delivery";
/// The key of the page that asks for the materials.
pub const MATERIALS: &str = "materials";

/// A page with one question for each material that is asked for and that no other page asks for.
pub(super) fn materials_page(item: &Item) -> Option<Page> {
    let fields: Vec<Field> = item
        .materials
        .iter()
        .filter(|material| material.not_asked_because.is_empty())
        .map(|material| Field {
            key: format!("file_{}", material.key),
            label: material.name.clone(),
            hint: material.note.clone(),
            kind: Kind::Material { material: material.key.clone(), max_files: material.max_files },
            optional: material.necessity != Necessity::Required,
            required_when: None,
            when: material.when.clone(),
            rules: Vec::new(),
            sensitive: material.sensitive,
        })
        .collect();
    let intro = "把材料摆平、对焦清楚再拍。照片（JPG、PNG）或 PDF 都可以，每个不超过 10 MB。".to_owned();
    let page = Page { key: MATERIALS.to_owned(), title: "上传材料".to_owned(), intro, when: None, fields };
    (!page.fields.is_empty()).then_some(page)
}

/// How the result shall reach the resident, where there is a choice.
pub(super) fn delivery_page(item: &Item) -> Option<Page> {
    let ways = item.decision.as_ref().map(|decision| decision.delivery.as_slice()).unwrap_or_default();
    if ways.len() < 2 {
        return None;
    }
    let choice =
        |way: &Delivery| Choice { value: way.key().to_owned(), label: way.wish().to_owned(), hint: String::new() };
    let field = |key: &str, label: &str, kind: Kind, when: Option<Condition>| Field {
        key: key.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
        kind,
        optional: false,
        required_when: None,
        when,
        rules: Vec::new(),
        sensitive: None,
    };
    let ask = Kind::OneOf { options: ways.iter().map(choice).collect() };
    let mut fields = vec![field(DELIVERY, "办好以后，结果怎么给您？", ask, None)];
    if ways.contains(&Delivery::Post) {
        let by_post =
            FieldTest { field: DELIVERY.to_owned(), is: Some(Delivery::Post.key().to_owned()), ..FieldTest::default() };
        let address = Kind::LongText { max: 120 };
        fields.push(field(
            "delivery_address",
            "寄到哪里？写清收件人和详细地址",
            address,
            Some(Condition::Field(by_post)),
        ));
    }
    let (key, title) = (DELIVERY.to_owned(), "结果怎么给您".to_owned());
    Some(Page { key, title, intro: String::new(), when: None, fields })
}
