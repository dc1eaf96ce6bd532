//! What a kiosk prints of cases and notices.

use axum::http::StatusCode;
use base64ct::{Base64, Encoding};
use serde_json::Value;

use crate::acting::{step, worker};
use crate::common::{fixture, get, send};
use crate::journey::submitted;

/// What the applicant of `MZ07` could be known by.
const PERSONAL: [&str; 6] =
    ["张小三", "210103194001019013", "13800138000", "138 0013 8000", "三好街1号", "4111111111111111"];

fn has_none_of_it(what: &str, text: &str) {
    for secret in PERSONAL {
        assert!(!text.contains(secret), "{what} has {secret}: {text}");
    }
    // Nor a part of a phone or number beside the masks.
    let digits = |text: &str| text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    let own = text.replace(|c: char| !c.is_ascii(), " ");
    let outside = own.split_whitespace().filter(|word| !word.contains("http") && !word.contains('-'));
    assert!(outside.map(digits).all(|length| length < 11), "{what}: {text}");
}

#[tokio::test]
async fn a_slip_tells_where_the_case_is_found_and_nothing_of_the_person() {
    let fixture = fixture().await;
    let case = submitted(&fixture).await;
    let path = format!("/cases/{}/print", case.number);
    let slip = send(&fixture.app, case.own(get(&format!("{path}/slip")))).await;
    assert_eq!((slip.status, slip.header("content-type")), (StatusCode::OK, "application/json"));
    assert_eq!(slip.header("cache-control"), "no-store");
    let document: Value = serde_json::from_str(&slip.body).expect("JSON");
    assert_eq!(document["kind"], "roll");
    let lines = document["lines"].as_array().expect("lines");
    assert!(lines.contains(&serde_json::json!({ "title": case.number })), "{lines:?}");
    assert!(lines.contains(&serde_json::json!({ "qr": format!("http://tongban.test{}", case.link) })), "{lines:?}");
    for wanted in ["高龄津贴", "申请人：张*三", "提交时间：", "承诺办结：", "咨询电话：024-12345"]
    {
        assert!(slip.body.contains(wanted), "{wanted}: {}", slip.body);
    }
    has_none_of_it("the slip", &slip.body);
    // The same to look at before, on both papers.
    for paper in ["", "?paper=a4"] {
        let page = send(&fixture.app, case.own(get(&format!("{path}{paper}")))).await;
        assert!(page.status == StatusCode::OK && page.body.contains("tb-slip") && page.body.contains("<svg"));
    }
    let record = send(&fixture.app, case.own(get(&format!("{path}/record")))).await;
    let document: Value = serde_json::from_str(&record.body).expect("JSON");
    assert!(document["kind"] == "page" && document["media"] == "text/html", "{document}");
    let sheet = Base64::decode_vec(document["content"].as_str().expect("content")).expect("base64");
    let sheet = String::from_utf8(sheet).expect("text");
    assert!(sheet.contains("办理经过") && sheet.contains("<svg") && sheet.contains("size:A4"), "{sheet}");
    for secret in PERSONAL {
        assert!(!sheet.contains(secret), "the sheet has {secret}: {sheet}");
    }
    assert_eq!(send(&fixture.app, case.own(get(&format!("{path}/nothing")))).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_notice_is_printed_small_and_large() {
    let fixture = fixture().await;
    let case = submitted(&fixture).await;
    let window = worker(&fixture.state.service, "binhe-3").await;
    step(&fixture.state.service, &window, &case.number, "receive", &[]).await.expect("received");
    let page = send(&fixture.app, case.own(get(&format!("/cases/{}", case.number)))).await;
    let from = page.body.find("/notices/").expect("a link to the notice");
    let address = page.body[from..].split('"').next().expect("an address").to_owned();
    let slip = send(&fixture.app, case.own(get(&format!("{address}/print/slip")))).await;
    assert_eq!(slip.status, StatusCode::OK);
    assert!(slip.body.contains("接收回执") && slip.body.contains("/verify?code="), "{}", slip.body);
    has_none_of_it("the slip", &slip.body);
    let paper = send(&fixture.app, case.own(get(&format!("{address}/print/paper")))).await;
    let document: Value = serde_json::from_str(&paper.body).expect("JSON");
    let bytes = Base64::decode_vec(document["content"].as_str().expect("content")).expect("base64");
    assert!(document["media"] == "application/pdf" && bytes.starts_with(b"%PDF-"));
}

/// A print-out is of the session that asked: another's, and a browser without one, finds nothing.
#[tokio::test]
async fn a_print_belongs_to_who_may_see_the_case() {
    let fixture = fixture().await;
    let (case, other) = (submitted(&fixture).await, submitted(&fixture).await);
    for what in ["/slip", "/record", ""] {
        let path = format!("/cases/{}/print{what}", case.number);
        assert_eq!(send(&fixture.app, case.own(get(&path))).await.status, StatusCode::OK, "{path}");
        assert_eq!(send(&fixture.app, other.own(get(&path))).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(send(&fixture.app, get(&path)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
