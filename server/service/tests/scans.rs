//! Files and the virus scanner: nobody reads what was not found clean, and nothing is submitted with it.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use crate::acting::*;
use crate::common::{engines, service};
use domain::scan::Scan;
use service::identity::Visitor;
use service::ports::{Clamd, ScanVerdict, Scanner};
use service::{Error, Service, forms, messages};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The harmless text that every scanner knows, in two parts so that this file is none.
fn eicar() -> String {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

fn pdf(inside: &str) -> Vec<u8> {
    format!("%PDF-1.7\n1 0 obj\n({inside})\nendobj\n%%EOF\n").into_bytes()
}

/// A daemon that speaks as clamd does.
async fn fake_clamd() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    address
}

async fn answer(mut stream: TcpStream) {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await.expect("a command");
    assert_eq!(&command, b"zINSTREAM\0");
    let mut bytes = Vec::new();
    loop {
        let length = stream.read_u32().await.expect("a length");
        if length == 0 {
            break;
        }
        let mut chunk = vec![0; length as usize];
        stream.read_exact(&mut chunk).await.expect("a chunk");
        bytes.extend(chunk);
    }
    let found = bytes.windows(68).any(|window| window == eicar().as_bytes());
    let said = if found { "stream: Eicar-Test-Signature FOUND\0" } else { "stream: OK\0" };
    stream.write_all(said.as_bytes()).await.expect("said");
}

/// Nobody listens there.
async fn away() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address")
}

fn ask(service: &mut Service, address: SocketAddr) {
    service.scanner = Some(Arc::new(Clamd::Tcp(address)));
}

async fn state(service: &Service, who: &Visitor, id: &str) -> Vec<(String, Scan)> {
    let review = forms::review(service, who, id).await.expect("a review");
    let files = review.files.into_values().flatten();
    files.map(|file| (file.id, file.scan)).filter(|(_, scan)| *scan != Scan::Clean).collect()
}

