//! All that is held about a resident: to read and to take along, to ask for a correction of, and to delete where the law
//! allows it.

mod close;
mod gather;
mod store;

use domain::audit::Plain;
use domain::cases::Flash;
use domain::data::{DataCopy, DataHome};
use domain::forms::Finding;

pub use close::close;

use crate::audit::{Entry, look};
use crate::error::Error;
use crate::identity::{Moved, Visitor};
use crate::said::{good, said, told};
use crate::service::Service;

const PAGE: &str = "/me/data";

/// What a resident may ask for.
///
/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn home(service: &Service, visitor: &Visitor) -> Result<DataHome, Error> {
    let real = visitor.resident()?.real;
    let cases = gather::kept(service, visitor).await?;
    Ok(DataHome { cases, real, flash: told(service, visitor, PAGE).await? })
}

/// All of it, to read.
///
/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn view(service: &Service, visitor: &Visitor) -> Result<DataCopy, Error> {
    visitor.resident()?;
    look(service, Entry::by(visitor, Plain::SawOwnData)).await?;
    gather::copy(service, visitor).await
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
    let asked = [("number", number, "请选哪件事"), ("words", &words, "请写清哪里错了，应该是什么")];
    let missing = asked.iter().filter(|(_, text, _)| text.is_empty());
    let finding =
        |(path, _, message): &(&str, &str, &str)| Finding { path: (*path).into(), message: (*message).into() };
    let findings: Vec<Finding> = missing.map(finding).collect();
    if !findings.is_empty() {
        let entries = [("number", number), ("words", &words)].into_iter().collect();
        return said(service, visitor, Flash { entries, findings, ..Flash::default() }, PAGE).await;
    }
    crate::messages::write(service, visitor, number, &format!("请求更正我的信息：{words}"), Vec::new()).await?;
    said(service, visitor, good("已经交给办理部门，答复会写在那件办件的页面上。"), PAGE).await
}
