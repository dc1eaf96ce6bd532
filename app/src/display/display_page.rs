//! How pages shall look, each choice with an example.

use domain::display::{Colours, Display, Mode, Size};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_display;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Button, FieldShell, Page, PageTitle, field_id};

/// Key, name, class of the example, example.
type One = (&'static str, &'static str, &'static str, &'static str);

const MODES: [One; 2] = [
    (Mode::Standard.key(), "标准版", "", "内容全"),
    (Mode::Elder.key(), "长辈版", "tb-example tb-example--l", "字大、按钮大，只留常用的"),
];
const SIZES: [One; 3] = [
    (Size::Medium.key(), "标准", "tb-example tb-example--m", "高龄津贴"),
    (Size::Large.key(), "大", "tb-example tb-example--l", "高龄津贴"),
    (Size::Largest.key(), "特大", "tb-example tb-example--xl", "高龄津贴"),
];
const COLOURS: [One; 4] = [
    (Colours::Auto.key(), "跟手机、电脑的设置一样", "", ""),
    (Colours::Light.key(), "浅色", "tb-example tb-example--light", "白底黑字"),
    (Colours::Dark.key(), "深色", "tb-example tb-example--dark", "黑底白字"),
    (Colours::High.key(), "高对比", "tb-example tb-example--high", "黑白最分明，看得最清"),
];

/// `/display`
#[component]
pub fn DisplayPage() -> impl IntoView {
    view! { <ResidentLayout>{load(|| (), |()| fetch_display(), show)}</ResidentLayout> }
}

fn show(display: Display) -> AnyView {
    view! {
        <Title text="字号和颜色"/>
        <Page>
            <PageTitle title="字号和颜色" lead="选好以后按“就这样”。只改这台设备，下次打开还是这样。"/>
            // Not a `PostForm`: `js/display.js` sends it.
            <form method="post" action="/display" class="tb-display">
                <input type="hidden" name="back" value="/display"/>
                {question("mode", "版本", &MODES, display.mode.key())}
                {question("size", "字的大小", &SIZES, display.size.key())}
                {question("colours", "颜色", &COLOURS, display.colours.key())}
                <Button>"就这样"</Button>
            </form>
        </Page>
    }
    .into_any()
}

/// Classes: those of `Radios`, `tb-example` with `--m`, `--l`, `--xl`, `--light`, `--dark`, `--high`.
fn question(name: &'static str, label: &'static str, choices: &'static [One], chosen: &'static str) -> AnyView {
    let one = move |(index, (value, text, class, example)): (usize, &'static One)| {
        let id = if index == 0 { field_id(name) } else { format!("{}--{}", field_id(name), index + 1) };
        let example = (!example.is_empty()).then(|| view! { <span class=*class>{*example}</span> });
        view! {
            <div class="tb-choice">
                <input class="tb-choice__box" type="radio" id=id.clone() name=name value=*value checked=*value == chosen/>
                <label class="tb-choice__label" for=id>{*text} " " {example}</label>
            </div>
        }
    };
    view! {
        <FieldShell path=name label=label group=true>
            <div class="tb-choices">{choices.iter().enumerate().map(one).collect_view()}</div>
        </FieldShell>
    }
    .into_any()
}
