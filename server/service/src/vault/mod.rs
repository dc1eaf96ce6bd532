//! Personal data at rest: sealed before it is stored, bound to the place where it stands.
//!
//! A record is `1.<suite>.<key>.<base64>`: the version of the format, the suite of algorithms, the id of the key in the
//! file of keys, and nonce, ciphertext and tag. Table, column and row are authenticated with it, so a record opens in
//! its own place and nowhere else. What was not sealed is refused: there is no silent way back to plain text.

mod blind;
mod change;
mod convert;
mod files;
mod place;
mod ring;
mod rows;
mod store;
mod suite;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use base64ct::{Base64UrlUnpadded, Encoding};
use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

pub use blind::Purpose;
pub use change::{Rewrapped, add_key, retire_key, rewrap};
pub use convert::convert;
pub use files::SealedBlobs;
pub use place::*;
pub use ring::{Key, Ring, Use};
pub use store::Sealed;
pub use suite::{Sm4Gcm, Suite};

use crate::db::Db;
use crate::error::Error;
use crate::forms::{read_json, write_json};

const VERSION: &str = "1";
/// How often a process that serves looks whether there are other keys.
pub const LOOK_EVERY: Duration = Duration::from_secs(5);
/// So long after the last good look it seals nothing any more: the key that it knows could be destroyed by now.
const BLIND_FOR: Duration = Duration::from_secs(30);

/// Seals and opens with the keys of this installation.
pub struct Vault {
    file: PathBuf,
    ring: RwLock<Arc<Ring>>,
    /// The last good look at the file.
    seen: Mutex<Instant>,
}

impl Vault {
    /// Opens the file of keys. It is made, with keys of the suite, for a database that knows of none yet; from then on
    /// the two belong together.
    ///
    /// # Errors
    /// When the file cannot be used, or is not that of the database, or the database holds personal data in plain text.
    pub async fn of(db: &Db, file: &Path, suite: Suite, now: DateTime<Utc>) -> Result<Self, Error> {
        let known = store::ring(db).await?;
        if known.as_deref() == Some(store::PLAIN) {
            let fault = "the database holds personal data in plain text: run `tongban keys seal`";
            return Err(Error::internal("the key ring", fault));
        }
        let ring = match (Ring::read(file)?, &known) {
            (Some(ring), _) => ring,
            (None, Some(_)) => {
                return Err(Error::internal("the key ring of this database is not there", file.display()));
            }
            (None, None) => Self::make(file, suite, now)?,
        };
        let id = ring.id.to_string();
        let bound = if known.is_none() { store::bind(db, &id).await? } else { known.unwrap_or_default() };
        if bound != id {
            return Err(Error::internal("the key ring is that of another database", file.display()));
        }
        Ok(Self::with(file, ring))
    }

    /// Opens, or makes, the file of keys for a database that is still plain.
    async fn for_plain(db: &Db, file: &Path, suite: Suite, now: DateTime<Utc>) -> Result<Self, Error> {
        if store::ring(db).await?.as_deref() != Some(store::PLAIN) {
            return Err(Error::Refused("the personal data in this database is sealed already".to_owned()));
        }
        let ring = match Ring::read(file)? {
            Some(ring) => ring,
            None => Self::make(file, suite, now)?,
        };
        Ok(Self::with(file, ring))
    }

