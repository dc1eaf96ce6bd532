//! Uploaded files and papers, sealed before they reach the disk; bound to their id.

use std::sync::Arc;

use uuid::Uuid;

use super::place::BLOB_BYTES;
use super::{Use, Vault, head};
use crate::error::Error;
use crate::ports::{BlobFuture, BlobStore, DiskBlobStore};
use crate::service::Service;

/// What every sealed file begins with, before the head of its record; no photograph or PDF does.
const MARK: &str = "tongban ";
/// Of the mark and a head.
const HEAD_BYTES: usize = MARK.len() + 13;

/// Files on the disk that only the vault can read.
pub struct SealedBlobs {
    disk: DiskBlobStore,
    vault: Arc<Vault>,
}

impl SealedBlobs {
    pub fn new(disk: DiskBlobStore, vault: Arc<Vault>) -> Self {
        Self { disk, vault }
    }
}

impl BlobStore for SealedBlobs {
    fn put(&self, id: Uuid, bytes: Vec<u8>) -> BlobFuture<'_, ()> {
        let vault = Arc::clone(&self.vault);
        Box::pin(async move {
            let sealed = aside(move || seal(&vault, id, &bytes)).await?;
            self.disk.put(id, sealed).await
        })
    }

    fn get(&self, id: Uuid) -> BlobFuture<'_, Vec<u8>> {
        let vault = Arc::clone(&self.vault);
        Box::pin(async move {
            let sealed = self.disk.get(id).await?;
            aside(move || open(&vault, id, &sealed)).await
        })
    }

    fn delete(&self, id: Uuid) -> BlobFuture<'_, ()> {
        self.disk.delete(id)
    }

    fn has_room(&self) -> BlobFuture<'_, bool> {
        self.disk.has_room()
    }

    fn of_part(&self, part: u8) -> BlobFuture<'_, Vec<Uuid>> {
        self.disk.of_part(part)
    }
}

/// Some megabytes take a while: not on a thread that answers others.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|fault| Error::internal("a file", fault))?
}

fn seal(vault: &Vault, id: Uuid, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let (head, sealed) = vault.seal_bytes(&BLOB_BYTES.of(id), bytes)?;
    Ok([MARK.as_bytes(), head.as_bytes(), &sealed].concat())
}

fn open(vault: &Vault, id: Uuid, sealed: &[u8]) -> Result<Vec<u8>, Error> {
    let head = head_of(sealed).ok_or_else(|| Error::internal("a sealed file", "is none"))?;
    vault.unseal(head, &BLOB_BYTES.of(id).bind(head), &sealed[HEAD_BYTES..])
}

/// The head of the record in a file. None: it is not sealed.
fn head_of(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes.get(..HEAD_BYTES)?).ok()?.strip_prefix(MARK)
}

/// Seals every file anew that is not sealed with the active key. Returns how many.
pub(super) async fn rewrap(service: &Service) -> Result<usize, Error> {
    let (disk, vault) = (disk(service)?, Arc::clone(&service.vault));
    let active = head(service.vault.ring().active(Use::Data)?);
    let work = move || {
        let mut done = 0;
        for (id, start) in disk.starts(HEAD_BYTES)? {
            if head_of(&start).is_some_and(|head| head != active) {
                done += usize::from(disk.replace(id, |old| seal(&vault, id, &open(&vault, id, old)?))?);
            }
        }
        Ok(done)
    };
    aside(work).await
}

/// How many files are sealed with this key.
pub(super) async fn count(service: &Service, wanted: String) -> Result<usize, Error> {
    let disk = disk(service)?;
    let work = move || Ok(disk.starts(HEAD_BYTES)?.iter().filter(|(_, start)| head_of(start) == Some(&wanted)).count());
    aside(work).await
}

/// Seals every file that is not. Returns how many.
pub(super) async fn convert(service: &Service) -> Result<usize, Error> {
    let (disk, vault) = (disk(service)?, Arc::clone(&service.vault));
    let work = move || {
        let mut done = 0;
        for (id, start) in disk.starts(HEAD_BYTES)? {
            if head_of(&start).is_none() {
                done += usize::from(disk.replace(id, |old| seal(&vault, id, old))?);
            }
        }
        Ok(done)
    };
    aside(work).await
}

fn disk(service: &Service) -> Result<DiskBlobStore, Error> {
    DiskBlobStore::open(&service.settings.files())
}
