//! A case that is late goes to the supervisor by itself, and stays there until it has gone on.

use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use domain::cases::{QueueQuery, Warning};
use service::{Error, Service, identity::Visitor, supervision};

async fn late(service: &Service, who: &Visitor) -> (usize, Vec<Warning>) {
    let query = QueueQuery { due: "late".to_owned(), ..QueueQuery::default() };
    let queue = service::desk::queue(service, who, query).await.expect("a queue");
    (queue.late, queue.cases.into_iter().map(|case| case.warning).collect())
}

#[tokio::test]
async fn a_late_case_goes_to_the_supervisor_until_it_goes_on() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let (window, above) = (worker(&service, "binhe-3").await, worker(&service, "shenhe-mz-2").await);
        let elsewhere = worker(&service, "shenhe-cl-1").await;
        supervision::recolour(&service).await.expect("nothing yet");
        assert_eq!(late(&service, &above).await.0, 0);
        assert!(desk(&service, &window, &number).await.supervision.entries.is_empty());
        // Nobody took it up within two working days.
        clock.advance(TimeDelta::days(7));
        assert_eq!(supervision::recolour(&service).await.expect("run"), 1);
        assert_eq!(supervision::recolour(&service).await.expect("run again, as on another node"), 0);
        let (window, above) = (worker(&service, "binhe-3").await, worker(&service, "shenhe-mz-2").await);
        for who in [&window, &above] {
            assert_eq!(late(&service, who).await, (1, vec![Warning::Red]));
        }
        assert_eq!(late(&service, &elsewhere).await.0, 0);
        let refused = |result: Result<_, Error>| matches!(result, Err(Error::Refused(_)));
        assert!(refused(supervision::instruct(&service, &above, &number, " ").await));
        assert!(refused(supervision::explain(&service, &window, &number, &"字".repeat(501)).await));
        let forbidden = |result: Result<_, Error>| matches!(result, Err(Error::Forbidden));
        assert!(forbidden(supervision::instruct(&service, &window, &number, "快办").await));
        assert!(forbidden(supervision::explain(&service, &above, &number, "人手不够").await));
        supervision::instruct(&service, &above, &number, "明天办完").await.expect("said");
        supervision::explain(&service, &window, &number, "人手不够").await.expect("said");
        let seen = desk(&service, &window, &number).await.supervision;
        assert!(seen.may_explain && !seen.may_instruct);
        let [entry] = seen.entries.as_slice() else { panic!("{:?}", seen.entries) };
        assert!(entry.instruction.starts_with("明天办完（") && entry.explanation.starts_with("人手不够（"));
        assert!(entry.settled.is_empty());
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        assert_eq!(late(&service, &above).await.0, 0);
        let seen = desk(&service, &above, &number).await.supervision;
        assert!(!seen.may_instruct && !seen.entries[0].settled.is_empty(), "the trace stays");
        assert!(refused(supervision::instruct(&service, &above, &number, "还有").await));
    }
}

#[tokio::test]
async fn red_becomes_black_when_the_law_is_passed() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (_, number) = submitted(&service).await;
        let window = worker(&service, "binhe-3").await;
        for one in ["receive", "accept", "review"] {
            step(&service, &window, &number, one, &[]).await.expect("done");
        }
        let mut colours = Vec::new();
        for _ in 0..120 {
            clock.advance(TimeDelta::days(1));
            supervision::recolour(&service).await.expect("run");
            let window = worker(&service, "binhe-3").await;
            let case = desk(&service, &window, &number).await;
            colours.push(case.file.warning);
            let open = case.supervision.entries.len();
            assert_eq!(
                open,
                usize::from(case.file.warning >= Warning::Red) + usize::from(case.file.warning == Warning::Black)
            );
        }
        colours.dedup();
        assert_eq!(colours, Warning::ALL);
    }
}
