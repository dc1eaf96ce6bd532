//! How pages look: attributes of `html` by the cookie of the browser, and nothing else of a page.

use axum::http::StatusCode;
use domain::display::Display;

use crate::common::{Answer, fixture, get, post, send, with, without_nonce};
use crate::html::elements;

const PAGES: [&str; 4] = ["/", "/items/MZ07", "/display", "/nothing-here"];

/// The attributes that the style sheet follows, and the rest of the page.
fn parts(answer: &Answer) -> (Vec<(String, String)>, String) {
    let all = elements(&answer.body);
    let html = all.into_iter().find(|element| element.name == "html").expect("a document");
    let shown =
        |name: &str| ["mode", "theme", "contrast", "size", "told"].iter().any(|end| name == format!("data-{end}"));
    let attributes = html.attributes.into_iter().filter(|(name, _)| shown(name)).collect();
    let page = without_nonce(answer);
    let rest = page.split_once("<head").map(|(_, rest)| rest.to_owned()).expect("a head");
    (attributes, rest)
}

fn wanted(cookie: &str) -> [(String, String); 5] {
    Display::parse(cookie).attributes().map(|(name, value)| (name.to_owned(), value.to_owned()))
}

#[tokio::test]
async fn a_page_is_the_same_in_every_mode_but_for_the_first_element() {
    let fixture = fixture().await;
    for path in PAGES {
        let plain = parts(&send(&fixture.app, get(path)).await);
        for cookie in ["elder.dark.xl.chosen", "standard.high.l.all", "elder..", "<script>", "\"'>"] {
            let answer = send(&fixture.app, with(get(path), "cookie", &format!("tb_view={cookie}"))).await;
            let (attributes, rest) = parts(&answer);
            assert_eq!(attributes, wanted(cookie), "{path} {cookie}");
            // The settings show what is chosen.
            if path != "/display" {
                assert_eq!(rest, plain.1, "{path} {cookie}");
            }
        }
    }
}

#[tokio::test]
async fn pages_of_errors_look_as_all_others() {
    let fixture = fixture().await;
    let request = with(post("/display", "mode=elder"), "content-type", "text/plain");
    let answer = send(&fixture.app, with(request, "cookie", "tb_view=elder.dark.m.all")).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(parts(&answer).0, wanted("elder.dark.m.all"));
}

#[tokio::test]
async fn a_choice_is_kept_and_leads_back_to_its_page_and_nowhere_else() {
    let fixture = fixture().await;
    for (body, before, cookie, back) in [
        ("mode=elder&back=/items/MZ07", "", "elder.auto.m.chosen", "/items/MZ07"),
        ("heard=yes&back=/", "elder.auto.m.chosen", "elder.auto.m.all", "/"),
        ("mode=standard&size=xl&colours=dark&back=/display", "elder.auto.m.all", "standard.dark.xl.all", "/display"),
        ("heard=yes&back=//evil.example/", "", "standard.auto.m.offered", "/"),
        ("colours=%3Cb%3E&back=https://evil.example/", "standard.high.l.all", "standard.high.l.all", "/"),
    ] {
        let request = with(post("/display", body), "cookie", &format!("tb_view={before}"));
        let answer = send(&fixture.app, request).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, back), "{body}");
        assert_eq!(answer.cookie("tb_view").as_deref(), Some(cookie), "{body}");
    }
}
