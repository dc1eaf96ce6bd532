//! Rights = role × area with all below × items × relation to the case: one policy, asked by every use case.

use super::grant::{Grant, Items};
use super::relation::{Offices, Relation, Tie, relations};
use super::role::Role;
use crate::cases::Step;

/// A case as rights look at it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub item: &'a str,
    pub offices: Offices<'a>,
    pub tie: Tie,
}

/// What a worker may want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See answers, materials and events.
    Read,
    /// Open the files of materials and messages.
    OpenFile,
    /// Start a case for a resident at the window.
    Start,
    /// Answer a bad grade (差评整改) of the worker's own office.
    Rectify,
    /// Write to the resident in the office's name.
    Reply,
    /// Keep private notes of the worker's own office.
    Note,
    /// Say what is to be done about a case that is late (督办).
    Instruct,
    /// Say why the own office is late with a case.
    Explain,
    Do(Step),
}

/// The one policy: whether any of the grants that hold today gives the right. What may not be read is answered as not
/// found.
pub fn may(grants: &[Grant], subject: &Subject<'_>, right: Right) -> bool {
    acts_for(grants, "", subject, right).is_some()
}

/// The office in whose name somebody does what the right allows: the own one if it gives the right.
pub fn acts_for<'a>(grants: &[Grant], home: &str, subject: &Subject<'a>, right: Right) -> Option<&'a str> {
    if subject.tie != Tie::None && right != Right::Read {
        return None;
    }
    let decides = subject.offices.decides;
    let gives = |grant: &&Grant| grant.is_for(subject.item, decides);
    let offices = grants.iter().filter(gives).flat_map(|grant| {
        let allowed = |(relation, _): &(Relation, &str)| role_may(grant.role, *relation, right);
        relations(grant.role, &grant.scope, &subject.offices).into_iter().filter(allowed).map(|(_, office)| office)
    });
    offices.reduce(|first, next| if next == home { next } else { first })
}

/// How somebody who may read a case stands to it, by each grant. Empty for who is tied to it.
pub fn stands(grants: &[Grant], subject: &Subject<'_>) -> Vec<Relation> {
    if subject.tie != Tie::None {
        return Vec::new();
    }
    let gives = |grant: &&Grant| grant.is_for(subject.item, subject.offices.decides);
    let of = |grant: &Grant| {
        let role = grant.role;
        let all = relations(role, &grant.scope, &subject.offices).into_iter().map(|(relation, _)| relation);
        all.filter(move |relation| role_may(role, *relation, Right::Read))
    };
    grants.iter().filter(gives).flat_map(of).collect()
}

/// Whether somebody of this office may take an application in there. `item`: a certain one; none: any at all.
pub fn may_start(grants: &[Grant], home: &str, item: Option<&str>) -> bool {
    let takes = |items: &Items| match (item, items) {
        (Some(item), items) => items.has(item),
        (None, Items::All) => true,
        (None, Items::Listed(codes)) => !codes.is_empty(),
    };
    let gives = |grant: &Grant| role_may(grant.role, Relation::Stranger, Right::Start) && takes(&grant.items);
    grants.iter().any(|grant| gives(grant) && grant.scope.covers(home))
}

/// The bare table, without area, items and days.
pub(super) fn role_may(role: Role, relation: Relation, right: Right) -> bool {
    if role.is_administrator() {
        return false;
    }
    match right {
        Right::Start => role == Role::Window,
        Right::Reply => {
            matches!(role, Role::Window | Role::Reviewer)
                && matches!(relation, Relation::Competent | Relation::Accepting)
        }
        // Who may read for the office's own duty may note; a supervisor of offices below has none of theirs.
        Right::Note => role != Role::Supervisor && role_may(role, relation, Right::Read),
        Right::Instruct => role == Role::Supervisor && matches!(relation, Relation::Competent | Relation::Above),
        Right::Explain => {
            role_may(role, relation, Right::Note)
                && matches!(
                    relation,
                    Relation::Competent | Relation::Accepting | Relation::Receiving | Relation::Contracted
                )
        }
        Right::Rectify => relation == Relation::Competent && role != Role::Supervisor,
        Right::Read => match relation {
            Relation::Stranger => false,
            Relation::Above => role == Role::Supervisor,
            Relation::Competent => true,
            Relation::Accepting | Relation::Receiving => role != Role::Supervisor,
            Relation::Contracted => role == Role::Window,
            Relation::Asked => matches!(role, Role::Window | Role::Reviewer),
        },
        // An organisation saw the papers while it took them in.
        Right::OpenFile => relation != Relation::Contracted && role_may(role, relation, Right::Read),
        Right::Do(step) => may_do(role, relation, step),
    }
}

