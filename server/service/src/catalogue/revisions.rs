//! Which revision of an item counts: the newest of those that have begun.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::retention::years;

use super::search::Index;
use super::{Revision, store};
use crate::db::Db;
use crate::error::Error;
use crate::forms::shared_keys;

/// The catalogue on a day.
pub(super) struct InForce {
    /// One of each item that has begun, by code.
    pub list: Vec<Arc<Revision>>,
    pub index: Index,
    /// Keys of questions that several items ask.
    pub shared: BTreeSet<String>,
    /// The fewest years for which a case of any item is kept.
    pub shortest_retention: u32,
    from: NaiveDate,
    /// The day on which another revision begins.
    until: Option<NaiveDate>,
}

pub(super) async fn load(db: &Db) -> Result<HashMap<(String, i32), Arc<Revision>>, Error> {
    let mut revisions = HashMap::new();
    for row in store::items_all(&db.read).await? {
        let item: domain::catalogue::Item = serde_json::from_str(&row.content)
            .map_err(|error| Error::internal(&format!("item {} revision {}", row.code, row.revision), error))?;
        let revision = Revision { number: row.revision, form: item.definition(), item };
        revisions.insert((row.code, row.revision), Arc::new(revision));
    }
    Ok(revisions)
}

impl InForce {
    pub fn of(revisions: &HashMap<(String, i32), Arc<Revision>>, today: NaiveDate) -> Self {
        let begins = |revision: &Revision| revision.item.effective.filter(|day| *day > today);
        let until = revisions.values().filter_map(|revision| begins(revision)).min();
        let mut newest: BTreeMap<&str, &Arc<Revision>> = BTreeMap::new();
        for revision in revisions.values().filter(|revision| begins(revision).is_none()) {
            let counts = newest.entry(&revision.item.code).or_insert(revision);
            if counts.number < revision.number {
                *counts = revision;
            }
        }
        let list: Vec<Arc<Revision>> = newest.into_values().cloned().collect();
        let index = Index::of(list.iter().map(|revision| &revision.item));
        let shared = shared_keys(list.iter().map(|revision| &revision.form));
        let shortest_retention = list.iter().map(|revision| years(&revision.item)).min().unwrap_or(0);
        Self { list, index, shared, shortest_retention, from: today, until }
    }

    /// Whether it is still what counts.
    pub fn is_of(&self, today: NaiveDate) -> bool {
        self.from <= today && self.until.is_none_or(|until| today < until)
    }

    pub fn find(&self, code: &str) -> Option<Arc<Revision>> {
        let at = self.list.binary_search_by(|revision| revision.item.code.as_str().cmp(code)).ok()?;
        self.list.get(at).cloned()
    }
}
