//! Files that come in pieces: sent on from where they broke off, whoever else asks finds nothing, and in the end the same
//! is asked of them as of all others.

use std::path::Path;
use std::sync::Arc;

use crate::acting::*;
use crate::common::{engines, service};
use service::forms::{self, Announced, PIECE_BYTES_MAX, Progress, Sent};
use service::identity::{Moved, Visitor};
use service::ports::Clamd;
use service::{Error, Service};
use sha2::{Digest, Sha256};

const PATH: &str = "file_id_card";

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn announced(name: &str, bytes: &[u8]) -> Announced {
    Announced {
        path: PATH.to_owned(),
        sent: Sent::from(name),
        size: u64::try_from(bytes.len()).expect("small"),
        digest: digest(bytes),
    }
}

/// A picture that does not shrink, and what a browser would know of it.
fn noise() -> Vec<u8> {
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u8::try_from(seed >> 24).expect("a byte")
    };
    let picture = image::RgbImage::from_fn(300, 400, |_, _| image::Rgb([next(), next(), next()]));
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).expect("encoded");
    out.into_inner()
}

fn words<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(words) | Error::Unavailable(words) | Error::Conflict(words)) => words,
        other => panic!("not refused: {other:?}"),
    }
}

async fn send(service: &Service, who: &Visitor, draft: &str, at: &Progress, bytes: &[u8]) -> Progress {
    let id = at.id.to_string();
    forms::add_piece(service, who, (draft, &id), at.offset, bytes.to_vec()).await.expect("taken")
}

/// All of a file in pieces of this size.
async fn whole(
    service: &Service,
    who: &Visitor,
    draft: &str,
    name: &str,
    bytes: &[u8],
    size: usize,
) -> Result<Moved, Error> {
    let mut at = forms::begin_upload(service, who, draft, announced(name, bytes)).await?;
    for piece in bytes.chunks(size) {
        at = send(service, who, draft, &at, piece).await;
    }
    forms::finish_upload(service, who, draft, &at.id.to_string()).await
}

async fn files(service: &Service, who: &Visitor, draft: &str) -> Vec<domain::cases::FileView> {
    let review = forms::review(service, who, draft).await.expect("a review");
    review.files.into_values().flatten().collect()
}

fn spooled(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let entries = entries.map(|entry| entry.expect("an entry").path());
    entries.map(|path| if path.is_dir() { spooled(&path) } else { 1 }).sum()
}

#[tokio::test]
async fn a_file_goes_on_where_it_broke_off_and_is_taken_in_once() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let bytes = noise();
        let mut sent = 0;
        // After each piece everything is forgotten but the file itself.
        for piece in bytes.chunks(50_000) {
            let at = forms::begin_upload(&service, &who, &id, announced("正面.png", &bytes)).await.expect("found");
            assert_eq!((at.offset, at.done), (sent, false));
            let early = forms::finish_upload(&service, &who, &id, &at.id.to_string()).await;
            assert!(words(early).contains("还没有传完"));
            let then = send(&service, &who, &id, &at, piece).await;
            sent += u64::try_from(piece.len()).expect("small");
            assert_eq!(then.offset, sent);
        }
        let at = forms::begin_upload(&service, &who, &id, announced("正面.png", &bytes)).await.expect("found");
        let upload = at.id.to_string();
        let first = forms::finish_upload(&service, &who, &id, &upload).await.expect("taken in");
        let again = forms::finish_upload(&service, &who, &id, &upload).await.expect("its answer was lost");
        assert_eq!(first.location, again.location);
        let there = files(&service, &who, &id).await;
        assert_eq!(there.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["正面.jpg"], "once");
        let kept = forms::file(&service, &who, &there[0].id).await.expect("readable");
        let picture = image::load_from_memory(&kept.bytes).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (300, 400));
        let anew = forms::begin_upload(&service, &who, &id, announced("正面.png", &bytes)).await.expect("begun");
        assert!(anew.id != at.id && anew.offset == 0, "the same paper may be sent twice on purpose");
    }
}

