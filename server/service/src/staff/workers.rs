//! Workers' accounts, kept by the system administrator: made, ended, and given a new invitation. No administrator
//! chooses a password, and none gives rights to the accounts that they make.

use domain::audit::Plain;
use domain::cases::Flash;
use domain::desk::Duty;
use domain::forms::{Entries, Finding};
use domain::staff::{WorkerPage, WorkerRow as Row, WorkerState, WorkersView};
use uuid::Uuid;

use super::account::end_everything;
use super::{invitations, is_fresh, prove_first, store};
use crate::audit::{Entry, audited};
use crate::desk::{ABOUT, desk_flash, worker_view};
use crate::error::Error;
use crate::grants;
use crate::identity::{Moved, Visitor, Worker, set_flash};
use crate::service::Service;

const LIST: &str = "/desk/admin/workers";
const NAME_MAX: usize = 20;
const LOGIN: std::ops::RangeInclusive<usize> = 3..=30;

fn page_of(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

/// Who may see accounts: who keeps them, and who gives rights.
fn must_see(worker: &Worker) -> Result<(), Error> {
    worker.must(Duty::Workers).or_else(|_| worker.must(Duty::Rights))
}

/// The accounts of the offices whose name or code has these characters.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for who is no such administrator.
pub async fn workers(service: &Service, visitor: &Visitor, sought: &str) -> Result<WorkersView, Error> {
    let worker = visitor.worker()?;
    must_see(worker)?;
    let sought = domain::text::clean(sought);
    let offices = service.areas.find_offices(&sought);
    let own = service.areas.offices_where(|office| may_see(worker, office));
    let rows = store::workers_of(&service.db.read, (&offices, &sought), &own).await?;
    let invited = store::invited(&service.db.read, service.clock.now()).await?;
    let row = |row: &store::WorkerRow| Row {
        id: row.id.to_string(),
        login: row.login.clone(),
        name: row.name.clone(),
        office: service.areas.office_name(&row.office),
        state: state(row, invited.contains(&row.id)),
    };
    Ok(WorkersView {
        worker: worker_view(service, worker),
        may_create: worker.must(Duty::Workers).is_ok(),
        rows: rows.iter().map(row).collect(),
        full: rows.len() >= store::WORKERS_MOST,
        sought,
        flash: desk_flash(service, worker, LIST).await?,
    })
}

/// Whether an account of this office is among those that an administrator keeps, or gives rights to.
fn may_see(worker: &Worker, office: &str) -> bool {
    worker.has_at(Duty::Workers, office) || worker.has_at(Duty::Rights, office)
}

fn state(row: &store::WorkerRow, invited: bool) -> WorkerState {
    match (row.active, row.password_hash.is_empty(), invited) {
        (false, ..) => WorkerState::Ended,
        (true, true, true) => WorkerState::Invited,
        (true, true, false) => WorkerState::InvitationOver,
        (true, false, _) => WorkerState::Active,
    }
}

/// One account, with its rights for who gives rights.
///
/// # Errors
/// As [`workers`].
pub async fn worker_page(service: &Service, visitor: &Visitor, id: &str) -> Result<WorkerPage, Error> {
    let worker = visitor.worker()?;
    must_see(worker)?;
    let row = find(service, id).await?;
    let (keeps, rights) = (worker.has_at(Duty::Workers, &row.office), worker.has_at(Duty::Rights, &row.office));
    if !keeps && !rights {
        return Err(Error::NotFound);
    }
    let invitation = store::invitation_of(&service.db.read, row.id, service.clock.now()).await?;
    let fresh = is_fresh(service, worker).await?;
    let address = invitation.as_ref().filter(|_| keeps && fresh).map(|one| invitations::address(service, one.id));
    let factor = store::factor(&service.db.read, row.id).await?;
    Ok(WorkerPage {
        worker: worker_view(service, worker),
        id: row.id.to_string(),
        login: row.login.clone(),
        name: row.name.clone(),
        office: service.areas.office_name(&row.office),
        office_code: row.office.clone(),
        state: state(&row, invitation.is_some()),
        has_codes: factor.is_some_and(|factor| factor.confirmed_at.is_some()),
        own: row.id == worker.id,
        keeps,
        rights,
        fresh,
        address: address.unwrap_or_default(),
        grants: if rights { grants::list(service, visitor, id).await? } else { Vec::new() },
        flash: desk_flash(service, worker, &page_of(row.id)).await?,
    })
}

async fn find(service: &Service, id: &str) -> Result<store::WorkerRow, Error> {
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    store::worker(&service.db.read, id).await?.ok_or(Error::NotFound)
}

/// A new account, with its invitation.
///
/// # Errors
/// As [`workers`].
pub async fn create(
    service: &Service,
    visitor: &Visitor,
    login: &str,
    name: &str,
    office: &str,
) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    by.must(Duty::Workers)?;
    if let Some(first) = prove_first(service, by, LIST).await? {
        return Ok(first);
    }
    let (login, name) = (login.trim().to_lowercase(), domain::text::clean(name));
    let office = domain::text::clean(office);
    let office = office.split_whitespace().next().unwrap_or_default().to_owned();
    let mut findings = Vec::new();
    let faults = [
        ("login", login_fault(service, &login).await?),
        ("name", name_fault(&name)),
        ("office", office_fault(service, by, &office)),
    ];
    for (path, message) in faults {
        findings.extend(message.map(|message| Finding { path: path.to_owned(), message }));
    }
    if !findings.is_empty() {
        let typed = [("login", login.as_str()), ("name", name.as_str()), ("office", office.as_str()), (ABOUT, LIST)];
        let entries: Entries = typed.into_iter().collect();
        set_flash(service, &by.session, &Flash { entries, findings, ..Flash::default() }).await?;
        return Ok(Moved::to(format!("{LIST}?again=1#create")));
    }
    let row = store::new_worker(Uuid::now_v7(), login, name, office, String::new(), service.clock.now());
    let row = &row;
    audited!(service, Entry::worker(by, Plain::CreatedWorker).because(row.id.to_string()), |tx| {
        store::worker_insert(tx, row.clone()).await?;
        invitations::invite(service, tx, row.id).await
    })?;
    Ok(Moved::to(page_of(row.id)))
}

