//! The catalogue: items in memory, found by subject, person, life event and words.

mod events;
mod guide;
pub mod read;
mod revisions;
mod search;
mod store;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::cases::CheckView;
use domain::catalogue::{
    AUDIENCES, CATEGORIES, CertificateList, Facet, Item, ItemBrief, ItemGuide, ItemListing, LIFE_EVENTS, LifeEvent,
    facet_name,
};
use domain::forms::{Definition, Entries, Given, check};

use crate::db::Db;
use crate::error::Error;
use crate::ports::Clock;
pub use events::Whole;
use revisions::InForce;
use search::CertificateIndex;

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

/// All revisions of all items. There are some hundred: they are kept in memory.
pub struct Catalogue {
    clock: Arc<dyn Clock>,
    held: RwLock<Held>,
    certificates: CertificateIndex,
    events: Vec<LifeEvent>,
}

struct Held {
    revisions: HashMap<(String, i32), Arc<Revision>>,
    in_force: Arc<InForce>,
}

impl Catalogue {
    /// `clock` says which revision of an item is in force.
    ///
    /// # Errors
    /// When the database does not answer or holds an item that cannot be read.
    pub async fn load(db: &Db, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        let revisions = revisions::load(db).await?;
        let in_force = Arc::new(InForce::of(&revisions, today(&*clock)));
        let certificates = CertificateIndex::of(crate::seed::certificates()?);
        let events = crate::seed::life_events()?;
        Ok(Self { clock, held: RwLock::new(Held { revisions, in_force }), certificates, events })
    }

    /// Takes in what was published since. Returns whether there was something.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub async fn refresh(&self, db: &Db) -> Result<bool, Error> {
        let known = self.held.read().unwrap_or_else(PoisonError::into_inner).revisions.len();
        // Revisions are only ever added.
        if store::items_count(&db.read).await? == known {
            return Ok(false);
        }
        let revisions = revisions::load(db).await?;
        let in_force = Arc::new(InForce::of(&revisions, today(&*self.clock)));
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Held { revisions, in_force };
        Ok(true)
    }

    /// What is in force today: looked up anew on the day on which something begins.
    fn in_force(&self) -> Arc<InForce> {
        let today = today(&*self.clock);
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        if held.in_force.is_of(today) {
            return held.in_force.clone();
        }
        drop(held);
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.in_force = Arc::new(InForce::of(&held.revisions, today));
        held.in_force.clone()
    }

    pub fn len(&self) -> usize {
        self.in_force().list.len()
    }

    /// Several items ask a question of this key: it means the same everywhere.
    pub fn is_shared(&self, key: &str) -> bool {
        self.in_force().shared.contains(key)
    }

    /// The fewest years for which a case of any item is kept.
    pub fn shortest_retention(&self) -> u32 {
        self.in_force().shortest_retention
    }

    pub fn is_empty(&self) -> bool {
        self.in_force().list.is_empty()
    }

    pub fn revision(&self, code: &str, number: i32) -> Option<Arc<Revision>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.revisions.get(&(code.to_owned(), number)).cloned()
    }

    /// The revision in force; the code may be typed in small letters.
    pub fn latest(&self, code: &str) -> Option<Arc<Revision>> {
        self.in_force().find(&code.to_ascii_uppercase())
    }

    /// What communities must not be asked for, with where to go instead.
    pub fn certificates(&self) -> &CertificateList {
        &self.certificates.list
    }

    /// Items by words, subject, person or life event; all of them when nothing is asked for.
    pub fn list(&self, query: &str, category: &str, audience: &str, event: &str) -> ItemListing {
        let query: String = domain::text::clean(query).chars().take(QUERY_MAX).collect();
        let wanted = |item: &Item| {
            (category.is_empty() || item.category == category)
                && (audience.is_empty() || item.audience.iter().any(|key| key == audience))
                && (event.is_empty() || item.life_events.iter().any(|key| key == event))
        };
        let in_force = self.in_force();
        let found: Vec<&Arc<Revision>> = if query.is_empty() {
            in_force.list.iter().collect()
        } else {
            in_force.index.search(&query).into_iter().filter_map(|at| in_force.list.get(at)).collect()
        };
        let items = found.into_iter().filter(|revision| wanted(&revision.item)).map(|r| r.brief()).collect();
        let named = |list: &[Facet], key: &str| facet_name(list, key).map(str::to_owned);
        let title = named(CATEGORIES, category)
            .or_else(|| named(AUDIENCES, audience))
            .or_else(|| named(LIFE_EVENTS, event))
            .unwrap_or_default();
        let certificates = self.certificates.search(&query);
        let events = if query.is_empty() && !event.is_empty() { self.event_list(event) } else { Vec::new() };
        ItemListing { events, title, query, items, total: in_force.list.len(), certificates }
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

fn today(clock: &dyn Clock) -> chrono::NaiveDate {
    domain::cases::local_day(clock.now())
}
