//! Rows of the audit in words.

use std::collections::{BTreeSet, HashMap};

use domain::audit::{AuditLine, Deed, Unusual};
use uuid::Uuid;

use super::store::{self, AuditRow};
use super::why::reasons;
use crate::cases::store::{CaseRow, cases_by_ids};
use crate::error::Error;
use crate::forms::store::cases_of_drafts;
use crate::service::Service;
use crate::words;

/// What rows speak of: names of workers, and the cases.
pub(super) struct Known {
    pub names: HashMap<String, String>,
    pub cases: HashMap<Uuid, CaseRow>,
    /// What drafts became.
    drafts: HashMap<Uuid, Uuid>,
}

impl Known {
    pub async fn of(service: &Service, rows: &[AuditRow]) -> Result<Self, Error> {
        let db = &service.db.read;
        let workers: BTreeSet<Uuid> =
            rows.iter().filter(|row| row.actor_kind == "worker").filter_map(|row| row.actor.parse().ok()).collect();
        let without_case = rows.iter().filter(|row| row.case_id.is_none());
        let drafts: BTreeSet<Uuid> = without_case.filter_map(|row| row.draft_id).collect();
        let drafts = cases_of_drafts(db, drafts.into_iter().collect()).await?;
        let cases: BTreeSet<Uuid> = rows.iter().filter_map(|row| row.case_id).chain(drafts.values().copied()).collect();
        let cases = cases_by_ids(db, cases.into_iter().collect()).await?;
        Ok(Self {
            names: store::names(db, &workers.into_iter().collect::<Vec<_>>()).await?,
            cases: cases.into_iter().map(|row| (row.id, row)).collect(),
            drafts,
        })
    }

    /// The case that a row is about.
    pub fn case(&self, row: &AuditRow) -> Option<&CaseRow> {
        let id = row.case_id.or_else(|| self.drafts.get(&row.draft_id?).copied())?;
        self.cases.get(&id)
    }

    /// Rows that are shown, each with what is unusual about it.
    pub async fn lines(&self, service: &Service, rows: &[(&AuditRow, Vec<Unusual>)]) -> Result<Vec<AuditLine>, Error> {
        let reasons = reasons(service, rows.iter().map(|(row, _)| *row)).await?;
        let why = |row: &AuditRow| reasons.get(&(row.chain, row.seq)).cloned().unwrap_or_default();
        Ok(rows.iter().map(|(row, unusual)| self.line(service, row, why(row), unusual.clone())).collect())
    }

    fn line(&self, service: &Service, row: &AuditRow, why: String, unusual: Vec<Unusual>) -> AuditLine {
        let who = match row.actor_kind.as_str() {
            "worker" => self.names.get(&row.actor).map_or("工作人员", String::as_str),
            "resident" => "居民",
            _ => "系统",
        };
        let deed = Deed::from_key(&row.deed).map(Deed::words).unwrap_or(&row.deed);
        AuditLine {
            time: words::time_of_year(row.at),
            who: who.to_owned(),
            office: if row.office.is_empty() { String::new() } else { service.areas.office_name(&row.office) },
            deed: deed.to_owned(),
            case: self.case(row).map(|case| case.number.clone()).unwrap_or_default(),
            why,
            unusual,
        }
    }
}
