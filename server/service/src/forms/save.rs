//! Saving a page: whatever was typed is kept, right or wrong; the answer says where to go on.

use domain::areas;
use domain::audit::Plain;
use domain::forms::{ENTRIES_MAX, ENTRY_LENGTH_MAX, Entries, Field, Kind, REST, accepts, check_page, path, shown};

use uuid::Uuid;

use super::draft::{Draft, may_open_row, path_of_sent, write_json};
use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Visitor};
use crate::service::Service;
use crate::vault::DRAFT_ENTRIES;

/// The name under which a button says what it wants: `next` (or nothing), `stay`, `later`, `add:GROUP`,
/// `remove:GROUP:INDEX`, `take:WHAT` (see [`super::take`]).
const DO: &str = "_do";
/// The name under which the form says which questions it showed, joined by commas.
const SHOWN: &str = "_shown";

/// Saves what was posted from a page.
///
/// The next page is opened when nothing is to be put right. Otherwise the same page again, with its findings; or
/// without them, when the answers brought up questions that the form without script could not show.
///
/// # Errors
/// [`Error::NotFound`] for a draft or a page that is not there for this visitor.
pub async fn save_page(
    service: &Service,
    visitor: &Visitor,
    id: &str,
    key: &str,
    posted: &[(String, String)],
) -> Result<Moved, Error> {
    let mut tries = 0;
    loop {
        // Another tab saved between our look and our lock: this page is laid over what it left.
        match save_once(service, visitor, id, key, posted).await {
            Err(Error::Conflict(_)) if tries < 5 => tries += 1,
            Ok(moved) => {
                return match wish(posted).strip_prefix("take:") {
                    // What was typed beside it is kept first.
                    Some(what) => super::take(service, visitor, id, key, what).await,
                    None => Ok(moved),
                };
            }
            Err(fault) => return Err(fault),
        }
    }
}

fn wish(posted: &[(String, String)]) -> &str {
    posted.iter().find(|(name, _)| name == DO).map_or("next", |(_, value)| value.as_str())
}

async fn save_once(
    service: &Service,
    visitor: &Visitor,
    id: &str,
    key: &str,
    posted: &[(String, String)],
) -> Result<Moved, Error> {
    let mut draft = Draft::open(service, visitor, id).await?;
    if let Some(path) = path_of_sent(service, &draft.row).await? {
        // A page from the browser's history, after submission: show the receipt instead of an error.
        return Ok(Moved::to(path));
    }
    let Some(page) = draft.form.page(key).filter(|page| page.key != REST) else {
        // The page is not asked any more: go on where the draft was carried to.
        return if draft.row.news.is_some() {
            Ok(Moved::to(draft.path(&draft.row.page)))
        } else {
            Err(Error::NotFound)
        };
    };
    let fields = page.fields.clone();
    let wish = wish(posted);
    let mut entries = draft.entries.clone();
    lay_over(service, &mut entries, &fields, posted);
    change_groups(&mut entries, &fields, wish);
    if entries.len() > ENTRIES_MAX {
        return Err(Error::Refused("填写的内容太多了，请删掉一些再试。".to_owned()));
    }
    draft.entries = entries;
    let onward = onward(service, &draft, key, wish, posted);
    let mut attempted = draft.attempted();
    if onward.attempted && !attempted.iter().any(|k| k == key) {
        attempted.push(key.to_owned());
    }
    let entries = service.vault.write(DRAFT_ENTRIES.of(draft.row.id), &draft.entries)?;
    let attempted = write_json(&attempted)?;
    let answered = onward.attempted && draft.findings(service, key).is_empty();
    let news = draft.news_after(key, answered)?;
    let now = service.clock.now();
    audited!(service, Entry::by(visitor, Plain::SavedPage).draft(draft.row.id), |tx| {
        let row = store::draft_lock(tx, draft.row.id).await?.ok_or(Error::NotFound)?;
        if row.case_id.is_some() || row.version != draft.row.version {
            return Err(Error::Conflict("内容在别处刚改过，请刷新后再看。".to_owned()));
        }
        store::draft_save(tx, row.id, (entries.clone(), attempted.clone(), news.clone()), &onward.page, now).await
    })?;
    Ok(Moved::to(onward.location))
}

/// Replaces the page's entries by those posted. Names that the page does not ask for are thrown away.
fn lay_over(service: &Service, entries: &mut Entries, fields: &[Field], posted: &[(String, String)]) {
    for field in fields.iter().filter(|field| field.kind.is_typed()) {
        entries.remove(&field.key);
        for (name, value) in posted.iter().filter(|(name, _)| accepts(field, name)) {
            let value: String = value.chars().take(ENTRY_LENGTH_MAX).collect();
            entries.push(name.clone(), domain::text::clean(&value));
        }
        settle(service, entries, field);
    }
}

