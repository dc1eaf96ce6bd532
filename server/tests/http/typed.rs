//! Nothing that was typed ever stands in an address, and no page is left for another site: every form of every page is
//! sent with a mark in each of its fields, right and wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{Answer, Fixture, get, post, send, with};
use crate::html::{PageForm, forms};
use crate::journey::{desk_token, of_resident, with_inbox};

const MARK: &str = "kqtypedz";
const EVIL: &str = "https://evil.example/trap";
/// Forms that search: what is sought may be kept and sent on. None of them asks for anything personal.
const SEARCHES: [&str; 5] = ["/items", "/announcements", "/desk", "/desk/start", "/verify"];

/// A resident who signed in, with a case and a draft, and a worker of its office: what their browsers hold, and the ids of what is theirs.
async fn people(fixture: &Fixture) -> (String, BTreeMap<&'static str, String>) {
    let case = of_resident(fixture).await;
    let begun = send(&fixture.app, case.own(post("/items/MZ07/apply", ""))).await;
    let location = begun.header("location").to_owned();
    let (draft, page) = location.split_once("/pages/").expect("a page of a draft");
    let desk = desk_token(fixture, "binhe-3").await;
    let ids = BTreeMap::from([
        ("{id}", draft.strip_prefix("/drafts/").expect("a draft").to_owned()),
        ("{page}", page.to_owned()),
        ("{number}", case.number),
        ("{code}", "MZ07".to_owned()),
        ("{key}", "newborn".to_owned()),
        ("{token}", "none".to_owned()),
    ]);
    (format!("tb_session={}; tb_desk={desk}", case.token), ids)
}

fn without_mark(what: &str, answer: &Answer) {
    for (name, value) in &answer.headers {
        let text = String::from_utf8_lossy(value.as_bytes());
        assert!(!text.contains(MARK) && !text.contains("evil.example"), "{what}: {name}: {text}");
    }
    let location = answer.header("location");
    assert!(location.is_empty() || (location.starts_with('/') && !location.starts_with("//")), "{what}: {location}");
    assert!(!answer.status.is_server_error(), "{what}: {}", answer.status);
}

/// What the form sends with the mark, or a number with the mark, in whatever is typed.
fn filled(form: &PageForm, text: &str) -> String {
    let mut sent = form_urlencoded::Serializer::new(String::new());
    for control in &form.controls {
        let value = if control.is_typed { text } else { control.value.as_str() };
        sent.append_pair(&control.name, value);
    }
    sent.finish()
}

#[tokio::test]
async fn nothing_that_was_typed_stands_in_an_address() {
    let fixture = with_inbox().await;
    let (cookie, ids) = people(&fixture).await;
    let own = |request| with(request, "cookie", &cookie);
    let fill = |path: &str| ids.iter().fold(path.to_owned(), |path, (name, id)| path.replace(name, id));
    let pages: BTreeSet<String> = server::router::listing()
        .into_iter()
        .filter(|(method, _)| method == "GET")
        .map(|(_, path)| fill(&path))
        .collect();
    let (mut sent, mut fields) = (BTreeSet::new(), 0);
    for page in pages.iter().filter(|path| !path.contains('{') && !path.ends_with("/live")) {
        let shown = send(&fixture.app, own(get(page))).await;
        for form in forms(&shown.body) {
            let typed: Vec<&str> = form.typed();
            if form.method != "post" {
                // What is ticked is one of our own words.
                assert!(
                    typed.is_empty() || SEARCHES.contains(&form.action.as_str()),
                    "{page}: {} puts {typed:?} into an address",
                    form.action
                );
                continue;
            }
            // Once for each form, and not what would take something away from those that come after.
            if ["/sign-out", "/discard"].iter().any(|end| form.action.ends_with(end))
                || !sent.insert(form.action.clone())
            {
                continue;
            }
            fields += typed.len();
            for text in [MARK, &format!("{MARK}\r\nX-Evil: 1"), &format!("{EVIL}?{MARK}"), &format!("//{MARK}")] {
                let request = own(with(post(&form.action, filled(&form, text)), "referer", EVIL));
                let answer = send(&fixture.app, request).await;
                without_mark(&format!("{page}: {}", form.action), &answer);
                let next = answer.header("location");
                if next.starts_with('/') {
                    let shown = send(&fixture.app, own(get(next))).await;
                    without_mark(next, &shown);
                }
            }
        }
    }
    assert!(sent.iter().any(|action| action.starts_with("/me/")), "{sent:?}");
    assert!(sent.len() > 8 && fields > 8, "{fields} fields: {sent:?}");
}

#[tokio::test]
async fn a_server_function_that_was_not_understood_says_nothing_of_what_was_sent() {
    let fixture = with_inbox().await;
    let (cookie, _) = people(&fixture).await;
    for (_, path) in server::router::listing().into_iter().filter(|(_, path)| path.starts_with("/api/")) {
        for body in [format!("id={MARK}&number={MARK}&code={MARK}&page={MARK}"), format!("{MARK}[[=1"), MARK.to_owned()]
        {
            let request = with(with(post(&path, body), "cookie", &cookie), "referer", EVIL);
            let answer = send(&fixture.app, request).await;
            without_mark(&path, &answer);
            assert!(!answer.status.is_redirection(), "{path}");
        }
    }
}
