//! Who has looked at a resident's data, when, in which office and why: the rows of the audit about it, and questions
//! about them that go to the auditor.

mod ask;
mod mine;
mod store;

use std::collections::HashMap;

use domain::audit::{Deed, Plain};
use domain::looks::{LookEntry, LooksView, usual_reason};
use uuid::Uuid;

pub use ask::{Question, answer, ask, questions};

use self::mine::Mine;
use self::store::{AuditRow, QuestionRow};
use crate::audit::{Entry, look, reasons};
use crate::error::Error;
use crate::identity::Visitor;
use crate::said::told;
use crate::service::Service;
use crate::vault::{AUDIT_QUESTION_ANSWER, AUDIT_QUESTION_WORDS};
use crate::words;

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
    let reasons = reasons(service, rows.iter()).await?;
    let mut view = LooksView { next, flash: told(service, visitor, PATH).await?, ..LooksView::default() };
    for row in rows {
        let by_others = mine.is_other(&row);
        let known = (asked.get(&(row.chain, row.seq)), reasons.get(&(row.chain, row.seq)));
        let entry = entry(service, &mine, &row, known)?;
        if by_others { view.others.push(entry) } else { view.own.push(entry) }
    }
    Ok(view)
}

/// One row, to ask about it.
///
/// # Errors
/// [`Error::NotFound`] for a row that is about nothing of the resident's.
pub async fn one(service: &Service, visitor: &Visitor, chain: i32, seq: i64) -> Result<LooksView, Error> {
    let mine = Mine::of(service, visitor).await?;
    let row = mine.row(service, chain, seq).await?;
    let reasons = reasons(service, std::iter::once(&row)).await?;
    let entry = entry(service, &mine, &row, (None, reasons.get(&(chain, seq))))?;
    let flash = told(service, visitor, &format!("{PATH}/{chain}/{seq}")).await?;
    Ok(LooksView { others: vec![entry], flash, ..LooksView::default() })
}

fn entry(
    service: &Service,
    mine: &Mine,
    row: &AuditRow,
    (question, reason): (Option<&QuestionRow>, Option<&String>),
) -> Result<LookEntry, Error> {
    let deed = Deed::from_key(&row.deed);
    let by_worker = row.actor_kind == "worker";
    let why = reason.cloned().or_else(|| deed.map(|deed| usual_reason(deed, by_worker).to_owned()));
    let (mut asked, mut answer) = (String::new(), String::new());
    if let Some(question) = question {
        asked = service.vault.open(AUDIT_QUESTION_WORDS.of(question.id), &question.words)?;
        if let Some(sealed) = &question.answer {
            answer = service.vault.open(AUDIT_QUESTION_ANSWER.of(question.id), sealed)?;
        }
    }
    Ok(LookEntry {
        chain: row.chain,
        seq: row.seq,
        time: words::time(row.at),
        datetime: row.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        who: who(service, mine, row),
        deed: deed.map(|deed| deed.words().to_owned()).unwrap_or_default(),
        about: mine.name_of(row),
        why: why.unwrap_or_default(),
        question: asked,
        answer,
    })
}

fn who(service: &Service, mine: &Mine, row: &AuditRow) -> String {
    match row.actor_kind.as_str() {
        "worker" => service.areas.office_name(&row.office),
        "system" => "系统".to_owned(),
        _ if mine.is_other(row) => "别的手机或电脑（代办的人，或者有回执的人）".to_owned(),
        _ => "您自己".to_owned(),
    }
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
