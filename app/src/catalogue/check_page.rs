//! "Can I apply?" — a few questions before anything is typed. The answers stand in the address: they are about a
//! situation, not about a person, and so the page can be kept, sent and reloaded.

use domain::cases::CheckView;
use domain::forms::{Definition, Entries, Finding, Given, check};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::check_item;
use super::outlook::OutlookBox;
use crate::error::AppError;
use crate::forms::{Answers, plain_questions};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Actions, BackLink, Button, Disclosure, ErrorSummary, Notice, Page, PageTitle};

/// Stands in the address once the button was pressed, even if nothing was answered.
const SENT: &str = "sent";

type Asked = (String, Vec<(String, String)>);

/// `/items/{code}/check`
#[component]
pub fn CheckPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let key = move || -> Asked {
        let pairs = query.get().into_iter().map(|(name, value)| (name.into_owned(), value));
        (params.read().get("code").unwrap_or_default(), pairs.collect())
    };
    view! { <ResidentLayout>{load(key, read, show)}</ResidentLayout> }
}

async fn read((code, pairs): Asked) -> Result<CheckView, AppError> {
    let was_sent = pairs.iter().any(|(name, _)| name == SENT);
    let mut view = check_item(code, pairs).await?;
    if was_sent && view.outlook.is_none() && view.findings.is_empty() {
        let given = Given { today: view.today, ..Given::default() };
        view.findings = check(&view.definition, &view.entries, &given).err().unwrap_or_default();
    }
    Ok(view)
}

fn show(view: CheckView) -> AnyView {
    let CheckView { item, definition, entries, findings, outlook, today } = view;
    let guide = format!("/items/{}", item.code);
    let (new, wrong): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| is_new(&definition, &entries, finding));
    let answers = Answers::new(entries, wrong);
    let form = questions(format!("{guide}/check"), definition, answers, today);
    let errors = answers.findings;
    let errors = Signal::derive(move || errors.get().into_iter().map(|f| (f.path, f.message)).collect::<Vec<_>>());
    let body = match outlook {
        Some(outlook) => view! {
            <OutlookBox item=item.clone() outlook/>
            <Disclosure summary="改一改刚才的回答">{form}</Disclosure>
        }
        .into_any(),
        None => view! {
            {(!new.is_empty()).then(|| view! { <Notice title="按您的回答，还要再问一点">{one_more(new.len())}</Notice> })}
            {form}
        }
        .into_any(),
    };
    view! {
        <Title text=format!("能不能办：{}", item.everyday)/>
        <Page>
            <BackLink href=guide text="返回办事指南"/>
            <ErrorSummary title="还有问题没答好" findings=errors/>
            <PageTitle
                title="看看您能不能办"
                caption=item.everyday
                lead="答几个小问题就知道。不用填姓名，也不留记录。"
            />
            {body}
        </Page>
    }
    .into_any()
}

fn one_more(count: usize) -> String {
    format!("请接着答下面新出来的{count}个问题。")
}

/// A question that only the other answers brought up, and that could not be answered before: no mistake of the person.
fn is_new(definition: &Definition, entries: &Entries, finding: &Finding) -> bool {
    let field = definition.field(&finding.path);
    field.is_some_and(|field| field.when.is_some()) && entries.get(&finding.path).is_empty()
}

fn questions(action: String, definition: Definition, answers: Answers, today: chrono::NaiveDate) -> AnyView {
    view! {
        <form method="get" action=action novalidate>
            <input type="hidden" name=SENT value="1"/>
            {plain_questions(definition, answers, today)}
            <Actions>
                <Button>"看看结果"</Button>
            </Actions>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition() -> Definition {
        serde_json::from_value(serde_json::json!({ "pages": [{ "key": "check", "title": "", "fields": [
            { "key": "married", "label": "结婚了吗？", "kind": "yes_no" },
            { "key": "both", "label": "双方户口都在吗？", "kind": "yes_no", "when": { "field": "married", "is": "yes" } },
        ] }] }))
        .expect("a definition")
    }

    #[test]
    fn a_question_that_just_came_up_is_no_mistake() {
        let finding = |path: &str| Finding { path: path.to_owned(), message: String::new() };
        let entries: Entries = [("married", "yes")].into_iter().collect();
        assert!(is_new(&definition(), &entries, &finding("both")));
        assert!(!is_new(&definition(), &entries, &finding("married")));
        let wrong: Entries = [("married", "yes"), ("both", "perhaps")].into_iter().collect();
        assert!(!is_new(&definition(), &wrong, &finding("both")));
    }
}
