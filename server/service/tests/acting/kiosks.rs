//! Kiosks, and who stands at them.

use domain::forms::Entries;
use domain::kiosk::KioskView;
use service::identity::{Moved, Visitor};
use service::{Service, kiosk};

use super::{ADDRESS, stranger, worker};

/// 滨河街道: the office of the worker `binhe-3`.
pub const HALL: &str = "210103005";

pub fn new_kiosk(name: &str, office: &str) -> Entries {
    [("name", name), ("office", office), ("language", "zh-CN")].into_iter().collect()
}

/// A kiosk of this name as its administrator sees it.
pub async fn kept(service: &Service, admin: &Visitor, name: &str) -> KioskView {
    let list = kiosk::kiosks(service, admin).await.expect("a list").kiosks;
    list.into_iter().find(|kiosk| kiosk.name == name).expect("registered")
}

/// Registers one, and has a device type its code. Returns the token of the device's cookie.
pub async fn enrolled(service: &Service, name: &str) -> String {
    let admin = worker(service, "xitong-1").await;
    kiosk::register(service, &admin, &new_kiosk(name, HALL)).await.expect("registered");
    let (code, _) = kept(service, &admin, name).await.code.expect("a code");
    kiosk::enrol(service, &stranger(), &code).await.expect("enrolled").expect("a token")
}

/// Who asks at a kiosk, with this session.
pub async fn at_kiosk(service: &Service, device: &str, session: Option<&str>) -> Visitor {
    service.visitor_at_kiosk(device, session, ADDRESS, true).await.expect("asked").expect("a kiosk")
}

/// The browser of a kiosk after an answer.
pub async fn then_at_kiosk(service: &Service, device: &str, moved: &Moved) -> Visitor {
    at_kiosk(service, device, moved.new_session.as_deref()).await
}
