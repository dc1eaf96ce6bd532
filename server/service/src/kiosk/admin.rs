//! Those who keep kiosks: registering one, its code, how all of them are, and the end of one.

use chrono::{Duration, SubsecRound};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::desk::Duty;
use domain::forms::{Entries, Finding};
use domain::kiosk::{ENROL_MINUTES, Health, KioskView, KiosksView, LANGUAGES, NAME_MAX, Paper, health};
use uuid::Uuid;

use super::device::code_hash;
use super::store::{self, KioskRow};
use crate::audit::{Entry, audited};
use crate::desk::{ABOUT, desk_flash, worker_view};
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker, set_flash};
use crate::service::Service;
use crate::staff::prove_first;
use crate::words;

const PAGE: &str = "/desk/admin/kiosks";
const CODE_CHARS: usize = 8;

/// The kiosks that the administrator keeps, by office and name.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for who keeps none.
pub async fn kiosks(service: &Service, visitor: &Visitor) -> Result<KiosksView, Error> {
    let worker = visitor.worker()?;
    worker.must(Duty::Kiosks)?;
    let rows = store::all(&service.db.read).await?;
    let own = rows.into_iter().filter(|row| worker.has_at(Duty::Kiosks, &row.office));
    Ok(KiosksView {
        worker: worker_view(service, worker),
        kiosks: own.map(|row| view(service, row)).collect(),
        flash: desk_flash(service, worker, PAGE).await?,
    })
}

fn view(service: &Service, row: KioskRow) -> KioskView {
    let now = service.clock.now();
    let health = health(row.enrolled_at, row.ended_at, row.seen_at, now);
    let since = match health {
        Health::Waiting => Some(row.created_at),
        Health::Alive => row.enrolled_at,
        Health::Silent => row.seen_at.or(row.enrolled_at),
        Health::Ended => row.ended_at,
    };
    let language = LANGUAGES.iter().find(|(key, _)| *key == row.language).map_or("", |(_, name)| name);
    KioskView {
        code: open_code(service, &row),
        id: row.id.to_string(),
        name: row.name,
        office: service.areas.office_name(&row.office),
        language: language.to_owned(),
        health,
        since: since.map(words::time).unwrap_or_default(),
        paper: Paper::from_key(&row.paper),
        version: row.version,
        used: row.used_at.map(words::time).unwrap_or_default(),
    }
}

/// The code to type while it is good, in two groups, and until when.
fn open_code(service: &Service, row: &KioskRow) -> Option<(String, String)> {
    let until = row.code_until.filter(|until| row.code_hash.is_some() && *until > service.clock.now())?;
    let code = code(service, row.id, until);
    Some(([&code[..4], &code[4..]].join(" "), words::hour(until)))
}

fn code(service: &Service, id: Uuid, until: chrono::DateTime<chrono::Utc>) -> String {
    service.keys.code("kiosk", &format!("{id}|{}", until.timestamp()), CODE_CHARS)
}

/// Registers one, with its first code. What is wrong is said at its field.
///
/// # Errors
/// As [`kiosks`].
pub async fn register(service: &Service, visitor: &Visitor, entries: &Entries) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    by.must(Duty::Kiosks)?;
    if let Some(first) = prove_first(service, by, PAGE).await? {
        return Ok(first);
    }
    let new = match read(service, by, entries) {
        Ok(new) => new,
        Err(findings) => {
            let mut entries = entries.clone();
            entries.set(ABOUT, PAGE);
            set_flash(service, &by.session, &Flash { entries, findings, ..Flash::default() }).await?;
            return Ok(Moved::to(format!("{PAGE}#create")));
        }
    };
    let entry = Entry::worker(by, Plain::RegisteredKiosk).because(format!("{} {}", new.id, new.office));
    audited!(service, entry, |tx| { store::insert(tx, new.clone()).await })?;
    said(service, by, "登记好了。请在那台自助机上填下面的代码。").await
}

