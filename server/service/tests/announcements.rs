//! Announcements: neighbours see what tells people of the same name apart, for its days, and what they say is settled.

use crate::acting::*;
use crate::common::{Engine, engines, service};
use chrono::{DateTime, Duration, Utc};
use domain::announcements::DeskAnnouncement;
use domain::cases::{Outstanding, State};
use domain::forms::{Entries, Kind, parts};
use service::identity::Visitor;
use service::ports::{Clock, FixedClock};
use service::{Error, Service, announcements, cases};

const HOME: &str = "210103005024";
async fn at_desk(service: &Service, worker: &Visitor, number: &str) -> DeskAnnouncement {
    desk(service, worker, number).await.announcement.expect("the office that decides sees it")
}

async fn listed(service: &Service) -> Vec<String> {
    let board = announcements::board(service, &stranger(), HOME, "").await.expect("a board");
    board.entries.into_iter().map(|entry| entry.id).collect()
}

async fn object(service: &Service, id: &str, words: &str, contact: &str) -> Result<Visitor, Error> {
    let entries = [("words", words), ("contact", contact)].into_iter().collect();
    let moved = announcements::object(service, &stranger(), id, entries).await?;
    Ok(with_cookie(service, &moved).await)
}

async fn settle(service: &Service, who: &Visitor, number: &str, id: &str, form: &[(&str, &str)]) -> Result<(), Error> {
    let entries: Entries = form.iter().copied().collect();
    announcements::settle(service, who, number, id, entries).await.map(drop)
}

fn later(clock: &FixedClock, days: i64) {
    let now: DateTime<Utc> = clock.now();
    clock.set(now + Duration::days(days));
}

#[tokio::test]
async fn neighbours_see_what_tells_people_apart_and_nothing_else() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (_, number, bureau) = reviewed(&service).await;
        let preview = at_desk(&service, &bureau, &number).await.preview.expect("a preview");
        step(&service, &bureau, &number, "announce", &[("text", MZ24_WORDS)]).await.expect("announced");
        let ids = listed(&service).await;
        assert_eq!(ids.len(), 1, "{engine:?}");
        let seen = announcements::announcement(&service, &stranger(), &ids[0]).await.expect("public");
        assert_eq!(seen.announced, domain::announcements::Announced { text: MZ24_WORDS.to_owned(), ..preview });
        assert_eq!(
            (seen.announced.name.as_str(), seen.announced.proposed.as_str()),
            ("张*三", "拟同意：家庭适老化改造")
        );
        let entries = announcements::board(&service, &stranger(), HOME, "").await.expect("a board").entries;
        let text = format!("{:?}{entries:?}", seen.announced);
        for (page, entries) in MZ24 {
            // The area is that of the page itself.
            let private = entries.iter().filter(|(path, value)| value.chars().count() > 3 && !path.contains("area"));
            for (path, value) in private.filter(|(_, value)| !["self", "none"].contains(value)) {
                assert!(!text.contains(value), "{page}: {path} is told");
            }
        }
        assert!(!text.contains("张小三") && !text.contains(&number) && !text.contains("13800138000"));
        for elsewhere in ["210102019006", "210103005"] {
            let board = announcements::board(&service, &stranger(), elsewhere, "").await.expect("a board");
            assert!(board.entries.is_empty(), "{elsewhere}");
        }
        let nothing = announcements::board(&service, &stranger(), "", "").await.expect("districts");
        assert!(nothing.entries.is_empty() && nothing.below.len() == 13);
        // The last day still counts; on the next it is gone, though nobody has ended it yet.
        later(&clock, (seen.until - service.today()).num_days());
        assert_eq!(listed(&service).await, ids);
        later(&clock, 1);
        assert!(listed(&service).await.is_empty());
        let gone = announcements::announcement(&service, &stranger(), &ids[0]).await;
        assert!(matches!(gone, Err(Error::NotFound)));
        assert!(matches!(object(&service, &ids[0], "太晚了", "").await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_text_that_tells_too_much_is_not_announced() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    let (_, number, bureau) = reviewed(&service).await;
    for text in [
        "张小三符合条件",
        "张 小 三符合条件",
        "家住十一纬路7号2-3-1，符合条件",
        "身份证号２１０１０３194001019013",
        "有问题打139 0000 1111",
        "证号DB2026000777",
        "厕所没有扶手，上个月摔过一次",
        "申请人身有残疾，生活困难",
    ] {
        step(&service, &bureau, &number, "announce", &[("text", text)]).await.expect("shown again");
        let desk = desk(&service, &bureau, &number).await;
        assert_eq!(desk.flash.findings.len(), 1, "{text}");
        assert_eq!(desk.flash.findings[0].path, "announce.text");
        assert!(listed(&service).await.is_empty(), "{text}");
    }
    step(&service, &bureau, &number, "announce", &[("text", MZ24_WORDS)]).await.expect("announced");
    assert_eq!(listed(&service).await.len(), 1);
}

#[tokio::test]
async fn an_open_objection_holds_the_announcement_and_one_that_is_right_starts_it_anew() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (_, number, bureau) = announced(&service).await;
        let id = listed(&service).await.remove(0);
        object(&service, &id, "他家去年改造过", "139 0000 1111").await.expect("said");
        object(&service, &id, "不是他家的房子", "").await.expect("said");
        later(&clock, 8);
        assert_eq!(cases::tick(&service).await.expect("ticked"), 0, "{engine:?}: it goes on");
        step(&service, &bureau, &number, "end-announcement", &[]).await.expect("shown again");
        let desk_now = desk(&service, &bureau, &number).await;
        assert!(desk_now.flash.message.contains("异议"), "{}", desk_now.flash.message);
        let said = desk_now.announcement.expect("an announcement").objections;
        assert_eq!((said[0].words.as_str(), said[0].contact.as_str()), ("他家去年改造过", "139 0000 1111"));
        settle(&service, &bureau, &number, &said[0].id, &[("upheld", "yes")]).await.expect("shown again");
        let found = desk(&service, &bureau, &number).await.flash.findings;
        assert_eq!(found[0].path, format!("objection-{}.answer", said[0].id));
        let answer = |upheld| [("upheld", upheld), ("answer", "查过了")];
        settle(&service, &bureau, &number, &said[0].id, &answer("yes")).await.expect("settled");
        settle(&service, &bureau, &number, &said[0].id, &answer("no")).await.expect("too late, and told so");
        assert_eq!(cases::tick(&service).await.expect("ticked"), 0, "the other one is open");
        settle(&service, &bureau, &number, &said[1].id, &answer("no")).await.expect("settled");
        assert_eq!(cases::tick(&service).await.expect("ticked"), 1);
        let case = desk(&service, &bureau, &number).await;
        assert!(case.file.timeline[0].text.contains("收到2条异议，其中1条成立"), "{:?}", case.file.timeline[0]);
        assert!(case.outstanding.contains(&Outstanding::Announcement));
        step(&service, &bureau, &number, "announce", &[("text", MZ24_WORDS)]).await.expect("anew");
        assert_ne!(listed(&service).await, [id]);
        later(&clock, 8);
        assert_eq!(cases::tick(&service).await.expect("ticked"), 1, "what was said before is not counted again");
        let case = desk(&service, &bureau, &number).await;
        assert!(!case.outstanding.contains(&Outstanding::Announcement));
        assert_eq!(case.announcement.expect("an announcement").objections.len(), 2);
    }
}

