//! The announcement of a case at the desk: what will be shown, what is shown, and what was said against it.

use domain::announcements::{Announced, DeskAnnouncement, Objection, settlement_form};
use domain::cases::CaseDesk;
use leptos::prelude::*;

use super::actions::STEP;
use crate::announcements::shown;
use crate::forms::{Answers, plain_questions};
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, Tag, TagKind};

/// What everybody will see, with the worker's words as they are typed. Class: `tb-preview`.
pub fn preview(desk: &CaseDesk, answers: Answers) -> Option<AnyView> {
    let DeskAnnouncement { preview, place, .. } = desk.announcement.clone()?;
    let preview = preview?;
    let text = move || {
        let text = answers.entries.read().get("text").to_owned();
        shown(&Announced { text, ..preview.clone() })
    };
    let view = view! {
        <div class="tb-preview" role="group" aria-label="公示出去的样子">
            <p class="tb-hint">{format!("贴在{place}的公示页上，谁都能看到的只有这些，加上您写的内容：")}</p>
            {text}
        </div>
    };
    Some(view.into_any())
}

/// What is shown or was shown last, and the objections. Nothing before the first announcement.
pub fn on_announcement(desk: &CaseDesk) -> Option<AnyView> {
    let DeskAnnouncement { place, shown: announced, address, objections, may_settle, .. } =
        desk.announcement.clone()?;
    let announced = announced?;
    let link = if address.is_empty() {
        view! { <p class="tb-hint">"已经撤下，外面看不到了。"</p> }.into_any()
    } else {
        view! { <p><a href=address>{format!("正在{place}公示，看看公示页")}</a></p> }.into_any()
    };
    let none = objections.is_empty();
    let one = |objection: Objection| {
        let body = self::objection(desk, objection, may_settle);
        view! { <li>{body}</li> }
    };
    let objections = objections.into_iter().map(one).collect_view();
    let announced = shown(&announced);
    let view = view! {
        <section class="tb-section" aria-labelledby="announcement-title">
            <h2 id="announcement-title">"公示"</h2>
            {link}
            {announced}
            <h3>"异议"</h3>
            {none.then(|| view! { <p>"没有人提出异议。"</p> })}
            <ul class="tb-objections" role="list">{objections}</ul>
        </section>
    };
    Some(view.into_any())
}

/// Class: `tb-objections`.
fn objection(desk: &CaseDesk, objection: Objection, may_settle: bool) -> AnyView {
    let Objection { id, words, contact, time, answer, upheld } = objection;
    let (kind, state) = match upheld {
        None => (TagKind::Todo, "还没处理"),
        Some(true) => (TagKind::Bad, "成立"),
        Some(false) => (TagKind::Done, "不成立"),
    };
    let contact = if contact.is_empty() { "没有留电话".to_owned() } else { format!("电话：{contact}") };
    let open = upheld.is_none();
    let form = (open && may_settle).then(|| settlement(desk, &id));
    view! {
        <p><Tag kind=kind text=state /> " " <span class="tb-hint">{time} "，" {contact}</span></p>
        <p class="tb-objections__words">{words}</p>
        {(!open).then(|| view! { <p class="tb-objections__words">"处理情况：" {answer}</p> })}
        {form}
    }
    .into_any()
}

fn settlement(desk: &CaseDesk, id: &str) -> AnyView {
    let name = format!("objection-{id}");
    let action = format!("/desk/cases/{}/objections/{id}", desk.file.number);
    let came_back = !desk.flash.good && desk.flash.entries.get(STEP) == name;
    let (entries, findings) =
        if came_back { (desk.flash.entries.clone(), desk.flash.findings.clone()) } else { Default::default() };
    let answers = Answers::of_form(&format!("{name}."), entries, findings);
    let today = desk.today;
    view! {
        <PostForm action=action class="tb-action">
            {plain_questions(settlement_form(), answers, today)}
            <Button kind=ButtonKind::Secondary>"处理这条异议"</Button>
        </PostForm>
    }
    .into_any()
}
