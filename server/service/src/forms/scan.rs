//! The virus scanner: asked when a file comes, and again for those that came while it was away.

use domain::audit::Plain;
use domain::scan::Scan;
use uuid::Uuid;

use super::draft::Draft;
use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::messages;
use crate::ports::ScanVerdict;
use crate::service::Service;
use crate::vault::FILE_NAME;

/// Files that are looked at in one run of the job.
const RUN: u64 = 50;

/// What the scanner says. One that does not answer has not found anything clean.
pub(super) async fn scan(service: &Service, bytes: &[u8]) -> Scan {
    let Some(scanner) = &service.scanner else { return Scan::Clean };
    match scanner.scan(bytes).await {
        Ok(ScanVerdict::Clean) => Scan::Clean,
        Ok(ScanVerdict::Infected(name)) => {
            tracing::warn!(name, "a file is infected");
            Scan::Infected
        }
        Err(fault) => {
            tracing::warn!(%fault, "the virus scanner does not answer");
            Scan::Pending
        }
    }
}

/// Whether a file may be read, whoever asks.
///
/// # Errors
/// [`Error::Unavailable`] says when it can be; [`Error::Refused`] says that it cannot.
pub(crate) fn readable(scan: &str) -> Result<(), Error> {
    match Scan::from_key(scan) {
        Scan::Clean => Ok(()),
        Scan::Pending => Err(Error::Unavailable("这个文件正在查毒，请过几分钟再打开。".to_owned())),
        Scan::Infected => Err(Error::Refused("这个文件里发现了病毒，不能打开。请重新拍一张再传。".to_owned())),
    }
}

/// Nothing is submitted with a file that was not found clean: a case must never hold one.
///
/// # Errors
/// [`Error::Refused`] says which file it is and what to do.
pub(super) async fn require_clean(service: &Service, draft: &Draft) -> Result<(), Error> {
    for file in &draft.files {
        let state = match Scan::from_key(&file.scan) {
            Scan::Pending => {
                scan_again(service, &Waiting { id: file.id, blob: file.blob, of: Of::Draft(file.draft_id) }).await?
            }
            state => state,
        };
        let name = service.vault.open(FILE_NAME.of(file.id), &file.name)?;
        match state {
            Scan::Clean => {}
            Scan::Pending => {
                let words = format!("“{name}”还在查毒，请过几分钟再提交。填的内容和文件都在，不用重填。");
                return Err(Error::Refused(words));
            }
            Scan::Infected => {
                let words = format!("“{name}”里发现了病毒，不能交。请回去删掉它，重新拍一张再传。");
                return Err(Error::Refused(words));
            }
        }
    }
    Ok(())
}

/// A file that waits for the scanner.
pub(crate) struct Waiting {
    pub id: Uuid,
    pub blob: Uuid,
    pub of: Of,
}

/// What it came with.
#[derive(Clone, Copy)]
pub(crate) enum Of {
    Draft(Uuid),
    /// A message about this case.
    Message(Uuid),
}

/// Scans what came while the scanner was away. Returns how many files are settled.
///
/// # Errors
/// When the database does not answer; the next run goes on.
pub async fn scan_pending(service: &Service) -> Result<usize, Error> {
    let mut waiting = store::files_waiting(&service.db.read, RUN).await?;
    waiting.extend(messages::files_waiting(service, RUN).await?);
    let mut settled = 0;
    for file in &waiting {
        match scan_again(service, file).await? {
            // It is away still: the others would only wait for it, too.
            Scan::Pending => return Ok(settled),
            Scan::Clean | Scan::Infected => settled += 1,
        }
    }
    Ok(settled)
}

async fn scan_again(service: &Service, file: &Waiting) -> Result<Scan, Error> {
    let state = match service.blobs.get(file.blob).await {
        Ok(bytes) => scan(service, &bytes).await,
        // Without bytes there is nothing that could be read: the resident has to send it again.
        Err(Error::NotFound) => Scan::Infected,
        Err(error) => return Err(error),
    };
    if state == Scan::Pending {
        return Ok(state);
    }
    let entry = Entry::system(Plain::ScannedFile);
    let entry = match file.of {
        Of::Draft(draft) => entry.draft(draft),
        Of::Message(case) => entry.case(case),
    };
    audited!(service, entry, |tx| {
        match file.of {
            Of::Draft(_) => store::file_scanned(tx, file.id, state).await,
            Of::Message(_) => messages::file_scanned(tx, file.id, state).await,
        }
    })?;
    Ok(state)
}