#[tokio::test]
async fn objections_are_for_the_office_that_decides_alone() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    let (who, number, bureau) = announced(&service).await;
    let id = listed(&service).await.remove(0);
    object(&service, &id, "他家有三套房", "13900001111").await.expect("said");
    let objection = at_desk(&service, &bureau, &number).await.objections.remove(0);
    step(&service, &bureau, &number, "ask-opinion", &[("office", "210103-CL"), ("question", "怎么看")])
        .await
        .expect("asked");
    let asked = worker(&service, "shenhe-cl-1").await;
    assert!(desk(&service, &asked, &number).await.announcement.is_none());
    let head = worker(&service, "shenhe-mz-3").await;
    assert!(!at_desk(&service, &head, &number).await.may_settle);
    let form = [("upheld", "no"), ("answer", "查过了")];
    for (other, refused) in [(&asked, "Forbidden"), (&head, "Forbidden"), (&stranger(), "Unauthenticated")] {
        let error = settle(&service, other, &number, &objection.id, &form).await.expect_err("not theirs");
        assert_eq!(format!("{error:?}"), refused);
    }
    let heping = worker(&service, "heping-mz-1").await;
    assert!(matches!(settle(&service, &heping, &number, &objection.id, &form).await, Err(Error::NotFound)));
    let none = uuid::Uuid::now_v7().to_string();
    assert!(matches!(settle(&service, &bureau, &number, &none, &form).await, Err(Error::NotFound)));
    let track = track(&service, &who, &number).await;
    assert!(!format!("{track:?}").contains("三套房"), "the applicant does not see who said what");
}

#[tokio::test]
async fn what_ends_a_case_takes_its_announcement_down() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number, _) = announced(&service).await;
        cases::withdraw(&service, &who, &number, "").await.expect("withdrawn");
        assert!(listed(&service).await.is_empty(), "{engine:?}");
        let (_, number, bureau) = announced(&service).await;
        step(&service, &bureau, &number, "end", &[("cause", "duplicate"), ("reason", "重复")]).await.expect("ended");
        assert!(listed(&service).await.is_empty());
        let (_, number, bureau) = announced(&service).await;
        step(&service, &bureau, &number, "decide", &[("outcome", "denied"), ("reason", "不符合")])
            .await
            .expect("asked");
        assert_eq!(listed(&service).await.len(), 1, "the head has not agreed yet");
        let head = worker(&service, "shenhe-mz-3").await;
        step(&service, &head, &number, "approve", &[]).await.expect("approved");
        assert_eq!(desk(&service, &bureau, &number).await.file.state, State::Decided);
        assert!(listed(&service).await.is_empty());
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_objection_is_said_and_nothing_typed_is_lost() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    let (_, number, bureau) = announced(&service).await;
    let id = listed(&service).await.remove(0);
    let neighbour = object(&service, &id, "他家有车", "我是老王").await.expect("shown again");
    let page = announcements::announcement(&service, &neighbour, &id).await.expect("public");
    assert_eq!(page.flash.findings[0].path, "contact");
    assert_eq!(page.flash.entries.get("words"), "他家有车");
    let nobody = object(&service, &id, " ", "").await.expect("shown again");
    let page = announcements::announcement(&service, &nobody, &id).await.expect("public");
    assert_eq!(page.flash.findings[0].path, "words");
    assert!(at_desk(&service, &bureau, &number).await.objections.is_empty());
    let neighbour = object(&service, &id, "他家有车", "024-23468801").await.expect("said");
    let page = announcements::announcement(&service, &neighbour, &id).await.expect("public");
    assert!(page.flash.good && page.flash.findings.is_empty());
    let page = announcements::announcement(&service, &neighbour, &id).await.expect("public");
    assert!(page.flash.message.is_empty(), "said once");
}

