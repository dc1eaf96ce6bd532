//! Looking up a case by its number and the last four digits of the phone.

use domain::cases::Flash;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{Said, wrong};
use crate::forms::api::last_try;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, Disclosure, Page, PageTitle, TextInput, Width};

#[component]
pub fn TrackPage() -> impl IntoView {
    let query = use_query_map();
    let again = move || query.read().get_str("again").is_some();
    view! {
        <Title text="查进度" />
        <ResidentLayout>
            <Page>{load(again, last_try, show)}</Page>
        </ResidentLayout>
    }
}

fn show(flash: Flash) -> AnyView {
    let (number, tail) = (flash.entries.get("number").to_owned(), flash.entries.get("tail").to_owned());
    let (number_wrong, tail_wrong) = (wrong(&flash.findings, "number"), wrong(&flash.findings, "tail"));
    view! {
        <Said flash=flash />
        <PageTitle title="查进度" lead="填办件编号和手机号后四位，看看办到哪一步了。" />
        <PostForm action="/track">
            <TextInput
                path="number"
                label="办件编号"
                hint="就是提交后回执上最大的那一行，比如 210103-MZ07-20261122-00017-K。几件事一次办的，填一件事编号。横线和大小写不用管。"
                value=number
                error=number_wrong
                maxlength=60
                width=Width::Long
            />
            <TextInput
                path="tail"
                label="手机号后四位"
                hint="申请时留的那个手机号的最后4位数字"
                value=tail
                error=tail_wrong
                inputmode="numeric"
                maxlength=12
                width=Width::Short
            />
            <Actions>
                <Button>"查进度"</Button>
            </Actions>
        </PostForm>
        <Disclosure summary="编号在哪儿找？">
            <ul>
                <li>"提交成功后的页面上，“办件编号”下面的一行就是。"</li>
                <li>"打印的回执上，二维码旁边也有。用手机扫这个二维码，不用填编号就能看进度。"</li>
                <li>"如果就是用这台手机申请的，" <a href="/">"首页"</a> "上能直接看到您的办件。"</li>
                <li>"都找不到？带上身份证到就近的社区窗口，工作人员帮您查。"</li>
            </ul>
        </Disclosure>
        <Disclosure summary="别人替我办的，想自己管？">
            <p>
                "替您办的人那张回执上有领取码：" <a href="/claim">"用领取码接管"</a>
            </p>
        </Disclosure>
        <Disclosure summary="还没提交，想接着填？">
            <p>
                "用续办码可以接着填没提交的申请：" <a href="/resume">"用续办码继续填"</a>
            </p>
        </Disclosure>
    }
    .into_any()
}
