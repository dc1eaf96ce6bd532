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
    /// 主管: sees every case of the area below, does nothing to it.
    Supervisor,
}

/// How the worker's office stands to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It decides.
    Competent,
    /// It took the application in and handed it over.
    Receiving,
    /// The competent office lies in its area.
    Above,
    Stranger,
}

/// What a worker may want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See answers, materials and events.
    Read,
    /// Start a case for a resident at the window.
    Start,
    Do(Step),
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Window, Self::Reviewer, Self::Supervisor];

    pub fn key(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Reviewer => "reviewer",
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
            Self::Supervisor => "主管",
        }
    }
}

/// The relation of a worker's office to a case by the offices' codes.
pub fn relation(office: &str, competent: &str, received: Option<&str>) -> Relation {
    if office == competent {
        return Relation::Competent;
    }
    if received == Some(office) {
        return Relation::Receiving;
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
    match (role, relation, right) {
        // The steps of residents and of the clock are nobody's at the desk.
        (_, _, Right::Do(Step::AnswerCorrection | Step::Withdraw | Step::DeemAccepted)) => false,
        (Role::Window, _, Right::Start) => true,
        (_, _, Right::Start) => false,
        (_, Relation::Stranger, _) => false,
        (Role::Supervisor, Relation::Above | Relation::Competent, right) => right == Right::Read,
        (Role::Supervisor, Relation::Receiving, _) => false,
        (_, Relation::Above, _) => false,
        (_, Relation::Competent | Relation::Receiving, Right::Read) => true,
        (_, Relation::Receiving, _) => false,
        (Role::Window, Relation::Competent, Right::Do(step)) => {
            matches!(step, Step::Receive | Step::AskCorrection | Step::Accept | Step::RefuseAcceptance)
        }
        (Role::Reviewer, Relation::Competent, Right::Do(step)) => {
            matches!(step, Step::Receive | Step::AskCorrection | Step::Accept | Step::RefuseAcceptance)
                || matches!(step, Step::StartReview | Step::Decide | Step::Close)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELATIONS: [Relation; 4] = [Relation::Competent, Relation::Receiving, Relation::Above, Relation::Stranger];
    const RIGHTS: [(&str, Right); 12] = [
        ("read", Right::Read),
        ("start", Right::Start),
        ("receive", Right::Do(Step::Receive)),
        ("ask correction", Right::Do(Step::AskCorrection)),
        ("answer correction", Right::Do(Step::AnswerCorrection)),
        ("accept", Right::Do(Step::Accept)),
        ("deem accepted", Right::Do(Step::DeemAccepted)),
        ("refuse acceptance", Right::Do(Step::RefuseAcceptance)),
        ("start review", Right::Do(Step::StartReview)),
        ("decide", Right::Do(Step::Decide)),
        ("close", Right::Do(Step::Close)),
        ("withdraw", Right::Do(Step::Withdraw)),
    ];

    fn table() -> String {
        let mut out = String::new();
        for role in Role::ALL {
            for relation in RELATIONS {
                let rights: Vec<&str> =
                    RIGHTS.iter().filter(|(_, right)| may(&[role], relation, *right)).map(|(name, _)| *name).collect();
                out.push_str(&format!("{role:?} {relation:?}: {}\n", rights.join(", ")));
            }
        }
        out
    }

    /// Written out by hand from the duties of each role: a change of the policy must be a change here.
    const GOLDEN: &str = "\
Window Competent: read, start, receive, ask correction, accept, refuse acceptance
Window Receiving: read, start
Window Above: start
Window Stranger: start
Reviewer Competent: read, receive, ask correction, accept, refuse acceptance, start review, decide, close
Reviewer Receiving: read
Reviewer Above: 
Reviewer Stranger: 
Supervisor Competent: read
Supervisor Receiving: 
Supervisor Above: read
Supervisor Stranger: 
";

    #[test]
    fn the_golden_table_of_roles_and_relations() {
        assert_eq!(table(), GOLDEN);
    }

    #[test]
    fn nobody_without_a_role_may_do_anything() {
        for relation in RELATIONS {
            assert!(RIGHTS.iter().all(|(_, right)| !may(&[], relation, *right)));
        }
    }

    #[test]
    fn relations_follow_office_and_area() {
        let related = |office: &str| relation(office, "210103005", Some("210102019001"));
        assert_eq!(related("210103005"), Relation::Competent);
        assert_eq!(related("210102019001"), Relation::Receiving);
        assert_eq!(related("210103-MZ"), Relation::Above);
        assert_eq!(related("210103006"), Relation::Stranger);
        assert_eq!(related("210102-MZ"), Relation::Stranger);
        assert_eq!(related("210103005024"), Relation::Stranger);
        assert_eq!(relation("210100-MZ", "210103-MZ", None), Relation::Above);
        assert_eq!(relation("210103-RS", "210103-MZ", None), Relation::Stranger);
        assert_eq!(relation("210100-RS", "210103-MZ", None), Relation::Stranger);
    }
}
