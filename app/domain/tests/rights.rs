//! The policy against a naive one over random trees of areas and offices, grants, contracts and cases.
//!
//! The model climbs the tree by its parents, where the policy compares codes.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::cases::Step;
use domain::desk::{Contract, Grant, Items, Offices, Relation, Right, Role, Scope, Subject, Tie, in_force, may};
use proptest::prelude::*;

const ITEMS: [&str; 3] = ["MZ07", "MZ24", "RS01"];
const DEPARTMENTS: [&str; 2] = ["MZ", "RS"];
const DESK: [Role; 4] = [Role::Window, Role::Reviewer, Role::Head, Role::Supervisor];
const RIGHTS: [Right; 10] = [
    Right::Read,
    Right::OpenFile,
    Right::Reply,
    Right::Note,
    Right::Instruct,
    Right::Explain,
    Right::Do(Step::Accept),
    Right::Do(Step::HandOver),
    Right::Do(Step::Decide),
    Right::Do(Step::Approve),
];

/// An area, with the place of the one that it lies in.
#[derive(Clone, Debug)]
struct Area {
    code: String,
    parent: Option<usize>,
}

/// What a code stands for: an area, and in it a bureau, the local office, an organisation, or the area itself.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Bureau(&'static str),
    Local,
    Organisation,
    Whole,
}

#[derive(Clone, Debug)]
struct Place {
    code: String,
    area: usize,
    kind: Kind,
}

#[derive(Clone, Debug)]
struct Tree {
    areas: Vec<Area>,
    places: Vec<Place>,
}

impl Tree {
    /// The city with so many districts, streets in each and communities in each.
    fn new(districts: usize, streets: usize, communities: usize) -> Self {
        let mut tree = Self { areas: vec![Area { code: "210100".to_owned(), parent: None }], places: Vec::new() };
        for d in 0..districts {
            let district = tree.add(format!("2101{:02}", d + 2), 0);
            for s in 0..streets {
                let street = tree.add(format!("2101{:02}{:03}", d + 2, s + 1), district);
                for c in 0..communities {
                    tree.add(format!("2101{:02}{:03}{:03}", d + 2, s + 1, c + 1), street);
                }
            }
        }
        for (at, area) in tree.areas.clone().into_iter().enumerate() {
            let mut place = |code: String, kind| tree.places.push(Place { code, area: at, kind });
            if area.code.len() > 6 {
                place(area.code, Kind::Local);
                continue;
            }
            for department in DEPARTMENTS {
                place(format!("{}-{department}", area.code), Kind::Bureau(department));
            }
            place(format!("{}-ZZ01", area.code), Kind::Organisation);
            place(area.code, Kind::Whole);
        }
        tree
    }

    fn add(&mut self, code: String, parent: usize) -> usize {
        self.areas.push(Area { code, parent: Some(parent) });
        self.areas.len() - 1
    }

    fn lies_in(&self, mut area: usize, outer: usize) -> bool {
        loop {
            if area == outer {
                return true;
            }
            match self.areas[area].parent {
                Some(parent) => area = parent,
                None => return false,
            }
        }
    }

    fn place(&self, code: &str) -> &Place {
        self.places.iter().find(|place| place.code == code).expect("a place")
    }

    /// Whether a scope reaches an office, told by walking up.
    fn reaches(&self, scope: &Scope, office: &str) -> bool {
        if scope.at == office {
            return true;
        }
        let (at, office) = (self.place(&scope.at), self.place(office));
        if !scope.below || !self.lies_in(office.area, at.area) {
            return false;
        }
        match (&at.kind, &office.kind) {
            (Kind::Whole | Kind::Local, _) => true,
            (Kind::Bureau(ours), Kind::Bureau(theirs)) => ours == theirs,
            (Kind::Bureau(_), Kind::Local) => true,
            (Kind::Organisation, Kind::Local) => true,
            _ => false,
        }
    }
}

/// A case.
#[derive(Clone, Debug)]
struct Case {
    item: &'static str,
    decides: String,
    received: Option<String>,
    window_accepts: bool,
    asked: Vec<String>,
}

impl Case {
    fn subject(&self) -> Subject<'_> {
        let offices = Offices {
            decides: &self.decides,
            received: self.received.as_deref(),
            window_accepts: self.window_accepts,
            asked: &self.asked,
        };
        Subject { item: self.item, offices, tie: Tie::None }
    }
}

