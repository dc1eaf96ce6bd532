//! The built client: scripts, style sheets and other files that never change under their name.

use std::fs;

use axum::body::Body;
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode};
use leptos::prelude::{Env, LeptosOptions};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::config::Config;
use crate::fault::Fault;

const NAME: &str = "tongban";
const PKG: &str = "pkg";

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Says early when the client was not built.
pub fn check(config: &Config) -> Result<(), Fault> {
    if config.site_dir.join(PKG).is_dir() {
        Ok(())
    } else {
        Err(Fault::usage(format!(
            "--site-dir {}: no built client there (scripts/build makes one)",
            config.site_dir.display()
        )))
    }
}

pub fn options(config: &Config) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name(NAME)
        .site_root(config.site_dir.to_string_lossy().into_owned())
        .site_pkg_dir(PKG)
        .env(Env::PROD)
        .site_addr(config.addr)
        .hash_files(config.hash_file.is_some())
        .build()
}

/// Address of the style sheet.
pub fn stylesheet(config: &Config) -> String {
    let hashes = config.hash_file.as_ref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
    let hash = hashes.lines().find_map(|line| line.strip_prefix("css:")).map(str::trim);
    match hash {
        Some(hash) => format!("/{PKG}/{NAME}.{hash}.css"),
        None => format!("/{PKG}/{NAME}.css"),
    }
}

/// The file of this request's path, if there is one.
pub async fn file(config: &Config, asked: &Parts) -> Option<Response<Body>> {
    if !matches!(asked.method, Method::GET | Method::HEAD) {
        return None;
    }
    let mut copy = Request::builder().method(asked.method.clone()).uri(asked.uri.clone());
    *copy.headers_mut()? = asked.headers.clone();
    let copy = copy.body(Body::empty()).ok()?;
    let files =
        ServeDir::new(&config.site_dir).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    let Ok(response) = files.oneshot(copy).await;
    if matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) {
        return None;
    }
    let mut response = response.map(Body::new);
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let caching = match (found, asked.uri.path().starts_with("/pkg/"), config.hash_file.is_some()) {
        (true, true, true) => FOR_EVER,
        (true, false, _) => FOR_AN_HOUR,
        _ => ASK_AGAIN,
    };
    response.headers_mut().insert(CACHE_CONTROL, caching);
    Some(response)
}