fn office_fault(service: &Service, by: &Worker, office: &str) -> Option<String> {
    if service.areas.office(office).is_none() {
        return Some("没有这个机构，请从列表里选，或填机构代码。".to_owned());
    }
    (!by.has_at(Duty::Workers, office)).then(|| "这个机构不归您管，请找负责那里的系统管理员。".to_owned())
}

/// Why it cannot be a login.
pub(super) async fn login_fault(service: &Service, login: &str) -> Result<Option<String>, Error> {
    let letters = login.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !letters || !LOGIN.contains(&login.len()) {
        return Ok(Some("用户名用3到30个小写字母、数字或短横线，比如 duofu-1。".to_owned()));
    }
    let taken = store::by_login(&service.db.read, login).await?.is_some();
    Ok(taken.then(|| "这个用户名已经有人用了，请换一个。".to_owned()))
}

pub(super) fn name_fault(name: &str) -> Option<String> {
    let length = name.chars().count();
    (!(2..=NAME_MAX).contains(&length)).then(|| format!("请填姓名，2到{NAME_MAX}个字。"))
}

/// What is done to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is out at the next request.
    End,
    Restore,
    /// A new invitation; the password of before is good no more.
    Reset,
    /// The phone and the recovery codes are lost. By who gives rights: who resets passwords could else become anybody.
    ForgetCodes,
}

/// Changes an account of somebody else.
///
/// # Errors
/// As [`workers`]; [`Error::Refused`] for the own account.
pub async fn change(service: &Service, visitor: &Visitor, id: &str, change: Change) -> Result<Moved, Error> {
    let by = visitor.worker()?;
    let duty = if change == Change::ForgetCodes { Duty::Unlock } else { Duty::Workers };
    by.must(duty)?;
    let row = find(service, id).await?;
    by.must_at(duty, &row.office)?;
    if let Some(first) = prove_first(service, by, &page_of(row.id)).await? {
        return Ok(first);
    }
    if row.id == by.id {
        return Err(Error::Refused("自己的账号要由另一位管理员来改。".to_owned()));
    }
    let deed = match change {
        Change::End => Plain::EndedWorker,
        Change::Restore => Plain::RestoredWorker,
        Change::Reset => Plain::ResetWorker,
        Change::ForgetCodes => Plain::ForgotCodes,
    };
    audited!(service, Entry::worker(by, deed).because(row.id.to_string()), |tx| {
        end_everything(tx, row.id).await?;
        match change {
            Change::End => {
                store::end_invitations_of(tx, row.id).await?;
                store::set_active(tx, row.id, false).await
            }
            Change::Restore => store::set_active(tx, row.id, true).await,
            Change::Reset => {
                store::set_password(tx, row.id, "").await?;
                invitations::invite(service, tx, row.id).await
            }
            Change::ForgetCodes => store::factor_end(tx, row.id).await,
        }
    })?;
    Ok(Moved::to(page_of(row.id)))
}
