//! Files that come in pieces, for networks that break: begun, sent on from where the server is, taken in when they are
//! whole. What is then done with a file is what is done with every other.

mod spool;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use self::spool::{Head, Held, Spool, State};
use super::draft::Draft;
use super::files::{FILE_BYTES_MAX, FULL, Sent, add_counted, check_place, shorten, too_big};
use crate::error::Error;
use crate::identity::{Moved, Visitor, hex};
use crate::service::Service;
use crate::vault::Vault;

/// The largest piece, in bytes.
pub const PIECE_BYTES_MAX: usize = 256 << 10;
/// Files that one browser may have on their way; the oldest makes room for a new one, so that nobody has to wait for a
/// day because of what a reload has left.
const UNFINISHED_MAX: usize = 4;
/// Files that came, of which it is remembered for a day that they did.
const DONE_MAX: usize = 40;
/// After so many hours it begins anew.
const LIFE_HOURS: i64 = 24;

/// What a browser says of a file before it sends it.
#[derive(Clone, Debug, Default)]
pub struct Announced {
    /// The material question.
    pub path: String,
    pub sent: Sent,
    pub size: u64,
    /// SHA-256, in hexadecimal digits.
    pub digest: String,
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub id: Uuid,
    /// So many bytes are here: the next piece begins there.
    pub offset: u64,
    /// It was taken in.
    pub done: bool,
}

impl Progress {
    fn of(id: Uuid, state: &State) -> Self {
        Self { id, offset: state.received, done: state.done.is_some() }
    }
}

/// A browser's or worker's own folder. Nobody finds anything in another's.
fn folder(service: &Service, visitor: &Visitor) -> Result<PathBuf, Error> {
    let who = match (&visitor.worker, &visitor.session) {
        (Some(worker), _) => format!("worker {}", worker.id),
        (None, Some(session)) => format!("session {session}"),
        (None, None) => return Err(Error::NotFound),
    };
    let name: String = hex(&Sha256::digest(who)).chars().take(32).collect();
    Ok(service.settings.uploads().join(name))
}

/// Disks wait: not on a thread that answers others.
async fn aside<T: Send + 'static>(
    service: &Service,
    folder: PathBuf,
    id: Uuid,
    work: impl FnOnce(&Spool<'_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let vault = Arc::clone(&service.vault);
    let work = move || work(&Spool::of(&vault, &folder, id));
    tokio::task::spawn_blocking(work).await.map_err(|fault| Error::internal("a file in pieces", fault))?
}

/// Begins a file, or finds the one that was begun: it goes on where it broke off, also after the page was left.
///
/// # Errors
/// [`Error::NotFound`] for a draft or question that is not there; [`Error::Refused`] says why no file may come.
pub async fn begin_upload(
    service: &Service,
    visitor: &Visitor,
    id: &str,
    announced: Announced,
) -> Result<Progress, Error> {
    let draft = Draft::open(service, visitor, id).await?;
    check_place(&draft, &announced.path)?;
    let label = shorten(&announced.sent.name);
    if announced.size > FILE_BYTES_MAX as u64 {
        return Err(too_big(&label));
    }
    let is_digest = announced.digest.len() == 64 && announced.digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    if announced.size == 0 || !is_digest {
        return Err(Error::Refused(format!("“{label}”是空的，请重新选一个文件。")));
    }
    service.limits.begin_pieces(visitor.address, service.clock.now())?;
    if !service.blobs.has_room().await? {
        return Err(Error::Unavailable(FULL.to_owned()));
    }
    let head = Head {
        draft: draft.row.id,
        path: announced.path,
        name: announced.sent.name,
        declared: announced.sent.declared,
        size: announced.size,
        digest: announced.digest.to_ascii_lowercase(),
        begun_at: service.clock.now(),
    };
    let (vault, folder) = (Arc::clone(&service.vault), folder(service, visitor)?);
    let work = move || begin(&vault, folder, &head);
    tokio::task::spawn_blocking(work).await.map_err(|fault| Error::internal("a file in pieces", fault))?
}

fn begin(vault: &Vault, folder: PathBuf, head: &Head) -> Result<Progress, Error> {
    let oldest = head.begun_at - TimeDelta::hours(LIFE_HOURS);
    let mut there = spool::list(vault, &folder)?;
    there.sort_by_key(|(_, state)| state.head.begun_at);
    let known = |state: &State| {
        let begun_at = state.head.begun_at;
        state.done.is_none() && begun_at >= oldest && state.head == Head { begun_at, ..head.clone() }
    };
    if let Some((id, state)) = there.iter().find(|(_, state)| known(state)) {
        return Ok(Progress::of(*id, state));
    }
    let (done, open): (Vec<_>, Vec<_>) = there.iter().partition(|(_, state)| state.done.is_some());
    let too_many = |list: usize, most: usize| (list + 1).saturating_sub(most);
    let over = open.iter().take(too_many(open.len(), UNFINISHED_MAX));
    for (id, _) in over.chain(done.iter().take(too_many(done.len(), DONE_MAX))) {
        Spool::of(vault, &folder, *id).remove()?;
    }
    let id = Uuid::new_v4();
    Spool::of(vault, &folder, id).begin(head)?;
    Ok(Progress { id, offset: 0, done: false })
}

/// The id of a file of this draft and visitor.
fn ids(draft: &str, upload: &str) -> Result<(Uuid, Uuid), Error> {
    let id = |text: &str| Uuid::parse_str(text).map_err(|_| Error::NotFound);
    Ok((id(draft)?, id(upload)?))
}