/// The bare table of roles and relations, taken from a case that has nothing but the one relation. That it is right is
/// the golden table's matter.
fn bare(role: Role, relation: Relation, right: Right) -> bool {
    let asked = vec!["210102001".to_owned()];
    let (scope, received, window_accepts) = match relation {
        Relation::Competent => (Scope::office("210102-MZ"), None, false),
        Relation::Above => (Scope::below("210100-MZ"), None, false),
        Relation::Accepting => (Scope::office("210102002"), Some("210102002"), true),
        Relation::Receiving => (Scope::office("210102002"), Some("210102002"), false),
        Relation::Contracted => (Scope::office("210102-ZZ01"), Some("210102-ZZ01"), false),
        Relation::Asked => (Scope::office("210102001"), None, false),
        Relation::Stranger => return false,
    };
    let offices = Offices { decides: "210102-MZ", received, window_accepts, asked: &asked };
    may(&[Grant::new(role, scope)], &Subject { item: "MZ07", offices, tie: Tie::None }, right)
}

/// The policy, said naively.
fn model(
    tree: &Tree,
    grants: &[Grant],
    contracts: Option<&[Contract]>,
    day: NaiveDate,
    case: &Case,
    right: Right,
) -> bool {
    for grant in grants {
        let in_time = grant.from.is_none_or(|from| from <= day) && grant.until.is_none_or(|until| until >= day);
        let for_item = match &grant.items {
            Items::All => true,
            Items::Listed(codes) => codes.contains(case.item),
        };
        if !in_time || !for_item {
            continue;
        }
        if let Some(contracts) = contracts {
            let under = contracts.iter().any(|contract| {
                let area = |code: &String| {
                    let outer = tree.areas.iter().position(|area| area.code == *code).expect("an area");
                    tree.lies_in(tree.place(&case.decides).area, outer)
                };
                contract.from <= day
                    && contract.until >= day
                    && contract.items.contains(case.item)
                    && contract.areas.iter().any(area)
            });
            if !under || grant.role != Role::Window {
                continue;
            }
        }
        let mut known = vec![case.decides.as_str()];
        known.extend(case.received.as_deref());
        known.extend(case.asked.iter().map(String::as_str));
        for office in known {
            if !tree.reaches(&grant.scope, office) {
                continue;
            }
            let is_organisation = tree.place(office).kind == Kind::Organisation;
            if is_organisation && grant.scope.at != office {
                continue;
            }
            let relation = if office == case.decides {
                let own = grant.scope.at == office || grant.role != Role::Supervisor;
                if own { Relation::Competent } else { Relation::Above }
            } else if case.received.as_deref() == Some(office) {
                match (is_organisation, case.window_accepts) {
                    (true, _) => Relation::Contracted,
                    (false, true) => Relation::Accepting,
                    (false, false) => Relation::Receiving,
                }
            } else {
                Relation::Asked
            };
            if bare(grant.role, relation, right) {
                return true;
            }
        }
    }
    false
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day") + chrono::Days::new(u64::from(number))
}

fn listed() -> impl Strategy<Value = BTreeSet<String>> {
    proptest::sample::subsequence(&ITEMS[..], 0..=2).prop_map(|codes| codes.into_iter().map(str::to_owned).collect())
}

fn grant(places: Vec<String>) -> impl Strategy<Value = Grant> {
    let items = prop_oneof![Just(Items::All), listed().prop_map(Items::Listed)];
    let days = proptest::option::of(0_u32..20);
    (0..Role::ALL.len(), proptest::sample::select(places), any::<bool>(), items, days.clone(), days).prop_map(
        |(role, at, below, items, from, until)| Grant {
            role: Role::ALL[role],
            scope: Scope { at, below },
            items,
            from: from.map(day),
            until: until.map(day),
            areas: None,
        },
    )
}

fn contract(areas: Vec<String>) -> impl Strategy<Value = Contract> {
    (listed(), proptest::sample::subsequence(areas, 0..=2), 0_u32..20, 0_u32..20)
        .prop_map(|(items, areas, from, until)| Contract { items, areas, from: day(from), until: day(until) })
}

fn case(tree: &Tree) -> impl Strategy<Value = Case> + use<> {
    let of = |wanted: fn(&Kind) -> bool| -> Vec<String> {
        tree.places.iter().filter(|place| wanted(&place.kind)).map(|place| place.code.clone()).collect()
    };
    let (deciding, windows) =
        (of(|kind| matches!(kind, Kind::Bureau(_) | Kind::Local)), of(|kind| !matches!(kind, Kind::Whole)));
    (
        proptest::sample::select(&ITEMS[..]),
        proptest::sample::select(deciding.clone()),
        proptest::option::of(proptest::sample::select(windows)),
        any::<bool>(),
        proptest::sample::subsequence(deciding, 0..=2),
    )
        .prop_map(|(item, decides, received, window_accepts, asked)| Case {
            item,
            decides,
            received,
            window_accepts,
            asked,
        })
}

