//! What organisations (承接组织) were contracted for, for who gives rights.

use domain::cases::Flash;
use domain::staff::{ContractView, ContractsView};
use leptos::prelude::*;

use super::api::fetch_contracts;
use crate::cases::{Said, wrong};
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, Disclosure, PageTitle, Panel, SummaryList, SummaryRow, TextInput, Width};

/// `/desk/admin/contracts`
#[component]
pub fn ContractsPage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<ContractsView>, AppError> {
    Ok(fetch_contracts().await)
}

fn show(answer: Framed<ContractsView>) -> AnyView {
    let ContractsView { worker, contracts, flash } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let none = contracts.is_empty().then(|| view! { <p>"还没有登记过合同。"</p> });
    let body = view! {
        <Said flash=flash.clone() />
        <PageTitle
            title="承接合同"
            lead="承接组织的窗口只能收合同里写明的事、写明的地区、写明的日子里的申请。合同之外，给了岗位也不管用。"
        />
        {none}
        {contracts.into_iter().map(|contract| one(contract, &flash)).collect_view()}
        {create(&flash)}
    };
    frame("承接合同".to_owned(), worker, body.into_any())
}

fn one(contract: ContractView, flash: &Flash) -> AnyView {
    let rename = rename(&contract, flash);
    let ContractView { id, office, items, areas, term, state, open } = contract;
    let label = format!("今天就结束：{office}，{term}");
    let end = open.then(|| {
        view! {
            <Disclosure summary="提前结束">
                <PostForm action=format!("/desk/admin/contracts/{id}/end")>
                    <p>"结束以后，这家组织的人马上不能再收这些事。交上来的办件不受影响，由办理部门接着办。"</p>
                    <Button kind=ButtonKind::Danger label=label>"今天就结束"</Button>
                </PostForm>
            </Disclosure>
        }
    });
    view! {
        <Panel title=office>
            <SummaryList>
                <SummaryRow term="现在">{state}</SummaryRow>
                <SummaryRow term="期限">{term}</SummaryRow>
                <SummaryRow term="能收的事">{items.join("、")}</SummaryRow>
                <SummaryRow term="哪些地区的">{areas.join("、")}</SummaryRow>
            </SummaryList>
            {rename}
            {end}
        </Panel>
    }
    .into_any()
}

/// Open where something of it is wrong.
fn rename(contract: &ContractView, flash: &Flash) -> AnyView {
    let (id, path) = (contract.id.clone(), ContractView::name_path(&contract.id));
    let (error, typed) = (wrong(&flash.findings, &path), flash.entries.get(&path).to_owned());
    let open = error.is_some();
    let value = if open { typed } else { contract.office.clone() };
    let label = format!("改名称：{}", contract.office);
    view! {
        <Disclosure summary="名称写错了" open=open>
            <PostForm action=format!("/desk/admin/contracts/{id}/name")>
                <TextInput
                    path=path
                    label="组织全称"
                    hint="改了以后，这家组织的所有合同和办件都用新的名称"
                    value=value
                    error=error
                    maxlength=40
                    width=Width::Long
                />
                <Button kind=ButtonKind::Secondary label=label>"改名称"</Button>
            </PostForm>
        </Disclosure>
    }
    .into_any()
}

fn create(flash: &Flash) -> AnyView {
    // After it was added nothing of it is left to be put right.
    let entries = if flash.good { Default::default() } else { flash.entries.clone() };
    let findings = flash.findings.clone();
    let input = move |path: &'static str, kind: &'static str, label: &'static str, hint: &'static str| {
        let (value, error) = (entries.get(path).to_owned(), wrong(&findings, path));
        let width = if kind == "date" { Width::Medium } else { Width::Long };
        view! { <TextInput path=path kind=kind label=label hint=hint value=value error=error maxlength=600 width=width /> }
    };
    view! {
        <Panel title="登记一份合同" id="create">
            <PostForm action="/desk/admin/contracts">
                {input("office", "text", "承接组织的机构代码", "比如 210103-ZZ01")}
                {input("name", "text", "组织全称", "第一次登记这家组织才要写")}
                {input("items", "text", "能收的事", "事项编码，用空格隔开，比如 MZ07 MZ09")}
                {input("areas", "text", "哪些地区的", "地区代码，用空格隔开，下面的街道、社区都算，比如 210103005")}
                {input("from", "date", "从哪天", "")}
                {input("until", "date", "到哪天", "")}
                <Button>"登记"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