/// Group counts stay in their limits; of three lists of areas the deepest that exists is kept.
fn settle(service: &Service, entries: &mut Entries, field: &Field) {
    match &field.kind {
        Kind::Group { fields, max, min, .. } => {
            let count = entries.count(&field.key).clamp(*min, *max);
            entries.set(field.key.clone(), count.to_string());
            for index in 0..count {
                for sub in fields {
                    settle_area(service, entries, sub, &format!("{}.{index}.{}", field.key, sub.key));
                }
            }
        }
        _ => settle_area(service, entries, field, &field.key),
    }
}

fn settle_area(service: &Service, entries: &mut Entries, field: &Field, here: &str) {
    let at = match field.kind {
        Kind::Area { .. } => here.to_owned(),
        Kind::Address => path(here, "area"),
        _ => return,
    };
    let known = entries.all(&at).iter().map(String::as_str).filter(|code| service.areas.exists(code));
    let deepest = areas::deepest(known).map(|code| service.areas.area_now(code).to_owned());
    entries.remove(&at);
    if let Some(code) = deepest {
        entries.set(at, code);
    }
}

fn change_groups(entries: &mut Entries, fields: &[Field], wish: &str) {
    let group = |key: &str| {
        fields.iter().find(|field| field.key == key).and_then(|field| match field.kind {
            Kind::Group { min, max, .. } => Some((min, max)),
            _ => None,
        })
    };
    if let Some(key) = wish.strip_prefix("add:")
        && let Some((_, max)) = group(key)
    {
        let count = entries.count(key);
        entries.set(key, (count + 1).min(max).to_string());
    }
    if let Some((key, index)) = wish.strip_prefix("remove:").and_then(|rest| rest.split_once(':'))
        && let (Some((min, _)), Ok(index)) = (group(key), index.parse())
    {
        entries.remove_item(key, index);
        if entries.count(key) < min {
            entries.set(key, min.to_string());
        }
    }
}

struct Onward {
    location: String,
    /// The page to remember as the one to go on with.
    page: String,
    /// From now on the page shows its findings.
    attempted: bool,
}

fn onward(service: &Service, draft: &Draft, key: &str, wish: &str, posted: &[(String, String)]) -> Onward {
    let stay = |location: String, attempted| Onward { location, page: key.to_owned(), attempted };
    if wish == "later" {
        return stay("/".to_owned(), false);
    }
    if let Some(group) = wish.strip_prefix("add:") {
        let last = draft.entries.count(group).saturating_sub(1);
        return stay(format!("{}#group-{group}-{last}", draft.path(key)), false);
    }
    if wish == "stay" || wish.starts_with("remove:") || wish.starts_with("take:") {
        return stay(draft.path(key), false);
    }
    if brought_up_questions(draft, key, posted) {
        return stay(format!("{}?more=1", draft.path(key)), false);
    }
    if !check_page(&draft.form, key, &draft.entries, &draft.given(service)).is_empty() {
        return stay(draft.path(key), true);
    }
    let keys = draft.page_keys();
    let next = keys.iter().position(|k| k == key).and_then(|index| keys.get(index + 1));
    let location = next.map_or_else(|| draft.review_path(), |next| draft.path(next));
    Onward { location, page: next.cloned().unwrap_or_else(|| key.to_owned()), attempted: true }
}

/// Whether the answers ask for more on this page than the form had shown.
fn brought_up_questions(draft: &Draft, key: &str, posted: &[(String, String)]) -> bool {
    let Some((_, seen)) = posted.iter().find(|(name, _)| name == SHOWN) else { return false };
    let seen: Vec<&str> = seen.split(',').collect();
    let (list, _) = shown(&draft.form, &draft.entries, draft.day);
    list.iter().filter(|item| item.page.key == key).any(|item| !seen.contains(&item.path.as_str()))
}

/// Throws a draft away with its files.
///
/// # Errors
/// [`Error::NotFound`] for a draft that is not there for this visitor or was submitted.
pub async fn discard(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let row = store::draft_fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    if !may_open_row(service, visitor, &row).await? {
        return Err(Error::NotFound);
    }
    let blobs = audited!(service, Entry::by(visitor, Plain::DiscardedDraft).draft(id), |tx| {
        let row = store::draft_lock(tx, id).await?.ok_or(Error::NotFound)?;
        // Submitted meanwhile: the papers belong to the case.
        if row.case_id.is_some() {
            return Err(Error::NotFound);
        }
        store::draft_delete(tx, id).await
    })?;
    for blob in blobs {
        service.blobs.delete(blob).await?;
    }
    Ok(Moved::to("/"))
}
