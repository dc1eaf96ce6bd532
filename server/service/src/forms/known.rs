//! What a page of a form offers of what the resident said or sent before, and taking it over by a tap.

use std::collections::{BTreeMap, BTreeSet};

use domain::audit::Plain;
use domain::cases::local_day;
use domain::consents::Sensitive;
use domain::documents::{DocumentOffer, Offers, is_valid};
use domain::forms::{Definition, Entries, Field, Kind, Page, display, may_offer, offers, path, shown};
use domain::identity::mask_id_number;
use uuid::Uuid;

use super::draft::{Draft, write_json};
use super::store::{self, FileRow};
use crate::audit::{Entry, audited};
use crate::cases::Record;
use crate::consents::kept_kinds;
use crate::documents::{as_file, documents_of, kind_at, may_keep, validity};
use crate::error::Error;
use crate::household::{Member, members};
use crate::identity::{Moved, Visitor};
use crate::residents::{Account, held_cases, may_be_offered};
use crate::service::Service;
use crate::vault::DRAFT_ENTRIES;
use crate::words;

/// So many earlier cases are looked through, the last first.
const CASES: u64 = 20;

/// An earlier application's answers that a page can take over.
struct Before {
    answers: Entries,
    source: String,
}

/// What is offered on a page. Nothing for who has not signed in, at a window, and under a mandate: what is known is the
/// helper's, not the person's.
pub(super) async fn offered(service: &Service, visitor: &Visitor, draft: &Draft, key: &str) -> Result<Offers, Error> {
    let (Some(resident), Some(page)) = (own(visitor, draft), draft.form.page(key)) else {
        return Ok(Offers::default());
    };
    let mut out = Offers::default();
    if let Some(before) = before(service, visitor, draft, page).await? {
        let area_name = |code: &str| service.areas.full_name(code);
        for field in &page.fields {
            let text = display(&draft.form, field, &field.key, &before.answers, draft.day, &area_name);
            if !text.is_empty() {
                out.answers.push((field.label.clone(), text));
            }
        }
        out.source = before.source;
    }
    for member in members(service, resident).await? {
        for (place, label) in places(draft, page) {
            let words = format!(
                "{label}：{}（{}，{}）",
                member.name,
                member.relation_name(),
                mask_id_number(&member.id_number)
            );
            out.members.push((format!("member:{}:{place}", member.id), words));
        }
    }
    let documents = documents_of(&service.db.read, resident).await?;
    let is_new = |file: &&FileRow| documents.iter().all(|document| document.blob != file.blob);
    let is_keepable = |file: &&FileRow| may_keep(draft, file) && is_new(file);
    out.keepable = draft.files.iter().filter(is_keepable).map(|file| file.id.to_string()).collect();
    for field in &page.fields {
        let Some((kind, _)) = kind_at(&draft.revisions(), &draft.form, &field.key) else { continue };
        if draft.files.iter().any(|file| file.path == field.key) {
            continue;
        }
        let fits = documents.iter().filter(|document| document.kind == kind);
        for document in fits.filter(|document| is_valid(document.valid_until, draft.day)) {
            let (what, path) = (format!("document:{}:{}", document.id, field.key), field.key.clone());
            let kept = words::time(document.kept_at);
            let words = format!("{}（{kept}存的，{}）", document.label, validity(document.valid_until, draft.day));
            out.documents.push(DocumentOffer { path, what, words });
        }
    }
    Ok(out)
}

/// The resident whose own form it is.
fn own(visitor: &Visitor, draft: &Draft) -> Option<Uuid> {
    let own = draft.row.worker_id.is_none() && draft.row.mandate_id.is_none() && draft.row.correction_of.is_none();
    visitor.resident.as_ref().filter(|_| own).map(|resident| resident.id)
}

/// The answers of the last application that has some for this page.
async fn before(service: &Service, visitor: &Visitor, draft: &Draft, page: &Page) -> Result<Option<Before>, Error> {
    let Some(resident) = own(visitor, draft) else { return Ok(None) };
    // Only what might be offered is looked for.
    let kept = kept_kinds(service, resident).await?;
    if !page.fields.iter().any(|field| may_offer(field, &kept)) {
        return Ok(None);
    }
    let db = &service.db.read;
    let account = Account::fetch(service, db, resident).await?;
    for (row, came) in held_cases(db, resident, CASES).await? {
        let Ok(record) = Record::of_row(service, db, row).await else { continue };
        if !may_be_offered(&account, &came, &record.answers) {
            continue;
        }
        let shared = |key: &str| service.catalogue.is_shared(key);
        let earlier = (&record.revision.form, &record.answers);
        let answers = offers(&page.fields, &draft.entries, earlier, &kept, &shared);
        if !answers.is_empty() {
            let day = words::day(local_day(record.case.submitted_at));
            return Ok(Some(Before { answers, source: format!("{}，{day}", record.revision.item.everyday) }));
        }
    }
    Ok(None)
}

