//! Another phone for the account.

use domain::residents::PhoneView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_phone;
use super::phone_form::PhoneForm;
use super::prove::ProveAgain;
use crate::cases::{Said, wrong};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, ButtonKind, Page, PageTitle, Panel, SummaryList, SummaryRow};

/// `/me/phone`
#[component]
pub fn PhonePage() -> impl IntoView {
    let query = use_query_map();
    let again = move || query.read().get_str("again").is_some();
    view! {
        <Title text="换手机号"/>
        <ResidentLayout>
            <Page>
                <BackLink href="/me" text="我的"/>
                {load(again, fetch_phone, show)}
            </Page>
        </ResidentLayout>
    }
}

fn show(view: PhoneView) -> AnyView {
    let PhoneView { flash, phone, more_phones, stale, real } = view;
    let typed = flash.entries.get("phone").to_owned();
    let (phone_wrong, number_wrong) = (wrong(&flash.findings, "phone"), wrong(&flash.findings, "id_number"));
    let body = if stale {
        view! { <ProveAgain goal="phone" phone=phone.clone() real=real error=number_wrong/> }.into_any()
    } else {
        view! {
            <PhoneForm
                action="/me/phone"
                label="新的手机号"
                hint="我们给新的手机号发验证码，填对了才换。原来的手机号会收到一条短信通知。"
                typed=(typed, phone_wrong)
                autocomplete="tel-national"
            />
        }
        .into_any()
    };
    let now = if phone.is_empty() { "还没有".to_owned() } else { phone };
    view! {
        <Said flash=flash/>
        <PageTitle title="换手机号"/>
        <SummaryList>
            <SummaryRow term="现在的手机号">{now}</SummaryRow>
        </SummaryList>
        {body}
        {(!more_phones.is_empty()).then(|| more(more_phones))}
    }
    .into_any()
}

/// Phones that came with accounts which were joined to this one.
fn more(phones: Vec<(String, String)>) -> AnyView {
    let one = |(id, phone): (String, String)| {
        let label = format!("不再用它登录：{phone}");
        view! {
            <PostForm action=format!("/me/phones/{id}/drop")>
                <p>{phone}</p>
                <Actions>
                    <Button kind=ButtonKind::Secondary label=label>"不再用它登录"</Button>
                </Actions>
            </PostForm>
        }
    };
    view! {
        <Panel title="也能登录这个账号的手机号">
            <p>"合并账号的时候带过来的。号码不用了、给别人了，请点“不再用它登录”。"</p>
            {phones.into_iter().map(one).collect_view()}
        </Panel>
    }
    .into_any()
}
