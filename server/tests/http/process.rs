//! The real program: how it ends, and what it does with slow connections.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::common::Running;

#[tokio::test]
async fn what_is_under_way_is_answered_before_the_end() {
    for signal in ["TERM", "INT"] {
        let mut running = Running::start(&[]).await;
        let mut slow = running.connect().expect("a connection");
        slow.write_all(b"POST /resume HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nco")
            .expect("half a request");
        let mut idle = running.connect().expect("a connection");
        idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").expect("a request");
        std::thread::sleep(Duration::from_millis(300));
        running.signal(signal);
        std::thread::sleep(Duration::from_millis(500));
        assert!(running.connect().is_none(), "nobody new is let in");
        slow.write_all(b"de=x").expect("the other half");
        let mut answer = String::new();
        slow.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 303"), "{signal}: {answer}");
        assert_eq!(running.wait(Duration::from_secs(10)), Some(0), "{signal}: {}", running.log());
        let mut rest = String::new();
        idle.read_to_string(&mut rest).expect("the end of an idle connection");
        assert!(rest.starts_with("HTTP/1.1 200"), "{rest}");
    }
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_keep_the_process() {
    let mut running = Running::start(&[]).await;
    let mut slow = running.connect().expect("a connection");
    slow.write_all(b"POST /resume HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 6\r\n\r\nco")
        .expect("half a request");
    std::thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    running.signal("TERM");
    assert_eq!(running.wait(Duration::from_secs(30)), Some(0), "{}", running.log());
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn heads_have_an_end_in_time_and_in_size() {
    let running = Running::start(&[]).await;
    let mut never = running.connect().expect("a connection");
    never.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").expect("half a head");
    let begun = Instant::now();
    let long = format!("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "x".repeat(40 << 10));
    assert!(running.ask(&long).is_none_or(|answer| answer.starts_with("HTTP/1.1 431")));
    let many = format!("GET /healthz HTTP/1.1\r\nHost: x\r\n{}\r\n", "X-Many: x\r\n".repeat(200));
    assert!(running.ask(&many).is_none_or(|answer| answer.starts_with("HTTP/1.1 431")));
    let mut rest = Vec::new();
    // Closed or reset, but over.
    let _ = never.read_to_end(&mut rest);
    let took = begun.elapsed();
    assert!(took > Duration::from_secs(8) && took < Duration::from_secs(15), "{took:?}");
}
