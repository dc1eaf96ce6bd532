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
use crate::state::Process;

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

/// What stands before the addresses of the client's files.
///
/// cargo-leptos names the files of a client in parts by what is in them, and then writes into them the name of the one
/// that finds the parts. That name is therefore a part of every address: one address never means two different files.
pub fn root(config: &Config) -> String {
    hash(config, "split").map(|hash| format!("/{PKG}/{hash}")).unwrap_or_default()
}

/// Address of the style sheet.
pub fn stylesheet(config: &Config) -> String {
    let root = root(config);
    match hash(config, "css") {
        Some(hash) => format!("{root}/{PKG}/{NAME}.{hash}.css"),
        None => format!("{root}/{PKG}/{NAME}.css"),
    }
}

fn hash(config: &Config, kind: &str) -> Option<String> {
    let hashes = fs::read_to_string(config.hash_file.as_ref()?).ok()?;
    let mut pairs = hashes.lines().filter_map(|line| line.split_once(':'));
    pairs.find_map(|(name, hash)| (name == kind).then(|| hash.trim().to_owned()))
}

/// Whether only a file of the client can be meant, and never a page.
pub fn is_client(path: &str) -> bool {
    path.strip_prefix('/').and_then(|path| path.strip_prefix(PKG)).is_some_and(|rest| rest.starts_with('/'))
}

/// The file of this request's path, if there is one.
pub async fn file(process: &Process, asked: &Parts) -> Option<Response<Body>> {
    let Process { config, client_root, .. } = process;
    if !matches!(asked.method, Method::GET | Method::HEAD) {
        return None;
    }
    let path = asked.uri.path();
    let (path, named) = match path.strip_prefix(client_root.as_str()) {
        Some(path) if is_client(path) => (path, true),
        _ => (path, false),
    };
    let mut copy = Request::builder().method(asked.method.clone()).uri(path);
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
    let caching = match (found, is_client(path), named && config.hash_file.is_some()) {
        (true, true, true) => FOR_EVER,
        (true, false, _) => FOR_AN_HOUR,
        _ => ASK_AGAIN,
    };
    response.headers_mut().insert(CACHE_CONTROL, caching);
    Some(response)
}
