//! A conversation with the box to write in.

use domain::messages::{Conversation, FILES_MAX, MessageView, TEXT_MAX};
use leptos::prelude::*;

use crate::forms::file_link;
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, FileInput, Tag, TagKind, TextArea};

/// Class: `tb-talk`. `action`: where what is written goes.
pub fn talk(conversation: Conversation, action: String, resident: bool) -> Option<AnyView> {
    let (title, label, button) = if resident {
        ("给工作人员留言", "想问什么", "发给工作人员")
    } else {
        ("和申请人的留言", "回复申请人", "回复")
    };
    section(conversation, action, (title, label, button), "talk", true)
}

/// Notes that only the worker's own office sees.
pub fn notes(conversation: Conversation, action: String) -> Option<AnyView> {
    section(conversation, action, ("本单位备注", "写给同事看的，申请人和别的单位看不到", "记下来"), "note", false)
}

fn section(
    conversation: Conversation,
    action: String,
    (title, label, button): (&'static str, &'static str, &'static str),
    path: &'static str,
    files: bool,
) -> Option<AnyView> {
    let Conversation { messages, may_write } = conversation;
    if messages.is_empty() && !may_write {
        return None;
    }
    let list = messages.into_iter().map(message).collect_view();
    let form = may_write.then(|| {
        view! {
            <PostForm action=action files=files>
                <TextArea path=path label=label value=String::new() rows=3 maxlength=TEXT_MAX />
                {files.then(|| view! {
                    <FileInput
                        path=format!("{path}-files")
                        name="file".to_owned()
                        label="照片或文件"
                        hint=format!("最多{FILES_MAX}个，照片或 PDF，每个不超过10MB")
                        multiple=true
                        optional=true
                    />
                })}
                <Button kind=ButtonKind::Secondary>{button}</Button>
            </PostForm>
        }
    });
    let view = view! {
        <section class="tb-section" aria-label=title>
            <h2>{title}</h2>
            <ul class="tb-talk" role="list">
                {list}
            </ul>
            {form}
        </section>
    };
    Some(view.into_any())
}

fn message(message: MessageView) -> AnyView {
    let MessageView { from_resident, who, text, files, time, late } = message;
    let class = if from_resident { "tb-talk__one" } else { "tb-talk__one tb-talk__one--office" };
    view! {
        <li class=class>
            {(!text.is_empty()).then(|| view! { <p class="tb-talk__text">{text}</p> })}
            {files.iter().map(|file| view! { <p class="tb-talk__file">{file_link(file)}</p> }).collect_view()}
            <p class="tb-hint">
                {who} " · " {time} " "
                {late.then(|| view! { <Tag kind=TagKind::Bad text="超过48小时没有回复" /> })}
            </p>
        </li>
    }
    .into_any()
}
