//! Giving a mandate; and saying that one is a child's guardian.

use domain::forms::Definition;
use domain::mandates::{MandatesView, guardian_form, mandate_form};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_mandates;
use crate::cases::Said;
use crate::forms::{Answers, plain_questions};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, Page, PageTitle};

/// `/me/mandates/new?item=…`
#[component]
pub fn GivePage() -> impl IntoView {
    let query = use_query_map();
    let item = move || query.read().get("item").unwrap_or_default();
    view! {
        <Title text="让别人替我办" />
        <ResidentLayout>
            <Page>{load(item, |item| fetch_mandates(item, "new".to_owned()), show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: MandatesView) -> AnyView {
    let item = view.item.as_ref().map(|(code, name)| (code.as_str(), name.as_str()));
    let (form, code) = (mandate_form(item), item.map(|(code, _)| code.to_owned()).unwrap_or_default());
    let lead = "对方要有自己的手机号，登录通办以后才能替您办。身份证不用给他（她）。";
    page(view, ("让别人替我办", lead), form, ("/me/mandates".to_owned(), code), "同意授权")
}

/// `/me/mandates/guardian`
#[component]
pub fn GuardianPage() -> impl IntoView {
    view! {
        <Title text="给孩子办" />
        <ResidentLayout>
            <Page>{load(|| (), |()| fetch_mandates(String::new(), "guardian".to_owned()), show_guardian)}</Page>
        </ResidentLayout>
    }
}

fn show_guardian(view: MandatesView) -> AnyView {
    let lead = "登记一次，以后填孩子的表，姓名和身份证号码就不用再填了。孩子满18岁，自动失效。";
    let to = ("/me/mandates/guardian".to_owned(), String::new());
    page(view, ("给没满18岁的孩子办", lead), guardian_form(), to, "登记")
}

fn page(
    view: MandatesView,
    (title, lead): (&'static str, &'static str),
    form: Definition,
    (action, item): (String, String),
    word: &'static str,
) -> AnyView {
    let MandatesView { today, flash, .. } = view;
    let answers = Answers::new(flash.entries.clone(), flash.findings.clone());
    view! {
        <Said flash=flash />
        <BackLink href="/me/mandates" text="返回代办授权" />
        <PageTitle title=title lead=lead />
        <PostForm action=action>
            <input type="hidden" name="_item" value=item />
            {plain_questions(form, answers, today)}
            <Actions>
                <Button>{word}</Button>
            </Actions>
        </PostForm>
    }
    .into_any()
}
