//! Kiosks (自助机): devices in a hall, used by one resident after the other.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::cases::{DraftBrief, Flash, WorkerView};

/// The code that makes a device a kiosk is good for so long.
pub const ENROL_MINUTES: i64 = 15;
/// A session at a kiosk ends so long after the last sign of somebody.
pub const IDLE_SECONDS: i64 = 90;
/// A picture to take a draft along is good for so long.
pub const CARRY_SECONDS: i64 = 90;
/// A code that brings a case to a kiosk is good for so long.
pub const FETCH_MINUTES: i64 = 10;
/// A kiosk that said nothing for so long is silent. It speaks every half minute.
pub const SILENT_SECONDS: i64 = 120;
/// Characters of a kiosk's name.
pub const NAME_MAX: usize = 30;
/// What a kiosk may be set to: the language of its pages, and its name there.
pub const LANGUAGES: [(&str, &str); 1] = [("zh-CN", "中文")];

/// What a kiosk's browser opens, and nothing else: what is not here is not there. `*` is one part of an address.
/// Of a resident's own pages those to look and hand in by; an account is changed at home.
pub const OPENS: &[&str] = &[
    "/",
    "/healthz",
    "/areas/*",
    // The kiosk's own.
    "/kiosk",
    "/kiosk/enrol",
    "/kiosk/print",
    "/kiosk/alive",
    "/kiosk/card",
    "/kiosk/call",
    "/kiosk/leave",
    "/api/kiosk/home",
    // What there is.
    "/about",
    "/items",
    "/items/*",
    "/items/*/check",
    "/items/*/apply",
    "/certificates",
    "/events/*",
    "/events/*/start",
    "/verify",
    "/words",
    "/visits/new",
    "/calls/new",
    "/announcements",
    "/announcements/*",
    "/announcements/*/object",
    "/ratings",
    "/api/catalogue/*",
    "/api/bundles/event",
    "/api/notices/verify",
    "/api/appointments/book",
    "/api/calls/page",
    "/api/announcements/*",
    "/api/ratings/results",
    // Forms.
    "/drafts/*/pages/*",
    "/drafts/*/pages/*/take",
    "/drafts/*/review",
    "/drafts/*/resume",
    "/drafts/*/resume-code",
    "/drafts/*/files",
    "/drafts/*/files/*/remove",
    "/drafts/*/files/*/keep",
    "/drafts/*/uploads",
    "/drafts/*/uploads/*",
    "/drafts/*/uploads/*/cancel",
    "/drafts/*/uploads/*/finish",
    "/drafts/*/submit",
    "/drafts/*/discard",
    "/resume",
    "/files/*",
    "/api/forms/*",
    "/api/mandates/held",
    "/api/mandates/in-force",
    // Cases.
    "/track",
    "/cases/*",
    "/cases/*/live",
    "/cases/*/print",
    "/cases/*/print/*",
    "/cases/*/open/*",
    "/cases/*/withdraw",
    "/cases/*/correct",
    "/cases/*/rate",
    "/cases/*/messages",
    "/bundles/*",
    "/bundles/*/open/*",
    "/notices/*",
    "/notices/*/paper.pdf",
    "/notices/*/print/*",
    "/api/cases/*",
    "/api/bundles/track",
    "/api/notices/fetch",
    // A resident's own.
    "/sign-in",
    "/sign-in/code",
    "/sign-in/join",
    "/claim",
    "/me",
    "/me/cases",
    "/me/documents",
    "/me/visits",
    "/me/visits/*",
    "/me/visits/*/cancel",
    "/me/visits/*/move",
    "/me/sign-out",
    "/api/residents/home",
    "/api/residents/sign-in",
    "/api/residents/code",
    "/api/residents/join",
    "/api/residents/me",
    "/api/residents/cases",
    "/api/documents/list",
    "/api/appointments/mine",
    "/api/appointments/move",
];

/// Whether a kiosk's browser opens the page or form at this path.
pub fn opens(path: &str) -> bool {
    OPENS.iter().any(|pattern| {
        let (mut wanted, mut parts) = (pattern.split('/'), path.split('/'));
        loop {
            match (wanted.next(), parts.next()) {
                (None, None) => return true,
                (Some("*"), Some(part)) if !part.is_empty() => {}
                (Some(want), Some(part)) if want == part => {}
                _ => return false,
            }
        }
    })
}

/// What a kiosk says of its paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    Ok,
    Low,
    Out,
    Unknown,
}

impl Paper {
    pub const ALL: [Self; 4] = [Self::Ok, Self::Low, Self::Out, Self::Unknown];

