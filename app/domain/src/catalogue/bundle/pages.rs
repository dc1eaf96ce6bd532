//! In which order the questions of a merged form are asked, and on which pages.

use std::collections::{BTreeMap, BTreeSet};

use super::head;
use super::questions::own_key;
use crate::catalogue::consents::CONSENTS;
use crate::catalogue::pages::{DELIVERY, MATERIALS};
use crate::forms::{Definition, Field, Page, references};

/// The page with which every item's own pages end.
const PROMISE: &str = "promise";
/// What every item asks for at the end stands on one page for all.
const LAST: [&str; 4] = [PROMISE, CONSENTS, DELIVERY, MATERIALS];

/// A question with where it comes from.
pub(super) struct Asking {
    pub field: Field,
    /// Several items have it, or could.
    pub is_shared: bool,
    /// The item whose words it has.
    pub code: String,
    /// That item's place among the chosen ones.
    pub rank: usize,
    /// That item's page.
    pub page: Page,
}

struct Sheet {
    page: Page,
    rank: usize,
    /// The item whose page it is, when it is one's alone.
    code: Option<String>,
    /// How many questions that item's page has.
    whole: usize,
}

/// First what several items ask, then each item's own questions, then promises, results and materials; but nothing
/// before what it depends on. With it, the item of each page that is one's alone.
pub(super) fn arrange(asking: Vec<Asking>, faults: &mut Vec<String>) -> (Definition, BTreeMap<String, String>) {
    let mut sheets = sheets(asking);
    sheets.sort_by_key(|sheet| sheet.rank);
    for sheet in &mut sheets {
        settle(&mut sheet.page.fields);
    }
    let mut ordered: Vec<Sheet> = Vec::new();
    while !sheets.is_empty() {
        let open: BTreeSet<String> = sheets.iter().flat_map(|sheet| keys(&sheet.page)).collect();
        let ready = sheets.iter().position(|sheet| {
            let own = keys(&sheet.page);
            looked_at(&sheet.page).iter().all(|key| own.contains(key) || !open.contains(key))
        });
        if ready.is_none() {
            let circle: Vec<&str> = sheets.iter().map(|sheet| sheet.page.key.as_str()).collect();
            faults.push(format!("the pages {} depend on each other", circle.join(", ")));
        }
        let sheet = sheets.remove(ready.unwrap_or(0));
        ordered.push(sheet);
    }
    let of_page = ordered.iter().filter_map(|sheet| Some((sheet.page.key.clone(), sheet.code.clone()?))).collect();
    (Definition { pages: ordered.into_iter().map(|sheet| sheet.page).collect() }, of_page)
}

fn sheets(asking: Vec<Asking>) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for one in asking {
        let last = LAST.iter().position(|key| *key == one.page.key);
        let (key, rank, code) = match last {
            Some(at) => (one.page.key.clone(), 1_000 + at, None),
            None if one.is_shared => (one.page.key.clone(), 0, None),
            None => (own_key(&one.code, &one.page.key), 1 + one.rank, Some(one.code)),
        };
        match sheets.iter_mut().find(|sheet| sheet.page.key == key) {
            Some(sheet) => sheet.page.fields.push(one.field),
            None => {
                let whole = one.page.fields.len();
                let page = Page { key, when: None, fields: vec![one.field], ..one.page };
                sheets.push(Sheet { page, rank, code, whole });
            }
        }
    }
    // What is said of an item's page is said of all its questions: where some stand elsewhere, it misleads.
    let rest = sheets.iter_mut().filter(|sheet| sheet.code.is_some() && sheet.page.fields.len() < sheet.whole);
    rest.for_each(|sheet| sheet.page.intro.clear());
    sheets
}

/// On one page, too, nothing stands before what it depends on.
fn settle(fields: &mut Vec<Field>) {
    let mut open = std::mem::take(fields);
    while !open.is_empty() {
        let keys: Vec<String> = open.iter().map(|field| field.key.clone()).collect();
        let waits = |field: &Field| {
            references(field).iter().map(|path| head(path)).any(|key| key != field.key && keys.iter().any(|k| k == key))
        };
        let ready = open.iter().position(|field| !waits(field)).unwrap_or(0);
        fields.push(open.remove(ready));
    }
}

fn keys(page: &Page) -> BTreeSet<String> {
    page.fields.iter().map(|field| field.key.clone()).collect()
}

fn looked_at(page: &Page) -> BTreeSet<String> {
    page.fields.iter().flat_map(references).map(|path| head(&path).to_owned()).collect()
}
