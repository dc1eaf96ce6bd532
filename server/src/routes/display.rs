//! How pages look: kept in a cookie of this browser, and nowhere else.

use axum::extract::State;
use axum::response::Response;

use super::asked::{Pairs, Who};
use crate::answer;
use crate::layers::set_display;
use crate::state::AppState;

/// Back to the page where the form stood.
pub async fn set(State(state): State<AppState>, who: Who, pairs: Pairs) -> Response {
    let [mode, colours, size] = ["mode", "colours", "size"].map(|name| pairs.first(name));
    let display = who.wish.display.with(mode, colours, size, pairs.first("heard") == "yes");
    let mut response = answer::moved(&own(pairs.first("back")), &who.wish);
    set_display(response.headers_mut(), display, state.process.config.secure());
    response
}

/// An address of ours for `Location`; else the first page. Browsers read `\` as `/`, and leave out tabs and line ends.
fn own(address: &str) -> String {
    let ours = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(|c: char| c == '\\' || c.is_control());
    if !ours {
        return "/".to_owned();
    }
    let byte = |b: u8| if b.is_ascii_graphic() { char::from(b).to_string() } else { format!("%{b:02X}") };
    address.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn it_leads_to_our_own_pages_only() {
        for address in ["/", "/items?q=a", "/items/MZ07#apply"] {
            assert_eq!(own(address), address);
        }
        assert_eq!(own("/items?q=低保 x"), "/items?q=%E4%BD%8E%E4%BF%9D%20x");
        let foreign =
            ["", "items", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/a\r\nb"];
        for address in foreign {
            assert_eq!(own(address), "/", "{address}");
        }
    }
}
