//! The proof of the name, and what it finds.

use domain::residents::{FoundView, RealNameView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_real_name;
use crate::cases::{Said, wrong};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{
    Actions, BackLink, Button, ButtonKind, Checkboxes, Choice, Page, PageTitle, Panel, SummaryList, SummaryRow,
    TextInput, Width,
};

/// `/me/real-name`
#[component]
pub fn RealNamePage() -> impl IntoView {
    let query = use_query_map();
    let again = move || query.read().get_str("again").is_some();
    view! {
        <Title text="实名"/>
        <ResidentLayout>
            <Page>
                <BackLink href="/me" text="我的"/>
                {load(again, fetch_real_name, show)}
            </Page>
        </ResidentLayout>
    }
}

fn show(view: RealNameView) -> AnyView {
    let RealNameView { flash, name, id_number, city, twin, found } = view;
    if !name.is_empty() {
        return view! {
            <Said flash=flash/>
            <PageTitle title="您的账号已经实名"/>
            <SummaryList>
                <SummaryRow term="姓名">{name}</SummaryRow>
                <SummaryRow term="身份证号码">{id_number}</SummaryRow>
            </SummaryList>
            {cases(found)}
        }
        .into_any();
    }
    let entry = |path: &str| flash.entries.get(path).to_owned();
    let (name, number) = (entry("name"), entry("id_number"));
    let (name_wrong, number_wrong) = (wrong(&flash.findings, "name"), wrong(&flash.findings, "id_number"));
    view! {
        <Said flash=flash/>
        <PageTitle
            title="实名"
            lead="填身份证上的姓名和号码，和公安登记的核对。通过以后，您在窗口办过的也能在这里看到。"
        />
        {twin
            .then(|| {
                view! {
                    <p>"这个身份证号码在您的另一个账号里实名过：" <a href="/me/merge">"合并成一个账号"</a></p>
                }
            })}
        <PostForm action="/me/real-name">
            <TextInput path="name" label="姓名" value=name error=name_wrong autocomplete="name" maxlength=60 width=Width::Medium/>
            <TextInput
                path="id_number"
                label="身份证号码"
                hint="18位，最后一位可能是X。只用来核对是您本人，加密保存。"
                value=number
                error=number_wrong
                maxlength=30
                width=Width::Long
            />
            <Actions>
                <Button>"核对"</Button>
            </Actions>
        </PostForm>
        {city.then(by_city)}
    }
    .into_any()
}

/// A plain form, also with script: it leaves this site.
fn by_city() -> AnyView {
    view! {
        <Panel title="有城市统一身份认证的账号？">
            <form method="post" action="/sign-in/city">
                <input type="hidden" name="for" value="real-name"/>
                <Actions>
                    <Button kind=ButtonKind::Secondary>"用城市统一身份认证来实名"</Button>
                </Actions>
            </form>
        </Panel>
    }
    .into_any()
}

/// What was asked for elsewhere with the same identity number.
fn cases(found: FoundView) -> AnyView {
    let choices: Vec<Choice> =
        found.own.into_iter().map(|one| Choice { value: one.id, label: one.name, hint: one.more }).collect();
    let others = (found.others > 0).then(|| {
        view! {
            <p>
                {format!("还有{}件办的时候留的是别的手机号。", found.others)}
                "请用办件编号和当时的手机号后四位" <a href="/track">"查到它"</a> "，再归到账号里。"
            </p>
        }
    });
    let unticked: Vec<String> = Vec::new();
    let own = (!choices.is_empty()).then(|| {
        view! {
            <PostForm action="/me/real-name/found">
                <Checkboxes
                    path="found"
                    label="这些也是您的办件吗？"
                    hint="是用您的身份证号码和这个手机号办的。"
                    choices=choices
                    checked=unticked
                    optional=true
                />
                <Actions>
                    <Button>"归到我的账号"</Button>
                </Actions>
            </PostForm>
        }
    });
    view! { {own} {others} }.into_any()
}
