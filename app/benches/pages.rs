//! How long a page takes from the request's address to the whole document: reading included, without network, cookies
//! and compression.

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use app::request::Request as Asked;
use app::{App, shell};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use criterion::{Criterion, criterion_group, criterion_main};
use leptos::prelude::*;
use leptos_axum::{generate_route_list, render_app_async_with_context};
use service::db::{Db, migrate};
use service::identity::Visitor;
use service::{Service, Settings, forms, seed};
use tempfile::TempDir;
use tokio::runtime::Runtime;

struct Bench {
    service: Arc<Service>,
    visitor: Visitor,
    /// A draft of the longest form, whose first page is open.
    draft: String,
    _folder: TempDir,
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data_dir = folder.path().to_owned();
        let database_url = format!("sqlite://{}?mode=rwc", data_dir.join("tongban.db").display());
        migrate(&database_url).await.expect("migrated");
        let db = Db::open(&database_url).await.expect("open");
        seed::seed_base(&db).await.expect("seeded");
        db.close().await.expect("closed");
        let public_url = "http://127.0.0.1:3000".to_owned();
        let key_file = data_dir.join("key");
        let settings = Settings {
            key_ring: data_dir.join("keys"),
            suite: service::vault::Suite::International,
            register: None,
            clamd: None,
            audit_hash: service::audit::Algorithm::default(),
            database_url,
            key_file,
            data_dir,
            public_url,
            sms: None,
            city: None,
            font_file: None,
            inbox: false,
        };
        let service = Service::open(settings).await.expect("a service");
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let stranger = Visitor::stranger(address);
        let begun = forms::begin(&service, &stranger, "MZ01").await.expect("begun");
        let visitor = service.visitor(begun.new_session.as_deref(), None, address).await.expect("a visitor");
        let draft = begun.location.split('/').nth(2).expect("a draft").to_owned();
        Self { service: Arc::new(service), visitor, draft, _folder: folder }
    }

    async fn page(&self, path: &str) -> usize {
        let asked = Asked {
            service: self.service.clone(),
            visitor: self.visitor.clone(),
            nonce: String::new(),
            reference: String::new(),
        };
        let options = LeptosOptions::builder().output_name("tongban").build();
        let render = render_app_async_with_context(
            move || provide_context(asked.clone()),
            move || shell(options.clone(), String::new()),
        );
        let response = render(Request::get(path).body(Body::empty()).expect("a request")).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        to_bytes(response.into_body(), 4 << 20).await.expect("a body").len()
    }
}

fn pages(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    // It starts what the pages are rendered with.
    let _ = runtime.block_on(async { generate_route_list(App) });
    let bench = runtime.block_on(Bench::new());
    let form = |page: &str| format!("/drafts/{}/pages/{page}", bench.draft);
    let mut group = criterion.benchmark_group("page");
    for (name, path) in [
        ("home", "/".to_owned()),
        ("guide", "/items/MZ07".to_owned()),
        ("form, the applicant", form("applicant")),
        ("form, an area", form("household_area")),
    ] {
        let bytes = runtime.block_on(bench.page(&path));
        assert!(bytes > 2_000, "{name}: {bytes} bytes");
        group.bench_function(name, |bencher| bencher.iter(|| runtime.block_on(bench.page(black_box(&path)))));
    }
    group.finish();
}

criterion_group!(benches, pages);
criterion_main!(benches);
