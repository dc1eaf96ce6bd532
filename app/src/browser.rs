//! What only a browser can do: send in the background, move the focus, listen for changes.
//!
//! `no_browser.rs` has the same names. What is called back may be gone by then: hence `try_run`.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use domain::areas::Area;
use futures_util::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use gloo_net::http::{Request, Response};
use leptos::ev::SubmitEvent;
use leptos::leptos_dom::helpers::{IntervalHandle, set_interval_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

/// The mark of a form that is under way.
const BUSY: &str = "aria-busy";
const OFFLINE: &str = "网络不通，没有送出去。您填的内容还在，请检查网络后再按一次。";

/// Where an answer leads, or why there is none.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    location: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    reference: String,
}

/// Sends a form in the background. A form that is under way is not sent again.
pub fn send_form(event: &SubmitEvent, sent: Callback<String>, failed: Callback<String>) {
    let Some(form) = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlFormElement>().ok()) else { return };
    // A browser that does not say which button was pressed (Safari 14) posts by itself.
    if !js_sys::Reflect::has(event, &"submitter".into()).unwrap_or(false) {
        return;
    }
    event.prevent_default();
    if form.has_attribute(BUSY) {
        return;
    }
    let Some(body) = body(&form, event) else { return };
    let _ = form.set_attribute(BUSY, "true");
    spawn_local(async move {
        let answer = post(&action(&form), body).await;
        conclude(form, answer, sent, failed).await;
    });
}

/// `form.action` may be shadowed by a control of that name: the attribute is read.
fn action(form: &web_sys::HtmlFormElement) -> String {
    form.get_attribute("action").unwrap_or_default()
}

/// Tells the page what became of a form that was under way.
async fn conclude(
    form: web_sys::HtmlFormElement,
    answer: Result<String, String>,
    sent: Callback<String>,
    failed: Callback<String>,
) {
    match answer {
        Ok(location) => {
            // The page may have been left meanwhile: then nobody is told.
            sent.try_run(location);
            // Free again when the answer stands on the page (`arrive`), or at last after a while.
            wait(5_000).await;
        }
        Err(message) => {
            failed.try_run(message);
        }
    }
    let _ = form.remove_attribute(BUSY);
}

/// With its type; a browser itself names the type of a form with files.
fn body(form: &web_sys::HtmlFormElement, event: &SubmitEvent) -> Option<(JsValue, Option<&'static str>)> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    let button = event.submitter().and_then(|element| element.dyn_into::<web_sys::HtmlButtonElement>().ok());
    if let Some(button) = button.filter(|button| !button.name().is_empty()) {
        data.append_with_str(&button.name(), &button.value()).ok()?;
    }
    if form.enctype() == "multipart/form-data" {
        return Some((data.into(), None));
    }
    encoded(&data)
}

fn encoded(data: &web_sys::FormData) -> Option<(JsValue, Option<&'static str>)> {
    let pairs = web_sys::UrlSearchParams::new_with_str_sequence_sequence(data).ok()?;
    Some((pairs.to_string().into(), Some("application/x-www-form-urlencoded")))
}

async fn post(action: &str, (body, kind): (JsValue, Option<&str>)) -> Result<String, String> {
    let mut request = Request::post(action).header("Accept", "application/json");
    if let Some(kind) = kind {
        request = request.header("Content-Type", kind);
    }
    let request = request.body(body).map_err(|_| OFFLINE.to_owned())?;
    read(request.send().await.map_err(|_| OFFLINE.to_owned())?).await
}

/// From bytes, as everything else is read: from a text the same would be compiled a second time.
async fn json<T: DeserializeOwned>(response: Response) -> Option<T> {
    serde_json::from_slice(&response.binary().await.ok()?).ok()
}

async fn read(response: Response) -> Result<String, String> {
    let answer: Answer =
        json(response).await.ok_or_else(|| "系统没有回应，请稍后再按一次。您填的内容还在。".to_owned())?;
    if answer.location.is_empty() {
        let reference =
            if answer.reference.is_empty() { String::new() } else { format!("（编号 {}）", answer.reference) };
        return Err(format!("{}{reference}", answer.error));
    }
    Ok(answer.location)
}

