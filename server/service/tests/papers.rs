//! Notices as PDF: made once, kept for ever, for those alone who may see the notice.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::acting::*;
use crate::common::{engines, open_service, service};
use crate::filled::{at_window, deferrable, fill, item};
use domain::desk::TICKED;
use domain::notices::{Notice, NoticeKind};
use service::identity::Visitor;
use service::ports::PaperMaker;
use service::{Error, Service, notices};

/// Stands in for another program or font of later years.
#[derive(Default)]
struct Other(AtomicUsize);

impl PaperMaker for Other {
    fn make(&self, notice: &Notice, check: &str) -> Result<Vec<u8>, Error> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(format!("{} {check}", notice.number).into_bytes())
    }
}

#[tokio::test]
async fn a_paper_is_the_same_for_ever() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let window = worker(&service, "binhe-3").await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        step(&service, &window, &number, "accept", &[]).await.expect("accepted");
        let seen = track(&service, &who, &number).await;
        let ids: Vec<&str> = seen.notices.iter().map(|brief| brief.id.as_str()).collect();
        assert_eq!(ids.len(), 2);
        let (first, second) =
            tokio::join!(notices::paper(&service, &who, ids[1]), notices::paper(&service, &window, ids[1]));
        let (first, second) = (first.expect("a paper"), second.expect("the same"));
        assert!(first.bytes.starts_with(b"%PDF-"));
        assert_eq!(first.bytes, second.bytes, "{engine:?}: two at once");
        assert_eq!(first.name, format!("受理通知书 {}.pdf", seen.notices[1].number));
        let text = lopdf::Document::load_mem(&first.bytes).and_then(|pdf| pdf.extract_text(&[1])).expect("text");
        assert!(text.contains(&seen.notices[1].number) && text.contains("张小三"), "{text}");
        assert!(matches!(notices::paper(&service, &stranger(), ids[1]).await, Err(Error::NotFound)));
        let elsewhere = worker(&service, "sanhaojie-1").await;
        assert!(matches!(notices::paper(&service, &elsewhere, ids[1]).await, Err(Error::NotFound)));

        drop(service);
        let mut service = open_service(&place, &clock).await;
        let other = Arc::new(Other::default());
        service.paper = Some(other.clone());
        assert_eq!(notices::paper(&service, &who, ids[1]).await.expect("kept").bytes, first.bytes, "{engine:?}");
        assert_eq!(other.0.load(Ordering::Relaxed), 0);
        let made = notices::paper(&service, &who, ids[0]).await.expect("made");
        let code = notices::notice(&service, &who, ids[0]).await.expect("a notice").notice.code;
        let address = format!("https://tongban.example.cn/verify?code={code}");
        assert_eq!(String::from_utf8_lossy(&made.bytes), format!("{} {address}", seen.notices[0].number));
        assert_eq!(other.0.load(Ordering::Relaxed), 1);
    }
}

#[tokio::test]
async fn without_a_font_what_was_made_is_still_there() {
    for engine in engines() {
        let (mut service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let window = worker(&service, "binhe-3").await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        let id = track(&service, &who, &number).await.notices[0].id.clone();
        let maker = service.paper.take();
        assert!(matches!(notices::paper(&service, &who, &id).await, Err(Error::Unavailable(_))));
        assert!(matches!(notices::paper(&service, &stranger(), &id).await, Err(Error::NotFound)));
        service.paper = maker;
        let made = notices::paper(&service, &who, &id).await.expect("made").bytes;
        service.paper = None;
        assert_eq!(notices::paper(&service, &who, &id).await.expect("kept").bytes, made);
    }
}

/// Who signs in, the step, and its form.
type Done<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

async fn steps(service: &Service, number: &str, list: &[Done<'_>]) {
    for (login, name, form) in list {
        let who = worker(service, login).await;
        step(service, &who, number, name, form).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// Cases that between them have all forms: who may see each, and its number.
async fn all_forms(service: &Service) -> Vec<(Visitor, String)> {
    let (granted, first) = submitted(service).await;
    steps(
        service,
        &first,
        &[
            ("binhe-3", "receive", &[]),
            ("binhe-3", "accept", &[]),
            ("binhe-3", "review", &[]),
            ("binhe-3", "suspend", &[("why", "inspection"), ("days", "7"), ("reason", "要上门看看")]),
            ("binhe-3", "resume", &[("result", "看过了")]),
            ("binhe-3", "extend", &[("days", "10"), ("reason", "要向外地核实")]),
            ("binhe-4", "approve", &[]),
            ("binhe-3", "decide", &[("outcome", "approved"), ("amount", "200"), ("from", "2026-12-01")]),
            ("binhe-3", "close", &[]),
        ],
    )
    .await;
    let (denied, second) = submitted(service).await;
    let asked = [(TICKED, "account_number"), (TICKED, "file_card"), ("reason", "卡号和卡面对不上")];
    steps(service, &second, &[("binhe-3", "receive", &[]), ("binhe-3", "ask-correction", &asked)]).await;
    let (refused, third) = submitted(service).await;
    let elsewhere = [("reason", "户口在和平区。"), ("apply_to", "和平区南湖街道办事处")];
    steps(service, &third, &[("binhe-3", "receive", &[]), ("binhe-3", "refuse", &elsewhere)]).await;
    let (unfit, fourth) = submitted(service).await;
    let reason = [("outcome", "denied"), ("reason", "还没有满80周岁。")];
    let list: &[Done<'_>] = &[
        ("binhe-1", "receive", &[]),
        ("binhe-3", "accept", &[]),
        ("binhe-3", "review", &[]),
        ("binhe-3", "decide", &reason),
    ];
    steps(service, &fourth, list).await;

    let window = worker(service, "sanhaojie-1").await;
    let elsewhere = item(service, |item| item.code == "MZ01");
    let moved = submit(service, &window, &at_window(service, &window, &elsewhere).await).await;
    step(service, &window, &moved, "hand-over", &[]).await.expect("handed over");

    let (item, later) = deferrable(service);
    let (deferred, id) = begin(service, &item.code).await;
    fill(service, &deferred, &id, &item, false).await;
    let sixth = submit(service, &deferred, &id).await;
    steps(service, &sixth, &[("shenhe-mz-1", "receive", &[]), ("shenhe-mz-1", "accept", &[(TICKED, &later)])]).await;
    vec![(granted, first), (denied, second), (refused, third), (unfit, fourth), (window, moved), (deferred, sixth)]
}

#[tokio::test]
async fn each_of_the_eleven_forms_is_issued_and_set() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let mut found = BTreeMap::new();
        for (who, number) in all_forms(&service).await {
            for brief in track(&service, &who, &number).await.notices {
                let notice = notices::notice(&service, &who, &brief.id).await.expect("a notice").notice;
                let paper = notices::paper(&service, &who, &brief.id).await.expect("a paper");
                let pdf = lopdf::Document::load_mem(&paper.bytes).expect("a PDF");
                let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
                let text: String = pdf.extract_text(&pages).expect("text").split_whitespace().collect();
                let paragraphs = notice.paragraphs.iter().chain(&notice.promise);
                for said in paragraphs.chain(notice.facts.iter().map(|(_, value)| value)).chain([&brief.number]) {
                    let said: String = said.split_whitespace().collect();
                    assert!(text.contains(&said), "{engine:?} {}: {said} is not in {text}", paper.name);
                }
                found.insert(brief.kind, brief.number);
            }
        }
        assert_eq!(found.into_keys().collect::<Vec<_>>(), NoticeKind::ALL, "{engine:?}");
    }
}
