//! The account: who I am here, and where to go on.

use domain::residents::Me;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_me;
use crate::cases::Said;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Actions, Button, ButtonKind, Notice, NoticeKind, Page, PageTitle, Panel, SummaryList, SummaryRow};

/// `/me`
#[component]
pub fn MePage() -> impl IntoView {
    let query = use_query_map();
    let said = move || query.read().get_str("said").is_some();
    view! {
        <Title text="我的"/>
        <ResidentLayout>
            <Page>{load(said, fetch_me, show)}</Page>
        </ResidentLayout>
    }
}

fn show(me: Me) -> AnyView {
    let twin = me.twin.then(|| {
        view! {
            <Notice kind=NoticeKind::Warning title="您有两个账号">
                <p>"同一个身份证号码在另一个账号里实名过。" <a href="/me/merge">"合并成一个账号"</a></p>
            </Notice>
        }
    });
    let joinable = (me.joinable > 0).then(|| {
        view! {
            <Notice kind=NoticeKind::Info title="这台设备上还有没归到账号的">
                <p>
                    {format!("有{}件。退出以后，这台设备打不开它们。", me.joinable)}
                    <a href="/sign-in/join">"看看是不是您的"</a>
                </p>
            </Notice>
        }
    });
    view! {
        <Said flash=me.flash.clone()/>
        <PageTitle title="我的"/>
        {twin}
        {joinable}
        {entries()}
        {account(&me)}
        <SignOut/>
    }
    .into_any()
}

/// Name, what is behind it, address.
const ENTRIES: [(&str, &str, &str); 7] = [
    ("我的办件和草稿", "办到哪一步、接着填、收到的文书", "/me/cases"),
    ("谁看过我的信息", "哪个单位、什么时候、为什么看", "/me/looks"),
    ("我的材料", "留着的证件照片，下次不用再拍", "/me/documents"),
    ("我的家人", "写一次，填表时直接选", "/me/household"),
    ("代办授权", "让家里人替我办，随时撤回", "/me/mandates"),
    ("我同意过什么", "单独同意，可以撤回", "/me/consents"),
    ("看、改、拿走、删掉我的信息", "存着的全部内容", "/me/data"),
];

fn entries() -> AnyView {
    let row = |(name, more, href): (&'static str, &'static str, &'static str)| {
        view! {
            <li>
                <p>
                    <a href=href>{name}</a>
                    <span class="tb-own__more">{more}</span>
                </p>
            </li>
        }
    };
    view! {
        <Panel>
            <ul class="tb-own" role="list">{ENTRIES.map(row).collect_view()}</ul>
        </Panel>
        <p><a href="/claim">"有领取码？接管别人替我办的事"</a></p>
    }
    .into_any()
}

fn account(me: &Me) -> AnyView {
    let phone = if me.phone.is_empty() { "还没有".to_owned() } else { me.phone.clone() };
    let name = if me.name.is_empty() {
        view! { <a href="/me/real-name">"还没有实名，去实名"</a> }.into_any()
    } else {
        view! {
            <p>{format!("{}，{}，{}通过", me.name, me.id_number, me.real_since)}</p>
            <p><a href="/me/real-name">"找找在窗口办过的事"</a></p>
        }
        .into_any()
    };
    let devices = format!("{}台设备登录着", me.devices);
    view! {
        <Panel title="我的账号">
            <SummaryList>
                <SummaryRow term="手机号" change="/me/phone">{phone}</SummaryRow>
                <SummaryRow term="实名">{name}</SummaryRow>
                <SummaryRow term="别的账号"><a href="/me/merge">"用另一个手机号也登录过？合成一个账号"</a></SummaryRow>
                <SummaryRow term="登录的设备"><a href="/me/devices">{devices}</a></SummaryRow>
            </SummaryList>
        </Panel>
    }
    .into_any()
}

/// A plain form, also with script: the page is left whole.
#[component]
pub(super) fn SignOut() -> impl IntoView {
    view! {
        <form method="post" action="/me/sign-out">
            <Actions>
                <Button kind=ButtonKind::Secondary>"退出登录"</Button>
            </Actions>
        </form>
    }
}
