//! Uploaded files by their ids.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::future::Future;
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use uuid::Uuid;

use crate::error::Error;

pub type BlobFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

pub trait BlobStore: Send + Sync {
    /// Keeps the bytes; they have reached the disk when it returns.
    fn put(&self, id: Uuid, bytes: Vec<u8>) -> BlobFuture<'_, ()>;
    /// [`Error::NotFound`] when there are none.
    fn get(&self, id: Uuid) -> BlobFuture<'_, Vec<u8>>;
    /// Removing what is not there is no error.
    fn delete(&self, id: Uuid) -> BlobFuture<'_, ()>;
    /// Whether more may come: the last of the disk is for the database.
    fn has_room(&self) -> BlobFuture<'_, bool>;
    /// Ids of what has been there for a day, of one of 256 parts.
    fn of_part(&self, part: u8) -> BlobFuture<'_, Vec<Uuid>>;
}

/// Files in a folder, in 256 × 256 folders by the last digits of the id, which are random in every version of UUID.
/// No name is made of anything that a person typed.
#[derive(Clone, Debug)]
pub struct DiskBlobStore {
    root: PathBuf,
}

/// Half-written files that are older than this were left by a crash.
const STALE: Duration = Duration::from_secs(60 * 60);
/// A file that is older than this has its row, or never gets one.
const SETTLED: Duration = Duration::from_secs(24 * 60 * 60);
/// What stays free on the disk, in bytes.
const FREE_MIN: u64 = 1 << 30;

impl DiskBlobStore {
    /// Opens the folder, which is made when it is not there.
    ///
    /// # Errors
    /// When it cannot be made or read.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let store = Self { root: root.to_owned() };
        let opened = private_folder(&store.incoming()).and_then(|()| store.sweep());
        opened.map_err(|fault| Error::internal("folder for files", fault))?;
        Ok(store)
    }

    fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    fn place(&self, id: Uuid) -> PathBuf {
        let name = id.simple().to_string();
        self.root.join(&name[28..30]).join(&name[30..32]).join(name)
    }

    fn sweep(&self) -> io::Result<()> {
        let now = SystemTime::now();
        for entry in fs::read_dir(self.incoming())? {
            let entry = entry?;
            let age = entry.metadata()?.modified().ok().and_then(|then| now.duration_since(then).ok());
            if age.is_some_and(|age| age > STALE) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Nothing else is moved or removed here, so what cannot be read as an id is passed over.
    fn list(&self, part: u8) -> io::Result<Vec<Uuid>> {
        let mut found = Vec::new();
        let now = SystemTime::now();
        for folder in entries(&self.root.join(format!("{part:02x}")))? {
            for entry in entries(&folder.path())? {
                let Ok(id) = Uuid::try_parse(&entry.file_name().to_string_lossy()) else { continue };
                let age = entry.metadata()?.modified().ok().and_then(|then| now.duration_since(then).ok());
                if age.is_some_and(|age| age > SETTLED) {
                    found.push(id);
                }
            }
        }
        Ok(found)
    }

    /// Written under another name first, so that a file under its own name is whole.
    fn write(&self, id: Uuid, bytes: &[u8]) -> io::Result<()> {
        let place = self.place(id);
        let folder = place.parent().unwrap_or(&self.root).to_owned();
        private_folder(&folder)?;
        let draft = self.incoming().join(Uuid::new_v4().simple().to_string());
        let written = write_through(&draft, bytes).and_then(|()| fs::rename(&draft, &place));
        if written.is_err() {
            // It may not even exist; what stays is swept later.
            let _ = fs::remove_file(&draft);
        }
        written?;
        // The new name, and that of a new folder, are on the disk once their folders are.
        File::open(&folder)?.sync_all()?;
        File::open(folder.parent().unwrap_or(&self.root))?.sync_all()?;
        File::open(&self.root)?.sync_all()
    }
}

/// For changing what all files are sealed with. These wait for the disk: not on a thread that answers others.
impl DiskBlobStore {
    /// The ids of all files, with the first bytes of each.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn starts(&self, bytes: usize) -> Result<Vec<(Uuid, Vec<u8>)>, Error> {
        let mut found = Vec::new();
        walk(&self.root, &mut |path| {
            let id = path.file_name().and_then(|name| Uuid::try_parse(&name.to_string_lossy()).ok());
            if let Some(id) = id.filter(|id| self.place(*id) == path) {
                let mut start = Vec::new();
                match File::open(path).and_then(|file| file.take(bytes as u64).read_to_end(&mut start)) {
                    // Deleted meanwhile.
                    Err(fault) if fault.kind() == ErrorKind::NotFound => {}
                    read => {
                        read?;
                        found.push((id, start));
                    }
                }
            }
            Ok(())
        })
        .map_err(|fault| Error::internal("list files", fault))?;
        Ok(found)
    }

    /// Puts what is made of a file in its place, whole or not at all. `false`: it was deleted meanwhile, and stays so.
    ///
    /// # Errors
    /// That of `change`, or of the disk.
    pub fn replace(&self, id: Uuid, change: impl FnOnce(&[u8]) -> Result<Vec<u8>, Error>) -> Result<bool, Error> {
        let place = self.place(id);
        let old = match fs::read(&place) {
            Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(false),
            read => read.map_err(|fault| Error::internal("read a file", fault))?,
        };
        let draft = self.incoming().join(Uuid::new_v4().simple().to_string());
        let new = change(&old)?;
        let exchange = || -> io::Result<bool> {
            write_through(&draft, &new)?;
            // Not a mere renaming: that would bring a file back that was deleted since.
            match renameat_with(CWD, &draft, CWD, &place, RenameFlags::EXCHANGE) {
                Err(Errno::NOENT) => Ok(false),
                Err(fault) => Err(fault.into()),
                Ok(()) => {
                    File::open(place.parent().unwrap_or(&self.root))?.sync_all()?;
                    Ok(true)
                }
            }
        };
        let done = exchange();
        // It may not even exist; what stays is swept later.
        let _ = fs::remove_file(&draft);
        done.map_err(|fault| Error::internal("replace a file", fault))
    }
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path) -> io::Result<()>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { walk(&entry.path(), visit)? } else { visit(&entry.path())? }
    }
    Ok(())
}

