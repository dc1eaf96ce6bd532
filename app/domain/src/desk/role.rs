//! Who somebody is at work. Those who work on cases, and three administrators who keep an eye on each other.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 窗口人员, 全科社工: takes applications, receives, asks for corrections, accepts.
    Window,
    /// 审批人员: reviews, decides, closes.
    Reviewer,
    /// 负责人: approves what goes beyond the rule.
    Head,
    /// 主管: sees every case of the area below, and sends on what went in circles.
    Supervisor,
    /// 系统管理员: workers, offices, keys, items.
    SystemAdmin,
    /// 安全管理员: grants roles and rights, unlocks.
    SecurityAdmin,
    /// 审计管理员: reads the audit, answers residents' questions about looks.
    Auditor,
}

/// What an administrator is there for. None of it is about the content of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    Workers,
    Offices,
    Keys,
    Items,
    Rights,
    Unlock,
    Audit,
    Questions,
}

impl Role {
    pub const ALL: [Self; 7] = [
        Self::Window,
        Self::Reviewer,
        Self::Head,
        Self::Supervisor,
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::Auditor,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Reviewer => "reviewer",
            Self::Head => "head",
            Self::Supervisor => "supervisor",
            Self::SystemAdmin => "system_admin",
            Self::SecurityAdmin => "security_admin",
            Self::Auditor => "auditor",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Window => "窗口人员",
            Self::Reviewer => "审批人员",
            Self::Head => "负责人",
            Self::Supervisor => "主管",
            Self::SystemAdmin => "系统管理员",
            Self::SecurityAdmin => "安全管理员",
            Self::Auditor => "审计管理员",
        }
    }

    pub fn is_administrator(self) -> bool {
        !self.duties().is_empty()
    }

    pub fn duties(self) -> &'static [Duty] {
        match self {
            Self::Window | Self::Reviewer | Self::Head | Self::Supervisor => &[],
            Self::SystemAdmin => &[Duty::Workers, Duty::Offices, Duty::Keys, Duty::Items],
            Self::SecurityAdmin => &[Duty::Rights, Duty::Unlock],
            Self::Auditor => &[Duty::Audit, Duty::Questions],
        }
    }
}

/// Whether one person may be all of these: an administrator is that alone, those who work on cases may be several.
pub fn compatible(roles: &BTreeSet<Role>) -> bool {
    roles.len() < 2 || !roles.iter().any(|role| role.is_administrator())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All sets of roles there are.
    fn sets() -> impl Iterator<Item = BTreeSet<Role>> {
        (0..1_u32 << Role::ALL.len()).map(|bits| {
            let held = |(at, _): &(usize, Role)| bits >> at & 1 == 1;
            Role::ALL.into_iter().enumerate().filter(held).map(|(_, role)| role).collect()
        })
    }

    #[test]
    fn an_administrator_is_that_alone() {
        let desk = [Role::Window, Role::Reviewer, Role::Head, Role::Supervisor];
        for roles in sets() {
            let administrators = roles.iter().filter(|role| !desk.contains(role)).count();
            let wanted = administrators == 0 || administrators == 1 && roles.len() == 1;
            assert_eq!(compatible(&roles), wanted, "{roles:?}");
        }
    }

    #[test]
    fn every_duty_is_one_administrators() {
        let all = [
            Duty::Workers,
            Duty::Offices,
            Duty::Keys,
            Duty::Items,
            Duty::Rights,
            Duty::Unlock,
            Duty::Audit,
            Duty::Questions,
        ];
        for duty in all {
            let held = Role::ALL.into_iter().filter(|role| role.duties().contains(&duty)).count();
            assert_eq!(held, 1, "{duty:?}");
        }
        for role in Role::ALL {
            assert_eq!(Role::from_key(role.key()), Some(role));
        }
    }
}