/// Where on a page somebody of the household can be entered: the path of a person, or a group of people.
fn places(draft: &Draft, page: &Page) -> Vec<(String, String)> {
    let (list, _) = shown(&draft.form, &draft.entries, draft.day);
    let asked = |field: &Field| list.iter().any(|shown| shown.path == field.key);
    let mut out = Vec::new();
    for field in page.fields.iter().filter(|field| asked(field)) {
        match &field.kind {
            Kind::Person { .. } if draft.entries.get(&path(&field.key, "name")).is_empty() && !is_self(field) => {
                out.push((field.key.clone(), field.label.clone()));
            }
            Kind::Group { fields, max, .. } => {
                let person = fields.iter().find(|sub| matches!(sub.kind, Kind::Person { .. }));
                if person.is_some() && draft.entries.count(&field.key) < *max {
                    out.push((field.key.clone(), field.label.clone()));
                }
            }
            _ => {}
        }
    }
    out
}

/// The applicant and who fills in are not looked for in the household.
fn is_self(field: &Field) -> bool {
    matches!(field.key.as_str(), "agent")
}

/// Takes over what was offered. `what`: `answers`, `member:ID:PATH` or `document:ID:PATH`.
///
/// # Errors
/// [`Error::NotFound`] for what was not offered to this visitor.
pub async fn take(service: &Service, visitor: &Visitor, id: &str, key: &str, what: &str) -> Result<Moved, Error> {
    let draft = Draft::open(service, visitor, id).await?;
    let resident = own(visitor, &draft).ok_or(Error::NotFound)?;
    let page = draft.form.page(key).filter(|_| draft.row.case_id.is_none()).ok_or(Error::NotFound)?;
    let mut parts = what.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("answers"), ..) => {
            let before = before(service, visitor, &draft, page).await?.ok_or(Error::NotFound)?;
            let mut entries = draft.entries.clone();
            for (path, _) in before.answers.iter() {
                entries.take_from(&before.answers, path);
            }
            store_entries(service, visitor, &draft, &entries).await?;
        }
        (Some("member"), Some(member), Some(place)) => {
            let list = members(service, resident).await?;
            let member = list.iter().find(|one| one.id.to_string() == member).ok_or(Error::NotFound)?;
            if !places(&draft, page).iter().any(|(path, _)| path == place) {
                return Err(Error::NotFound);
            }
            let entries = with_member(&draft.form, &draft.entries, member, place);
            store_entries(service, visitor, &draft, &entries).await?;
        }
        (Some("document"), Some(document), Some(place)) => {
            let document = Uuid::parse_str(document).map_err(|_| Error::NotFound)?;
            super::files::check_place(&draft, place)?;
            let row = as_file(service, (resident, document), &draft, place).await?.ok_or(Error::NotFound)?;
            super::files::insert(service, Entry::by(visitor, Plain::TookKnown), &draft, row).await?;
        }
        _ => return Err(Error::NotFound),
    }
    Ok(Moved::to(draft.path(key)))
}

fn with_member(form: &Definition, entries: &Entries, member: &Member, place: &str) -> Entries {
    let mut entries = entries.clone();
    let group = match form.field(place).map(|field| &field.kind) {
        Some(Kind::Group { fields, .. }) => Some(fields),
        _ => None,
    };
    let mut at = place.to_owned();
    if let Some(fields) = group {
        let count = entries.count(place);
        let item = format!("{place}.{count}");
        entries.set(place, (count + 1).to_string());
        let person = fields.iter().find(|sub| matches!(sub.kind, Kind::Person { .. }));
        at = path(&item, person.map_or("", |field| field.key.as_str()));
        let asks_relation = fields.iter().find(|sub| sub.key == "relation").is_some_and(
            |sub| matches!(&sub.kind, Kind::OneOf { options } if options.iter().any(|o| o.value == member.relation)),
        );
        if asks_relation {
            entries.set(path(&item, "relation"), &*member.relation);
        }
    }
    entries.set(path(&at, "name"), &*member.name);
    entries.set(path(&at, "id_number"), &*member.id_number);
    entries
}

async fn store_entries(service: &Service, visitor: &Visitor, draft: &Draft, entries: &Entries) -> Result<(), Error> {
    let sealed = service.vault.write(DRAFT_ENTRIES.of(draft.row.id), entries)?;
    let (attempted, news) = (write_json(&draft.attempted())?, draft.row.news.clone());
    let now = service.clock.now();
    audited!(service, Entry::by(visitor, Plain::TookKnown).draft(draft.row.id), |tx| {
        let row = store::draft_lock(tx, draft.row.id).await?.ok_or(Error::NotFound)?;
        if row.case_id.is_some() || row.version != draft.row.version {
            return Err(Error::Conflict("内容在别处刚改过，请刷新后再看。".to_owned()));
        }
        let saved = (sealed.clone(), attempted.clone(), news.clone());
        store::draft_save(tx, row.id, saved, &draft.row.page, now).await
    })
}

/// Keys that several items ask for in the same words, see [`crate::catalogue::Catalogue::is_shared`].
pub(crate) fn shared_keys<'a>(forms: impl Iterator<Item = &'a Definition>) -> BTreeSet<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let nothing: BTreeSet<Sensitive> = Sensitive::ALL.into_iter().collect();
    for form in forms {
        for field in form.pages.iter().flat_map(|page| &page.fields).filter(|field| may_offer(field, &nothing)) {
            *seen.entry(&field.key).or_default() += 1;
        }
    }
    seen.into_iter().filter(|(_, count)| *count > 1).map(|(key, _)| key.to_owned()).collect()
}
