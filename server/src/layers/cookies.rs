//! The cookies: of a resident's browser, of a worker who signed in, and of a browser that workers signed in from.

use axum::http::header::{COOKIE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};

const RESIDENT: &str = "tb_session";
const DESK: &str = "tb_desk";
const KNOWN: &str = "tb_known";
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// The server forgets a browser by which nobody signed in for so long.
const KNOWN_AGE: u32 = 90 * 24 * 60 * 60;
/// The server decides how long a session lasts; the browser only must not forget it before.
const RESIDENT_AGE: u32 = 180 * 24 * 60 * 60;

/// The tokens that a request brings: of the resident, of the worker.
pub fn tokens(headers: &HeaderMap, secure: bool) -> (Option<&str>, Option<&str>) {
    (find(headers, &name(RESIDENT, secure)), find(headers, &name(DESK, secure)))
}

/// By which a browser is known from earlier sign-ins of workers.
pub fn known(headers: &HeaderMap, secure: bool) -> Option<&str> {
    find(headers, &name(KNOWN, secure))
}

pub fn set_known(headers: &mut HeaderMap, token: &str, secure: bool) {
    set(headers, KNOWN, token, Some(KNOWN_AGE), secure);
}

/// `brief`: it lasts until the browser is closed.
pub fn set_resident(headers: &mut HeaderMap, token: &str, brief: bool, secure: bool) {
    set(headers, RESIDENT, token, (!brief).then_some(RESIDENT_AGE), secure);
}

pub fn clear_resident(headers: &mut HeaderMap, secure: bool) {
    clear(headers, RESIDENT, secure);
}

/// It lasts until the browser is closed.
pub fn set_desk(headers: &mut HeaderMap, token: &str, secure: bool) {
    set(headers, DESK, token, None, secure);
}

pub fn clear_desk(headers: &mut HeaderMap, secure: bool) {
    clear(headers, DESK, secure);
}

/// The browser forgets: the cookie, what it kept of our pages, what scripts stored. Not all "cookies": it may be a
/// resident's and a worker's.
fn clear(headers: &mut HeaderMap, key: &str, secure: bool) {
    set(headers, key, "", Some(0), secure);
    headers.insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
}

/// Browsers accept a name with this prefix only for this very host and over https.
fn name(name: &str, secure: bool) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}

fn find<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    let mut values = pairs.filter_map(|pair| pair.trim().split_once('=').filter(|(key, _)| *key == name));
    values.next().map(|(_, value)| value).filter(|value| !value.is_empty() && value.len() <= 128)
}

fn set(headers: &mut HeaderMap, key: &str, value: &str, age: Option<u32>, secure: bool) {
    let age = age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let only_https = if secure { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{age}{only_https}", name(key, secure));
    // A token is hexadecimal: it always fits.
    if let Ok(text) = HeaderValue::from_str(&text) {
        headers.append(SET_COOKIE, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=b; tb_session=one;tb_desk="));
        headers.append(COOKIE, HeaderValue::from_static("tb_desk=two; tb_session=three"));
        assert_eq!(tokens(&headers, false), (Some("one"), None));
        assert_eq!(tokens(&headers, true), (None, None), "over https only names that other hosts cannot set");
    }

    #[test]
    fn cookies_are_for_this_host_and_no_script() {
        let mut headers = HeaderMap::new();
        set_resident(&mut headers, "token", false, true);
        set_resident(&mut headers, "token", true, true);
        set_desk(&mut headers, "token", false);
        let all: Vec<_> = headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().expect("text")).collect();
        assert_eq!(all[0], "__Host-tb_session=token; Path=/; HttpOnly; SameSite=Lax; Max-Age=15552000; Secure");
        assert_eq!(all[1], "__Host-tb_session=token; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(all[2], "tb_desk=token; Path=/; HttpOnly; SameSite=Lax");
    }
}
