//! A draft whose item has changed goes on with the revision in force: what was typed stays, what changed is told.

use std::sync::Arc;

use domain::cases::DraftNews;
use domain::catalogue::{diff, pages_to_answer};
use domain::forms::REST;

use super::draft::{Draft, read_json, write_json};
use super::store::{self, DraftRow};
use crate::catalogue::Revision;
use crate::db::transact;
use crate::error::Error;
use crate::service::Service;

/// The draft as it goes on, and whether it was carried over just now.
pub(super) async fn carried(service: &Service, row: DraftRow) -> Result<(DraftRow, bool), Error> {
    if newer(service, &row).is_none() {
        return Ok((row, false));
    }
    transact!(service.db, |tx| {
        let row = store::draft_lock(tx, row.id).await?.ok_or(Error::NotFound)?;
        // Another tab may have been quicker.
        let Some((old, new)) = newer(service, &row) else { return Ok((row, false)) };
        let row = carry(row, &old, &new)?;
        store::draft_carry(tx, &row).await?;
        Ok((row, true))
    })
}

/// The draft's revision and the one in force, when that is newer. What corrects a case keeps the case's.
fn newer(service: &Service, row: &DraftRow) -> Option<(Arc<Revision>, Arc<Revision>)> {
    if row.case_id.is_some() || row.correction_of.is_some() {
        return None;
    }
    let new = service.catalogue.latest(&row.item_code).filter(|revision| revision.number > row.item_revision)?;
    // An item that is not applied for here any more: what was begun may be finished.
    let old = service.catalogue.revision(&row.item_code, row.item_revision).filter(|_| new.item.has_form())?;
    Some((old, new))
}

fn carry(mut row: DraftRow, old: &Revision, new: &Revision) -> Result<DraftRow, Error> {
    let mut news: DraftNews = row.news.as_deref().map(read_json).transpose()?.unwrap_or_default();
    news.changes.extend(diff(&old.item, &new.item));
    let mut keys = pages_to_answer(&old.form, &new.form);
    keys.extend(news.pages.iter().map(|(key, _)| key.clone()));
    let asked = new.form.pages.iter().filter(|page| page.key != REST);
    news.pages =
        asked.filter(|page| keys.contains(&page.key)).map(|page| (page.key.clone(), page.title.clone())).collect();
    // Nothing is called missing on a page that was right before it got new questions.
    let mut attempted: Vec<String> = serde_json::from_str(&row.attempted).unwrap_or_default();
    attempted.retain(|key| !keys.contains(key));
    row.attempted = write_json(&attempted)?;
    if new.form.page(&row.page).is_none() {
        row.page = new.form.pages.first().map(|page| page.key.clone()).unwrap_or_default();
    }
    row.news = stored(&news)?;
    row.item_revision = new.number;
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
