//! What a resident can ask of us about the own data.

use domain::cases::Flash;
use domain::data::{DataHome, KeptCase};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_data_home;
use crate::cases::{Said, wrong};
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
            <Page>{load(|| (), |()| fetch_data_home(), show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: DataHome) -> AnyView {
    let DataHome { cases, real, flash } = view;
    let kept: Vec<_> = cases.iter().map(kept).collect();
    let has_cases = !kept.is_empty();
    let correct = correct(&cases, real, &flash);
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
        {correct}
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

fn kept(case: &KeptCase) -> AnyView {
    view! {
        <li>
            <a href=format!("/cases/{}", case.number)>{case.item.clone()}</a>
            {format!("：{}", case.kept)}
        </li>
    }
    .into_any()
}

fn correct(cases: &[KeptCase], real: bool, flash: &Flash) -> AnyView {
    // After it was sent nothing of it is left to be put right.
    let typed = |path: &str| if flash.good { String::new() } else { flash.entries.get(path).to_owned() };
    let (number, words) = (typed("number"), typed("words"));
    let (number_wrong, words_wrong) = (wrong(&flash.findings, "number"), wrong(&flash.findings, "words"));
    let name = if real {
        "实名的姓名和身份证号码是公安机关登记的，有错请先到派出所改，改好后再来实名一次。"
    } else {
        "姓名和身份证号码，实名以后才有。"
    };
    let choices: Vec<Choice> = cases
        .iter()
        .map(|case| Choice::new(case.number.clone(), format!("{}（{}）", case.item, case.number)))
        .collect();
    let of_case = (!choices.is_empty()).then(|| {
        view! {
            <p>"交上去的表里有错的，写在这里，办理部门会看到并答复您。"</p>
            <PostForm action="/me/data/correct">
                <Select path="number" label="哪件事" choices=choices value=number error=number_wrong />
                <TextArea path="words" label="哪里错了，应该是什么" value=words error=words_wrong rows=3 maxlength=400 />
                <Button kind=ButtonKind::Secondary>"请办理部门更正"</Button>
            </PostForm>
        }
    });
    view! {
        <Panel title="改错">
            <p>
                "手机号，" <a href="/me/phone">"在这里换"</a>
                "。家人和材料，在“我的”里随时可以改、可以删。" {name}
            </p>
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
