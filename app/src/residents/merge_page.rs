//! Two accounts of one person become one.

use domain::residents::{MergeOffer, MergeView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_merge;
use super::phone_form::PhoneForm;
use super::prove::ProveAgain;
use crate::cases::{Said, wrong};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, ButtonKind, LinkButton, Notice, NoticeKind, Page, PageTitle, Panel};

/// `/me/merge`
#[component]
pub fn MergePage() -> impl IntoView {
    let query = use_query_map();
    let again = move || query.read().get_str("again").is_some();
    view! {
        <Title text="合并账号"/>
        <ResidentLayout>
            <Page>
                <BackLink href="/me" text="我的"/>
                {load(again, fetch_merge, show)}
            </Page>
        </ResidentLayout>
    }
}

fn show(view: MergeView) -> AnyView {
    let MergeView { flash, own_phone, twin_phone, twin, offer, stale, real } = view;
    let typed = flash.entries.get("phone").to_owned();
    let (phone_wrong, number_wrong) = (wrong(&flash.findings, "phone"), wrong(&flash.findings, "id_number"));
    let body = match offer {
        _ if stale => view! { <ProveAgain goal="merge" phone=own_phone real=real error=number_wrong/> }.into_any(),
        Some(offer) => consent(offer, own_phone),
        None if twin => twin_form(twin_phone),
        None => view! {
            <PhoneForm
                action="/me/merge/code"
                label="另一个账号的手机号"
                hint="我们给它发验证码，填对了才能合并。"
                typed=(typed, phone_wrong)
            />
        }
        .into_any(),
    };
    view! {
        <Said flash=flash/>
        <PageTitle title="合并账号" lead="您用两个手机号各登录过，就有两个账号。可以合并成一个，办件都在一起。"/>
        {body}
    }
    .into_any()
}

/// The same identity number is proven on both; the phone of the other is not shown to who only knows the number.
fn twin_form(ending: String) -> AnyView {
    view! {
        <Panel title="您的另一个账号" todo=true>
            <p>"同一个身份证号码在另一个账号里实名过。"</p>
            {if ending.is_empty() {
                view! { <p>"那个账号没有手机号。请用城市统一身份认证登录它，或带身份证到社区窗口办。"</p> }.into_any()
            } else {
                view! {
                    <p>{format!("那个账号的手机号最后两位是{ending}。给它发一条验证码短信，确认也是您的。")}</p>
                    <PostForm action="/me/merge/code">
                        <Actions>
                            <Button>"发验证码"</Button>
                        </Actions>
                    </PostForm>
                    <p class="tb-hint">"那个手机号用不了了？请带身份证到就近的社区窗口。"</p>
                }
                    .into_any()
            }}
        </Panel>
    }
    .into_any()
}

fn consent(offer: MergeOffer, own: String) -> AnyView {
    let MergeOffer { other_phone, cases, drafts, devices, names_differ } = offer;
    let account = |phone: String| {
        if phone.is_empty() { "没有手机号的账号".to_owned() } else { format!("账号 {phone}") }
    };
    if names_differ {
        return view! {
            <Notice kind=NoticeKind::Error title="不能合并">
                <p>"两个账号实名的不是同一个人。只能合并同一个人的账号。"</p>
            </Notice>
        }
        .into_any();
    }
    view! {
        <Panel title="合并以后" todo=true>
            <ul>
                <li>{format!("{}里的{cases}件办件、{drafts}份草稿，都到{}里。", account(other_phone.clone()), account(own))}</li>
                <li>"它留着的材料、家人、给出的授权和同意，也都过来。"</li>
                <li>{format!("它登录着的{devices}台设备，也登录合并后的账号。")}</li>
                <li>"两个手机号都能登录合并后的账号。"</li>
                <li>"合并以后不能再分开。"</li>
            </ul>
            <PostForm action="/me/merge">
                <Actions>
                    <Button>"同意，合并"</Button>
                    <LinkButton href="/me" kind=ButtonKind::Secondary>"先不合并"</LinkButton>
                </Actions>
            </PostForm>
        </Panel>
    }
    .into_any()
}