fn read(service: &Service, by: &Worker, entries: &Entries) -> Result<KioskRow, Vec<Finding>> {
    let mut findings = Vec::new();
    let mut wrong = |path: &str, message: &str| {
        findings.push(Finding { path: path.to_owned(), message: message.to_owned() });
    };
    let name = domain::text::clean(entries.get("name"));
    let office = domain::text::clean(entries.get("office")).to_uppercase();
    let language = entries.get("language");
    if name.is_empty() || name.chars().count() > NAME_MAX {
        wrong("name", "请写这台自助机放在哪里，最多30个字，比如 一楼大厅1号");
    }
    if service.areas.office(&office).is_none() {
        wrong("office", "没有这个机构，请检查机构代码");
    } else if !by.has_at(Duty::Kiosks, &office) {
        wrong("office", "这个机构不归您管，请找负责那里的系统管理员");
    }
    if !LANGUAGES.iter().any(|(key, _)| *key == language) {
        wrong("language", "请选页面用哪种语言");
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let (id, now) = (Uuid::now_v7(), service.clock.now());
    let until = (now + Duration::minutes(ENROL_MINUTES)).trunc_subsecs(0);
    Ok(KioskRow {
        id,
        office,
        name,
        language: language.to_owned(),
        token_hash: None,
        code_hash: Some(code_hash(service, &code(service, id, until))),
        code_until: Some(until),
        enrolled_at: None,
        ended_at: None,
        seen_at: None,
        used_at: None,
        version: String::new(),
        paper: Paper::Unknown.key().to_owned(),
        called_at: None,
        created_by: by.id,
        created_at: now,
    })
}

/// Another code, for one that is not enrolled yet or whose device is replaced: the device of before is a kiosk until the
/// new one has its code.
///
/// # Errors
/// As [`kiosks`]; [`Error::NotFound`] for one that is not there, or ended.
pub async fn make_code(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    let row = match own(service, by, id).await? {
        Ok(row) => row,
        Err(first) => return Ok(first),
    };
    let until = (service.clock.now() + Duration::minutes(ENROL_MINUTES)).trunc_subsecs(0);
    let hash = code_hash(service, &code(service, row.id, until));
    let entry = Entry::worker(by, Plain::MadeKioskCode).because(row.id.to_string());
    audited!(service, entry, |tx| { store::set_code(tx, row.id, &hash, until).await })?;
    said(service, by, "新的代码有了。请在那台自助机上填。").await
}

/// Ends one: its cookie is good no more on the next request.
///
/// # Errors
/// As [`make_code`].
pub async fn end(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    let row = match own(service, by, id).await? {
        Ok(row) => row,
        Err(first) => return Ok(first),
    };
    let now = service.clock.now();
    let entry = Entry::worker(by, Plain::EndedKiosk).because(row.id.to_string());
    audited!(service, entry, |tx| { store::end(tx, row.id, now).await })?;
    said(service, by, "停用了。那台自助机现在什么都打不开。").await
}

/// A kiosk that this administrator keeps and that is not ended; or where to go first.
async fn own(service: &Service, by: &Worker, id: &str) -> Result<Result<KioskRow, Moved>, Error> {
    by.must(Duty::Kiosks)?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let row = store::fetch(&service.db.read, id).await?.filter(|row| row.ended_at.is_none()).ok_or(Error::NotFound)?;
    by.must_at(Duty::Kiosks, &row.office)?;
    Ok(match prove_first(service, by, PAGE).await? {
        Some(first) => Err(first),
        None => Ok(row),
    })
}

async fn said(service: &Service, by: &Worker, message: &str) -> Result<Moved, Error> {
    let entries = [(ABOUT, PAGE)].into_iter().collect();
    let flash = Flash { entries, message: message.to_owned(), good: true, ..Flash::default() };
    set_flash(service, &by.session, &flash).await?;
    Ok(Moved::to(PAGE))
}
