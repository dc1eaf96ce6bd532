//! Files of materials: taken in, checked by content, stored outside the database, given out to who may see them.

use domain::audit::Plain;
use domain::desk::Right;
use domain::forms::{FILES_MAX, Kind, REST, shown};
use domain::scan::Scan;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::draft::{Draft, may_open_row};
use super::image::{Taken, take_in};
use super::scan::{readable, scan};
use super::store::{self, FileRow};
use crate::audit::{Entry, audited, look};
use crate::error::Error;
use crate::identity::{Moved, Visitor, hex, may_open};
use crate::service::Service;
use crate::vault::FILE_NAME;

/// The largest file, in bytes (10 MB).
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;

/// The files of one draft together, in bytes (100 MB).
const DRAFT_BYTES_MAX: i64 = 100 * 1024 * 1024;

/// What the sender says of a file. None of it is believed: the content must agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    pub name: String,
    /// The `Content-Type` of its part; empty when there was none.
    pub declared: String,
}

impl From<&str> for Sent {
    fn from(name: &str) -> Self {
        Self { name: name.to_owned(), declared: String::new() }
    }
}

impl From<String> for Sent {
    fn from(name: String) -> Self {
        Self { name, declared: String::new() }
    }
}

/// A file as it is given out.
pub struct FileBytes {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Takes a file in for the material question at `path`.
///
/// # Errors
/// [`Error::Refused`] says why the file cannot be used and what to do.
pub async fn add_file(
    service: &Service,
    visitor: &Visitor,
    id: &str,
    path: &str,
    sent: impl Into<Sent> + Send,
    bytes: Vec<u8>,
) -> Result<Moved, Error> {
    let sent = sent.into();
    let draft = Draft::open(service, visitor, id).await?;
    let page = check_place(&draft, path)?;
    let kept = keep(service, visitor, &sent, bytes).await?;
    let row = FileRow {
        id: kept.id,
        blob: kept.id,
        draft_id: draft.row.id,
        path: path.to_owned(),
        name: service.vault.seal(FILE_NAME.of(kept.id), &kept.name)?,
        media_type: kept.media_type.to_owned(),
        size_bytes: kept.size_bytes,
        digest: kept.digest,
        created_at: service.clock.now(),
        scan: kept.scan.key().to_owned(),
        removed_at: None,
    };
    let blob = row.blob;
    let stored = insert(service, Entry::by(visitor, Plain::AddedFile), &draft, row).await;
    if let Err(error) = stored {
        service.blobs.delete(blob).await?;
        return Err(error);
    }
    Ok(Moved::to(format!("{}#{}", draft.path(&page), anchor(path))))
}

/// Adds the row of a file to a draft.
///
/// # Errors
/// [`Error::Refused`] when the draft was submitted, or has too many.
pub(super) async fn insert(service: &Service, entry: Entry, draft: &Draft, row: FileRow) -> Result<(), Error> {
    let draft_id = draft.row.id;
    audited!(service, entry.draft(draft_id), |tx| {
        let locked = store::draft_lock(tx, draft_id).await?.ok_or(Error::NotFound)?;
        let files = store::files_of_draft(tx, draft_id).await?;
        if locked.case_id.is_some() || files.len() >= FILES_MAX {
            return Err(Error::Refused(format!("一件事最多上传{FILES_MAX}个文件，请先删掉不要的。")));
        }
        if files.iter().map(|file| file.size_bytes).sum::<i64>() + row.size_bytes > DRAFT_BYTES_MAX {
            return Err(Error::Refused("这件事的文件加起来太大了，请先删掉不要的，照片拍小一点再传。".to_owned()));
        }
        store::draft_touch(tx, draft_id).await?;
        store::file_insert(tx, row.clone()).await
    })
}

/// A file whose bytes are in the blob store, and of which no row tells yet.
pub(crate) struct Kept {
    pub id: Uuid,
    pub name: String,
    pub media_type: &'static str,
    pub size_bytes: i64,
    /// SHA-256, in hexadecimal digits.
    pub digest: String,
    pub scan: Scan,
}

/// Looks at a file by its content and stores its bytes: they come first, since a row without bytes would be a lost
/// paper. Who then cannot insert the row deletes them again.
///
/// # Errors
/// [`Error::Refused`] says why the file cannot be used and what to do.
pub(crate) async fn keep(service: &Service, visitor: &Visitor, sent: &Sent, bytes: Vec<u8>) -> Result<Kept, Error> {
    let label = shorten(&sent.name);
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Error::Refused(format!("“{label}”超过 10 MB，太大了。请拍照时选小一点的尺寸，或者分成几个文件。")));
    }
    service.limits.upload(visitor, bytes.len(), service.clock.now())?;
    // Decoding and encoding a photograph takes a while: not on a thread that answers others.
    let said = sent.clone();
    let taken = tokio::task::spawn_blocking(move || take_in(bytes, &said))
        .await
        .map_err(|error| Error::internal("taking a file in", error))?;
    let Taken { bytes, media_type, extension } =
        taken.map_err(|why| Error::Refused(format!("“{label}”{}", why.advice())))?;
    let kept = Kept {
        id: Uuid::new_v4(),
        name: with_extension(&sent.name, extension),
        media_type,
        size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        digest: hex(&Sha256::digest(&bytes)),
        scan: scan(service, &bytes).await,
    };
    if kept.scan == Scan::Infected {
        return Err(Error::Refused(format!("“{label}”里发现了病毒，没有保存。请重新拍一张照片再传。")));
    }
    if !service.blobs.has_room().await? {
        return Err(Error::Unavailable(FULL.to_owned()));
    }
    service.blobs.put(kept.id, bytes).await?;
    Ok(kept)
}