/// Whether this browser knows passkeys, and may use them here.
pub fn has_passkeys() -> bool {
    get(&window(), "PublicKeyCredential").is_ok_and(|known| known.is_function())
}

/// Has the browser make or use a passkey, and sends the form with what it says. `ask`: what the server asks, as JSON.
pub fn send_with_passkey(event: &SubmitEvent, ask: &str, sent: Callback<String>, failed: Callback<String>) {
    let Some(form) = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlFormElement>().ok()) else { return };
    event.prevent_default();
    if form.has_attribute(BUSY) {
        return;
    }
    let _ = form.set_attribute(BUSY, "true");
    // Before anything is waited for: some browsers ask only in the moment of the press.
    let asked = ask_authenticator(ask);
    spawn_local(async move {
        let answer = match said(asked).await {
            Ok(said) => match with_passkey(&form, &said) {
                Some(body) => post(&action(&form), body).await,
                None => Err(OFFLINE.to_owned()),
            },
            Err(fault) => Err(not_done(&fault).to_owned()),
        };
        conclude(form, answer, sent, failed).await;
    });
}

fn with_passkey(form: &web_sys::HtmlFormElement, said: &str) -> Option<(JsValue, Option<&'static str>)> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    data.append_with_str("passkey", said).ok()?;
    encoded(&data)
}

/// Browsers do not tell who cancelled from what does not fit.
fn not_done(fault: &JsValue) -> &'static str {
    match get(fault, "name").ok().and_then(|name| name.as_string()).as_deref() {
        Some("InvalidStateError") => "这台设备上已经登记过通行密钥了，不用再登记。",
        _ => "没有做完，可能是取消了，也可能是等得太久。可以再按一次。",
    }
}

fn get(of: &JsValue, key: &str) -> Result<JsValue, JsValue> {
    js_sys::Reflect::get(of, &key.into())
}

fn set(of: &JsValue, key: &str, value: &JsValue) -> Result<bool, JsValue> {
    js_sys::Reflect::set(of, &key.into(), value)
}

/// Who is asked for: to make a passkey when a user is named, else to use one. The JSON has bytes as base64url.
fn ask_authenticator(ask: &str) -> Result<js_sys::Promise, JsValue> {
    let ask = js_sys::JSON::parse(ask)?;
    let user = get(&ask, "user")?;
    let call = if user.is_undefined() { "get" } else { "create" };
    let mut holders = vec![(ask.clone(), "challenge")];
    if !user.is_undefined() {
        holders.push((user, "id"));
    }
    for list in ["allowCredentials", "excludeCredentials"] {
        if let Some(list) = get(&ask, list)?.dyn_ref::<js_sys::Array>() {
            holders.extend(list.iter().map(|one| (one, "id")));
        }
    }
    for (holder, key) in holders {
        let text = get(&holder, key)?.as_string().unwrap_or_default().replace('-', "+").replace('_', "/");
        let bytes: Vec<u8> = window().atob(&text)?.chars().map(|c| u8::try_from(c).unwrap_or_default()).collect();
        set(&holder, key, &js_sys::Uint8Array::from(bytes.as_slice()))?;
    }
    let wanted = js_sys::Object::new();
    set(&wanted, "publicKey", &ask)?;
    let credentials = get(&get(&window(), "navigator")?, "credentials")?;
    let call: js_sys::Function = get(&credentials, call)?.dyn_into()?;
    call.call1(&credentials, &wanted)?.dyn_into()
}

/// What the authenticator says, as JSON with bytes as base64url.
async fn said(asked: Result<js_sys::Promise, JsValue>) -> Result<String, JsValue> {
    let credential = wasm_bindgen_futures::JsFuture::from(asked?).await?;
    let (from, response) = (get(&credential, "response")?, js_sys::Object::new());
    for key in ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] {
        let value = get(&from, key)?;
        if value.is_object() {
            let bytes = js_sys::Uint8Array::new(&value).to_vec();
            let text = window().btoa(&bytes.into_iter().map(char::from).collect::<String>())?;
            let text = text.replace('+', "-").replace('/', "_");
            set(&response, key, &text.trim_end_matches('=').into())?;
        }
    }
    // Older browsers do not tell.
    if let Some(ways) = get(&from, "getTransports")?.dyn_ref::<js_sys::Function>() {
        set(&response, "transports", &ways.call0(&from)?)?;
    }
    let said = js_sys::Object::new();
    set(&said, "id", &get(&credential, "id")?)?;
    set(&said, "response", &response)?;
    js_sys::JSON::stringify(&said).map(String::from)
}

