//! One worker's account, for administrators: invitation, end, rights.

use domain::desk::{GrantView, Role};
use domain::staff::{WorkerPage as View, WorkerState};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::fetch_worker_page;
use crate::cases::{Said, wrong};
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{
    BackLink, Button, ButtonKind, Checkbox, Choice, CopyCode, PageTitle, Panel, Select, SummaryList, SummaryRow, Table,
    TextInput, Width,
};

/// `/desk/admin/workers/{id}`
#[component]
pub fn WorkerPage() -> impl IntoView {
    let params = use_params_map();
    load(move || params.read().get("id").unwrap_or_default(), read, show)
}

async fn read(id: String) -> Result<Framed<View>, AppError> {
    Ok(fetch_worker_page(id).await)
}

fn show(answer: Framed<View>) -> AnyView {
    let view = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let (title, worker) = (view.name.clone(), view.worker.clone());
    let (login, office, state) = (view.login.clone(), view.office.clone(), view.state.name());
    let codes = if view.has_codes { "已绑定手机" } else { "还没有绑定手机" };
    let own = view.own.then(|| view! { <p>"这是您自己的账号，要由另一位管理员来改。"</p> });
    let body = view! {
        <BackLink href="/desk/admin/workers" text="工作人员" />
        <Said flash=view.flash.clone() />
        <PageTitle title=title.clone() />
        <SummaryList>
            <SummaryRow term="用户名">{login}</SummaryRow>
            <SummaryRow term="机构">{office}</SummaryRow>
            <SummaryRow term="状态">{state}</SummaryRow>
            <SummaryRow term="动态码">{codes}</SummaryRow>
        </SummaryList>
        {own}
        {(view.keeps && !view.own).then(|| account_panel(&view))}
        {view.rights.then(|| rights_panels(&view))}
    };
    frame(title, worker, body.into_any())
}

fn account_panel(view: &View) -> AnyView {
    let action = |what: &str| format!("/desk/admin/workers/{}/{what}", view.id);
    let reset = action("reset");
    let address = match (view.state, view.address.is_empty()) {
        (WorkerState::Invited, false) => view! {
            <p>"把这个地址当面交给本人，或者让本人扫一次、抄一次。3天内有效，用一次就失效。"</p>
            <p>
                <CopyCode code=view.address.clone() />
            </p>
        }
        .into_any(),
        (WorkerState::Invited, true) => view! {
            <p>
                <a href=format!("/desk/prove?to=/desk/admin/workers/{}", view.id)>"再输一次密码，看邀请地址"</a>
            </p>
        }
        .into_any(),
        _ => ().into_any(),
    };
    let end = if view.state == WorkerState::Ended {
        view! {
            <PostForm action=action("restore")>
                <Button kind=ButtonKind::Secondary>"恢复账号"</Button>
            </PostForm>
        }
        .into_any()
    } else {
        view! {
            <PostForm action=action("end")>
                <Button kind=ButtonKind::Danger>"停用账号"</Button>
            </PostForm>
        }
        .into_any()
    };
    view! {
        <Panel title="账号">
            {address}
            <p>"忘了密码，给本人一个新的邀请地址，由本人重新设。原来的密码马上失效，手机动态码不变。"</p>
            <PostForm action=reset>
                <Button kind=ButtonKind::Secondary>"让本人重设密码"</Button>
            </PostForm>
            <p>"停用后，这个人在所有设备上马上退出。"</p>
            {end}
        </Panel>
    }
    .into_any()
}

fn rights_panels(view: &View) -> AnyView {
    let id = view.id.clone();
    let row = move |grant: GrantView| {
        let until = grant.until.map(|day| format!("到{day}")).unwrap_or_else(|| "长期".to_owned());
        let items = if grant.items.is_empty() { "全部事项".to_owned() } else { grant.items.join("、") };
        let end = if grant.ended.is_empty() {
            view! {
                <PostForm action=format!("/desk/admin/workers/{id}/grants/{}/end", grant.id)>
                    <Button kind=ButtonKind::Secondary label=format!("收回：{}", grant.role.name())>"收回"</Button>
                </PostForm>
            }
            .into_any()
        } else {
            format!("{}收回", grant.ended).into_any()
        };
        vec![grant.role.name().into_any(), grant.place.into_any(), items.into_any(), until.into_any(), end]
    };
    let rows: Vec<_> = view.grants.iter().cloned().map(row).collect();
    let none = rows.is_empty().then(|| view! { <p>"还没有任何权限。"</p> });
    view! {
        <Panel title="权限">
            {none}
            <Table
                caption="权限"
                caption_hidden=true
                head=vec!["岗位", "范围", "事项", "期限", "操作"]
                rows=rows
            />
        </Panel>
        {(!view.own).then(|| give_panel(view))}
        {(!view.own && view.has_codes).then(|| codes_panel(&view.id))}
    }
    .into_any()
}

fn give_panel(view: &View) -> AnyView {
    let (entries, findings) = (view.flash.entries.clone(), view.flash.findings.clone());
    let action = format!("/desk/admin/workers/{}/grants", view.id);
    let roles: Vec<Choice> = Role::ALL.into_iter().map(|role| Choice::new(role.key(), role.name())).collect();
    let value = |path: &str| entries.get(path).to_owned();
    let at = if value("at").is_empty() { view.office_code.clone() } else { value("at") };
    let (role, below) = (value("role"), value("below") == "yes");
    let (role_wrong, at_wrong) = (wrong(&findings, "role"), wrong(&findings, "at"));
    let input = move |path: &'static str, label: &'static str, hint: &'static str, kind: &'static str| {
        let (value, error) = (entries.get(path).to_owned(), wrong(&findings, path));
        view! {
            <TextInput path=path label=label hint=hint value=value error=error kind=kind optional=true maxlength=500 width=Width::Long />
        }
    };
    view! {
        <Panel title="给权限">
            <PostForm action=action>
                <Select path="role" label="岗位" choices=roles value=role error=role_wrong width=Width::Long />
                <TextInput
                    path="at"
                    label="范围"
                    hint="机构代码或地区代码，比如 210103-MZ、210103005、210103"
                    value=at
                    error=at_wrong
                    maxlength=30
                    width=Width::Long
                />
                <Checkbox path="below" label="也包括下面的机构" checked=below />
                {input("items", "只限这些事项", "事项编码，用空格隔开；不填就是全部事项", "text")}
                {input("from", "从哪天开始", "不填就是现在", "date")}
                {input("until", "到哪天为止", "不填就是长期", "date")}
                {input("reason", "为什么", "给管理员岗位或全市范围时必填，另一位管理员批准时会看到", "text")}
                <Button>"给权限"</Button>
            </PostForm>
            <p class="tb-hint">"给管理员岗位或全市范围的权限，要另一位管理员批准后才生效。"</p>
        </Panel>
    }
    .into_any()
}

fn codes_panel(id: &str) -> AnyView {
    let action = format!("/desk/admin/workers/{id}/forget-codes");
    view! {
        <Panel title="手机和恢复码都丢了">
            <p>"确认是本人以后再按。按了以后，本人下次登录时重新绑定手机，登记过的通行密钥也都作废。密码由系统管理员那边重设。"</p>
            <PostForm action=action>
                <Button kind=ButtonKind::Danger>"解除手机绑定"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
