//! What of a case is masked at the desk: everything that is somebody's alone, unless the duty of this step needs it.
//! Some of the rest may be shown on purpose, with a reason.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::grant::Grant;
use super::policy::{Right, Subject, role_may};
use super::relation::{Relation, Tie, relations};
use super::role::Role;
use crate::cases::State;
use crate::consents::Sensitive;
use crate::forms::{AnsweredPage, Definition, Entries, Kind, path};
use crate::identity::{mask_card, mask_id_number, mask_phone};

/// What is masked, by the kind of its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guarded {
    Identity,
    Phone,
    Bank,
    /// Health, and what is measured of a body.
    Health,
    /// Money, and what is marked as finance.
    Finance,
}

/// Why something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShowReason {
    Compare,
    Call,
    Enter,
    Other,
}

/// For so long something that was shown stays so.
pub const SHOWN_MINUTES: i64 = 15;

/// What stands in the place of an answer that has no middle to mask.
pub const MASKED: &str = "已遮住";

impl Guarded {
    pub const ALL: [Self; 5] = [Self::Identity, Self::Phone, Self::Bank, Self::Health, Self::Finance];
}

impl ShowReason {
    pub const ALL: [Self; 4] = [Self::Compare, Self::Call, Self::Enter, Self::Other];

    pub fn key(self) -> &'static str {
        match self {
            Self::Compare => "compare",
            Self::Call => "call",
            Self::Enter => "enter",
            Self::Other => "other",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Compare => "核对材料",
            Self::Call => "电话联系申请人",
            Self::Enter => "录入业务系统",
            Self::Other => "其他（请写明）",
        }
    }

    /// As it stands where it is read afterwards.
    pub fn word(self) -> &'static str {
        if self == Self::Other { "其他" } else { self.name() }
    }
}

/// What a worker sees of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Needed for what is to be done now.
    pub clear: BTreeSet<Guarded>,
    /// Shown when a reason is given.
    pub on_request: BTreeSet<Guarded>,
}

/// `waits`: something waits for the head of the office.
pub fn sight(grants: &[Grant], subject: &Subject<'_>, state: State, waits: bool) -> Sight {
    let mut sight = Sight::default();
    if subject.tie != Tie::None {
        return sight;
    }
    for grant in grants.iter().filter(|grant| grant.is_for(subject.item, subject.offices.decides)) {
        for (relation, _) in relations(grant.role, &grant.scope, &subject.offices) {
            if !role_may(grant.role, relation, Right::Read) {
                continue;
            }
            let kinds = |wanted: &dyn Fn(Guarded) -> bool| {
                Guarded::ALL.into_iter().filter(|kind| wanted(*kind)).collect::<Vec<_>>()
            };
            sight.clear.extend(kinds(&|kind| needs(grant.role, relation, state, waits, kind)));
            sight.on_request.extend(kinds(&|kind| may_ask(grant.role, relation, kind)));
        }
    }
    sight
}

/// The duties that need something without asking. Whoever takes an application in compares the number with the card;
/// whoever reviews or approves weighs what the answers say of money and health.
fn needs(role: Role, relation: Relation, state: State, waits: bool, kind: Guarded) -> bool {
    let taken_in = matches!(state, State::Submitted | State::Received | State::HandedOver);
    let under_review = matches!(state, State::Accepted | State::Reviewing | State::Suspended);
    match kind {
        Guarded::Identity => {
            taken_in
                && matches!(role, Role::Window | Role::Reviewer)
                && matches!(
                    relation,
                    Relation::Competent | Relation::Accepting | Relation::Receiving | Relation::Contracted
                )
        }
        Guarded::Health | Guarded::Finance => {
            relation == Relation::Competent && under_review && (role == Role::Reviewer || role == Role::Head && waits)
        }
        Guarded::Phone | Guarded::Bank => false,
    }
}

/// What may be asked for. Who only looks on may not; an organisation may call the resident, and nothing else.
fn may_ask(role: Role, relation: Relation, kind: Guarded) -> bool {
    match relation {
        _ if role == Role::Supervisor => false,
        Relation::Competent | Relation::Accepting | Relation::Receiving => true,
        Relation::Asked => matches!(kind, Guarded::Identity | Guarded::Health | Guarded::Finance),
        Relation::Contracted => kind == Guarded::Phone,
        Relation::Above | Relation::Stranger => false,
    }
}

