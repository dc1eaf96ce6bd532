//! Who has looked at a resident's data, when, in which office and why: the rows of the audit about it, and questions
//! about them that go to the auditor.

mod ask;
mod mine;
mod store;
mod visit;

use std::collections::HashMap;

use domain::audit::Plain;
use domain::looks::{LookEntry, LooksView};
use uuid::Uuid;

pub use ask::{Question, answer, ask, questions};

use self::mine::Mine;
use self::store::{AuditRow, QuestionRow};
use self::visit::{hour_of, visits};
use crate::audit::{Entry, look};
use crate::error::Error;
use crate::identity::Visitor;
use crate::said::told;
use crate::service::Service;

const PATH: &str = "/me/looks";
/// So many rows stand on a page.
const PAGE: u64 = 100;

/// What was done with the resident's data. `before`: where the page begins, from [`LooksView::next`].
///
/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn list(service: &Service, visitor: &Visitor, before: &str) -> Result<LooksView, Error> {
    let mine = Mine::of(service, visitor).await?;
    look(service, Entry::by(visitor, Plain::SawLooks)).await?;
    let mut rows = store::about(&service.db.read, &mine.about, Place::read(before), PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| Place::of(row).write()).unwrap_or_default();
    let asked = store::questions_of(&service.db.read, mine.resident).await?;
    let asked: HashMap<(i32, i64), QuestionRow> =
        asked.into_iter().map(|question| ((question.chain, question.seq), question)).collect();
    let mut view = LooksView { next, flash: told(service, visitor, PATH).await?, ..LooksView::default() };
    for visit in visits(service, &mine, rows).await? {
        let by_others = visit.rows.first().is_some_and(|row| mine.is_other(row));
        let entry = visit.entry(service, &mine, &asked)?;
        if by_others { view.others.push(entry) } else { view.own.push(entry) }
    }
    Ok(view)
}

/// The visit that a row is of, to ask about it.
///
/// # Errors
/// [`Error::NotFound`] for a row that is about nothing of the resident's.
pub async fn one(service: &Service, visitor: &Visitor, chain: i32, seq: i64) -> Result<LooksView, Error> {
    let mine = Mine::of(service, visitor).await?;
    let row = mine.row(service, chain, seq).await?;
    let rows = store::beside(&service.db.read, &row, &mine.ids_of(&row), hour_of(&row)).await?;
    let visits = visits(service, &mine, rows).await?;
    let visit = visits.iter().find(|visit| visit.rows.contains(&row)).ok_or(Error::NotFound)?;
    let entry = LookEntry { chain, seq, ..visit.entry(service, &mine, &HashMap::new())? };
    let flash = told(service, visitor, &format!("{PATH}/{chain}/{seq}")).await?;
    Ok(LooksView { others: vec![entry], flash, ..LooksView::default() })
}

/// A place in the order: the last first, and of one moment by chain and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    micros: i64,
    chain: i32,
    seq: i64,
}

impl Place {
    fn of(row: &AuditRow) -> Self {
        Self { micros: row.at.timestamp_micros(), chain: row.chain, seq: row.seq }
    }

    fn write(self) -> String {
        format!("{}.{}.{}", self.micros, self.chain, self.seq)
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let mut part = || parts.next()?.parse::<i64>().ok();
        Some(Self { micros: part()?, chain: i32::try_from(part()?).ok()?, seq: part()? })
    }
}

/// Ids of the cases and drafts whose rows are shown, and the actors who are the resident.
#[derive(Clone, Debug, Default)]
struct About {
    cases: Vec<Uuid>,
    drafts: Vec<Uuid>,
    actors: Vec<String>,
}