fn of_draft(state: State, draft: Uuid) -> Result<State, Error> {
    if state.head.draft == draft { Ok(state) } else { Err(Error::NotFound) }
}

/// How far a file is.
///
/// # Errors
/// [`Error::NotFound`] for what is another's, or over.
pub async fn upload_progress(
    service: &Service,
    visitor: &Visitor,
    draft: &str,
    upload: &str,
) -> Result<Progress, Error> {
    let (draft, id) = ids(draft, upload)?;
    let state = aside(service, folder(service, visitor)?, id, |spool| spool.state(&mut spool.open()?)).await?;
    Ok(Progress::of(id, &of_draft(state, draft)?))
}

/// Takes a piece. Of one that is not the next one, nothing is kept; the answer says where the next one begins.
///
/// # Errors
/// [`Error::NotFound`] for what is another's, or over; [`Error::Refused`] when so much came today already.
pub async fn add_piece(
    service: &Service,
    visitor: &Visitor,
    (draft, upload): (&str, &str),
    offset: u64,
    bytes: Vec<u8>,
) -> Result<Progress, Error> {
    let before = upload_progress(service, visitor, draft, upload).await?;
    if bytes.len() > PIECE_BYTES_MAX {
        return Err(Error::Refused("一次传得太多了，请重新选这个文件。".to_owned()));
    }
    if before.done || before.offset != offset {
        return Ok(before);
    }
    service.limits.upload(visitor, bytes.len(), service.clock.now())?;
    let add = move |spool: &Spool<'_>| spool.add(offset, &bytes);
    let state = aside(service, folder(service, visitor)?, before.id, add).await?;
    Ok(Progress::of(before.id, &state))
}

/// Takes a file in that has come whole: the same checks, the same place, the same limits as for one that came at once.
/// Asked again, because the answer was lost, it says the same and takes nothing in twice.
///
/// # Errors
/// [`Error::Refused`] says why the file cannot be used; then it is gone. After any other error it can be asked again.
pub async fn finish_upload(service: &Service, visitor: &Visitor, draft: &str, upload: &str) -> Result<Moved, Error> {
    let (draft_id, id) = ids(draft, upload)?;
    let folder = folder(service, visitor)?;
    let held = aside(service, folder.clone(), id, |spool| {
        let mut file = spool.hold()?;
        let state = spool.state(&mut file)?;
        Ok((file, state))
    });
    let (file, state) = held.await?;
    let state = of_draft(state, draft_id)?;
    if let Some(location) = state.done {
        return Ok(Moved::to(location));
    }
    if state.received != state.head.size {
        return Err(Error::Conflict("文件还没有传完，请稍等。".to_owned()));
    }
    let taken = take_in(service, visitor, (folder.clone(), id), file, state).await;
    if matches!(taken, Err(Error::Refused(_) | Error::NotFound)) {
        aside(service, folder, id, |spool| spool.remove()).await?;
    }
    taken
}

async fn take_in(
    service: &Service,
    visitor: &Visitor,
    (folder, id): (PathBuf, Uuid),
    mut file: Held,
    state: State,
) -> Result<Moved, Error> {
    let read = aside(service, folder.clone(), id, move |spool| {
        let bytes = spool.bytes(&mut file, &state)?;
        Ok((hex(&Sha256::digest(&bytes)), bytes, file, state))
    });
    let (digest, bytes, mut file, state) = read.await?;
    let (head, label) = (&state.head, shorten(&state.head.name));
    if digest != head.digest {
        return Err(Error::Refused(format!("“{label}”在路上传坏了，没有保存。请再传一次。")));
    }
    let sent = Sent { name: head.name.clone(), declared: head.declared.clone() };
    let moved = add_counted(service, visitor, &head.draft.to_string(), &head.path, &sent, bytes).await?;
    let location = moved.location.clone();
    aside(service, folder, id, move |spool| spool.finish(&mut file, &state, &location)).await?;
    Ok(moved)
}

/// The person does not want to send it any more.
///
/// # Errors
/// [`Error::NotFound`] for what is another's, or over.
pub async fn cancel_upload(service: &Service, visitor: &Visitor, draft: &str, upload: &str) -> Result<(), Error> {
    let progress = upload_progress(service, visitor, draft, upload).await?;
    aside(service, folder(service, visitor)?, progress.id, |spool| spool.remove()).await
}

/// Of a draft that is thrown away, what this browser has on its way goes, too.
pub(super) async fn forget_uploads(service: &Service, visitor: &Visitor, draft: Uuid) -> Result<(), Error> {
    let Ok(folder) = folder(service, visitor) else { return Ok(()) };
    let vault = Arc::clone(&service.vault);
    let work = move || {
        let mut of_draft = spool::list(&vault, &folder)?.into_iter().filter(|(_, state)| state.head.draft == draft);
        of_draft.try_for_each(|(id, _)| Spool::of(&vault, &folder, id).remove())
    };
    tokio::task::spawn_blocking(work).await.map_err(|fault| Error::internal("a file in pieces", fault))?
}

/// Removes what was begun a day ago. Returns how many.
///
/// # Errors
/// When a folder cannot be read; the next run goes on.
pub async fn sweep_uploads(service: &Service) -> Result<usize, Error> {
    let (vault, root) = (Arc::clone(&service.vault), service.settings.uploads());
    let before = service.clock.now() - TimeDelta::hours(LIFE_HOURS);
    let work = move || spool::sweep(&vault, &root, before);
    tokio::task::spawn_blocking(work).await.map_err(|fault| Error::internal("files in pieces", fault))?
}