/// What the answers of a question are guarded as.
fn guards(definition: &Definition, here: &str) -> Vec<Guarded> {
    let Some(field) = definition.field_at(here) else { return Vec::new() };
    match field.kind {
        Kind::IdentityNumber => vec![Guarded::Identity],
        Kind::Person { .. } => vec![Guarded::Identity, Guarded::Phone],
        Kind::Phone => vec![Guarded::Phone],
        Kind::BankAccount => vec![Guarded::Bank],
        Kind::Money { .. } | Kind::Computed { money: true, .. } => vec![Guarded::Finance],
        _ => match field.sensitive {
            Some(Sensitive::Health | Sensitive::Biometrics) => vec![Guarded::Health],
            Some(Sensitive::Finance) => vec![Guarded::Finance],
            // Of a child, what is the child's alone is asked for by the kinds above.
            Some(Sensitive::Minors) | None => Vec::new(),
        },
    }
}

/// Masks what the sight does not have, but for the pages in `shown` what may be asked for. Returns the pages on which
/// something is masked, or was shown, that may be asked for.
pub fn mask_pages(
    definition: &Definition,
    answers: &Entries,
    pages: &mut [AnsweredPage],
    sight: &Sight,
    shown: &BTreeSet<String>,
) -> BTreeSet<String> {
    let mut askable = BTreeSet::new();
    for page in pages {
        let open = shown.contains(&page.key);
        for row in &mut page.rows {
            for kind in guards(definition, &row.path) {
                if sight.clear.contains(&kind) || row.text.is_empty() {
                    continue;
                }
                let on_request = sight.on_request.contains(&kind);
                if on_request {
                    askable.insert(page.key.clone());
                }
                if !(on_request && open)
                    && let Some(text) = masked(kind, answers, &row.path, &row.text)
                {
                    row.text = text;
                    row.masked = true;
                }
            }
        }
    }
    askable
}

/// The text with what is guarded masked in it. None: there is nothing of that kind.
fn masked(kind: Guarded, answers: &Entries, here: &str, text: &str) -> Option<String> {
    let (part, mask): (&str, fn(&str) -> String) = match kind {
        Guarded::Identity => ("id_number", mask_id_number),
        Guarded::Phone => ("phone", mask_phone),
        Guarded::Bank => ("", mask_card),
        Guarded::Health | Guarded::Finance => return Some(MASKED.to_owned()),
    };
    let of_person = answers.get(&path(here, part));
    let clear = if of_person.is_empty() { answers.get(here) } else { of_person };
    if clear.is_empty() {
        return None;
    }
    // What stands there in another form than it was answered is masked as a whole.
    Some(if text.contains(clear) { text.replace(clear, &mask(clear)) } else { MASKED.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(of: impl Fn(Role, Relation, Guarded) -> bool) -> String {
        let mut out = String::new();
        for role in Role::ALL {
            for relation in Relation::ALL {
                let held: Vec<String> = Guarded::ALL
                    .into_iter()
                    .filter(|kind| role_may(role, relation, Right::Read) && of(role, relation, *kind))
                    .map(|kind| format!("{kind:?}"))
                    .collect();
                if !held.is_empty() {
                    out.push_str(&format!("{role:?} {relation:?}: {}\n", held.join(" ")));
                }
            }
        }
        out
    }

    #[test]
    fn the_golden_table_of_what_a_step_needs() {
        let at = |state, waits| table(move |role, relation, kind| needs(role, relation, state, waits, kind));
        let taken_in = "\
Window Competent: Identity
Window Accepting: Identity
Window Receiving: Identity
Window Contracted: Identity
Reviewer Competent: Identity
Reviewer Accepting: Identity
Reviewer Receiving: Identity
";
        for state in [State::Submitted, State::Received, State::HandedOver] {
            assert_eq!(at(state, false), taken_in);
        }
        for state in [State::Accepted, State::Reviewing, State::Suspended] {
            assert_eq!(at(state, false), "Reviewer Competent: Health Finance\n");
            assert_eq!(at(state, true), "Reviewer Competent: Health Finance\nHead Competent: Health Finance\n");
        }
        for state in [State::Correction, State::Decided, State::Closed, State::Delivered, State::Ended] {
            assert_eq!(at(state, false), "");
        }
    }

    #[test]
    fn the_golden_table_of_what_may_be_asked_for() {
        let all = "Identity Phone Bank Health Finance";
        let asked = "Identity Health Finance";
        let mut wanted = String::new();
        for role in ["Window", "Reviewer", "Head"] {
            for relation in ["Competent", "Accepting", "Receiving"] {
                wanted.push_str(&format!("{role} {relation}: {all}\n"));
            }
            match role {
                "Window" => wanted.push_str(&format!("Window Contracted: Phone\nWindow Asked: {asked}\n")),
                "Reviewer" => wanted.push_str(&format!("Reviewer Asked: {asked}\n")),
                _ => {}
            }
        }
        assert_eq!(table(may_ask), wanted);
    }
}
