//! Files that have not come whole yet, on the disk: one file for each, of sealed records, in a folder for each browser.
//!
//! They are not rows of the database: a piece is no act of a person that the audit should tell of, and what lies here
//! is nothing to anybody until the file is whole and is taken in as every other. No name tells anything.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::ops::{Deref, DerefMut};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::{read_json, write_json};
use crate::error::Error;
use crate::ports::private_folder;
use crate::vault::{Vault, open_record, seal_record};

/// Kind, bytes that are sealed in it, bytes of the sealed record.
const FRAME_BYTES: u64 = 9;
const HEAD: u8 = b'h';
const PIECE: u8 = b'p';
const DONE: u8 = b'd';

/// What is said of a file before it comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    pub draft: Uuid,
    /// The material question.
    pub path: String,
    pub name: String,
    pub declared: String,
    pub size: u64,
    /// SHA-256, in hexadecimal digits.
    pub digest: String,
    pub begun_at: DateTime<Utc>,
}

/// How far a file is.
pub(super) struct State {
    pub head: Head,
    pub received: u64,
    /// Where its page is, when it was taken in.
    pub done: Option<String>,
    /// Behind the head.
    start: u64,
    /// Behind the last whole record: what a crash left half-written is no piece.
    end: u64,
}

/// A file that nobody else changes meanwhile. It is let go in words: a process that is begun at this moment has a copy of
/// the descriptor, which would keep the lock a little longer.
pub(super) struct Held(File);

impl Deref for Held {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // What cannot be let go is let go with the descriptor.
        let _ = self.0.unlock();
    }
}

/// A file on its way up.
pub(super) struct Spool<'a> {
    vault: &'a Vault,
    id: Uuid,
    place: PathBuf,
}

/// What stands before each record.
struct Frame {
    kind: u8,
    plain: u64,
    length: u64,
}

/// The frame of the record at `at`. None: there is none, or the record is not whole.
fn frame(file: &mut File, at: u64, size: u64) -> io::Result<Option<Frame>> {
    if at + FRAME_BYTES > size {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = [0; 9];
    file.read_exact(&mut bytes)?;
    let number = |at: usize| u64::from(u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]));
    let frame = Frame { kind: bytes[0], plain: number(1), length: number(5) };
    // A disk that lost its power can leave zeros.
    let is_whole = [HEAD, PIECE, DONE].contains(&frame.kind) && at + FRAME_BYTES + frame.length <= size;
    Ok(is_whole.then_some(frame))
}

/// The record behind a frame that was just read.
fn record(file: &mut File, frame: &Frame) -> io::Result<Vec<u8>> {
    let mut sealed = Vec::new();
    file.take(frame.length).read_to_end(&mut sealed)?;
    Ok(sealed)
}

fn fault(fault: impl std::fmt::Display) -> Error {
    Error::internal("a file that comes in pieces", fault)
}

impl<'a> Spool<'a> {
    pub fn of(vault: &'a Vault, folder: &Path, id: Uuid) -> Self {
        Self { vault, id, place: folder.join(id.simple().to_string()) }
    }

