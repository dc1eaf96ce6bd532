//! An independent model of a case.

use chrono::{Duration, NaiveDate};
use domain::calendar::Workdays;

/// The model: written down from the description of the procedure and not from the code.
#[derive(Clone, Debug)]
pub struct Model {
    pub state: &'static str,
    at_once: bool,
    heads: bool,
    full: bool,
    /// The clock stands still while it is announced.
    stands: bool,
    handed_over: bool,
    rounds: u32,
    pub pending: Option<&'static str>,
    extended: bool,
    visited: bool,
    opinions: bool,
    /// The day on which the announcement may end; none when it is not running.
    pub announced_until: Option<NaiveDate>,
    announced: bool,
    reviewed: bool,
    /// Materials are to follow until this day.
    deferred: Option<NaiveDate>,
    notice_from: Option<NaiveDate>,
    correction_due: Option<NaiveDate>,
}

impl Model {
    pub fn new(at_once: bool, full: bool, stands: bool) -> Self {
        Self {
            state: "submitted",
            at_once,
            heads: full,
            full,
            stands,
            handed_over: false,
            rounds: 0,
            pending: None,
            extended: false,
            visited: false,
            opinions: false,
            announced_until: None,
            announced: false,
            reviewed: false,
            deferred: None,
            notice_from: None,
            correction_due: None,
        }
    }

    /// Whether the action is allowed; if so the model goes on.
    pub fn step(&mut self, name: &'static str, today: NaiveDate, calendar: &Workdays, hands_over: bool) -> bool {
        if let Some(what) = self.pending {
            match name {
                "approve" => {
                    self.pending = None;
                    match what {
                        "decide" => self.state = "decided",
                        "extend" => self.extended = true,
                        _ => self.ask(today, calendar),
                    }
                    return true;
                }
                "refuse_approval" => {
                    self.pending = None;
                    return true;
                }
                "withdraw" | "end" | "deem" | "answer_deferral" | "lapse_deferral" => {}
                "end_announcement" | "end_announcement_upheld" => {}
                _ => return false,
            }
        }
        let next = self.before_acceptance(name, today, calendar, hands_over);
        let Some(next) = next.or_else(|| self.after_acceptance(name, today)).or_else(|| self.way_out(name)) else {
            return false;
        };
        self.state = next;
        if matches!(next, "withdrawn" | "ended" | "not_accepted" | "accepted") {
            self.pending = None;
        }
        true
    }

    fn before_acceptance(
        &mut self,
        name: &str,
        today: NaiveDate,
        calendar: &Workdays,
        hands_over: bool,
    ) -> Option<&'static str> {
        let before = matches!(self.state, "received" | "handed_over");
        let collects = hands_over && self.state == "received";
        let late = |from: Option<NaiveDate>| from.is_some_and(|from| today > calendar.due(from, 5));
        Some(match name {
            "receive" if self.state == "submitted" => {
                self.notice_from = Some(calendar.on_or_after(today));
                "received"
            }
            "hand_over" if collects => {
                self.handed_over = true;
                "handed_over"
            }
            "ask" if before && !collects && self.rounds > 0 => {
                self.pending = Some("ask");
                self.state
            }
            "ask" if before && !collects => {
                self.ask(today, calendar);
                "correction"
            }
            "answer" if self.state == "correction" => {
                self.correction_due = None;
                self.notice_from = Some(calendar.on_or_after(today));
                if self.handed_over { "handed_over" } else { "received" }
            }
            "lapse" if self.state == "correction" && self.correction_due.is_some_and(|due| today > due) => "ended",
            "accept" if before && !collects => "accepted",
            "accept_deferred" if before && !collects && !self.at_once => {
                // Not later than the promised five days.
                self.deferred = Some(calendar.due(today, 5));
                "accepted"
            }
            "deem" if before && late(self.notice_from) => "accepted",
            "refuse" if before && !collects => "not_accepted",
            "complete" if matches!(self.state, "submitted" | "received") && self.at_once => "delivered",
            _ => return None,
        })
    }

    fn after_acceptance(&mut self, name: &str, today: NaiveDate) -> Option<&'static str> {
        let reviewing = self.state == "reviewing";
        let before_decision = matches!(self.state, "accepted" | "reviewing" | "suspended");
        let under_way = reviewing || self.state == "suspended";
        let done = !self.full || (self.visited && self.announced && self.reviewed);
        match name {
            "start_review" if self.state == "accepted" => return Some("reviewing"),
            "suspend" if reviewing && (self.announced_until.is_none() || !self.stands) => return Some("suspended"),
            "resume" if self.state == "suspended" => return Some("reviewing"),
            "extend" if reviewing && !self.extended => self.pending = Some("extend"),
            "visit" if matches!(self.state, "reviewing" | "suspended") && self.full => self.visited = true,
            "ask_opinion" if reviewing => self.opinions = true,
            "announce" if reviewing && self.full && self.announced_until.is_none() => {
                self.announced_until = Some(today + Duration::days(7));
                self.announced = false;
            }
            "end_announcement" if under_way && self.announced_until.is_some_and(|until| today > until) => {
                self.announced_until = None;
                self.announced = true;
            }
            // What is known to be wrong need not stand to the end, and is announced anew before it can be granted.
            "end_announcement_upheld" if under_way && self.announced_until.is_some() => {
                self.announced_until = None;
                self.announced = false;
            }
            "review" if reviewing && !self.reviewed => self.reviewed = true,
            "decide" if reviewing && self.deferred.is_none() && !self.opinions && done => return Some(self.decide()),
            "deny" if reviewing => return Some(self.decide()),
            "close" if self.state == "decided" => return Some("closed"),
            "deliver" if self.state == "closed" => return Some("delivered"),
            "answer_deferral" if before_decision && self.deferred.is_some() => self.deferred = None,
            "lapse_deferral" if before_decision && self.deferred.is_some_and(|until| today > until) => {
                return Some("ended");
            }
            _ => return None,
        }
        Some(self.state)
    }

    fn way_out(&self, name: &str) -> Option<&'static str> {
        let over = matches!(self.state, "not_accepted" | "decided" | "closed" | "delivered" | "withdrawn" | "ended");
        let elsewhere = matches!(self.state, "submitted" | "received" | "handed_over" | "accepted" | "reviewing");
        match name {
            "reroute" if elsewhere => Some(self.state),
            "withdraw" if !over => Some("withdrawn"),
            "end" if !over => Some("ended"),
            _ => None,
        }
    }

    fn ask(&mut self, today: NaiveDate, calendar: &Workdays) {
        self.rounds += 1;
        self.correction_due = Some(calendar.due(today, 15));
        self.state = "correction";
    }

    fn decide(&mut self) -> &'static str {
        if self.heads {
            self.pending = Some("decide");
            self.state
        } else {
            "decided"
        }
    }
}
