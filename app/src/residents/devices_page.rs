//! Where the account is signed in.

use domain::residents::{DeviceView, DevicesView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_devices;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Actions, BackLink, Button, ButtonKind, Page, PageTitle, Panel, SummaryList, SummaryRow, Tag, TagKind};

/// `/me/devices`
#[component]
pub fn DevicesPage() -> impl IntoView {
    view! {
        <Title text="登录的设备"/>
        <ResidentLayout>
            <Page>
                <BackLink href="/me" text="我的"/>
                {load(|| (), read, show)}
            </Page>
        </ResidentLayout>
    }
}

async fn read((): ()) -> Result<DevicesView, AppError> {
    fetch_devices().await
}

fn show(view: DevicesView) -> AnyView {
    let several = view.list.len() > 1;
    view! {
        <PageTitle title="登录的设备" lead="不认识的、不再用的，让它退出。退出以后，那台设备看不到您的办件。"/>
        {view.list.into_iter().map(device).collect_view()}
        {several
            .then(|| {
                view! {
                    <form method="post" action="/me/sign-out-everywhere">
                        <Actions>
                            <Button kind=ButtonKind::Danger>"全部退出，包括这一台"</Button>
                        </Actions>
                    </form>
                }
            })}
        <p class="tb-hint">"有您不认识的设备？让它退出，再" <a href="/me/phone">"看看手机号对不对"</a> "。"</p>
    }
    .into_any()
}

fn device(device: DeviceView) -> AnyView {
    let DeviceView { id, words, place, signed_in, seen, shared, here } = device;
    let label = format!("让它退出：{words}");
    view! {
        <Panel title=words>
            {here.then(|| view! { <p><Tag kind=TagKind::Done text="就是这一台"/></p> })}
            <SummaryList>
                <SummaryRow term="登录">{signed_in}</SummaryRow>
                <SummaryRow term="最近使用">{seen}</SummaryRow>
                <SummaryRow term="网络地址开头">{place}</SummaryRow>
                {shared.then(|| view! { <SummaryRow term="公用设备">"半小时不用，自动退出"</SummaryRow> })}
            </SummaryList>
            <form method="post" action=format!("/me/devices/{id}/sign-out")>
                <Actions>
                    <Button kind=ButtonKind::Secondary label=label>"让它退出"</Button>
                </Actions>
            </form>
        </Panel>
    }
    .into_any()
}
