//! Papers that a resident keeps: taken from a form once, offered again by the requirement that they meet.

mod store;

use std::sync::Arc;

use chrono::NaiveDate;
use domain::audit::Plain;
use domain::cases::{FileView, Flash};
use domain::documents::{DOCUMENTS_MAX, DocumentView, DocumentsView, is_valid, validity_form};
use domain::forms::{Definition, Entries, Given, Kind, check};
use domain::scan::Scan;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

pub(crate) use self::store::DocumentRow;
pub(crate) use self::store::{blob_kept, blobs_kept, of_resident as documents_of};

use crate::audit::{Entry, audited, look};
use crate::catalogue::Revision;
use crate::error::Error;
use crate::forms::store::{FileRow, blob_used, uses_of_blob};
use crate::forms::{Draft, FileBytes, file_view, readable};
use crate::identity::{Moved, Visitor};
use crate::said::{good, said, told};
use crate::service::Service;
use crate::vault::{DOCUMENT_NAME, FILE_NAME};
use crate::words;

const PAGE: &str = "/me/documents";

/// What kind of paper the question at a path asks for, and what it is called. None: it is that item's alone.
pub(crate) fn kind_at(revisions: &[Arc<Revision>], form: &Definition, path: &str) -> Option<(String, String)> {
    let Kind::Material { material, .. } = &form.field(path)?.kind else { return None };
    let found = revisions.iter().find_map(|revision| revision.item.materials.iter().find(|one| one.key == *material));
    found.and_then(|material| Some((material.kind.clone()?, material.name.clone())))
}

/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn list(service: &Service, visitor: &Visitor) -> Result<DocumentsView, Error> {
    let resident = visitor.resident()?.id;
    look(service, Entry::by(visitor, Plain::SawDocuments)).await?;
    let today = service.today();
    let mut documents = Vec::new();
    for row in documents_of(&service.db.read, resident).await? {
        documents.push(DocumentView {
            id: row.id.to_string(),
            label: row.label.clone(),
            file: view(service, &row)?,
            until: row.valid_until.map(|until| until.to_string()).unwrap_or_default(),
            validity: validity(row.valid_until, today),
            kept: words::time(row.kept_at),
            used: used(service, row.blob).await?,
        });
    }
    Ok(DocumentsView { documents, today, flash: told(service, visitor, PAGE).await? })
}

fn view(service: &Service, row: &DocumentRow) -> Result<FileView, Error> {
    let name = service.vault.open(DOCUMENT_NAME.of(row.id), &row.name)?;
    Ok(file_view((row.id, name, &row.media_type, row.size_bytes), Scan::Clean.key()))
}

pub(crate) fn validity(until: Option<NaiveDate>, today: NaiveDate) -> String {
    match until {
        None => "长期有效，或者没有写有效期".to_owned(),
        Some(until) if is_valid(Some(until), today) => format!("有效期到{}", words::day(until)),
        Some(until) => format!("{}已经过期", words::day(until)),
    }
}

/// `高龄津贴，2026年11月23日`
async fn used(service: &Service, blob: Uuid) -> Result<Vec<String>, Error> {
    let uses = uses_of_blob(&service.db.read, blob).await?;
    let one = |(code, number, at): (String, i32, chrono::DateTime<chrono::Utc>)| {
        let item = service.catalogue.revision(&code, number)?;
        Some(format!("{}，{}", item.item.everyday, words::day(domain::cases::local_day(at))))
    };
    Ok(uses.into_iter().filter_map(one).collect())
}

/// A paper that other items ask for, too, and that was found clean.
pub(crate) fn may_keep(draft: &Draft, file: &FileRow) -> bool {
    readable(&file.scan).is_ok() && kind_at(&draft.revisions(), &draft.form, &file.path).is_some()
}

/// Keeps a file of a draft for the next time.
///
/// # Errors
/// [`Error::NotFound`] for a file that is not there for this visitor; [`Error::Refused`] with too many.
pub async fn keep(service: &Service, visitor: &Visitor, draft: &str, file: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let draft = Draft::open(service, visitor, draft).await?;
    // Of the own form alone, as it is offered there: papers of others, of a window and of what was sent are not kept.
    let own = [draft.row.case_id, draft.row.mandate_id, draft.row.worker_id, draft.row.correction_of];
    if own.iter().any(Option::is_some) {
        return Err(Error::NotFound);
    }
    let file = Uuid::parse_str(file).map_err(|_| Error::NotFound)?;
    let row = draft.files.iter().find(|row| row.id == file).ok_or(Error::NotFound)?;
    let page = draft.form.page_of(&row.path).map(|page| page.key.clone()).ok_or(Error::NotFound)?;
    // What is kept was found clean: it is not looked at again where it is used.
    readable(&row.scan)?;
    let (kind, label) = kind_at(&draft.revisions(), &draft.form, &row.path).ok_or(Error::NotFound)?;
    let known = documents_of(&service.db.read, resident).await?;
    let location = Moved::to(draft.path(&page));
    if known.iter().any(|document| document.blob == row.blob) {
        return Ok(location);
    }
    if known.len() >= DOCUMENTS_MAX {
        return Err(Error::Refused(format!("最多留{DOCUMENTS_MAX}份材料，请先删掉不用的。")));
    }
    let id = Uuid::now_v7();
    let name = service.vault.open(FILE_NAME.of(row.id), &row.name)?;
    let document = DocumentRow {
        id,
        resident_id: resident,
        kind,
        label,
        blob: row.blob,
        name: service.vault.seal(DOCUMENT_NAME.of(id), &name)?,
        media_type: row.media_type.clone(),
        size_bytes: row.size_bytes,
        digest: row.digest.clone(),
        valid_until: None,
        kept_at: service.clock.now(),
    };
    let entry = Entry::by(visitor, Plain::KeptDocument).draft(draft.row.id);
    audited!(service, entry, |tx| { store::insert(tx, document.clone()).await })?;
    Ok(location)
}

