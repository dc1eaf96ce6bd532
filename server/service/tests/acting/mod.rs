//! Residents and workers as a test's actors.

#![allow(dead_code, reason = "each test program uses a part")]

pub mod accounts;

use domain::cases::{CaseDesk, CaseTrack};
use domain::desk::Role;
use domain::forms::Entries;
use sea_orm::ConnectionTrait;
use service::identity::{Moved, Visitor};
use service::staff::{self, Browser};
use service::{Error, Service, forms};

pub const ADDRESS: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// Nobody in particular.
pub fn stranger() -> Visitor {
    Visitor::stranger(ADDRESS)
}

/// The same browser with the cookie that an answer set.
pub async fn with_cookie(service: &Service, moved: &Moved) -> Visitor {
    let token = moved.new_session.as_deref();
    service.visitor(token, None, ADDRESS).await.expect("a visitor")
}

/// A worker of the demo city who is signed in.
pub async fn worker(service: &Service, login: &str) -> Visitor {
    let token = desk_token(service, login).await;
    let visitor = now(service, &token).await;
    assert!(visitor.worker.is_some());
    visitor
}

/// The token of a new session of a worker of the demo city: password, then code.
pub async fn desk_token(service: &Service, login: &str) -> String {
    forget_codes(service).await;
    let browser = Browser::default();
    let first = staff::enter_password(service, &stranger(), &browser, login, "tongban-2026").await.expect("entered");
    let under_way = service.visitor(None, first.desk.as_deref(), ADDRESS).await.expect("a visitor");
    let code = staff::demo_code(login, service.clock.now()).expect("a code");
    let second = staff::enter_code(service, &under_way, &browser, &code).await.expect("entered");
    second.desk.unwrap_or_else(|| panic!("not signed in: {}", second.moved.location))
}

/// Who a session at the desk is by now: rights are read anew with each request.
pub async fn now(service: &Service, token: &str) -> Visitor {
    service.visitor(None, Some(token), ADDRESS).await.expect("a visitor")
}

/// Tests sign in more often than codes change.
async fn forget_codes(service: &Service) {
    let forgotten = service.db.write(|tx| {
        Box::pin(async move {
            tx.execute_unprepared("UPDATE worker_factor SET last_step = 0").await?;
            Ok(())
        })
    });
    forgotten.await.expect("forgotten");
}

/// Begins a draft and returns the browser and the draft's id.
pub async fn begin(service: &Service, item: &str) -> (Visitor, String) {
    let moved = forms::begin(service, &stranger(), item).await.expect("begun");
    let id = draft_id(&moved.location);
    (with_cookie(service, &moved).await, id)
}

pub fn draft_id(location: &str) -> String {
    location.split('/').nth(2).expect("an address of a draft").to_owned()
}

pub fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A resident of 多福社区, 76 … 96 years old, as MZ07 asks for one.
pub const MZ07: &[(&str, &[(&str, &str)])] = &[
    (
        "applicant",
        &[
            ("applicant.name", "张小三"),
            ("applicant.id_number", "２１０１０３ 1940010１ 9013"),
            ("applicant.phone", "138 0013 8000"),
            ("filled_by", "self"),
        ],
    ),
    (
        "household_area",
        &[("household_area", "210103"), ("household_area", "210103005"), ("household_area", "210103005024")],
    ),
    ("received", &[("received_elsewhere", "no")]),
    ("residence", &[("residence.area", "210102019006"), ("residence.detail", "三好街1号1-1-1")]),
    (
        "account",
        &[
            ("account_kind", "bank"),
            ("account_bank", "盛京银行"),
            ("account_number", "4111 1111 1111 1111"),
            ("account_own", "yes"),
        ],
    ),
    ("promise", &[("promise_true", "yes"), ("consent_verify", "yes")]),
    ("consents", &[("consent_finance", "yes")]),
    ("delivery", &[("delivery", "electronic")]),
];

/// Fills in all pages of MZ07 and its materials.
pub async fn fill_in(service: &Service, who: &Visitor, id: &str) {
    for (page, entries) in MZ07 {
        let moved = forms::save_page(service, who, id, page, &pairs(entries)).await.expect("saved");
        assert!(
            !moved.location.ends_with(&format!("/{page}")),
            "{page} has findings: {:?}",
            findings(service, who, id, page).await
        );
    }
    for path in ["file_id_card", "file_household_book", "file_card"] {
        forms::add_file(service, who, id, path, "照片.png", png()).await.expect("taken in");
    }
}

pub async fn findings(service: &Service, who: &Visitor, id: &str, page: &str) -> Vec<(String, String)> {
    let page = forms::page(service, who, id, page).await.expect("a page");
    page.findings.into_iter().map(|finding| (finding.path, finding.message)).collect()
}