fn may_do(role: Role, relation: Relation, step: Step) -> bool {
    use Step::{
        Accept, Announce, AnswerCorrection, AnswerDeferral, Approve, AskCorrection, AskOpinion, CheckPromise, Close,
        Complete, Decide, DeemAccepted, Deliver, End, EndAnnouncement, Extend, GiveOpinion, HandOver, LapseCorrection,
        LapseDeferral, Receive, RefuseAcceptance, RefuseApproval, Reroute, Resume, Review, StartReview, Suspend, Visit,
        Withdraw,
    };
    match step {
        // The steps of residents and of the clock are nobody's at the desk.
        AnswerCorrection | Withdraw | DeemAccepted | LapseCorrection | LapseDeferral => false,
        Receive | AskCorrection | Accept | RefuseAcceptance => {
            matches!(
                (role, relation),
                (Role::Window | Role::Reviewer, Relation::Competent) | (Role::Window, Relation::Accepting)
            )
        }
        Complete => role == Role::Window && relation == Relation::Competent,
        HandOver => role == Role::Window && matches!(relation, Relation::Receiving | Relation::Contracted),
        AnswerDeferral | Deliver => match role {
            Role::Window => matches!(relation, Relation::Competent | Relation::Accepting | Relation::Receiving),
            Role::Reviewer => relation == Relation::Competent,
            _ => false,
        },
        Reroute => {
            relation == Relation::Competent && role != Role::Head
                || role == Role::Window && relation == Relation::Accepting
        }
        GiveOpinion => matches!(role, Role::Window | Role::Reviewer) && relation == Relation::Asked,
        Approve | RefuseApproval => role == Role::Head && relation == Relation::Competent,
        StartReview | Suspend | Resume | Extend | Visit | AskOpinion | Announce | EndAnnouncement | Review | Decide
        | Close | CheckPromise | End => role == Role::Reviewer && relation == Relation::Competent,
    }
}

#[cfg(test)]
mod tests {
    use super::super::grant::Scope;
    use super::*;

    fn rights() -> Vec<(&'static str, Right)> {
        let steps = Step::ALL.into_iter().map(|step| (step.key(), Right::Do(step)));
        [
            ("read", Right::Read),
            ("files", Right::OpenFile),
            ("start", Right::Start),
            ("rectify", Right::Rectify),
            ("reply", Right::Reply),
            ("note", Right::Note),
            ("instruct", Right::Instruct),
            ("explain", Right::Explain),
        ]
        .into_iter()
        .chain(steps)
        .collect()
    }

    fn table() -> String {
        let mut out = String::new();
        for role in Role::ALL {
            for relation in Relation::ALL {
                let rights = rights();
                let held = rights.iter().filter(|(_, right)| role_may(role, relation, *right)).map(|(name, _)| *name);
                out.push_str(&format!("{role:?} {relation:?}: {}\n", held.collect::<Vec<_>>().join(" ")));
            }
        }
        out
    }

