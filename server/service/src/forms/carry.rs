//! A draft whose item has changed goes on with the revision in force: what was typed stays, what changed is told.

use std::sync::Arc;

use domain::audit::Plain;
use domain::cases::DraftNews;
use domain::catalogue::{diff, pages_to_answer};
use domain::forms::{Definition, REST};

use super::draft::{Draft, parts_of, read_json, write_json};
use super::store::{self, DraftRow};
use crate::audit::{Entry, audited};
use crate::catalogue::Revision;
use crate::error::Error;
use crate::service::Service;

/// The draft as it goes on, and whether it was carried over just now.
pub(super) async fn carried(service: &Service, row: DraftRow) -> Result<(DraftRow, bool), Error> {
    if newer(service, &row)?.is_none() {
        return Ok((row, false));
    }
    audited!(service, Entry::system(Plain::CarriedDraft).draft(row.id), |tx| {
        let row = store::draft_lock(tx, row.id).await?.ok_or(Error::NotFound)?;
        // Another tab may have been quicker.
        let Some(newer) = newer(service, &row)? else { return Ok((row, false)) };
        let row = carry(row, &newer)?;
        store::draft_carry(tx, &row).await?;
        Ok((row, true))
    })
}

/// A draft's items in the revisions that it was filled in with, and in those in force; with both forms.
struct Newer {
    items: Vec<(Arc<Revision>, Arc<Revision>)>,
    forms: (Definition, Definition),
}

/// None when there is nothing newer. What corrects a case keeps the case's revision.
fn newer(service: &Service, row: &DraftRow) -> Result<Option<Newer>, Error> {
    if row.case_id.is_some() || row.correction_of.is_some() {
        return Ok(None);
    }
    let pair = |(code, number): &(String, i32)| {
        let old = service.catalogue.revision(code, *number)?;
        // An item that is not applied for here any more: what was begun may be finished.
        let new = service.catalogue.latest(code).filter(|new| new.number > *number && new.item.has_form());
        Some((old.clone(), new.unwrap_or(old)))
    };
    let parts = parts_of(row)?;
    let Some(items) = parts.iter().map(pair).collect::<Option<Vec<_>>>() else { return Ok(None) };
    if items.iter().all(|(old, new)| old.number == new.number) {
        return Ok(None);
    }
    let forms = match &row.event {
        Some(key) => {
            let form = |parts: &[(String, i32)]| service.catalogue.whole(key, parts).map(|whole| whole.merged.form);
            (form(&parts)?, form(&numbers(&items))?)
        }
        None => (items[0].0.form.clone(), items[0].1.form.clone()),
    };
    Ok(Some(Newer { items, forms }))
}

/// Codes and revisions in force.
fn numbers(items: &[(Arc<Revision>, Arc<Revision>)]) -> Vec<(String, i32)> {
    items.iter().map(|(_, new)| (new.item.code.clone(), new.number)).collect()
}

fn carry(mut row: DraftRow, newer: &Newer) -> Result<DraftRow, Error> {
    let (old, new) = &newer.forms;
    let mut news: DraftNews = row.news.as_deref().map(read_json).transpose()?.unwrap_or_default();
    news.changes.extend(newer.items.iter().flat_map(|(old, new)| diff(&old.item, &new.item)));
    let mut keys = pages_to_answer(old, new);
    keys.extend(news.pages.iter().map(|(key, _)| key.clone()));
    let asked = new.pages.iter().filter(|page| page.key != REST);
    news.pages =
        asked.filter(|page| keys.contains(&page.key)).map(|page| (page.key.clone(), page.title.clone())).collect();
    // Nothing is called missing on a page that was right before it got new questions.
    let mut attempted: Vec<String> = serde_json::from_str(&row.attempted).unwrap_or_default();
    attempted.retain(|key| !keys.contains(key));
    row.attempted = write_json(&attempted)?;
    if new.page(&row.page).is_none() {
        row.page = new.pages.first().map(|page| page.key.clone()).unwrap_or_default();
    }
    row.news = stored(&news)?;
    let numbers = numbers(&newer.items);
    row.item_revision = numbers.first().map_or(row.item_revision, |(_, number)| *number);
    if row.event.is_some() {
        row.parts = Some(write_json(&numbers)?);
    }
    row.version += 1;
    Ok(row)
}

fn stored(news: &DraftNews) -> Result<Option<String>, Error> {
    if *news == DraftNews::default() { Ok(None) } else { write_json(news).map(Some) }
}

impl Draft {
    /// What the resident has to be told.
    pub(super) fn news(&self) -> Result<Option<DraftNews>, Error> {
        self.row.news.as_deref().map(read_json).transpose()
    }

    /// What is still to be told after a page was sent: the changes were read, unless they happened just now; the
    /// page, when it was `answered`, is done.
    pub(super) fn news_after(&self, page: &str, answered: bool) -> Result<Option<String>, Error> {
        let Some(mut news) = self.news()? else { return Ok(None) };
        if !self.carried_now {
            news.changes.clear();
        }
        news.pages.retain(|(key, _)| !answered || key != page);
        stored(&news)
    }
}
