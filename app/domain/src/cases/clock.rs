//! The legal clock: until when what is due, what stops it, and when it warns.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::Terms;
use super::fold::Case;
use super::state::State;
use crate::calendar::{DayUnit, Workdays};
use crate::catalogue::SuspensionKind;

/// Working days within which an office takes up what came in online (`domain.md` 1.3: 48 hours).
const RECEIVE_DAYS: u32 = 2;
/// Working days within which a window hands over what another office decides.
const HAND_OVER_DAYS: u32 = 1;
/// Working days within which an office must accept, refuse or ask for corrections; after them it counts as accepted.
pub(super) const NOTICE_DAYS: u32 = 5;
/// Working days from the decision to the hand of the resident.
const DELIVERY_DAYS: u32 = 10;
/// What comes in later counts from the next working day.
const OFFICE_CLOSES: NaiveTime = match NaiveTime::from_hms_opt(17, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// The clock stood still after the day `from`, up to and with the day `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    pub from: NaiveDate,
    /// None: it still does.
    pub to: Option<NaiveDate>,
    pub why: SuspensionKind,
}

/// What the next thing to be done is, and the last day for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what", content = "day")]
pub enum Due {
    /// The office must take it up: within two working days of an online submission.
    Receive(NaiveDate),
    /// The window must hand it over: within a working day.
    HandOver(NaiveDate),
    /// The office must accept, refuse or ask for corrections: within five working days of receipt.
    Notice(NaiveDate),
    /// The resident must answer.
    Correction(NaiveDate),
    /// The office must decide.
    Decision(NaiveDate),
    /// The clock of the decision stands still; so many days are left.
    Standing(u32),
    /// The result must reach the resident.
    Delivery(NaiveDate),
    Nothing,
}

impl Due {
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Receive(day)
            | Self::HandOver(day)
            | Self::Notice(day)
            | Self::Correction(day)
            | Self::Decision(day)
            | Self::Delivery(day) => Some(day),
            Self::Standing(_) | Self::Nothing => None,
        }
    }
}

/// The colours of supervision (督办), see `domain.md` 1.8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    Calm,
    /// 60 % of the promised period are used.
    Blue,
    /// At most 20 % or one day are left.
    Yellow,
    /// Past what was promised.
    Red,
    /// Past what the law allows.
    Black,
}

impl Warning {
    pub const ALL: [Self; 5] = [Self::Calm, Self::Blue, Self::Yellow, Self::Red, Self::Black];

    pub fn key(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Black => "black",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|warning| warning.key() == key)
    }

    /// Empty when there is nothing to warn of.
    pub fn name(self) -> &'static str {
        match self {
            Self::Calm => "",
            Self::Blue => "蓝牌",
            Self::Yellow => "黄牌",
            Self::Red => "红牌",
            Self::Black => "黑牌",
        }
    }
}

/// What a case's row says of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub due: Due,
    /// The first day on which the clock itself has something to do.
    pub wake: Option<NaiveDate>,
    /// The colour of the day for which this was made.
    pub warning: Warning,
    /// The first day after it with another colour.
    pub warns: Option<NaiveDate>,
}

/// Where a period stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Ends(NaiveDate),
    /// It stands still with so many days left.
    Standing(u32),
}

/// Where a period of `days` after the day `from` ends, the days of the stops left out.
pub fn period(calendar: &Workdays, from: NaiveDate, days: u32, unit: DayUnit, stops: &[Stop]) -> Period {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        if stops.iter().any(|stop| stop.to.is_none() && stop.from <= day) {
            return Period::Standing(left);
        }
        day = day + Days::new(1);
        let stopped = stops.iter().any(|stop| stop.from < day && stop.to.is_some_and(|to| day <= to));
        if !stopped && (unit == DayUnit::Natural || calendar.is_workday(day)) {
            left -= 1;
        }
    }
    Period::Ends(if unit == DayUnit::Natural { calendar.on_or_after(day) } else { day })
}

/// The day from which a period counts that a moment starts: outside office hours it is the next working day.
pub fn counts_from(calendar: &Workdays, at: DateTime<Utc>) -> NaiveDate {
    let local = at + chrono::Duration::hours(8);
    let day = local.date_naive();
    let late = local.time() >= OFFICE_CLOSES && calendar.is_workday(day);
    calendar.on_or_after(if late { day + Days::new(1) } else { day })
}

/// The day in Shenyang (UTC+8, no daylight saving) of a moment.
pub fn local_day(at: DateTime<Utc>) -> NaiveDate {
    (at + chrono::Duration::hours(8)).date_naive()
}