    /// Written out by hand from the duties of each role: a change of the policy must be a change here.
    const GOLDEN: &str = "\
Window Competent: read files start rectify reply note explain receive ask-correction accept refuse complete deliver answer-deferral reroute
Window Accepting: read files start reply note explain receive ask-correction accept refuse deliver answer-deferral reroute
Window Receiving: read files start note explain hand-over deliver answer-deferral
Window Contracted: read start note explain hand-over
Window Asked: read files start note give-opinion
Window Above: start
Window Stranger: start
Reviewer Competent: read files rectify reply note explain receive ask-correction accept refuse review suspend resume extend visit ask-opinion \
announce end-announcement opinion decide close deliver answer-deferral check-promise reroute end
Reviewer Accepting: read files reply note explain
Reviewer Receiving: read files note explain
Reviewer Contracted: 
Reviewer Asked: read files note give-opinion
Reviewer Above: 
Reviewer Stranger: 
Head Competent: read files rectify note explain approve refuse-approval
Head Accepting: read files note explain
Head Receiving: read files note explain
Head Contracted: 
Head Asked: 
Head Above: 
Head Stranger: 
Supervisor Competent: read files instruct reroute
Supervisor Accepting: 
Supervisor Receiving: 
Supervisor Contracted: 
Supervisor Asked: 
Supervisor Above: read files instruct
Supervisor Stranger: 
SystemAdmin Competent: 
SystemAdmin Accepting: 
SystemAdmin Receiving: 
SystemAdmin Contracted: 
SystemAdmin Asked: 
SystemAdmin Above: 
SystemAdmin Stranger: 
SecurityAdmin Competent: 
SecurityAdmin Accepting: 
SecurityAdmin Receiving: 
SecurityAdmin Contracted: 
SecurityAdmin Asked: 
SecurityAdmin Above: 
SecurityAdmin Stranger: 
Auditor Competent: 
Auditor Accepting: 
Auditor Receiving: 
Auditor Contracted: 
Auditor Asked: 
Auditor Above: 
Auditor Stranger: 
";

    #[test]
    fn the_golden_table_of_roles_and_relations() {
        assert_eq!(table(), GOLDEN);
    }

    fn case<'a>(item: &'a str, tie: Tie) -> Subject<'a> {
        let offices = Offices { decides: "210103005", received: None, window_accepts: false, asked: &[] };
        Subject { item, offices, tie }
    }

    #[test]
    fn nobody_without_a_grant_and_no_administrator_may_do_anything() {
        let administrators = Role::ALL.into_iter().filter(|role| role.is_administrator());
        let everywhere: Vec<Grant> = administrators.map(|role| Grant::new(role, Scope::below("210100"))).collect();
        assert_eq!(everywhere.len(), 3);
        for grants in [&[][..], &everywhere] {
            assert!(rights().iter().all(|(_, right)| !may(grants, &case("MZ07", Tie::None), *right)));
            assert!(!may_start(grants, "210103005", None));
        }
    }

    #[test]
    fn what_is_about_the_worker_or_the_family_may_be_seen_and_nothing_else() {
        let desk = Role::ALL.into_iter().filter(|role| !role.is_administrator());
        let grants: Vec<Grant> = desk.map(|role| Grant::new(role, Scope::below("210103005"))).collect();
        for (name, right) in rights() {
            for tie in [Tie::Own, Tie::Relative] {
                assert_eq!(may(&grants, &case("MZ07", tie), right), right == Right::Read, "{name} {tie:?}");
            }
        }
        assert!(may(&grants, &case("MZ07", Tie::None), Right::Do(Step::Decide)));
    }

    #[test]
    fn a_grant_for_some_items_is_for_those() {
        let items = Items::Listed(["MZ07".to_owned()].into());
        let grants = [Grant { items, ..Grant::new(Role::Window, Scope::office("210103005")) }];
        assert!(may(&grants, &case("MZ07", Tie::None), Right::Read));
        assert!(!may(&grants, &case("MZ08", Tie::None), Right::Read));
        assert!(may_start(&grants, "210103005", Some("MZ07")) && may_start(&grants, "210103005", None));
        assert!(!may_start(&grants, "210103005", Some("MZ08")) && !may_start(&grants, "210103006", None));
    }
}
