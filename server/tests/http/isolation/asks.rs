//! What browsers ask for, and what an answer may hold.

use std::collections::BTreeSet;

use super::known::canary;
use super::people::{Person, body_of};

/// One request, and of whom the answer may tell.
#[derive(Clone)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub body: String,
    pub cookie: String,
    pub json: bool,
    pub of: BTreeSet<usize>,
    /// Must stand in an answer that succeeds.
    pub holds: Option<String>,
    /// What the answer must be, to the byte.
    pub is: Option<Vec<u8>>,
}

impl Ask {
    pub fn get(person: &Person, path: String) -> Self {
        Self {
            method: "GET",
            path,
            body: String::new(),
            cookie: format!("tb_session={}", person.token),
            json: false,
            of: [person.index].into(),
            holds: Some(canary(person.index)),
            is: None,
        }
    }

    fn post(person: &Person, path: String, body: String) -> Self {
        Self { method: "POST", body, holds: None, ..Self::get(person, path) }
    }

    /// A server function.
    fn call(person: &Person, path: &str, body: String) -> Self {
        Self { json: true, holds: Some(canary(person.index)), ..Self::post(person, format!("/api/{path}"), body) }
    }

    fn holding(self, text: impl Into<String>) -> Self {
        Self { holds: Some(text.into()), ..self }
    }

    /// By another's cookie. Of the owner, only what stands in the request itself may come back.
    fn by(self, other: &Person) -> Self {
        let cookie = format!("tb_session={}", other.token);
        Self { cookie, of: [other.index].into(), holds: None, is: None, ..self }
    }
}

const PAGES: [&str; 3] = ["applicant", "residence", "account"];

/// Everything that somebody does at home.
pub fn own(person: &Person) -> Vec<Ask> {
    let (draft, number) = (&person.draft, &person.number);
    let mut asks: Vec<Ask> =
        PAGES.iter().map(|page| Ask::get(person, format!("/drafts/{draft}/pages/{page}"))).collect();
    for page in PAGES {
        let saved = Ask::post(person, format!("/drafts/{draft}/pages/{page}"), body_of(person.index, page));
        asks.extend([saved.clone(), Ask { json: true, ..saved }]);
        asks.push(Ask::call(person, "forms/page", format!("id={draft}&page={page}")));
    }
    asks.extend([
        Ask::get(person, format!("/drafts/{draft}/review")),
        Ask::call(person, "forms/review", format!("id={draft}")),
        Ask::get(person, format!("/cases/{number}")),
        Ask::call(person, "cases/track", format!("number={number}")),
        Ask::get(person, "/".to_owned()).holding(number),
        Ask::call(person, "residents/home", String::new()).holding(number),
        Ask::get(person, format!("/notices/{}", person.notice)),
        Ask::call(person, "notices/fetch", format!("id={}", person.notice)),
        Ask { holds: None, is: Some(person.picture.clone()), ..Ask::get(person, format!("/files/{}", person.file)) },
        // A form that comes back with what was typed: kept with the session, shown by the page after.
        Ask::post(person, "/track".to_owned(), format!("number={}&tail=0000", canary(person.index))),
        Ask { holds: None, ..Ask::get(person, "/track?again=1".to_owned()) },
        Ask { holds: None, ..Ask::call(person, "forms/flash", String::new()) },
    ]);
    asks
}

/// What somebody tries with another's addresses.
pub fn prying(person: &Person, other: &Person) -> Vec<Ask> {
    let ids = [&person.draft, &person.number, &person.notice, &person.file];
    let names = |ask: &Ask| ids.iter().any(|id| ask.path.contains(*id) || ask.body.contains(*id));
    own(person).into_iter().filter(names).map(|ask| ask.by(other)).collect()
}

/// A worker with a case at hand.
pub fn at_the_desk(person: &Person, desk: &str) -> Vec<Ask> {
    let number = &person.number;
    let asks =
        [Ask::get(person, format!("/desk/cases/{number}")), Ask::call(person, "desk/case", format!("number={number}"))];
    asks.map(|ask| Ask { cookie: format!("tb_desk={desk}"), ..ask }).into()
}
