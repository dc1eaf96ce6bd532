//! The file of keys: outside the database, readable by this user alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

use super::suite::{KEY_BYTES, Suite};
use crate::error::Error;
use crate::identity::{from_hex, hex};

const HEADING: &str = "# The keys of personal data. Whoever has this file and the database can read it; whoever loses it cannot.\n\
                       # Keep a copy apart from the copies of the database. Change it with `tongban keys` alone.\n\n";

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// Sealing what is stored.
    Data,
    /// Finding a value without storing it.
    Blind,
}

pub struct Key {
    /// Eight letters and digits; stands in every record.
    pub id: String,
    pub purpose: Use,
    pub suite: Suite,
    pub made_at: DateTime<Utc>,
    /// When another took its place; it still opens what it sealed.
    pub replaced_at: Option<DateTime<Utc>>,
    pub(super) secret: Zeroizing<[u8; KEY_BYTES]>,
}

/// All keys of an installation; of each use, one is active.
pub struct Ring {
    pub id: Uuid,
    pub keys: Vec<Key>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    ring: Uuid,
    key: Vec<WrittenKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKey {
    id: String,
    #[serde(rename = "use")]
    purpose: Use,
    suite: String,
    made_at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    replaced_at: Option<DateTime<Utc>>,
    secret: String,
}

impl Drop for WrittenKey {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

impl Key {
    fn make(purpose: Use, suite: Suite, now: DateTime<Utc>) -> Result<Self, Error> {
        let mut secret = Zeroizing::new([0; KEY_BYTES]);
        getrandom::fill(secret.as_mut_slice()).map_err(|error| Error::internal("random bytes", error))?;
        let id = Uuid::new_v4().simple().to_string().chars().take(8).collect();
        Ok(Self { id, purpose, suite, made_at: now, replaced_at: None, secret })
    }
}

impl Ring {
    /// A new one, with a key for each use.
    pub fn make(suite: Suite, now: DateTime<Utc>) -> Result<Self, Error> {
        let keys = vec![Key::make(Use::Data, suite, now)?, Key::make(Use::Blind, suite, now)?];
        Ok(Self { id: Uuid::new_v4(), keys })
    }

    pub fn active(&self, purpose: Use) -> Result<&Key, Error> {
        let mut keys = self.of(purpose).filter(|key| key.replaced_at.is_none());
        keys.next().ok_or_else(|| Error::internal("the key ring", "no key is active"))
    }

    pub fn of(&self, purpose: Use) -> impl Iterator<Item = &Key> {
        self.keys.iter().filter(move |key| key.purpose == purpose)
    }

    pub fn find(&self, purpose: Use, id: &str) -> Option<&Key> {
        self.of(purpose).find(|key| key.id == id)
    }

    /// `None`: there is no such file.
    pub fn read(file: &Path) -> Result<Option<Self>, Error> {
        let text = match fs::read_to_string(file) {
            Ok(text) => Zeroizing::new(text),
            Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(None),
            Err(fault) => return Err(fault_of(file, fault)),
        };
        // The fault of a parser quotes the line: it must not carry a secret into a log.
        let written: Written = toml::from_str(&text).map_err(|_| fault_of(file, "is not a file of keys"))?;
        let ring = Self::of_written(written).ok_or_else(|| fault_of(file, "holds a key that is none"))?;
        for purpose in [Use::Data, Use::Blind] {
            if ring.of(purpose).filter(|key| key.replaced_at.is_none()).count() != 1 {
                return Err(fault_of(file, "does not hold one active key of each use"));
            }
        }
        Ok(Some(ring))
    }

    fn of_written(written: Written) -> Option<Self> {
        let key = |key: WrittenKey| {
            let right = key.id.len() == 8 && key.id.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let secret = Zeroizing::new(from_hex(&key.secret)?);
            let suite = Suite::from_key(&key.suite)?;
            let (id, purpose) = (key.id.clone(), key.purpose);
            let (made_at, replaced_at) = (key.made_at, key.replaced_at);
            right.then_some(Key { id, purpose, suite, made_at, replaced_at, secret })
        };
        Some(Self { id: written.ring, keys: written.key.into_iter().map(key).collect::<Option<_>>()? })
    }

    fn text(&self, file: &Path) -> Result<Zeroizing<String>, Error> {
        let key = |key: &Key| WrittenKey {
            id: key.id.clone(),
            purpose: key.purpose,
            suite: key.suite.key().to_owned(),
            made_at: key.made_at,
            replaced_at: key.replaced_at,
            secret: hex(key.secret.as_slice()),
        };
        let written = Written { ring: self.id, key: self.keys.iter().map(key).collect() };
        let text = toml::to_string(&written).map_err(|fault| fault_of(file, fault))?;
        Ok(Zeroizing::new(format!("{HEADING}{text}")))
    }

    /// Writes the file if there is none. `false`: somebody else was quicker.
    pub fn write_new(&self, file: &Path) -> Result<bool, Error> {
        if let Some(folder) = file.parent() {
            crate::ports::private_folder(folder).map_err(|fault| fault_of(file, fault))?;
        }
        let draft = self.write_draft(file)?;
        let done = fs::hard_link(&draft, file);
        fs::remove_file(&draft).map_err(|fault| fault_of(file, fault))?;
        match done {
            Ok(()) => sync_folder(file).map(|()| true).map_err(|fault| fault_of(file, fault)),
            Err(fault) if fault.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(fault) => Err(fault_of(file, fault)),
        }
    }

    /// Changes the file, one process at a time.
    pub fn change<T>(file: &Path, change: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(lock_of(file));
        let lock = lock.map_err(|fault| fault_of(file, fault))?;
        lock.lock().map_err(|fault| fault_of(file, fault))?;
        let mut ring = Self::read(file)?.ok_or_else(|| fault_of(file, "is not there"))?;
        let done = change(&mut ring)?;
        let draft = ring.write_draft(file)?;
        fs::rename(&draft, file).and_then(|()| sync_folder(file)).map_err(|fault| fault_of(file, fault))?;
        Ok(done)
    }

    /// Adds a key that is active from now on. Returns its id.
    pub fn add(&mut self, purpose: Use, suite: Suite, now: DateTime<Utc>) -> Result<String, Error> {
        let key = Key::make(purpose, suite, now)?;
        let id = key.id.clone();
        for old in self.keys.iter_mut().filter(|old| old.purpose == purpose && old.replaced_at.is_none()) {
            old.replaced_at = Some(now);
        }
        self.keys.push(key);
        Ok(id)
    }

    /// The file beside the real one, on the disk.
    fn write_draft(&self, file: &Path) -> Result<PathBuf, Error> {
        let draft = file.with_extension(format!("{}.new", Uuid::new_v4().simple()));
        let text = self.text(file)?;
        let write = || {
            let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
            out.write_all(text.as_bytes())?;
            out.sync_all()
        };
        write().map_err(|fault| fault_of(file, fault))?;
        Ok(draft)
    }
}

fn lock_of(file: &Path) -> PathBuf {
    file.with_extension("lock")
}

fn sync_folder(file: &Path) -> io::Result<()> {
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

fn fault_of(file: &Path, fault: impl std::fmt::Display) -> Error {
    Error::internal(&format!("the key ring {}", file.display()), fault)
}
