//! Contracts of organisations (承接组织): items, areas and days. Kept by the security administrator, since nobody of an
//! organisation may do what its contracts do not name.

use chrono::NaiveDate;
use domain::audit::Plain;
use domain::cases::Flash;
use domain::catalogue::is_organisation;
use domain::desk::{Duty, Scope};
use domain::forms::{Entries, Finding};
use domain::staff::{ContractView, ContractsView};
use uuid::Uuid;

use super::{store, typed};
use crate::areas::{organisation_insert, organisation_rename, reload};
use crate::audit::{Entry, audited};
use crate::desk::{ABOUT, desk_flash, worker_view};
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker, set_flash};
use crate::service::Service;
use crate::staff::prove_first;
use crate::words;

const PAGE: &str = "/desk/admin/contracts";
/// Characters of the name of an organisation.
const NAME: std::ops::RangeInclusive<usize> = 4..=40;
const NAME_WRONG: &str = "请写组织的全称，4到40个字";

/// The contracts of the organisations where the administrator gives rights, the last first.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for who gives no rights.
pub async fn contracts(service: &Service, visitor: &Visitor) -> Result<ContractsView, Error> {
    let worker = visitor.worker()?;
    worker.must(Duty::Rights)?;
    let rows = store::contracts(&service.db.read).await?;
    let own = rows.iter().filter(|row| worker.has_at(Duty::Rights, &row.office));
    Ok(ContractsView {
        worker: worker_view(service, worker),
        contracts: own.map(|row| view(service, row)).collect(),
        flash: desk_flash(service, worker, PAGE).await?,
    })
}

fn view(service: &Service, row: &store::ContractRow) -> ContractView {
    let today = service.today();
    let item = |code: &String| {
        let known = service.catalogue.latest(code);
        known.map_or_else(|| code.clone(), |revision| format!("{}（{code}）", revision.item.everyday))
    };
    let state = match (row.valid_to < today, row.valid_from > today) {
        (true, _) => "已经结束",
        (_, true) => "还没开始",
        _ => "正在执行",
    };
    ContractView {
        id: row.id.to_string(),
        office: service.areas.office_name(&row.office),
        items: store::codes::<Vec<_>>(&row.items).iter().map(item).collect(),
        areas: store::codes::<Vec<_>>(&row.areas).iter().map(|code| service.areas.full_name(code)).collect(),
        term: format!("{}到{}", words::day(row.valid_from), words::day(row.valid_to)),
        state: state.to_owned(),
        open: row.valid_to >= today,
    }
}

/// Adds one. What is wrong is said at its field.
///
/// # Errors
/// As [`contracts`].
pub async fn make_contract(service: &Service, visitor: &Visitor, entries: &Entries) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    by.must(Duty::Rights)?;
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
    let why = format!("{} {} {}", new.office, new.from, new.until);
    audited!(service, Entry::worker(by, Plain::MadeContract).because(why), |tx| {
        // Of two taps at once the second waits here, and finds what the first has made.
        store::touch(tx, &[by.id]).await?;
        if let Some(name) = &new.name {
            organisation_insert(tx, &new.office, name).await?;
        }
        let (what, when) = ((&new.items[..], &new.areas[..]), (new.from, new.until));
        if store::contract_exists(tx, &new.office, what, when).await? {
            return Ok(());
        }
        store::contract_insert(tx, &new.office, what, when).await
    })?;
    if new.name.is_some() {
        reload(service).await?;
    }
    let message = "合同登记好了。从开始那天起，这家组织的窗口就能收这些事。".to_owned();
    let entries = [(ABOUT, PAGE)].into_iter().collect();
    set_flash(service, &by.session, &Flash { entries, message, good: true, ..Flash::default() }).await?;
    Ok(Moved::to(PAGE))
}

/// The contract of this id, if its organisation lies where this administrator gives rights.
async fn within_reach(service: &Service, by: &Worker, id: &str) -> Result<store::ContractRow, Error> {
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let row = store::contract(&service.db.read, id).await?.ok_or(Error::NotFound)?;
    by.must_at(Duty::Rights, &row.office)?;
    Ok(row)
}

/// Ends one: its last day was yesterday, so that it allows nothing on the next request.
///
/// # Errors
/// As [`contracts`]; [`Error::NotFound`] for one that is not there, or over.
pub async fn end_contract(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    by.must(Duty::Rights)?;
    if let Some(first) = prove_first(service, by, PAGE).await? {
        return Ok(first);
    }
    let row = within_reach(service, by, id).await?;
    let today = service.today();
    let yesterday = today.pred_opt().unwrap_or(today);
    audited!(service, Entry::worker(by, Plain::EndedContract).because(row.id.to_string()), |tx| {
        match store::contract_end(tx, row.id, yesterday).await? {
            true => Ok(()),
            false => Err(Error::NotFound),
        }
    })?;
    Ok(Moved::to(PAGE))
}

