//! Notices as PDF: made when first asked for, and kept.

use uuid::Uuid;

use super::view::{check_address, content, seen};
use crate::error::Error;
use crate::identity::Visitor;
use crate::service::Service;

/// A notice to save and print.
pub struct Paper {
    /// `受理通知书 沈河民受字〔2026〕第00123号.pdf`
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The PDF of a notice, for those who may see the notice. It is kept under the notice's own id, so that what is issued
/// again is the same to the byte, whatever font or program has come since.
///
/// # Errors
/// [`Error::NotFound`] as for the page; [`Error::Unavailable`] when there is no font to set it in.
pub async fn paper(service: &Service, visitor: &Visitor, id: &str) -> Result<Paper, Error> {
    let row = seen(service, visitor, id).await?;
    let notice = content(service, &row)?;
    let name = format!("{} {}.pdf", notice.kind.title(), notice.number);
    if let Some(bytes) = kept(service, row.id).await? {
        return Ok(Paper { name, bytes });
    }
    let Some(maker) = service.paper.clone() else { return Err(Error::Unavailable(NO_FONT.to_owned())) };
    let turn = service.paper_turns.take().await?;
    // Another may have had it made meanwhile.
    if let Some(bytes) = kept(service, row.id).await? {
        return Ok(Paper { name, bytes });
    }
    let check = check_address(service, &row);
    // The work goes on when the browser hangs up, and so does its turn.
    let work = move || {
        let made = maker.make(&notice, &check);
        drop(turn);
        made
    };
    let bytes = tokio::task::spawn_blocking(work).await.map_err(|error| Error::internal("a paper", error))??;
    service.blobs.put(row.id, bytes.clone()).await?;
    Ok(Paper { name, bytes })
}

async fn kept(service: &Service, id: Uuid) -> Result<Option<Vec<u8>>, Error> {
    match service.blobs.get(id).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

const NO_FONT: &str = "这里暂时不能下载 PDF。请返回文书页面，用浏览器的“打印”打印这一页，内容一样、一样有效；\
                       也可以到任何一个窗口，请工作人员打印。";
