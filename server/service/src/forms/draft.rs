//! A draft with everything that its row names: the item in its revision, the form, the entries.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::cases::{CorrectionView, DraftEvent, FileView};
use domain::forms::{Definition, Entries, Finding, Given, Page, REST, check_page, restrict, shown};
use domain::scan::Scan;
use uuid::Uuid;

use super::carry::carried;
use super::store::{self, DraftRow, FileRow};
use crate::catalogue::{Revision, Whole};
use crate::error::Error;
use crate::identity::{Visitor, may_open};
use crate::service::Service;
use crate::vault::{DRAFT_ENTRIES, FILE_NAME};

pub(crate) struct Draft {
    pub row: DraftRow,
    /// Of a life event, that of its first item.
    pub revision: Arc<Revision>,
    /// Set when several items are asked for.
    pub event: Option<Whole>,
    /// The form; that of a correction asks only what is open.
    pub form: Definition,
    pub entries: Entries,
    pub files: Vec<FileRow>,
    /// The case that is corrected, with what was asked.
    pub correction: Option<CorrectionView>,
    /// It was carried over to a new revision of its item while it was opened: nobody has been told yet.
    pub carried_now: bool,
    /// The day by which it is judged: today, or the day of application when it is corrected. Time that passes between
    /// must not make wrong what was right.
    pub day: NaiveDate,
}

impl Draft {
    /// The draft of this id, if the visitor may open it and it has not been submitted.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a draft that is not there or is another's.
    pub async fn open(service: &Service, visitor: &Visitor, id: &str) -> Result<Self, Error> {
        let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
        let row = store::draft_fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
        if !may_open_row(service, visitor, &row).await? {
            return Err(Error::NotFound);
        }
        let (row, carried_now) = carried(service, row).await?;
        Ok(Self { carried_now, ..Self::of_row(service, row).await? })
    }

    pub async fn of_row(service: &Service, row: DraftRow) -> Result<Self, Error> {
        let revision = service.catalogue.revision(&row.item_code, row.item_revision).ok_or(Error::NotFound)?;
        let event = match &row.event {
            Some(key) => Some(service.catalogue.whole(key, &parts_of(&row)?)?),
            None => None,
        };
        let entries = service.vault.read(DRAFT_ENTRIES.of(row.id), &row.entries)?;
        let files = store::files_of_draft(&service.db.read, row.id).await?;
        let (form, correction, day) = match (&row.correction_of, &row.open_fields) {
            (Some(case), Some(open)) if row.case_id.is_none() => {
                let open: Vec<String> = read_json(open)?;
                let (view, day) = crate::cases::open_correction(service, *case, open.clone()).await?;
                (asked_again(restrict(&revision.form, &open), view.deferred), Some(view), day)
            }
            _ => (event.as_ref().map_or(&revision.form, |event| &event.merged.form).clone(), None, service.today()),
        };
        Ok(Self { row, revision, event, form, entries, files, correction, carried_now: false, day })
    }

    /// What it asks for, item by item. `answers`: of the whole form, in their normal form.
    pub fn applications(&self, answers: &Entries) -> Vec<Application> {
        let Some(event) = &self.event else {
            let paths: BTreeSet<&String> = self.files.iter().map(|file| &file.path).collect();
            let files = paths.into_iter().map(|path| (path.clone(), path.clone())).collect();
            return vec![Application { revision: self.revision.clone(), answers: answers.clone(), files }];
        };
        let parts = event.merged.split(answers, self.day).into_iter();
        parts
            .filter_map(|part| {
                let revision = event.part(&part.code)?.clone();
                Some(Application { revision, answers: part.answers, files: part.files })
            })
            .collect()
    }

    /// The life event, as pages name it.
    pub fn event_view(&self) -> Option<DraftEvent> {
        let event = self.event.as_ref()?;
        let of_page = |page: &Page| {
            let code = event.merged.item_of_page(&page.key)?;
            Some((page.key.clone(), event.name_of(code)?.to_owned()))
        };
        let pages = self.form.pages.iter().filter_map(of_page).collect();
        Some(DraftEvent { key: event.key.clone(), name: event.name.clone(), pages })
    }

    /// The items that it asks for.
    pub fn revisions(&self) -> Vec<Arc<Revision>> {
        self.event.as_ref().map_or_else(|| vec![self.revision.clone()], |event| event.parts.clone())
    }

    pub fn at_window(&self) -> bool {
        self.row.worker_id.is_some()
    }

