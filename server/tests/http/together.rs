//! A life event that somebody has handed in.

use domain::identity::Phone;
use service::forms;
use service::identity::Visitor;

use crate::answers::{Form, answers};
use crate::common::Fixture;

/// Its number. The name of who asked stands in it.
pub async fn sent_together(fixture: &Fixture) -> String {
    let service = &fixture.state.service;
    let nobody = Visitor::stranger([127, 0, 0, 1].into());
    let items = ["GA08".to_owned(), "MZ15".to_owned()];
    let begun = forms::begin_event(service, &nobody, "bereavement", &items).await.expect("begun");
    let who = service.visitor(begun.new_session.as_deref(), None, nobody.address).await.expect("a visitor");
    let id = begun.location.split('/').nth(2).expect("a draft").to_owned();
    let parts: Vec<(String, i32)> = items.iter().map(|code| (code.clone(), 1)).collect();
    let definition = service.catalogue.whole("bereavement", &parts).expect("a form").merged.form;
    let communities = ["210103005024".to_owned()];
    let form = Form { definition: &definition, today: service.today(), communities: &communities, at_window: false };
    let mut filled = answers(form, 3, None).expect("valid answers");
    filled.entries.set("applicant.name", "张小三");
    assert!(Phone::parse(filled.entries.get("applicant.phone")).is_some());
    for page in &definition.pages {
        let of_page = |path: &str| page.fields.iter().any(|field| path.split('.').next() == Some(field.key.as_str()));
        let entries = filled.entries.iter().filter(|(path, _)| of_page(path));
        let posted: Vec<(String, String)> =
            entries.flat_map(|(path, texts)| texts.iter().map(|text| (path.to_owned(), text.clone()))).collect();
        if !posted.is_empty() {
            // A page that these answers do not bring up is not there.
            let _ = forms::save_page(service, &who, &id, &page.key, &posted).await;
        }
    }
    for path in filled.given.files.iter().filter(|(_, count)| **count > 0).map(|(path, _)| path) {
        forms::add_file(service, &who, &id, path, "照片.png", crate::acting::png()).await.expect("taken in");
    }
    let sent = forms::submit(service, &who, &id).await.expect("sent").location;
    let number = sent.strip_prefix("/bundles/").and_then(|rest| rest.strip_suffix("?new=1"));
    number.unwrap_or_else(|| panic!("not submitted: {sent}")).to_owned()
}