/// Tells tests and the style sheet that script is at work, and begins to watch the pointer.
pub fn mark_hydrated() {
    let _ = window_event_listener(leptos::ev::pointerdown, |_| PRESSED.set(true));
    let _ = window_event_listener(leptos::ev::pointerup, |_| PRESSED.set(false));
    let _ = window_event_listener(leptos::ev::pointercancel, |_| PRESSED.set(false));
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-hydrated", "true");
    }
}

/// The part of the client that the page at hand needs, as the server named it.
pub fn part() -> Option<String> {
    document().document_element()?.get_attribute("data-part")
}

pub fn name_part(_part: &'static str) {}

/// Goes to the page as a link goes there without script. Comes back when the server cannot be reached.
pub async fn load_whole(address: &str) {
    let alive = Request::get("/healthz").send().await.is_ok_and(|response| response.ok());
    if alive && window().location().assign(address).is_ok() {
        // The page is being left; nothing more is shown on it.
        wait(30_000).await;
    }
}

/// The browser sends no page on: nothing is compiled for it.
pub fn to_json(_data: &impl serde::Serialize) -> String {
    String::new()
}

/// Does `act` now, or when the button of the mouse is let go: what moves the page between press and release would
/// take the button away from under the pointer, and the click would be lost.
pub fn after_press(act: impl FnOnce() + 'static) {
    wait_for_release(act, 0);
}

/// A list that folds out may swallow the release: no longer than about a second.
fn wait_for_release<F: FnOnce() + 'static>(act: F, tries: u8) {
    if PRESSED.get() && tries < 20 {
        set_timeout(move || wait_for_release(act, tries + 1), Duration::from_millis(50));
    } else {
        act();
    }
}

/// A page stands: moves the focus to what the person came for, unless the page only followed a change.
pub fn arrive(first: bool, new: bool) {
    if !first && !new {
        return;
    }
    if let Ok(forms) = document().query_selector_all("form[aria-busy]") {
        let forms = (0..forms.length()).filter_map(|index| forms.get(index)?.dyn_into::<web_sys::Element>().ok());
        forms.for_each(|form| drop(form.remove_attribute(BUSY)));
    }
    let hash = window().location().hash().unwrap_or_default();
    let named = !first && hash.strip_prefix('#').is_some_and(focused);
    if !named && !focused("error-summary") && !first {
        focus_heading();
    }
}

pub fn focus(id: &str) {
    focused(id);
}

fn focused(id: &str) -> bool {
    let element = document().get_element_by_id(id);
    let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    let _ = element.focus();
    element.scroll_into_view();
    true
}

/// The router has scrolled already, to the top or to where Back leads.
fn focus_heading() {
    let heading = document().query_selector("main h1").ok().flatten();
    let Some(heading) = heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    let _ = heading.set_attribute("tabindex", "-1");
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = heading.focus_with_options(&options);
}

/// Reads the areas directly below one. `None`: they could not be read.
pub fn fetch_areas(code: &str, done: impl Fn(Option<Vec<Area>>) + 'static) {
    let address = format!("/areas/{code}");
    spawn_local(async move {
        let areas = match Request::get(&address).send().await {
            Ok(response) if response.ok() => json(response).await,
            _ => None,
        };
        done(areas);
    });
}

/// Where files go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadTo {
    /// The address of the form.
    pub url: String,
    /// The question's path.
    pub path: String,
    /// The key of its page.
    pub page: String,
}

/// How far an upload is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadState {
    /// The n-th of m files is under way.
    Sending { name: String, number: usize, count: usize },
    /// This file cannot be used; the text says what to do. The others go on.
    Refused { name: String, message: String },
    /// The network is broken: so many files, this one first, wait to be sent again.
    Lost { name: String, left: usize },
    /// All were tried; `stored`: the page has one more.
    Done { stored: bool },
}