#[tokio::test]
async fn a_piece_at_another_place_is_not_kept_and_the_right_place_is_told() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let bytes = noise();
        let at = forms::begin_upload(&service, &who, &id, announced("a.png", &bytes)).await.expect("begun");
        let upload = at.id.to_string();
        let add = async |offset: u64, piece: &[u8]| {
            let added = forms::add_piece(&service, &who, (&id, &upload), offset, piece.to_vec()).await;
            added.expect("answered").offset
        };
        assert_eq!(add(0, &bytes[..1_000]).await, 1_000);
        assert_eq!(add(0, &bytes[..1_000]).await, 1_000, "its answer was lost");
        assert_eq!(add(2_000, &bytes[2_000..3_000]).await, 1_000, "one is missing");
        assert_eq!(add(1_000, &[]).await, 1_000);
        let too_much = vec![0; bytes.len()];
        let piece = &too_much[..too_much.len().min(PIECE_BYTES_MAX)];
        let mut offset = 1_000;
        while usize::try_from(offset).expect("small") + piece.len() <= bytes.len() {
            offset = add(offset, piece).await;
        }
        assert_eq!(add(offset, piece).await, offset, "more than was announced");
        let big = vec![0; PIECE_BYTES_MAX + 1];
        let refused = forms::add_piece(&service, &who, (&id, &upload), offset, big).await;
        assert!(words(refused).contains("一次传得太多了"));
    }
}

#[tokio::test]
async fn another_browser_and_another_draft_find_nothing() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let (other, others_draft) = begin(&service, "MZ07").await;
        let bytes = noise();
        let at = forms::begin_upload(&service, &who, &id, announced("a.png", &bytes)).await.expect("begun");
        let upload = at.id.to_string();
        send(&service, &who, &id, &at, &bytes[..100]).await;
        for (visitor, draft) in [(&other, &id), (&other, &others_draft), (&who, &others_draft), (&stranger(), &id)] {
            let piece = forms::add_piece(&service, visitor, (draft, &upload), 100, bytes[100..200].to_vec()).await;
            assert!(matches!(piece, Err(Error::NotFound)));
            assert!(matches!(forms::upload_progress(&service, visitor, draft, &upload).await, Err(Error::NotFound)));
            assert!(matches!(forms::finish_upload(&service, visitor, draft, &upload).await, Err(Error::NotFound)));
            assert!(matches!(forms::cancel_upload(&service, visitor, draft, &upload).await, Err(Error::NotFound)));
        }
        let same =
            forms::begin_upload(&service, &other, &others_draft, announced("a.png", &bytes)).await.expect("begun");
        assert!(same.id != at.id && same.offset == 0, "who knows a digest has not sent the file");
        let foreign = forms::begin_upload(&service, &other, &id, announced("a.png", &bytes)).await;
        assert!(matches!(foreign, Err(Error::NotFound)));
        let known = forms::upload_progress(&service, &who, &id, &upload).await.expect("still there");
        assert_eq!(known.offset, 100, "the others changed nothing");
        let elsewhere = Announced { path: "applicant.name".to_owned(), ..announced("a.png", &bytes) };
        assert!(matches!(forms::begin_upload(&service, &who, &id, elsewhere).await, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn what_came_otherwise_than_announced_is_refused_and_gone() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let bytes = noise();
        let folder = place.folder.path().join("data/uploads");
        let mut at = forms::begin_upload(&service, &who, &id, announced("a.png", &bytes)).await.expect("begun");
        let upload = at.id.to_string();
        let mut other = bytes.clone();
        other[5_000] ^= 1;
        for piece in other.chunks(PIECE_BYTES_MAX) {
            at = send(&service, &who, &id, &at, piece).await;
        }
        assert_eq!(spooled(&folder), 1);
        assert!(words(forms::finish_upload(&service, &who, &id, &upload).await).contains("在路上传坏了"));
        assert_eq!(spooled(&folder), 0);
        let size = |size| Announced { size, ..announced("a.png", &bytes) };
        assert!(words(forms::begin_upload(&service, &who, &id, size(0)).await).contains("是空的"));
        assert!(words(forms::begin_upload(&service, &who, &id, size((10 << 20) + 1)).await).contains("超过 10 MB"));
        let wrong = Announced { digest: "../../etc".to_owned(), ..announced("a.png", &bytes) };
        assert!(forms::begin_upload(&service, &who, &id, wrong).await.is_err());
        assert!(files(&service, &who, &id).await.is_empty());
    }
}

