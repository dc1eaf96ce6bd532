//! In which order the questions of a merged form are asked, and on which pages.

use std::collections::{BTreeMap, BTreeSet};

use super::head;
use super::questions::own_key;
use crate::catalogue::pages::{DELIVERY, MATERIALS};
use crate::forms::{Definition, Field, Kind, Page, references};

/// The page with which every item's own pages end.
const PROMISE: &str = "promise";
/// What every item asks for at the end stands on one page for all.
const LAST: [&str; 3] = [PROMISE, DELIVERY, MATERIALS];

/// So many questions of an item may stand on one page that were on several.
const TOGETHER: usize = 7;

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
}

/// First what several items ask, then each item's own questions, then promises, results and materials; but nothing
/// before what it depends on. With it, the item of each page that is one's alone.
/// `name`: what an item is called.
pub(super) fn arrange(
    asking: Vec<Asking>,
    name: &dyn Fn(&str) -> String,
    faults: &mut Vec<String>,
) -> (Definition, BTreeMap<String, String>) {
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
        match ordered.last_mut().filter(|last| fit_together(last, &sheet)) {
            Some(last) => put_together(last, sheet, name),
            None => ordered.push(sheet),
        }
    }
    let of_page = ordered.iter().filter_map(|sheet| Some((sheet.page.key.clone(), sheet.code.clone()?))).collect();
    (Definition { pages: ordered.into_iter().map(|sheet| sheet.page).collect() }, of_page)
}

/// What is left of an item's pages without the questions that others ask too is little: it is put together.
fn fit_together(last: &Sheet, next: &Sheet) -> bool {
    let fields = last.page.fields.iter().chain(&next.page.fields);
    let is_plain = |field: &Field| !matches!(field.kind, Kind::Group { .. } | Kind::Address | Kind::Person { .. });
    last.code.is_some() && last.code == next.code && fields.clone().count() <= TOGETHER && fields.clone().all(is_plain)
}

fn put_together(last: &mut Sheet, next: Sheet, name: &dyn Fn(&str) -> String) {
    last.page.title = last.code.as_deref().map(name).unwrap_or_default();
    if !next.page.intro.is_empty() && last.page.intro != next.page.intro {
        last.page.intro = format!("{}{}", last.page.intro, next.page.intro);
    }
    last.page.fields.extend(next.page.fields);
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
                let page = Page { key, when: None, fields: vec![one.field], ..one.page };
                sheets.push(Sheet { page, rank, code });
            }
        }
    }
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
