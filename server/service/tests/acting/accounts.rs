//! Residents who sign in.

use service::identity::{Moved, Visitor};
use service::{Service, residents, sms};

use super::{ADDRESS, stranger, with_cookie};

pub const WECHAT: &str = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107 MicroMessenger/8.0.43";

/// The code of the last message.
pub async fn last_code(service: &Service) -> String {
    let text = sms::inbox(service).await.expect("the inbox").first().expect("a message").text.clone();
    let at = text.find("验证码").expect("a code") + "验证码".len();
    text[at..].chars().take_while(char::is_ascii_digit).collect()
}

/// The same browser after an answer, which may have given it another cookie.
pub async fn after(service: &Service, before: &Visitor, moved: &Moved) -> Visitor {
    match &moved.new_session {
        Some(_) => with_cookie(service, moved).await,
        None => before.clone(),
    }
}

/// Asks for a code to sign in with, and types it in. Returns the browser and where it was led.
pub async fn sign_in_here(service: &Service, who: &Visitor, phone: &str, shared: bool) -> (Visitor, Moved) {
    let asked = residents::ask_sign_in(service, who, phone, shared, "me").await.expect("asked");
    assert_eq!(asked.location, "/sign-in/code");
    let who = after(service, who, &asked).await;
    let code = last_code(service).await;
    let moved = residents::check_code(service, &who, &code, WECHAT).await.expect("checked");
    let token = moved.new_session.clone();
    let signed_in = service.visitor(token.as_deref(), None, ADDRESS).await.expect("a visitor");
    assert!(signed_in.resident.is_some(), "signed in");
    (signed_in, moved)
}

/// A resident who signed in with this phone on a new device of their own.
pub async fn signed_in(service: &Service, phone: &str) -> Visitor {
    sign_in_here(service, &stranger(), phone, false).await.0
}

/// The same with a proven name.
pub async fn proven(service: &Service, phone: &str, name: &str, id_number: &str) -> Visitor {
    let who = signed_in(service, phone).await;
    let moved = residents::prove_name(service, &who, name, id_number).await.expect("asked");
    let who = after(service, &who, &moved).await;
    assert!(who.resident.as_ref().is_some_and(|resident| resident.real), "proven: {}", moved.location);
    who
}

/// A valid identity number of this order.
pub fn id_number(order: u32) -> String {
    let body = format!("21010319400101{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}