impl Case {
    /// What is due next. `hands_over`: the window that received it does not decide.
    pub fn due(&self, calendar: &Workdays, hands_over: bool) -> Due {
        let after = |at: DateTime<Utc>, days| calendar.due(counts_from(calendar, at), days);
        match self.state {
            State::Submitted => Due::Receive(after(self.submitted_at, RECEIVE_DAYS)),
            State::Received if hands_over && self.received_at == self.notice_from => {
                self.received_at.map_or(Due::Nothing, |at| Due::HandOver(after(at, HAND_OVER_DAYS)))
            }
            State::Received | State::HandedOver => self.notice_end(calendar).map_or(Due::Nothing, Due::Notice),
            State::Correction => self.correction.as_ref().map_or(Due::Nothing, |open| Due::Correction(open.due)),
            State::Accepted | State::Reviewing | State::Suspended => match self.promised(calendar) {
                Some(Period::Ends(day)) => Due::Decision(day),
                Some(Period::Standing(left)) => Due::Standing(left),
                None => Due::Nothing,
            },
            State::Decided | State::Closed => {
                self.decided_on.map_or(Due::Nothing, |day| Due::Delivery(calendar.due(day, DELIVERY_DAYS)))
            }
            State::NotAccepted | State::Delivered | State::Withdrawn | State::Ended => Due::Nothing,
        }
    }

    /// The last day for a notice.
    pub fn notice_end(&self, calendar: &Workdays) -> Option<NaiveDate> {
        self.notice_from.map(|at| calendar.due(counts_from(calendar, at), NOTICE_DAYS))
    }

    /// Where the promised period stands. None before acceptance.
    pub fn promised(&self, calendar: &Workdays) -> Option<Period> {
        self.running(calendar, |terms| Some((terms.promised, terms.promised_unit)))
    }

    /// Where the legal period stands. None before acceptance, and where the law sets none.
    pub fn legal(&self, calendar: &Workdays) -> Option<Period> {
        self.running(calendar, |terms| terms.legal.map(|days| (days, terms.legal_unit)))
    }

    fn running(&self, calendar: &Workdays, term: fn(&Terms) -> Option<(u32, DayUnit)>) -> Option<Period> {
        let acceptance = self.acceptance.as_ref()?;
        let (days, unit) = term(&acceptance.terms)?;
        Some(period(calendar, acceptance.from, days + self.extended, unit, &self.stops))
    }

    /// The colour of supervision on a day.
    pub fn warning(&self, calendar: &Workdays, hands_over: bool, today: NaiveDate) -> Warning {
        let due = self.due(calendar, hands_over);
        let Some(day) = due.day() else { return Warning::Calm };
        if let (Due::Decision(_), Some(Period::Ends(legal))) = (due, self.legal(calendar))
            && today > legal
        {
            return Warning::Black;
        }
        if today > day {
            // The resident's own delay is nobody's failure.
            return if matches!(due, Due::Correction(_)) { Warning::Yellow } else { Warning::Red };
        }
        let left = calendar.between(today, day);
        let total = match due {
            Due::Decision(_) => self.acceptance.as_ref().map_or(0, |a| i64::from(a.terms.promised + self.extended)),
            _ => 0,
        };
        if left <= 1 || left * 5 <= total {
            Warning::Yellow
        } else if (total - left) * 5 >= total * 3 && total > 0 {
            Warning::Blue
        } else {
            Warning::Calm
        }
    }

    /// The first day after `today` with another colour than today's, if nothing happens until then.
    pub fn warns(&self, calendar: &Workdays, hands_over: bool, today: NaiveDate) -> Option<NaiveDate> {
        let legal = match self.legal(calendar) {
            Some(Period::Ends(day)) => Some(day),
            _ => None,
        };
        let last = self.due(calendar, hands_over).day().max(legal)?.succ_opt()?;
        let now = self.warning(calendar, hands_over, today);
        let mut days = today.iter_days().skip(1).take_while(|day| *day <= last);
        days.find(|day| self.warning(calendar, hands_over, *day) != now)
    }

    /// When something is due, and how urgent it is on that day.
    pub fn schedule(&self, calendar: &Workdays, hands_over: bool, today: NaiveDate) -> Schedule {
        Schedule {
            due: self.due(calendar, hands_over),
            wake: self.wake(calendar),
            warning: self.warning(calendar, hands_over, today),
            warns: self.warns(calendar, hands_over, today),
        }
    }

    /// The first day on which the clock itself has something to do. None: it has not.
    pub fn wake(&self, calendar: &Workdays) -> Option<NaiveDate> {
        let after = |day: NaiveDate| day + Days::new(1);
        let notice =
            matches!(self.state, State::Received | State::HandedOver).then(|| self.notice_end(calendar)).flatten();
        let announced = self.announcement.as_ref().filter(|a| !a.ended).map(|a| a.until);
        let correction = self.correction.as_ref().map(|open| open.due);
        let deferral = self.deferral.as_ref().map(|deferral| deferral.due);
        [notice, announced, correction, deferral].into_iter().flatten().min().map(after)
    }
}
