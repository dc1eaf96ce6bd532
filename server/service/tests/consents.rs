//! Protected data needs a consent of its own for each kind: without it nothing is sent, and with it the text that was
//! shown is on record.

use crate::acting::*;
use crate::common::{Engine, engines, service};
use domain::consents::Sensitive;
use sea_orm::{ConnectionTrait, Database, Statement};
use service::forms;

async fn recorded(place: &crate::common::Place) -> Vec<(String, String)> {
    let db = Database::connect(&place.url).await.expect("open");
    let all = Statement::from_string(db.get_database_backend(), "SELECT kind, shown FROM consent ORDER BY kind");
    let rows = db.query_all_raw(all).await.expect("rows");
    let text = |row: &sea_orm::QueryResult, column: &str| row.try_get("", column).expect("a text");
    let found = rows.iter().map(|row| (text(row, "kind"), text(row, "shown"))).collect();
    db.close().await.expect("closed");
    found
}

#[tokio::test]
async fn without_a_consent_of_its_own_nothing_is_sent() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        fill_in(&service, &who, &id).await;
        // The promise to compare with other registers is no consent to the use of the bank account.
        forms::save_page(&service, &who, &id, "consents", &[]).await.expect("saved");
        let moved = forms::submit(&service, &who, &id).await.expect("answered");
        assert!(moved.location.ends_with("/review"), "{engine:?}: {}", moved.location);
        let review = forms::review(&service, &who, &id).await.expect("a review");
        let missing: Vec<_> =
            review.unfinished.iter().map(|(page, found)| (page.as_str(), found.path.as_str())).collect();
        assert_eq!(missing, [("consents", "consent_finance")]);
        assert!(recorded(&place).await.is_empty(), "nothing is on record that was not given");
        forms::save_page(&service, &who, &id, "consents", &pairs(&[("consent_finance", "yes")])).await.expect("saved");
        submit(&service, &who, &id).await;
        let shown = (Sensitive::Finance.key().to_owned(), Sensitive::Finance.text().to_owned());
        assert_eq!(recorded(&place).await, [shown], "{engine:?}");
    }
}

#[tokio::test]
async fn only_the_kinds_that_are_asked_for_are_consented_to() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    // An old man who asks for handrails: his health, and no child, no money, no picture.
    let (who, id) = begin(&service, "MZ24").await;
    for (page, entries) in MZ24 {
        forms::save_page(&service, &who, &id, page, &pairs(entries)).await.expect("saved");
    }
    let page = forms::page(&service, &who, &id, "consents").await.expect("a page");
    let asked = domain::forms::shown(&page.definition, &page.entries, service.today()).0;
    let asked: Vec<String> = asked.into_iter().filter(|one| one.page.key == "consents").map(|one| one.path).collect();
    assert_eq!(asked, ["consent_health"]);
}
