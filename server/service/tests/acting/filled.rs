//! Any item filled in, for what MZ07 has not.

#![allow(dead_code, reason = "each test program uses a part")]

#[path = "../../../../app/domain/tests/support/answers.rs"]
pub mod answers;

use answers::{Form, answers};
use domain::catalogue::{Department, Item, Level, Material, Necessity};
use domain::forms::Definition;
use service::identity::Visitor;
use service::{Service, forms};

use crate::acting::{draft_id, png};

/// 滨河街道 多福社区, where duofu-1 works.
const DUOFU: &str = "210103005024";

/// Fills in a draft with random valid answers in which every area is this community; at the window without files.
pub async fn fill(service: &Service, who: &Visitor, id: &str, item: &Item, at_window: bool) {
    fill_form(service, who, id, &item.definition(), at_window).await;
}

/// The same with any form.
pub async fn fill_form(service: &Service, who: &Visitor, id: &str, definition: &Definition, at_window: bool) {
    let communities = [DUOFU.to_owned()];
    let form = Form { definition, today: service.today(), communities: &communities, at_window };
    let filled = answers(form, 7, None).expect("valid answers");
    for page in &definition.pages {
        let keys: Vec<&str> = page.fields.iter().map(|field| field.key.as_str()).collect();
        let of_page = |path: &str| keys.contains(&path.split('.').next().unwrap_or(path));
        let posted: Vec<(String, String)> = filled
            .entries
            .iter()
            .filter(|(path, _)| of_page(path))
            .flat_map(|(path, texts)| texts.iter().map(|text| (path.to_string(), text.clone())))
            .collect();
        if !posted.is_empty() {
            // A page that these answers do not bring up is not there.
            let _ = forms::save_page(service, who, id, &page.key, &posted).await;
        }
    }
    for path in filled.given.files.keys().filter(|_| !at_window) {
        let _ = forms::add_file(service, who, id, path, "照片.png", png()).await;
    }
}

pub fn item(service: &Service, fits: impl Fn(&Item) -> bool) -> Item {
    let codes = service.catalogue.list("", "", "", "").items;
    let all = codes.iter().filter_map(|brief| service.catalogue.latest(&brief.code));
    let found = all.map(|revision| revision.item.clone()).find(fits);
    found.expect("an item of that kind")
}

/// An item of the civil affairs bureau with a material that may follow later, and the path of that material.
pub fn deferrable(service: &Service) -> (Item, String) {
    let may_follow =
        |m: &&Material| m.necessity == Necessity::Deferrable && m.not_asked_because.is_empty() && m.when.is_none();
    let item = item(service, |item| {
        let bureau = item.department == Department::民政 && item.routing.level == Level::District;
        let plain = bureau && item.routing.rules.is_empty() && item.promised_days > 0;
        plain && item.materials.iter().any(|material| may_follow(&material))
    });
    let later = item.materials.iter().find(may_follow).map(|material| format!("file_{}", material.key));
    (item, later.expect("a material"))
}

pub async fn at_window(service: &Service, worker: &Visitor, item: &Item) -> String {
    let moved = forms::begin_at_window(service, worker, &item.code).await.expect("begun");
    let id = draft_id(&moved.location);
    fill(service, worker, &id, item, true).await;
    id
}
