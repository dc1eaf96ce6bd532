//! What a worker was given: a role, at an office or in an area with all below, for all items or some, from a day to a
//! day. Rights are worked out from it at every request, so a change holds at the next.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::role::{Duty, Role};
use crate::areas::{self, AreaLevel};

/// Where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Scope {
    /// The code of an office, or of an area: `210103-MZ`, `210103005`, `210103`.
    pub at: String,
    /// Also all offices below: of a bureau those of the same department, streets and communities; of an area all.
    pub below: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Items {
    All,
    /// These codes alone.
    Listed(BTreeSet<String>),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
    pub items: Items,
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// Only for cases that an office in one of these areas decides: set by the contract of an organisation.
    pub areas: Option<Vec<String>>,
}

/// What an organisation (承接组织) was contracted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    pub items: BTreeSet<String>,
    pub areas: Vec<String>,
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

/// What was given, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantView {
    pub id: String,
    pub role: Role,
    /// `沈河区民政局及以下`
    pub place: String,
    /// Codes; empty: all.
    pub items: Vec<String>,
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// `11月22日 15:04`
    pub given: String,
    /// Empty: it came with the worker.
    pub given_by: String,
    /// When it was taken back; empty: it was not.
    pub ended: String,
    pub in_force: bool,
}

/// The area and the department's letters of an office's or an area's code.
fn parts(code: &str) -> (&str, &str) {
    code.split_once('-').unwrap_or((code, ""))
}

/// The area in which an office lies.
pub(super) fn area_of(office: &str) -> &str {
    parts(office).0
}

impl Scope {
    pub fn office(code: impl Into<String>) -> Self {
        Self { at: code.into(), below: false }
    }

    pub fn below(code: impl Into<String>) -> Self {
        Self { at: code.into(), below: true }
    }

    pub fn covers(&self, office: &str) -> bool {
        if self.at == office {
            return true;
        }
        let ((outer, ours), (inner, theirs)) = (parts(&self.at), parts(office));
        // A bureau stands above the same department's offices alone; and above streets and communities.
        let same = ours.is_empty() || ours == theirs || theirs.is_empty() && is_local(inner);
        self.below && same && areas::contains(outer, inner)
    }

    /// All that the other covers is covered.
    pub fn contains(&self, other: &Self) -> bool {
        if self == other || !other.below {
            return self.covers(&other.at);
        }
        let ((outer, ours), (inner, theirs)) = (parts(&self.at), parts(&other.at));
        // Below a district lie offices of every department; below a street there are none.
        let same = ours.is_empty() || ours == theirs || theirs.is_empty() && is_local(inner);
        self.below && same && areas::contains(outer, inner)
    }
}

/// A street or a community: what lies there has no department.
fn is_local(area: &str) -> bool {
    areas::level(area) >= Some(AreaLevel::Street)
}

impl Items {
    pub fn has(&self, item: &str) -> bool {
        match self {
            Self::All => true,
            Self::Listed(codes) => codes.contains(item),
        }
    }

    /// What is in both.
    #[must_use]
    pub fn and(&self, listed: &BTreeSet<String>) -> Self {
        match self {
            Self::All => Self::Listed(listed.clone()),
            Self::Listed(codes) => Self::Listed(codes.intersection(listed).cloned().collect()),
        }
    }
}

impl Grant {
    pub fn new(role: Role, scope: Scope) -> Self {
        Self { role, scope, items: Items::All, from: None, until: None, areas: None }
    }

    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// It is for this item where this office decides.
    pub(super) fn is_for(&self, item: &str, decides: &str) -> bool {
        let within = |areas: &Vec<String>| areas.iter().any(|outer| areas::contains(outer, area_of(decides)));
        self.items.has(item) && self.areas.as_ref().is_none_or(within)
    }
}

/// The grants that hold on a day. `contracts`: of the organisation that the worker is with; none for an office of the
/// city's own. What an organisation was not contracted for, its workers may not, whatever they were given.
pub fn in_force(grants: &[Grant], contracts: Option<&[Contract]>, day: NaiveDate) -> Vec<Grant> {
    let held = grants.iter().filter(|grant| grant.holds_on(day));
    let Some(contracts) = contracts else { return held.cloned().collect() };
    let contracts: Vec<&Contract> = contracts.iter().filter(|one| one.from <= day && day <= one.until).collect();
    // An organisation takes applications in and nothing else.
    held.filter(|grant| grant.role == Role::Window)
        .flat_map(|grant| {
            contracts.iter().map(|contract| Grant {
                items: grant.items.and(&contract.items),
                areas: Some(contract.areas.clone()),
                ..grant.clone()
            })
        })
        .collect()
}

/// Where an administrator has a duty.
pub fn reach(grants: &[Grant], duty: Duty) -> Vec<&Scope> {
    grants.iter().filter(|grant| grant.role.duties().contains(&duty)).map(|grant| &grant.scope).collect()
}

pub fn has_duty(grants: &[Grant], duty: Duty) -> bool {
    !reach(grants, duty).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bureau_stands_above_its_own_department_and_above_streets() {
        let bureau = Scope::below("210103-MZ");
        for (office, covered) in [
            ("210103-MZ", true),
            ("210103-RS", false),
            ("210103005", true),
            ("210103005024", true),
            ("210102-MZ", false),
            ("210100-MZ", false),
            ("210103-ZZ01", false),
        ] {
            assert_eq!(bureau.covers(office), covered, "{office}");
            assert_eq!(Scope::office("210103-MZ").covers(office), office == "210103-MZ", "{office}");
        }
        assert!(Scope::below("210100-MZ").covers("210124-MZ"));
        assert!(Scope::below("210103").covers("210103-ZZ01") && Scope::below("210103").covers("210103-RS"));
        assert!(Scope::below("210103005").covers("210103005024") && !Scope::below("210103005").covers("210103006"));
    }

    #[test]
    fn one_scope_contains_another_when_it_covers_all_of_it() {
        let offices = [
            "210100-MZ",
            "210100-RS",
            "210103-MZ",
            "210103-RS",
            "210103-ZZ01",
            "210102-MZ",
            "210103005",
            "210103006",
            "210103005024",
            "210103005025",
            "210102019006",
        ];
        let scopes: Vec<Scope> = offices
            .iter()
            .chain(&["210100", "210103", "210102"])
            .flat_map(|code| [Scope::office(*code), Scope::below(*code)])
            .collect();
        for outer in &scopes {
            for inner in &scopes {
                let all = offices.iter().all(|office| !inner.covers(office) || outer.covers(office));
                // Exactly, but that a scope of an area alone covers no office and may count as not contained.
                assert!(!outer.contains(inner) || all, "{outer:?} does not contain {inner:?}");
                if offices.contains(&inner.at.as_str()) && !inner.below {
                    assert_eq!(outer.contains(inner), outer.covers(&inner.at));
                }
            }
        }
        assert!(Scope::below("210100").contains(&Scope::below("210103-RS")));
        assert!(Scope::below("210103-MZ").contains(&Scope::below("210103005")));
        assert!(!Scope::below("210103-MZ").contains(&Scope::below("210103")));
    }
}
