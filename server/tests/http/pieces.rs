//! Files in pieces over HTTP: what our script sends, and what it is told.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use sha2::{Digest, Sha256};

use crate::common::{Answer, Fixture, fixture_on, get, post, send, with};
use crate::engines::engines;

fn png() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(30, 20).write_to(&mut out, image::ImageFormat::Png).expect("encoded");
    out.into_inner()
}

struct Sender {
    fixture: Fixture,
    token: String,
    draft: String,
}

impl Sender {
    async fn ask(&self, request: Request<Body>) -> Answer {
        let request = with(request, "cookie", &format!("tb_session={}", self.token));
        send(&self.fixture.app, with(request, "accept", "application/json")).await
    }

    async fn begin(&self, bytes: &[u8]) -> Answer {
        let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let body = format!("path=file_id_card&name=a.png&type=image/png&size={}&digest={digest}", bytes.len());
        self.ask(with(
            post(&format!("{}/uploads", self.draft), body),
            "content-type",
            "application/x-www-form-urlencoded",
        ))
        .await
    }

    async fn piece(&self, upload: &str, offset: &str, bytes: &[u8]) -> Answer {
        let request = post(&format!("{}/uploads/{upload}", self.draft), bytes.to_vec());
        self.ask(with(with(request, "upload-offset", offset), "content-type", "application/octet-stream")).await
    }
}

fn upload_of(answer: &Answer) -> String {
    let rest = answer.body.split("\"upload\":\"").nth(1).unwrap_or_else(|| panic!("{}", answer.body));
    rest.split('"').next().expect("an id").to_owned()
}

#[tokio::test]
async fn a_file_comes_in_pieces_and_is_there() {
    for engine in engines() {
        let (fixture, _clock, _place) = fixture_on(engine, |_| {}).await;
        let begun = send(&fixture.app, post("/items/MZ07/apply", "")).await;
        let token = begun.cookie("tb_session").expect("a session");
        let draft = begun.header("location").split("/pages/").next().expect("a draft").to_owned();
        let sender = Sender { fixture, token, draft };
        let bytes = png();
        let begun = sender.begin(&bytes).await;
        assert_eq!((begun.status, begun.header("cache-control")), (StatusCode::OK, "no-store"));
        assert!(begun.body.contains("\"offset\":0") && begun.body.contains("\"piece_max\":262144"), "{}", begun.body);
        let upload = upload_of(&begun);
        let first = sender.piece(&upload, "0", &bytes[..40]).await;
        assert!(first.status == StatusCode::OK && first.body.contains("\"offset\":40"), "{}", first.body);
        for wrong in ["0", "41", "", "x", "-1", "18446744073709551615"] {
            let told = sender.piece(&upload, wrong, &bytes[..30]).await;
            assert_eq!(told.status, StatusCode::CONFLICT, "{wrong}");
            assert!(told.body.contains("\"offset\":40"), "the right one is told: {}", told.body);
        }
        let progress = sender.ask(get(&format!("{}/uploads/{upload}", sender.draft))).await;
        assert!(progress.body.contains("\"offset\":40"), "{}", progress.body);
        assert_eq!(upload_of(&sender.begin(&bytes).await), upload, "chosen once more, it goes on");
        let large = sender.piece(&upload, "40", &vec![0; (256 << 10) + 1]).await;
        assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
        let finish = || sender.ask(post(&format!("{}/uploads/{upload}/finish", sender.draft), ""));
        assert_eq!(finish().await.status, StatusCode::CONFLICT, "it is not whole");
        assert_eq!(sender.piece(&upload, "40", &bytes[40..]).await.status, StatusCode::OK);
        let done = finish().await;
        assert!(done.status == StatusCode::OK && done.body.contains("#f-file_id_card"), "{}", done.body);
        assert_eq!(finish().await.body, done.body, "asked again, it says the same");
        let page = sender.ask(get(&format!("{}/pages/materials", sender.draft))).await;
        assert_eq!(page.body.matches("删除 a.jpg").count(), 1);
        let other = sender.begin(&bytes[..50]).await;
        let cancel = post(&format!("{}/uploads/{}/cancel", sender.draft, upload_of(&other)), "");
        assert_eq!(sender.ask(cancel).await.status, StatusCode::NO_CONTENT);
        let gone = sender.piece(&upload_of(&other), "0", &bytes[..10]).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
    }
}