/// Puts the name of a contract's organisation right, for all its contracts and cases.
///
/// # Errors
/// As [`contracts`]; [`Error::NotFound`] for a contract that is not there.
pub async fn rename_organisation(
    service: &Service,
    visitor: &Visitor,
    id: &str,
    entries: &Entries,
) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    by.must(Duty::Rights)?;
    if let Some(first) = prove_first(service, by, PAGE).await? {
        return Ok(first);
    }
    let row = within_reach(service, by, id).await?;
    let path = ContractView::name_path(&row.id.to_string());
    let name = domain::text::clean(entries.get(&path));
    if !NAME.contains(&name.chars().count()) {
        let findings = vec![Finding { path: path.clone(), message: NAME_WRONG.to_owned() }];
        let entries = [(path.as_str(), name.as_str()), (ABOUT, PAGE)].into_iter().collect();
        set_flash(service, &by.session, &Flash { entries, findings, ..Flash::default() }).await?;
        return Ok(Moved::to(PAGE));
    }
    audited!(service, Entry::worker(by, Plain::RenamedOrganisation).because(row.office.clone()), |tx| {
        organisation_rename(tx, &row.office, &name).await
    })?;
    reload(service).await?;
    let entries = [(ABOUT, PAGE)].into_iter().collect();
    let message = "名称改好了，办件、预约和居民看到的都跟着变。".to_owned();
    set_flash(service, &by.session, &Flash { entries, message, good: true, ..Flash::default() }).await?;
    Ok(Moved::to(PAGE))
}

struct New {
    office: String,
    /// Of an organisation that is not known yet.
    name: Option<String>,
    items: Vec<String>,
    areas: Vec<String>,
    from: NaiveDate,
    until: NaiveDate,
}

fn read(service: &Service, by: &Worker, entries: &Entries) -> Result<New, Vec<Finding>> {
    let mut findings = Vec::new();
    let mut wrong = |path: &str, message: &str| {
        findings.push(Finding { path: path.to_owned(), message: message.to_owned() });
    };
    let office = domain::text::clean(entries.get("office")).to_uppercase();
    let (items, areas) = (typed::list(entries.get("items")), typed::list(entries.get("areas")));
    let is_new = service.areas.office(&office).is_none();
    let name = Some(domain::text::clean(entries.get("name"))).filter(|_| is_new);
    let area = office.split('-').next().unwrap_or_default();
    if !is_organisation(&office) || !service.areas.exists(area) {
        wrong("office", "请填承接组织的机构代码：地区代码、短横线、ZZ和两位数字，比如 210103-ZZ01");
    } else if !by.has_at(Duty::Rights, &office) {
        wrong("office", "这家组织不归您管，请找负责那里的安全管理员");
    }
    if name.as_ref().is_some_and(|name| !NAME.contains(&name.chars().count())) {
        wrong("name", "这个机构代码还没登记过。请写组织的全称，4到40个字；代码写错了就改代码");
    }
    if items.is_empty() || items.iter().any(|code| service.catalogue.latest(code).is_none()) {
        wrong("items", "请填事项编码，用空格隔开，比如 MZ07 MZ09。有不认识的编码");
    }
    if areas.is_empty() || areas.iter().any(|code| !service.areas.exists(code)) {
        wrong("areas", "请填地区代码，用空格隔开，比如 210103005。有不认识的代码");
    } else if areas.iter().any(|code| !by.reaches_all(Duty::Rights, &Scope::below(code.as_str()))) {
        wrong("areas", "有的地区不归您管，请找负责那里的安全管理员");
    }
    let days = (entries.get("from").parse::<NaiveDate>(), entries.get("until").parse::<NaiveDate>());
    if days.0.is_err() {
        wrong("from", "请选开始的日子");
    }
    match (&days.0, &days.1) {
        (_, Err(_)) => wrong("until", "请选结束的日子"),
        (Ok(from), Ok(until)) if until < from => wrong("until", "结束的日子在开始之前，请检查"),
        (_, Ok(until)) if *until < service.today() => wrong("until", "结束的日子已经过了，请检查"),
        _ => {}
    }
    match days {
        (Ok(from), Ok(until)) if findings.is_empty() => Ok(New { office, name, items, areas, from, until }),
        _ => Err(findings),
    }
}
