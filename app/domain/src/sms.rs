//! Short messages to residents: what they say, and when they may be sent.

use chrono::{DateTime, Duration, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use crate::cases::MessageKind;

/// From then on nobody is woken.
const QUIET_FROM: (u32, u32) = (21, 0);
/// Until then.
const QUIET_UNTIL: (u32, u32) = (8, 0);
/// So much of an item's name fits into a message of one part.
const NAME_MAX: usize = 14;

/// A message of the simulated gateway, as the inbox of the demo shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsView {
    /// `138****5678`
    pub phone: String,
    pub text: String,
    /// `11月22日 15:04`
    pub at: String,
    pub sent: bool,
}

/// What a message says. Nothing personal: the item in everyday words, the end of the case's number, what to do.
/// `home`: the address of the service, without a path that would open the case.
pub fn text(kind: MessageKind, everyday: &str, number: &str, home: &str) -> String {
    let name: String = everyday.chars().take(NAME_MAX).collect();
    let tail: String = number.chars().filter(|c| c.is_ascii_alphanumeric()).rev().take(6).collect();
    let tail: String = tail.chars().rev().collect();
    let what = match kind {
        MessageKind::Received => "已收件，5个工作日内答复",
        MessageKind::Accepted => "已受理",
        MessageKind::Correction => "要补正几处，请尽快补好",
        MessageKind::NotAccepted => "没有受理，请看理由",
        MessageKind::Suspended => "要做特别程序，办理时间先停着",
        MessageKind::Extended => "办理时间延长了，请看理由",
        MessageKind::Decided => "已经作出决定",
        MessageKind::Ready => "已办结，结果可以领取或查看",
        MessageKind::Reminder => "还有要您补的，快到期了",
        MessageKind::Ended => "已终止，请看原因",
        MessageKind::Rerouted => "已转给另一个单位办",
        MessageKind::DueMoved => "放假安排变了，作出决定的日子跟着变",
        MessageKind::Reply => "有工作人员的回复",
        MessageKind::Rating => "请您评价",
    };
    format!("【通办】您办的“{name}”（尾号{tail}）{what}。查进度：{home}/track")
}

/// When a message of this moment may be sent: at once, or in the morning.
pub fn not_before(at: DateTime<Utc>) -> DateTime<Utc> {
    let local = (at + Duration::hours(8)).naive_utc();
    let time = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let day = if local.time() >= time(QUIET_FROM) {
        local.date() + Duration::days(1)
    } else if local.time() < time(QUIET_UNTIL) {
        local.date()
    } else {
        return at;
    };
    Utc.from_utc_datetime(&day.and_time(time(QUIET_UNTIL))) - Duration::hours(8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KINDS: [MessageKind; 14] = [
        MessageKind::Received,
        MessageKind::Accepted,
        MessageKind::Correction,
        MessageKind::NotAccepted,
        MessageKind::Suspended,
        MessageKind::Extended,
        MessageKind::Decided,
        MessageKind::Ready,
        MessageKind::Reminder,
        MessageKind::Ended,
        MessageKind::Rerouted,
        MessageKind::DueMoved,
        MessageKind::Reply,
        MessageKind::Rating,
    ];

    #[test]
    fn a_message_fits_into_two_parts_and_names_the_case_by_its_end_alone() {
        for kind in KINDS {
            let long = "户口不在一起的困难家庭申请临时救助";
            let text = text(kind, long, "210103-MZ07-20261122-00017-K", "https://tongban.example.cn");
            assert!(text.chars().count() <= 134, "{text}");
            assert!(text.contains("00017K") && !text.contains("210103"), "{text}");
        }
    }

    #[test]
    fn nobody_is_woken() {
        let at = |day, hour, minute| Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 0).single().expect("a time");
        // 15:00, 21:00, 23:30 and 7:59 in Shenyang.
        assert_eq!(not_before(at(24, 7, 0)), at(24, 7, 0));
        assert_eq!(not_before(at(24, 13, 0)), at(25, 0, 0));
        assert_eq!(not_before(at(24, 15, 30)), at(25, 0, 0));
        assert_eq!(not_before(at(23, 23, 59)), at(24, 0, 0));
    }

    proptest! {
        #[test]
        fn it_waits_less_than_a_night(seconds in 0_i64..10_000_000_000) {
            let at = Utc.timestamp_opt(seconds, 0).single().expect("a time");
            let then = not_before(at);
            prop_assert!(then >= at && then - at <= Duration::hours(11));
            prop_assert_eq!(not_before(then), then);
        }
    }
}
