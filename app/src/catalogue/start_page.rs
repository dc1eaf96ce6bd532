//! The last page before the form: what to have at hand, how long it takes, how to stop and go on later.

use domain::catalogue::{ItemGuide, SampleFact};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::fetch_item;
use super::guide_parts::{KeyFacts, MarkOf, Materials, NotOnline};
use super::words;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::mandates::api::fetch_held;
use crate::post::PostForm;
use crate::ui::{BackLink, Button, ButtonKind, Page, PageTitle, Panel};

/// `/items/{code}/apply`
#[component]
pub fn StartPage() -> impl IntoView {
    let params = use_params_map();
    let key = move || params.read().get("code").unwrap_or_default();
    view! { <ResidentLayout>{load(key, read, show)}</ResidentLayout> }
}

/// The guide, and for whom the visitor may apply: the mandate and the name.
type Start = (ItemGuide, Vec<(String, String)>);

async fn read(code: String) -> Result<Start, AppError> {
    Ok((fetch_item(code.clone()).await?, fetch_held(code).await?))
}

fn show((guide, held): Start) -> AnyView {
    let brief = guide.brief.clone();
    let body = if brief.has_form { ready(guide, held) } else { elsewhere(guide) };
    view! {
        <Title text=format!("开始办理：{}", brief.everyday)/>
        <Page>
            <BackLink href=format!("/items/{}", brief.code) text="返回办事指南"/>
            <PageTitle title=brief.everyday caption="开始办理"/>
            {body}
        </Page>
    }
    .into_any()
}

fn elsewhere(guide: ItemGuide) -> AnyView {
    let href = format!("/items/{}", guide.brief.code);
    view! {
        <NotOnline guide/>
        <p><a href=href>"看看要带什么、多久办好"</a></p>
    }
    .into_any()
}

fn ready(guide: ItemGuide, held: Vec<(String, String)>) -> AnyView {
    let code = guide.brief.code.clone();
    let check = guide.has_check.then(|| {
        let href = format!("/items/{code}/check");
        view! { <p>"还不知道能不能办？"<a href=href>"先答几个小问题看看"</a>"。"</p> }
    });
    let at_hand = at_hand(&guide);
    let mut times = words::times(&guide);
    times.push(format!("由{}决定。", guide.decider));
    let times = times.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let sample = guide.sample.clone();
    view! {
        <KeyFacts guide/>
        {check}
        <Panel title="填表前，把这些放在手边">{at_hand}</Panel>
        <Panel title="要多久，谁决定">
            <MarkOf sample facts=&[SampleFact::Times, SampleFact::Decider]/>
            <ul>{times}</ul>
        </Panel>
        <Panel title="填一半可以停">
            <ul>
                <li>"每填完一页，内容就存好了。关掉也不要紧。"</li>
                <li>"还用这台设备：打开首页，点“接着填”。请在两周之内回来。"</li>
                <li>
                    "换一台手机或电脑：填表时点“换个手机接着填”，拿到代码，再到"<a href="/resume">"这里输入代码"</a>"。"
                </li>
            </ul>
        </Panel>
        <PostForm action=format!("/items/{code}/apply") class="tb-start">
            <Button>"开始填表"</Button>
            <p class="tb-hint">"现在还没有提交。全部填完、您自己看过一遍以后，才会送出去。"</p>
        </PostForm>
        {in_stead(&code, held)}
    }
    .into_any()
}

/// A button for each person for whom one may apply; else the way to let somebody.
fn in_stead(code: &str, held: Vec<(String, String)>) -> AnyView {
    let one = |(mandate, name): (String, String)| {
        view! {
            <PostForm action=format!("/items/{code}/apply")>
                <input type="hidden" name="mandate" value=mandate/>
                <Button kind=ButtonKind::Secondary>{format!("替{name}填")}</Button>
            </PostForm>
        }
    };
    let held = held.into_iter().map(one).collect_view();
    view! {
        {held}
        <p>"自己办不方便？"<a href=format!("/me/mandates/new?item={code}")>"让家里人替我办"</a></p>
    }
    .into_any()
}

fn at_hand(guide: &ItemGuide) -> AnyView {
    let has_files = words::asked(&guide.materials).next().is_some();
    view! {
        <p>"申请人的姓名、身份证号码和手机号码。"</p>
        {has_files
            .then(|| {
                view! {
                    <MarkOf sample=guide.sample.clone() facts=&[SampleFact::Materials]/>
                    <p>"还有这些，填表时用手机拍照就行："</p>
                    <Materials materials=guide.materials.clone()/>
                }
            })}
    }
    .into_any()
}