/// A row for a draft that shares the bytes of a kept paper. None: it is not the resident's, or not good that day.
pub(crate) async fn as_file(
    service: &Service,
    (resident, document): (Uuid, Uuid),
    draft: &Draft,
    path: &str,
) -> Result<Option<FileRow>, Error> {
    let row = store::fetch(&service.db.read, document).await?.filter(|row| row.resident_id == resident);
    let Some(row) = row.filter(|row| is_valid(row.valid_until, draft.day)) else { return Ok(None) };
    let fits = kind_at(&draft.revisions(), &draft.form, path).is_some_and(|(kind, _)| kind == row.kind);
    if !fits {
        return Ok(None);
    }
    let id = Uuid::new_v4();
    let name = service.vault.open(DOCUMENT_NAME.of(row.id), &row.name)?;
    Ok(Some(FileRow {
        id,
        blob: row.blob,
        draft_id: draft.row.id,
        path: path.to_owned(),
        name: service.vault.seal(FILE_NAME.of(id), &name)?,
        media_type: row.media_type,
        size_bytes: row.size_bytes,
        digest: row.digest,
        created_at: service.clock.now(),
        scan: Scan::Clean.key().to_owned(),
        removed_at: None,
    }))
}

/// Says until when a paper is good.
///
/// # Errors
/// [`Error::NotFound`] for one that is not the resident's.
pub async fn set_validity(service: &Service, visitor: &Visitor, id: &str, entries: Entries) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let given = Given { today: service.today(), ..Given::default() };
    let flash = match check(&validity_form(), &entries, &given) {
        Ok(answers) => {
            let until = answers.get("until").parse().ok();
            audited!(service, Entry::by(visitor, Plain::DatedDocument), |tx| {
                if store::set_until(tx, (id, resident), until).await? { Ok(()) } else { Err(Error::NotFound) }
            })?;
            good("有效期记好了。")
        }
        Err(mut findings) => {
            // As the controls of this paper's form are called on the page.
            findings.iter_mut().for_each(|finding| finding.path = format!("{id}.{}", finding.path));
            Flash { entries, findings, ..Flash::default() }
        }
    };
    said(service, visitor, flash, PAGE).await
}

/// Throws a kept paper away. What cases have of it stays with them.
///
/// # Errors
/// [`Error::NotFound`] for one that is not the resident's.
pub async fn drop(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let row = store::fetch(&service.db.read, id).await?.filter(|row| row.resident_id == resident);
    let row = row.ok_or(Error::NotFound)?;
    let entry = Entry::by(visitor, Plain::DroppedDocument);
    let unused = audited!(service, entry, |tx| { delete(tx, &row).await })?;
    if unused {
        service.blobs.delete(row.blob).await?;
    }
    Ok(Moved::to(PAGE))
}

/// Deletes the row. Whether nothing has the bytes any more.
pub(crate) async fn delete(tx: &DatabaseTransaction, row: &DocumentRow) -> Result<bool, Error> {
    store::delete(tx, row.id).await?;
    Ok(!blob_used(tx, row.blob).await?)
}

/// The bytes of a kept paper, for its resident.
///
/// # Errors
/// [`Error::NotFound`] for one that is not the visitor's.
pub(crate) async fn file(service: &Service, visitor: &Visitor, id: Uuid) -> Result<FileBytes, Error> {
    let row = store::fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    if visitor.resident.as_ref().is_none_or(|resident| resident.id != row.resident_id) {
        return Err(Error::NotFound);
    }
    look(service, Entry::by(visitor, Plain::SawFile)).await?;
    let name = service.vault.open(DOCUMENT_NAME.of(row.id), &row.name)?;
    let bytes = service.blobs.get(row.blob).await?;
    Ok(FileBytes { name, media_type: row.media_type, bytes })
}
