//! The first page of a kiosk, and the ways to something printed.

use domain::cases::DraftBrief;
use domain::kiosk::KioskHome;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_kiosk;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, LinkButton, Notice, NoticeKind, Page, PageTitle, Panel};

/// Name, what is behind it, address.
type Way = (&'static str, &'static str, &'static str);

const WAYS: [Way; 4] = [
    ("我要办事", "找到要办的事，看要带什么，当场填表", "/items"),
    ("查进度", "用办件编号和手机号后四位", "/track"),
    ("打印", "回执、通知书", "/kiosk/print"),
    ("扫码接着办", "手机上填到一半的，在这里接着填", "/resume"),
];

const PRINTS: [Way; 3] = [
    ("手机上有取码", "在手机上打开办件，按“到自助机上打印”", "/resume"),
    ("有办件编号", "加上手机号后四位", "/track"),
    ("用手机号登录", "登录以后看到自己的全部办件", "/sign-in?for=cases"),
];

/// What was done just now, by the address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Left,
    Called,
}

/// `/kiosk`
#[component]
pub fn StartPage() -> impl IntoView {
    let query = use_query_map();
    let said = move || {
        let query = query.read();
        (query.get_str("left").is_some(), query.get_str("called").is_some())
    };
    view! {
        <Title text="自助机" />
        <ResidentLayout>
            <Page>{load(said, read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read((left, called): (bool, bool)) -> Result<(KioskHome, bool, bool), AppError> {
    Ok((fetch_kiosk().await?, left, called))
}

fn show((home, left, called): (KioskHome, bool, bool)) -> AnyView {
    let said = match (left, called || home.called) {
        (true, _) => Said::Left,
        (false, true) => Said::Called,
        _ => Said::Nothing,
    };
    let KioskHome { office, drafts, signed_in, card, .. } = home;
    let lead = format!("这里是{office}。不会用，就按下面的“呼叫工作人员”。");
    view! {
        {notice(said)}
        <div data-kiosk-start>
            <PageTitle title="您要办什么？" lead=lead />
            {laid(&card)}
            {drafts_here(drafts)}
            <ul class="tb-kiosk__tiles" role="list">{WAYS.map(tile).collect_view()}</ul>
            {(!signed_in).then(sign_in)}
            // What reads a card puts itself here.
            <div data-kiosk-device="card-reader"></div>
        </div>
    }
    .into_any()
}

fn notice(said: Said) -> Option<AnyView> {
    let (key, title, text) = match said {
        Said::Nothing => return None,
        Said::Left => ("left", "请取走身份证和材料", "您填过、看过的内容都从这台机器上清除了。"),
        Said::Called => ("called", "已经呼叫工作人员", "请在这里等一等，马上有人过来。"),
    };
    let view = view! {
        <div data-kiosk-said=key>
            <Notice kind=NoticeKind::Info title=title live=true>
                <p>{text}</p>
            </Notice>
        </div>
    };
    Some(view.into_any())
}

fn laid(card: &str) -> Option<AnyView> {
    let title = format!("身份证读好了：{card}");
    let view = view! {
        <div data-kiosk-card>
            <Notice kind=NoticeKind::Info title=title live=true>
                <p>"请收好身份证。填表时，姓名和号码会自动填上。要看以前办的，还要用手机号和验证码登录。"</p>
            </Notice>
        </div>
    };
    (!card.is_empty()).then(|| view.into_any())
}

/// Classes: `tb-kiosk__tiles`, `tb-kiosk__tile`, `tb-kiosk__tile-title`, `tb-kiosk__tile-text`.
fn tile((title, text, href): Way) -> AnyView {
    view! {
        <li>
            <a class="tb-kiosk__tile" href=href>
                <span class="tb-kiosk__tile-title">{title}</span>
                <span class="tb-kiosk__tile-text">{text}</span>
            </a>
        </li>
    }
    .into_any()
}

fn sign_in() -> AnyView {
    view! {
        <p>
            <LinkButton href="/sign-in" kind=ButtonKind::Secondary>"用手机号和验证码登录"</LinkButton>
        </p>
    }
    .into_any()
}

/// What was begun here and not sent: it goes with who takes it along, or it goes away.
fn drafts_here(drafts: Vec<DraftBrief>) -> Option<AnyView> {
    if drafts.is_empty() {
        return None;
    }
    let one = |draft: DraftBrief| {
        let DraftBrief { id, name, page, saved } = draft;
        view! {
            <li class="tb-kiosk__draft">
                <p>{format!("{name}，{saved}保存")}</p>
                <LinkButton href=format!("/drafts/{id}/pages/{page}")>"接着填"</LinkButton>
                <PostForm action=format!("/drafts/{id}/resume-code")>
                    <Button kind=ButtonKind::Secondary>"带到手机上"</Button>
                </PostForm>
            </li>
        }
    };
    let view = view! {
        <Panel title="没交的">
            <p>"没有交的内容，离开时会清除。想回家接着填，先带到手机上。"</p>
            <ul role="list">{drafts.into_iter().map(one).collect_view()}</ul>
        </Panel>
    };
    Some(view.into_any())
}

/// `/kiosk/print`
#[component]
pub fn PrintPage() -> impl IntoView {
    view! {
        <Title text="打印" />
        <ResidentLayout>
            <Page>
                <PageTitle title="打印什么？" lead="打开办件以后，按“打印凭条，或者打印 A4”；通知书打开以后，按“打印这份文书”。" />
                <ul class="tb-kiosk__tiles" role="list">{PRINTS.map(tile).collect_view()}</ul>
            </Page>
        </ResidentLayout>
    }
}
