//! What neighbours read of a case, and what they say against it.

use chrono::Days;
use domain::areas::contains;
use domain::calendar::DayUnit;
use domain::cases::Step;
use domain::catalogue::AnnouncementPeriod;
use service::identity::Visitor;
use service::{Error, announcements, cases};

use crate::lives::{Life, NEVER, Post};

/// Announces the case for its days. Of three, one is left in peace, one meets an objection that is wrong, and one an
/// objection that is right, so that it is announced anew.
pub async fn announce(life: &mut Life<'_>, period: AnnouncementPeriod) {
    let objection = life.dice.below(3);
    if objection == 2 {
        let id = begin(life, period).await;
        let said = object(life, &id).await;
        settle(life, &said, "yes").await;
        end(life, &id, false).await;
        let missing = life.desk(&life.office, Post::Reviewer).await.outstanding;
        assert!(missing.contains(&domain::cases::Outstanding::Announcement), "{missing:?}");
    }
    let before = life.due().await;
    let id = begin(life, period).await;
    let said = if objection == 1 { Some(object(life, &id).await) } else { None };
    let early = life.try_act(&life.office, Post::Reviewer, Step::EndAnnouncement, &[]).await;
    assert!(early.is_some(), "{}: its days are not over", life.number);
    // The head who thinks about more time keeps neither the neighbours nor the clock waiting.
    let asks = life.dice.once_in(2) && life.offered(&life.office, Post::Reviewer).await.contains(&Step::Extend);
    if asks {
        let form = [("days", "5"), ("reason", "情况复杂")];
        life.act(&life.office, Post::Reviewer, Step::Extend, &form).await;
    }
    let last = match period.unit {
        DayUnit::Natural => life.city.today() + Days::new(u64::from(period.days)),
        DayUnit::Working => life.calendar().due(life.city.today(), period.days),
    };
    life.city.set(&last.to_string());
    assert_eq!(cases::tick(&life.city.service).await.expect("looked"), 0, "the last day is still a day");
    assert!(is_shown(life, &id).await);
    life.city.pass_days(1);
    assert!(!is_shown(life, &id).await, "nobody reads it after its days");
    if let Some(said) = said {
        assert_eq!(cases::tick(&life.city.service).await.expect("looked"), 0, "an objection is open");
        let early = life.try_act(&life.office, Post::Reviewer, Step::EndAnnouncement, &[]).await;
        assert!(early.is_some_and(|why| why.contains("异议")), "{}: an objection is open", life.number);
        settle(life, &said, "no").await;
    }
    end(life, &id, true).await;
    if asks {
        life.act(&life.office, Post::Head, Step::RefuseApproval, &[("reason", "不用延长")]).await;
    }
    if !period.stops_clock {
        assert_eq!(life.due().await, before, "{}", life.item.code);
    }
}

/// Starts it and finds it where it belongs: with a masked name, at the applicant's place, and nowhere else. Its id.
async fn begin(life: &mut Life<'_>, period: AnnouncementPeriod) -> String {
    let runs = life.due().await > life.city.today();
    life.act(&life.office, Post::Reviewer, Step::Announce, &[("text", "拟批准一户")]).await;
    if period.stops_clock && runs {
        assert_eq!(life.due().await, NEVER);
    }
    let address = life.desk(&life.office, Post::Reviewer).await.announcement.expect("an announcement").address;
    let id = address.rsplit('/').next().expect("an id").to_owned();
    let neighbour = life.neighbour();
    let service = &life.city.service;
    let seen = announcements::announcement(service, &neighbour, &id).await.expect("public");
    let name = life.filled.answers.get("applicant.name");
    // Of a child nothing is named, or the guardian.
    let masked = seen.announced.name.contains('*') || seen.announced.name.starts_with("某某");
    assert!(masked && seen.announced.text == "拟批准一户");
    let told = format!("{:?}", seen.announced);
    for private in [name, &life.number, life.filled.answers.get("applicant.phone")] {
        assert!(!told.contains(private), "{}: {told}", life.number);
    }
    let mut answered = life.filled.answers.iter().flat_map(|(_, texts)| texts);
    assert!(answered.any(|text| *text == seen.area.code), "{}: at {:?}", life.number, seen.area);
    let (here, elsewhere): (Vec<&String>, Vec<&String>) =
        life.city.communities.iter().partition(|code| contains(&seen.area.code, code));
    for (community, listed) in [(here[0], true), (elsewhere[0], false)] {
        let board = announcements::board(service, &neighbour, community, "").await.expect("a board");
        assert_eq!(board.entries.iter().any(|entry| entry.id == id), listed, "{} at {community}", life.number);
    }
    id
}

async fn is_shown(life: &mut Life<'_>, id: &str) -> bool {
    match announcements::announcement(&life.city.service, &life.neighbour(), id).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

/// A neighbour says something: its id at the desk.
async fn object(life: &mut Life<'_>, id: &str) -> String {
    let said = [("words", "情况不是这样"), ("contact", "")].into_iter().collect();
    announcements::object(&life.city.service, &life.neighbour(), id, said).await.expect("said");
    let told = life.desk(&life.office, Post::Reviewer).await.announcement.expect("an announcement").objections;
    told.iter().find(|one| one.upheld.is_none()).expect("an open objection").id.clone()
}

async fn settle(life: &Life<'_>, objection: &str, upheld: &str) {
    let reviewer: Visitor = life.city.staff.at(&life.city.service, &life.office, Post::Reviewer).await;
    let form = [("upheld", upheld), ("answer", "查过了")].into_iter().collect();
    announcements::settle(&life.city.service, &reviewer, &life.number, objection, form).await.expect("settled");
    let told = life.desk(&life.office, Post::Reviewer).await.announcement.expect("an announcement").objections;
    let settled = told.iter().find(|one| one.id == objection).expect("the objection");
    assert_eq!(settled.upheld, Some(upheld == "yes"), "{}", life.number);
}

/// The clock ends it when its days are over; a reviewer ends what is known to be wrong.
async fn end(life: &mut Life<'_>, id: &str, by_clock: bool) {
    if by_clock {
        assert_eq!(cases::tick(&life.city.service).await.expect("looked"), 1, "{}", life.number);
    } else {
        life.act(&life.office, Post::Reviewer, Step::EndAnnouncement, &[]).await;
    }
    assert!(!is_shown(life, id).await);
    assert_eq!(life.city.row(&life.number).await.wake, None, "{}: the clock has done it", life.number);
}
