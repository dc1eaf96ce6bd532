//! Workers' accounts, as their pages show them.

mod passkey;

pub use passkey::{NewPasskeyPage, PASSKEYS_MOST, PasskeyView, Site, passkey_name, site};

use serde::{Deserialize, Serialize};

use crate::cases::{Flash, WorkerView};
use crate::desk::{GrantView, Role};

/// The second step of signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePage {
    /// There is no phone for codes yet: it has to be set up first.
    pub set_up: bool,
    /// What the browser is asked for in the place of a code, as JSON. None: the worker has no passkey.
    pub ask: Option<String>,
}

/// A secret for the phone that makes the codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCode {
    /// An SVG.
    pub qr: String,
    /// In groups of four, to be typed.
    pub secret: String,
    /// For a phone on which this page itself is open.
    pub link: String,
}

/// The first sign-in of a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpPage {
    pub name: String,
    pub code: NewCode,
}

/// A worker moves the codes to another phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCodePage {
    pub worker: WorkerView,
    /// None: it has to be proved first who is there, or nothing was begun.
    pub code: Option<NewCode>,
}

/// Recovery codes to note; none when they were noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryView {
    pub worker: WorkerView,
    pub codes: Vec<String>,
}

/// A device on which the worker is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    pub id: String,
    pub words: String,
    pub since: String,
    pub seen: String,
    /// The one at hand.
    pub this: bool,
}

/// A worker's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub worker: WorkerView,
    pub login: String,
    pub devices: Vec<DeviceView>,
    pub codes_left: u64,
    pub passkeys: Vec<PasskeyView>,
    /// Browsers give passkeys at this address.
    pub takes_passkeys: bool,
    pub flash: Flash,
}

/// The code of a worker of the demo, now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoCode {
    pub login: String,
    pub name: String,
    pub code: String,
}

// ---- administration ----

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkerState {
    Active,
    /// The password has yet to be chosen.
    Invited,
    /// It was not chosen in time.
    InvitationOver,
    Ended,
}

impl WorkerState {
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "在用",
            Self::Invited => "等本人设密码",
            Self::InvitationOver => "邀请已过期",
            Self::Ended => "已停用",
        }
    }
}

/// An account in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerRow {
    pub id: String,
    pub login: String,
    pub name: String,
    pub office: String,
    pub state: WorkerState,
}

/// The accounts, for administrators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkersView {
    pub worker: WorkerView,
    pub sought: String,
    pub rows: Vec<WorkerRow>,
    /// There are more than are shown.
    pub full: bool,
    pub may_create: bool,
    pub flash: Flash,
}

/// One account, for administrators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerPage {
    pub worker: WorkerView,
    pub id: String,
    pub login: String,
    pub name: String,
    pub office: String,
    pub office_code: String,
    pub state: WorkerState,
    /// There is a second factor.
    pub has_codes: bool,
    /// The administrator's own.
    pub own: bool,
    /// The administrator keeps accounts.
    pub keeps: bool,
    /// The administrator gives rights.
    pub rights: bool,
    /// It was proved just now who is there.
    pub fresh: bool,
    /// Of the invitation, to be handed over; empty: there is none, or it is not shown.
    pub address: String,
    pub grants: Vec<GrantView>,
    pub flash: Flash,
}

/// The page at the address of an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    pub token: String,
    /// Empty: it is chosen here.
    pub login: String,
    pub name: String,
    pub office: String,
    /// Of the first administrator who comes to be here.
    pub role: Option<Role>,
    pub flash: Flash,
}

/// Rights that wait for a second administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalView {
    pub id: String,
    /// Who would get them.
    pub name: String,
    pub login: String,
    pub role: Role,
    pub place: String,
    pub reason: String,
    pub by: String,
    pub at: String,
    /// The administrator at hand may say yes: not the one who asked, nor the one who would get them.
    pub may_approve: bool,
}

/// What an organisation (承接组织) was contracted for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractView {
    pub id: String,
    pub office: String,
    /// Names of the items.
    pub items: Vec<String>,
    /// Names of the areas.
    pub areas: Vec<String>,
    /// `2026年12月1日到2027年11月30日`
    pub term: String,
    /// 正在执行, 还没开始, 已经结束
    pub state: String,
    /// It can be ended.
    pub open: bool,
}

impl ContractView {
    /// Under which the form of a contract sends the organisation's right name.
    pub fn name_path(id: &str) -> String {
        format!("name-{id}")
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractsView {
    pub worker: WorkerView,
    pub contracts: Vec<ContractView>,
    pub flash: Flash,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalsView {
    pub worker: WorkerView,
    pub proposals: Vec<ProposalView>,
}
