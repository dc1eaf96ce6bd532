//! Rights = role × relation of the worker's office to the case.

use serde::{Deserialize, Serialize};

use crate::areas;
use crate::cases::Step;
use crate::catalogue::office_of_code;

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
}

/// How the worker's office stands to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It decides.
    Competent,
    /// It took the application in and accepts it in the name of the competent office (直接受理).
    Accepting,
    /// It took the application in and hands it over (收受分离).
    Receiving,
    /// Its opinion is asked.
    Asked,
    /// The competent office lies in its area.
    Above,
    Stranger,
}

/// The offices that a case knows.
#[derive(Clone, Copy, Debug)]
pub struct Offices<'a> {
    pub decides: &'a str,
    /// The window that took it in.
    pub received: Option<&'a str>,
    /// That window accepts, in the name of the office that decides.
    pub window_accepts: bool,
    /// Those whose opinion is asked.
    pub asked: &'a [String],
}

/// What a worker may want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See answers, materials and events.
    Read,
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

impl Role {
    pub const ALL: [Self; 4] = [Self::Window, Self::Reviewer, Self::Head, Self::Supervisor];

    pub fn key(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Reviewer => "reviewer",
            Self::Head => "head",
            Self::Supervisor => "supervisor",
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
        }
    }
}

/// The relation of a worker's office to a case by the offices' codes: the closest one.
pub fn relation(office: &str, offices: &Offices<'_>) -> Relation {
    let competent = offices.decides;
    if office == competent {
        return Relation::Competent;
    }
    if offices.received == Some(office) {
        return if offices.window_accepts { Relation::Accepting } else { Relation::Receiving };
    }
    if offices.asked.iter().any(|asked| asked == office) {
        return Relation::Asked;
    }
    match (office_of_code(office), office_of_code(competent)) {
        (Some((_, outer)), Some((_, inner))) if outer != inner && areas::contains(outer, inner) => {
            // A bureau stands above the same department's offices alone; a street above its communities.
            let letters = |code: &str| code.split_once('-').map(|(_, letters)| letters.to_owned());
            match (letters(office), letters(competent)) {
                (Some(ours), Some(theirs)) if ours != theirs => Relation::Stranger,
                _ => Relation::Above,
            }
        }
        _ => Relation::Stranger,
    }
}

/// The one policy. What may not be read is answered as not found.
pub fn may(roles: &[Role], relation: Relation, right: Right) -> bool {
    roles.iter().any(|role| role_may(*role, relation, right))
}

fn role_may(role: Role, relation: Relation, right: Right) -> bool {
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
            role != Role::Supervisor
                && matches!(relation, Relation::Competent | Relation::Accepting | Relation::Receiving)
        }
        Right::Rectify => relation == Relation::Competent && role != Role::Supervisor,
        Right::Read => match relation {
            Relation::Stranger => false,
            Relation::Above => role == Role::Supervisor,
            Relation::Competent => true,
            Relation::Accepting | Relation::Receiving => role != Role::Supervisor,
            Relation::Asked => matches!(role, Role::Window | Role::Reviewer),
        },
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
        HandOver => role == Role::Window && relation == Relation::Receiving,
        AnswerDeferral | Deliver => match role {
            Role::Window => matches!(relation, Relation::Competent | Relation::Accepting | Relation::Receiving),
            Role::Reviewer => relation == Relation::Competent,
            Role::Head | Role::Supervisor => false,
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
    use super::*;

    const RELATIONS: [Relation; 6] = [
        Relation::Competent,
        Relation::Accepting,
        Relation::Receiving,
        Relation::Asked,
        Relation::Above,
        Relation::Stranger,
    ];

    fn rights() -> Vec<(&'static str, Right)> {
        let steps = Step::ALL.into_iter().map(|step| (step.key(), Right::Do(step)));
        [
            ("read", Right::Read),
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
            for relation in RELATIONS {
                let rights = rights();
                let held = rights.iter().filter(|(_, right)| may(&[role], relation, *right)).map(|(name, _)| *name);
                out.push_str(&format!("{role:?} {relation:?}: {}\n", held.collect::<Vec<_>>().join(" ")));
            }
        }
        out
    }

    /// Written out by hand from the duties of each role: a change of the policy must be a change here.
    const GOLDEN: &str = "\
Window Competent: read start rectify reply note explain receive ask-correction accept refuse complete deliver answer-deferral reroute
Window Accepting: read start reply note explain receive ask-correction accept refuse deliver answer-deferral reroute
Window Receiving: read start note explain hand-over deliver answer-deferral
Window Asked: read start note give-opinion
Window Above: start
Window Stranger: start
Reviewer Competent: read rectify reply note explain receive ask-correction accept refuse review suspend resume extend visit ask-opinion announce \
end-announcement opinion decide close deliver answer-deferral check-promise reroute end
Reviewer Accepting: read reply note explain
Reviewer Receiving: read note explain
Reviewer Asked: read note give-opinion
Reviewer Above: 
Reviewer Stranger: 
Head Competent: read rectify note explain approve refuse-approval
Head Accepting: read note explain
Head Receiving: read note explain
Head Asked: 
Head Above: 
Head Stranger: 
Supervisor Competent: read instruct reroute
Supervisor Accepting: 
Supervisor Receiving: 
Supervisor Asked: 
Supervisor Above: read instruct
Supervisor Stranger: 
";

    #[test]
    fn the_golden_table_of_roles_and_relations() {
        assert_eq!(table(), GOLDEN);
    }

    #[test]
    fn nobody_without_a_role_may_do_anything() {
        for relation in RELATIONS {
            assert!(rights().iter().all(|(_, right)| !may(&[], relation, *right)));
        }
    }

    #[test]
    fn relations_follow_office_and_area() {
        let asked = vec!["210103-CL".to_owned()];
        let of = |decides, received| Offices { decides, received, window_accepts: false, asked: &asked };
        let offices = of("210103005", Some("210102019001"));
        let related = |office: &str| relation(office, &offices);
        assert_eq!(related("210103005"), Relation::Competent);
        assert_eq!(related("210102019001"), Relation::Receiving);
        let accepting = Offices { window_accepts: true, ..offices };
        assert_eq!(relation("210102019001", &accepting), Relation::Accepting);
        assert_eq!(related("210103-CL"), Relation::Asked);
        assert_eq!(related("210103-MZ"), Relation::Above);
        assert_eq!(related("210103006"), Relation::Stranger);
        assert_eq!(related("210102-MZ"), Relation::Stranger);
        assert_eq!(related("210103005024"), Relation::Stranger);
        assert_eq!(relation("210100-MZ", &of("210103-MZ", None)), Relation::Above);
        assert_eq!(relation("210103-RS", &of("210103-MZ", None)), Relation::Stranger);
        assert_eq!(relation("210100-RS", &of("210103-MZ", None)), Relation::Stranger);
    }
}
