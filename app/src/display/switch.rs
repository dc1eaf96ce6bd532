//! The way into the elder mode and back, on every page; offered and explained once each.
//!
//! What is shown depends on the attributes of `html` alone, by the style sheet: a page is the same in every mode, so that
//! `js/display.js` can change the mode without a new page, and nothing that is typed is lost.

use leptos::prelude::*;

use crate::load::here;

/// A form that says how pages shall look. Not a `PostForm`: no page changes by it, only the document's attributes.
#[component]
fn DisplayForm(
    name: &'static str,
    value: &'static str,
    #[prop(optional)] class: &'static str,
    button: &'static str,
    text: &'static str,
) -> impl IntoView {
    view! {
        <form method="post" action="/display" class=class>
            <input type="hidden" name="back" value=here()/>
            <input type="hidden" name=name value=value/>
            <button class=button type="submit">{text}</button>
        </form>
    }
}

/// 长辈版, or back to 标准版.
/// Classes: `tb-switch`, `tb-only-standard`, `tb-only-elder`.
#[component]
pub fn DisplaySwitch() -> impl IntoView {
    view! {
        <DisplayForm name="mode" value="elder" class="tb-only-standard" button="tb-switch" text="长辈版"/>
        <DisplayForm name="mode" value="standard" class="tb-only-elder" button="tb-switch" text="标准版"/>
    }
}

/// For a browser that was told nothing yet. Class: `tb-told`, `tb-told--nothing`.
#[component]
pub fn ElderOffer() -> impl IntoView {
    view! {
        <div class="tb-told tb-told--nothing">
            <p>"字太小、按钮太多？可以换成长辈版：字大，只留常用的。"</p>
            <DisplayForm name="mode" value="elder" button="tb-button" text="换成长辈版"/>
            <DisplayForm name="heard" value="yes" button="tb-button tb-button--quiet" text="不用了"/>
        </div>
    }
}

/// For who has just chosen it for the first time. Class: `tb-told`, `tb-told--chosen`.
#[component]
pub fn ElderExplained() -> impl IntoView {
    view! {
        <div class="tb-told tb-told--chosen" role="status">
            <p>"现在是长辈版：字大、按钮大，只留常用的。想换回来，按右上角的“标准版”。下次打开还是这样。"</p>
            <DisplayForm name="heard" value="yes" button="tb-button" text="知道了"/>
        </div>
    }
}
