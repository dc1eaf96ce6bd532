//! Who did or saw what. One row for each write and for each look at personal data, in the same transaction: no audit,
//! no action. The rows form chains of hashes, so that whoever changes one later is found out.
//!
//! Several chains, because on PostgreSQL many write at once and each transaction needs the end of a chain for itself.

mod chain;
mod checkpoint;
mod hash;
mod home;
mod line;
mod lines;
mod person;
mod questions;
mod search;
mod signing;
mod store;
mod unusual;
mod verify;
mod why;

use chrono::SubsecRound;
use domain::audit::Deed;
use domain::desk::Duty;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

pub use chain::Fault;
pub use checkpoint::{checkpoint, read_checkpoints};
pub use hash::Algorithm;
pub use home::home;
pub(crate) use person::remember;
pub use questions::answer;
pub use search::{found, search};
pub use signing::{PublicKey, SigningKey};
pub use unusual::looks_of_day;
pub use verify::{Verified, export, verify, verify_lines};
pub(crate) use why::reasons;

use crate::error::Error;
use crate::identity::{Visitor, Worker};
use crate::service::Service;

/// The worker who may read the audit. It shows who did what, and nothing of what stands in a case.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for every other worker: for them there is no such page.
fn auditor(visitor: &Visitor) -> Result<&Worker, Error> {
    let worker = visitor.worker()?;
    worker.must(Duty::Audit)?;
    Ok(worker)
}

/// What a row will say.
#[derive(Clone, Debug)]
pub struct Entry {
    actor_kind: &'static str,
    actor: String,
    office: String,
    deed: Deed,
    case: Option<Uuid>,
    draft: Option<Uuid>,
    why: Option<String>,
}

impl Entry {
    /// Done by the clock or by an administrator's command.
    pub fn system(deed: impl Into<Deed>) -> Self {
        Self {
            actor_kind: "system",
            actor: String::new(),
            office: String::new(),
            deed: deed.into(),
            case: None,
            draft: None,
            why: None,
        }
    }

    pub fn worker(worker: &Worker, deed: impl Into<Deed>) -> Self {
        Self::of_worker(worker.id, &worker.office, deed)
    }

    /// Done by a worker who has no session yet.
    pub fn of_worker(id: Uuid, office: &str, deed: impl Into<Deed>) -> Self {
        let (actor, office) = (id.to_string(), office.to_owned());
        Self { actor_kind: "worker", actor, office, ..Self::system(deed) }
    }

    /// Done in a resident's browser, whether anybody knows whose it is or not.
    pub fn session(session: &str, deed: impl Into<Deed>) -> Self {
        Self { actor_kind: "resident", actor: session.to_owned(), ..Self::system(deed) }
    }

    /// Done by a resident who signed in.
    pub fn resident(resident: Uuid, deed: impl Into<Deed>) -> Self {
        Self { actor_kind: "resident", actor: resident.to_string(), ..Self::system(deed) }
    }

    /// Done with a resident's session, by the account that is signed in there if there is one.
    pub fn by_session(visitor: &Visitor, session: &str, deed: impl Into<Deed>) -> Self {
        match &visitor.resident {
            Some(resident) => Self::resident(resident.id, deed),
            None => Self::session(session, deed),
        }
    }

    /// By whoever asks: a worker who is signed in acts as one.
    pub fn by(visitor: &Visitor, deed: impl Into<Deed>) -> Self {
        match (&visitor.worker, &visitor.resident) {
            (Some(worker), _) => Self::worker(worker, deed),
            (None, Some(resident)) => Self::resident(resident.id, deed),
            (None, None) => Self::session(visitor.session.as_deref().unwrap_or_default(), deed),
        }
    }

    pub fn case(self, case: Uuid) -> Self {
        Self { case: Some(case), ..self }
    }

    pub fn draft(self, draft: Uuid) -> Self {
        Self { draft: Some(draft), ..self }
    }

    /// In words of the program alone: what people type may hold personal data.
    pub fn because(self, why: impl Into<String>) -> Self {
        Self { why: Some(why.into()), ..self }
    }
}

impl From<Entry> for Vec<Entry> {
    fn from(entry: Entry) -> Self {
        vec![entry]
    }
}

/// The end of a chain, held by a transaction.
pub(crate) struct Held(store::HeadRow);

pub(crate) async fn claim(tx: &DatabaseTransaction) -> Result<Held, Error> {
    store::claim(tx).await.map(Held)
}

/// Adds rows at the end of the chain.
///
/// # Errors
/// [`Error::Internal`] without an entry: no audit, no action.
pub(crate) async fn append(
    service: &Service,
    tx: &DatabaseTransaction,
    Held(mut head): Held,
    entries: &[Entry],
) -> Result<(), Error> {
    if entries.is_empty() {
        return Err(Error::internal("a write", "without a row of the audit"));
    }
    for entry in entries {
        let row = row(&head, entry, service);
        (head.seq, head.hash) = (row.seq, row.hash.clone());
        store::insert(tx, row).await?;
    }
    head.proof = chain::head_proof(&service.keys, head.chain, head.seq, &head.hash);
    store::move_head(tx, head).await
}

fn row(head: &store::HeadRow, entry: &Entry, service: &Service) -> store::AuditRow {
    let mut row = store::AuditRow {
        chain: head.chain,
        seq: head.seq + 1,
        // As exactly as both engines keep it.
        at: service.clock.now().trunc_subsecs(6),
        actor_kind: entry.actor_kind.to_owned(),
        actor: entry.actor.clone(),
        office: entry.office.clone(),
        deed: entry.deed.key(),
        case_id: entry.case,
        draft_id: entry.draft,
        why: entry.why.clone(),
        hash: String::new(),
    };
    row.hash = hash::row_hash(service.settings.audit_hash, &head.hash, &row);
    row
}

/// `audited!(service, entry, |tx| { … Ok(value) })`: [`crate::db::transact`] with its row of the audit, or several from
/// a `Vec`. All writes of use cases go through it.
macro_rules! audited {
    ($service:expr, $entry:expr, |$tx:ident| $body:block) => {{
        let (service, entries): (&$crate::service::Service, Vec<$crate::audit::Entry>) = (&*$service, $entry.into());
        $crate::db::transact!(service.db, |transaction| {
            let held = $crate::audit::claim(transaction).await?;
            let $tx = transaction;
            let value = $crate::db::fallible(async { $body }).await?;
            $crate::audit::append(service, transaction, held, &entries).await?;
            Ok(value)
        })
    }};
}
pub(crate) use audited;

/// Records a look at personal data. To be called before it is read: without the row nothing is shown.
///
/// # Errors
/// When the row cannot be written.
pub(crate) async fn look(service: &Service, entries: impl Into<Vec<Entry>>) -> Result<(), Error> {
    audited!(service, entries, |_tx| { Ok(()) })
}
