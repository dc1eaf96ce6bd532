//! All that is held about a resident: to read and to take along, to ask for a correction of, and to delete where the law
//! allows it.

mod close;
mod gather;
mod store;

use domain::audit::Plain;
use domain::cases::Flash;
use domain::data::{DataCopy, DataView};

pub use close::close;

use crate::audit::{Entry, look};
use crate::error::Error;
use crate::identity::{Moved, Visitor};
use crate::said::{good, said, told};
use crate::service::Service;

const PAGE: &str = "/me/data";

/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn view(service: &Service, visitor: &Visitor) -> Result<DataView, Error> {
    visitor.resident()?;
    look(service, Entry::by(visitor, Plain::SawOwnData)).await?;
    Ok(DataView { copy: gather::copy(service, visitor).await?, flash: told(service, visitor, PAGE).await? })
}

/// The copy to take along.
///
/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn copy(service: &Service, visitor: &Visitor) -> Result<DataCopy, Error> {
    visitor.resident()?;
    look(service, Entry::by(visitor, Plain::CopiedData)).await?;
    gather::copy(service, visitor).await
}

/// Asks the office of a case to correct it: it stands in the conversation of the case, and waits for an answer there.
///
/// # Errors
/// [`Error::NotFound`] for another's case; [`Error::Refused`] when too many messages wait for an answer.
pub async fn ask_correction(service: &Service, visitor: &Visitor, number: &str, words: &str) -> Result<Moved, Error> {
    visitor.resident()?;
    let words: String = domain::text::clean(words).chars().take(400).collect();
    if words.is_empty() || number.is_empty() {
        let message = "请选哪件事，再写清哪里错了、应该是什么。".to_owned();
        return said(service, visitor, Flash { message, ..Flash::default() }, PAGE).await;
    }
    crate::messages::write(service, visitor, number, &format!("请求更正我的信息：{words}"), Vec::new()).await?;
    said(service, visitor, good("已经交给办理部门，答复会写在那件办件的页面上。"), PAGE).await
}