    /// A vault of its own in a folder, without a database; for measuring and trying it.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn in_folder(folder: &Path, suite: Suite, now: DateTime<Utc>) -> Result<Self, Error> {
        let file = folder.join("keys");
        Self::make(&file, suite, now).map(|ring| Self::with(&file, ring))
    }

    fn with(file: &Path, ring: Ring) -> Self {
        Self { file: file.to_owned(), ring: RwLock::new(Arc::new(ring)), seen: Mutex::new(Instant::now()) }
    }

    /// Makes the file; when somebody else was quicker, theirs counts.
    fn make(file: &Path, suite: Suite, now: DateTime<Utc>) -> Result<Ring, Error> {
        Ring::make(suite, now)?.write_new(file)?;
        Ring::read(file)?.ok_or_else(|| Error::internal("the key ring is gone", file.display()))
    }

    /// As it is known now.
    pub fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the file of keys again: another process may have added one.
    ///
    /// # Errors
    /// When it cannot be read, or is that of another installation.
    pub fn refresh(&self) -> Result<Arc<Ring>, Error> {
        let gone = || Error::internal("the key ring is gone or another", self.file.display());
        let read = Ring::read(&self.file).map(|ring| ring.filter(|ring| ring.id == self.ring().id));
        let ring = Arc::new(read?.ok_or_else(gone)?);
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&ring);
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Ok(ring)
    }

    /// Whether the file was read well not long ago. A process that looks at it by itself (see [`LOOK_EVERY`]) has; one
    /// that slept, or is a command, looks now.
    fn is_known(&self) -> bool {
        let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.elapsed() <= BLIND_FOR || self.refresh().is_ok()
    }

    /// A ring with the key of this id, if there is one: what was written with a key that is not known here yet was
    /// written by a process that has seen it in the file.
    fn ring_with(&self, purpose: Use, id: &str) -> Result<Arc<Ring>, Error> {
        let ring = self.ring();
        if ring.find(purpose, id).is_some() { Ok(ring) } else { self.refresh() }
    }

    /// Seals a value as JSON.
    ///
    /// # Errors
    /// As [`Self::seal`].
    pub(crate) fn write<T: Serialize>(&self, place: Place, value: &T) -> Result<Sealed, Error> {
        self.seal(place, &write_json(value)?)
    }

    /// Opens what [`Self::write`] sealed.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(crate) fn read<T: DeserializeOwned>(&self, place: Place, sealed: &Sealed) -> Result<T, Error> {
        read_json(&self.open(place, sealed)?)
    }

    /// Seals a value for its place, with the active key.
    ///
    /// # Errors
    /// When the machine has no random bytes.
    pub fn seal(&self, place: Place, plain: &str) -> Result<Sealed, Error> {
        let (head, sealed) = self.seal_bytes(&place, plain.as_bytes())?;
        Ok(Sealed::of_record(head + &Base64UrlUnpadded::encode_string(&sealed)))
    }

    /// Head and body of a record.
    fn seal_bytes(&self, place: &Place, plain: &[u8]) -> Result<(String, Vec<u8>), Error> {
        if !self.is_known() {
            return Err(Error::internal("seal", "the key ring was not readable for a while"));
        }
        let ring = self.ring();
        let key = ring.active(Use::Data)?;
        let head = head(key);
        let sealed = key.suite.seal(&key.secret, &place.bind(&head), plain);
        Ok((head, sealed.ok_or_else(|| Error::internal("seal", "no random bytes"))?))
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// [`Error::Internal`] for what was not sealed, or elsewhere, or with a key that is not there, or was changed.
    pub fn open(&self, place: Place, sealed: &Sealed) -> Result<String, Error> {
        let fault = |what| Error::internal("a sealed value", what);
        let (head, body) = split(sealed.record()).ok_or_else(|| fault("is none"))?;
        let bytes = Base64UrlUnpadded::decode_vec(body).map_err(|_| fault("is not whole"))?;
        let plain = self.unseal(head, &place.bind(head), &bytes)?;
        String::from_utf8(plain).map_err(|_| fault("is no text"))
    }

    /// With the key that is named in the head.
    fn unseal(&self, head: &str, aad: &[u8], bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let fault = |what| Error::internal("a sealed value", what);
        let id = head.split('.').nth(2).unwrap_or_default();
        let ring = self.ring_with(Use::Data, id)?;
        let key = ring.find(Use::Data, id).ok_or_else(|| fault("names a key that is not there"))?;
        // The suite is the key's: a record cannot choose another for it.
        let right = key.suite.letter().to_string() == head.split('.').nth(1).unwrap_or_default();
        let opened = if right { key.suite.open(&key.secret, aad, bytes) } else { None };
        opened.ok_or_else(|| fault("was changed, or belongs elsewhere"))
    }

    /// By what a value is found; to be stored.
    ///
    /// # Errors
    /// When there is no key for it.
    pub fn blind(&self, purpose: Purpose, value: &str) -> Result<String, Error> {
        Ok(blind(self.ring().active(Use::Blind)?, purpose, value))
    }

    /// All that the value may be stored as: while keys are changed there are several. The file is read for it, since
    /// another process may store with a key that is not known here yet, and a missing row would be taken for none.
    ///
    /// # Errors
    /// When the file of keys cannot be read.
    pub fn blinds(&self, purpose: Purpose, value: &str) -> Result<Vec<String>, Error> {
        Ok(self.refresh()?.of(Use::Blind).map(|key| blind(key, purpose, value)).collect())
    }

    /// Whether this is the value that is stored. What is stored names its key.
    pub fn is_blind(&self, purpose: Purpose, value: &str, stored: &str) -> bool {
        let Some((head, _)) = split(stored) else { return false };
        let id = head.split('.').nth(2).unwrap_or_default();
        let ring = self.ring_with(Use::Blind, id).unwrap_or_else(|_| self.ring());
        ring.find(Use::Blind, id).is_some_and(|key| crate::identity::same(&blind(key, purpose, value), stored))
    }

    /// Before a blind value is written that no two rows may have. One value has several while keys are changed, so the
    /// unique column alone would let two rows have it, one under each key. Who writes it
    ///
    /// 1. looks in the transaction for all that the value may be stored as ([`Self::blinds`]): the file of keys is read
    ///    after the transaction began, so every key is in it with which a row of that state was written;
    /// 2. calls this, when nothing was found, and then writes. Of two who do so at once one goes on, and the other is
    ///    repeated from the start, where it finds the row of the first.
    pub(crate) async fn alone(&self, tx: &DatabaseTransaction) -> Result<(), Error> {
        store::hold(tx).await
    }
}

fn blind(key: &Key, purpose: Purpose, value: &str) -> String {
    let value = Zeroizing::new(purpose.normalise(value));
    let mac = key.suite.mac(&key.secret, &[purpose.key().as_bytes(), &[0], value.as_bytes()]);
    format!("{VERSION}.{}.{}.{}", key.suite.letter(), key.id, Base64UrlUnpadded::encode_string(&mac))
}

/// What a record of this key begins with.
fn head(key: &Key) -> String {
    format!("{VERSION}.{}.{}.", key.suite.letter(), key.id)
}

/// Head and body of a record. None: it is none.
fn split(record: &str) -> Option<(&str, &str)> {
    let (head, body) = record.split_at_checked(record.rfind('.')? + 1)?;
    let mut parts = head.split('.');
    let right = parts.next() == Some(VERSION) && head.len() == VERSION.len() + 12 && parts.count() == 3;
    right.then_some((head, body))
}
