//! What the demo sends to nobody's phone: the short messages, and the codes of its workers.

use domain::sms::SmsView;
use domain::staff::DemoCode;
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_inbox;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::staff::api::fetch_demo_codes;
use crate::staff::demo_codes;
use crate::ui::{Page, PageTitle, Panel};

/// `/inbox`
#[component]
pub fn InboxPage() -> impl IntoView {
    view! {
        <Title text="演示短信" />
        <ResidentLayout>
            <Page>{load(|| (), read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read((): ()) -> Result<(Vec<SmsView>, Vec<DemoCode>), AppError> {
    Ok((fetch_inbox().await?, fetch_demo_codes().await?))
}

fn show((list, codes): (Vec<SmsView>, Vec<DemoCode>)) -> AnyView {
    let none = list.is_empty().then(|| view! { <p>"还没有短信。办件有了进展，这里就会出现。"</p> });
    let one = |sms: SmsView| {
        let state = if sms.sent { "已发出" } else { "等着发（晚上9点到早上8点不发）" };
        view! {
            <Panel title=sms.phone>
                <p>{sms.text}</p>
                <p class="tb-hint">{sms.at} " · " {state}</p>
            </Panel>
        }
    };
    view! {
        <PageTitle title="演示短信" lead="演示时短信不会真的发出去，都在这里。" />
        {demo_codes(codes)}
        {none}
        {list.into_iter().map(one).collect_view()}
    }
    .into_any()
}
