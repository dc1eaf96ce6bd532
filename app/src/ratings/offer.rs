//! The rating on a case's page: nothing is chosen before the resident chooses.

use domain::ratings::{GRADES, RatingGiven, RatingOffer, Rectification, Stage, TAGS};
use leptos::prelude::*;

use crate::post::PostForm;
use crate::ui::{Actions, Button, Checkboxes, Choice, Disclosure, Panel, Radios, SummaryList, SummaryRow, TextArea};

const WORDS_MAX: usize = 500;

/// The newest stage that is not rated yet is asked for; what was rated is shown with the answer.
pub fn offers(number: &str, offers: Vec<RatingOffer>) -> AnyView {
    let number = number.to_owned();
    let one = move |offer: RatingOffer| match offer.given {
        Some(given) => shown(&number, offer.stage, given),
        None => ask(&number, offer.stage, false),
    };
    offers.into_iter().rev().map(one).collect_view().into_any()
}

fn ask(number: &str, stage: Stage, again: bool) -> AnyView {
    let action = format!("/cases/{number}/rate");
    let path = move |name: &str| format!("{}.{name}", stage.key());
    let grades: Vec<Choice> = GRADES.iter().map(|(grade, name)| Choice::new(grade.to_string(), *name)).collect();
    let tags: Vec<Choice> = TAGS.iter().map(|(key, name)| Choice::new(*key, *name)).collect();
    let none: Vec<String> = Vec::new();
    let summary = if again { "追评一次".to_owned() } else { format!("评一评：{}", stage.name()) };
    view! {
        <Disclosure summary=summary>
            <PostForm action=action>
                <input type="hidden" name="stage" value=stage.key() />
                {again.then(|| view! { <input type="hidden" name=path("again") value="yes" /> })}
                <Radios path=path("grade") label="您满意吗？" choices=grades checked=String::new() />
                <Checkboxes path=path("tag") label="是哪方面？" choices=tags checked=none optional=true />
                <TextArea path=path("words") label="想说的话" value=String::new() optional=true rows=3 maxlength=WORDS_MAX />
                <Actions>
                    <Button>"提交评价"</Button>
                </Actions>
            </PostForm>
        </Disclosure>
    }
    .into_any()
}

fn shown(number: &str, stage: Stage, given: RatingGiven) -> AnyView {
    let RatingGiven { grade, words, state, reply, before } = given;
    let name = |grade: u8| GRADES.iter().find(|(known, _)| *known == grade).map_or("", |(_, name)| *name);
    let again = before.is_none().then(|| ask(number, stage, true));
    let before = before.map(|(grade, words)| format!("{} {words}", name(grade)));
    let name = name(grade);
    let answered = state != Rectification::None;
    view! {
        <Panel title=format!("您的评价：{}", stage.name())>
            <SummaryList>
                <SummaryRow term="您的评价">{name}</SummaryRow>
                {(!words.is_empty()).then(|| view! { <SummaryRow term="您说的话">{words}</SummaryRow> })}
                {answered.then(|| view! { <SummaryRow term="怎么处理">{state.name()}</SummaryRow> })}
                {(!reply.is_empty()).then(|| view! { <SummaryRow term="给您的答复">{reply}</SummaryRow> })}
                {before.map(|before| view! { <SummaryRow term="您第一次评的">{before}</SummaryRow> })}
            </SummaryList>
            {again}
        </Panel>
    }
    .into_any()
}
