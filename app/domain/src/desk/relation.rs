//! How somebody stands to a case: by the offices it knows, and by the people it is about.

use serde::{Deserialize, Serialize};

use super::grant::Scope;
use super::role::Role;
use crate::catalogue::is_organisation;

/// How the office that somebody acts for stands to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It decides.
    Competent,
    /// It took the application in and accepts it in the name of the competent office (直接受理).
    Accepting,
    /// It took the application in and hands it over (收受分离).
    Receiving,
    /// The same as an organisation under contract (承接组织).
    Contracted,
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

/// Whether a case is about the worker or the worker's family (回避).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    #[default]
    None,
    /// The worker's own.
    Own,
    /// Of somebody whom the worker has declared as a relative.
    Relative,
}

impl Tie {
    /// What to tell the worker.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Own => Some("这件事涉及您本人，请回避，由同事办理。"),
            Self::Relative => Some("这件事涉及您申报过的亲属，请回避，由同事办理。"),
        }
    }
}

impl Relation {
    pub const ALL: [Self; 7] =
        [Self::Competent, Self::Accepting, Self::Receiving, Self::Contracted, Self::Asked, Self::Above, Self::Stranger];
}

/// The relations that a role in a scope has to a case, each with the office in whose name that is; of one office the
/// closest. Empty for a stranger.
pub fn relations<'a>(role: Role, scope: &Scope, offices: &Offices<'a>) -> Vec<(Relation, &'a str)> {
    let decides = offices.decides;
    if role == Role::Supervisor {
        let stands = if scope.at == decides { Relation::Competent } else { Relation::Above };
        return scope.covers(decides).then_some((stands, decides)).into_iter().collect();
    }
    // A case that an organisation took in is its own workers', not those of the area.
    let takes = |office: &str| scope.covers(office) && (!is_organisation(office) || scope.at == office);
    let mut out: Vec<(Relation, &str)> = Vec::new();
    for office in [decides].into_iter().chain(offices.received).chain(offices.asked.iter().map(String::as_str)) {
        if takes(office) && !out.iter().any(|(_, known)| *known == office) {
            out.push((closest(office, offices), office));
        }
    }
    out
}

/// The closest relation of an office that the case knows.
fn closest(office: &str, offices: &Offices<'_>) -> Relation {
    if office == offices.decides {
        Relation::Competent
    } else if offices.received != Some(office) {
        Relation::Asked
    } else if is_organisation(office) {
        Relation::Contracted
    } else if offices.window_accepts {
        Relation::Accepting
    } else {
        Relation::Receiving
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_follow_office_and_area() {
        let asked = vec!["210103-CL".to_owned()];
        let of = |decides, received| Offices { decides, received, window_accepts: false, asked: &asked };
        let offices = of("210103005", Some("210102019001"));
        let first = |role, scope: Scope, offices: &Offices<'_>| {
            relations(role, &scope, offices).first().map_or(Relation::Stranger, |(relation, _)| *relation)
        };
        let related = |office: &str| first(Role::Window, Scope::office(office), &offices);
        assert_eq!(related("210103005"), Relation::Competent);
        assert_eq!(related("210102019001"), Relation::Receiving);
        let accepting = Offices { window_accepts: true, ..offices };
        assert_eq!(first(Role::Window, Scope::office("210102019001"), &accepting), Relation::Accepting);
        assert_eq!(related("210103-CL"), Relation::Asked);
        assert_eq!(related("210103006"), Relation::Stranger);
        assert_eq!(related("210103-MZ"), Relation::Stranger);
        assert_eq!(related("210103005024"), Relation::Stranger);
        let over = |office: &str, offices: &Offices<'_>| first(Role::Supervisor, Scope::below(office), offices);
        assert_eq!(over("210103-MZ", &offices), Relation::Above);
        assert_eq!(over("210103005", &offices), Relation::Competent);
        assert_eq!(over("210102-MZ", &offices), Relation::Stranger);
        assert_eq!(over("210100-MZ", &of("210103-MZ", None)), Relation::Above);
        assert_eq!(over("210103-RS", &of("210103-MZ", None)), Relation::Stranger);
        assert_eq!(over("210100-RS", &of("210103-MZ", None)), Relation::Stranger);
    }

    #[test]
    fn who_has_an_area_acts_in_the_name_of_the_office_that_has_the_case() {
        let offices =
            Offices { decides: "210103005024", received: Some("210102019006"), window_accepts: true, asked: &[] };
        let area = Scope::below("210103005");
        assert_eq!(relations(Role::Window, &area, &offices), [(Relation::Competent, "210103005024")]);
        let district = Scope::below("210102");
        assert_eq!(relations(Role::Window, &district, &offices), [(Relation::Accepting, "210102019006")]);
        let city = relations(Role::Window, &Scope::below("210100"), &offices);
        assert_eq!(city, [(Relation::Competent, "210103005024"), (Relation::Accepting, "210102019006")]);
    }

    #[test]
    fn what_an_organisation_took_in_is_its_own_workers_alone() {
        let offices =
            Offices { decides: "210103005", received: Some("210102-ZZ01"), window_accepts: false, asked: &[] };
        let own = Scope::office("210102-ZZ01");
        assert_eq!(relations(Role::Window, &own, &offices), [(Relation::Contracted, "210102-ZZ01")]);
        assert_eq!(relations(Role::Window, &Scope::below("210102"), &offices), []);
    }
}
