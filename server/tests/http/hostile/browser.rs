//! A browser without script: pages, their forms, and whether what they hold is harmless.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::Request;

use crate::common::{Answer, Fixture, get, post, send, with};
use crate::html::{Element, elements, faults, skeleton};
use crate::journey::desk_token;

pub struct Browser<'a> {
    app: &'a Router,
    cookies: BTreeMap<String, String>,
    /// What every page that was seen looks like, with its address as far as it is always the same.
    pub seen: Vec<(String, Vec<String>)>,
}

/// Percent-encoded, as it stands in a form's body and an address.
pub fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

pub fn body_of(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl<'a> Browser<'a> {
    pub fn new(app: &'a Router) -> Self {
        Self { app, cookies: BTreeMap::new(), seen: Vec::new() }
    }

    pub async fn signed_in(fixture: &'a Fixture, login: &str) -> Self {
        let mut browser = Self::new(&fixture.app);
        browser.cookies.insert("tb_desk".to_owned(), desk_token(fixture, login).await);
        browser
    }

    async fn ask(&mut self, request: Request<Body>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = send(self.app, with(request, "cookie", &cookies.join("; "))).await;
        for name in ["tb_session", "tb_desk"] {
            if let Some(value) = answer.cookie(name) {
                self.cookies.insert(name.to_owned(), value);
            }
        }
        answer
    }

    pub async fn post(&mut self, path: &str, body: &str) -> Answer {
        let answer = self.ask(post(path, body.to_owned())).await;
        assert!(!answer.status.is_server_error(), "POST {path}: {} {body}", answer.status);
        answer
    }

    pub async fn upload(&mut self, path: &str, texts: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (key, value) in texts {
            body.extend(
                format!("--b\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n").into_bytes(),
            );
        }
        // As browsers write a name that holds these.
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        body.extend(
            format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n--b--\r\n");
        let answer = self.ask(with(post(path, body), "content-type", "multipart/form-data; boundary=b")).await;
        assert!(!answer.status.is_server_error(), "POST {path}: {} {name}", answer.status);
        answer
    }

    /// Opens a page and looks at it: nothing that could run, whatever is written there.
    pub async fn look(&mut self, path: &str) -> Answer {
        let answer = self.ask(get(path)).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        let found = faults(&answer);
        assert!(found.is_empty(), "{path}: {}", found.join("\n"));
        let name: String = path.split('/').filter(|part| part.len() < 20).collect::<Vec<_>>().join("/");
        self.seen.push((format!("{name} {}", answer.status), skeleton(&answer.body)));
        answer
    }
}

/// What the form with this address sends when every box is ticked and nothing is typed.
pub fn ticked(page: &str, action: &str) -> String {
    let own = |element: &Element, name: &str| {
        element.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.replace("&amp;", "&"))
    };
    let all = elements(page);
    let is_it = |element: &&Element| element.name == "form" && own(element, "action").as_deref() == Some(action);
    let controls =
        all.iter().skip_while(|element| !is_it(element)).skip(1).take_while(|element| element.name != "form");
    let kept = controls.filter(|element| {
        let kind = own(element, "type").unwrap_or_default();
        element.name == "input" && ["hidden", "checkbox"].contains(&kind.as_str())
    });
    let pairs: Vec<(String, String)> = kept
        .filter_map(|element| Some((own(element, "name")?, own(element, "value").unwrap_or("on".to_owned()))))
        .collect();
    body_of(&pairs)
}