/// None, when there is no such folder.
fn entries(folder: &Path) -> io::Result<Vec<fs::DirEntry>> {
    match fs::read_dir(folder) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries?.collect(),
    }
}

fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder, with those above it, that only this user can read. One that exists stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

impl BlobStore for DiskBlobStore {
    fn put(&self, id: Uuid, bytes: Vec<u8>) -> BlobFuture<'_, ()> {
        let store = self.clone();
        Box::pin(on_disk("keep a file", move || store.write(id, &bytes)))
    }

    fn get(&self, id: Uuid) -> BlobFuture<'_, Vec<u8>> {
        let place = self.place(id);
        Box::pin(async move {
            let read = on_disk("read a file", move || match fs::read(place) {
                Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(None),
                read => read.map(Some),
            });
            read.await?.ok_or(Error::NotFound)
        })
    }

    fn delete(&self, id: Uuid) -> BlobFuture<'_, ()> {
        let place = self.place(id);
        Box::pin(on_disk("remove a file", move || match fs::remove_file(place) {
            Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(()),
            done => done,
        }))
    }

    fn has_room(&self) -> BlobFuture<'_, bool> {
        let root = self.root.clone();
        Box::pin(on_disk("see how much room there is", move || Ok(free_bytes(&root)? >= FREE_MIN)))
    }

    fn of_part(&self, part: u8) -> BlobFuture<'_, Vec<Uuid>> {
        let store = self.clone();
        Box::pin(on_disk("list files", move || store.list(part)))
    }
}

fn free_bytes(folder: &Path) -> io::Result<u64> {
    let found = rustix::fs::statvfs(folder)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

async fn on_disk<T: Send + 'static>(
    doing: &'static str,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(fault)) => Err(Error::internal(doing, fault)),
        Err(fault) => Err(Error::internal(doing, fault)),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[tokio::test]
    async fn a_file_is_kept_privately_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("files");
        let store = DiskBlobStore::open(&root).expect("open");
        let id = Uuid::now_v7();
        assert!(matches!(store.get(id).await, Err(Error::NotFound)));
        store.put(id, b"one".to_vec()).await.expect("put");
        store.put(id, b"two".to_vec()).await.expect("put again");
        assert_eq!(store.get(id).await.expect("get"), b"two");
        let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(&store.place(id)), 0o600);
        assert_eq!(mode(&root), 0o700);
        assert_eq!(fs::read_dir(store.incoming()).expect("folder").count(), 0, "nothing half-written stays");
        store.delete(id).await.expect("delete");
        store.delete(id).await.expect("nothing left to delete");
        assert!(matches!(store.get(id).await, Err(Error::NotFound)));
    }

    #[tokio::test]
    async fn what_a_crash_left_is_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = DiskBlobStore::open(folder.path()).expect("open");
        let (old, new) = (store.incoming().join("old"), store.incoming().join("new"));
        for path in [&old, &new] {
            fs::write(path, b"half").expect("write");
        }
        let past = SystemTime::now() - STALE - Duration::from_secs(1);
        File::options().write(true).open(&old).and_then(|file| file.set_modified(past)).expect("age");
        DiskBlobStore::open(folder.path()).expect("open again");
        assert!(!old.exists() && new.exists());
    }
}
