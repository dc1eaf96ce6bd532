//! A submission of a life event (一件事): cases that were asked for in one form and go their own ways.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::state::State;

/// A life event as its resident follows it: one receipt, one state, and each case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleTrack {
    pub number: String,
    /// 孩子出生了
    pub name: String,
    /// `张*三`
    pub applicant: String,
    pub submitted: String,
    /// That of the slowest; none when all are over.
    pub state: Option<State>,
    /// One sentence: where the whole stands.
    pub headline: String,
    pub parts: Vec<BundlePart>,
    /// What a window could not take in.
    pub left_out: Vec<LeftOut>,
    /// By whom it was filed in the applicant's stead; empty for nobody.
    pub helper: String,
    /// The code by which the applicant takes it over from a helper; empty for none.
    pub claim: String,
    /// The private address of the whole, and as a QR code (SVG).
    pub link: String,
    pub qr: String,
}

/// One of its cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlePart {
    pub number: String,
    /// What the item is called in the event.
    pub item: String,
    pub state: State,
    pub headline: String,
    pub office: String,
    pub until: String,
    pub promise: String,
    /// What the resident must do now; empty for nothing.
    pub todo: String,
}

/// An item that only the resident's own community takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub item: String,
    pub office: String,
    /// For the worker who filled it in: where it waits to be referred.
    pub draft: String,
}

/// That a case belongs to a life event, for the page of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleLink {
    pub number: String,
    pub name: String,
    /// The other cases that the reader may see: number, item, state.
    pub siblings: Vec<(String, String, State)>,
}

/// Which of several cases is the slowest: of those that are not over the one that has come least far, and of equal
/// ones that which is due last. None when all are over.
pub fn slowest(cases: &[(State, NaiveDate)]) -> Option<usize> {
    let open = cases.iter().enumerate().filter(|(_, (state, _))| !state.is_final());
    open.min_by_key(|(at, (state, due))| (*state, std::cmp::Reverse(*due), *at)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).expect("a date")
    }

    #[test]
    fn the_whole_is_as_far_as_its_slowest_case() {
        let of = |states: &[State]| {
            let cases: Vec<_> = states.iter().map(|state| (*state, day(1))).collect();
            slowest(&cases).map(|at| states[at])
        };
        assert_eq!(of(&[State::Delivered, State::Reviewing, State::Decided]), Some(State::Reviewing));
        assert_eq!(of(&[State::Correction, State::Accepted]), Some(State::Correction));
        assert_eq!(of(&[State::Delivered, State::Withdrawn, State::NotAccepted]), None, "all are over");
        assert_eq!(slowest(&[]), None);
        assert_eq!(slowest(&[(State::Accepted, day(1)), (State::Accepted, day(9))]), Some(1), "the later day");
    }

    proptest! {
        #[test]
        fn what_is_over_never_holds_the_whole_back(picks in proptest::collection::vec((0_usize..13, 1_u32..28), 0..8)) {
            let cases: Vec<_> = picks.iter().map(|(at, on)| (State::ALL[*at], day(*on))).collect();
            let open = cases.iter().filter(|(state, _)| !state.is_final());
            match slowest(&cases) {
                None => prop_assert_eq!(open.count(), 0),
                Some(at) => prop_assert!(open.into_iter().all(|(state, _)| *state >= cases[at].0)),
            }
        }
    }
}
