//! Rights as the administrators' page sends them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::cases::Flash;
use domain::desk::{Duty, Items, Role, Scope};
use domain::forms::{Entries, Finding};

use super::{NewGrant, give, propose, revoke};
use crate::desk::ABOUT;
use crate::error::Error;
use crate::identity::{Moved, Visitor, set_flash};
use crate::service::Service;
use crate::staff::prove_first;

fn page_of(worker: &str) -> String {
    format!("/desk/admin/workers/{worker}")
}

/// Gives a right, or keeps it for a second administrator. What is wrong is said on the page.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for who may not give rights, or a worker who is not there.
pub async fn give_typed(service: &Service, visitor: &Visitor, worker: &str, entries: &Entries) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    by.must(Duty::Rights)?;
    let page = page_of(worker);
    if let Some(first) = prove_first(service, by, &page).await? {
        return Ok(first);
    }
    let mut flash = Flash { good: true, ..Flash::default() };
    let done = match read(entries) {
        Ok(new) if super::needs_second(&new) => {
            flash.message = "已经提出。另一位管理员批准后生效。".to_owned();
            propose(service, visitor, worker, new, entries.get("reason")).await
        }
        Ok(new) => {
            flash.message = "权限给好了，下一次操作就生效。".to_owned();
            give(service, visitor, worker, new).await
        }
        Err(finding) => {
            flash = Flash { entries: entries.clone(), findings: vec![finding], ..Flash::default() };
            Ok(())
        }
    };
    match done {
        Ok(()) => {}
        Err(Error::Refused(message)) => flash = Flash { entries: entries.clone(), message, ..Flash::default() },
        Err(error) => return Err(error),
    }
    flash.entries.set(ABOUT, page.as_str());
    set_flash(service, &by.session, &flash).await?;
    Ok(Moved::to(page))
}

/// Takes a right back.
///
/// # Errors
/// As [`give_typed`].
pub async fn revoke_from_page(service: &Service, visitor: &Visitor, worker: &str, grant: &str) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    by.must(Duty::Rights)?;
    let page = page_of(worker);
    if let Some(first) = prove_first(service, by, &page).await? {
        return Ok(first);
    }
    revoke(service, visitor, worker, grant).await?;
    set_flash(service, &by.session, &Flash::default()).await?;
    Ok(Moved::to(page))
}

/// Codes that were typed one after the other.
pub(super) fn list(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、'));
    parts.filter(|code| !code.is_empty()).map(str::to_uppercase).collect()
}

fn read(entries: &Entries) -> Result<NewGrant, Finding> {
    let wrong = |path: &str, message: &str| Finding { path: path.to_owned(), message: message.to_owned() };
    let role = Role::from_key(entries.get("role")).ok_or_else(|| wrong("role", "请选岗位。"))?;
    let at = domain::text::clean(entries.get("at"));
    if at.is_empty() {
        return Err(wrong("at", "请填机构代码或地区代码。"));
    }
    let below = entries.get("below") == "yes";
    let listed: BTreeSet<String> = list(entries.get("items")).into_iter().collect();
    let items = if listed.is_empty() { Items::All } else { Items::Listed(listed) };
    let day = |path: &str| match entries.get(path) {
        "" => Ok(None),
        text => text.parse::<NaiveDate>().map(Some).map_err(|_| wrong(path, "日期不对，请再选一次。")),
    };
    Ok(NewGrant { role, scope: Scope { at, below }, items, from: day("from")?, until: day("until")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Result<NewGrant, Finding> {
        read(&pairs.iter().copied().collect())
    }

    #[test]
    fn what_is_typed_is_read_as_it_was_meant() {
        let new = typed(&[
            ("role", "window"),
            ("at", " 210103005 "),
            ("below", "yes"),
            ("items", "mz07，MZ24"),
            ("until", "2026-12-31"),
        ]);
        let new = new.expect("a grant");
        assert_eq!((new.role, new.scope.at.as_str(), new.scope.below), (Role::Window, "210103005", true));
        assert!(new.items.has("MZ07") && new.items.has("MZ24") && !new.items.has("MZ01"));
        assert_eq!((new.from, new.until), (None, NaiveDate::from_ymd_opt(2026, 12, 31)));
        for (pairs, path) in [
            (&[("role", "king"), ("at", "210103")][..], "role"),
            (&[("role", "window")][..], "at"),
            (&[("role", "window"), ("at", "210103"), ("from", "soon")][..], "from"),
        ] {
            assert_eq!(typed(pairs).expect_err("wrong").path, path);
        }
    }
}
