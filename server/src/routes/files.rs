//! Files of materials: taken in as they come, given out so that a browser does nothing with them.

use axum::extract::{Multipart, Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use service::Error;
use service::forms;
use service::identity::Moved;

use super::asked::Who;
use super::drafts::segment;
use super::spool::{Spooled, broken, spool, text};
use crate::state::AppState;

const TEXT_BYTES_MAX: usize = 200;

/// Takes files in. `path` says for which question, `page` on which page that stands; both come before the files.
pub async fn add(
    State(state): State<AppState>,
    who: Who,
    Path(id): Path<String>,
    mut multipart: Multipart,
) -> Response {
    let (mut path, mut page, mut outcome) = (String::new(), String::new(), None);
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) => return broken(&error),
        };
        let taken = match field.name().unwrap_or_default() {
            "path" => text(field, TEXT_BYTES_MAX).await.map(|text| path = text),
            "page" => text(field, TEXT_BYTES_MAX).await.map(|text| page = text),
            "file" => match spool(&state, field).await {
                // After a refusal the rest is read and left: a browser hears nothing while it still sends.
                Ok(Some(file)) if !matches!(outcome, Some(Err(_))) => {
                    outcome = Some(keep(&state, &who, &id, &path, file).await);
                    Ok(())
                }
                other => other.map(drop),
            },
            _ => Ok(()),
        };
        if let Err(response) = taken {
            return response;
        }
    }
    let back = format!("/drafts/{}/pages/{}", segment(&id), segment(&page));
    let nothing = || Err(Error::Refused("还没有选文件。请返回，先选好照片或文件，再按上传。".to_owned()));
    who.answer(&state, &back, outcome.unwrap_or_else(nothing))
}

async fn keep(state: &AppState, who: &Who, id: &str, path: &str, spooled: Spooled) -> Result<Moved, Error> {
    let (sent, bytes) = spooled.read(state).await?;
    forms::add_file(&state.service, &who.visitor, id, path, sent, bytes).await
}

pub async fn remove(State(state): State<AppState>, who: Who, Path((id, file)): Path<(String, String)>) -> Response {
    let removed = forms::remove_file(&state.service, &who.visitor, &id, &file).await;
    who.answer(&state, "/", removed)
}

#[derive(Deserialize)]
pub struct Show {
    inline: Option<String>,
}

/// Gives a file out to be saved; pictures can also be shown.
pub async fn give_out(
    State(state): State<AppState>,
    who: Who,
    Path(id): Path<String>,
    Query(show): Query<Show>,
) -> Response {
    let file = match forms::file(&state.service, &who.visitor, &id).await {
        Ok(file) => file,
        Err(error) => return who.error(&state, "/", &error),
    };
    let (kind, is_picture) = match file.media_type.as_str() {
        "image/jpeg" => ("image/jpeg", true),
        "image/png" => ("image/png", true),
        "application/pdf" => ("application/pdf", false),
        _ => ("application/octet-stream", false),
    };
    let inline = is_picture && show.inline.as_deref() == Some("1");
    let mut response = file.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(CONTENT_DISPOSITION, disposition(inline, &file.name));
    response
}

/// The name in the way of RFC 8187, which leaves no room for quotes and line ends.
pub(super) fn disposition(inline: bool, name: &str) -> HeaderValue {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let encoded: String = name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let kind = if inline { "inline" } else { "attachment" };
    HeaderValue::from_str(&format!("{kind}; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let value = disposition(false, "身份证\"\r\nX: y.jpg");
        assert_eq!(value, "attachment; filename*=UTF-8''%E8%BA%AB%E4%BB%BD%E8%AF%81%22%0D%0AX%3A%20y.jpg");
    }
}
