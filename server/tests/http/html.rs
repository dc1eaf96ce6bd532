//! A page as a browser's parser sees it: which elements with which attributes, whatever is written in them.

use crate::common::Answer;

/// A start tag with its attributes, values as they stand in the source.
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// What is between a script's tags.
    pub raw: String,
}

/// Elements whose content is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
/// Marks that turn the order of letters around.
pub const DIRECTION_MARKS: [char; 12] = [
    '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
    '\u{200E}', '\u{200F}', '\u{061C}',
];

/// All elements in order, by the rules of the HTML standard's tokenizer.
pub fn elements(html: &str) -> Vec<Element> {
    let (mut found, mut rest) = (Vec::new(), html);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (element, after) = element(rest);
            rest = after;
            if RAW.contains(&element.name.as_str()) {
                let end = end_of(rest, &element.name);
                found.push(Element { raw: rest[..end].to_owned(), ..element });
                rest = &rest[end..];
            } else {
                found.push(element);
            }
        } else if rest.starts_with(['!', '?', '/']) {
            // The end of an element, or what the standard calls a bogus comment.
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        }
    }
    found
}

/// Where the end tag of a raw element begins.
fn end_of(text: &str, name: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    let close = format!("</{name}");
    let ends = |at: &usize| lower[at + close.len()..].starts_with(['>', '/', ' ', '\n', '\t', '\u{c}', '\r']);
    lower.match_indices(&close).map(|(at, _)| at).find(ends).unwrap_or(text.len())
}

/// Begins behind the `<`.
fn element(text: &str) -> (Element, &str) {
    let space = |c: char| c.is_ascii_whitespace();
    let end = text.find(|c: char| space(c) || c == '/' || c == '>').unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| space(c) || c == '/');
        if rest.is_empty() {
            break;
        }
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        // An equals sign may begin a name.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end =
            rest[first..].find(|c: char| space(c) || matches!(c, '/' | '>' | '=')).map_or(rest.len(), |at| at + first);
        let key = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let (value, after) = match rest.trim_start_matches(space).strip_prefix('=') {
            Some(given) => value(given.trim_start_matches(space)),
            None => ("", rest),
        };
        attributes.push((key, value.to_owned()));
        rest = after;
    }
    (Element { name: name.to_ascii_lowercase(), attributes, raw: String::new() }, rest)
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len()))
}

/// A form of a page.
pub struct PageForm {
    pub method: String,
    pub action: String,
    pub controls: Vec<Control>,
}

pub struct Control {
    pub name: String,
    pub value: String,
    /// Somebody writes in it.
    pub is_typed: bool,
}

impl PageForm {
    pub fn typed(&self) -> Vec<&str> {
        self.controls.iter().filter(|control| control.is_typed).map(|control| control.name.as_str()).collect()
    }
}

/// The forms of a page, each with its controls; of choices the first, of boxes all.
pub fn forms(html: &str) -> Vec<PageForm> {
    let mut forms: Vec<PageForm> = Vec::new();
    for element in elements(html) {
        let of = |name: &str| {
            element.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.replace("&amp;", "&"))
        };
        if element.name == "form" {
            let method = of("method").unwrap_or("get".to_owned()).to_ascii_lowercase();
            forms.push(PageForm { method, action: of("action").unwrap_or_default(), controls: Vec::new() });
        }
        let (Some(form), Some(name)) = (forms.last_mut(), of("name")) else { continue };
        let kind = of("type").unwrap_or("text".to_owned());
        let is_typed = match element.name.as_str() {
            "textarea" => true,
            "input" => !["hidden", "checkbox", "radio", "file", "submit"].contains(&kind.as_str()),
            "select" => false,
            _ => continue,
        };
        form.controls.push(Control { name, value: of("value").unwrap_or_default(), is_typed });
    }
    forms
}

/// The skeleton of a page: names of elements and of their attributes.
pub fn skeleton(html: &str) -> Vec<String> {
    let line = |element: Element| {
        let names: Vec<String> = element.attributes.into_iter().map(|(name, _)| name).collect();
        format!("{}[{}]", element.name, names.join(" "))
    };
    elements(html).into_iter().map(line).collect()
}

/// What is wrong with a page, whatever stands in it: something that could run, lead elsewhere or turn letters around.
pub fn faults(answer: &Answer) -> Vec<String> {
    let policy = answer.header("content-security-policy");
    let nonce = policy.split_once("'nonce-").and_then(|(_, rest)| rest.split('\'').next()).unwrap_or("none");
    let mut faults = Vec::new();
    for mark in DIRECTION_MARKS.iter().filter(|mark| answer.body.contains(**mark)) {
        faults.push(format!("holds {}", mark.escape_unicode()));
    }
    if answer.body.contains('\0') {
        faults.push("holds a zero".to_owned());
    }
    for element in elements(&answer.body) {
        let of = |name: &str| element.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        for (name, value) in &element.attributes {
            let is_address = ["href", "src", "action", "formaction", "srcdoc", "data"].contains(&name.as_str());
            if name.starts_with("on") || (is_address && !leads_here(value)) {
                faults.push(format!("<{} {name}={value:?}>", element.name));
            }
        }
        if element.name == "script" {
            let lower = element.raw.to_ascii_lowercase();
            if of("nonce") != Some(nonce) || lower.contains("<!--") || lower.contains("<script") {
                faults.push(format!("<script> with {:?}", element.raw));
            }
        }
        if ["iframe", "object", "embed", "base", "style"].contains(&element.name.as_str()) {
            faults.push(format!("<{}>", element.name));
        }
    }
    faults
}

/// An address of ours, also the whole one of a receipt, a telephone, or what a worker's own device takes codes from.
fn leads_here(address: &str) -> bool {
    let own = address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/\\");
    let whole = address.starts_with("http://tongban.test/");
    own || whole
        || address.is_empty()
        || address.starts_with(['#', '?'])
        || address.starts_with("tel:")
        || address.starts_with("otpauth://totp/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str) -> Answer {
        let mut headers = axum::http::HeaderMap::new();
        headers.insert("content-security-policy", "script-src 'nonce-abc'".parse().expect("a header"));
        Answer { status: axum::http::StatusCode::OK, headers, body: body.to_owned() }
    }

    #[test]
    fn pages_are_read_as_browsers_read_them() {
        let page = "<!DOCTYPE html><p class=\"a>b\" id=x data-y>1 < 2<br/></p><textarea><b></textarea ><!-- <i> --><a/href='/x'>";
        assert_eq!(skeleton(page), ["p[class id data-y]", "br[]", "textarea[]", "a[href]"]);
        assert_eq!(elements("<script>a</scripty></SCRIPT><b>")[0].raw, "a</scripty>");
    }

    #[test]
    fn what_could_run_is_noticed() {
        let good =
            "<script nonce=\"abc\">1</script><a href=\"/x\">x</a><a href=\"tel:1\">x</a><input value=\"javascript:1\">";
        assert_eq!(faults(&answer(good)), Vec::<String>::new());
        for bad in [
            "<script>1</script>",
            "<script nonce=abc>\"<!--<script>\"</script>",
            "<img src=\"/x\" onerror=1>",
            "<a href=\" javascript:1\">",
            "<a href=\"https://evil.example\">",
            "<a href=\"//evil.example\">",
            "<form action=\"/\\evil.example\">",
            "<base target=x>",
            "<p>\u{202E}</p>",
        ] {
            assert_eq!(faults(&answer(bad)).len(), 1, "{bad}");
        }
    }
}