#[tokio::test]
async fn nobody_reads_or_writes_in_bulk() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    announced(&service).await;
    let id = listed(&service).await.remove(0);
    let mut taken = 0;
    while announcements::board(&service, &stranger(), HOME, "").await.is_ok() {
        taken += 1;
        assert!(taken < 100, "lists without end");
    }
    assert!(announcements::board(&service, &stranger(), "210103005", "").await.is_ok(), "choosing is free");
    let mut taken = 0;
    while announcements::announcement(&service, &stranger(), &id).await.is_ok() {
        taken += 1;
        assert!(taken < 200, "announcements without end");
    }
    let mut said = 0;
    while object(&service, &id, "不对", "").await.is_ok() {
        said += 1;
        assert!(said < 20, "objections without end");
    }
    assert!(said >= 5, "a household may say something");
}

#[tokio::test]
async fn a_board_goes_on_from_a_key() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    let mut all = std::collections::BTreeSet::new();
    for _ in 0..23 {
        announced(&service).await;
    }
    let (mut after, mut pages) = (String::new(), Vec::new());
    loop {
        let board = announcements::board(&service, &stranger(), HOME, &after).await.expect("a page");
        pages.push(board.entries.len());
        all.extend(board.entries.into_iter().map(|entry| entry.id));
        after = board.next;
        if after.is_empty() {
            break;
        }
    }
    assert_eq!((pages, all.len()), (vec![20, 3], 23));
}

/// Whoever ends the announcement and whoever objects at the same moment: no objection is lost without an answer.
#[tokio::test]
async fn an_objection_at_the_last_moment_is_settled_or_refused() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (_, number, bureau) = announced(&service).await;
        let id = listed(&service).await.remove(0);
        object(&service, &id, "他家有车", "").await.expect("said");
        let first = at_desk(&service, &bureau, &number).await.objections.remove(0).id;
        settle(&service, &bureau, &number, &first, &[("upheld", "yes"), ("answer", "属实")]).await.expect("settled");
        later(&clock, 1);
        let end = step(&service, &bureau, &number, "end-announcement", &[]);
        let (said, ended) = tokio::join!(object(&service, &id, "他家还有房", ""), end);
        ended.expect("shown or done");
        let down = listed(&service).await.is_empty();
        let open = at_desk(&service, &bureau, &number).await.objections.iter().filter(|o| o.upheld.is_none()).count();
        match said {
            Ok(_) => assert!(open == 1 && !down, "{engine:?}: ended with an open objection"),
            Err(error) => assert!(matches!(error, Error::NotFound) && open == 0 && down, "{engine:?}: {error:?}"),
        }
    }
}

/// Whatever the form of an item asks, nothing of it comes through but what is meant to.
#[test]
fn no_item_tells_more_than_a_masked_name() {
    let items = service::seed::read_items().into_iter().map(|(code, item)| item.expect(&code));
    let mut count = 0;
    for item in items.filter(|item| item.procedure.announcement.is_some()) {
        let mut answers = Entries::default();
        let mut number = 0;
        for field in item.definition().pages.iter().flat_map(|page| &page.fields) {
            fill(&mut answers, &field.kind, &field.key, &mut number);
        }
        let day = "2026-11-22".parse().expect("a date");
        let shown = domain::announcements::announced(&item, &answers, day, "");
        assert_eq!(shown.people, item.definition().field("members").map(|_| 3), "{}", item.code);
        let text = serde_json::to_string(&shown).expect("written");
        assert_eq!(text.matches('隐').count(), 1, "{}: {text}", item.code);
        count += 1;
    }
    assert!(count > 20, "items are announced");
}

/// Answers everything with a text of its own.
fn fill(answers: &mut Entries, kind: &Kind, path: &str, number: &mut u32) {
    if let Kind::Group { fields, .. } = kind {
        answers.set(path, "2");
        for index in 0..2 {
            fields.iter().for_each(|sub| fill(answers, &sub.kind, &format!("{path}.{index}.{}", sub.key), number));
        }
    }
    for part in parts(kind, path) {
        *number += 1;
        answers.set(part, format!("隐{number:05}"));
    }
}
