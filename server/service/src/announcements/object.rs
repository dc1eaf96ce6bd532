//! Somebody says something against an announcement: anybody may, named or not.

use domain::announcements::{contact_fault, objection_form};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::{Entries, Finding, Given, check};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::board::visible;
use super::store::{self, ObjectionRow};
use crate::audit::{Entry, audited};
use crate::cases::store::case_touch;
use crate::desk::ABOUT;
use crate::error::Error;
use crate::identity::{Moved, Visitor, session_of, set_flash};
use crate::service::Service;
use crate::vault::{OBJECTION_ANSWER, OBJECTION_CONTACT, OBJECTION_WORDS};

/// Takes an objection. What is wrong with it is said on the page, with all that was typed.
///
/// # Errors
/// [`Error::NotFound`] when the announcement is over or never was; [`Error::Busy`] after too many from one address.
pub async fn object(service: &Service, visitor: &Visitor, id: &str, entries: Entries) -> Result<Moved, Error> {
    let row = visible(service, id).await?;
    let about = row.id.to_string();
    let flash = match checked(service, &entries) {
        Ok(answers) => {
            service.limits.objection(visitor.address, service.clock.now())?;
            let entry = Entry::by(visitor, Plain::Objected).case(row.case_id);
            audited!(service, entry, |tx| { insert(service, tx, (row.id, row.case_id), &answers).await })?;
            let entries = [(ABOUT, about.as_str())].into_iter().collect();
            let message = "您的意见收到了，办这件事的工作人员会去核实。".to_owned();
            Flash { entries, message, good: true, ..Flash::default() }
        }
        Err(findings) => {
            let mut kept = Entries::default();
            for key in ["words", "contact"] {
                kept.take_from(&entries, key);
            }
            kept.set(ABOUT, about.as_str());
            Flash { entries: kept, findings, ..Flash::default() }
        }
    };
    let (session, new_session) = session_of(service, visitor).await?;
    set_flash(service, &session, &flash).await?;
    Ok(Moved::with(format!("/announcements/{about}"), new_session))
}

fn checked(service: &Service, entries: &Entries) -> Result<Entries, Vec<Finding>> {
    let given = Given { today: service.today(), ..Given::default() };
    let contact = contact_fault(entries.get("contact"))
        .map(|fault| Finding { path: "contact".to_owned(), message: fault.to_owned() });
    match (check(&objection_form(), entries, &given), contact) {
        (Ok(answers), None) => Ok(answers),
        (answers, contact) => Err(answers.err().into_iter().flatten().chain(contact).collect()),
    }
}

async fn insert(
    service: &Service,
    tx: &DatabaseTransaction,
    (announcement, case): (Uuid, Uuid),
    answers: &Entries,
) -> Result<(), Error> {
    let now = service.clock.now();
    // Whoever ends the announcement at the same moment waits, or counts anew: none is lost.
    case_touch(tx, case, now).await?;
    let row = store::visible_one(tx, announcement, service.today()).await?.ok_or(Error::NotFound)?;
    let (id, vault) = (Uuid::now_v7(), &service.vault);
    let row = ObjectionRow {
        id,
        announcement_id: row.id,
        case_id: row.case_id,
        words: vault.seal(OBJECTION_WORDS.of(id), answers.get("words"))?,
        contact: vault.seal(OBJECTION_CONTACT.of(id), answers.get("contact"))?,
        at: now,
        answer: vault.seal(OBJECTION_ANSWER.of(id), "")?,
        upheld: None,
        settled_at: None,
    };
    store::object(tx, row).await
}