    pub fn key(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Low => "low",
            Self::Out => "out",
            Self::Unknown => "unknown",
        }
    }

    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|paper| paper.key() == key).unwrap_or(Self::Unknown)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "有纸",
            Self::Low => "快没纸了",
            Self::Out => "没纸了",
            Self::Unknown => "不知道",
        }
    }
}

/// How a kiosk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// It waits for somebody to type its code.
    Waiting,
    Alive,
    Silent,
    Ended,
}

/// What it is, from when it was enrolled, ended and last heard.
pub fn health(
    enrolled: Option<DateTime<Utc>>,
    ended: Option<DateTime<Utc>>,
    seen: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Health {
    match (enrolled, ended) {
        (_, Some(_)) => Health::Ended,
        (None, None) => Health::Waiting,
        (Some(_), None) => {
            let alive = seen.is_some_and(|seen| now - seen <= Duration::seconds(SILENT_SECONDS));
            if alive { Health::Alive } else { Health::Silent }
        }
    }
}

/// The first page of a kiosk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskHome {
    pub office: String,
    pub name: String,
    /// Of whoever stands here.
    pub drafts: Vec<DraftBrief>,
    pub signed_in: bool,
    /// A worker was called and has not come yet.
    pub called: bool,
    /// Whose identity card was laid down, masked; empty for nobody's.
    pub card: String,
}

/// A kiosk that called, for the workers of its office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskCall {
    pub id: String,
    pub name: String,
    pub since: String,
}

/// A kiosk, for who keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskView {
    pub id: String,
    pub name: String,
    pub office: String,
    pub language: String,
    pub health: Health,
    /// Since when it is silent, waits or is ended, in words.
    pub since: String,
    pub paper: Paper,
    pub version: String,
    pub used: String,
    /// To be typed at the device, with until when; none is open otherwise.
    pub code: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KiosksView {
    pub worker: WorkerView,
    pub kiosks: Vec<KioskView>,
    pub flash: Flash,
}

/// A short code for a kiosk, shown on a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchCode {
    pub number: String,
    pub code: String,
    pub qr: String,
    pub until: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_kiosk_opens_what_residents_do_there() {
        for path in ["/", "/items/MZ07/apply", "/drafts/a-1/pages/applicant", "/notices/7/paper.pdf", "/kiosk"] {
            assert!(opens(path), "{path}");
        }
        for path in ["", "/items/", "/items//apply", "/drafts/a/b/c", "/kiosk/", "/me/data", "/me/phone", "/inbox"] {
            assert!(!opens(path), "{path}");
        }
    }

    #[test]
    fn every_pattern_is_written_once_and_stands_below_no_desk() {
        for (at, pattern) in OPENS.iter().enumerate() {
            assert!(!OPENS[..at].contains(pattern), "{pattern} twice");
            assert!(!pattern.contains("desk") && !pattern.contains("staff") && !pattern.contains("audit"));
            assert!(!pattern.starts_with("/*") && !pattern.starts_with("/api/*"), "{pattern} is too wide");
        }
    }

    #[test]
    fn a_kiosk_is_silent_after_two_minutes() {
        let now: DateTime<Utc> = "2026-11-23T01:00:00Z".parse().expect("a time");
        let before = |seconds| Some(now - Duration::seconds(seconds));
        assert_eq!(health(None, None, None, now), Health::Waiting);
        assert_eq!(health(before(500), None, before(SILENT_SECONDS), now), Health::Alive);
        assert_eq!(health(before(500), None, before(SILENT_SECONDS + 1), now), Health::Silent);
        assert_eq!(health(before(500), None, None, now), Health::Silent);
        assert_eq!(health(before(500), before(1), before(1), now), Health::Ended);
    }

    proptest! {
        /// Whatever stands below the desk or is asked of its functions is closed, however it is written.
        #[test]
        fn nothing_of_the_desk_is_open(
            root in prop::sample::select(vec!["/desk", "/api/desk", "/api/staff", "/api/audit", "/api/sms", "/inbox", "/metrics", "/readyz"]),
            rest in "(/[a-z0-9*.-]{0,12}){0,5}",
        ) {
            let path = format!("{root}{rest}");
            prop_assert!(!opens(&path), "{}", path);
        }

        /// A pattern opens what it names with any word in the place of a star, and nothing longer or shorter.
        #[test]
        fn a_star_is_one_word(at in 0..OPENS.len(), word in "[A-Za-z0-9-]{1,20}") {
            let path = OPENS[at].replace('*', &word);
            prop_assert!(opens(&path), "{}", path);
            let slashed = format!("{path}/");
            prop_assert!(!opens(&slashed), "{}", slashed);
        }
    }
}
