//! Rows of one visit: what one person did with one matter, for one reason, within an hour, is one line for the resident.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::audit::Deed;
use domain::looks::{LookEntry, LookQuestion, usual_reason};
use uuid::Uuid;

use super::mine::Mine;
use super::store::{AuditRow, QuestionRow};
use crate::audit::reasons;
use crate::error::Error;
use crate::service::Service;
use crate::vault::{AUDIT_QUESTION_ANSWER, AUDIT_QUESTION_WORDS};
use crate::words;

/// Its rows, the last first; never empty.
pub(super) struct Visit {
    pub rows: Vec<AuditRow>,
    why: String,
}

/// What rows of one visit have in common.
#[derive(PartialEq, Eq, Hash)]
struct Same {
    actor: String,
    office: String,
    matter: Option<Uuid>,
    hour: i64,
    why: String,
}

/// Of the clock, in any time zone of whole hours.
const HOUR: i64 = 3600;

/// The hour that a row is of: from, and before.
pub(super) fn hour_of(row: &AuditRow) -> (DateTime<Utc>, DateTime<Utc>) {
    let seconds = row.at.timestamp();
    let from = DateTime::from_timestamp(seconds - seconds.rem_euclid(HOUR), 0).unwrap_or(row.at);
    (from, from + TimeDelta::seconds(HOUR))
}

/// In the order of their last rows. `rows`: the last first.
pub(super) async fn visits(service: &Service, mine: &Mine, rows: Vec<AuditRow>) -> Result<Vec<Visit>, Error> {
    let said = reasons(service, rows.iter()).await?;
    let (mut visits, mut places) = (Vec::<Visit>::new(), HashMap::new());
    for row in rows {
        let usual = || Deed::from_key(&row.deed).map(|deed| usual_reason(deed, row.actor_kind == "worker").to_owned());
        let why = said.get(&(row.chain, row.seq)).cloned().or_else(usual).unwrap_or_default();
        let same = Same {
            actor: row.actor.clone(),
            office: row.office.clone(),
            matter: mine.matter_of(&row),
            hour: hour_of(&row).0.timestamp(),
            why: why.clone(),
        };
        let at = *places.entry(same).or_insert(visits.len());
        match visits.get_mut(at) {
            Some(visit) => visit.rows.push(row),
            None => visits.push(Visit { rows: vec![row], why }),
        }
    }
    Ok(visits)
}

impl Visit {
    pub fn entry(
        &self,
        service: &Service,
        mine: &Mine,
        questions: &HashMap<(i32, i64), QuestionRow>,
    ) -> Result<LookEntry, Error> {
        let (Some(last), Some(first)) = (self.rows.first(), self.rows.last()) else { return Err(Error::NotFound) };
        let mut deeds: Vec<&str> = Vec::new();
        for deed in self.rows.iter().rev().filter_map(|row| Deed::from_key(&row.deed)) {
            if !deeds.contains(&deed.words()) {
                deeds.push(deed.words());
            }
        }
        let asked = self.rows.iter().rev().filter_map(|row| questions.get(&(row.chain, row.seq)));
        Ok(LookEntry {
            chain: last.chain,
            seq: last.seq,
            time: self.time(first.at, last.at),
            datetime: last.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            who: who(service, mine, last),
            deed: deeds.join("、"),
            about: mine.name_of(last),
            why: self.why.clone(),
            asked: asked.map(|row| question(service, row)).collect::<Result<_, _>>()?,
        })
    }

    fn time(&self, first: DateTime<Utc>, last: DateTime<Utc>) -> String {
        let (begin, end) = (words::time(first), words::hour(last));
        let span = if begin.ends_with(&end) { begin } else { format!("{begin}到{end}") };
        match self.rows.len() {
            1 => span,
            count => format!("{span}，一共{count}次"),
        }
    }
}

fn question(service: &Service, row: &QuestionRow) -> Result<LookQuestion, Error> {
    let words = service.vault.open(AUDIT_QUESTION_WORDS.of(row.id), &row.words)?;
    let answer = row.answer.as_ref().map(|sealed| service.vault.open(AUDIT_QUESTION_ANSWER.of(row.id), sealed));
    Ok(LookQuestion { words, answer: answer.transpose()?.unwrap_or_default() })
}

fn who(service: &Service, mine: &Mine, row: &AuditRow) -> String {
    match row.actor_kind.as_str() {
        "worker" => service.areas.office_name(&row.office),
        "system" => "系统".to_owned(),
        _ if mine.is_other(row) => "别的手机或电脑（代办的人，或者有回执的人）".to_owned(),
        _ => "您自己".to_owned(),
    }
}
