//! What a kiosk's page hands to the agent that prints (`.readme/kiosk-agent.md`): of cases and notices that the visitor
//! may see, and of no others.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::printing::{Line, Print, notice_slip};
use service::{Error, cases, notices};

use super::asked::Who;
use super::drafts::segment;
use crate::agent::{Document, Media};
use crate::answer::escape;
use crate::state::AppState;

/// `slip` on the roll, `record` on A4.
pub async fn of_case(
    State(state): State<AppState>,
    who: Who,
    Path((number, what)): Path<(String, String)>,
) -> Response {
    let back = format!("/cases/{}", segment(&number));
    let Some(print) = Print::from_key(&what) else { return who.error(&state, &back, &Error::NotFound) };
    match cases::track(&state.service, &who.visitor, &number).await {
        Ok(track) => {
            let lines = print.lines(&track);
            let document = match print {
                Print::Slip => Document::Roll { lines },
                Print::Record => Document::page(Media::Html, sheet(&lines, &track.receipt.qr).as_bytes()),
            };
            Json(document).into_response()
        }
        Err(error) => who.error(&state, &back, &error),
    }
}

/// `slip` on the roll, `paper` on A4: the same as to save.
pub async fn of_notice(State(state): State<AppState>, who: Who, Path((id, what)): Path<(String, String)>) -> Response {
    let printed = match what.as_str() {
        "slip" => notices::notice(&state.service, &who.visitor, &id).await.map(|issued| {
            let check = format!("{}?code={}", issued.check, issued.notice.code);
            Document::Roll { lines: notice_slip(issued.notice, check) }
        }),
        "paper" => notices::paper(&state.service, &who.visitor, &id)
            .await
            .map(|paper| Document::page(Media::Pdf, &paper.bytes)),
        _ => Err(Error::NotFound),
    };
    match printed {
        Ok(document) => Json(document).into_response(),
        Err(error) => who.error(&state, &format!("/notices/{}", segment(&id)), &error),
    }
}

/// A4, for a printer: a page of its own, without script and address.
fn sheet(lines: &[Line], qr: &str) -> String {
    let line = |line: &Line| match line {
        Line::Title(text) => format!("<h1>{}</h1>", escape(text)),
        Line::Text(text) => format!("<p>{}</p>", escape(text)),
        Line::Qr(_) => format!("<div>{qr}</div>"),
        Line::Rule => "<hr>".to_owned(),
    };
    let body: String = lines.iter().map(line).collect();
    format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><style>@page{{size:A4;margin:20mm}}\
         body{{font:14pt/1.6 sans-serif}}h1{{font-size:20pt;margin:4mm 0}}p{{margin:2mm 0}}svg{{width:40mm;height:40mm}}\
         </style></head><body>{body}</body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_cannot_bring_markup() {
        let page = sheet(&[Line::Text("<script>x</script>".to_owned()), Line::Qr("https://x".to_owned())], "<svg/>");
        assert!(page.contains("<p>&lt;script&gt;x&lt;/script&gt;</p><div><svg/></div>"), "{page}");
    }
}
