//! What a resident can ask of us about the own data.

use domain::data::{DataPart, DataView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_data;
use crate::cases::Said;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{
    Actions, BackLink, Button, ButtonKind, Checkbox, Choice, Disclosure, LinkButton, Page, PageTitle, Panel,
    SampleMark, Select, TextArea,
};

/// `/me/data`
#[component]
pub fn DataPage() -> impl IntoView {
    view! {
        <Title text="我的信息" />
        <ResidentLayout>
            <Page>{load(|| (), |()| fetch_data(), show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: DataView) -> AnyView {
    let DataView { copy, flash } = view;
    let kept: Vec<_> = copy.cases.iter().map(kept).collect();
    let has_cases = !kept.is_empty();
    view! {
        <Said flash=flash />
        <BackLink href="/me" text="返回我的" />
        <PageTitle title="我的信息" lead="您的信息归您管：可以看、可以拿走、可以要求改，能删的可以删。" />
        <Panel title="看全部、拿走一份">
            <p>"这里存着的、和您有关的全部内容。"</p>
            <Actions>
                <LinkButton href="/me/data/copy">"看全部"</LinkButton>
                <LinkButton href="/me/data/copy.json" kind=ButtonKind::Secondary attr:rel="external">
                    "下载（给电脑读的格式）"
                </LinkButton>
            </Actions>
        </Panel>
        {correct(&copy.cases)}
        {has_cases
            .then(|| {
                view! {
                    <Panel title="办件保存到哪天">
                        <SampleMark />
                        <p>"办过的事，法律要求保存一段时间，好让您和单位以后查得到，所以现在不能删。到期后，系统自动去掉里面的个人信息。"</p>
                        <ul>{kept}</ul>
                    </Panel>
                }
            })}
        {close()}
    }
    .into_any()
}

fn kept(case: &DataPart) -> AnyView {
    view! {
        <li>
            <a href=format!("/cases/{}", case.number)>{case.item.clone()}</a>
            {format!("：{}", case.kept)}
        </li>
    }
    .into_any()
}

fn correct(cases: &[DataPart]) -> AnyView {
    let choices: Vec<Choice> = cases
        .iter()
        .map(|case| Choice::new(case.number.clone(), format!("{}（{}）", case.item, case.number)))
        .collect();
    let of_case = (!choices.is_empty()).then(|| {
        view! {
            <p>"交上去的表里有错的，写在这里，办理部门会看到并答复您。"</p>
            <PostForm action="/me/data/correct">
                <Select path="number" label="哪件事" choices=choices value=String::new() />
                <TextArea path="words" label="哪里错了，应该是什么" value=String::new() rows=3 maxlength=400 />
                <Button kind=ButtonKind::Secondary>"请办理部门更正"</Button>
            </PostForm>
        }
    });
    view! {
        <Panel title="改错">
            <p>"手机号、姓名这些账号里的，" <a href="/me">"在“我的”里直接改"</a> "。家人和材料也是随时可以改、可以删。"</p>
            {of_case}
        </Panel>
    }
    .into_any()
}

fn close() -> AnyView {
    view! {
        <Disclosure summary="删掉草稿，注销账号">
            <p>
                "会马上删掉：没交的草稿、留着的材料、家人、授权，还有账号本身。交上去的办件要保存到上面写的日子，删不了；以后凭回执上的编号和手机号后四位还能查。"
            </p>
            <PostForm action="/me/data/close">
                <Checkbox path="sure" label="我知道了，删掉找不回来" checked=Signal::stored(false) />
                <Button kind=ButtonKind::Danger>"删掉并注销"</Button>
            </PostForm>
        </Disclosure>
    }
    .into_any()
}
