//! Words of the office are explained on the page on which a resident meets them, before the first of them.

use axum::http::StatusCode;
use domain::glossary::{TERMS, terms_in};

use crate::common::{fixture, get, post, send, with};

/// What is between the tags, scripts apart.
fn text(html: &str) -> String {
    let mut out = String::new();
    for (at, part) in html.split("<script").enumerate() {
        let part = if at == 0 { part } else { part.split_once("</script>").map_or("", |(_, after)| after) };
        for (at, piece) in part.split('<').enumerate() {
            let said = if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) };
            out.push_str(said);
            out.push('\n');
        }
    }
    out
}

/// The page's main part, without what explains.
fn split(body: &str) -> (String, String) {
    let main = body.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a main part");
    let Some((before, rest)) = main.split_once("看不懂的词") else { return (String::new(), text(main)) };
    let (explained, after) = rest.split_once("</details>").expect("an end");
    (text(explained), format!("{}\n{}", text(before), text(after)))
}

/// Those that stand on the page and are not explained there.
fn unexplained(body: &str) -> Vec<&'static str> {
    let (explained, said) = split(body);
    terms_in(&said).into_iter().filter(|term| !explained.contains(term.means)).map(|term| term.word).collect()
}

#[tokio::test]
async fn the_guide_of_every_item_explains_its_words() {
    let fixture = fixture().await;
    let mut wrong = Vec::new();
    let all = fixture.state.service.catalogue.list("", "", "", "").items;
    assert!(all.len() > 100);
    for item in all.into_iter().map(|item| item.code) {
        let answer = send(&fixture.app, get(&format!("/items/{item}"))).await;
        assert_eq!(answer.status, StatusCode::OK, "{item}");
        let missing = unexplained(&answer.body);
        if !missing.is_empty() {
            wrong.push(format!("{item}: {missing:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_form_explains_its_words_page_by_page() {
    let fixture = fixture().await;
    for item in ["MZ07", "MZ01", "YB12"] {
        let begun = send(&fixture.app, post(&format!("/items/{item}/apply"), "")).await;
        let cookie = begun.cookie("tb_session").expect("a session");
        let base = begun.header("location").rsplit_once('/').expect("a page").0.to_owned();
        let form = fixture.state.service.catalogue.latest(item).expect("an item").form.clone();
        for page in &form.pages {
            let request = with(get(&format!("{base}/{}", page.key)), "cookie", &format!("tb_session={cookie}"));
            let answer = send(&fixture.app, request).await;
            if answer.status == StatusCode::OK {
                assert_eq!(unexplained(&answer.body), Vec::<&str>::new(), "{item} {}", page.key);
            }
        }
    }
}

#[tokio::test]
async fn one_page_lists_them_all() {
    let fixture = fixture().await;
    let body = send(&fixture.app, get("/words")).await.body;
    for term in TERMS {
        assert!(body.contains(term.word) && body.contains(term.means), "{}", term.word);
    }
}
