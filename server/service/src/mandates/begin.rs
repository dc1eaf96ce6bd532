//! A helper begins an application in another's stead, under a mandate; a guardian in a child's.

use std::sync::Arc;

use domain::audit::Plain;
use domain::forms::Entries;
use domain::identity::mask_name;
use domain::mandates::Mandate;
use uuid::Uuid;

use super::list::{giver_name, held_rows, ward_name};
use super::store::{self, MandateRow};
use super::{GUARDIAN, is_helper, mandate_of};
use crate::audit::{Entry, audited};
use crate::catalogue::Revision;
use crate::error::Error;
use crate::forms::store::{DraftRow, draft_insert};
use crate::forms::{Chosen, event_row, first_page, new_row, parts_of, with_form};
use crate::identity::{BEGAN, MANDATE, Moved, Visitor, grant, hold, session_of};
use crate::residents::Account;
use crate::service::Service;
use crate::vault::{DRAFT_ENTRIES, MANDATE_WARD_ID_NUMBER};

/// Begins a draft for who gave the mandate. It is theirs too, from the first page on.
///
/// # Errors
/// [`Error::NotFound`] for a mandate that does not name the visitor; [`Error::Refused`] says why it does not allow it.
pub async fn begin(service: &Service, visitor: &Visitor, mandate: &str, code: &str) -> Result<Moved, Error> {
    let row = helpers(service, visitor, mandate).await?;
    let revision = with_form(service, code)?;
    must_permit(service, &row, std::slice::from_ref(&revision))?;
    insert(service, visitor, &row, new_row(service, &revision, "phone")?).await
}

/// The same for the chosen items of a life event. Without one of them the mandate is of no use for the whole.
///
/// # Errors
/// As [`begin`], and as [`crate::forms::begin_event`].
pub async fn begin_event(
    service: &Service,
    visitor: &Visitor,
    mandate: &str,
    (key, codes): (&str, &[String]),
) -> Result<Moved, Error> {
    let row = helpers(service, visitor, mandate).await?;
    let draft = match event_row(service, key, codes, "phone")? {
        Chosen::Again(query) => return Ok(Moved::to(format!("/events/{key}?{query}"))),
        Chosen::One(code) => return begin(service, visitor, mandate, &code).await,
        Chosen::Several(draft) => *draft,
    };
    let parts = parts_of(&draft)?.into_iter().map(|(code, _)| with_form(service, &code));
    must_permit(service, &row, &parts.collect::<Result<Vec<_>, _>>()?)?;
    insert(service, visitor, &row, draft).await
}

/// The mandate, if it names who asks.
async fn helpers(service: &Service, visitor: &Visitor, mandate: &str) -> Result<MandateRow, Error> {
    let id = Uuid::parse_str(mandate).map_err(|_| Error::NotFound)?;
    let row = store::fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    if is_helper(service, visitor, &row).await? { Ok(row) } else { Err(Error::NotFound) }
}

fn must_permit(service: &Service, row: &MandateRow, revisions: &[Arc<Revision>]) -> Result<(), Error> {
    let items = revisions.iter().map(|one| (one.item.code.as_str(), one.item.category.as_str()));
    let permitted = mandate_of(row)?.permits(items, service.today());
    permitted.map_err(|refusal| Error::Refused(refusal.message().to_owned()))
}

/// A draft that is the person's too, with all that is known.
async fn insert(service: &Service, visitor: &Visitor, row: &MandateRow, mut draft: DraftRow) -> Result<Moved, Error> {
    service.limits.draft(visitor.address, service.clock.now())?;
    let (session, new_session) = session_of(service, visitor).await?;
    draft.mandate_id = Some(row.id);
    let known = known(service, visitor, row).await?;
    draft.entries = service.vault.write(DRAFT_ENTRIES.of(draft.id), &known)?;
    let (path, now) = (first_page(&draft), service.clock.now());
    let helper = visitor.resident()?.id;
    let entry = Entry::by(visitor, Plain::BeganUnderMandate).draft(draft.id);
    audited!(service, entry, |tx| {
        draft_insert(tx, draft.clone()).await?;
        grant(tx, &session, "draft", draft.id, now).await?;
        hold(tx, helper, ("draft", draft.id), BEGAN, now).await?;
        if row.resident_id != helper {
            hold(tx, row.resident_id, ("draft", draft.id), MANDATE, now).await?;
        }
        Ok(())
    })?;
    Ok(Moved::with(path, new_session))
}