thread_local! {
    static PRESSED: Cell<bool> = const { Cell::new(false) };
    /// Files that did not get through, by where they go.
    static LOST: RefCell<Vec<(UploadTo, Vec<web_sys::File>)>> = const { RefCell::new(Vec::new()) };
}

/// Sends the files chosen in the control of this id one by one; a broken network is tried three times.
pub fn upload(to: UploadTo, control: &str, state: impl Fn(UploadState) + 'static) {
    let input = document().get_element_by_id(control).and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some((input, list)) = input.and_then(|input| input.files().map(|list| (input, list))) else { return };
    let files: Vec<web_sys::File> = (0..list.length()).filter_map(|index| list.get(index)).collect();
    input.set_value("");
    upload_files(to, files, false, state);
}

/// Sends again what did not get through.
pub fn upload_again(to: UploadTo, state: impl Fn(UploadState) + 'static) {
    let files = LOST.with_borrow_mut(|lost| {
        let index = lost.iter().position(|(other, _)| *other == to)?;
        Some(lost.swap_remove(index).1)
    });
    // Some of them may have got through before.
    upload_files(to, files.unwrap_or_default(), true, state);
}

fn upload_files(to: UploadTo, files: Vec<web_sys::File>, mut stored: bool, state: impl Fn(UploadState) + 'static) {
    let count = files.len();
    if count == 0 {
        return;
    }
    spawn_local(async move {
        for (index, file) in files.iter().enumerate() {
            let name = file.name();
            state(UploadState::Sending { name: name.clone(), number: index + 1, count });
            match upload_one(&to, file).await {
                Some(Ok(())) => stored = true,
                Some(Err(message)) => {
                    state(UploadState::Refused { name, message });
                }
                None => {
                    let left = files[index..].to_vec();
                    state(UploadState::Lost { name, left: left.len() });
                    LOST.with_borrow_mut(|lost| lost.push((to, left)));
                    return;
                }
            }
        }
        state(UploadState::Done { stored });
    });
}

/// `None`: it did not get through.
async fn upload_one(to: &UploadTo, file: &web_sys::File) -> Option<Result<(), String>> {
    for pause in [1_000, 3_000, 0] {
        let form = multipart(to, file).ok()?;
        let request = Request::post(&to.url).header("Accept", "application/json").body(form).ok()?;
        match request.send().await {
            Ok(response) if !matches!(response.status(), 502..=504) => return Some(read(response).await.map(drop)),
            _ if pause > 0 => wait(pause).await,
            _ => {}
        }
    }
    None
}

fn multipart(to: &UploadTo, file: &web_sys::File) -> Result<web_sys::FormData, JsValue> {
    let form = web_sys::FormData::new()?;
    form.append_with_str("path", &to.path)?;
    form.append_with_str("page", &to.page)?;
    form.append_with_blob_and_filename("file", file, &file.name())?;
    Ok(form)
}

pub async fn wait(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Listens for changes of a case until the page is left; where no stream can be had, asks again every 30 seconds.
pub fn watch_case(number: String, changed: Callback<u32>) {
    let source = StoredValue::new_local(EventSource::new(&format!("/cases/{number}/live")).ok());
    let polling = StoredValue::new(None::<IntervalHandle>);
    on_cleanup(move || {
        // Dropping the source closes the stream.
        drop(source.try_update_value(Option::take));
        if let Some(handle) = polling.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    });
    let stream = source.try_update_value(|source| source.as_mut()?.subscribe("version").ok()).flatten();
    spawn_local(async move {
        if let Some(mut stream) = stream {
            // The browser itself connects again; an error that gets here is the end.
            while let Some(Ok((_, message))) = stream.next().await {
                if let Some(version) = message.data().as_string().and_then(|text| text.parse().ok()) {
                    changed.try_run(version);
                }
            }
        }
        if source.is_disposed() {
            return;
        }
        let ask = move || changed.try_run(u32::MAX).unwrap_or_default();
        let every = set_interval_with_handle(ask, Duration::from_secs(30)).ok();
        polling.try_set_value(every);
    });
}
