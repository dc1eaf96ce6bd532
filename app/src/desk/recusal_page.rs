//! 回避申报: whose cases this worker leaves to colleagues.

use domain::cases::Flash;
use domain::desk::{RecusalEntry, RecusalView};
use leptos::prelude::*;

use super::api::fetch_recusal;
use super::frame::{Framed, frame, problem};
use crate::cases::{Said, wrong};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, PageTitle, Panel, SummaryList, SummaryRow, TextInput, Width};

/// `/desk/recusal`
#[component]
pub fn RecusalPage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<RecusalView>, AppError> {
    Ok(fetch_recusal().await)
}

fn show(answer: Framed<RecusalView>) -> AnyView {
    let RecusalView { worker, entries, flash } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let said = flash.clone();
    let has_own = entries.iter().any(|entry| entry.own);
    let own = (!has_own).then(|| own_form(&flash));
    let body = view! {
        <Said flash=said />
        <PageTitle
            title="回避申报"
            lead="您本人和亲属的办件要由同事办理。在这里登记一次，遇到他们的办件，系统会提醒，也不让您办。"
        />
        {own}
        <Panel title="登记一位亲属">{relative_form(&flash)}</Panel>
        {list(entries)}
    };
    frame("回避申报".to_owned(), worker, body.into_any())
}

fn number(part: &str, label: &'static str, flash: &Flash) -> AnyView {
    let path = format!("{part}.id_number");
    let value = if flash.good { String::new() } else { flash.entries.get(&path).to_owned() };
    let error = Signal::stored(wrong(&flash.findings, &path));
    view! {
        <TextInput path=path label=label value=Signal::stored(value) error=error maxlength=18 width=Width::Long />
    }
    .into_any()
}

fn own_form(flash: &Flash) -> AnyView {
    let field = number("own", "您的身份证号", flash);
    view! {
        <Panel title="登记您本人">
            <PostForm action="/desk/recusal">
                <input type="hidden" name="kind" value="own" />
                {field}
                <Button>"登记"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}

fn relative_form(flash: &Flash) -> AnyView {
    let path = "relative.name".to_owned();
    let value = if flash.good { String::new() } else { flash.entries.get(&path).to_owned() };
    let error = Signal::stored(wrong(&flash.findings, &path));
    let field = number("relative", "亲属的身份证号", flash);
    view! {
        <PostForm action="/desk/recusal">
            <input type="hidden" name="kind" value="relative" />
            <TextInput path=path label="亲属的姓名" value=Signal::stored(value) error=error width=Width::Medium />
            {field}
            <Button kind=ButtonKind::Secondary>"登记这位亲属"</Button>
        </PostForm>
    }
    .into_any()
}

fn list(entries: Vec<RecusalEntry>) -> Option<AnyView> {
    if entries.is_empty() {
        return None;
    }
    let row = |entry: RecusalEntry| {
        let term = if entry.own { "本人" } else { "亲属" };
        view! {
            <SummaryRow term=term>
                {entry.shown}
                <span class="tb-hint">" " {entry.declared} "登记"</span>
            </SummaryRow>
        }
    };
    let rows = entries.into_iter().map(row).collect_view();
    let view = view! {
        <h2>"已经登记的人"</h2>
        <SummaryList>{rows}</SummaryList>
        <p class="tb-hint">"登记后不能删除。多登记了一位，只是那个人的办件由同事办理。"</p>
    };
    Some(view.into_any())
}
