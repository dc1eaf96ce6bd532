//! Bad grades at the desk: call, look into it, answer, each in its time.

use domain::ratings::{GRADES, RatingEntry, RatingsDesk};
use leptos::prelude::*;

use super::api::fetch_ratings_desk;
use crate::desk::{Clock, Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Button, PageTitle, Panel, SummaryList, SummaryRow, TextArea};

/// `/desk/ratings`
#[component]
pub fn RatingsDeskPage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<RatingsDesk>, AppError> {
    Ok(fetch_ratings_desk().await)
}

fn show(answer: Framed<RatingsDesk>) -> AnyView {
    let RatingsDesk { worker, entries } = match answer {
        Ok(desk) => desk,
        Err(error) => return problem(error),
    };
    let none = entries.is_empty().then(|| view! { <p>"现在没有要整改的差评。"</p> });
    let body = view! {
        <PageTitle title="差评整改" lead="1个工作日内联系居民，5个工作日内核实，15个工作日内整改并答复。" />
        {none}
        {entries.into_iter().map(entry).collect_view()}
    };
    frame("差评整改".to_owned(), worker, body.into_any())
}

fn entry(entry: RatingEntry) -> AnyView {
    let grade = GRADES.iter().find(|(known, _)| *known == entry.grade).map_or("", |(_, name)| *name);
    let case = format!("/desk/cases/{}", entry.number);
    let (id, next) = (entry.id.clone(), entry.state.next());
    let form = next.filter(|_| entry.own).map(|next| {
        let hint = if next.next().is_none() { "居民会看到这段话。" } else { "只有工作人员看得到。" };
        view! {
            <PostForm action=format!("/desk/ratings/{id}")>
                <TextArea path=format!("words-{id}") label=next.name() hint=hint value=String::new() rows=3 maxlength=1000 />
                <Button>"记下来"</Button>
            </PostForm>
        }
    });
    view! {
        <Panel title=format!("{grade} · {}", entry.item)>
            <p>{entry.state.name()} " " {entry.days_left.map(|days_left| view! { <Clock days_left /> })}</p>
            <SummaryList>
                <SummaryRow term="办件">
                    <a href=case>{entry.number}</a>
                </SummaryRow>
                <SummaryRow term="哪个单位">{entry.office}</SummaryRow>
                <SummaryRow term="时间">{entry.at}</SummaryRow>
                <SummaryRow term="哪方面">{entry.tags.join("、")}</SummaryRow>
                <SummaryRow term="居民说的话">{entry.words}</SummaryRow>
                {(!entry.before.is_empty())
                    .then(|| view! { <SummaryRow term="追评之前">{entry.before}</SummaryRow> })}
                <SummaryRow term="办理经过">{entry.findings}</SummaryRow>
            </SummaryList>
            {form}
        </Panel>
    }
    .into_any()
}
