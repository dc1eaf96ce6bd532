//! The public pages of announcements over HTTP, without script: read by neighbours, kept out of collections.

use axum::http::StatusCode;
use domain::areas::CITY;

use crate::acting::{MZ24_WORDS, announced};
use crate::common::{Answer, fixture, get, post, send, with};

const ROBOTS: &str = "x-robots-tag";

fn is_out_of_collections(answer: &Answer) {
    assert!(answer.header(ROBOTS).contains("noindex"), "{}", answer.status);
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn pages_are_for_people_who_look_and_not_for_collections() {
    let fixture = fixture().await;
    let board = send(&fixture.app, get("/announcements")).await;
    assert!(board.body.contains("name=\"robots\" content=\"noindex"), "{}", board.body);
    is_out_of_collections(&board);
    is_out_of_collections(&send(&fixture.app, post("/api/announcements/board", "area=&after=")).await);
    for path in
        ["/announcements/none", "/announcements?area=999999", "/announcements?area=x", "/announcements/none/object"]
    {
        let answer = send(&fixture.app, get(path)).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        is_out_of_collections(&answer);
    }
    assert!(send(&fixture.app, get("/")).await.header(ROBOTS).is_empty());
    assert_eq!(send(&fixture.app, get(&format!("/announcements?area={CITY}"))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_neighbour_finds_it_objects_and_the_office_reads_it() {
    let fixture = fixture().await;
    let (_, number, _) = announced(&fixture.state.service).await;
    let read = async |path: &str| send(&fixture.app, get(path)).await.body;
    let board = read("/announcements").await;
    assert!(board.contains("/announcements?area=210103\"") && !board.contains("张*三"), "{board}");
    assert!(read("/announcements?area=210103").await.contains("/announcements?area=210103005\""));
    assert!(read("/announcements?area=210103005").await.contains("/announcements?area=210103005024\""));
    let board = read("/announcements?area=210103005024").await;
    let (_, rest) = board.split_once("href=\"/announcements/").expect("an announcement");
    let path = format!("/announcements/{}", rest.split('"').next().expect("an id"));
    let page = read(&path).await;
    assert!(page.contains("张*三") && page.contains(MZ24_WORDS) && page.contains("拟同意"), "{page}");
    assert!(!page.contains(&number) && !page.contains("张小三") && !page.contains("高血压"), "{page}");
    assert!(page.contains("name=\"robots\" content=\"noindex"));
    let sent = send(&fixture.app, post(&format!("{path}/object"), "words=去年改造过&contact=x")).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, path.as_str()));
    let cookie = format!("tb_session={}", sent.cookie("tb_session").expect("a session"));
    let again = send(&fixture.app, with(get(&path), "cookie", &cookie)).await;
    assert!(again.body.contains("电话号码不对") && again.body.contains("去年改造过"), "{}", again.body);
    let sent = with(post(&format!("{path}/object"), "words=去年改造过&contact="), "cookie", &cookie);
    assert_eq!(send(&fixture.app, sent).await.status, StatusCode::SEE_OTHER);
    let done = send(&fixture.app, with(get(&path), "cookie", &cookie)).await;
    assert!(done.body.contains("您的意见收到了") && !done.body.contains("去年改造过"), "{}", done.body);
    let cookie = format!("tb_desk={}", crate::acting::desk_token(&fixture.state.service, "shenhe-mz-1").await);
    let case = format!("/desk/cases/{number}");
    let desk = send(&fixture.app, with(get(&case), "cookie", &cookie)).await;
    assert!(desk.body.contains("去年改造过") && desk.body.contains(&format!("href=\"{path}\"")), "{}", desk.body);
    let (_, rest) = desk.body.split_once(&format!("action=\"{case}/objections/")).expect("a form");
    let objection = rest.split('"').next().expect("an id");
    let form = format!("objection-{objection}.upheld=no&objection-{objection}.answer=没有改造过");
    let settled = with(post(&format!("{case}/objections/{objection}"), form), "cookie", &cookie);
    assert_eq!(send(&fixture.app, settled).await.header("location"), case);
    let desk = send(&fixture.app, with(get(&case), "cookie", &cookie)).await;
    assert!(desk.body.contains("没有改造过") && !desk.body.contains("/objections/"), "{}", desk.body);
}
