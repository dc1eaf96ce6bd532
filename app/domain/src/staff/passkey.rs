//! Passkeys: where they can be used, and what they are called.

use serde::{Deserialize, Serialize};

use crate::cases::WorkerView;
use crate::text::clean;

/// So many a worker may have.
pub const PASSKEYS_MOST: usize = 10;
const NAME_MAX: usize = 30;

/// What a passkey is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The name without scheme and port: the id of the relying party.
    pub domain: String,
    /// As browsers write it in `Origin`.
    pub origin: String,
}

/// The site at a public address. None where browsers give no passkeys: at an IP address, and without TLS anywhere but
/// on this machine.
pub fn site(public_url: &str) -> Option<Site> {
    let (scheme, place) = public_url.split_once("://")?;
    let (domain, port) = place.split_once(':').unwrap_or((place, ""));
    let here = domain == "localhost" || domain.ends_with(".localhost");
    // Browsers leave it out of the origin.
    let usual = match scheme {
        "https" => "443",
        "http" if here => "80",
        _ => return None,
    };
    let is_name = |label: &str| {
        let all = label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        all && (1..=63).contains(&label.len())
    };
    // What ends in a number is an address to a browser.
    let last = domain.rsplit('.').next().unwrap_or_default();
    let named = domain.split('.').all(is_name) && last.starts_with(|first: char| first.is_ascii_lowercase());
    let whole = port.bytes().all(|byte| byte.is_ascii_digit());
    if !named || !whole || domain.len() > 253 {
        return None;
    }
    let port = if port.is_empty() || port == usual { String::new() } else { format!(":{port}") };
    Some(Site { domain: domain.to_owned(), origin: format!("{scheme}://{domain}{port}") })
}

/// What a passkey is called: as the worker typed it, else as the device. Never refused: the authenticator has made it
/// already.
pub fn passkey_name(typed: &str, device: &str) -> String {
    let short = |text: &str| {
        let words = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
        words.chars().take(NAME_MAX).collect::<String>().trim_end().to_owned()
    };
    let named = [typed, device].map(short).into_iter().find(|name| !name.is_empty());
    named.unwrap_or_else(|| "通行密钥".to_owned())
}

/// One of a worker's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyView {
    pub id: String,
    pub name: String,
    pub since: String,
    /// Empty: never.
    pub used: String,
}

/// Where a worker registers one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPasskeyPage {
    pub worker: WorkerView,
    /// What the browser is asked for, as JSON. None: it has to be proved first who is there, or nothing was begun.
    pub ask: Option<String>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_site_is_where_browsers_give_passkeys() {
        for (url, domain, origin) in [
            ("https://tongban.example.cn", "tongban.example.cn", "https://tongban.example.cn"),
            ("https://tongban.example.cn:443", "tongban.example.cn", "https://tongban.example.cn"),
            ("https://tongban.example.cn:8443", "tongban.example.cn", "https://tongban.example.cn:8443"),
            ("http://localhost:3000", "localhost", "http://localhost:3000"),
            ("http://localhost:80", "localhost", "http://localhost"),
            ("https://localhost", "localhost", "https://localhost"),
        ] {
            let expected = Site { domain: domain.to_owned(), origin: origin.to_owned() };
            assert_eq!(site(url), Some(expected), "{url}");
        }
        for none in [
            "",
            "tongban.example.cn",
            "http://tongban.example.cn",
            "http://127.0.0.1:3000",
            "https://127.0.0.1",
            "https://10.0.0x7f",
            "https://[::1]:3000",
            "https://notlocalhost.",
            "http://notlocalhost",
            "https://a..b",
            "https://x/path",
            "ftp://localhost",
        ] {
            assert_eq!(site(none), None, "{none}");
        }
    }

    proptest! {
        /// A browser looks for what it knows under the domain, and says where it was asked: both belong together.
        #[test]
        fn the_origin_is_the_address_and_holds_the_domain(name in "[a-z][a-z0-9-]{0,10}(\\.[a-z][a-z0-9]{0,8}){1,3}", port in 1_u16..) {
            let found = site(&format!("https://{name}:{port}")).expect("a site");
            let port = if port == 443 { String::new() } else { format!(":{port}") };
            prop_assert_eq!(&found.domain, &name);
            prop_assert_eq!(found.origin, format!("https://{name}{port}"));
        }

        #[test]
        fn every_passkey_has_a_name_that_fits(typed in any::<String>(), device in any::<String>()) {
            let name = passkey_name(&typed, &device);
            prop_assert!((1..=NAME_MAX).contains(&name.chars().count()), "{name:?}");
            prop_assert_eq!(clean(&name), name.clone());
            prop_assert!(!name.contains('\n'));
            prop_assert_eq!(passkey_name(&name, "x"), name);
        }
    }
}
