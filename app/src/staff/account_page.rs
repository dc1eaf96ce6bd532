//! A worker's own account.

use domain::cases::Flash;
use domain::staff::{AccountView, DeviceView, PasskeyView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::fetch_account;
use crate::cases::{Said, wrong};
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, Notice, NoticeKind, PageTitle, Panel, Table, TextInput, Width};

/// `/desk/account`
#[component]
pub fn AccountPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        let query = query.read();
        (query.get_str("again").is_some(), query.get_str("done").unwrap_or_default().to_owned())
    };
    load(asked, read, show)
}

type Answer = (Framed<AccountView>, bool, String);

async fn read((again, done): (bool, String)) -> Result<Answer, AppError> {
    Ok((fetch_account().await, again, done))
}

fn show((answer, again, done): Answer) -> AnyView {
    let AccountView { worker, login, devices, codes_left, passkeys, takes_passkeys, flash } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let flash = if again { flash } else { Flash::default() };
    let done = match done.as_str() {
        "password" => Some("密码改好了。其他设备都已退出，请用新密码重新登录。"),
        "code" => Some("换好了。以后登录，请看新手机上的动态码。"),
        "passkey" => Some("登记好了。以后登录，可以用通行密钥代替动态码。"),
        "passkey-gone" => Some("删掉了。这个通行密钥不能再用来登录。"),
        _ => None,
    };
    let body = view! {
        <Said flash=flash.clone() />
        {done
            .map(|text| {
                view! {
                    <Notice kind=NoticeKind::Success live=true>
                        <p>{text}</p>
                    </Notice>
                }
            })}
        <PageTitle title="我的账号" lead=format!("用户名：{login}") />
        {devices_panel(devices)}
        {codes_panel(codes_left)}
        {passkeys_panel(passkeys, takes_passkeys)}
        {password_panel(&flash)}
    };
    frame("我的账号".to_owned(), worker, body.into_any())
}

fn devices_panel(devices: Vec<DeviceView>) -> AnyView {
    let row = |device: DeviceView| {
        let words = if device.this { format!("{}（这台）", device.words) } else { device.words.clone() };
        let shown = words.clone();
        let action = format!("/desk/account/devices/{}/end", device.id);
        let button = view! {
            <PostForm action=action>
                <Button kind=ButtonKind::Secondary label=format!("退出这台设备：{words}")>"退出这台设备"</Button>
            </PostForm>
        };
        vec![shown.into_any(), device.since.into_any(), device.seen.into_any(), button.into_any()]
    };
    view! {
        <Panel title="登录着的设备">
            <p>"不认识的设备，马上退出它，再改密码。"</p>
            <Table
                caption="登录着的设备"
                caption_hidden=true
                head=vec!["设备", "登录时间", "最近使用", "操作"]
                rows=devices.into_iter().map(row).collect()
            />
        </Panel>
    }
    .into_any()
}

fn codes_panel(codes_left: u64) -> AnyView {
    view! {
        <Panel title="动态码和恢复码">
            <p>"换了手机，先在旧手机还能用的时候在这里换。"</p>
            <PostForm action="/desk/account/code">
                <Button kind=ButtonKind::Secondary>"换一部手机"</Button>
            </PostForm>
            <p>{format!("恢复码还剩{codes_left}个。重新生成后，以前的都不能用了。")}</p>
            <PostForm action="/desk/account/recovery">
                <Button kind=ButtonKind::Secondary>"重新生成恢复码"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}

fn passkeys_panel(passkeys: Vec<PasskeyView>, possible: bool) -> AnyView {
    let row = |passkey: PasskeyView| {
        let action = format!("/desk/account/passkeys/{}/remove", passkey.id);
        let label = format!("删掉通行密钥：{}", passkey.name);
        let button = view! {
            <PostForm action=action>
                <Button kind=ButtonKind::Secondary label=label>"删掉"</Button>
            </PostForm>
        };
        let used = if passkey.used.is_empty() { "还没用过".to_owned() } else { passkey.used };
        vec![passkey.name.into_any(), passkey.since.into_any(), used.into_any(), button.into_any()]
    };
    let table = (!passkeys.is_empty()).then(|| {
        view! {
            <Table
                caption="通行密钥"
                caption_hidden=true
                head=vec!["名字", "登记日期", "最近使用", "操作"]
                rows=passkeys.into_iter().map(row).collect()
            />
        }
    });
    let add = if possible {
        view! {
            <PostForm action="/desk/account/passkeys">
                <Button kind=ButtonKind::Secondary>"登记一个通行密钥"</Button>
            </PostForm>
        }
        .into_any()
    } else {
        view! { <p>"现在的网址用不了通行密钥，要用单位公布的正式网址。"</p> }.into_any()
    };
    view! {
        <Panel title="通行密钥">
            <p>
                "登录时输完密码，用电脑、手机的指纹、面容或者锁屏密码，或者安全密钥来确认，不用再输动态码。不认识的，马上删掉。"
            </p>
            {table}
            {add}
        </Panel>
    }
    .into_any()
}

fn password_panel(flash: &Flash) -> AnyView {
    let findings = flash.findings.clone();
    let input = move |path: &'static str, label: &'static str, hint: &'static str, autocomplete: &'static str| {
        view! {
            <TextInput
                path=path
                label=label
                hint=hint
                value=String::new()
                error=wrong(&findings, path)
                kind="password"
                autocomplete=autocomplete
                maxlength=1000
                width=Width::Long
            />
        }
    };
    let hint = "至少15个字符，可以有空格。几个互不相干的词连起来，好记又难猜。可以粘贴。";
    view! {
        <Panel title="修改密码" id="password">
            <PostForm action="/desk/account/password">
                {input("old", "现在的密码", "", "current-password")}
                {input("new", "新密码", hint, "new-password")}
                {input("again", "再输一次新密码", "", "new-password")}
                <Button>"修改密码"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