/// Submits and returns the number.
pub async fn submit(service: &Service, who: &Visitor, id: &str) -> String {
    let moved = forms::submit(service, who, id).await.expect("submitted");
    number_of(&moved.location)
}

pub fn number_of(location: &str) -> String {
    let number = location.strip_prefix("/cases/").unwrap_or_else(|| panic!("not submitted: {location}"));
    number.split('?').next().unwrap_or_default().to_owned()
}

/// A case of MZ07 that was just submitted: its resident and its number.
pub async fn submitted(service: &Service) -> (Visitor, String) {
    let (who, id) = begin(service, "MZ07").await;
    fill_in(service, &who, &id).await;
    let number = submit(service, &who, &id).await;
    (who, number)
}

pub const MZ24_WORDS: &str = "经上门核实，符合改造条件，拟安装扶手。";

/// An old man of 多福社区 who wants handrails, with an illness and a fall that are nobody's business.
pub const MZ24: &[(&str, &[(&str, &str)])] = &[
    ("applicant", MZ07[0].1),
    ("household_area", MZ07[1].1),
    ("poor_status", &[("poor_status", "dibao"), ("poor_cert", "DB2026000777")]),
    ("living", &[("elder_living", "alone"), ("children_where", "none")]),
    (
        "assessment",
        &[
            ("elder_assessed", "no"),
            ("elder_mind_state", "clear"),
            ("elder_help", "stairs"),
            ("elder_moving", "aid"),
            ("elder_senses", "good"),
            ("elder_illness", "有高血压，还得过脑梗"),
        ],
    ),
    (
        "retrofit_home",
        &[
            ("retrofit_home.area", "210103005024"),
            ("retrofit_home.detail", "十一纬路7号2-3-1"),
            ("living_kind", "own"),
            ("retrofit_floor", "三楼没有电梯"),
            ("retrofit_before", "no"),
        ],
    ),
    ("retrofit_wish", &[("retrofit_wishes", "rails"), ("retrofit_why", "厕所没有扶手，上个月摔过一次")]),
    ("visit", &[("visit_time", "morning")]),
    ("promise", &[("promise_true", "yes"), ("consent_verify", "yes"), ("consent_notice", "yes")]),
    ("consents", &[("consent_health", "yes")]),
    ("delivery", &[("delivery", "hand")]),
];

/// A case under review at the bureau: its resident, its number, and the reviewer.
pub async fn reviewed(service: &Service) -> (Visitor, String, Visitor) {
    let (who, id) = begin(service, "MZ24").await;
    for (page, entries) in MZ24 {
        forms::save_page(service, &who, &id, page, &pairs(entries)).await.expect("saved");
        let found = findings(service, &who, &id, page).await;
        assert!(found.is_empty(), "{page}: {found:?}");
    }
    for path in ["file_id_card", "file_household_book", "file_house_paper"] {
        forms::add_file(service, &who, &id, path, "照片.png", png()).await.expect("taken in");
    }
    let number = submit(service, &who, &id).await;
    let bureau = worker(service, "shenhe-mz-1").await;
    for one in ["receive", "accept", "review"] {
        step(service, &bureau, &number, one, &[]).await.expect("done");
    }
    (who, number, bureau)
}

pub async fn announced(service: &Service) -> (Visitor, String, Visitor) {
    let (who, number, bureau) = reviewed(service).await;
    step(service, &bureau, &number, "announce", &[("text", MZ24_WORDS)]).await.expect("announced");
    (who, number, bureau)
}

pub async fn track(service: &Service, who: &Visitor, number: &str) -> CaseTrack {
    service::cases::track(service, who, number).await.expect("tracked")
}

pub async fn desk(service: &Service, who: &Visitor, number: &str) -> CaseDesk {
    service::desk::case(service, who, number).await.expect("a case")
}

/// A step on the case as it stands.
pub async fn step(
    service: &Service,
    who: &Visitor,
    number: &str,
    step: &str,
    form: &[(&str, &str)],
) -> Result<Moved, Error> {
    let version = desk(service, who, number).await.version;
    let mut entries = Entries::default();
    form.iter().for_each(|(name, value)| entries.push(*name, *value));
    service::desk::act(service, who, number, step, version, entries).await
}

/// A picture of one pixel.
pub fn png() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1, 1).write_to(&mut out, image::ImageFormat::Png).expect("encoded");
    out.into_inner()
}

pub fn has_role(who: &Visitor, role: Role) -> bool {
    who.worker.as_ref().is_some_and(|worker| worker.roles().contains(&role))
}