#[derive(Clone, Debug)]
struct World {
    tree: Tree,
    grants: Vec<Grant>,
    contracts: Option<Vec<Contract>>,
    cases: Vec<Case>,
    day: NaiveDate,
}

fn world() -> impl Strategy<Value = World> {
    (1_usize..4, 1_usize..3, 0_usize..3).prop_flat_map(|(districts, streets, communities)| {
        let tree = Tree::new(districts, streets, communities);
        let places: Vec<String> = tree.places.iter().map(|place| place.code.clone()).collect();
        let areas: Vec<String> = tree.areas.iter().map(|area| area.code.clone()).collect();
        let contracts = proptest::option::weighted(0.3, proptest::collection::vec(contract(areas), 0..3));
        (
            proptest::collection::vec(grant(places), 0..5),
            contracts,
            proptest::collection::vec(case(&tree), 1..6),
            0_u32..20,
        )
            .prop_map(move |(grants, contracts, cases, at)| World {
                tree: tree.clone(),
                grants,
                contracts,
                cases,
                day: day(at),
            })
    })
}

impl World {
    fn held(&self) -> Vec<Grant> {
        in_force(&self.grants, self.contracts.as_deref(), self.day)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_policy_says_what_a_naive_one_says(world in world()) {
        let held = world.held();
        for case in &world.cases {
            for right in RIGHTS {
                let wanted = model(&world.tree, &world.grants, world.contracts.as_deref(), world.day, case, right);
                prop_assert_eq!(may(&held, &case.subject(), right), wanted, "{:?} on {:?}", right, case);
            }
        }
    }

    #[test]
    fn rights_never_leave_the_area_the_items_and_the_days_of_a_grant(world in world()) {
        let held = world.held();
        for case in &world.cases {
            if !RIGHTS.into_iter().any(|right| may(&held, &case.subject(), right)) {
                continue;
            }
            let known = || [&case.decides].into_iter().chain(&case.received).chain(&case.asked);
            let gives = |grant: &Grant| {
                let inside = known().any(|office| world.tree.reaches(&grant.scope, office));
                let item = match &grant.items {
                    Items::All => true,
                    Items::Listed(codes) => codes.contains(case.item),
                };
                inside && item && grant.holds_on(world.day) && DESK.contains(&grant.role)
            };
            prop_assert!(world.grants.iter().any(gives), "{:?}", case);
            if let Some(contracts) = &world.contracts {
                let under = |one: &Contract| {
                    one.items.contains(case.item) && one.from <= world.day && world.day <= one.until
                };
                prop_assert!(contracts.iter().any(under), "outside of every contract");
            }
        }
    }

    #[test]
    fn to_take_a_grant_back_never_adds_a_right(world in world(), at in any::<proptest::sample::Index>()) {
        prop_assume!(!world.grants.is_empty());
        let mut fewer = world.clone();
        fewer.grants.remove(at.index(world.grants.len()));
        let (held, left) = (world.held(), fewer.held());
        for case in &world.cases {
            for right in RIGHTS {
                prop_assert!(!may(&left, &case.subject(), right) || may(&held, &case.subject(), right));
            }
        }
    }

    #[test]
    fn a_contract_only_takes_away(world in world()) {
        let (held, free) = (world.held(), in_force(&world.grants, None, world.day));
        for case in &world.cases {
            for right in RIGHTS {
                prop_assert!(!may(&held, &case.subject(), right) || may(&free, &case.subject(), right));
            }
        }
    }

    #[test]
    fn strangers_and_administrators_get_nothing(world in world()) {
        let mut others = world.clone();
        others.grants.retain(|grant| {
            let knows = |case: &Case| {
                [&case.decides].into_iter().chain(&case.received).chain(&case.asked).any(|office| {
                    world.tree.reaches(&grant.scope, office)
                })
            };
            !DESK.contains(&grant.role) || !world.cases.iter().any(knows)
        });
        let held = others.held();
        for case in &world.cases {
            for right in RIGHTS {
                prop_assert!(!may(&held, &case.subject(), right));
            }
        }
    }
}
