//! A question about a row of the audit goes to the auditor, who answers it once.

use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::{Entries, Given, check};
use domain::looks::{WAITING_MAX, question_form};
use uuid::Uuid;

use super::PATH;
use super::mine::Mine;
use super::store::{self, AuditRow, QuestionRow};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker};
use crate::said::{good, said};
use crate::service::Service;
use crate::vault::{AUDIT_QUESTION_ANSWER, AUDIT_QUESTION_WORDS};

/// So many are listed for the auditor.
const LISTED: u64 = 50;

/// Asks about a row.
///
/// # Errors
/// [`Error::NotFound`] for a row that is about nothing of the resident's.
pub async fn ask(
    service: &Service,
    visitor: &Visitor,
    (chain, seq): (i32, i64),
    entries: Entries,
) -> Result<Moved, Error> {
    let mine = Mine::of(service, visitor).await?;
    let row = mine.row(service, chain, seq).await?;
    let given = Given { today: service.today(), ..Given::default() };
    let answers = match check(&question_form(), &entries, &given) {
        Ok(answers) => answers,
        Err(findings) => {
            let flash = Flash { entries, findings, ..Flash::default() };
            return said(service, visitor, flash, format!("{PATH}/{chain}/{seq}")).await;
        }
    };
    if store::waiting_of(&service.db.read, mine.resident).await? >= WAITING_MAX as u64 {
        return Err(Error::Refused("您还有好几个问题在等答复，等答复了再问。".to_owned()));
    }
    let id = Uuid::now_v7();
    let question = QuestionRow {
        id,
        resident_id: mine.resident,
        chain,
        seq,
        case_id: row.case_id,
        draft_id: row.draft_id,
        words: service.vault.seal(AUDIT_QUESTION_WORDS.of(id), answers.get("words"))?,
        asked_at: service.clock.now(),
        answered_at: None,
        answered_by: None,
        answer: None,
    };
    let entry = about(Entry::by(visitor, Plain::AskedAboutLook), &row);
    audited!(service, entry, |tx| { store::question_insert(tx, question.clone()).await })?;
    said(service, visitor, good("您的问题已经交给审计人员，答复会写在这里。"), PATH).await
}

fn about(mut entry: Entry, row: &AuditRow) -> Entry {
    if let Some(case) = row.case_id {
        entry = entry.case(case);
    }
    match row.draft_id {
        Some(draft) => entry.draft(draft),
        None => entry,
    }
}

/// A question as the auditor reads it.
#[derive(Clone, Debug)]
pub struct Question {
    pub id: Uuid,
    /// What it is about.
    pub row: Option<AuditRow>,
    pub words: String,
    pub asked: String,
    /// Empty while it waits.
    pub answer: String,
}

/// Those that wait first. Whoever calls it has asked whether the worker is the auditor, and records the look.
///
/// # Errors
/// When the database does not answer.
pub async fn questions(service: &Service) -> Result<Vec<Question>, Error> {
    let mut questions = Vec::new();
    for row in store::questions(&service.db.read, LISTED).await? {
        let answer = match &row.answer {
            Some(sealed) => service.vault.open(AUDIT_QUESTION_ANSWER.of(row.id), sealed)?,
            None => String::new(),
        };
        questions.push(Question {
            words: service.vault.open(AUDIT_QUESTION_WORDS.of(row.id), &row.words)?,
            id: row.id,
            row: store::row(&service.db.read, row.chain, row.seq).await?,
            asked: crate::words::time(row.asked_at),
            answer,
        });
    }
    Ok(questions)
}

/// Answers a question, once. Whoever calls it has asked whether the worker is the auditor.
///
/// # Errors
/// [`Error::Conflict`] when it was answered before.
pub async fn answer(service: &Service, worker: &Worker, id: Uuid, words: &str) -> Result<(), Error> {
    let row = store::question_fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    let words: String = domain::text::clean(words).chars().take(domain::looks::WORDS_MAX).collect();
    if words.is_empty() {
        return Err(Error::Refused("请写清楚答复。".to_owned()));
    }
    let sealed = service.vault.seal(AUDIT_QUESTION_ANSWER.of(id), &words)?;
    let mut entry = Entry::worker(worker, Plain::AnsweredLook);
    if let Some(case) = row.case_id {
        entry = entry.case(case);
    }
    let now = service.clock.now();
    audited!(service, entry, |tx| {
        if store::question_answer(tx, id, (worker.id, sealed.clone()), now).await? {
            Ok(())
        } else {
            Err(Error::Conflict("这个问题已经答复过了。".to_owned()))
        }
    })
}
