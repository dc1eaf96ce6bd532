//! What of the audit is about a resident: own cases, the drafts that they were made of, drafts, and the account.

use std::collections::HashMap;

use uuid::Uuid;

use super::About;
use super::store::{self, AuditRow};
use crate::error::Error;
use crate::forms::store::{drafts_behind, drafts_of_ids};
use crate::identity::{Visitor, session_hashes, subjects};
use crate::residents::open_cases;
use crate::service::Service;

/// So many of each are looked at, the last first.
const MOST: u64 = 200;

pub(super) struct Mine {
    pub resident: Uuid,
    pub about: About,
    /// Browsers in which the drafts were begun, before anybody signed in.
    begun: Vec<String>,
    /// What each case and draft is called.
    names: HashMap<Uuid, String>,
    /// What became of drafts.
    became: HashMap<Uuid, Uuid>,
}

impl Mine {
    pub async fn of(service: &Service, visitor: &Visitor) -> Result<Self, Error> {
        let resident = visitor.resident()?.id;
        let db = &service.db.read;
        let cases = open_cases(service, visitor, MOST).await?;
        let ids: Vec<Uuid> = cases.iter().map(|case| case.id).collect();
        let mut drafts = drafts_behind(db, ids.clone()).await?;
        drafts.extend(drafts_of_ids(db, subjects(service, visitor, "draft", MOST).await?).await?);
        let item = |code: &str, number: i32| {
            service.catalogue.revision(code, number).map(|found| found.item.everyday.clone()).unwrap_or_default()
        };
        let mut names = HashMap::new();
        for draft in &drafts {
            names.insert(draft.id, item(&draft.item_code, draft.item_revision));
        }
        for case in &cases {
            let name = format!("{}（{}）", item(&case.item_code, case.item_revision), case.number);
            names.insert(case.draft_id, name.clone());
            names.insert(case.id, name);
        }
        let became = cases.iter().map(|case| (case.draft_id, case.id)).collect();
        let mut actors = session_hashes(service, resident).await?;
        actors.push(resident.to_string());
        let about = About { cases: ids, drafts: drafts.into_iter().map(|draft| draft.id).collect(), actors };
        let begun = store::begun(db, &about.drafts).await?;
        Ok(Self { resident, about, begun, names, became })
    }

    /// Somebody else did it: a worker, or who came by the receipt.
    pub fn is_other(&self, row: &AuditRow) -> bool {
        row.actor_kind != "system" && !self.about.actors.contains(&row.actor) && !self.begun.contains(&row.actor)
    }

    pub fn name_of(&self, row: &AuditRow) -> String {
        let subject = row.case_id.or(row.draft_id);
        subject.and_then(|id| self.names.get(&id).cloned()).unwrap_or_default()
    }

    /// The case or draft that a row is about: papers are looked at in the draft that the case was made of.
    pub fn matter_of(&self, row: &AuditRow) -> Option<Uuid> {
        row.case_id.or_else(|| row.draft_id.map(|draft| self.became.get(&draft).copied().unwrap_or(draft)))
    }

    /// Under which ids rows about the same matter stand.
    pub fn ids_of(&self, row: &AuditRow) -> Vec<Uuid> {
        let matter = self.matter_of(row);
        let drafts = self.became.iter().filter(|(_, case)| Some(**case) == matter).map(|(draft, _)| *draft);
        matter.into_iter().chain(drafts).collect()
    }

    /// The row, if it is about this resident.
    pub async fn row(&self, service: &Service, chain: i32, seq: i64) -> Result<AuditRow, Error> {
        let row = store::row(&service.db.read, chain, seq).await?.ok_or(Error::NotFound)?;
        let about = row.case_id.is_some_and(|id| self.about.cases.contains(&id))
            || row.draft_id.is_some_and(|id| self.about.drafts.contains(&id))
            || self.about.actors.contains(&row.actor);
        if about { Ok(row) } else { Err(Error::NotFound) }
    }
}
