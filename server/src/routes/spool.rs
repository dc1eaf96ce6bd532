//! What forms with files send, part by part.

use std::io::{Read, Seek};

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use service::Error;
use service::forms::{FILE_BYTES_MAX, Sent};
use tokio::io::AsyncWriteExt;

use crate::state::AppState;

/// Of a letter: far more than a message may have, so that one that is too long is refused with a reason.
const WORDS_BYTES_MAX: usize = 64 << 10;

/// A file as it was sent, in a file without a name: memory holds only those that are looked at.
pub(super) struct Spooled {
    sent: Sent,
    file: std::fs::File,
    /// More than this was not kept.
    too_big: bool,
}

impl Spooled {
    /// What was said of it, and its bytes.
    pub async fn read(self, state: &AppState) -> Result<(Sent, Vec<u8>), Error> {
        let Self { sent, mut file, too_big } = self;
        if too_big {
            return Err(Error::Refused(
                "文件超过10MB，太大了。请拍照时选小一点的尺寸，或者分成几个文件。前面的文件已经收到。".to_owned(),
            ));
        }
        let _turn = state.process.files.take().await?;
        let read = move || -> std::io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            file.rewind()?;
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = tokio::task::spawn_blocking(read).await.map_err(|error| Error::internal("an upload", error))?;
        Ok((sent, bytes.map_err(|error| Error::internal("an upload", error))?))
    }
}

pub(super) async fn text(mut field: Field<'_>, bytes_max: usize) -> Result<String, Response> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > bytes_max {
            return Err(StatusCode::BAD_REQUEST.into_response());
        }
    }
    Ok(String::from_utf8_lossy(&bytes).replace('\0', ""))
}

/// `None` when no file was chosen.
pub(super) async fn spool(state: &AppState, mut field: Field<'_>) -> Result<Option<Spooled>, Response> {
    let whole = |text: Option<&str>| text.unwrap_or_default().replace('\0', "");
    let sent = Sent { name: whole(field.file_name()), declared: whole(field.content_type()) };
    let fault = |error: std::io::Error| {
        tracing::error!(%error, "an upload could not be kept");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    };
    let file = tempfile::tempfile_in(&state.service.settings.data_dir).map_err(fault)?;
    let mut file = tokio::fs::File::from_std(file);
    let (mut size, mut too_big) = (0, false);
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        size += chunk.len();
        too_big = size > FILE_BYTES_MAX;
        if !too_big {
            file.write_all(&chunk).await.map_err(fault)?;
        }
    }
    file.flush().await.map_err(fault)?;
    if size == 0 && sent.name.is_empty() {
        return Ok(None);
    }
    Ok(Some(Spooled { sent, file: file.into_std().await, too_big }))
}

pub(super) fn broken(error: &MultipartError) -> Response {
    tracing::debug!(%error, "multipart");
    error.status().into_response()
}

/// Words with files.
#[derive(Default)]
pub(super) struct Letter {
    pub words: String,
    pub files: Vec<Spooled>,
    /// More than this were not kept.
    pub too_many: bool,
}

impl Letter {
    /// `name`: of the control with the words; files come under `file`.
    pub async fn read(state: &AppState, mut parts: Multipart, name: &str, files_max: usize) -> Result<Self, Response> {
        let mut letter = Self::default();
        while let Some(field) = parts.next_field().await.map_err(|error| broken(&error))? {
            match field.name().unwrap_or_default() {
                given if given == name => letter.words = text(field, WORDS_BYTES_MAX).await?,
                "file" => match spool(state, field).await? {
                    Some(_) if letter.files.len() == files_max => letter.too_many = true,
                    Some(file) => letter.files.push(file),
                    None => {}
                },
                _ => {}
            }
        }
        Ok(letter)
    }

    /// The files as they are looked at, with their bytes.
    pub async fn open(self, state: &AppState) -> Result<(String, Vec<(Sent, Vec<u8>)>), Error> {
        if self.too_many {
            return Err(Error::Refused("文件太多了，请分两次发。".to_owned()));
        }
        let mut files = Vec::with_capacity(self.files.len());
        for file in self.files {
            files.push(file.read(state).await?);
        }
        Ok((self.words, files))
    }
}
