//! Taking over what a helper filed, by the code on the receipt.

use domain::cases::Flash;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::cases::{Said, wrong};
use crate::forms::api::last_try;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, Page, PageTitle, TextInput, Width};

/// `/claim`; `?again=1` after a miss.
#[component]
pub fn ClaimPage() -> impl IntoView {
    let query = use_query_map();
    let again = move || query.read().get_str("again").is_some();
    view! {
        <Title text="接管别人替我办的事" />
        <ResidentLayout>
            <Page>{load(again, last_try, show)}</Page>
        </ResidentLayout>
    }
}

fn show(flash: Flash) -> AnyView {
    let (code, tail) = (flash.entries.get("code").to_owned(), flash.entries.get("tail").to_owned());
    let (code_wrong, tail_wrong) = (wrong(&flash.findings, "code"), wrong(&flash.findings, "tail"));
    view! {
        <Said flash=flash />
        <PageTitle
            title="接管别人替我办的事"
            lead="别人替您办的，回执上有领取码。填了以后，这件事就归您自己看、自己管，替您办的人不能再打开。"
        />
        <PostForm action="/claim">
            <TextInput
                path="code"
                label="领取码"
                hint="回执上“领取码”后面的8位字母和数字，大小写不用管。只能用一次。"
                value=code
                error=code_wrong
                maxlength=20
                width=Width::Medium
            />
            <TextInput
                path="tail"
                label="手机号后四位"
                hint="申请表上申请人手机号的最后4位数字"
                value=tail
                error=tail_wrong
                inputmode="numeric"
                maxlength=12
                width=Width::Short
            />
            <Actions>
                <Button>"接管"</Button>
            </Actions>
        </PostForm>
    }
    .into_any()
}
