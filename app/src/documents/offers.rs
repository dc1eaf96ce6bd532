//! What a page of a form offers of what is known: a tap takes it over, nothing is taken over without.

use domain::documents::{DocumentOffer, Offers};
use leptos::prelude::*;

use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, Panel, SummaryList, SummaryRow};

/// Answers given before, and people of the household. Nothing when there is nothing to offer.
pub(crate) fn known(action: &str, offers: &Offers) -> Option<AnyView> {
    let answers = (!offers.answers.is_empty()).then(|| before(action, offers));
    let members = (!offers.members.is_empty()).then(|| household(action, &offers.members));
    (answers.is_some() || members.is_some()).then(|| {
        view! {
            {answers}
            {members}
        }
        .into_any()
    })
}

fn before(action: &str, offers: &Offers) -> AnyView {
    let row = |(label, text): &(String, String)| {
        let (label, text) = (label.clone(), text.clone());
        view! { <SummaryRow term=label>{text}</SummaryRow> }
    };
    let rows = offers.answers.iter().map(row).collect_view();
    let (action, source) = (action.to_owned(), format!("上次在“{}填的。", offers.source.replace('，', "”，")));
    view! {
        <Panel title="您以前填过的，还对吗？">
            <p class="tb-hint">{source}</p>
            <SummaryList>{rows}</SummaryList>
            <PostForm action=action>
                <input type="hidden" name="what" value="answers" />
                <Button kind=ButtonKind::Secondary>"都对，填上"</Button>
            </PostForm>
            <p class="tb-hint">"不对的，不用管这里，直接在下面填新的。"</p>
        </Panel>
    }
    .into_any()
}

fn household(action: &str, members: &[(String, String)]) -> AnyView {
    let row = |(what, words): &(String, String)| {
        let (action, what, words) = (action.to_owned(), what.clone(), words.clone());
        view! {
            <li>
                <PostForm action=action>
                    <input type="hidden" name="what" value=what />
                    <Button kind=ButtonKind::Secondary>{words}</Button>
                </PostForm>
            </li>
        }
    };
    let rows = members.iter().map(row).collect_view();
    view! {
        <Panel title="从我的家人里选">
            <ul class="tb-own" role="list">{rows}</ul>
        </Panel>
    }
    .into_any()
}

/// Kept papers that meet the requirement of a question.
pub(crate) fn document_offers(action: &str, path: &str, offers: &[DocumentOffer]) -> Option<AnyView> {
    let row = |offer: &DocumentOffer| {
        let (action, what, words) = (action.to_owned(), offer.what.clone(), format!("您存过：{}", offer.words));
        view! {
            <PostForm action=action>
                <input type="hidden" name="what" value=what />
                <p>{words}</p>
                <Button kind=ButtonKind::Secondary>"用这一份"</Button>
            </PostForm>
        }
    };
    let rows: Vec<_> = offers.iter().filter(|offer| offer.path == path).map(row).collect();
    (!rows.is_empty()).then(|| view! { <div class="tb-material__kept">{rows}</div> }.into_any())
}