    fn record(&self, kind: u8, name: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let sealed = seal_record(self.vault, self.id, name, plain)?;
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).map(u32::to_le_bytes).map_err(fault);
        Ok([&[kind][..], &length(plain)?[..], &length(&sealed)?[..], &sealed].concat())
    }

    /// # Errors
    /// When the disk does not take it.
    pub fn begin(&self, head: &Head) -> Result<(), Error> {
        let record = self.record(HEAD, "head", write_json(head)?.as_bytes())?;
        private_folder(self.place.parent().unwrap_or(&self.place)).map_err(fault)?;
        // Under its own name it is whole.
        let draft = self.place.with_extension("new");
        let write = || {
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?.write_all(&record)?;
            fs::rename(&draft, &self.place)
        };
        write().map_err(fault)
    }

    /// # Errors
    /// [`Error::NotFound`]
    pub fn open(&self) -> Result<File, Error> {
        OpenOptions::new().read(true).write(true).open(&self.place).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::NotFound,
            _ => fault(error),
        })
    }

    /// # Errors
    /// When it cannot be read, or not be opened with the keys that are there.
    pub fn state(&self, file: &mut File) -> Result<State, Error> {
        let size = file.metadata().map_err(fault)?.len();
        let first = frame(file, 0, size).map_err(fault)?.filter(|first| first.kind == HEAD);
        let first = first.ok_or_else(|| fault("it has no beginning"))?;
        let head = open_record(self.vault, self.id, "head", &record(file, &first).map_err(fault)?)?;
        let head: Head = read_json(&String::from_utf8(head).map_err(fault)?)?;
        let start = FRAME_BYTES + first.length;
        let mut state = State { head, received: 0, done: None, start, end: start };
        while let Some(next) = frame(file, state.end, size).map_err(fault)? {
            if next.kind == PIECE {
                state.received += next.plain;
            } else {
                let location = open_record(self.vault, self.id, "done", &record(file, &next).map_err(fault)?)?;
                state.done = Some(String::from_utf8(location).map_err(fault)?);
            }
            state.end += FRAME_BYTES + next.length;
        }
        Ok(state)
    }

    /// Adds a piece if it is the next one. Returns how far the file is then.
    ///
    /// # Errors
    /// As [`Self::state`].
    pub fn add(&self, offset: u64, bytes: &[u8]) -> Result<State, Error> {
        // One piece after the other, whichever process is asked.
        let mut file = self.hold()?;
        let mut state = self.state(&mut file)?;
        let fits = state.received + bytes.len() as u64 <= state.head.size;
        if offset == state.received && fits && !bytes.is_empty() && state.done.is_none() {
            let record = self.record(PIECE, &offset.to_string(), bytes)?;
            self.append(&mut file, state.end, &record)?;
            state.received += bytes.len() as u64;
        }
        Ok(state)
    }

    fn append(&self, file: &mut File, end: u64, record: &[u8]) -> Result<(), Error> {
        let write = |file: &mut File| {
            file.set_len(end)?;
            file.seek(SeekFrom::Start(end))?;
            file.write_all(record)
        };
        write(file).map_err(fault)
    }

    /// The file for the one who changes it: as long as it is held, nobody else does.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Overloaded`] while another request holds it: in a moment it is free.
    pub fn hold(&self) -> Result<Held, Error> {
        let file = self.open()?;
        match file.try_lock() {
            Ok(()) => Ok(Held(file)),
            Err(TryLockError::WouldBlock) => Err(Error::Overloaded),
            Err(TryLockError::Error(error)) => Err(fault(error)),
        }
    }

    /// All that has come, in its order.
    ///
    /// # Errors
    /// As [`Self::state`].
    pub fn bytes(&self, file: &mut File, state: &State) -> Result<Vec<u8>, Error> {
        let (mut at, mut bytes) = (state.start, Vec::new());
        while let Some(next) = frame(file, at, state.end).map_err(fault)? {
            let sealed = record(file, &next).map_err(fault)?;
            bytes.extend(open_record(self.vault, self.id, &bytes.len().to_string(), &sealed)?);
            at += FRAME_BYTES + next.length;
        }
        Ok(bytes)
    }

    /// It was taken in: the pieces go, and who asks once more is told so.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn finish(&self, file: &mut File, state: &State, location: &str) -> Result<(), Error> {
        let done = self.record(DONE, "done", location.as_bytes())?;
        self.append(file, state.start, &done)
    }

    /// # Errors
    /// When the disk does not answer. What is not there any more is no error.
    pub fn remove(&self) -> Result<(), Error> {
        match fs::remove_file(&self.place) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(fault(error)),
            _ => Ok(()),
        }
    }
}

/// What lies in one browser's folder. What cannot be read any more is left to [`sweep`].
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn list(vault: &Vault, folder: &Path) -> Result<Vec<(Uuid, State)>, Error> {
    let mut found = Vec::new();
    for entry in entries(folder)? {
        let Ok(id) = Uuid::try_parse(&entry.file_name().to_string_lossy()) else { continue };
        let spool = Spool::of(vault, folder, id);
        if let Ok(state) = spool.open().and_then(|mut file| spool.state(&mut file)) {
            found.push((id, state));
        }
    }
    Ok(found)
}

/// Removes what was begun before this time. Returns how many.
///
/// # Errors
/// When a folder cannot be read; the next run goes on.
pub(super) fn sweep(vault: &Vault, root: &Path, before: DateTime<Utc>) -> Result<usize, Error> {
    let mut removed = 0;
    for folder in entries(root)? {
        for entry in entries(&folder.path())? {
            if is_over(vault, &folder.path(), &entry, before) {
                let gone = fs::remove_file(entry.path());
                removed += usize::from(gone.is_ok());
            }
        }
        // Only an empty one goes.
        let _ = fs::remove_dir(folder.path());
    }
    Ok(removed)
}

fn is_over(vault: &Vault, folder: &Path, entry: &fs::DirEntry, before: DateTime<Utc>) -> bool {
    let id = Uuid::try_parse(&entry.file_name().to_string_lossy()).ok();
    let state = id.and_then(|id| {
        let spool = Spool::of(vault, folder, id);
        spool.open().and_then(|mut file| spool.state(&mut file)).ok()
    });
    match state {
        Some(state) => state.head.begun_at < before,
        // Half-begun, or its key was destroyed.
        None => {
            let touched = entry.metadata().and_then(|known| known.modified());
            touched.is_ok_and(|touched| touched + Duration::from_secs(60) < SystemTime::from(before))
        }
    }
}

fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>, Error> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<_>>().map_err(fault),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(fault(error)),
    }
}
