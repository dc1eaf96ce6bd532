//! What anybody may read: a community's board, and one announcement. Never all of them: without a community there is no
//! list, a list is short, and an address has a budget.

use domain::announcements::{Announced, Announcement, Board, BoardEntry};
use domain::areas::{Area, AreaLevel, CITY, at_level, level};
use domain::cases::Flash;
use uuid::Uuid;

use super::store::{self, AnnouncementRow};
use crate::cases::store::case_fetch;
use crate::desk::ABOUT;
use crate::error::Error;
use crate::forms::read_json;
use crate::identity::{Visitor, flash, set_flash};
use crate::service::Service;

const PAGE: usize = 20;

/// The areas to choose from, or what is announced in a community. `after`: see [`Board::next`].
///
/// # Errors
/// [`Error::NotFound`] for an area that does not exist; [`Error::Busy`] after too many lists from one address.
pub async fn board(service: &Service, visitor: &Visitor, area: &str, after: &str) -> Result<Board, Error> {
    let area = if area.is_empty() { CITY } else { area };
    if !service.areas.exists(area) {
        return Err(Error::NotFound);
    }
    let above = [AreaLevel::District, AreaLevel::Street, AreaLevel::Community].map(|level| at_level(area, level));
    let chosen: Vec<Area> = above.into_iter().flatten().map(|code| named(service, code)).collect();
    if level(area) != Some(AreaLevel::Community) {
        return Ok(Board { chosen, below: service.areas.children(area), ..Board::default() });
    }
    service.limits.board(visitor.address, service.clock.now())?;
    // What is known to the street or district alone stands on the pages of all of its communities.
    let mut areas = vec![CITY.to_owned()];
    areas.extend(chosen.iter().map(|area| area.code.clone()));
    let before = if after.is_empty() { None } else { Some(Uuid::parse_str(after).map_err(|_| Error::NotFound)?) };
    let limit = PAGE as u64 + 1;
    let mut rows = store::visible_in(&service.db.read, areas, service.today(), before, limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string()).unwrap_or_default();
    let entries = rows.iter().map(entry).collect::<Result<_, _>>()?;
    Ok(Board { chosen, below: Vec::new(), entries, next })
}

fn named(service: &Service, code: &str) -> Area {
    Area { code: code.to_owned(), name: service.areas.name(code).unwrap_or(code).to_owned() }
}

fn entry(row: &AnnouncementRow) -> Result<BoardEntry, Error> {
    let Announced { name, item, .. } = read_json(&row.shown)?;
    Ok(BoardEntry { id: row.id.to_string(), name, item, until: row.until_day })
}

/// One announcement.
///
/// # Errors
/// [`Error::NotFound`], the same for one that is over and for one that never was; [`Error::Busy`] after too many from one
/// address.
pub async fn announcement(service: &Service, visitor: &Visitor, id: &str) -> Result<Announcement, Error> {
    service.limits.announcement(visitor.address, service.clock.now())?;
    let row = visible(service, id).await?;
    let case = case_fetch(&service.db.read, row.case_id).await?.ok_or(Error::NotFound)?;
    let id = row.id.to_string();
    Ok(Announcement {
        announced: read_json(&row.shown)?,
        area: Area { name: service.areas.full_name(&row.area), code: row.area },
        from: row.from_day,
        until: row.until_day,
        office: service.areas.office_name(&case.office),
        today: service.today(),
        flash: said(service, visitor, &id).await?,
        id,
    })
}

pub(super) async fn visible(service: &Service, id: &str) -> Result<AnnouncementRow, Error> {
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    store::visible_one(&service.db.read, id, service.today()).await?.ok_or(Error::NotFound)
}

/// What the form of this announcement last said to this browser. A good message is said once.
async fn said(service: &Service, visitor: &Visitor, id: &str) -> Result<Flash, Error> {
    let flash = flash(service, visitor).await?;
    if flash.entries.get(ABOUT) != id {
        return Ok(Flash::default());
    }
    if let (true, Some(session)) = (flash.good, &visitor.session) {
        set_flash(service, session, &Flash::default()).await?;
    }
    Ok(flash)
}