#[tokio::test]
async fn pieces_are_asked_the_same_as_whole_files() {
    for engine in engines() {
        let (mut service, _clock, place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bomb.extend([50_000_u32.to_be_bytes(), 50_000_u32.to_be_bytes()].concat());
        bomb.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
        let html = b"<html><script>".to_vec();
        let active = b"%PDF-1.7\n1 0 obj << /S /JavaScript >> endobj\n%%EOF\n".to_vec();
        for (name, bytes) in [("a.png", bomb), ("a.jpg", html), ("a.pdf", active), ("a.pdf", noise())] {
            let at_once = words(forms::add_file(&service, &who, &id, PATH, name, bytes.clone()).await);
            let size = bytes.len().div_ceil(3);
            let in_pieces = words(whole(&service, &who, &id, name, &bytes, size).await);
            assert_eq!(at_once, in_pieces);
        }
        assert_eq!(spooled(&place.folder.path().join("data/uploads")), 0, "what was refused is gone");
        // Nobody listens there.
        let away = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("one");
        service.scanner = Some(Arc::new(Clamd::Tcp(away)));
        whole(&service, &who, &id, "a.png", &noise(), PIECE_BYTES_MAX).await.expect("taken in");
        let waiting = files(&service, &who, &id).await;
        assert_eq!(waiting[0].scan, domain::scan::Scan::Pending);
        assert!(matches!(forms::file(&service, &who, &waiting[0].id).await, Err(Error::Unavailable(_))));
    }
}

#[tokio::test]
async fn a_browser_has_a_few_on_their_way_and_a_day_for_them() {
    for engine in engines() {
        let (service, clock, place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let folder = place.folder.path().join("data/uploads");
        let mut first = None;
        for number in 0..9_u8 {
            let at = forms::begin_upload(&service, &who, &id, announced(&format!("{number}.png"), &[number])).await;
            first = first.or(Some(at.expect("begun").id));
            clock.advance(chrono::TimeDelta::minutes(1));
        }
        assert_eq!(spooled(&folder), 4, "the oldest made room");
        let oldest = first.expect("one").to_string();
        assert!(matches!(forms::upload_progress(&service, &who, &id, &oldest).await, Err(Error::NotFound)));
        clock.advance(chrono::TimeDelta::hours(23));
        assert_eq!(forms::sweep_uploads(&service).await.expect("swept"), 0);
        clock.advance(chrono::TimeDelta::hours(1));
        assert_eq!(forms::sweep_uploads(&service).await.expect("swept"), 4);
        assert_eq!(spooled(&folder), 0);
        assert!(folder.read_dir().expect("a folder").next().is_none(), "nor a folder of somebody");
    }
}

#[tokio::test]
async fn bytes_count_as_they_come_and_what_is_thrown_away_is_gone() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let bytes = vec![7; 10 << 20];
        for _ in 0..39 {
            assert!(
                words(forms::add_file(&service, &who, &id, PATH, "x", bytes.clone()).await)
                    .contains("不是照片也不是 PDF")
            );
        }
        assert!(words(whole(&service, &who, &id, "x", &bytes, PIECE_BYTES_MAX).await).contains("不是照片也不是 PDF"));
        let at = forms::begin_upload(&service, &who, &id, announced("x", &bytes)).await.expect("begun");
        let upload = at.id.to_string();
        let piece = forms::add_piece(&service, &who, (&id, &upload), 0, vec![7; 1_000]).await;
        assert!(words(piece).contains("今天上传的文件太多了"));
        let folder = place.folder.path().join("data/uploads");
        assert_eq!(spooled(&folder), 1);
        forms::discard(&service, &who, &id).await.expect("thrown away");
        assert_eq!(spooled(&folder), 0);
    }
}

#[tokio::test]
async fn pieces_on_the_disk_are_sealed() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let paper = "%PDF-1.7 1 0 obj (110101190001011009) endobj %%EOF\n".repeat(40).into_bytes();
        let at = forms::begin_upload(&service, &who, &id, announced("张小三.pdf", &paper)).await.expect("begun");
        send(&service, &who, &id, &at, &paper).await;
        let folder = place.folder.path().join("data/uploads");
        let mut seen = 0;
        for folder in folder.read_dir().expect("a folder") {
            for file in folder.expect("one").path().read_dir().expect("a folder") {
                let file = file.expect("one").path();
                let bytes = std::fs::read(&file).expect("read");
                let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
                assert!(!holds("11010119000101") && !holds("张小三") && !holds(PATH) && !holds("%PDF"));
                // Half of a piece, as a crash leaves it, is none.
                let half = [&bytes[..], &[b'p', 9, 0, 0, 0, 99, 0, 0, 0, 1, 2, 3]].concat();
                std::fs::write(&file, half).expect("written");
                seen += 1;
            }
        }
        assert_eq!(seen, 1);
        forms::finish_upload(&service, &who, &id, &at.id.to_string()).await.expect("taken in");
        assert_eq!(files(&service, &who, &id).await.len(), 1);
    }
}
