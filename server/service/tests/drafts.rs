//! Drafts keep everything, right or wrong, and store nothing that is not asked.

use crate::acting::*;
use crate::common::{engines, open_service, service};
use service::{Error, forms};

#[tokio::test]
async fn what_was_typed_survives_errors_and_a_restart() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let typed = [("applicant.name", "张三"), ("applicant.id_number", "21010319400101"), ("applicant.phone", "12")];
        let moved = forms::save_page(&service, &who, &id, "applicant", &pairs(&typed)).await.expect("saved");
        assert!(moved.location.ends_with("/pages/applicant"));
        drop(service);
        let service = open_service(&place, &clock).await;
        let page = forms::page(&service, &who, &id, "applicant").await.expect("a page");
        for (path, text) in typed {
            assert_eq!(page.entries.get(path), text);
        }
        let paths: Vec<&str> = page.findings.iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(paths, ["applicant.id_number", "applicant.phone", "filled_by"]);
        assert!(page.findings.iter().all(|finding| !finding.message.contains("2101")), "no message repeats a number");
    }
}

#[tokio::test]
async fn questions_that_came_up_are_asked_before_anything_is_called_wrong() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let mut posted = pairs(MZ07[0].1);
        posted.retain(|(name, _)| name != "filled_by");
        posted.push(("filled_by".to_owned(), "agent".to_owned()));
        posted.push(("_shown".to_owned(), "applicant,filled_by".to_owned()));
        let moved = forms::save_page(&service, &who, &id, "applicant", &posted).await.expect("saved");
        assert!(moved.location.ends_with("/pages/applicant?more=1"));
        assert!(findings(&service, &who, &id, "applicant").await.is_empty());
        posted.retain(|(name, _)| name != "_shown");
        posted.push(("_shown".to_owned(), "applicant,filled_by,agent,agent_relation".to_owned()));
        let moved = forms::save_page(&service, &who, &id, "applicant", &posted).await.expect("saved");
        assert!(moved.location.ends_with("/pages/applicant"));
        assert_eq!(findings(&service, &who, &id, "applicant").await.len(), 4);
    }
}

#[tokio::test]
async fn names_that_the_page_does_not_ask_for_are_thrown_away() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (who, id) = begin(&service, "MZ07").await;
    let forged = [
        ("office", "210103-MZ"),
        ("household_area", "210103005024"),
        ("applicant.name.x", "1"),
        ("members.99999999.a", "1"),
    ];
    forms::save_page(&service, &who, &id, "applicant", &pairs(&forged)).await.expect("saved");
    let page = forms::page(&service, &who, &id, "household_area").await.expect("a page");
    assert!(page.entries.is_empty());
}

#[tokio::test]
async fn an_area_that_does_not_exist_is_no_answer() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let (who, id) = begin(&service, "MZ07").await;
    let posted = [("household_area", "210103"), ("household_area", "210103999"), ("_do", "stay")];
    forms::save_page(&service, &who, &id, "household_area", &pairs(&posted)).await.expect("saved");
    let page = forms::page(&service, &who, &id, "household_area").await.expect("a page");
    assert_eq!(page.entries.get("household_area"), "210103");
    let lists = &page.areas["household_area"];
    assert_eq!((lists.districts.len(), lists.communities.len()), (13, 0));
    assert!(lists.streets.iter().any(|street| street.name == "滨河街道"));
}

#[tokio::test]
async fn members_are_added_and_removed_and_their_incomes_add_up() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ01").await;
        let revision = service.catalogue.latest("MZ01").expect("an item");
        let page = revision.form.page_of("members").expect("asks for members").key.clone();
        for expected in 1..=3 {
            let posted = pairs(&[("members", &(expected - 1).to_string()), ("_do", "add:members")]);
            let moved = forms::save_page(&service, &who, &id, &page, &posted).await.expect("saved");
            assert!(moved.location.contains("#group-members-"), "{}", moved.location);
            let seen = forms::page(&service, &who, &id, &page).await.expect("a page");
            assert_eq!(seen.entries.count("members"), expected);
        }
        let posted = pairs(&[("members", "3"), ("_do", "remove:members:1")]);
        forms::save_page(&service, &who, &id, &page, &posted).await.expect("saved");
        assert_eq!(forms::page(&service, &who, &id, &page).await.expect("a page").entries.count("members"), 2);
    }
}

#[tokio::test]
async fn files_are_counted_and_go_with_the_draft() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        for _ in 0..4 {
            forms::add_file(&service, &who, &id, "file_id_card", "../../身份证.png", png()).await.expect("taken in");
        }
        let fifth = forms::add_file(&service, &who, &id, "file_id_card", "5.png", png()).await;
        assert!(matches!(fifth, Err(Error::Refused(_))));
        let unknown = forms::add_file(&service, &who, &id, "applicant", "a.png", png()).await;
        assert!(matches!(unknown, Err(Error::NotFound)));
        let script =
            forms::add_file(&service, &who, &id, "file_card", "a.png", b"<svg onload=alert(1)>".to_vec()).await;
        assert!(matches!(script, Err(Error::Refused(_))));
        let page = forms::page(&service, &who, &id, "materials").await.expect("a page");
        let files = page.files["file_id_card"].clone();
        assert_eq!(files.len(), 4);
        assert!(files.iter().all(|file| !file.name.contains('/') && file.name.ends_with(".jpg")));
        forms::remove_file(&service, &who, &id, &files[0].id).await.expect("removed");
        assert!(matches!(forms::file(&service, &who, &files[0].id).await, Err(Error::NotFound)));
        forms::discard(&service, &who, &id).await.expect("discarded");
        assert!(matches!(forms::file(&service, &who, &files[1].id).await, Err(Error::NotFound)));
        assert!(forms::home(&service, &who).await.expect("a home").drafts.is_empty());
    }
}

#[tokio::test]
async fn a_certificate_that_communities_must_not_issue_is_refused_with_the_place_to_go() {
    let (service, _clock, _place) = service(crate::common::Engine::Sqlite).await;
    let item = &service.catalogue.latest("SQ01").expect("an item").item;
    let purpose = item.pages[0].fields.iter().find(|field| field.key == "purpose").expect("purpose first");
    assert!(purpose.rules.len() >= 20, "one sentence for each of the twenty");
    let (who, id) = begin(&service, "SQ01").await;
    let page = item.pages[0].key.clone();
    let domain::forms::Kind::OneOf { options } = &purpose.kind else { panic!("one of a list") };
    let mut refused = 0;
    for option in options {
        let moved =
            forms::save_page(&service, &who, &id, &page, &pairs(&[("purpose", &option.value)])).await.expect("saved");
        if moved.location.ends_with(&format!("/pages/{page}")) {
            let told = findings(&service, &who, &id, &page).await;
            refused +=
                usize::from(told.iter().any(|(path, message)| path == "purpose" && message.chars().count() > 15));
        }
    }
    assert_eq!(refused, 20);
}
