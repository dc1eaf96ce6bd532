//! How long it takes to add up what happened to a case.

use std::hint::black_box;

use chrono::{DateTime, NaiveDate, TimeDelta};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use domain::cases::{Actor, Channel, CorrectionAsk, Event, EventKind, Outcome, Ruling, Terms, fold};
use domain::catalogue::Delivery;

/// A case of `count` events that is decided at the end; corrections are asked for and answered until then.
fn events(count: usize) -> Vec<Event> {
    let day = NaiveDate::from_ymd_opt(2026, 12, 1).expect("a date");
    let end = [
        EventKind::Accepted { due: day, terms: Terms { promised: 5, ..Terms::default() }, deferral: None },
        EventKind::ReviewStarted,
        EventKind::Decided(Ruling {
            outcome: Outcome::Approved,
            reason: "符合条件".to_owned(),
            data: Default::default(),
        }),
        EventKind::Closed,
        EventKind::Delivered { way: Delivery::Electronic, note: String::new() },
    ];
    let asked = EventKind::CorrectionAsked {
        ask: CorrectionAsk {
            fields: vec!["account_number".to_owned(), "file_card".to_owned()],
            reason: "卡号照片不清楚，请重新拍一张，四个角都要拍进去".to_owned(),
            ..CorrectionAsk::default()
        },
        due: day,
    };
    let corrections = [asked, EventKind::CorrectionAnswered].into_iter().cycle().take(count - 2 - end.len());
    let kinds = [EventKind::Submitted { channel: Channel::Phone }, EventKind::Received].into_iter();
    let by = Actor::Worker { id: "1".to_owned(), name: "王建国".to_owned(), office: "210103005".to_owned() };
    let event = |(hour, kind)| Event { at: DateTime::UNIX_EPOCH + TimeDelta::hours(hour), by: by.clone(), kind };
    (0..).zip(kinds.chain(corrections).chain(end)).map(event).collect()
}

fn folding(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fold");
    for count in [9, 101] {
        let events = events(count);
        assert!(fold(&events).is_some_and(|case| case.events as usize == count && case.state.is_final()));
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::new("events", count), &events, |bencher, events| {
            bencher.iter(|| fold(black_box(events)));
        });
    }
    group.finish();
}

criterion_group!(benches, folding);
criterion_main!(benches);