async fn refusal(result: Result<service::identity::Moved, Error>) -> String {
    match result {
        Err(Error::Refused(words) | Error::Unavailable(words)) => words,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn an_infected_file_is_not_kept() {
    for engine in engines() {
        let (mut service, _clock, place) = service(engine).await;
        ask(&mut service, fake_clamd().await);
        let (who, id) = begin(&service, "MZ07").await;
        let sent = forms::add_file(&service, &who, &id, "file_id_card", "身份证.pdf", pdf(&eicar())).await;
        assert!(refusal(sent).await.contains("“身份证.pdf”里发现了病毒"));
        assert_eq!(files_in(&place.folder.path().join("data/files")), 0, "its bytes are nowhere");
        forms::add_file(&service, &who, &id, "file_id_card", "身份证.pdf", pdf("a paper")).await.expect("a clean one");
        fill_in(&service, &who, &id).await;
        submit(&service, &who, &id).await;
    }
}

fn files_in(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| if path.is_dir() { files_in(&path) } else { 1 }).sum()
}

#[tokio::test]
async fn a_file_waits_for_the_scanner_and_nobody_reads_it_meanwhile() {
    for engine in engines() {
        let (mut service, _clock, _place) = service(engine).await;
        ask(&mut service, away().await);
        let (who, id) = begin(&service, "MZ07").await;
        // The draft goes on; what is typed and sent is kept.
        fill_in(&service, &who, &id).await;
        let waiting = state(&service, &who, &id).await;
        assert_eq!(waiting.len(), 3);
        for (file, scan) in &waiting {
            assert_eq!(*scan, Scan::Pending);
            assert!(
                matches!(forms::file(&service, &who, file).await, Err(Error::Unavailable(_))),
                "also not the sender"
            );
        }
        assert!(refusal(forms::submit(&service, &who, &id).await).await.contains("还在查毒"));
        assert_eq!(forms::scan_pending(&service).await.expect("run"), 0, "it is away still");
        ask(&mut service, fake_clamd().await);
        assert_eq!(forms::scan_pending(&service).await.expect("run"), 3);
        forms::file(&service, &who, &waiting[0].0).await.expect("read");
        assert_eq!(forms::scan_pending(&service).await.expect("run"), 0);
        submit(&service, &who, &id).await;
    }
}

/// The job need not have run: who submits does not wait for it.
#[tokio::test]
async fn submitting_asks_the_scanner_again() {
    for engine in engines() {
        let (mut service, _clock, _place) = service(engine).await;
        ask(&mut service, away().await);
        let (who, id) = begin(&service, "MZ07").await;
        fill_in(&service, &who, &id).await;
        assert!(refusal(forms::submit(&service, &who, &id).await).await.contains("还在查毒"));
        ask(&mut service, fake_clamd().await);
        submit(&service, &who, &id).await;
    }
}

#[tokio::test]
async fn what_is_found_later_is_never_read_and_has_to_be_sent_again() {
    for engine in engines() {
        let (mut service, _clock, _place) = service(engine).await;
        ask(&mut service, away().await);
        let (who, id) = begin(&service, "MZ07").await;
        fill_in(&service, &who, &id).await;
        forms::add_file(&service, &who, &id, "file_id_card", "反面.pdf", pdf(&eicar())).await.expect("kept, unread");
        ask(&mut service, fake_clamd().await);
        assert_eq!(forms::scan_pending(&service).await.expect("run"), 4);
        let bad = state(&service, &who, &id).await;
        let [(file, Scan::Infected)] = bad.as_slice() else { panic!("{bad:?}") };
        assert!(matches!(forms::file(&service, &who, file).await, Err(Error::Refused(_))));
        let words = refusal(forms::submit(&service, &who, &id).await).await;
        assert!(words.contains("“反面.pdf”里发现了病毒") && words.contains("重新拍"), "{words}");
        forms::remove_file(&service, &who, &id, file).await.expect("removed");
        submit(&service, &who, &id).await;
    }
}

#[tokio::test]
async fn files_of_messages_wait_too() {
    for engine in engines() {
        let (mut service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let window = worker(&service, "binhe-3").await;
        ask(&mut service, away().await);
        let files = vec![("好.pdf".into(), pdf("x")), ("坏.pdf".into(), pdf(&eicar()))];
        messages::write(&service, &who, &number, "两份", files).await.expect("sent");
        let seen = track(&service, &who, &number).await.conversation.messages.remove(0).files;
        for file in &seen {
            assert_eq!(file.scan, Scan::Pending);
            for visitor in [&who, &window] {
                assert!(matches!(forms::file(&service, visitor, &file.id).await, Err(Error::Unavailable(_))));
            }
        }
        ask(&mut service, fake_clamd().await);
        assert_eq!(forms::scan_pending(&service).await.expect("run"), 2);
        let [bad, good] = seen.as_slice() else { panic!("{seen:?}") };
        let (bad, good) = if bad.name == "坏.pdf" { (bad, good) } else { (good, bad) };
        forms::file(&service, &window, &good.id).await.expect("read");
        assert!(matches!(forms::file(&service, &window, &bad.id).await, Err(Error::Refused(_))));
    }
}

/// ClamAV itself, with a signature of our own: those of the project cannot be had everywhere.
#[tokio::test]
async fn clamav_finds_the_test_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(clamd) = RealClamd::start(folder.path()).await else {
        eprintln!("SKIPPED: ClamAV's clamd is not installed (apt-get install clamav-daemon)");
        return;
    };
    let scanner = Clamd::Unix(clamd.socket.clone());
    assert_eq!(scanner.scan(&pdf("a paper")).await, Ok(ScanVerdict::Clean));
    assert_eq!(scanner.scan(&vec![b'x'; 10 << 20]).await, Ok(ScanVerdict::Clean), "the largest file");
    let found = scanner.scan(&pdf(&eicar())).await;
    assert!(matches!(&found, Ok(ScanVerdict::Infected(name)) if name.contains("Test-File")), "{found:?}");
}

struct RealClamd {
    child: Child,
    socket: std::path::PathBuf,
}

impl RealClamd {
    async fn start(folder: &Path) -> Option<Self> {
        let program = Path::new("/usr/sbin/clamd");
        if !program.exists() {
            return None;
        }
        let hex: String = eicar().bytes().map(|byte| format!("{byte:02x}")).collect();
        let signatures = folder.join("signatures");
        std::fs::create_dir(&signatures).expect("a folder");
        std::fs::write(signatures.join("own.ndb"), format!("Test-File:0:*:{hex}\n")).expect("a signature");
        let socket = folder.join("clamd.ctl");
        let user = Command::new("id").arg("-un").output().expect("a user").stdout;
        let settings = format!(
            "LocalSocket {}\nDatabaseDirectory {}\nForeground yes\nUser {}\nStreamMaxLength 20M\n",
            socket.display(),
            signatures.display(),
            String::from_utf8_lossy(&user).trim()
        );
        std::fs::write(folder.join("clamd.conf"), settings).expect("settings");
        let child = Command::new(program)
            .arg(format!("--config-file={}", folder.join("clamd.conf").display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("clamd");
        let started = Self { child, socket };
        for _ in 0..200 {
            if tokio::net::UnixStream::connect(&started.socket).await.is_ok() {
                return Some(started);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("clamd did not start");
    }
}

impl Drop for RealClamd {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
