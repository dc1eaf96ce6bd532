//! What the check says, and what to do next.

use domain::catalogue::{ItemBrief, Likelihood, Outlook};
use leptos::prelude::*;

use crate::ui::{Actions, ButtonKind, Icon, IconName, LinkButton};

/// Classes: `tb-outlook`, `tb-outlook--likely`, `--not`, `--ask`, `tb-outlook__title`, `tb-outlook__text`.
#[component]
pub fn OutlookBox(item: ItemBrief, outlook: Outlook) -> impl IntoView {
    let (class, icon, title) = match outlook.then {
        Likelihood::Likely => ("tb-outlook tb-outlook--likely", IconName::Done, "看来您可以办"),
        Likelihood::Not => ("tb-outlook tb-outlook--not", IconName::Warning, "看来现在还不能办"),
        Likelihood::Ask => ("tb-outlook tb-outlook--ask", IconName::Person, "要请工作人员帮您看看"),
    };
    let apply = format!("/items/{}/apply", item.code);
    let further = next_step(&item, outlook.then, apply.clone());
    let start = (item.has_form && outlook.then != Likelihood::Not).then(|| {
        let kind = if outlook.then == Likelihood::Likely { ButtonKind::Primary } else { ButtonKind::Secondary };
        view! { <Actions><LinkButton href=apply kind>"开始办理"</LinkButton></Actions> }
    });
    view! {
        <section class=class>
            <h2 class="tb-outlook__title"><Icon name=icon/>{title}</h2>
            <p class="tb-outlook__text">{outlook.reason}</p>
            {further}
            {start}
        </section>
        <p class="tb-hint">"这是按您的回答估计的，不是正式决定。能不能办，最后由负责的部门决定。"</p>
    }
}

fn next_step(item: &ItemBrief, then: Likelihood, apply: String) -> AnyView {
    match then {
        Likelihood::Likely if item.has_form => ().into_any(),
        Likelihood::Likely => view! {
            <p>"这件事要到现场办。"<a href=format!("/items/{}", item.code)>"看看到哪里办、带什么"</a></p>
        }
        .into_any(),
        Likelihood::Ask => view! {
            <p>"请到就近的社区窗口问一问，或者打市民热线 "<a href="tel:12345">"12345"</a>"。您也可以先申请。"</p>
        }
        .into_any(),
        Likelihood::Not => {
            let anyway = item.has_form.then(|| view! { "；您也"<a href=apply>"可以照样申请"</a> });
            view! {
                <p><a href="/items">"看看有没有别的事能帮到您"</a></p>
                <p>"情况和上面说的不一样？请到社区窗口问一问"{anyway}"。"</p>
            }
            .into_any()
        }
    }
}
