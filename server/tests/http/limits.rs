//! Nobody can send more than there is room for.

use axum::body::Body;
use axum::http::StatusCode;
use tokio_stream::StreamExt;

use crate::common::{fixture, get, item_with_form, post, send, with};

/// A body whose length is not said beforehand.
fn in_pieces(bytes: usize) -> Body {
    let pieces = tokio_stream::iter(0..bytes / 1024).map(|_| Ok::<_, std::io::Error>("x".repeat(1024)));
    Body::from_stream(pieces)
}

#[tokio::test]
async fn long_bodies_are_refused_however_they_come() {
    let fixture = fixture().await;
    for (path, limit) in [("/drafts/x/pages/y", 256 << 10), ("/desk/sign-in", 256 << 10), ("/api/forms/page", 64 << 10)]
    {
        for body in [Body::from("x".repeat(limit + 1024)), in_pieces(limit + 1024)] {
            let answer = send(&fixture.app, post(path, body)).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            assert!(answer.body.contains("内容太大了"), "{}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_form_with_too_many_fields_is_refused() {
    let fixture = fixture().await;
    let answer = send(&fixture.app, post("/resume", "a=1&".repeat(3_001))).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for body in ["a[999999999]=1", &"a[b]".repeat(2_000), &"id[]=1&".repeat(9_000)] {
        let answer = send(&fixture.app, post("/api/forms/page", body.to_owned())).await;
        assert!(!answer.status.is_success() && !answer.body.is_empty(), "{}", answer.status);
    }
}

#[tokio::test]
async fn another_kind_of_body_is_refused() {
    let fixture = fixture().await;
    let answer = send(&fixture.app, with(post("/resume", "{}"), "content-type", "application/json")).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let answer = send(&fixture.app, post("/drafts/x/files", "a=1")).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}

fn multipart(page: &str, bytes: usize) -> String {
    let part = |name: &str, more: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
    };
    let file = "x".repeat(bytes);
    let name = if bytes == 0 { "" } else { "照片.jpg" };
    [
        part("path", "", "none"),
        part("page", "", page),
        part("file", &format!("; filename=\"{name}\""), &file),
        "--b--\r\n".to_owned(),
    ]
    .concat()
}

#[tokio::test]
async fn a_file_of_more_than_ten_megabytes_is_refused_with_words() {
    let fixture = fixture().await;
    let begun = send(&fixture.app, post(&format!("/items/{}/apply", item_with_form(&fixture.state)), "")).await;
    let (location, token) = (begun.header("location").to_owned(), begun.cookie("tb_session").expect("a session"));
    let (draft, page) = location.split_once("/pages/").expect("a page");
    let upload = |bytes: usize| {
        let request = post(&format!("{draft}/files"), multipart(page, bytes));
        let request = with(request, "content-type", "multipart/form-data; boundary=b");
        with(request, "cookie", &format!("tb_session={token}"))
    };
    let answer = send(&fixture.app, upload((10 << 20) + 1)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(answer.body.contains("10MB") && answer.body.contains(&format!("href=\"{location}\"")), "{}", answer.body);
    let answer = send(&fixture.app, upload(0)).await;
    assert!(answer.body.contains("还没有选文件"), "{}", answer.body);
    let answer = send(&fixture.app, upload(1_000)).await;
    assert!(answer.status.is_client_error(), "no question there: {}", answer.status);
    let left = std::fs::read_dir(fixture.folder.path()).expect("a folder").filter_map(Result::ok);
    let names: Vec<_> = left.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(
        names
            .iter()
            .all(|name| ["site", "files", "key", "keys"].contains(&name.as_str()) || name.starts_with("tongban.db")),
        "{names:?}"
    );
}

#[tokio::test]
async fn an_answer_that_goes_wrong_is_no_page_of_another_language() {
    let fixture = fixture().await;
    let answer = send(&fixture.app, get("/files/%ff")).await;
    assert!(answer.status.is_client_error() && answer.body.contains("lang=\"zh-CN\""), "{}", answer.body);
}
