//! Workers' accounts, for administrators.

use domain::cases::Flash;
use domain::staff::{WorkerRow, WorkersView};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::fetch_workers;
use crate::cases::{Said, wrong};
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Button, PageTitle, Panel, SearchBox, Table, TextInput, Width};

/// `/desk/admin/workers`
#[component]
pub fn WorkersPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        let query = query.read();
        (query.get_str("again").is_some(), query.get_str("q").unwrap_or_default().to_owned())
    };
    load(asked, read, show)
}

type Answer = (Framed<WorkersView>, bool);

async fn read((again, sought): (bool, String)) -> Result<Answer, AppError> {
    Ok((fetch_workers(sought).await, again))
}

fn show((answer, again): Answer) -> AnyView {
    let WorkersView { worker, sought, rows, full, may_create, flash } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let flash = if again { flash } else { Flash::default() };
    let row = |row: WorkerRow| {
        let page = format!("/desk/admin/workers/{}", row.id);
        let name = view! { <a href=page>{row.name}</a> }.into_any();
        vec![name, row.login.into_any(), row.office.into_any(), row.state.name().into_any()]
    };
    let none = rows.is_empty().then(|| view! { <p>"没有找到。请检查机构名称或用户名。"</p> });
    let more = full.then(|| view! { <p class="tb-hint">"只显示前200个。请写上机构名称再找。"</p> });
    let body = view! {
        <Said flash=flash.clone() />
        <PageTitle title="工作人员" lead="按机构或用户名查找。点姓名看账号。" />
        <SearchBox action="/desk/admin/workers" label="机构名称、机构代码或用户名" value=sought />
        {none}
        <Table
            caption="工作人员账号"
            caption_hidden=true
            head=vec!["姓名", "用户名", "机构", "状态"]
            rows=rows.into_iter().map(row).collect()
        />
        {more}
        {may_create.then(|| create_panel(&flash))}
    };
    frame("工作人员".to_owned(), worker, body.into_any())
}

fn create_panel(flash: &Flash) -> AnyView {
    let (entries, findings) = (flash.entries.clone(), flash.findings.clone());
    let input = move |path: &'static str, label: &'static str, hint: &'static str| {
        let (value, error) = (entries.get(path).to_owned(), wrong(&findings, path));
        view! { <TextInput path=path label=label hint=hint value=value error=error maxlength=60 width=Width::Long /> }
    };
    view! {
        <Panel title="新建账号" id="create">
            <p>"建好后会得到一个邀请地址，交给本人；密码由本人自己设，您不用、也不能替他设。"</p>
            <PostForm action="/desk/admin/workers">
                {input("login", "用户名", "小写字母、数字或短横线，比如 duofu-2")}
                {input("name", "姓名", "")}
                {input("office", "机构代码", "比如 210103-MZ、210103005")}
                <Button>"新建账号"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