    /// What the check is given besides the entries.
    pub fn given(&self, service: &Service) -> Given {
        let mut files = BTreeMap::new();
        for file in &self.files {
            *files.entry(file.path.clone()).or_insert(0) += 1;
        }
        let known_until = Some(service.today()).filter(|today| *today != self.day);
        Given { today: self.day, known_until, files, at_window: self.at_window() }
    }

    /// Keys of the pages that are asked, in order.
    pub fn page_keys(&self) -> Vec<String> {
        let (list, _) = shown(&self.form, &self.entries, self.day);
        let mut keys: Vec<String> = list.iter().map(|shown| shown.page.key.clone()).collect();
        keys.dedup();
        keys.retain(|key| key != REST);
        keys
    }

    pub fn findings(&self, service: &Service, page: &str) -> Vec<Finding> {
        check_page(&self.form, page, &self.entries, &self.given(service))
    }

    /// Pages that were sent once: their findings are shown.
    pub fn attempted(&self) -> Vec<String> {
        serde_json::from_str(&self.row.attempted).unwrap_or_default()
    }

    pub fn files_by_path(&self, service: &Service) -> Result<BTreeMap<String, Vec<FileView>>, Error> {
        files_by_path(service, &self.files)
    }

    pub fn path(&self, page: &str) -> String {
        format!("/drafts/{}/pages/{page}", self.row.id)
    }

    pub fn review_path(&self) -> String {
        format!("/drafts/{}/review", self.row.id)
    }
}

/// What is asked of one office: the answers as the item's own form would have got them, and its papers by their path
/// in that form and in the draft's.
pub(crate) struct Application {
    pub revision: Arc<Revision>,
    pub answers: Entries,
    pub files: Vec<(String, String)>,
}

/// Codes and revisions of the items that a draft asks for.
pub(crate) fn parts_of(row: &DraftRow) -> Result<Vec<(String, i32)>, Error> {
    match &row.parts {
        Some(parts) => read_json(parts),
        None => Ok(vec![(row.item_code.clone(), row.item_revision)]),
    }
}

/// Where what a draft has become is shown; none when it was not sent.
pub(super) async fn path_of_sent(service: &Service, row: &DraftRow) -> Result<Option<String>, Error> {
    Ok(match (row.case_id, &row.event) {
        (None, _) => None,
        (Some(bundle), Some(_)) => Some(crate::bundles::path_of(service, bundle).await?),
        (Some(case), None) => Some(crate::cases::path_of(service, case).await?),
    })
}

/// What was to follow must come now.
fn asked_again(mut form: Definition, deferred: bool) -> Definition {
    let fields = form.pages.iter_mut().filter(|page| page.key != REST).flat_map(|page| &mut page.fields);
    fields.filter(|_| deferred).for_each(|field| field.optional = false);
    form
}

/// Whether the visitor may open a draft: the browser or account that began it or was let in, or the worker who fills it
/// in.
pub(super) async fn may_open_row(service: &Service, visitor: &Visitor, row: &DraftRow) -> Result<bool, Error> {
    if visitor.worker.as_ref().is_some_and(|worker| row.worker_id == Some(worker.id)) {
        return Ok(true);
    }
    // A correction shows what the case holds: who may not open that any more may not open it either.
    Ok(may_open(service, visitor, "draft", row.id).await?
        && match row.correction_of {
            Some(case) => may_open(service, visitor, "case", case).await?,
            None => true,
        })
}

pub(crate) fn files_by_path(service: &Service, files: &[FileRow]) -> Result<BTreeMap<String, Vec<FileView>>, Error> {
    let mut out: BTreeMap<String, Vec<FileView>> = BTreeMap::new();
    for file in files {
        let name = service.vault.open(FILE_NAME.of(file.id), &file.name)?;
        let view = file_view((file.id, name, &file.media_type, file.size_bytes), &file.scan);
        out.entry(file.path.clone()).or_default().push(view);
    }
    Ok(out)
}

/// Of a file: id, name, media type and bytes; and what the scanner said.
pub(crate) fn file_view((id, name, media_type, size_bytes): (Uuid, String, &str, i64), scan: &str) -> FileView {
    FileView {
        id: id.to_string(),
        name,
        media_type: media_type.to_owned(),
        size_bytes: u64::try_from(size_bytes).unwrap_or(0),
        scan: Scan::from_key(scan),
    }
}

pub(crate) fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::internal("a stored value", error))
}

pub(crate) fn write_json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::internal("a value to store", error))
}
