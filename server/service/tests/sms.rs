//! Short messages: with each event, once, not at night, and never lost when the gateway does not answer.

use std::sync::{Arc, Mutex};

use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use service::ports::{SmsGateway, SmsOutcome};
use service::{Error, Service, sms};

/// Keeps what it is given, or takes nothing.
#[derive(Default)]
struct Gateway {
    taken: Mutex<Vec<(String, String)>>,
    broken: Mutex<bool>,
}

impl SmsGateway for Gateway {
    fn send<'a>(&'a self, phone: &'a str, text: &'a str) -> SmsOutcome<'a> {
        Box::pin(async move {
            if *self.broken.lock().expect("a lock") {
                return Err("status 500".to_owned());
            }
            self.taken.lock().expect("a lock").push((phone.to_owned(), text.to_owned()));
            Ok(())
        })
    }

    fn simulated(&self) -> bool {
        false
    }
}

fn with_gateway(service: &mut Service) -> Arc<Gateway> {
    let gateway = Arc::new(Gateway::default());
    service.sms = gateway.clone();
    gateway
}

fn texts(gateway: &Gateway) -> Vec<String> {
    gateway.taken.lock().expect("a lock").iter().map(|(_, text)| text.clone()).collect()
}

#[tokio::test]
async fn the_resident_is_told_once_of_each_event_and_nothing_personal_leaves() {
    for engine in engines() {
        let (mut service, _clock, _place) = service(engine).await;
        let gateway = with_gateway(&mut service);
        let (_, number) = submitted(&service).await;
        let window = worker(&service, "binhe-3").await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        step(&service, &window, &number, "accept", &[]).await.expect("accepted");
        assert_eq!(sms::send(&service).await.expect("sent"), 2);
        assert_eq!(sms::send(&service).await.expect("sent"), 0, "once");
        let told = texts(&gateway);
        assert!(told[0].contains("已收件") && told[1].contains("已受理"), "{told:?}");
        for text in &told {
            assert!(!text.contains("张") && !text.contains("138") && !text.contains(&number), "{text}");
        }
        assert!(gateway.taken.lock().expect("a lock").iter().all(|(phone, _)| phone == "13800138000"));
        assert!(matches!(sms::inbox(&service).await, Err(Error::NotFound)), "what really leaves is nobody's to read");
    }
}

#[tokio::test]
async fn at_night_it_waits_and_a_gateway_that_fails_is_tried_again() {
    for engine in engines() {
        let (mut service, clock, _place) = service(engine).await;
        let gateway = with_gateway(&mut service);
        let (_, number) = submitted(&service).await;
        // 22:00 in Shenyang.
        let evening = clock_at(&clock, 14);
        let window = worker(&service, "binhe-3").await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        assert_eq!(sms::send(&service).await.expect("looked"), 0, "{evening}");
        clock.advance(TimeDelta::hours(10));
        *gateway.broken.lock().expect("a lock") = true;
        assert_eq!(sms::send(&service).await.expect("tried"), 0);
        *gateway.broken.lock().expect("a lock") = false;
        assert_eq!(sms::send(&service).await.expect("looked"), 0, "not again at once");
        clock.advance(TimeDelta::minutes(6));
        assert_eq!(sms::send(&service).await.expect("sent"), 1);
        assert_eq!(texts(&gateway).len(), 1);
    }
}

#[tokio::test]
async fn a_correction_is_reminded_of_once_before_its_day() {
    for engine in engines() {
        let (mut service, clock, _place) = service(engine).await;
        let gateway = with_gateway(&mut service);
        let (_, number) = submitted(&service).await;
        let window = worker(&service, "binhe-3").await;
        step(&service, &window, &number, "receive", &[]).await.expect("received");
        let asked = [("field", "account_number"), ("reason", "卡号不对")];
        step(&service, &window, &number, "ask-correction", &asked).await.expect("asked");
        assert_eq!(sms::remind(&service).await.expect("looked"), 0, "there is time");
        // Fifteen working days from Monday, 23 November: Monday, 14 December.
        clock.advance(TimeDelta::days(18));
        assert_eq!(sms::remind(&service).await.expect("looked"), 1);
        assert_eq!(sms::remind(&service).await.expect("looked"), 0, "once");
        sms::send(&service).await.expect("sent");
        assert!(texts(&gateway).last().expect("a message").contains("快到期"));
    }
}

/// Sets the clock to an hour (UTC) of its day.
fn clock_at(clock: &service::ports::FixedClock, hour: u32) -> chrono::DateTime<chrono::Utc> {
    use service::ports::Clock;
    let day = clock.now().date_naive();
    let at = day.and_hms_opt(hour, 0, 0).expect("a time").and_utc();
    clock.set(at);
    at
}