/// What is known of the person and of who fills in: nothing of it is asked again.
async fn known(service: &Service, visitor: &Visitor, row: &MandateRow) -> Result<Entries, Error> {
    let mut entries = Entries::default();
    entries.set("filled_by", "agent");
    let helper = Account::fetch(service, &service.db.read, visitor.resident()?.id).await?;
    enter(&mut entries, "agent", (&helper.name, &helper.id_number), &helper);
    person(service, row, &mut entries).await?;
    // What the forms ask knows no friends.
    let relation = if row.relation == "friend" { "other" } else { &row.relation };
    entries.set("agent_relation", relation);
    Ok(entries)
}

/// For whom it is: who gave the mandate, or the child, who is reached by the guardian's phone.
pub(super) async fn person(service: &Service, row: &MandateRow, entries: &mut Entries) -> Result<(), Error> {
    let giver = Account::fetch(service, &service.db.read, row.resident_id).await?;
    if row.kind != GUARDIAN {
        enter(entries, "applicant", (&giver.name, &giver.id_number), &giver);
        return Ok(());
    }
    let number = row.ward_id_number.as_ref();
    let number = number.map(|sealed| service.vault.open(MANDATE_WARD_ID_NUMBER.of(row.id), sealed)).transpose()?;
    enter(entries, "applicant", (&ward_name(service, row)?, &number.unwrap_or_default()), &giver);
    Ok(())
}

/// What is known of somebody who is reached by the phone of an account.
fn enter(entries: &mut Entries, at: &str, (name, id_number): (&str, &str), reached: &Account) {
    let phone = reached.phone.as_ref().map_or("", |phone| phone.as_str());
    for (part, text) in [("name", name), ("id_number", id_number), ("phone", phone)] {
        if !text.is_empty() {
            entries.set(format!("{at}.{part}"), text);
        }
    }
}

/// The mandates under which the visitor may begin this item: id, and for whom. Nothing for a stranger.
///
/// # Errors
/// When the database does not answer.
pub async fn held_for(service: &Service, visitor: &Visitor, code: &str) -> Result<Vec<(String, String)>, Error> {
    let Some(revision) = service.catalogue.latest(code) else { return Ok(Vec::new()) };
    let items = [(revision.item.code.as_str(), revision.item.category.as_str())];
    held(service, visitor, |mandate| mandate.permits(items, service.today()).is_ok()).await
}

/// Those that may be of use for something: what of a life event is chosen is not known yet.
///
/// # Errors
/// When the database does not answer.
pub async fn held_in_force(service: &Service, visitor: &Visitor) -> Result<Vec<(String, String)>, Error> {
    held(service, visitor, |mandate| mandate.in_force(service.today()).is_ok()).await
}

async fn held(
    service: &Service,
    visitor: &Visitor,
    fits: impl Fn(&Mandate) -> bool,
) -> Result<Vec<(String, String)>, Error> {
    let Some(resident) = &visitor.resident else { return Ok(Vec::new()) };
    let own = store::given_by(&service.db.read, resident.id).await?;
    let guardian = own.into_iter().filter(|row| row.kind == GUARDIAN);
    let mut list = Vec::new();
    for row in held_rows(service, visitor).await?.into_iter().chain(guardian) {
        if fits(&mandate_of(&row)?) {
            let name = match row.kind.as_str() {
                GUARDIAN => mask_name(&ward_name(service, &row)?),
                _ => giver_name(service, &row).await?,
            };
            list.push((row.id.to_string(), name));
        }
    }
    Ok(list)
}
