//! One page of a draft, with all that the browser needs.

use std::collections::BTreeMap;

use domain::areas;
use domain::audit::Plain;
use domain::cases::{AreaLists, DraftPage};
use domain::forms::{Entries, Kind, normalise, path, shown, slice};

use super::draft::Draft;
use super::known;
use crate::areas::AreaRegister;
use crate::audit::{Entry, look};
use crate::error::Error;
use crate::identity::Visitor;
use crate::service::Service;

/// The page of this key.
///
/// # Errors
/// [`Error::NotFound`] for a draft or a page that is not there for this visitor.
pub async fn page(service: &Service, visitor: &Visitor, id: &str, key: &str) -> Result<DraftPage, Error> {
    let draft = Draft::open(service, visitor, id).await?;
    look(service, Entry::by(visitor, Plain::SawDraft).draft(draft.row.id)).await?;
    if draft.row.case_id.is_some() {
        return Err(Error::Refused("这份表已经提交了，不能再改。可以在“查进度”里看办到哪一步。".to_owned()));
    }
    let keys = draft.page_keys();
    // A page that was open when its item changed may not be asked any more.
    let gone = draft.row.news.is_some() && !keys.iter().any(|other| other == key);
    let key = keys.first().filter(|_| gone).map_or(key, String::as_str);
    let index = keys.iter().position(|other| other == key).ok_or(Error::NotFound)?;
    // Other pages' hidden answers must not be seen by this page's conditions; this page's own stay as typed.
    let mut entries = normalise(&draft.form, &draft.entries, draft.day);
    for field in draft.form.page(key).map(|page| page.fields.as_slice()).unwrap_or_default() {
        entries.remove(&field.key);
        entries.take_from(&draft.entries, &field.key);
    }
    let (definition, mut entries) = slice(&draft.form, key, &entries).ok_or(Error::NotFound)?;
    let findings = if draft.attempted().iter().any(|k| k == key) { draft.findings(service, key) } else { Vec::new() };
    Ok(DraftPage {
        id: draft.row.id.to_string(),
        item: draft.revision.brief(),
        event: draft.event_view(),
        key: key.to_owned(),
        number: index + 1,
        count: keys.len(),
        previous: index.checked_sub(1).map(|before| keys[before].clone()),
        areas: area_lists(service, &draft, key, &mut entries),
        definition,
        entries,
        findings,
        given: draft.given(service),
        files: draft.files_by_path(service)?,
        at_window: draft.at_window(),
        news: draft.news()?,
        offers: known::offered(service, visitor, &draft, key).await?,
        correction: draft.correction,
    })
}

/// The lists of every area question on the page, also of one that is not shown yet: script may show it at once.
fn area_lists(service: &Service, draft: &Draft, key: &str, entries: &mut Entries) -> BTreeMap<String, AreaLists> {
    let mut out = BTreeMap::new();
    let (list, _) = shown(&draft.form, &draft.entries, draft.day);
    for item in list.iter().filter(|item| item.page.key == key) {
        insert_lists(&mut out, service, &item.field.kind, &item.path, entries);
    }
    for field in draft.form.page(key).map(|page| page.fields.as_slice()).unwrap_or_default() {
        insert_lists(&mut out, service, &field.kind, &field.key, entries);
    }
    out
}

/// What was merged since it was chosen is shown as what it is now: the lists offer nothing else.
fn insert_lists(
    out: &mut BTreeMap<String, AreaLists>,
    service: &Service,
    kind: &Kind,
    here: &str,
    entries: &mut Entries,
) {
    let at = match kind {
        Kind::Area { .. } => here.to_owned(),
        Kind::Address => path(here, "area"),
        _ => return,
    };
    let chosen = entries.get(&at).to_owned();
    let now = service.areas.area_now(&chosen);
    if now != chosen {
        entries.set(at.clone(), now);
    }
    let lists = lists(&service.areas, now);
    out.entry(at).or_insert(lists);
}

fn lists(register: &AreaRegister, chosen: &str) -> AreaLists {
    use areas::AreaLevel::{District, Street};
    let below = |level| areas::at_level(chosen, level).map(|code| register.children(code)).unwrap_or_default();
    AreaLists { districts: register.districts(), streets: below(District), communities: below(Street) }
}