const FULL: &str = "现在暂时不能上传文件。填的内容已经保存，请过一会儿再传，或者带着材料到社区窗口办理。";

/// The page that asks for files at this path.
pub(super) fn check_place(draft: &Draft, path: &str) -> Result<String, Error> {
    if draft.row.case_id.is_some() {
        return Err(Error::Refused("这份表已经提交了，不能再加文件。".to_owned()));
    }
    let (list, _) = shown(&draft.form, &draft.entries, draft.day);
    let asked = list.iter().find(|item| item.path == path && item.page.key != REST).ok_or(Error::NotFound)?;
    let Kind::Material { max_files, .. } = asked.field.kind else { return Err(Error::NotFound) };
    let here = draft.files.iter().filter(|file| file.path == path).count();
    if here >= max_files {
        return Err(Error::Refused(format!("“{}”最多上传{max_files}个文件，请先删掉不要的。", asked.field.label)));
    }
    Ok(asked.page.key.clone())
}

/// Removes a file of a draft.
///
/// # Errors
/// [`Error::NotFound`] when it is not there for this visitor.
pub async fn remove_file(service: &Service, visitor: &Visitor, id: &str, file: &str) -> Result<Moved, Error> {
    let draft = Draft::open(service, visitor, id).await?;
    if draft.row.case_id.is_some() {
        return Err(Error::NotFound);
    }
    let file = Uuid::parse_str(file).map_err(|_| Error::NotFound)?;
    let row = draft.files.iter().find(|row| row.id == file).cloned().ok_or(Error::NotFound)?;
    let page = draft.form.page_of(&row.path).map(|page| page.key.clone()).ok_or(Error::NotFound)?;
    let location = format!("{}#{}", draft.path(&page), anchor(&row.path));
    let now = service.clock.now();
    let entry = Entry::by(visitor, Plain::RemovedFile).draft(row.draft_id);
    let unused = audited!(service, entry, |tx| {
        let locked = store::draft_lock(tx, row.draft_id).await?.ok_or(Error::NotFound)?;
        // Submitted meanwhile: the paper belongs to the case.
        if locked.case_id.is_some() {
            return Err(Error::NotFound);
        }
        store::draft_touch(tx, row.draft_id).await?;
        store::file_remove(tx, row.clone(), now).await?;
        // A paper that a case has, too, stays.
        Ok(!store::blob_used(tx, row.blob).await?)
    })?;
    if unused {
        service.blobs.delete(row.blob).await?;
    }
    Ok(Moved::to(location))
}

/// A file, for who may see the draft or the case to which it belongs.
///
/// # Errors
/// [`Error::NotFound`] when it is not there for this visitor.
pub async fn file(service: &Service, visitor: &Visitor, id: &str) -> Result<FileBytes, Error> {
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let Some(row) = store::file_fetch(&service.db.read, id).await? else {
        return match crate::messages::file(service, visitor, id).await {
            Err(Error::NotFound) => crate::documents::file(service, visitor, id).await,
            found => found,
        };
    };
    if !may_open_draft_of(service, visitor, row.draft_id).await? {
        return Err(Error::NotFound);
    }
    readable(&row.scan)?;
    look(service, Entry::by(visitor, Plain::SawFile).draft(row.draft_id)).await?;
    let bytes = service.blobs.get(row.blob).await?;
    let name = service.vault.open(FILE_NAME.of(row.id), &row.name)?;
    Ok(FileBytes { name, media_type: row.media_type, bytes })
}

/// Whether the visitor may see what belongs to a draft: the draft itself, or the case that it became.
async fn may_open_draft_of(service: &Service, visitor: &Visitor, draft: Uuid) -> Result<bool, Error> {
    let Some(row) = store::draft_fetch(&service.db.read, draft).await? else { return Ok(false) };
    if row.case_id.is_none() {
        return may_open_row(service, visitor, &row).await;
    }
    match row.case_id {
        Some(bundle) if row.event.is_some() => may_open(service, visitor, "bundle", bundle).await,
        Some(case) => crate::cases::may_see(service, visitor, case, Right::OpenFile).await,
        None => Ok(false),
    }
}

/// The id of a field's control on its page.
fn anchor(path: &str) -> String {
    format!("f-{}", path.replace('.', "-"))
}

fn shorten(name: &str) -> String {
    let name = domain::text::clean(name).replace(['/', '\\', '\n'], "_");
    if name.chars().count() > 40 { name.chars().take(37).chain("…".chars()).collect() } else { name }
}

/// The person's name for the file, with the ending of what it really is.
fn with_extension(name: &str, extension: &str) -> String {
    let name = domain::text::clean(name).replace(['/', '\\', '\n', '"'], "_");
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let stem: String = stem.chars().take(60).collect();
    format!("{}.{extension}", if stem.is_empty() { "文件" } else { &stem })
}
