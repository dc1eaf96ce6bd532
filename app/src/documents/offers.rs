//! What a page of a form offers of what is known: a tap takes it over, nothing is taken over without.

use domain::documents::{DocumentOffer, Offers};
use leptos::prelude::*;

use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, Panel, SummaryList, SummaryRow};

/// Answers given before, and people of the household. Nothing when there is nothing to offer. `form`: the id of the page's
/// form, which is sent along, so that nothing typed is lost.
pub(crate) fn known(form: &'static str, offers: &Offers) -> Option<AnyView> {
    let answers = (!offers.answers.is_empty()).then(|| before(form, offers));
    let members = (!offers.members.is_empty()).then(|| household(form, &offers.members));
    (answers.is_some() || members.is_some()).then(|| {
        view! {
            {answers}
            {members}
        }
        .into_any()
    })
}

fn before(form: &'static str, offers: &Offers) -> AnyView {
    let row = |(label, text): &(String, String)| {
        let (label, text) = (label.clone(), text.clone());
        view! { <SummaryRow term=label>{text}</SummaryRow> }
    };
    let rows = offers.answers.iter().map(row).collect_view();
    // The name of an item may have a comma itself.
    let (item, day) = offers.source.rsplit_once('，').unwrap_or((&offers.source, ""));
    let source = format!("上次在“{item}”里填的，{day}。");
    view! {
        <Panel title="您以前填过的，还对吗？">
            <p class="tb-hint">{source}</p>
            <SummaryList>{rows}</SummaryList>
            <p>{take(form, "answers", "都对，填上".to_owned())}</p>
            <p class="tb-hint">"不对的，不用管这里，直接在下面填新的。"</p>
        </Panel>
    }
    .into_any()
}

fn household(form: &'static str, members: &[(String, String)]) -> AnyView {
    let row = |(what, words): &(String, String)| view! { <li>{take(form, what, words.clone())}</li> };
    let rows = members.iter().map(row).collect_view();
    view! {
        <Panel title="从我的家人里选">
            <ul class="tb-own" role="list">{rows}</ul>
        </Panel>
    }
    .into_any()
}

fn take(form: &'static str, what: &str, words: String) -> AnyView {
    let value = format!("take:{what}");
    view! {
        <Button kind=ButtonKind::Secondary form=form name="_do" value=value formnovalidate=true>
            {words}
        </Button>
    }
    .into_any()
}

/// Kept papers that meet the requirement of a question.
pub(crate) fn document_offers(action: &str, path: &str, offers: &[DocumentOffer]) -> Option<AnyView> {
    let row = |offer: &DocumentOffer| {
        let (action, what, words) = (action.to_owned(), offer.what.clone(), format!("您存过：{}", offer.words));
        let label = format!("用这一份：{}", offer.words);
        view! {
            <PostForm action=action>
                <input type="hidden" name="what" value=what />
                <p>{words}</p>
                <Button kind=ButtonKind::Secondary label=label>"用这一份"</Button>
            </PostForm>
        }
    };
    let rows: Vec<_> = offers.iter().filter(|offer| offer.path == path).map(row).collect();
    (!rows.is_empty()).then(|| view! { <div class="tb-material__kept">{rows}</div> }.into_any())
}
