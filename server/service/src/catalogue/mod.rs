//! The catalogue: items in memory, found by subject, person, life event and words.

mod guide;
pub mod read;
mod search;
mod store;

use std::collections::HashMap;
use std::sync::Arc;

use domain::cases::CheckView;
use domain::catalogue::{
    AUDIENCES, CATEGORIES, Facet, Item, ItemBrief, ItemGuide, ItemListing, LIFE_EVENTS, facet_name,
};
use domain::forms::{Definition, Entries, Given, check};

use crate::db::Db;
use crate::error::Error;
use search::Index;

/// The longest search that is looked at, in characters.
const QUERY_MAX: usize = 60;

/// One revision of an item, with its form.
pub struct Revision {
    pub number: i32,
    pub item: Item,
    pub form: Definition,
}

impl Revision {
    pub fn brief(&self) -> ItemBrief {
        let item = &self.item;
        ItemBrief {
            code: item.code.clone(),
            name: item.name.clone(),
            everyday: item.everyday.clone(),
            summary: item.summary.clone(),
            has_form: item.has_form(),
            case_kind: item.case_kind,
            promised_days: item.promised_days,
            promised_unit: item.promised_unit,
        }
    }
}

/// All revisions of all items. Read at the start; there are some hundred.
pub struct Catalogue {
    revisions: HashMap<(String, i32), Arc<Revision>>,
    /// The newest revision of each item, by code.
    latest: Vec<Arc<Revision>>,
    index: Index,
}

impl Catalogue {
    /// # Errors
    /// When the database does not answer or holds an item that cannot be read.
    pub async fn load(db: &Db) -> Result<Self, Error> {
        let mut items = Vec::new();
        for row in store::items_all(&db.read).await? {
            let item = serde_json::from_str(&row.content)
                .map_err(|error| Error::internal(&format!("item {} revision {}", row.code, row.revision), error))?;
            items.push((row.revision, item));
        }
        Ok(Self::of(items))
    }

    /// From revision numbers and items.
    pub fn of(items: Vec<(i32, Item)>) -> Self {
        let mut revisions = HashMap::new();
        let mut latest: HashMap<String, Arc<Revision>> = HashMap::new();
        for (number, item) in items {
            let revision = Arc::new(Revision { number, form: item.definition(), item });
            let code = revision.item.code.clone();
            revisions.insert((code.clone(), number), revision.clone());
            let newest = latest.entry(code).or_insert_with(|| revision.clone());
            if newest.number < number {
                *newest = revision;
            }
        }
        let mut latest: Vec<Arc<Revision>> = latest.into_values().collect();
        latest.sort_by(|a, b| a.item.code.cmp(&b.item.code));
        let index = Index::of(latest.iter().map(|revision| &revision.item));
        Self { revisions, latest, index }
    }

    pub fn len(&self) -> usize {
        self.latest.len()
    }

    pub fn is_empty(&self) -> bool {
        self.latest.is_empty()
    }

    pub fn revision(&self, code: &str, number: i32) -> Option<Arc<Revision>> {
        self.revisions.get(&(code.to_owned(), number)).cloned()
    }

    /// The newest revision; the code may be typed in small letters.
    pub fn latest(&self, code: &str) -> Option<Arc<Revision>> {
        let code = code.to_ascii_uppercase();
        let at = self.latest.binary_search_by(|revision| revision.item.code.as_str().cmp(&code)).ok()?;
        self.latest.get(at).cloned()
    }

    /// Items by words, subject, person or life event; all of them when nothing is asked for.
    pub fn list(&self, query: &str, category: &str, audience: &str, event: &str) -> ItemListing {
        let query: String = domain::text::clean(query).chars().take(QUERY_MAX).collect();
        let wanted = |item: &Item| {
            (category.is_empty() || item.category == category)
                && (audience.is_empty() || item.audience.iter().any(|key| key == audience))
                && (event.is_empty() || item.life_events.iter().any(|key| key == event))
        };
        let found: Vec<&Arc<Revision>> = if query.is_empty() {
            self.latest.iter().collect()
        } else {
            self.index.search(&query).into_iter().filter_map(|at| self.latest.get(at)).collect()
        };
        let items = found.into_iter().filter(|revision| wanted(&revision.item)).map(|r| r.brief()).collect();
        let named = |list: &[Facet], key: &str| facet_name(list, key).map(str::to_owned);
        let title = named(CATEGORIES, category)
            .or_else(|| named(AUDIENCES, audience))
            .or_else(|| named(LIFE_EVENTS, event))
            .unwrap_or_default();
        ItemListing { title, query, items, total: self.latest.len() }
    }

    /// The guide page of an item.
    ///
    /// # Errors
    /// [`Error::NotFound`]
    pub fn guide(&self, code: &str) -> Result<ItemGuide, Error> {
        self.latest(code).map(|revision| guide::guide(&revision)).ok_or(Error::NotFound)
    }

    /// The eligibility check with what was answered so far.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an item without one.
    pub fn check(
        &self,
        code: &str,
        answers: &[(String, String)],
        today: chrono::NaiveDate,
    ) -> Result<CheckView, Error> {
        let revision = self.latest(code).ok_or(Error::NotFound)?;
        let eligibility = revision.item.eligibility.as_ref().ok_or(Error::NotFound)?;
        let definition = eligibility.definition();
        let asked = |name: &str| eligibility.questions.iter().any(|field| domain::forms::accepts(field, name));
        let entries: Entries =
            answers.iter().filter(|(name, _)| asked(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
        let given = Given { today, ..Given::default() };
        let (findings, outlook) = if entries.is_empty() {
            (Vec::new(), None)
        } else {
            match check(&definition, &entries, &given) {
                Ok(answers) => (Vec::new(), Some(eligibility.outlook(&answers, today))),
                Err(findings) => (findings, None),
            }
        };
        Ok(CheckView { item: revision.brief(), definition, entries, findings, outlook, today })
    }
}
